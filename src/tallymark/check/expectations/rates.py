"""Types about rates: with its count each implies a population, and all imply one."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.explanation import shortened
from tallymark.check.pieces.fragments import HALF_STEP, HIGH, LOW, keyed, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Row,
    Rows,
)
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

_FIGURE = (
    *(name for name in KEY if name != "statistic"), "offence_label", "source_file",
    "vintage",
)  # fmt: skip
_POPULATION = (
    "source_file", "series_id", "ref_area", "time_period", "sex", "age_group", "vintage",
)  # fmt: skip
_IS_RATE = "statistic = 'RATE_100K' and obs_value > 0"
_RATE = "'RATE_100K'"
_SLACK = "1.000001"
"""Room for what a computer's fractions lose."""


def _rated(rows: Rows) -> Prepared:
    """Return the query for rates with their counts, and the population they imply.

    It lies between `least` and `most`; `most` is null if the rate may be nothing.
    """
    alike = identifiers(_FIGURE)
    read = f"select hash({alike}) as h, {alike}, obs_id, source_ref, obs_value, "
    kept = ", ".join(f"r.{name}" for name in _FIGURE)
    return Prepared(
        sql=f"with rates as ({read}period_start, period_end, {HALF_STEP} as half "
        f"from {rows} where {_IS_RATE}), counts as ({read}{LOW} as low, {HIGH} as high, "
        f"power(10, coalesce(unit_mult, 0)) as scale from {rows} "
        "where statistic = 'COUNT' and obs_value > 0), paired as ("
        f"select {kept}, r.obs_id, r.source_ref, r.obs_value as rate, r.half, "
        "r.period_start, r.period_end, c.obs_id as count_obs, "
        "c.source_ref as count_ref, c.obs_value * c.scale as n_counted, "
        "c.low * c.scale as low, c.high * c.scale as high "
        f"from rates r join counts c on r.h = c.h and {same('r', 'c', _FIGURE)}) "
        "select *, 100000 * low / (rate + half) as least, "
        "if(rate > half, 100000 * high / (rate - half), null) as most from paired"
    )


def _territory(kwargs: Kwargs) -> str:
    """Return what of a breakdown says that a rate is of another population."""
    found = [
        f"split_part(split_part(';' || breakdown, {literal(f';{key}=')}, 2), ';', 1)"
        for key in kwargs["territories"]
    ]
    return " || '/' || ".join(["''", *found])


def _one_population(kwargs: Kwargs, rows: Rows) -> QueryRule:
    rated = _rated(rows)
    group = f"{identifiers(_POPULATION)}, {_territory(kwargs)}"
    apart = literal(1.0 + kwargs["share"])
    cells = (
        "struct_pack(file := source_file, cell := source_ref, obs := obs_id), "
        "struct_pack(file := source_file, cell := count_ref, obs := count_obs)"
    )
    pair = (
        "struct_pack(label := coalesce(offence_label, offence, breakdown), "
        "rate := rate, "
        f"n := n_counted, least := least, most := most, cells := [{cells}])"
    )
    first = "order by {0}, obs_id, source_ref, count_obs"
    return QueryRule(
        subject=_IS_RATE,
        suspicion=f"(count(*) filter (where {_IS_RATE}) > 1)::int",
        prepared=(rated,),
        sql=f"with apart as (select {identifiers(_POPULATION)}, min(obs_id) as obs_id, "
        f"first({pair} {first.format('least desc')}) as larger, "
        f"first({pair} {first.format('coalesce(most, 1e300)')}) as smaller, "
        f"median(100000 * n_counted / rate) as middle from {rated.name} "
        f"group by {group} having max(least) > min(most) * {_SLACK} * {apart}) "
        f"select source_file, obs_id, "
        f"{keyed({n: n for n in _POPULATION} | {'statistic': _RATE})}, "
        "larger, smaller, middle, list_concat(larger.cells, smaller.cells) as places "
        "from apart",
        explain=_told_apart,
    )


def _told_apart(row: Row) -> dict[str, Any]:
    """Return a row with both pairs spelled out, the one further from the rest first."""
    larger, smaller, middle = row["larger"], row["smaller"], row["middle"]
    pairs = [(larger, larger["least"]), (smaller, smaller["most"])]
    if larger["least"] * smaller["most"] < middle * middle:
        pairs.reverse()
    (one, implied), (other, other_implied) = pairs
    return {
        **row,
        "label": shortened(one["label"]),
        "n": one["n"],
        "rate": one["rate"],
        "implied": round(implied),
        "other_label": shortened(other["label"]),
        "other_n": other["n"],
        "other_rate": other["rate"],
        "other_implied": round(other_implied),
        "first": [cell["obs"] for cell in one["cells"]],
    }


def _population_known(kwargs: Kwargs, rows: Rows) -> QueryRule:
    rated = _rated(rows)
    alike = ("source_file", "ref_area", "time_period", "sex", "age_group")
    named = f"contains(series_id, {literal(kwargs['population'])})"
    scale = "power(10, coalesce(unit_mult, 0))"
    population = (
        f"select {identifiers(alike)}, obs_id, source_ref, obs_value * {scale} as n, "
        f"({LOW} - {HALF_STEP}) * {scale} as least, ({HIGH} + {HALF_STEP}) * {scale} "
        f"as most from {rows} where statistic = 'COUNT' and obs_value > 0 and {named} "
        "and breakdown = '_T'"
    )
    key = {name: f"r.{name}" for name in KEY} | {"statistic": _RATE}
    places = ", ".join(
        f"struct_pack(file := r.source_file, cell := {cell}, obs := {obs})"
        for cell, obs in (
            ("r.source_ref", "r.obs_id"),
            ("r.count_ref", "r.count_obs"),
            ("p.source_ref", "p.obs_id"),
        )
    )
    return QueryRule(
        subject=_IS_RATE,
        suspicion=f"least(count(*) filter (where {_IS_RATE}), "
        f"count(*) filter (where {named}))",
        prepared=(rated,),
        sql=f"with population as ({population}) "
        f"select r.source_file, r.obs_id, {keyed(key)}, [{places}] as places, rate, "
        "n_counted, p.n as inhabitants, "
        "round(100000 * n_counted / p.n, 2) as reckoned "
        f"from {rated.name} r join population p on {same('r', 'p', alike)} "
        f"where r.least > p.most * {_SLACK} or r.most * {_SLACK} < p.least",
    )


def _population_steady(kwargs: Kwargs, rows: Rows) -> QueryRule:
    rated = _rated(rows)
    place = [name for name in _POPULATION if name != "time_period"]
    change = literal(1.0 + kwargs["share"])
    days = "date_diff('day', {0}.period_start, {0}.period_end)"
    key = {name: f"b.{name}" for name in _POPULATION} | {"statistic": _RATE}
    return QueryRule(
        subject=_IS_RATE,
        suspicion="(min(time_period) filter (where statistic = 'RATE_100K') "
        "<> max(time_period) filter (where statistic = 'RATE_100K'))::int",
        prepared=(rated,),
        sql=f"with implied as (select {identifiers(_POPULATION)}, "
        "period_start, period_end, min(obs_id) as obs_id, "
        "list(struct_pack(file := source_file, cell := source_ref, obs := obs_id) "
        "order by obs_id, source_ref) as cells, "
        "max(least) as least, min(most) as most "
        f"from {rated.name} group by all having max(least) <= min(most)) "
        f"select b.source_file, b.obs_id, {keyed(key)}, "
        "list_concat(b.cells, a.cells) as places, a.time_period as earlier_period, "
        "round(if(b.least > a.most, b.least, b.most)) as implied, "
        "round(if(b.least > a.most, a.most, a.least)) as earlier_implied "
        f"from implied b join implied a on {same('a', 'b', place)} "
        "and b.period_start = a.period_end + 1 "
        f"and abs({days.format('b')} - {days.format('a')}) < 2 "
        f"where b.least > a.most * {change} or b.most * {change} < a.least",
    )


def _row(
    obs_id: str, statistic: str, value: float | None, **values: Any
) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "period_start": "2019-01-01",
        "period_end": "2019-12-31",
        "stage": "RECORDED",
        "counting_unit": "OFFENCE",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": statistic,
        "obs_value": value,
    } | values


def _rate(id_: str, n: float, rate: float, **values: Any) -> tuple[dict[str, Any], ...]:
    return (
        _row(f"{id_}-n", "COUNT", n, offence=id_, **values),
        _row(f"{id_}-rate", "RATE_100K", rate, offence=id_, **values),
    )


def _year(year: str) -> dict[str, str]:
    return {
        "time_period": year,
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
    }


_NEEDS = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "stage",
    "counting_unit", "scope", "offence", "offence_label", "sex", "age_group",
    "breakdown", "statistic", "obs_value",
)  # fmt: skip
_PEOPLE: dict[str, Any] = {"series_id": "xaa_population", "counting_unit": "PERSON"}
_ONE = {"territories": ["areas"], "share": 0.01}
_POPULATION_KWARGS = {"population": "population"}
TYPES = {
    "expect_rates_to_imply_one_population": ExpectationType(
        name="expect_rates_to_imply_one_population",
        promise="The rates and counts of one area and period imply one population.",
        shape="table",
        kwargs={"territories": Kwarg(kind="texts"), "share": Kwarg(kind="number")},
        needs=_NEEDS,
        rule=_one_population,
        found={
            "": "{n} at a rate of {rate} (“{label}”) would mean about {implied} "
            "inhabitants; {other_n} at a rate of {other_rate} (“{other_label}”) would "
            "mean about {other_implied}, for {ref_area} {time_period:period}."
        },
        expected="Rates per 100,000 of one and the same population.",
        examples=(
            Example(
                kwargs=_ONE, rows=(*_rate("03", 29, 2.7), *_rate("0301", 442, 41.8))
            ),
            Example(kwargs=_ONE, rows=(*_rate("03", 3, 0.3), *_rate("0301", 0, 0.0))),
            Example(
                kwargs=_ONE,
                rows=(
                    *_rate("03", 29, 2.7),
                    *_rate("0301", 442, 4.18, sex="F"),
                    *_rate("0302", 442, 4.18, ref_area="XAB"),
                ),
            ),
            Example(
                kwargs=_ONE,
                rows=(
                    *_rate("03", 29, 2.7),
                    *_rate("0301", 442, 4.18),
                    *_rate("0302", 328, 31),
                ),
                fails=("0301-n", "0301-rate", "0302-n", "0302-rate"),
            ),
        ),
    ),
    "expect_rates_to_match_population": ExpectationType(
        name="expect_rates_to_match_population",
        promise="A rate is the count for 100,000 of the population that is given.",
        shape="table",
        kwargs={"population": Kwarg(kind="text")},
        needs=_NEEDS,
        rule=_population_known,
        found={
            "": "For {ref_area} {time_period:period} ({stage:words}), the rate is given "
            "as {rate}. From a count of {n_counted} and a population of {inhabitants} "
            "it would be {reckoned}."
        },
        expected="A rate that count and population give.",
        examples=(
            Example(
                kwargs=_POPULATION_KWARGS,
                rows=(*_rate("03", 29, 2.7), _row("p", "COUNT", 1056426.0, **_PEOPLE)),
            ),
            Example(
                kwargs=_POPULATION_KWARGS,
                rows=(
                    *_rate("03", 29, 2.7),
                    _row("p", "COUNT", 90000.0, age_group="Y0T17", **_PEOPLE),
                ),
            ),
            Example(
                kwargs=_POPULATION_KWARGS,
                rows=(
                    *_rate("03", 29, 2.7),
                    _row("p", "COUNT", 1056.0, unit_mult=3, **_PEOPLE),
                ),
            ),
            Example(
                kwargs=_POPULATION_KWARGS,
                rows=(*_rate("03", 29, 27), _row("p", "COUNT", 1056426.0, **_PEOPLE)),
                fails=("03-n", "03-rate", "p"),
            ),
        ),
    ),
    "expect_implied_population_to_be_steady": ExpectationType(
        name="expect_implied_population_to_be_steady",
        promise="The population that rates imply changes little from year to year.",
        shape="table",
        kwargs={"share": Kwarg(kind="number")},
        needs=_NEEDS,
        rule=_population_steady,
        found={
            "": "The rates for {ref_area} {time_period:period} would mean about "
            "{implied} inhabitants, those for {earlier_period:period} about "
            "{earlier_implied}."
        },
        expected="About as many inhabitants as in the period before.",
        examples=(
            Example(
                kwargs={"share": 0.2},
                rows=(
                    *_rate("03", 442, 41.8),
                    *_rate("04", 450, 41.8, **_year("2018")),
                    *_rate("05", 442, 4.18, **_year("2017")),
                )[:4],
            ),
            Example(
                kwargs={"share": 0.2},
                rows=(
                    *_rate("03", 442, 41.8),
                    *_rate("04", 442, 4.18, **_year("2018")),
                ),
                fails=("03-rate", "04-rate"),
            ),
        ),
    ),
}
