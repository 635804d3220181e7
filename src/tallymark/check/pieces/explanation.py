"""Why a sum fails: the fewest cells that, left out or read otherwise, make it right.

Only what fits exactly is named, and only if nothing else of its kind does; of slips of
the hand, two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from tallymark.check.words import periods, sentence, words
from tallymark.model.words import number_text

_MOST_PARTS = 20
"""Of how many parts at most sets are tried."""
_MOST_TOGETHER = 3
_LONGEST = 60
"""How many letters of a label are printed."""

_TELLING = 10
"""From which difference on one part that equals it is no likely chance."""

_SAID = {
    "doubled": "The total is exactly twice the parts.",
    "subtotal": "{names} ({values}) equals the other parts together, and so does the "
    "total.",
    "omitted": "Without {names} ({values}), the parts make the total.",
    "twice": "The total equals the parts if {names} ({values}) is counted twice.",
    "sibling": "The total equals the parts together with {names} ({values}).",
    "exchanged": "It would add up if {names} were {other} and not {values}: two digits "
    "exchanged.",
    "digit": "It would add up if {names} were {other} and not {values}: one digit more "
    "or less.",
    "either": "A slip of the digits in {either} would explain it.",
    "none": "The difference is {difference}.",
}


class Cell(NamedTuple):
    """One cell of a sum: what it is called, its number, and which observation it is."""

    role: str
    name: str
    value: float
    obs: str


class Cause(NamedTuple):
    """What would make a sum right, in which cells, and what one of them would be."""

    kind: str
    cells: tuple[Cell, ...] = ()
    other: float | None = None


def explain_sum(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row found with its `explanation`, and the cells it names as `first`.

    The row has `n_agree` and `cells`, each with `role`, `name`, `low`, `high` and
    `obs`; the cells are left out of what is returned. The explanation follows on a
    sentence.
    """
    told = {name: value for name, value in row.items() if name != "cells"}
    told["explanation"] = _agreeing(row["n_agree"])
    cells = [
        Cell(c["role"], name_of(c["name"], row["dimension"]), c["low"], c["obs"])
        for c in row["cells"]
        if c["low"] is not None and c["low"] == c["high"]
    ]
    n_summed = sum(c["role"] != "sibling" for c in row["cells"])
    is_exact = sum(cell.role != "sibling" for cell in cells) == n_summed
    if row["form"] == "part" or not is_exact:
        return {**told, "first": _largest(row, cells)}
    cause = cause_of(cells)
    (total,) = [cell.value for cell in cells if cell.role == "total"]
    parts = sum(cell.value for cell in cells if cell.role == "part")
    values = {
        "names": ", ".join(f"“{cell.name}”" for cell in cause.cells),
        "values": [cell.value for cell in cause.cells],
        "either": " or ".join(
            f"“{cell.name}” ({number_text(cell.value)})" for cell in cause.cells
        ),
        "other": cause.other,
        "difference": abs(total - parts),
    }
    told["explanation"] += " " + sentence(_SAID[cause.kind], values)
    first = [cell.obs for cell in cause.cells]
    if cause.kind == "sibling":
        beside = [c for c in row["cells"] if c["obs"] in first]
        told["places"] = [*beside, *row["places"]]
    return {**told, "first": first}


def _agreeing(n: int) -> str:
    if not n:
        return ""
    times = "once" if n == 1 else f"{n:,} times"
    return f" Elsewhere in this series the same parts make the total exactly ({times})."


def name_of(code: str, dimension: str) -> str:
    """Return what a part is called: its label, or its code in words.

    >>> name_of("F", "sex"), name_of("form=labour", "form"), name_of("2017-Q1", "3")
    ('female', 'labour', 'Jan 2017–Mar 2017')
    """
    if "=" in code:
        return shortened(words(code.rpartition("=")[2]))
    if dimension in ("sex", "age_group"):
        return words(code)
    return shortened(periods(code))


def shortened(label: str | None) -> str:
    """Return a label that fits into a sentence, also of a row that has none.

    >>> len(shortened("Acts " * 50)), shortened(None)
    (60, 'no label')
    """
    if label is None:
        return "no label"
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def cause_of(cells: Sequence[Cell]) -> Cause:
    """Return what would make a sum of exact numbers right, if one thing alone would.

    >>> parts = [Cell("part", name, n, name) for name, n in (("a", 7.0), ("b", 21.0))]
    >>> cause_of([Cell("total", "all", 19.0, "t"), *parts])[0]
    'exchanged'
    """
    (total,) = [cell for cell in cells if cell.role == "total"]
    parts = [cell for cell in cells if cell.role == "part"]
    summed = sum(cell.value for cell in parts)
    missing = total.value - summed
    if summed > 0 and missing == summed:
        return Cause("doubled", (total,))
    one = list(_sets(cells, missing, 1))
    typed = list(_typed(total, parts, missing))
    for found in (one if abs(missing) >= _TELLING else [], typed, one):
        if found:
            return _alone(found, parts)
    for n in range(2, _MOST_TOGETHER + 1):
        several = list(_sets(cells, missing, n))
        if several and abs(missing) >= _TELLING**n:
            return several[0] if len(several) == 1 else Cause("none")
    return Cause("none")


def _alone(found: Sequence[Cause], parts: Sequence[Cell]) -> Cause:
    """Return what one cell explains, if no more than two could be at fault."""
    if len(found) == 1:
        return _subtotal(found[0], parts)
    if len(found) == 2 and all(cause.other is not None for cause in found):
        return Cause("either", tuple(cell for cause in found for cell in cause.cells))
    return Cause("none")


def _subtotal(cause: Cause, parts: Sequence[Cell]) -> Cause:
    if cause.kind == "omitted" and len(parts) > 2:
        others = sum(cell.value for cell in parts) - cause.cells[0].value
        if others == cause.cells[0].value:
            return Cause("subtotal", cause.cells)
    return cause


def _sets(cells: Sequence[Cell], missing: float, n: int) -> Iterator[Cause]:
    """Yield the sets of `n` cells that are the difference."""
    parts = [cell for cell in cells if cell.role == "part"]
    siblings = [cell for cell in cells if cell.role == "sibling"]
    if missing < 0:
        yield from _adding_up("omitted", parts, -missing, n)
    else:
        yield from _adding_up("sibling", siblings, missing, n)
        if n == 1:
            yield from _adding_up("twice", parts, missing, n)


def _adding_up(
    kind: str, cells: Sequence[Cell], wanted: float, n: int
) -> Iterator[Cause]:
    counted = [cell for cell in cells if 0 < cell.value <= wanted]
    if n > 1 and len(counted) > _MOST_PARTS:
        return
    for chosen in combinations(counted, n):
        if sum(cell.value for cell in chosen) == wanted:
            yield Cause(kind, chosen)


def _typed(total: Cell, parts: Sequence[Cell], missing: float) -> Iterator[Cause]:
    """Yield the cells that a slip of the hand may have changed."""
    wanted = [(total, total.value - missing), *((p, p.value + missing) for p in parts)]
    for cell, other in wanted:
        if other < 0 or cell.value < 0:
            continue
        now, then = f"{cell.value:.0f}", f"{other:.0f}"
        if _is_exchanged(now, then):
            yield Cause("exchanged", (cell,), other)
        elif _is_digit_less(now, then) or _is_digit_less(then, now):
            yield Cause("digit", (cell,), other)


def _is_exchanged(one: str, other: str) -> bool:
    """Whether two neighbouring digits of a number are exchanged in the other."""
    if len(one) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(at) == 2
        and at[1] == at[0] + 1
        and one[at[0] : at[1] + 1] == other[at[1]] + other[at[0]]
    )


def _is_digit_less(short: str, long: str) -> bool:
    """Whether a number is another without one of its digits."""
    return (
        len(short) > 1
        and len(long) == len(short) + 1
        and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    )


def _largest(row: Mapping[str, Any], cells: Sequence[Cell]) -> list[str]:
    """Return the part that alone is more than the total, if it is that."""
    if row["form"] != "part":
        return []
    parts = [cell for cell in cells if cell.role == "part"]
    return [max(parts, key=lambda cell: cell.value).obs] if parts else []
