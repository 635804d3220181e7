"""Pieces of SQL about years: which periods are one, and in which month they begin."""

from __future__ import annotations

IS_YEAR = "date_diff('day', period_start, period_end) between 359 and 371"
"""Whether a period is about a year long, in whatever calendar."""

YEAR_START = (
    "case extract(month from period_start) "
    + " ".join(
        f"when {n} then 'years from {month}'"
        for n, month in enumerate(
            (
                "January", "February", "March", "April", "May", "June", "July",
                "August", "September", "October", "November", "December",
            ),
            start=1,
        )
    )
    + " end"
)  # fmt: skip
"""How a year is told by its first month."""
