"""A table as aligned plain text for the terminal, with its notes below it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from unicodedata import category, east_asian_width

from tallymark.model.codes import Weight
from tallymark.model.table import Label, Note, Table
from tallymark.present import surround
from tallymark.present.cells import printed
from tallymark.present.marks import Marks, Numbers, place_marks
from tallymark.present.wording import one_line

WIDTH = 100

_GAP = "  "
_NOTES = "Notes (on every figure, unless they say otherwise)"


def render(table: Table) -> dict[str, bytes]:
    """Return the table as text; columns beyond the width follow in further blocks."""
    marks = place_marks(table)
    blocks = [
        _wrapped(surround.title(table) + _marks(marks.caption)),
        _wrapped(surround.counted_line(table)),
        _warnings(table),
        *_grids(table, marks),
        _notes(table),
        _section(
            "Key", [(symbol, f"= {text}") for symbol, text in surround.key(table)]
        ),
        _section("Sources", [("-", surround.source_line(s)) for s in table.sources]),
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return {"": f"{text}\n".encode()}


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> width("ab"), width("ที่"), width("国")
    (2, 1, 2)
    """
    kinds = [category(c) for c in text]
    wide = sum(1 for c in text if east_asian_width(c) in "WF")
    return len(text) + wide - sum(1 for kind in kinds if kind in ("Mn", "Me", "Cf"))


def _warnings(table: Table) -> list[str]:
    critical = [
        (mark, text)
        for mark, _, text in (
            _note(note).partition(" ") for note in surround.critical_notes(table)
        )
    ]
    refused = [("!", sentence) for sentence in surround.refused_uses(table)]
    return _section(surround.WARNING, critical + refused)


def _notes(table: Table) -> list[str]:
    """Return the notes; critical ones stand above the table, lesser ones in one text."""
    high = [note for note in surround.weighty_notes(table) if not _is_critical(note)]
    lines = [
        line
        for note in high
        for line in _wrapped(_note(note), 2, 4 + len(str(note.number)) + 1)
    ]
    if lesser := surround.lesser_notes(table):
        said = " ".join([surround.ALSO, *map(_note, lesser)])
        lines += _wrapped(said, 2, 4)
    return [_NOTES, *lines] if lines else []


def _is_critical(note: Note) -> bool:
    return note.weight is Weight.CRITICAL


def _note(note: Note) -> str:
    carried = surround.carried_by(note)
    share = "" if carried == surround.EVERY else f" ({carried})"
    return f"[{note.number}] {one_line(note.sentence)}{share}"


def _grids(table: Table, marks: Marks) -> Iterator[list[str]]:
    """Yield blocks of columns, each with the row labels, none wider than the page."""
    left = _label_columns(table, marks)
    used = sum(_width(column) + len(_GAP) for column in left)
    block: list[list[str]] = []
    for j, labels in enumerate(table.columns):
        column = [_header(labels, marks.columns[j])]
        for row, at in zip(table.cells, marks.cells, strict=True):
            column.append(f"{printed(row[j], table.use)}{_marks(at[j])}")
        so_far = used + sum(_width(c) + len(_GAP) for c in block)
        if block and so_far + _width(column) > WIDTH:
            yield _grid(left, block)
            block = []
        block.append(column)
    yield _grid(left, block)


def _label_columns(table: Table, marks: Marks) -> list[list[str]]:
    columns = [
        [one_line(dimension.text), *(one_line(row[i].text) for row in table.rows)]
        for i, dimension in enumerate(table.row_dimensions)
    ]
    last = columns[-1]
    last[1:] = [
        text + _marks(at) for text, at in zip(last[1:], marks.rows, strict=True)
    ]
    return columns


def _header(labels: tuple[Label, ...], at: Numbers) -> str:
    return surround.column_header(labels) + _marks(at)


def _grid(left: list[list[str]], block: list[list[str]]) -> list[str]:
    padded = [[text + pad for text, pad in _padded(column)] for column in left]
    padded += [[pad + text for text, pad in _padded(column)] for column in block]
    lines = [_GAP.join(texts).rstrip() for texts in zip(*padded, strict=True)]
    return [lines[0], "-" * max(map(width, lines)), *lines[1:]]


def _padded(column: list[str]) -> list[tuple[str, str]]:
    """Return each text with the blanks that it lacks."""
    widest = _width(column)
    return [(text, " " * (widest - width(text))) for text in column]


def _width(column: list[str]) -> int:
    return max(map(width, column))


def _section(heading: str, entries: Iterable[tuple[str, str]]) -> list[str]:
    lines = [
        line
        for symbol, text in entries
        for line in _wrapped(one_line(f"{symbol} {text}"), 2, 3 + len(symbol))
    ]
    return [heading, *lines] if lines else []


def _wrapped(text: str, first: int = 0, further: int = 0) -> list[str]:
    """Return text in lines; an address on the web is not broken."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * further,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _marks(numbers: Numbers) -> str:
    """Return marks behind a text; three or more in a row are written as `[1–3]`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(
        f" [{run[0]}–{run[-1]}]" if len(run) > 2 else "".join(f" [{n}]" for n in run)
        for run in runs
    )
