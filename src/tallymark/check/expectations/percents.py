"""Types about percentages: what whole counts can give, and what adds up to 100."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.fragments import (
    HALF_STEP,
    HIGH,
    LOW,
    PLACES,
    keyed,
    same,
    settled,
)
from tallymark.check.pieces.sums import parts_of
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    RowRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

_SCALE = "power(10, coalesce(unit_mult, 0))"
_IS_PERCENT = "statistic = 'PERCENT' and obs_value is not null"
_LEAST = f"(obs_value - {HALF_STEP}) * {_SCALE}"
_MOST = f"(obs_value + {HALF_STEP}) * {_SCALE}"
_DIMENSIONS = ("sex", "age_group", "breakdown")
_FAMILY = (*KEY, "offence_label", "source_file", "vintage")


def _from_counts(_kwargs: Kwargs, _rows: Rows) -> RowRule:
    # A millionth is what a computer's fractions lose.
    fewest = f"ceil({_LEAST} * base_n / 100 - 0.000001)"
    most = f"floor({_MOST} * base_n / 100 + 0.000001)"
    return RowRule(subject=f"{_IS_PERCENT} and base_n > 0", bad=f"{fewest} > {most}")


def _adds_up(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_adds_up_by(column, kwargs, rows) for column in _DIMENSIONS)


def _adds_up_by(column: str, kwargs: Kwargs, rows: Rows) -> QueryRule:
    pairs = Prepared(sql=parts_of(column, rows, _IS_PERCENT))
    others = [name for name in _FAMILY if name != column]
    read = (
        f"select {identifiers(others)}, whole, kind, code, obs_id, source_ref, "
        f"{_LEAST} as least, {_MOST} as most, obs_value * {_SCALE} as value, "
        f"hash({identifiers(others)}, whole, kind) as h "
        f"from {rows} join {pairs.name} on {column} = code where {_IS_PERCENT}"
    )
    sums = Prepared(
        sql="select h, sum(least) as least, sum(most) as most, count(*) as n_parts, "
        "hash(min(series_id), min(source_file), min(kind), count(*), "
        "bit_xor(hash(code))) as signature "
        f"from ({read}) group by h having n_parts > 1"
    )
    agrees = "least <= 100.000001 and most >= 99.999999"
    failing = Prepared(
        sql="select h, n_agree from (select *, count(*) filter "
        f"(where {agrees}) over (partition by signature) as n_agree, "
        f"count(*) over (partition by signature) as n_all from {sums.name}) "
        f"where not ({agrees}) and n_agree >= {literal(kwargs['min_agreeing'])} "
        f"and n_agree >= {literal(kwargs['min_share'])} * n_all"
    )
    group = identifiers(others)
    key = {name: name for name in KEY} | {column: "whole"}
    return QueryRule(
        subject=f"{_IS_PERCENT} and {column} <> '_T'",
        suspicion=f"count(*) filter (where {_IS_PERCENT} and {column} <> '_T')",
        prepared=(pairs, sums, failing),
        sql=f"with families as (select {group}, whole, kind, min(obs_id) as obs_id, "
        f"{PLACES} as places, {settled('sum(value)')} as added, sum(least) as least, "
        f"sum(most) as most, min(n_agree) as n_agree from ({read}) "
        f"join {failing.name} using (h) group by {group}, whole, kind "
        "having count(*) = count(distinct code)) "
        f"select source_file, obs_id, {keyed(key)}, places, kind as dimension, "
        f"added, n_agree from families where not ({agrees})",
    )


def _of_counts(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    return tuple(_of_counts_by(column, kwargs, rows) for column in _DIMENSIONS)


def _of_counts_by(column: str, kwargs: Kwargs, rows: Rows) -> QueryRule:
    pairs = Prepared(sql=parts_of(column, rows, _IS_PERCENT))
    figure = [name for name in _FAMILY if name != "statistic"]
    others = [name for name in figure if name != column]
    read = f"obs_id, source_ref, {identifiers(figure)}"
    counted = f"{LOW} as low, {HIGH} as high, {_SCALE} as scale"
    counts = (
        f"select {read}, {counted}, hash({identifiers(figure)}) as h, "
        f"hash({identifiers(others)}, {column}) as t from {rows} "
        "where statistic = 'COUNT' "
        "and (obs_value is not null or value_high is not null)"
    )
    percents = (
        f"select {read}, {_LEAST} as least, {_MOST} as most, "
        f"obs_value * {_SCALE} as printed, whole, kind, "
        f"hash({identifiers(figure)}) as h, "
        f"hash({identifiers(others)}, whole) as t from {rows} join {pairs.name} "
        f"on {column} = code where {_IS_PERCENT}"
    )
    kept = ", ".join(f"p.{name}" for name in figure)
    judged = Prepared(
        sql=f"with counts as materialized ({counts}), percents as ({percents}) "
        f"select {kept}, p.obs_id, p.source_ref, p.printed, p.whole, p.kind, "
        "c.low as n, c.obs_id as n_obs, c.source_ref as n_ref, t.low as total, "
        "t.obs_id as total_obs, t.source_ref as total_ref, "
        "100 * c.low * c.scale / nullif(t.high * t.scale, 0) <= p.most + 0.000001 and "
        "100 * c.high * c.scale / nullif(t.low * t.scale, 0) >= p.least - 0.000001 "
        "as fits, c.low = c.high and t.low = t.high as is_exact, "
        f"count(*) over (partition by p.obs_id, p.source_ref) as n_pairs "
        f"from percents p join counts c on p.h = c.h and {same('p', 'c', figure)} "
        f"join counts t on p.t = t.t and {same('p', 't', others)} "
        f"and t.{column} = p.whole"
    )
    key = {name: name for name in KEY} | {"statistic": "'PERCENT'"}
    places = ", ".join(
        f"struct_pack(file := source_file, cell := {cell}, obs := {obs})"
        for cell, obs in (
            ("source_ref", "obs_id"), ("n_ref", "n_obs"), ("total_ref", "total_obs"),
        )
    )  # fmt: skip
    return QueryRule(
        subject=f"{_IS_PERCENT} and {column} <> '_T'",
        suspicion=f"count(*) filter (where {_IS_PERCENT} and {column} <> '_T')",
        prepared=(pairs, judged),
        sql="with shares as (select *, count(*) filter (where fits and n > 0) "
        "over (partition by source_file, series_id, kind) as n_agree, count(*) filter "
        "(where fits is not null and n > 0) over (partition by source_file, series_id, kind) "
        f"as n_all from {judged.name}) "
        f"select source_file, obs_id, {keyed(key)}, [{places}] as places, printed, n, "
        "total, round(100 * n / total, 2) as reckoned, n_agree "
        "from shares where not fits and is_exact and n_pairs = 1 "
        f"and n_agree >= {literal(kwargs['min_agreeing'])} "
        f"and n_agree >= {literal(kwargs['min_share'])} * n_all",
    )


def _row(
    obs_id: str, value: float | None, statistic: str = "PERCENT", **values: Any
) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "stage": "CONVICTED",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": statistic,
        "obs_value": value,
    } | values


def _by_sex(year: str, female: float, male: float) -> tuple[dict[str, Any], ...]:
    return (
        _row(f"{year}-F", female, sex="F", time_period=year),
        _row(f"{year}-M", male, sex="M", time_period=year),
    )


def _share(
    year: str, n: float, total: float, percent: float
) -> tuple[dict[str, Any], ...]:
    return (
        _row(f"{year}-n", n, "COUNT", sex="F", time_period=year),
        _row(f"{year}-total", total, "COUNT", time_period=year),
        _row(f"{year}-percent", percent, sex="F", time_period=year),
    )


_AGREEING = {name: Kwarg(kind="number") for name in ("min_agreeing", "min_share")}
_TWO = {"min_agreeing": 2, "min_share": 0.6}
_NEEDS = (
    "series_id", "ref_area", "time_period", "stage", "counting_unit", "scope",
    "offence", "offence_label", "sex", "age_group", "breakdown", "statistic",
    "obs_value",
)  # fmt: skip
TYPES = {
    "expect_percent_to_come_from_counts": ExpectationType(
        name="expect_percent_to_come_from_counts",
        promise="A percentage is one that whole counts of its base can give.",
        shape="row",
        needs=("statistic", "obs_value", "base_n"),
        takes_mostly=True,
        rule=_from_counts,
        found={"": "No whole number out of {base_n} gives {obs_value}%."},
        expected="A percentage that a whole number out of the base gives.",
        examples=(
            Example(
                rows=(
                    _row("a", 33.3, base_n=3),
                    _row("b", 67.0, base_n=3),
                    _row("c", 0.5, base_n=2, unit_mult=2),
                    _row("d", 0.0, base_n=7),
                    _row("e", 12.0),
                )
            ),
            Example(
                rows=(_row("a", 33.4, base_n=3), _row("b", 50.0, base_n=7)),
                fails=("a", "b"),
            ),
        ),
    ),
    "expect_percents_to_add_up": ExpectationType(
        name="expect_percents_to_add_up",
        promise="Percentages that make up a whole elsewhere add up to 100.",
        shape="table",
        kwargs=_AGREEING,
        needs=_NEEDS,
        rule=_adds_up,
        found={
            "": "The percentages by {dimension:words} add up to {added}, for {ref_area} "
            "{time_period:period} ({stage:words}). Elsewhere in this series they add "
            "up to 100 ({n_agree} times)."
        },
        expected="100, save for rounding.",
        examples=(
            Example(
                kwargs=_TWO,
                rows=(
                    *_by_sex("2017", 60.1, 39.9),
                    *_by_sex("2018", 33.3, 66.6),
                    *_by_sex("2019", 50, 49),
                ),
            ),
            Example(
                kwargs=_TWO,
                rows=(*_by_sex("2017", 60.1, 39.9), *_by_sex("2018", 33.3, 55.6)),
            ),
            Example(
                kwargs=_TWO,
                rows=(
                    *_by_sex("2017", 60.1, 39.9),
                    *_by_sex("2018", 33.3, 66.7),
                    *_by_sex("2019", 33.3, 76.6),
                ),
                fails=("2019-F", "2019-M"),
            ),
        ),
    ),
    "expect_percents_to_match_counts": ExpectationType(
        name="expect_percents_to_match_counts",
        promise="A percentage is the share that its count has in the total.",
        shape="table",
        kwargs=_AGREEING,
        needs=(*_NEEDS, "value_low", "value_high", "missing_reason"),
        rule=_of_counts,
        found={
            "": "For {ref_area} {time_period:period} ({stage:words}), the percentage is "
            "given as {printed}. By the counts, {n} of {total}, it would be {reckoned}. "
            "Elsewhere in this series the two agree ({n_agree} times)."
        },
        expected="The percentage that count and total give.",
        examples=(
            Example(
                kwargs=_TWO,
                rows=(
                    *_share("2017", 1, 3, 33.3),
                    *_share("2018", 2, 3, 66.7),
                    *_share("2019", 2, 3, 67),
                ),
            ),
            Example(
                kwargs=_TWO,
                rows=(*_share("2017", 1, 3, 33.3), *_share("2018", 1, 2, 30)),
            ),
            Example(
                kwargs=_TWO,
                rows=(
                    *_share("2017", 1, 3, 33.3),
                    *_share("2018", 2, 3, 66.7),
                    *_share("2019", 1, 4, 52),
                ),
                fails=("2019-n", "2019-total", "2019-percent"),
            ),
        ),
    ),
}
