"""Types about what the figures cover: areas, agencies and stretches of time."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import yearly_count
from tallymark.check.pieces.fragments import FIRST_HOME, HOME, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, identifiers, literal, literals

_MOST_NAMED = 5


def _more(count: str) -> str:
    """Return the words that follow the first few of so many."""
    others = f"({count} - {_MOST_NAMED})"
    return f"if({others} > 0, ' and ' || {others} || ' more', '')"


def _areas_stable(kwargs: Kwargs, rows: Rows) -> QueryRule:
    # Where reasons are given, somebody has said so: that is another matter.
    counted = (
        f"area_level in {literals(kwargs['area_levels'])} and series_id is not null "
        "and ref_area is not null and time_period is not null and (obs_value is not "
        f"null or missing_reason not in {literals(kwargs['not_telling'])})"
    )
    group = ("source_file", "series_id", "stage", "freq")
    cells = Prepared(
        sql=f"select distinct {identifiers(group)}, ref_area, time_period "
        f"from {rows} where {counted}"
    )
    uneven = Prepared(
        sql=f"select {identifiers(group)}, count(distinct ref_area) as n_areas "
        f"from {cells.name} group by all having count(distinct ref_area) > 1 "
        "and count(distinct ref_area) * count(distinct time_period) > count(*)"
    )
    keys = ", ".join(f"u.{name}" for name in group)
    share = literal(kwargs["min_share"])
    return QueryRule(
        subject=counted,
        suspicion="(min(ref_area) <> max(ref_area) and "
        "min(time_period) <> max(time_period))::int",
        prepared=(cells, uneven),
        sql=f"with own as (select c.*, n_areas from {cells.name} c "
        f"join {uneven.name} u on {same('c', 'u', group)}), "
        f"periods as (select {identifiers(group)}, time_period, n_areas from own "
        f"group by all having count(*) >= {share} * n_areas), "
        f"areas as (select distinct {identifiers(group)}, ref_area from own), "
        f"absent as (select {keys}, u.time_period, n_areas, count(*) as n_absent, "
        "list(a.ref_area order by a.ref_area) as areas from periods u "
        f"join areas a on {same('u', 'a', group)} "
        f"anti join own o on {same('u', 'o', (*group, 'time_period'))} "
        "and a.ref_area = o.ref_area "
        "anti join declared d on u.series_id = d.series_id "
        "and a.ref_area = d.ref_area and u.time_period = d.time_period group by all) "
        # The same areas in several periods are one thing to ask about.
        f"select {keys}, null as obs_id, "
        "if(count(*) = 1, min(time_period), null) as time_period, n_areas, n_absent, "
        "list(time_period order by time_period) as periods, count(*) as n_periods, "
        f"list_slice(areas, 1, {_MOST_NAMED}) as named, {_more('n_absent')} as more, "
        "min(header) as region from absent u "
        f"left join {HOME} r on {same('u', 'r', group[:2])} "
        f"group by {keys}, n_areas, n_absent, areas",
    )


_PARTS = {
    "sex": "sex <> '_T'",
    "age_group": "age_group <> '_T'",
    "breakdown": "breakdown like '%=%'",
}


def _areas_broken_down(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_area_broken_down(name, kwargs, rows) for name in _PARTS)


def _area_broken_down(dimension: str, kwargs: Kwargs, rows: Rows) -> QueryRule:
    group = ("source_file", "series_id", "stage", "area_level")
    columns, part = identifiers(group), f"coalesce({_PARTS[dimension]}, false)"
    partly = Prepared(
        sql=f"with areas as (select {columns}, ref_area, bool_or({part}) as has_parts "
        f"from {rows} where series_id is not null and ref_area is not null "
        f"group by all) select {columns}, count(*) as n_areas, "
        "count(*) filter (where not has_parts) as n_absent, "
        "list(ref_area order by ref_area) filter (where not has_parts) as areas "
        "from areas group by all having bool_or(has_parts) and not bool_and(has_parts) "
        "and count(*) filter (where has_parts) >= "
        f"{literal(kwargs['min_share'])} * count(*)"
    )
    return QueryRule(
        subject=part,
        suspicion="(min(ref_area) <> max(ref_area))::int",
        prepared=(partly,),
        sql="select p.source_file, null as obs_id, p.series_id, p.stage, "
        f"'{dimension}' as dimension, n_areas, n_absent, "
        f"list_slice(areas, 1, {_MOST_NAMED}) as named, {_more('n_absent')} as more, "
        f"region from {partly.name} p left join {HOME} r "
        f"on {same('p', 'r', group[:2])}",
    )


def _periods_follow(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    group = ("source_file", "series_id", "freq")
    periods = Prepared(
        sql=f"select {identifiers(group)}, time_period, period_start, period_end "
        f"from {rows} where period_start is not null and series_id is not null "
        "group by all"
    )
    # A month is up to three days shorter than the one before, a year one day.
    length = "date_diff('day', period_start, period_end)"
    gap = "date_diff('day', period_end, next_start)"
    return QueryRule(
        subject="period_start is not null",
        suspicion="(min(time_period) <> max(time_period))::int",
        prepared=(periods,),
        sql="with steps as (select *, lead(period_start) over w as next_start, "
        f"lead(time_period) over w as next_period from {periods.name} p "
        "where freq in ('A', 'S', 'Q', 'M', 'W') "
        "and not exists (select 1 from declared d join "
        f"{periods.name} q on q.series_id = d.series_id "
        "and q.time_period = d.time_period "
        "where q.series_id = p.series_id and q.freq = p.freq) window w as "
        f"(partition by {identifiers(group)} order by period_start, period_end)), "
        f"gaps as (select *, min({gap}) over (partition by "
        f"{identifiers(group)}) as usual from steps) "
        "select g.source_file, null as obs_id, g.series_id, "
        "g.time_period as before, g.next_period as after, min(header) as region "
        f"from gaps g left join {HOME} r on {same('g', 'r', group[:2])} "
        f"where {gap} > {length} - 3 and usual <= 1 "
        f"and not exists (select 1 from {periods.name} p "
        f"where {same('p', 'g', group[:2])} and p.period_start > g.period_end "
        "and p.period_end < g.next_start) group by all",
    )


_PARTLY = {
    "territory": ("series.territory", ("partial",)),
    "agencies": ("series.agencies", ("several", "single_unit")),
}


_FORM = {"territory": "if(bool_and(ref_area like 'WORLD%'), 'countries', 'territory')"}


def _national(_kwargs: Kwargs, _rows: Rows) -> QueryRule:
    found = {
        form: f"{identifier(column)} in {literals(answers)}"
        for form, (column, answers) in _PARTLY.items()
    }
    forms = " union all ".join(
        "select coalesce(min(r.source_file), min(s.source_file)) as source_file, "
        f"null as obs_id, series_id, {_FORM.get(form, literal(form))} as form, "
        "min(region) as region "
        f"from spans_in_context s left join {FIRST_HOME} r using (series_id) "
        f"where {condition} group by series_id"
        for form, condition in found.items()
    )
    return QueryRule(
        counted="sum(n_rows) filter (where \"series.territory\" <> 'unknown' "
        "or \"series.agencies\" <> 'unknown')::bigint",
        suspicion=f"count(*) filter (where {' or '.join(found.values())})",
        counted_in="spans_in_context",
        sql=forms,
    )


def _month(obs_id: str, month: int) -> dict[str, Any]:
    """Return a row for one of the first months of 2017."""
    last = (31, 28, 31, 30)[month - 1]
    days = {
        "period_start": f"2017-{month:02}-01",
        "period_end": f"2017-{month:02}-{last}",
    }
    return yearly_count(obs_id, f"2017-{month:02}", freq="M") | days


def _district(obs_id: str, area: str, time_period: str, **values: Any) -> Any:
    level = {"ref_area": f"XAA_{area}", "area_level": "subnational"}
    return yearly_count(obs_id, time_period, **level | values)


def _covering(obs_id: str, territory: str, agencies: str) -> dict[str, Any]:
    values = {"series.territory": territory, "series.agencies": agencies}
    return yearly_count(obs_id, "2019", **values)


_REGION = {
    "source_file": "f.xlsx", "series_id": "s", "region": "A4:F9", "header": "A3:F3"
}  # fmt: skip
_IN_2017 = ({"series_id": "s", "ref_area": "XAA", "time_period": "2017"},)
_STABLE = {"area_levels": ["subnational"], "not_telling": ["BLANK"], "min_share": 0.5}
_SERIES = ("series_id", "period_start", "period_end", "ref_area")

TYPES = {
    "expect_reporting_areas_to_be_stable": ExpectationType(
        name="expect_reporting_areas_to_be_stable",
        promise="The same areas report in every period.",
        shape="table",
        kwargs={
            "area_levels": Kwarg(kind="texts"),
            "not_telling": Kwarg(kind="texts"),
            "min_share": Kwarg(kind="number"),
        },
        needs=(
            "series_id", "ref_area", "area_level", "freq", "time_period", "stage",
            "obs_value", "missing_reason",
        ),
        relations=("declared", "regions"),
        takes_condition=False,
        rule=_areas_stable,
        found={
            "": "Nothing is given for {n_absent} of {n_areas} areas in {n_periods} of "
            "the periods ({periods:period}; {stage:words}): {named}{more}. They have "
            "figures for other periods."
        },
        expected="Figures of the same areas in every period.",
        examples=(
            Example(
                kwargs=_STABLE,
                rows=(
                    _district("a", "N", "2018"),
                    _district("b", "S", "2018"),
                    _district("c", "N", "2019"),
                    _district("d", "S", "2019", obs_value=None)
                    | {"missing_reason": "NOT_RECORDED"},
                    yearly_count("e", "2018"),
                    yearly_count("f", "2019", ref_area="XAB"),
                ),
            ),
            Example(
                kwargs=_STABLE,
                rows=(
                    _district("a", "N", "2018"),
                    _district("b", "S", "2018"),
                    _district("c", "N", "2019"),
                ),
                relations={"regions": (_REGION,)},
                fails=("A3:F3",),
            ),
        ),
    ),
    "expect_breakdowns_in_every_area": ExpectationType(
        name="expect_breakdowns_in_every_area",
        promise="Where most areas give figures by sex, age or else, all of them do.",
        shape="table",
        kwargs={"min_share": Kwarg(kind="number")},
        needs=(
            "series_id", "ref_area", "area_level", "stage", "sex", "age_group",
            "breakdown",
        ),
        relations=("regions",),
        takes_condition=False,
        rule=_areas_broken_down,
        found={
            "": "{n_absent} of {n_areas} areas give no figures by {dimension:words} "
            "({stage:words}): {named}{more}. The others do."
        },
        expected="The same breakdown for every area, or the reason why there is none.",
        examples=(
            Example(
                kwargs={"min_share": 0.5},
                rows=(
                    yearly_count("a", "2018", sex="F"),
                    yearly_count("b", "2018", sex="M", ref_area="XAB"),
                    yearly_count("c", "2018", stage="CHARGED", ref_area="XAB"),
                    yearly_count("d", "2018", stage="CHARGED", ref_area="XAC"),
                    yearly_count("e", "2018", stage="CHARGED", sex="M"),
                ),
            ),
            Example(
                kwargs={"min_share": 0.5},
                rows=(
                    yearly_count("a", "2018", age_group="Y0T17"),
                    yearly_count("b", "2018", age_group="_T", ref_area="XAB"),
                ),
                relations={"regions": (_REGION,)},
                fails=("A4:F9",),
            ),
        ),
    ),
    "expect_periods_to_follow_each_other": ExpectationType(
        name="expect_periods_to_follow_each_other",
        promise="Between the first period and the last, none is left out.",
        shape="table",
        needs=("series_id", "freq", "time_period", "period_start", "period_end"),
        relations=("declared", "regions"),
        takes_condition=False,
        rule=_periods_follow,
        found={
            "": "No row is given for the time after {before:period} and before "
            "{after:period}."
        },
        expected="Rows for every period, or the reason why there are none.",
        examples=(
            Example(rows=(yearly_count("a", "2015"), yearly_count("b", "2017"), yearly_count("c", "2019"))),
            Example(
                rows=(
                    yearly_count("a", "2016"),
                    yearly_count("b", "2017"),
                    yearly_count("c", "2018-Q1", freq="Q", period_start="2018-01-01")
                    | {"period_end": "2018-03-31"},
                    yearly_count("d", "2019"),
                    yearly_count("e", "2021"),
                    yearly_count("f", "2020-01-01/P9M", freq="_O", period_start="2020-01-01")
                    | {"period_end": "2020-09-30"},
                ),
            ),
            Example(
                rows=(yearly_count("a", "2016"), yearly_count("b", "2017"), yearly_count("c", "2019")),
                relations={"regions": (_REGION,)},
                fails=("A3:F3",),
            ),
            Example(
                rows=(yearly_count("a", "2016"), yearly_count("b", "2017"), yearly_count("c", "2019")),
                relations={"declared": _IN_2017, "regions": (_REGION,)},
            ),
            Example(
                rows=(
                    yearly_count("a", "2017"),
                    _month("b", 1),
                    _month("c", 2),
                    _month("d", 4),
                ),
                relations={"declared": _IN_2017, "regions": (_REGION,)},
                fails=("A3:F3",),
            ),
        ),
    ),
    "expect_coverage_to_be_national": ExpectationType(
        name="expect_coverage_to_be_national",
        promise="Figures cover the whole area and all agencies.",
        shape="table",
        needs=(*_SERIES, "series.territory", "series.agencies"),
        relations=("spans_in_context", "regions"),
        # Told once of a series, in however many files it stands.
        reach="collection",
        takes_condition=False,
        rule=_national,
        found={
            "territory": "These figures cover a part of the country.",
            "countries": "These figures do not come from all countries.",
            "agencies": "These figures do not come from all agencies.",
        },
        expected="Figures of the whole area and of all agencies, or a note on what "
        "they leave out.",
        examples=(
            Example(rows=(_covering("a", "national", "all"),)),
            Example(rows=(_covering("a", "world", "unknown"),)),
            Example(
                rows=(_covering("a", "partial", "single_unit"),),
                relations={"regions": (_REGION,)},
                fails=("A4:F9",),
            ),
            Example(
                rows=(_covering("a", "partial", "single_unit") | {"ref_area": "WORLD"},),
                relations={
                    "regions": (
                        _REGION | {"source_file": "g.pdf", "region": "A1:B2"},
                        _REGION,
                    )
                },
                fails=("A4:F9",),
            ),
        ),
    ),
}  # fmt: skip
