"""Types about what published figures give away."""

from __future__ import annotations

from typing import Any

from tallymark.check.families import (
    COUNTS,
    DIVIDED_BY,
    NEEDS,
    Division,
    divisions_of,
    families_of,
)
from tallymark.check.rule import Example, ExpectationType, Kwargs, QueryRule, Rows
from tallymark.model.observation import KEY


def _stay_hidden(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    # Whether parts are all there are is known for listed codes only.
    return tuple(_stays_hidden(d, rows) for d in divisions_of(kwargs) if d.whole)


def _stays_hidden(division: Division, rows: Rows) -> QueryRule:
    suspects, families = families_of(division, rows)
    one_part = (
        "(n_hidden = 1 and n_known = n_parts - 1 and total is not null "
        "and total - coalesce(known, 0) between 0 and coalesce(hidden_high, total))"
    )
    the_total = (
        "coalesce(total_is_hidden and n_known = n_parts "
        "and known <= coalesce(total_high, known), false)"
    )
    own = ", ".join(
        f"if({the_total}, {name}, hidden) as {name}"
        if name == division.dimension
        else name
        for name in KEY
    )
    return QueryRule(
        subject=f"{COUNTS} and {division.is_part}",
        prepared=(suspects, families),
        sql=f"select source_file, obs_id, {own}, places, "
        f"'{division.dimension}' as dimension, "
        f"if({the_total}, 'the total', hidden) as part from {families.name} "
        f"where is_whole and ({one_part} or {the_total})",
    )


_PARTS = {"sex": [["F", "M"]], "age_group": [["Y0T17", "Y_GE18"]]}


def _row(obs_id: str, sex: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "statistic": "COUNT",
        "sex": sex,
        "age_group": "_T",
        "breakdown": "_T",
        "obs_value": value,
    } | values


_FEW = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED"}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_PARTS, rows=rows, fails=fails)


TYPES = {
    "expect_hidden_figures_to_stay_hidden": ExpectationType(
        name="expect_hidden_figures_to_stay_hidden",
        promise="A hidden figure cannot be worked out from the figures beside it.",
        shape="table",
        kwargs=DIVIDED_BY,
        needs=NEEDS,
        rule=_stay_hidden,
        # The number itself is not printed: the finding must not tell it either.
        found={
            "": "The hidden figure for {ref_area} {time_period:period} ({stage:words}; "
            "{dimension:words}: {part:words}) can be worked out from the figures "
            "beside it."
        },
        expected="A second hidden figure among the parts, or none.",
        examples=(
            _example(
                _row("a", "_T", 31.0),
                _row("b", "F", None, **_FEW),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 60.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 352.0),
                _row("b", "_T", 352.0, age_group="Y_GE18"),
                _row("c", "_T", None, age_group="Y0T17", **_FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", None, **_FEW),
                _row("b", "F", 1.0),
                _row("c", "M", 2.0),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
