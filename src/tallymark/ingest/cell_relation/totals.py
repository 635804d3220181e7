"""Which row or column is printed as the total of which others.

Hides words for totals, and the choice between rows before and after, levels and parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tallymark.documents import REFERENCE, read_code_list
from tallymark.ingest.numbers.digits import plain_text

_MOST_LINES = 40
"""Lines across which totals are tried; more would say nothing new."""
_EDGE = re.compile(r"^[\W_\d]+|[\W_\d]+$")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row or a column of figures: where it is, what it is called, what it holds.

    `numbers` are by the position on the other axis. `block` is the printed text of the
    group in which it stands, `indent` how far its label is set in.
    """

    position: int
    label: str
    block: str = ""
    indent: int = 0
    numbers: Mapping[int, float]


def total_kind(label: str) -> str:
    """Return `total`, `subtotal`, `within`, `selected` or nothing, as a label says.

    A `?` behind it: only the first word says so, as in “Total population”.

    >>> [total_kind(t) for t in ("TOTAL:", "Jumlah", "Sub-total", "of which girls", "x")]
    ['total', 'total', 'subtotal', 'within', '']
    >>> total_kind("Total population"), total_kind("Region North total")
    ('total?', 'total')
    """
    said = _EDGE.sub("", plain_text(label).casefold())
    known = _words()
    if said in known:
        return known[said]
    for phrase, kind in known.items():
        begins = said.startswith(f"{phrase} ")
        if kind in ("within", "selected"):
            if begins:
                return kind
        elif said.endswith(f" {phrase}") and phrase != "all":
            return kind
        elif begins and phrase not in ("all", "sum"):
            return f"{kind}?"
    return ""


@cache
def _words() -> Mapping[str, str]:
    rows = read_code_list(REFERENCE / "total_words.csv")
    return {_EDGE.sub("", row["phrase"].casefold()): row["kind"] for row in rows}


def totals_of(
    lines: Sequence[Line], steps: Mapping[int, float], *, is_selection: bool = False
) -> dict[int, int]:
    """Return the position of the total for each line that is a part of one.

    `steps` gives for a position on the other axis to what its numbers are rounded. Of
    several sets of parts, the one that adds up most often is taken; a selection of parts
    (“top ten”) has a total only if it adds up.

    >>> lines = [
    ...     Line(position=n, label=label, numbers={0: number})
    ...     for n, (label, number) in enumerate([("a", 1), ("b", 2), ("Total", 3)])
    ... ]
    >>> totals_of(lines, {})
    {0: 2, 1: 2}
    """
    kinds = [total_kind(line.label) for line in lines]
    is_selection = is_selection or "selected" in kinds
    parents: dict[int, int] = {}
    for i, kind in enumerate(kinds):
        if not kind.startswith(("total", "subtotal")):
            continue
        best, most = None, 0
        candidates = list(_candidates(lines, kinds, i, parents))
        for parts in candidates:
            n_adding = _n_adding(lines, parts, i, steps)
            if n_adding > most:
                best, most = parts, n_adding
        if best is None and candidates and not (is_selection or kind.endswith("?")):
            best = candidates[0]
        for j in best or ():
            parents.setdefault(lines[j].position, lines[i].position)
    return parents


def _candidates(
    lines: Sequence[Line], kinds: Sequence[str], i: int, parents: Mapping[int, int]
) -> Iterator[list[int]]:
    """Give what may be the parts of a total, the likeliest first."""
    before = _run(lines, kinds, range(i - 1, -1, -1), i)
    after = _run(lines, kinds, range(i + 1, len(lines)), i)
    earlier = [j for j in range(i) if not kinds[j]]
    have_parts = set(parents.values())
    totals = [
        j
        for j in range(len(lines))
        if (kinds[j] in ("total", "subtotal") or lines[j].position in have_parts)
        and j != i
        and lines[j].position not in parents
    ]
    starts = [totals, before, after] if not before else [before, totals, after]
    for several in (*starts, earlier):
        free = [j for j in several if lines[j].position not in parents]
        if len(free) > 1:
            yield sorted(free)
            outer = min(lines[j].indent for j in free)
            shallow = [j for j in free if lines[j].indent == outer]
            if 1 < len(shallow) < len(free):
                yield sorted(shallow)


def _run(
    lines: Sequence[Line], kinds: Sequence[str], order: range, i: int
) -> list[int]:
    """Return the lines of a total's own group from it to the next total."""
    found: list[int] = []
    for j in order:
        if lines[j].block != lines[i].block or kinds[j].startswith(("tot", "sub")):
            break
        if kinds[j] != "within":
            found.append(j)
    return found


def _n_adding(
    lines: Sequence[Line], parts: Sequence[int], i: int, steps: Mapping[int, float]
) -> int:
    """Return across how many positions the parts come to the total."""
    n = 0
    for place, total in list(lines[i].numbers.items())[:_MOST_LINES]:
        numbers = [lines[j].numbers.get(place) for j in parts]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or total == 0:
            continue
        slack = steps.get(place, 0.0) / 2 * (len(known) + 1) + 1e-6
        n += abs(sum(known) - total) <= slack
    return n
