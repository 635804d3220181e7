"""Types about hidden counts that follow from a share, a rate, or another print."""

from __future__ import annotations

from typing import Any

from tallymark.check.pieces.families import HIDDEN
from tallymark.check.pieces.fragments import HIGH, LOW, PLACES, exact_sum, same
from tallymark.check.rule import (
    Example,
    ExpectationType,
    Kwarg,
    Kwargs,
    Prepared,
    QueryRule,
    Rows,
)
from tallymark.engine.sql import identifiers, literal
from tallymark.model.observation import KEY

_COUNT = f"{HIDDEN} and statistic = 'COUNT'"
_PLACED = ("source_file", "obs_id", "source_ref", *KEY)
_ALIKE = tuple(n for n in KEY if n not in ("series_id", "statistic"))
_DECIMALS = "length(regexp_extract(trim(raw_value), '[.,]([0-9]+) *%?$', 1))"
_HALF = f"0.5 * power(10, coalesce(unit_mult, 0) - coalesce({_DECIMALS}, 0))"
"""Half of the last digit that is printed: what rounding leaves open either way."""


_LEAST_AGREEING = 2
"""In how many periods percentages make 100 if they are known to be all there are."""


def _not_reckoned_back(kwargs: Kwargs, rows: Rows) -> tuple[QueryRule, ...]:
    hidden = Prepared(
        sql=f"select {identifiers(_PLACED)}, {LOW} as low, {HIGH} as high "
        f"from {rows.plain} where {_COUNT}"
    )
    rest = [_from_rest(column, rows) for column in ("sex", "age_group")]
    return _from_share(rows, hidden), _from_rate(kwargs, rows, hidden), *rest


def _from_share(rows: Rows, hidden: Prepared) -> QueryRule:
    totals = (
        f"select {identifiers((*_ALIKE, 'series_id', 'source_file'))}, "
        f"min(obs_value) as n_all from {rows.plain} where statistic = 'COUNT' "
        "and obs_value is not null and sex = '_T' and age_group = '_T' "
        "and breakdown = '_T' "
        f"group by all having count(*) = 1"
    )
    shares = (
        f"select {identifiers(_PLACED)}, base_n, "
        f"obs_value * power(10, coalesce(unit_mult, 0)) as share, {_HALF} as half "
        f"from {rows.plain} where statistic = 'PERCENT' and obs_value is not null"
    )
    # A share of what is not named is of the total, if one column alone parts it.
    parts = ("sex", "age_group", "breakdown")
    n_parts = " + ".join(f"(coalesce(s.{name}, '_T') <> '_T')::int" for name in parts)
    whole = " and ".join(
        f"t.{n} is not distinct from s.{n}"
        for n in (*_ALIKE, "series_id", "source_file")
        if n not in parts
    )
    least, most = (f"(share {sign} half) / 100 * base" for sign in "-+")
    return QueryRule(
        subject=_COUNT,
        suspicion=f"least(count(*) filter (where {_COUNT}), "
        "count(*) filter (where statistic = 'PERCENT'))",
        prepared=(hidden,),
        sql=f"with shares as ({shares}), totals as ({totals}), "
        f"based as (select s.*, coalesce(base_n, case when {n_parts} = 1 then n_all "
        f"end) as base from shares s left join totals t on {whole}) "
        + _unique(hidden, "based", least, most, "share"),
    )


def _from_rate(kwargs: Kwargs, rows: Rows, hidden: Prepared) -> QueryRule:
    population = (
        "select source_file, ref_area, time_period, "
        "max(obs_value * power(10, coalesce(unit_mult, 0))) as population "
        f"from {rows.plain} where statistic = 'COUNT' and obs_value > 0 "
        f"and contains(series_id, {literal(kwargs['population'])}) and sex = '_T' "
        "and age_group = '_T' and breakdown = '_T' group by all"
    )
    rates = (
        f"select {identifiers(_PLACED)}, obs_value * power(10, coalesce(unit_mult, 0)) "
        f"as rate, {_HALF} as half from {rows.plain} "
        "where statistic = 'RATE_100K' and obs_value is not null"
    )
    least, most = (f"(rate {sign} half) / 100000 * population" for sign in "-+")
    return QueryRule(
        subject="false",
        counted=f"count(*) filter (where {_COUNT})",
        suspicion=f"least(count(*) filter (where {_COUNT}), "
        "count(*) filter (where statistic = 'RATE_100K'))",
        prepared=(hidden,),
        sql=f"with rates as ({rates}), peopled as (select r.*, population from rates r "
        f"join ({population}) p on r.source_file is not distinct from p.source_file "
        "and r.ref_area = p.ref_area and r.time_period = p.time_period) "
        + _unique(hidden, "peopled", least, most, "rate"),
    )


def _from_rest(column: str, rows: Rows) -> QueryRule:
    """Tell a hidden percentage beside all the others of the same hundred."""
    shares = f"statistic = 'PERCENT' and {column} <> '_T'"
    alike = [n for n in (*KEY, "source_file", "vintage") if n != column]
    line = [n for n in alike if n != "time_period"]
    groups = Prepared(
        sql=f"select {identifiers(alike)}, list({column} order by {column}) as codes, "
        f"count(*) filter (where {HIDDEN}) as n_hidden, "
        f"count(*) - count(obs_value) as n_missing, {exact_sum('obs_value')} as together, "
        f"min(obs_id) filter (where {HIDDEN}) as obs_id, {PLACES} as places "
        f"from {rows} where {shares} and coalesce(unit_mult, 0) = 0 "
        f"group by {identifiers(alike)} having count(*) > 1"
    )
    whole = (
        f"select {identifiers(line)}, codes from {groups.name} where n_missing = 0 "
        f"group by {identifiers(line)}, codes having count(*) >= {_LEAST_AGREEING} "
        "and bool_and(abs(together - 100) <= 1)"
    )
    listed = ", ".join(f"g.{name}" for name in alike)
    return QueryRule(
        subject="false",
        counted=f"count(*) filter (where {HIDDEN} and {shares})",
        suspicion=f"count(*) filter (where {HIDDEN} and {shares})",
        prepared=(groups,),
        sql=f"select {listed}, g.obs_id, 'rest' as form, places from {groups.name} g "
        f"join ({whole}) w on {same('g', 'w', (*line, 'codes'))} "
        "where n_hidden = 1 and n_missing = 1 and together <= 100",
    )


def _unique(hidden: Prepared, given: str, least: str, most: str, form: str) -> str:
    """Return the query for hidden counts of which one whole number alone is left."""
    alike = " and ".join(
        f"h.{n} is not distinct from g.{n}" for n in (*_ALIKE, "source_file")
    )
    # What lies on the edge of rounding may belong to either side.
    low = f"greatest(ceil({least} - 1e-9), coalesce(h.low, 0))"
    high = f"least(floor({most} + 1e-9), coalesce(h.high, 1e12))"
    listed = ", ".join(f"h.{name}" for name in _PLACED)
    return (
        f"select {listed}, '{form}' as form, [{_place('h')}, {_place('g')}] as places "
        f"from {hidden.name} h join {given} g on {alike} where {low} = {high} "
        "and coalesce(h.low < h.high, true) "
        f"qualify row_number() over (partition by h.obs_id order by g.obs_id) = 1"
    )


def _place(side: str) -> str:
    return (
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
    )


def _not_shown_elsewhere(_kwargs: Kwargs, rows: Rows) -> QueryRule:
    what = "coalesce(offence, '? ' || offence_label)"
    alike = [n for n in _ALIKE if n != "offence"]
    family = 'coalesce("series.definition_family", series_id)'
    read = (
        f"{identifiers([*_PLACED, 'vintage'])}, {what} as what, {family} as family, "
        f"hash({identifiers(alike)}) as h"
    )
    hidden = Prepared(
        sql=f"select {read}, {LOW} as low, {HIGH} as high from {rows} where {_COUNT}"
    )
    shown = (
        f"select {read}, obs_value from {rows} where statistic = 'COUNT' and "
        f"obs_value is not null and hash({identifiers(alike)}) in "
        f"(select h from {hidden.name})"
    )
    listed = ", ".join(f"h.{name}" for name in _PLACED)
    together = same("h", "s", (*alike, "what", "family"))
    return QueryRule(
        subject=_COUNT,
        suspicion=f"count(*) filter (where {_COUNT})",
        prepared=(hidden,),
        sql=f"select {listed}, [{_place('h')}, {_place('s')}] as places, "
        "case when h.source_file is not distinct from s.source_file then 'here' "
        "else 'elsewhere' end as form, s.source_file as other from "
        f"{hidden.name} h join ({shown}) s on {together} "
        "where s.obs_value between coalesce(h.low, 0) and coalesce(h.high, 1e12) "
        "qualify row_number() over (partition by h.obs_id order by s.source_file, "
        "s.obs_id) = 1",
    )


def _row(obs_id: str, value: float | None, **values: Any) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "source_file": "f.xlsx",
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": "2019",
        "stage": "RECORDED",
        "counting_unit": "VICTIM",
        "scope": "CSEA",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "obs_value": value,
        "series.definition_family": "s",
    } | values


_FEW = {"value_low": 1.0, "value_high": 4.0, "missing_reason": "SUPPRESSED"}
_PERCENT = {"statistic": "PERCENT", "raw_value": "7.7", "age_group": "Y0T17"}
_RATE = {"statistic": "RATE_100K", "raw_value": "0.75"}
_PEOPLE = {
    "series_id": "xaa_population",
    "stage": "OTHER",
    "counting_unit": "PERSON",
    "scope": "OTHER",
}
_KWARGS = {"population": "population"}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_KWARGS, rows=rows, fails=fails)


def _hundred(year: int, girls: float | None = 90.3) -> tuple[dict[str, Any], ...]:
    """Return the percentages of girls and boys; hidden girls beside printed boys."""
    base: dict[str, Any] = {"time_period": str(year), "statistic": "PERCENT"}
    few = {} if girls is not None else {"missing_reason": "SUPPRESSED"}
    return (
        _row(f"F{year}", girls, sex="F", **base, **few),
        _row(f"M{year}", 9.7, sex="M", **base),
    )


_HIDDEN_ROW = _row("a", None, age_group="Y0T17", **_FEW)
_ONE = "The hidden figure for {ref_area} {time_period:period} ({stage:words}) "

TYPES = {
    "expect_hidden_counts_not_to_follow_from_rates": ExpectationType(
        name="expect_hidden_counts_not_to_follow_from_rates",
        promise="A hidden count cannot be reckoned back from a share or a rate.",
        shape="table",
        kwargs={"population": Kwarg(kind="text")},
        needs=(
            *KEY, "obs_value", "value_low", "value_high", "missing_reason", "base_n",
            "unit_mult", "raw_value",
        ),
        takes_condition=False,
        rule=_not_reckoned_back,
        found={
            "share": _ONE + "can be worked out from its percentage.",
            "rate": _ONE + "can be worked out from its rate and the population.",
            "rest": "The hidden percentage for {ref_area} {time_period:period} "
            "({stage:words}) can be worked out: with the others it makes 100.",
        },
        expected="Shares and rates rounded so far that several counts fit.",
        examples=(
            _example(_HIDDEN_ROW, _row("b", 7.7, **_PERCENT)),
            _example(_HIDDEN_ROW, _row("b", 7.7, **_PERCENT, base_n=9000)),
            _example(
                _HIDDEN_ROW | {"value_high": None},
                _row("b", 8.0, **_PERCENT | {"raw_value": "8"}, base_n=130),
            ),
            _example(
                _HIDDEN_ROW,
                _row("b", 7.7, **_PERCENT, base_n=39),
                fails=("a", "b"),
            ),
            _example(
                _HIDDEN_ROW,
                _row("b", 7.7, **_PERCENT),
                _row("c", 39.0),
                fails=("a", "b"),
            ),
            _example(
                _row("a", None, **_FEW), _row("b", 0.75, **_RATE),
                _row("c", 4e6, **_PEOPLE),
            ),
            _example(
                _row("a", None, **_FEW), _row("b", 0.75, **_RATE),
                _row("c", 4e5, **_PEOPLE), fails=("a", "b"),
            ),
            _example(*_hundred(2017), *_hundred(2018, 71.0)[:1], *_hundred(2019)),
            _example(
                *_hundred(2017), *_hundred(2018),
                *_hundred(2019, None), fails=("F2019", "M2019"),
            ),
            _example(*_hundred(2018), *_hundred(2019, None)),
        ),
    ),
    "expect_hidden_figures_not_to_be_shown_elsewhere": ExpectationType(
        name="expect_hidden_figures_not_to_be_shown_elsewhere",
        promise="A figure that is hidden is not printed in another place or file.",
        shape="table",
        needs=(
            *KEY, "offence_label", "obs_value", "value_low", "value_high",
            "missing_reason", "series.definition_family",
        ),
        reach="collection",
        rule=_not_shown_elsewhere,
        found={
            "here": _ONE + "is printed elsewhere in this file.",
            "elsewhere": _ONE + "is printed in {other}.",
        },
        expected="A figure hidden wherever it stands.",
        examples=(
            Example(rows=(_row("a", None, **_FEW), _row("b", 3.0, sex="F"))),
            Example(rows=(_row("a", None, **_FEW), _row("b", 30.0))),
            Example(
                rows=(
                    _row("a", None, **_FEW),
                    _row("b", 3.0, **{"series.definition_family": "t"}),
                )
            ),
            Example(
                rows=(
                    _row("a", None, **_FEW),
                    _row("b", 3.0, source_file="g.xlsx", vintage="2021-03-31"),
                ),
                fails=("a", "b"),
            ),
            Example(
                rows=(_row("a", None, **_FEW), _row("b", 3.0, series_id="t")),
                fails=("a", "b"),
            ),
        ),
    ),
}  # fmt: skip
