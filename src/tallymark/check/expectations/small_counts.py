"""Types about small counts: which are printed, and how the others are hidden."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.families import HIDDEN
from tallymark.check.pieces.fragments import FIRST, HIGH, PLACES
from tallymark.check.pieces.timelines import agreed
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import literal, literals
from tallymark.model.observation import KEY

_IN_DETAIL = (
    "(sex <> '_T' or age_group <> '_T' or breakdown <> '_T' "
    "or area_level = 'subnational')"
)
_FIRST_PLACES = f"list_slice({PLACES}, 1, 1000)"
"""Where to look: a whole published table may be of small counts."""

_BY_COLUMN = "source_file, series_id, stage, counting_unit, statistic"


def _withheld(kwargs: Kwargs, rows: Rows) -> QueryRule:
    detail = f"coalesce({_IN_DETAIL}, false)"
    counts = (
        f"statistic = 'COUNT' and counting_unit in {literals(kwargs['units'])} "
        f"and {'' if kwargs['in_detail'] else 'not '}{detail}"
    )
    # Zero says nothing of anybody; what is marked is not meant for everybody.
    small = (
        f"obs_value between 1 and {literal(kwargs['below'])} - 1 "
        "and coalesce(unit_mult, 0) = 0 and coalesce(conf_status, 'F') = 'F' "
        "and value_low is null"
    )
    return QueryRule(
        subject=f"{counts} and obs_value is not null",
        suspicion=f"count(*) filter (where {counts} and {small})",
        sql=f"select {FIRST}, {agreed(KEY)}, {_FIRST_PLACES} as places, "
        "count(*) as n_small, "
        "case when count(*) = 1 then 'one' else 'several' end as form "
        f"from {rows} where {counts} and {small} group by {_BY_COLUMN}",
        flags=f"select obs_id from {rows} where {counts} and {small}",
    )


def _wide(kwargs: Kwargs, _rows: Rows) -> RowRule:
    return RowRule(
        subject=f"{HIDDEN} and value_low is not null and value_high is not null",
        bad="value_high >= value_low and floor(value_high) - ceil(value_low) "
        f"< {literal(kwargs['least_width'])}",
    )


def _uniform(kwargs: Kwargs, rows: Rows) -> QueryRule:
    hidden = (
        f"statistic = 'COUNT' and obs_value is null and missing_reason = 'SUPPRESSED' "
        f"and {HIGH} is not null"
    )
    limits = (
        f"select source_file, series_id, counting_unit, max({HIGH}) as most_hidden, "
        f"count(*) as n_hidden from {rows} where {hidden} group by all "
        f"having n_hidden >= {literal(kwargs['least_hidden'])}"
    )
    alike = " and ".join(
        f"r.{n} is not distinct from l.{n}"
        for n in ("source_file", "series_id", "counting_unit")
    )
    common = agreed(KEY).replace('("', '(r."')
    return QueryRule(
        subject="statistic = 'COUNT' and obs_value > 0",
        suspicion=f"(count(*) filter (where {hidden}) "
        f">= {literal(kwargs['least_hidden'])})::int",
        sql="select min(r.source_file) as source_file, min(obs_id) as obs_id, "
        f"{common}, "
        f"{PLACES.replace('source_file', 'r.source_file')} as places, "
        "most_hidden + 1 as below, n_hidden, count(*) as n_shown "
        f"from {rows} r join ({limits}) l on {alike} where statistic = 'COUNT' "
        "and obs_value between 1 and most_hidden and value_low is null "
        "and coalesce(unit_mult, 0) = 0 group by r.source_file, r.series_id, "
        "r.counting_unit, most_hidden, n_hidden",
    )


def _row(obs_id: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "area_level": "country",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "VICTIM",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


_FEW = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED"}
_DETAIL = {"units": ["PERSON", "VICTIM", "CASE"], "below": 5, "in_detail": True}
_NATIONAL = _DETAIL | {"in_detail": False}
_HIDING = {"least_hidden": 2}

TYPES = {
    "expect_small_counts_to_be_withheld": ExpectationType(
        name="expect_small_counts_to_be_withheld",
        promise="Small counts of persons are not printed for everybody to see.",
        shape="table",
        kwargs={
            "units": Kwarg(kind="texts"),
            "below": Kwarg(kind="number"),
            "in_detail": Kwarg(kind="flag"),
        },
        needs=(*KEY, "area_level", "obs_value", "unit_mult", "conf_status"),
        rule=_withheld,
        found={
            "one": "One count below {below} is printed: for {ref_area} "
            "{time_period:period} ({stage:words}; {counting_unit:words}).",
            "several": "{n_small} counts below {below} are printed ({stage:words}; "
            "{counting_unit:words}).",
        },
        expected="Counts of at least {below}, zeros, or a mark of who may see them.",
        examples=(
            Example(
                kwargs=_DETAIL,
                rows=(
                    _row("a", 3.0),
                    _row("b", 5.0, sex="F"),
                    _row("c", 0.0, sex="F"),
                    _row("d", 3.0, sex="F", conf_status="C"),
                    _row("e", 3.0, sex="F", counting_unit="OFFENCE"),
                    _row("f", None, sex="F", **_FEW),
                    _row("g", 3.0, sex="F", unit_mult=3),
                ),
            ),
            Example(
                kwargs=_DETAIL,
                rows=(
                    _row("a", 3.0, sex="F"),
                    _row("b", 1.0, area_level="subnational"),
                    _row("c", 4.0, conf_status="F", breakdown="form=labour"),
                    _row("d", 30.0, sex="M"),
                ),
                fails=("a", "b", "c"),
            ),
            Example(
                kwargs=_NATIONAL,
                rows=(_row("a", 3.0), _row("b", 3.0, sex="F")),
                fails=("a",),
            ),
        ),
    ),
    "expect_hidden_ranges_to_be_wide": ExpectationType(
        name="expect_hidden_ranges_to_be_wide",
        promise="The bounds of a hidden figure leave more than one number.",
        shape="row",
        kwargs={"least_width": Kwarg(kind="number")},
        needs=("value_low", "value_high", "obs_value", "missing_reason"),
        rule=_wide,
        takes_mostly=True,
        # The bounds are the number: the finding must not tell it either.
        found={
            "": "The bounds given for the hidden figure for {ref_area} "
            "{time_period:period} ({stage:words}) are so narrow that it is nearly known."
        },
        expected="Bounds between which several whole numbers lie.",
        examples=(
            Example(
                kwargs={"least_width": 1},
                rows=(
                    _row("a", None, **_FEW),
                    _row("b", None, **_FEW | {"value_high": 2.0}),
                    _row("c", 3.0, value_low=3.0, value_high=3.0),
                    _row("d", None, missing_reason="SUPPRESSED"),
                    _row("e", None, **_FEW | {"value_high": 1.0}),
                    _row("f", None, **_FEW | {"value_low": 3.4, "value_high": 4.6}),
                ),
                fails=("e", "f"),
            ),
        ),
    ),
    "expect_hiding_to_be_uniform": ExpectationType(
        name="expect_hiding_to_be_uniform",
        promise="Where small counts are hidden, all of them are.",
        shape="table",
        kwargs={"least_hidden": Kwarg(kind="number")},
        needs=(
            *KEY, "obs_value", "value_low", "value_high", "missing_reason", "unit_mult",
        ),
        rule=_uniform,
        found={
            "": "{n_hidden} counts below {below} are hidden here, and {n_shown} are "
            "printed."
        },
        expected="All counts below the limit hidden, or none.",
        examples=(
            Example(
                kwargs=_HIDING,
                rows=(
                    _row("a", None, **_FEW),
                    _row("b", None, **_FEW, sex="F"),
                    _row("c", 5.0, sex="M"),
                    _row("d", 0.0, age_group="Y0T17"),
                    _row("e", 2.0, counting_unit="OFFENCE"),
                ),
            ),
            Example(kwargs=_HIDING, rows=(_row("a", None, **_FEW), _row("b", 2.0))),
            Example(
                kwargs=_HIDING,
                rows=(
                    _row("a", None, **_FEW),
                    _row("b", None, **_FEW | {"sex": "F"}),
                    _row("c", 4.0, sex="M"),
                    _row("d", 1.0, age_group="Y0T17"),
                ),
                fails=("c", "d"),
            ),
        ),
    ),
}  # fmt: skip
