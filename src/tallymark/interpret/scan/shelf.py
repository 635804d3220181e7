"""Figures on a shelf: by area and period, each with what it counts.

Hides the columns of a figure table, and when a figure's period is the one named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa

from tallymark.model.mention import Period

KEY = (
    "series_id",
    "stage",
    "counting_unit",
    "scope",
    "offence",
    "sex",
    "age_group",
    "breakdown",
)
_COLUMNS = (
    *KEY,
    "ref_area",
    "time_period",
    "period_start",
    "period_end",
    "statistic",
    "value",
    "is_total",
)
_TOTALS = {"sex": "_T", "age_group": "_T", "breakdown": "_T", "offence": None}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure, as far as it is needed to find it."""

    series_id: str | None
    stage: str | None
    counting_unit: str | None
    scope: str | None
    offence: str | None
    sex: str | None
    age_group: str | None
    breakdown: str | None
    ref_area: str | None
    time_period: str | None
    period_start: date | None
    period_end: date | None
    statistic: str | None
    value: float | None
    is_total: bool | None

    @property
    def key(self) -> tuple[str | None, ...]:
        """What it counts, wherever and whenever."""
        return tuple(getattr(self, name) for name in KEY)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is a total, or broken down by nothing."""
        return bool(self.is_total) or all(
            getattr(self, name) in (None, code) for name, code in _TOTALS.items()
        )

    def covers(self, period: Period) -> bool:
        """Whether its period is the one named; the months of a fiscal year are open."""
        if self.period_start is None or self.period_end is None:
            return False
        if period.is_fiscal:
            years = (self.period_start.year, self.period_end.year)
            return years == (period.first.year, period.last.year)
        return (self.period_start, self.period_end) == (period.first, period.last)

    def begins_in(self, period: Period) -> bool:
        """Whether its period is not the one named, but begins in it."""
        start = self.period_start
        return start is not None and period.first <= start <= period.last


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """The figures that a claim would rest on, and their value together."""

    rows: tuple[Row, ...]
    value: float | None
    is_near: bool = False
    """Whether its period only begins in the one named."""

    @property
    def label(self) -> str:
        """Return what the figures are, in one line."""
        first = self.rows[0]
        areas = ", ".join(dict.fromkeys(str(row.ref_area) for row in self.rows))
        times = ", ".join(dict.fromkeys(str(row.time_period) for row in self.rows))
        cut = "" if first.is_whole else f", {first.offence or first.breakdown}"
        return f"{areas} {times} {first.stage} ({first.series_id}{cut})"


class Shelf:
    """Figures to be found by area; broken down ones only where no total is."""

    def __init__(self, table: pa.Table) -> None:
        """Take the columns that are needed out of a figure table."""
        columns = [table[name].to_pylist() for name in _COLUMNS]
        rows = [
            Row(**dict(zip(_COLUMNS, values, strict=True)))
            for values in zip(*columns, strict=True)
        ]
        self._by_area: dict[str | None, list[Row]] = {}
        for row in rows:
            if row.statistic == "COUNT":
                self._by_area.setdefault(row.ref_area, []).append(row)

    def of(self, areas: Sequence[str]) -> Iterator[Row]:
        """Give the figures of some areas."""
        for area in areas:
            yield from self._by_area.get(area, ())
