"""Types about what published figures give away."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.equations import bounded, cells, sums
from tallymark.check.pieces.examples import FEW, of_sex
from tallymark.check.pieces.families import COUNTS, DIVIDED_BY, HIDDEN, NEEDS
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    QueryRule,
    Rows,
)
from tallymark.model.observation import KEY


def _stay_hidden(kwargs: Kwargs, rows: Rows) -> QueryRule:
    given = cells(rows)
    holding = sums(kwargs, given)
    rounds = bounded(given, holding[-1])
    own = ", ".join(f"c.{name}" for name in KEY)
    own_found = ", ".join(f"f.{name}" for name in KEY)
    # Of the sums that tell the most, the first; its figures are those to look at.
    return QueryRule(
        subject=f"{COUNTS} and {HIDDEN}",
        prepared=(given, *holding, *rounds),
        sql="with told as (select *, row_number() over (partition by obs_id order by "
        "(told_low >= low)::int + (told_high <= high)::int desc, split, sum) as nth "
        f"from {rounds[-1].name} where low = high), "
        f"found as (select c.source_file, c.obs_id, c.offence_label, {own}, t.sum, "
        "split as dimension, case when role = 'total' then 'the total' else code end "
        f"as part from told t join {given.name} c using (obs_id) "
        "where nth = 1 and is_hidden and c.low < c.high) "
        f"select f.source_file, f.obs_id, {own_found}, dimension, part, "
        "f.offence_label, case when dimension in ('sex', 'age_group', 'breakdown') "
        "then 'part' when dimension = 'offence' and f.offence_label is not null "
        "then 'offence' end as form, list(struct_pack(file := c.source_file, "
        "cell := c.source_ref, obs := c.obs_id) order by m.role desc, "
        "c.source_file, c.obs_id) as places "
        f"from found f join {holding[-1].name} m using (sum) "
        f"join {given.name} c on c.obs_id = m.obs_id "
        f"group by f.source_file, f.obs_id, {own_found}, dimension, part, "
        "f.offence_label",
    )


_PARTS = {
    "sex": [["F", "M"]],
    "age_group": [["Y0T17", "Y_GE18"]],
    "least_agreeing": 1,
}


def _area(obs_id: str, area: str, value: float | None, **values: Any) -> dict[str, Any]:
    level = "subnational" if "_" in area else "country"
    return of_sex(obs_id, "_T", value, ref_area=area, area_level=level, **values)


def _quarter(
    obs_id: str, period: str, value: float | None, *days: str, **values: Any
) -> dict[str, Any]:
    first, last = (f"2019-{day}" for day in days)
    times = {"time_period": period, "period_start": first, "period_end": last}
    values |= {"stage": "RECORDED", "counting_unit": "CASE"}
    return of_sex(obs_id, "_T", value, **times, **values)


def _crossing(*figures: float | None) -> tuple[dict[str, Any], ...]:
    """Return sex by age with all totals; `figures` are of girls, women, boys, men.

    Then come the totals of children and of adults.
    """
    girls, women, boys, men, children, adults = figures
    rows = {
        "F0": ("F", "Y0T17", girls),
        "F1": ("F", "Y_GE18", women),
        "M0": ("M", "Y0T17", boys),
        "M1": ("M", "Y_GE18", men),
        "_0": ("_T", "Y0T17", children),
        "_1": ("_T", "Y_GE18", adults),
        "F_": ("F", "_T", 15),
        "M_": ("M", "_T", 55),
        "__": ("_T", "_T", 70),
    }
    few = {"missing_reason": "SUPPRESSED"}
    return tuple(
        of_sex(obs_id, sex, value, age_group=age, **({} if value is not None else few))
        for obs_id, (sex, age, value) in rows.items()
    )


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_PARTS, rows=rows, fails=fails)


TYPES = {
    "expect_hidden_figures_to_stay_hidden": ExpectationType(
        name="expect_hidden_figures_to_stay_hidden",
        promise="A hidden figure cannot be worked out from the figures beside it.",
        shape="table",
        kwargs={**DIVIDED_BY, "least_agreeing": Kwarg(kind="number")},
        needs=(*NEEDS, "area_level", "period_start", "period_end"),
        rule=_stay_hidden,
        # The number itself is not printed: the finding must not tell it either.
        found={
            "part": "The hidden figure for {ref_area} {time_period:period} "
            "({stage:words}; {dimension:words}: {part:words}) can be worked out from "
            "the figures beside it.",
            "offence": "The hidden figure for {ref_area} {time_period:period} "
            "({stage:words}; {offence_label}) can be worked out from the figures "
            "beside it.",
            "": "The hidden figure for {ref_area} {time_period:period} ({stage:words}) "
            "can be worked out from the figures beside it.",
        },
        expected="A second part hidden as well, or no part hidden.",
        examples=(
            _example(
                of_sex("a", "_T", 31.0),
                of_sex("b", "F", None, **FEW),
                of_sex("c", "M", None, **FEW),
            ),
            _example(
                of_sex("a", "_T", 60.0),
                of_sex("b", "F", 28.0),
                of_sex("c", "M", None, **FEW),
            ),
            _example(
                of_sex("a", "_T", 352.0),
                of_sex("b", "_T", 352.0, age_group="Y_GE18"),
                of_sex("c", "_T", None, age_group="Y0T17", **FEW),
                fails=("a", "b", "c"),
            ),
            _example(*_crossing(None, None, None, None, 30, 40)),
            _example(*_crossing(15, 0, 15, 40, 30, 40)),
            _example(
                *_crossing(None, None, None, 33, 30, 40),
                fails=("F0", "F1", "F_", "M0", "M1", "M_"),
            ),
            _example(
                of_sex("a", "_T", 8.0),
                of_sex("b", "F", None, **FEW),
                of_sex("c", "M", None, **FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                _area("a", "XAA", 30.0),
                _area("b", "XAA_N", 20.0),
                _area("c", "XAA_S", None, **FEW),
            ),
            _example(
                _area("a", "XAA", 30.0),
                _area("b", "XAA_N", 28.0),
                _area("c", "XAA_S", None, **FEW),
                _area("d", "XAA", 34.0, time_period="2018"),
                _area("e", "XAA_N", 24.0, time_period="2018"),
                _area("f", "XAA_S", 10.0, time_period="2018"),
                fails=("a", "b", "c"),
            ),
            _example(
                _quarter("a", "2019", 30.0, "01-01", "12-31"),
                _quarter("b", "2019-S1", 28.0, "01-01", "06-30"),
                _quarter("c", "2019-S2", None, "07-01", "12-31", **FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                of_sex("a", "_T", None, **FEW),
                of_sex("b", "F", 1.0),
                of_sex("c", "M", 2.0),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
