"""Types about totals and their parts: whether they add up."""

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
from tallymark.engine.sql import identifiers
from tallymark.model.observation import KEY


def _totals_match(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_total_matches(division, rows) for division in divisions_of(kwargs))


def _total_matches(division: Division, rows: Rows) -> QueryRule:
    suspects, families = families_of(division, rows)
    parts, form = ("low", "exceed") if division.whole else ("most", "part")
    short = "(is_whole and high < total_low)"
    return QueryRule(
        subject=f"{COUNTS} and {division.is_part}",
        prepared=(suspects, families),
        sql=f"select source_file, obs_id, {identifiers(KEY)}, places, "
        f"'{division.dimension}' as dimension, if({short}, 'short', '{form}') as form, "
        f"if({short}, high, {parts}) as parts, "
        f"if({short}, total_low, total_high) as whole, "
        f"if(n_known = n_parts, '', if({short}, 'at most ', 'at least ')) as about, "
        f"if(total is not null, '', if({short}, 'at least ', 'at most ')) as "
        f"whole_about from {families.name} where {parts} > total_high or {short}",
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
    "expect_totals_to_match_parts": ExpectationType(
        name="expect_totals_to_match_parts",
        promise="A total is neither smaller nor larger than its parts together.",
        shape="table",
        kwargs=DIVIDED_BY,
        needs=NEEDS,
        rule=_totals_match,
        found={
            "exceed": "The parts by {dimension:words} add up to "
            "{about}{parts}, more than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).",
            "short": "The parts by {dimension:words} add up to "
            "{about}{parts}, less than the total of {whole_about}{whole} for "
            "{ref_area} {time_period:period} ({stage:words}).",
            "part": "One part by {dimension:words} is {parts}, more than the total of "
            "{whole_about}{whole} for {ref_area} {time_period:period} ({stage:words}).",
        },
        expected="Parts that make up the total, what is unknown being a part too.",
        examples=(
            _example(_row("a", "_T", 30.0), _row("b", "F", 20.0), _row("c", "M", 10.0)),
            _example(
                _row("a", "_T", 30.0),
                _row("b", "F", 20.0),
                _row("c", "M", 5.0),
                _row("d", "_U", 5.0),
            ),
            _example(_row("a", "_T", 30.0), _row("b", "F", 20.0)),
            _example(
                _row("a", "_T", 30.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
            ),
            _example(
                _row("a", "_T", 27.0),
                _row("b", "F", 20.0),
                _row("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 31.0),
                _row("b", "F", 20.0),
                _row("c", "M", 10.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 12.0),
                _row("b", "F", None),
                _row("c", "M", 15.0),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 40.0),
                _row("b", "F", 28.0),
                _row("c", "M", None, **_FEW),
                fails=("a", "b", "c"),
            ),
            _example(
                _row("a", "_T", 10.0),
                _row("b", "_T", 11.0, breakdown="form=labour"),
                _row("c", "_T", 9.0, breakdown="form=other"),
                fails=("a", "b", "c"),
            ),
        ),
    ),
}
