"""Types about periods that cannot be: other calendars, slipped digits, the future."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import FIRST, PLACES
from tallymark.check.pieces.years import IS_YEAR, YEAR_START, years_from
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal

_YEAR = "extract(year from period_start)"
_STEP = "series_id, ref_area, time_period"
# The Buddhist era is 543 years ahead, the Ethiopian 7 or 8 behind the Gregorian year.
_BUDDHIST, _ETHIOPIAN = 543, (7, 8)


def _in_calendar(kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell periods out of bounds, or later than the day on which they were published."""
    first, last = literal(kwargs["first_year"]), literal(kwargs["last_year"])
    out = f"{_YEAR} < {first} or {_YEAR} > {last}"
    future = "period_start > vintage"
    fits = f"{_YEAR} - {_BUDDHIST} between {first} and {last}"
    form = (
        f"case when {_YEAR} > {last} and {fits} then 'buddhist' "
        f"when {out} then 'outside' else 'future' end"
    )
    return QueryRule(
        subject="period_start is not null",
        suspicion=f"count(*) filter (where {out} or {future})",
        sql=f"select {FIRST}, {_STEP}, {PLACES} as places, {form} as form, "
        f"cast({_YEAR} - {_BUDDHIST} as varchar) as meant, min(vintage) as vintage from {rows} "
        f"where {out} or {future} group by {_STEP}, {_YEAR}, {form}",
    )


def _over(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell periods that had begun and were not over on the day of publication."""
    early = "period_start <= vintage and period_end > vintage"
    return QueryRule(
        subject="vintage is not null and period_end is not null",
        suspicion=f"count(*) filter (where {early})",
        sql=f"select {FIRST}, {_STEP}, {PLACES} as places, min(vintage) as vintage "
        f"from {rows} where {early} group by {_STEP}",
    )


def _from_first_month(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell years that begin in another month than the definition of the series says."""
    month = identifier("series.first_month")
    other = (
        f"{IS_YEAR} and {month} <> 'unknown' "
        f"and {month} <> cast(extract(month from period_start) as varchar)"
    )
    return QueryRule(
        counted=f"(sum(n_rows) filter (where {month} <> 'unknown'))::bigint",
        suspicion=f"count(*) filter (where {other})",
        counted_in="spans_in_context",
        sql=f"select {FIRST}, series_id, ref_area, {PLACES} as places, "
        f"{YEAR_START} as code, {years_from(month)} as declared, "
        "list(distinct time_period order by time_period) as periods "
        f"from {rows} where {other} group by series_id, ref_area, code, declared",
    )


def _as_declared(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    """Tell periods that the series does not declare, and the year that may be meant."""
    declared = "cast(left(time_period, 4) as int)"
    strange = Prepared(
        sql="with own as (select distinct series_id, ref_area, time_period, "
        f"{declared} as year from declared), "
        "every as (select distinct series_id, time_period, year from own), "
        "spread as (select series_id, min(year) as first, max(year) as last "
        "from own group by series_id), "
        "held as (select distinct s.series_id, s.ref_area, s.time_period, "
        "extract(year from s.period_start) as year from spans s "
        "where s.period_start is not null), "
        # An area that is not declared is to have the years of the others.
        "years as (select * from own union select h.series_id, h.ref_area, "
        "e.time_period, e.year from held h join every e using (series_id) "
        "anti join own o on o.series_id = h.series_id and o.ref_area = h.ref_area), "
        # A declared year that is there is not the one that was meant.
        "absent as (select * from years y anti join held h "
        "on h.series_id = y.series_id and h.ref_area = y.ref_area "
        "and h.year = y.year) "
        "select h.series_id, h.ref_area, h.time_period, h.year, "
        f"max(if(h.year - y.year = {_BUDDHIST}, y.year, null)) as buddhist, "
        f"max(if(y.year - h.year in {_ETHIOPIAN}, y.year, null)) as ethiopian, "
        f"max(if({_slipped('h.year', 'y.year')}, y.year, null)) as slipped "
        "from held h join spread p on h.series_id = p.series_id "
        "join absent y on y.series_id = h.series_id and y.ref_area = h.ref_area "
        "where h.year < p.first - 1 or h.year > p.last + 1 group by all"
    )
    form = (
        "case when buddhist is not null then 'buddhist' "
        "when ethiopian is not null then 'ethiopian' "
        "when slipped is not null then 'slipped' end"
    )
    return QueryRule(
        counted="count(*)",
        counted_in="declared",
        prepared=(strange,),
        sql=f"select {FIRST}, {_STEP}, {PLACES} as places, {form} as form, "
        "cast(coalesce(buddhist, ethiopian, slipped) as varchar) as meant "
        f"from {rows} o join {strange.name} s "
        "using (series_id, ref_area, time_period) "
        f"where {form} is not null "
        f"group by {_STEP}, {form}, buddhist, slipped, ethiopian",
    )


def _slipped(found: str, meant: str) -> str:
    """Return the condition that one digit differs, or two neighbours are exchanged."""
    a, b = f"cast({found} as varchar)", f"cast({meant} as varchar)"
    differ = " + ".join(
        f"(substring({a}, {i}, 1) <> substring({b}, {i}, 1))::int" for i in range(1, 5)
    )
    swapped = " or ".join(
        f"{a} = substring({b}, 1, {i - 1}) || substring({b}, {i + 1}, 1) || "
        f"substring({b}, {i}, 1) || substring({b}, {i + 2})"
        for i in range(1, 4)
    )
    return f"({differ}) = 1 or {swapped}"


def _row(obs_id: str, year: int, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": str(year),
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "RECORDED",
    } | values


_BOUNDS = {"first_year": 1950, "last_year": 2050}
_DECLARED = tuple(
    {
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": str(year),
        "stage": "RECORDED",
    }
    for year in (2017, 2018, 2019)
)

_PUBLISHED = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "vintage",
)  # fmt: skip

TYPES = {
    "expect_periods_to_be_plausible": ExpectationType(
        name="expect_periods_to_be_plausible",
        promise="Periods lie within bounds, and begin before they are published.",
        shape="table",
        kwargs={
            "first_year": Kwarg(kind="number"),
            "last_year": Kwarg(kind="number"),
        },
        needs=("series_id", "ref_area", "time_period", "period_start", "period_end"),
        takes_condition=False,
        rule=_in_calendar,
        found={
            "buddhist": "Figures are given for {time_period:period}. In the Buddhist "
            "calendar that is {meant:period}.",
            "outside": "Figures are given for {time_period:period}.",
            "future": "Figures are given for {time_period:period}, a period that begins "
            "after the date of publication, {vintage}.",
        },
        expected="A period of the Gregorian calendar that had begun.",
        examples=(
            Example(kwargs=_BOUNDS, rows=(_row("a", 2018, vintage="2019-03-01"),)),
            Example(
                kwargs=_BOUNDS,
                rows=(
                    _row("a", 2560),
                    _row("b", 1018),
                    _row("c", 2020, vintage="2019-03-01"),
                ),
                fails=("a", "b", "c"),
            ),
        ),
    ),
    "expect_periods_to_be_over": ExpectationType(
        name="expect_periods_to_be_over",
        promise="Periods are over when their figures are published.",
        shape="table",
        needs=_PUBLISHED,
        takes_condition=False,
        rule=_over,
        found={
            "": "Figures are given for {time_period:period}. On the date of publication, "
            "{vintage}, that period was not over."
        },
        expected="A period that was over.",
        examples=(
            Example(rows=(_row("a", 2018, vintage="2018-12-31"),)),
            Example(rows=(_row("a", 2019, vintage="2019-06-14"),), fails=("a",)),
        ),
    ),
    "expect_years_to_begin_as_declared": ExpectationType(
        name="expect_years_to_begin_as_declared",
        promise="Years begin in the month that the definition of the series names.",
        shape="table",
        needs=(
            "series_id",
            "ref_area",
            "time_period",
            "period_start",
            "period_end",
            "series.first_month",
        ),
        relations=("spans_in_context",),
        takes_condition=False,
        rule=_from_first_month,
        found={
            "": "Figures are given for {code} ({periods:period}). By its definition the "
            "series has {declared}."
        },
        expected="Years that begin in the month of the definition.",
        examples=(
            Example(
                rows=(
                    _row("a", 2018) | {"series.first_month": "1"},
                    _row("b", 2019) | {"series.first_month": "unknown"},
                    _row("c", 2020, period_end="2020-03-31")
                    | {"series.first_month": "7"},
                ),
            ),
            Example(
                rows=(_row("a", 2018) | {"series.first_month": "7"},),
                fails=("a",),
            ),
        ),
    ),
    "expect_periods_to_be_near_declared_ones": ExpectationType(
        name="expect_periods_to_be_near_declared_ones",
        promise="No period is a declared one in another calendar, or with a digit "
        "slipped.",
        shape="table",
        needs=("series_id", "ref_area", "time_period", "period_start", "stage"),
        relations=("spans", "declared"),
        takes_condition=False,
        rule=_as_declared,
        found={
            "buddhist": "Figures are given for {time_period:period}, a year that the "
            "series does not name. In the Buddhist calendar it is {meant:period}, which "
            "it does.",
            "ethiopian": "Figures are given for {time_period:period}, a year that the "
            "series does not name. In the Ethiopian calendar it is {meant:period}, which "
            "it does.",
            "slipped": "Figures are given for {time_period:period}, a year that the "
            "series does not name. One digit apart is {meant:period}, which it does.",
        },
        expected="A year that the series names.",
        examples=(
            Example(
                rows=(_row("a", 2018), _row("b", 2020), _row("c", 1995)),
                relations={"declared": _DECLARED},
            ),
            Example(
                rows=(
                    _row("a", 2560),
                    _row("b", 2011),
                    _row("c", 2108),
                    _row("d", 2081),
                ),
                relations={"declared": _DECLARED},
                fails=("a", "b", "c", "d"),
            ),
            Example(
                rows=(_row("a", 2010), _row("b", 2018, ref_area="XAB")),
                relations={"declared": _DECLARED},
                fails=("a",),
            ),
        ),
    ),
}
