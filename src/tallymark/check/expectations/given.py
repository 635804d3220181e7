"""Types about what an area gives at all: numbers, and of more than one stage."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.examples import yearly_count
from tallymark.check.pieces.fragments import HOME, PLACES, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal, literals

_NUMBER = "(obs_value is not null or missing_reason in ('SUPPRESSED', 'RANGE'))"
"""Whether there is a number, though it may be hidden or a range."""


_GROUP = ("source_file", "series_id", "ref_area")


def _by_stage(rows: Rows) -> Prepared:
    """Return what each file gives of a series for an area at a stage."""
    return Prepared(
        sql=f"select {identifiers(_GROUP)}, stage, min(obs_id) as obs_id, "
        f"count(*) as n_rows, count(*) filter (where {_NUMBER}) as n_numbers "
        f"from {rows} where series_id is not null and ref_area is not null "
        "group by all"
    )


def _more_than_late_stages(kwargs: Kwargs, rows: Rows) -> QueryRule:
    stages = literals(kwargs["stages"])
    late, by_stage = f"stage in {stages}", _by_stage(rows)
    listed = "string_agg(distinct stage, ' ' order by stage)"
    only_late = Prepared(
        sql=f"select {identifiers(_GROUP)}, "
        f"{listed} filter (where n_numbers > 0) as stages "
        f"from {by_stage.name} group by all having "
        f"count(*) filter (where n_numbers > 0 and {late}) > 0 "
        f"and count(*) filter (where n_numbers > 0 and not {late}) = 0"
    )
    without = (
        f"select {identifiers(_GROUP)}, stage from {by_stage.name} where n_numbers = 0 "
        "union select o.source_file, o.series_id, o.ref_area, d.stage "
        f"from {only_late.name} o join declared d using (series_id, ref_area)"
    )
    return QueryRule(
        subject=f"{late} and {_NUMBER}",
        prepared=(by_stage, only_late),
        sql="select o.source_file, null as obs_id, o.series_id, o.ref_area, "
        "string_split(stages, ' ') as given, "
        "list(distinct w.stage order by w.stage) as others, min(region) as region "
        f"from {only_late.name} o join ({without}) w "
        f"on {same('o', 'w', _GROUP)} and w.stage not in {stages} "
        f"left join {HOME} r on {same('o', 'r', _GROUP[:2])} group by all",
        flags=f"select obs_id from {rows} a semi join {only_late.name} o "
        f"on {same('a', 'o', _GROUP)} where {_NUMBER}",
    )


def _areas_give_figures(kwargs: Kwargs, rows: Rows) -> QueryRule:
    told = f"missing_reason not in {literals(kwargs['not_telling'])}"
    all_told = f"coalesce(bool_and({told}), false)"
    empty = Prepared(
        sql=f"select {identifiers(_GROUP)} from {_by_stage(rows).name} group by all "
        f"having sum(n_numbers) = 0 and sum(n_rows) >= {literal(kwargs['min_rows'])}"
    )
    return QueryRule(
        subject="series_id is not null and ref_area is not null",
        suspicion="count(*) - count(obs_value)",
        prepared=(_by_stage(rows), empty),
        sql=f"select {identifiers(_GROUP)}, min(obs_id) as obs_id, "
        f"{PLACES} as places, count(*) as n_rows, "
        "list(distinct missing_reason order by missing_reason) as reasons "
        f"from {rows} o semi join {empty.name} e on {same('o', 'e', _GROUP)} "
        f"group by {identifiers(_GROUP)} "
        f"having {all_told} = {literal(kwargs['with_reason'])}",
    )


def _blank(obs_id: str, time_period: str, **values: Any) -> dict[str, Any]:
    blank = {"obs_value": None, "missing_reason": "BLANK"}
    return yearly_count(obs_id, time_period, **blank | values)


_REGION = {
    "source_file": "f.xlsx", "series_id": "s", "region": "A4:F9", "header": "A3:F3"
}  # fmt: skip
_LATE = {"stages": ["ARRESTED", "CHARGED"]}
_UNTOLD = {"not_telling": ["BLANK"], "with_reason": False, "min_rows": 2}

TYPES = {
    "expect_figures_beyond_stages": ExpectationType(
        name="expect_figures_beyond_stages",
        promise="Where there are figures, not all of them are of these stages.",
        shape="table",
        kwargs={"stages": Kwarg(kind="texts")},
        needs=("series_id", "ref_area", "stage", "obs_value", "missing_reason"),
        relations=("declared", "regions"),
        takes_condition=False,
        rule=_more_than_late_stages,
        found={
            "": "For {ref_area} there are numbers for “{given:words}” only. There is "
            "none for: {others:words}."
        },
        expected="Numbers for the other stages too, or the reason why there are none.",
        examples=(
            Example(
                kwargs=_LATE,
                rows=(
                    yearly_count("a", "2018"),
                    yearly_count("b", "2018", stage="CHARGED"),
                    yearly_count("c", "2018", stage="CHARGED", ref_area="XAB"),
                    _blank("d", "2018", ref_area="XAC"),
                ),
            ),
            Example(
                kwargs=_LATE,
                rows=(
                    _blank("a", "2018"),
                    yearly_count("b", "2018", stage="CHARGED"),
                    _blank("c", "2019", stage="CHARGED"),
                ),
                relations={"regions": (_REGION,)},
                fails=("b", "A4:F9"),
            ),
            Example(
                kwargs=_LATE,
                rows=(yearly_count("a", "2018", stage="CHARGED"),),
                relations={
                    "declared": (
                        {"series_id": "s", "ref_area": "XAA", "stage": "CHARGED"},
                        {"series_id": "s", "ref_area": "XAA", "stage": "CONVICTED"},
                    ),
                },
                fails=("a",),
            ),
        ),
    ),
    "expect_areas_to_give_figures": ExpectationType(
        name="expect_areas_to_give_figures",
        promise="An area that has rows has a number in one of them at least.",
        shape="table",
        kwargs={
            "not_telling": Kwarg(kind="texts"),
            "with_reason": Kwarg(kind="flag"),
            "min_rows": Kwarg(kind="number"),
        },
        needs=("series_id", "ref_area", "stage", "obs_value", "missing_reason"),
        takes_condition=False,
        rule=_areas_give_figures,
        found={
            "": "None of the {n_rows} rows for {ref_area} has a number. Reason: "
            "{reasons:words}."
        },
        expected="A number in one of them at least.",
        examples=(
            Example(
                kwargs=_UNTOLD,
                rows=(
                    _blank("a", "2018"),
                    yearly_count("b", "2019"),
                    _blank("c", "2018", ref_area="XAB"),
                    _blank("d", "2018", ref_area="XAC", missing_reason="NOT_RECORDED"),
                    _blank("e", "2019", ref_area="XAC", missing_reason="NOT_RECORDED"),
                    _blank("f", "2018", ref_area="XAD"),
                    _blank("g", "2019", ref_area="XAD", missing_reason="SUPPRESSED"),
                ),
            ),
            Example(
                kwargs=_UNTOLD,
                rows=(
                    _blank("a", "2018"),
                    _blank("b", "2019", missing_reason="NOT_RECORDED"),
                ),
                fails=("a", "b"),
            ),
            Example(
                kwargs=_UNTOLD | {"with_reason": True},
                rows=(
                    _blank("a", "2018", missing_reason="DECLINED"),
                    _blank("b", "2019", missing_reason="NOT_RECORDED"),
                    _blank("c", "2018", ref_area="XAB"),
                    _blank("d", "2019", ref_area="XAB"),
                ),
                fails=("a", "b"),
            ),
        ),
    ),
}  # fmt: skip
