"""Types about what a series declares and does not give: cells, parts, answers."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import of_year
from tallymark.check.pieces.fragments import FIRST_HOME, HOME, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifier, literal

_CELL = ("series_id", "ref_area", "time_period", "stage")
_HOMES = (
    "homes as (select series_id, coalesce(min(r.source_file), min(s.source_file)) "
    "as file, min(region) as region, min(header) as header "
    f"from spans s left join {FIRST_HOME} r using (series_id) group by series_id), "
    "area_homes as (select s.series_id, s.ref_area, "
    "coalesce(min(r.source_file), min(h.file)) as file, "
    "coalesce(arg_min(r.region, r.source_file), min(h.region)) as region, "
    "coalesce(arg_min(r.header, r.source_file), min(h.header)) as header "
    f"from spans s join homes h using (series_id) left join {HOME} r "
    "on s.source_file = r.source_file and s.series_id = r.series_id group by all)"
)
"""Where each series stands, and where each of its areas, for what stands nowhere."""
_PERIOD = ("series_id", "time_period")


def _declared_present(_kwargs: Kwargs, _rows: Rows) -> QueryRule:
    none_at_all = f"anti join everywhere e on {same('a', 'e', _PERIOD)} "
    elsewhere = [
        f"semi join spans {name[0]} on {same('a', name[0], (*_CELL[:2], name))} "
        for name in ("time_period", "stage")
    ]
    forms = (
        _absent("everywhere", _PERIOD, ("series_id",), f"semi{none_at_all[4:]}"),
        _absent("nothing", _CELL[:2], ("series_id",)),
        _absent("period", _CELL[:3], _CELL[:2], none_at_all),
        _absent("stage", (*_CELL[:2], "stage"), _CELL[:2]),
        _absent("cell", _CELL, _CELL[:2], "".join(elsewhere)),
    )
    return QueryRule(
        counted="count(*)",
        counted_in="declared",
        sql=f"with {_HOMES}, absent as (select * from declared d anti join spans s "
        f"on {same('d', 's', _CELL)}), everywhere as (select series_id, time_period "
        f"from absent a anti join spans s on {same('a', 's', _PERIOD)} group by all "
        f"having count(distinct ref_area) > 1) {' union all '.join(forms)}",
    )


def _absent(
    form: str, gone: tuple[str, ...], there: tuple[str, ...], also: str = ""
) -> str:
    """Return the query for what is absent, at one level, while a wider part is there.

    A period that no area has is one thing; of a single cell, its period and its stage
    are there.
    """
    listed = ", ".join(f"a.{n} as {n}" if n in gone else f"null as {n}" for n in _CELL)
    about = _CELL[:2] if "ref_area" in there else _CELL[:1]
    homes = "area_homes" if "ref_area" in there else "homes"
    home = "header" if "time_period" in gone and "stage" not in gone else "region"
    return (
        f"select min(file) as source_file, null as obs_id, {listed}, "
        f"coalesce(min({home}), min(region)) as region, '{form}' as form, "
        "count(distinct a.ref_area) as n_areas, "
        "list(distinct a.time_period order by a.time_period) as periods "
        f"from absent a left join {homes} h using ({', '.join(about)}) "
        f"semi join spans w on {same('a', 'w', there)} "
        f"anti join spans g on {same('a', 'g', gone)} {also}group by all"
    )


def _series_have_rows(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    return QueryRule(
        counted="count(*)",
        counted_in="regions",
        sql="select source_file, null as obs_id, series_id, min(region) as region "
        f"from regions r anti join {rows} o using (source_file, series_id) "
        "where series_id is not null group by all",
    )


def _declared_breakdowns(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    declared = identifier("series.breakdowns")
    given = (
        "case dimension when 'sex' then sex <> '_T' "
        "when 'age_group' then age_group <> '_T' "
        "when 'offence' then offence <> any_offence "
        "else ';' || breakdown like '%;' || dimension || '=%' end"
    )
    return QueryRule(
        counted=f"sum(n_rows) filter (where {declared} is not null)::bigint",
        counted_in="spans_in_context",
        sql="with declared_breakdowns as (select distinct series_id, "
        f"unnest(string_split({declared}, ' ')) as dimension from spans_in_context) "
        "select o.source_file, null as obs_id, series_id, dimension, "
        f"min(region) as region from {rows.plain} o "
        "join declared_breakdowns d using (series_id) "
        f"join (select series_id, min(offence) as any_offence from {rows.plain} "
        "group by all) f using (series_id) "
        "left join regions r using (source_file, series_id) "
        f"group by all having not coalesce(bool_or({given}), false)",
    )


_QUESTIONS = {
    "source_type": "who counted",
    "counting_unit": "what one unit of the count is",
    "scope": "which conduct is counted",
    "stage": "at which stage of the process it is counted",
    "principal_offence": "whether only the most serious offence of a case is counted",
    "stage_of_counting": "whether the offence is counted when it is reported, or later",
    "attempts": "whether attempts are counted",
    "multiple": "whether repeated acts are counted once or each time",
    "statutes": "which laws the figures are about",
    "child_age_below": "up to which age a person is counted as a child",
    "territory": "whether the whole country is covered",
    "agencies": "which agencies gave figures",
    "calendar": "which calendar the years follow",
    "online_marker": "whether the records mark cases as online",
}
"""The questions of a series definition as they are put to a sender."""


def _questions_answered(_kwargs: Kwargs, _rows: Rows) -> QueryRule:
    unanswered = identifier("series.unanswered")
    known = ", ".join(
        f"({i}, {literal(name)}, {literal(said)})"
        for i, (name, said) in enumerate(_QUESTIONS.items())
    )
    return QueryRule(
        counted='sum(n_rows) filter (where "series.provider" is not null)::bigint',
        suspicion=f"count({unanswered})",
        counted_in="spans_in_context",
        sql=f"with {_HOMES}, asked as (select distinct series_id, "
        f"unnest(string_split({unanswered}, ' ')) as name from spans_in_context), "
        f"questions as (select * from (values {known}) q(place, name, question)) "
        "select min(file) as source_file, null as obs_id, series_id, "
        "min(region) as region, "
        "count(*) as n_questions, string_agg(question, '; ' order by place) "
        "as questions from asked join questions using (name) "
        "left join homes using (series_id) group by series_id",
    )


def _declared(area: str, time_period: str, stage: str) -> dict[str, Any]:
    return dict(zip(_CELL, ("s", area, time_period, stage), strict=True))


def _broken_down(obs_id: str, declared: str | None, **values: Any) -> dict[str, Any]:
    whole = {
        "source_file": "f.xlsx",
        "offence": "0302",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
    }
    return of_year(obs_id, "2018", **{**whole, "series.breakdowns": declared} | values)


def _asked(obs_id: str, unanswered: str | None) -> dict[str, Any]:
    values = {"series.provider": "Police", "series.unanswered": unanswered}
    return of_year(obs_id, "2018", **values)


_DECLARED = tuple(
    _declared(area, year, stage)
    for area in ("XAA", "XAB")
    for year in ("2018", "2019")
    for stage in ("RECORDED", "CONVICTED")
)
_HOME = {
    "source_file": "f.xlsx", "series_id": "s", "region": "A4:F9", "header": "A3:F3"
}  # fmt: skip


TYPES = {
    "expect_declared_cells_to_be_present": ExpectationType(
        name="expect_declared_cells_to_be_present",
        promise="Every area, period and stage that the series declares has a row.",
        shape="table",
        needs=_CELL,
        relations=("spans", "declared", "regions"),
        reach="collection",
        takes_condition=False,
        rule=_declared_present,
        found={
            "nothing": "Nothing is given for {ref_area}: no row for {periods:period}.",
            "everywhere": "There is no row for {time_period:period}, for any of "
            "{n_areas} areas; other periods are given.",
            "period": "There is no row for {ref_area} {time_period:period}; "
            "other periods are given.",
            "stage": "There is no row for {ref_area} at the stage “{stage:words}” "
            "({periods:period}); other stages are given.",
            "cell": "There is no row for {ref_area} {time_period:period} at the stage "
            "“{stage:words}”; other periods and stages are given.",
        },
        expected="A row with the figure, or with the reason why there is none.",
        examples=(
            Example(
                rows=(
                    of_year("a", "2018"),
                    of_year("b", "2018", stage="CONVICTED"),
                    of_year("c", "2019"),
                    of_year("d", "2019", stage="CONVICTED"),
                ),
                relations={"declared": _DECLARED[:4], "regions": (_HOME,)},
            ),
            Example(
                rows=(of_year("a", "2018"),),
                relations={"declared": _DECLARED, "regions": (_HOME,)},
                fails=("A3:F3", "A4:F9"),
            ),
            Example(
                rows=(
                    of_year("a", "2018"),
                    of_year("b", "2018", stage="CONVICTED"),
                    of_year("c", "2018", ref_area="XAB"),
                    of_year("d", "2018", ref_area="XAB", stage="CONVICTED"),
                ),
                relations={"declared": _DECLARED, "regions": (_HOME,)},
                fails=("A3:F3",),
            ),
            Example(
                rows=(
                    of_year("a", "2018"),
                    of_year("b", "2018", stage="CONVICTED"),
                    of_year("c", "2019"),
                ),
                relations={"declared": _DECLARED[:4], "regions": (_HOME,)},
                fails=("A4:F9",),
            ),
        ),
    ),
    "expect_series_to_have_rows": ExpectationType(
        name="expect_series_to_have_rows",
        promise="Every series that the sheet has room for has a row.",
        shape="table",
        needs=("series_id", "source_file"),
        relations=("regions",),
        takes_condition=False,
        rule=_series_have_rows,
        found={"": "The sheet has a place for “{series_id}”, and no row stands in it."},
        expected="Rows with figures, or with the reason why there are none.",
        examples=(
            Example(
                rows=(of_year("a", "2018", source_file="f.xlsx"),),
                relations={"regions": (_HOME,)},
            ),
            Example(
                rows=(of_year("a", "2018", source_file="f.xlsx", series_id="t"),),
                relations={"regions": (_HOME,)},
                fails=("A4:F9",),
            ),
        ),
    ),
    "expect_declared_breakdowns_to_be_given": ExpectationType(
        name="expect_declared_breakdowns_to_be_given",
        promise="Figures are broken down as the series declares.",
        shape="table",
        needs=(
            "series_id", "period_start", "period_end", "ref_area", "offence", "sex",
            "age_group", "breakdown", "series.breakdowns",
        ),
        relations=("spans_in_context", "regions"),
        takes_condition=False,
        rule=_declared_breakdowns,
        found={
            "": "The figures of “{series_id}” should be given by {dimension:words}; "
            "none is."
        },
        expected="The parts that the series declares, beside the totals.",
        examples=(
            Example(
                rows=(
                    _broken_down("a", "sex form"),
                    _broken_down("b", "sex form", sex="F"),
                    _broken_down("c", "sex form", breakdown="form=labour;place=home"),
                ),
            ),
            Example(
                rows=(
                    _broken_down("a", "offence"),
                    _broken_down("b", "offence", offence="030221"),
                ),
            ),
            Example(
                rows=(_broken_down("a", "offence"), _broken_down("b", "offence")),
                relations={"regions": (_HOME,)},
                fails=("A4:F9",),
            ),
            Example(rows=(_broken_down("a", None),)),
            Example(
                rows=(
                    _broken_down("a", "sex age_group"),
                    _broken_down("b", "sex age_group", age_group="Y0T17"),
                ),
                relations={"regions": (_HOME,)},
                fails=("A4:F9",),
            ),
        ),
    ),
    "expect_definition_questions_to_be_answered": ExpectationType(
        name="expect_definition_questions_to_be_answered",
        promise="Every question on what a series counts has an answer.",
        shape="table",
        needs=(
            "series_id", "period_start", "period_end", "ref_area", "series.provider",
            "series.unanswered",
        ),
        relations=("spans_in_context", "regions"),
        # Told once of a series, in however many files it stands.
        reach="collection",
        takes_condition=False,
        rule=_questions_answered,
        found={"": "Not known of these figures: {questions}."},
        expected="An answer to each question.",
        examples=(
            Example(rows=(_asked("a", None),)),
            Example(
                rows=(_asked("a", "attempts multiple"), _asked("b", "attempts")),
                relations={"regions": (_HOME,)},
                fails=("A4:F9",),
            ),
        ),
    ),
}  # fmt: skip
