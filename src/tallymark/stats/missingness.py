"""What is there and what is not, with its reason, and sums that say what they lack.

Zero, not available, not applicable and suppressed are four different things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import fsum, isfinite
from typing import NamedTuple

from tallymark.errors import NumberError

PRESENT = "present"
ZERO = "zero"
ABSENT = "absent"
"""Declared or expected, and not in the data at all."""


class Presence(NamedTuple):
    """One cell: `status` is present, zero, absent, or the reason for a missing number."""

    cell: tuple[Hashable, ...]
    status: str


class GapSum(NamedTuple):
    """A sum that may lack parts: `value` None where it does, never a point then.

    `low` adds what is known; `high` None: nothing bounds it.
    """

    value: float | None
    low: float
    high: float | None
    present: int
    declared: int


def presence_table(
    rows: Iterable[tuple[tuple[Hashable, ...], float | None, str | None]],
    expected: Iterable[tuple[Hashable, ...]] = (),
) -> tuple[Presence, ...]:
    """Return the status of every cell, in the order of the rows, then what was expected.

    A row is a cell (country, year, stage, or any other), its number or None, and the
    reason for None. Expected cells without a row are absent.

    Raises:
        NumberError: a cell has neither a number nor a reason, or both, or two rows.

    Source: SDMX CL_OBS_STATUS 2.2, for telling reasons apart.

    >>> rows = [(("KEN", 2018), 0, None), (("KEN", 2019), None, "SUPPRESSED")]
    >>> [found.status for found in presence_table(rows, [("KEN", 2017)])]
    ['zero', 'SUPPRESSED', 'absent']
    """
    found: dict[tuple[Hashable, ...], str] = {}
    for cell, value, reason in rows:
        if (value is None) == (reason is None):
            raise NumberError(
                f"{cell} needs a number, or the reason why there is none."
            )
        if cell in found:
            raise NumberError(f"{cell} stands twice.")
        found[cell] = reason or (PRESENT if value else ZERO)
    for cell in expected:
        found.setdefault(cell, ABSENT)
    return tuple(Presence(cell, status) for cell, status in found.items())


def status_counts(
    table: Sequence[Presence], position: int
) -> dict[Hashable, dict[str, int]]:
    """Return how many cells of each status there are, by one part of the cell.

    >>> table = presence_table([(("KEN", 2018), 4, None), (("KEN", 2019), 0, None)])
    >>> status_counts(table, 0)
    {'KEN': {'present': 1, 'zero': 1}}
    """
    counted: dict[Hashable, Counter[str]] = {}
    for cell, status in table:
        counted.setdefault(cell[position], Counter())[status] += 1
    return {key: dict(counts) for key, counts in counted.items()}


def sum_with_gaps(
    parts: Sequence[float | tuple[float, float | None] | None],
) -> GapSum:
    """Return the sum of parts, of which some may lack a number.

    A part is a number, the bounds of one (its upper bound None: open), or None. Parts
    are never below zero, and a gap is never put at zero: it leaves the sum open.

    Raises:
        NumberError: a part is negative or no number; bounds are the wrong way round.

    Source: interval arithmetic; Manski 2003, chapter 1.

    >>> sum_with_gaps([10, None, (1, 4)])
    GapSum(value=None, low=11.0, high=None, present=1, declared=3)
    """
    bounds = [_bounds(part) for part in parts]
    low = fsum(bound[0] for bound in bounds)
    tops = [bound[1] for bound in bounds]
    high = fsum(t for t in tops if t is not None) if None not in tops else None
    n_present = sum(not (p is None or isinstance(p, tuple)) for p in parts)
    value = low if n_present == len(parts) else None
    return GapSum(value, low, high, n_present, len(parts))


def _bounds(
    part: float | tuple[float, float | None] | None,
) -> tuple[float, float | None]:
    if part is None:
        return 0.0, None
    low, high = part if isinstance(part, tuple) else (part, part)
    given = [low] if high is None else [low, high]
    if not all(isfinite(x) for x in given) or low < 0 or given != sorted(given):
        raise NumberError(f"{part} is not a number of zero or more, nor bounds of one.")
    return float(low), None if high is None else float(high)
