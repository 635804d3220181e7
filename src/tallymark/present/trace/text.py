"""What each cell of a file became, as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallymark.model.grid import text_of
from tallymark.model.trace import Became, SheetTrace, Trace
from tallymark.present.trace.digest import SIGNS, column_names, lost, summary, title
from tallymark.present.wording import counted, one_line

_ROWS = 30
"""First rows of a sheet that are shown; every row with a lost cell is, too."""

_COLUMNS = 6
_WIDTH = 13


def render(trace: Trace) -> dict[str, bytes]:
    """Return the trace as text: a grid a sheet, then every lost cell."""
    lines = [f"{summary(trace)}.", ""]
    lines.append("  ".join(f"{sign} {became}" for became, sign in SIGNS.items()))
    for sheet in trace.sheets:
        if sheet.cells:
            lines += ["", *_sheet(sheet)]
    lines += ["", *_lost(trace)]
    lines += [f"ignored: {one_line(told)}" for told in trace.ignored]
    return {"": ("\n".join(lines) + "\n").encode()}


def _sheet(traced: SheetTrace) -> Iterator[str]:
    yield title(traced)
    names = column_names(traced)
    shown = names[:_COLUMNS]
    yield " " * 7 + "".join(f"{name:<{_WIDTH + 2}}" for name in shown).rstrip()
    rows = sorted({row for row, _ in traced.cells})
    told = {row for (row, _), t in traced.cells.items() if t.became is Became.LOST}
    kept = [row for n, row in enumerate(rows) if n < _ROWS or row in told]
    for before, row in pairwise([-1, *kept]):
        n_between = sum(before < other < row for other in rows) if before >= 0 else 0
        if n_between:
            yield f"       … {counted(n_between, 'row', 'rows')} …"
        yield _row(traced, row, len(shown))
    n_more = len([row for row in rows if row > kept[-1]])
    if n_more:
        yield f"       … {counted(n_more, 'more row', 'more rows')}"
    if len(names) > len(shown):
        n_hidden = len(names) - len(shown)
        yield f"       … {counted(n_hidden, 'more column', 'more columns')}"


def _row(traced: SheetTrace, row: int, n: int) -> str:
    cells = []
    for column in range(n):
        found = traced.cells.get((row, column))
        text = one_line(text_of(traced.sheet.value(row, column)))
        if len(text) > _WIDTH:
            text = text[: _WIDTH - 1] + "…"
        sign = SIGNS[found.became] if found else " "
        cells.append(f"{sign} {text:<{_WIDTH}}")
    return f"{row + 1:>5}  {''.join(cells)}".rstrip()


def _lost(trace: Trace) -> Sequence[str]:
    found = lost(trace)
    if not found:
        return ["No cell was lost."]
    return [f"lost, {reason}: {places}" for reason, places in found.items()]
