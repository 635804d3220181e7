"""Types about stocks and flows: what was there, what came, what went, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallymark.check.pieces.fragments import HIGH, LOW, PLACES, keyed, same, settled
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

_ROLES = ("opening", "incoming", "outgoing", "closing")
# The stages differ: what is pending, what was recorded, what was decided.
_ALIKE = (
    *(name for name in KEY if name not in ("stage", "breakdown")), "offence_label",
    "unit_mult", "source_file", "vintage",
)  # fmt: skip


def _flow_rows(kwargs: Kwargs, rows: Rows) -> tuple[str, str]:
    """Return which rows are stocks or flows, and the query for them with their role.

    What else a breakdown says, beside the role, is `rest`.
    """
    is_flow = (
        "statistic = 'COUNT' and breakdown <> '_T' "
        f"and coalesce({_names(kwargs, _ROLES)}, false)"
    )
    role = " ".join(
        f"when {_names(kwargs, [name])} then {literal(name)}" for name in _ROLES
    )
    rest = "';' || breakdown || ';'"
    for pair in (pair for name in _ROLES for pair in kwargs[name]):
        rest = f"replace({rest}, {literal(f';{pair};')}, ';')"
    read = (
        f"select {identifiers(_ALIKE)}, stage, breakdown, {rest} as rest, "
        f"case {role} end as role, obs_id, source_ref, obs_value, period_start, "
        f"period_end, {LOW} as low, {HIGH} as high from {rows} where {is_flow}"
    )
    return is_flow, read


def _names(kwargs: Kwargs, roles: Sequence[str]) -> str:
    return " or ".join(
        f"contains(';' || breakdown || ';', {literal(f';{pair};')})"
        for role in roles
        for pair in kwargs[role]
    )


def _added(role: str) -> str:
    return settled(f"sum(obs_value) filter (where role = '{role}')")


def _flows_balance(kwargs: Kwargs, rows: Rows) -> QueryRule:
    is_flow, read = _flow_rows(kwargs, rows)
    group = identifiers([*_ALIKE, "rest"])

    def summed(role: str, column: str) -> str:
        chosen = f"filter (where role = '{role}')"
        known = f"count({column}) {chosen} = count(*) {chosen}"
        return f"if({known}, sum({column}) {chosen}, null)"

    least = (
        f"{summed('opening', 'low')} + {summed('incoming', 'low')} "
        f"- {summed('outgoing', 'high')}"
    )
    most = (
        f"{summed('opening', 'high')} + {summed('incoming', 'high')} "
        f"- {summed('outgoing', 'low')}"
    )
    n = "count(*) filter (where role = '{0}')".format
    families = Prepared(
        sql=f"select {group}, min(obs_id) as obs_id, {PLACES} as places, "
        f"{settled(least)} as least, {settled(most)} as most, "
        f"{settled(summed('closing', 'low'))} as closing_low, "
        f"{settled(summed('closing', 'high'))} as closing_high, "
        + ", ".join(f"{_added(role)} as {role}" for role in _ROLES)
        + f" from ({read}) group by {group} having {n('opening')} = 1 "
        f"and {n('closing')} = 1 and {n('incoming')} > 0 and {n('outgoing')} > 0 "
        "and (least > closing_high or most < closing_low)"
    )
    key = {name: name for name in _ALIKE if name in KEY}
    return QueryRule(
        subject=is_flow,
        suspicion=f"count(*) filter (where {is_flow})",
        prepared=(families,),
        sql=f"select source_file, obs_id, {keyed(key)}, places, opening, incoming, "
        "outgoing, closing, if(least > closing_high, least, most) as reckoned, "
        f"if(least = most, '', if(least > closing_high, 'at least ', 'at most ')) "
        f"as about from {families.name}",
    )


def _stocks_carry_over(kwargs: Kwargs, rows: Rows) -> QueryRule:
    is_flow, read = _flow_rows(kwargs, rows)
    alike = [*(name for name in _ALIKE if name != "time_period"), "rest"]
    key = {name: f"o.{name}" for name in (*_ALIKE, "stage") if name in KEY}
    places = ", ".join(
        f"struct_pack(file := {side}.source_file, cell := {side}.source_ref, "
        f"obs := {side}.obs_id)"
        for side in ("c", "o")
    )
    return QueryRule(
        subject=is_flow,
        suspicion=f"count(*) filter (where {is_flow})",
        sql=f"with flows as materialized ({read}) "
        f"select o.source_file, o.obs_id, {keyed(key)}, [{places}] as places, "
        "c.time_period as earlier_period, "
        "if(o.low > c.high, o.low, o.high) as opening, "
        "if(o.low > c.high, c.high, c.low) as closing, "
        "case when o.obs_value is not null then '' when o.low > c.high "
        "then 'at least ' else 'at most ' end as opening_about, "
        "case when c.obs_value is not null then '' when o.low > c.high "
        "then 'at most ' else 'at least ' end as closing_about "
        f"from flows o join flows c on {same('o', 'c', alike)} and o.role = 'opening' "
        "and c.role = 'closing' and o.period_start = c.period_end + 1 "
        "where o.low > c.high or o.high < c.low",
    )


def _row(
    obs_id: str, flow: str, value: float | None, year: int = 2019, **values: Any
) -> dict[str, Any]:
    return {
        "obs_id": obs_id,
        "series_id": "s",
        "ref_area": "XAA",
        "time_period": f"{year}",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "stage": "PENDING" if flow in ("opening", "closing") else "OTHER",
        "counting_unit": "CASE",
        "breakdown": f"flow={flow}",
        "statistic": "COUNT",
        "obs_value": value,
    } | values


_KWARGS = {role: [f"flow={role}"] for role in _ROLES}


def _example(*rows: dict[str, Any], fails: tuple[str, ...] = ()) -> Example:
    return Example(kwargs=_KWARGS, rows=rows, fails=fails)


_NEEDS = (
    "series_id", "ref_area", "time_period", "period_start", "period_end", "stage",
    "counting_unit", "scope", "offence", "sex", "age_group", "breakdown", "statistic",
    "obs_value", "value_low", "value_high", "missing_reason",
)  # fmt: skip
TYPES = {
    "expect_flows_to_balance": ExpectationType(
        name="expect_flows_to_balance",
        promise="What was there at the start, came in and went out leaves what is there "
        "at the end.",
        shape="table",
        kwargs={role: Kwarg(kind="texts") for role in _ROLES},
        needs=_NEEDS,
        rule=_flows_balance,
        found={
            "": "For {ref_area} {time_period:period}: {opening} at the start, {incoming} "
            "came in, {outgoing} went out. That leaves {about}{reckoned}; {closing} are "
            "given for the end."
        },
        expected="At the end what was there at the start, and came in, less what went.",
        examples=(
            _example(
                _row("a", "opening", 10.0),
                _row("b", "incoming", 5.0),
                _row("c", "outgoing", 3.0),
                _row("d", "closing", 12.0),
            ),
            _example(
                _row("a", "opening", 10.0),
                _row("b", "incoming", 5.0),
                _row("c", "outgoing", None, value_low=1.0, value_high=4.0),
                _row("d", "closing", 12.0),
            ),
            _example(
                _row("a", "opening", 10.0),
                _row("b", "incoming", 5.0),
                _row("d", "closing", 1.0),
            ),
            _example(
                _row("a", "opening", 10.0),
                _row("b", "incoming", 5.0),
                _row("c", "outgoing", 3.0),
                _row("d", "closing", 13.0),
                fails=("a", "b", "c", "d"),
            ),
        ),
    ),
    "expect_stocks_to_carry_over": ExpectationType(
        name="expect_stocks_to_carry_over",
        promise="What is there at the end of a period is there at the start of the next.",
        shape="table",
        kwargs={role: Kwarg(kind="texts") for role in _ROLES},
        needs=_NEEDS,
        rule=_stocks_carry_over,
        found={
            "": "At the start of {time_period:period} there are {opening_about}"
            "{opening}; at the end of {earlier_period:period} there were "
            "{closing_about}{closing}, for {ref_area}."
        },
        expected="The same number at the end of a period and at the start of the next.",
        examples=(
            _example(
                _row("a", "closing", 12.0, 2018),
                _row("b", "opening", 12.0, 2019),
                _row("c", "opening", 30.0, 2021),
            ),
            _example(
                _row("a", "closing", 12.0, 2018),
                _row("b", "opening", 11.0, 2019),
                fails=("a", "b"),
            ),
        ),
    ),
}
