"""Pieces of SQL about years: which periods are one, and in which month they begin."""

from __future__ import annotations

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip

IS_YEAR = "date_diff('day', period_start, period_end) between 359 and 371"
"""Whether a period is about a year long, in whatever calendar."""


def years_from(month: str) -> str:
    """Return how years are told that begin in a month, whose number SQL gives as text."""
    told = (f"when '{n}' then 'years from {name}'" for n, name in enumerate(_MONTHS, 1))
    return f"case {month} {' '.join(told)} end"


YEAR_START = years_from("cast(extract(month from period_start) as varchar)")
"""How years are told by the month in which they begin."""
