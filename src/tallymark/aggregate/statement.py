"""The counting as one statement: a scan of the extract, a row per combination of codes.

Every code becomes a number, and what decides which row of a unit counts (rank, day,
codes) one large number, whose least is the row. Names of units stay in the grouping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tallymark.aggregate.coding import code_tables
from tallymark.aggregate.mapping import Areas, Marker
from tallymark.aggregate.parts import Dimension, age_groups
from tallymark.aggregate.plan import Plan
from tallymark.aggregate.rules import Rule
from tallymark.engine.sql import identifier, literal
from tallymark.errors import Problem
from tallymark.model.codes import Stage

EXTRACT = "extract"

NOT_COUNTED = {
    1: "no id of the unit",
    2: "a stage that the mapping does not name",
    3: "no day at this stage",
    4: "a day that cannot be read",
    5: "a day outside of the periods that are covered",
    6: "an area that the mapping does not name",
    7: "an offence that the mapping does not name",
    8: "an offence that is not counted",
    9: "not online",
    10: "online or not is not known",
    11: "an attempt",
    12: "attempt or not is not known",
}
"""Why rows are not counted, in the order in which it is asked; told for the first."""

UNITS_ELSEWHERE = "units whose most serious offence is not counted"

_ELSEWHERE = 99
"""Rows of periods in which another rule holds."""

_ONE_LONG_LIFE = 131
_DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$"
_TEXT, _DAY = "VARCHAR", "DATE"
_FLOATS = ("DOUBLE", "FLOAT")
_FRACTIONS = (*_FLOATS, "DECIMAL")


def type_problems(plan: Plan, types: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with the types of columns that hold days."""
    for column, path in _day_columns(plan).items():
        type_ = types.get(column, _DAY)
        if type_ not in (_TEXT, _DAY) and not _is_moment(type_):
            yield Problem(
                f"{column!r} holds {type_}, where days are needed (a date, or text such"
                " as 2019-03-31)",
                path,
            )


def _is_moment(type_: str) -> bool:
    return type_.startswith("TIMESTAMP") and "ZONE" not in type_


def _day_columns(plan: Plan) -> dict[str, str]:
    column = plan.mapping.stage_column
    if column is not None:
        return {column.date: "$.stage_column.date"}
    return {
        plan.event_column(stage, rule): f"$.stages.{stage}"
        for rule in plan.rules
        for stage in plan.stages
    }


def counting_sql(plan: Plan, rule: Rule, types: Mapping[str, str]) -> str:
    """Return the statement that counts under one rule.

    Its rows: `slot` (of `stage_and_period`, or less than 0 for a reason not to count),
    `combination`, a truth value per dimension of units whether values differ, the
    number of units, and of rows.
    """
    n_keys = len(_keys(plan, rule))
    keys = [f"k{i}" for i in range(n_keys)]
    listed = ", ".join(f"case when reason = 0 then {key} end as {key}" for key in keys)
    grouped = ", ".join(["slot", *keys])
    mixed = [d for d in plan.dimensions if d.is_of_unit]
    several = [f"{_several(d)} as several_{d.name}" for d in mixed]
    kept = [f"i_{d.name}" for d in mixed]
    flags = [f"several_{d.name}" for d in mixed]
    sent = (
        f"select {', '.join([listed, *kept])}, "
        f"case when reason = 0 then {_slot(plan)} else -reason end as slot, "
        f"case when reason = 0 then {_packed(plan)} else 0 end as packed from judged"
    )
    units = (
        f"select {', '.join([grouped, *several])}, min(packed) as packed, "
        f"count(*) as n_rows from sent group by {grouped}"
    )
    n = plan.n_combinations + 1
    found = ", ".join(["slot", f"packed % {n} as combination", *flags])
    return (
        f"{_judged(plan, rule, types)}, sent as ({sent}), units as ({units}), "
        f"seen as (select {found}, n_rows from units) "
        f"select {', '.join(['slot', 'combination', *flags])}, count(*) as n_units, "
        f"cast(sum(n_rows) as bigint) as n_rows from seen "
        f"group by {', '.join(['slot', 'combination', *flags])}"
    )


def _several(dimension: Dimension) -> str:
    """Return whether rows of a unit hold several known values."""
    known = f"case when i_{dimension.name} < {len(dimension.codes) - 1} then "
    known += f"i_{dimension.name} end"
    return f"coalesce(min({known}) < max({known}), false)"


def _keys(plan: Plan, rule: Rule) -> list[str]:
    unit = plan.mapping.unit
    return [*unit.columns, *(unit.event if rule.counts_each else ())]


def _n_offences(plan: Plan) -> int:
    return next(len(d.codes) for d in plan.dimensions if d.name == "offence")


def _slot(plan: Plan) -> str:
    """Return the number of stage and period; of the offence, too, where each counts."""
    slot = f"(stage_i * {len(plan.periods)} + period_i)"
    return slot if plan.is_principal else f"({slot} * {_n_offences(plan)} + i_offence)"


def _packed(plan: Plan) -> str:
    """Return the number by which a unit's row is chosen; its rest is the combination."""
    parts = [
        f"i_{d.name} * {stride}"
        for d, stride in zip(plan.dimensions, plan.strides, strict=True)
    ]
    combination = " + ".join(parts) or "0"
    rank = "cast(0 as bigint)"
    if any(d.name == "offence" for d in plan.dimensions):
        combination = (
            f"case when i_offence is null then {plan.n_combinations} "
            f"else {combination} end"
        )
        rank = "r_offence" if plan.is_principal else rank
    first = plan.periods[0].start
    days = (plan.periods[-1].end - first).days + 1
    day = f"date_diff('day', {literal(first)}, day)"
    return f"(({rank} * {days} + {day}) * {plan.n_combinations + 1} + {combination})"


def _judged(plan: Plan, rule: Rule, types: Mapping[str, str]) -> str:
    """Return the relations up to `judged`: events with the reason not to count them."""
    read = _read(plan, rule, types)
    when = [
        f"when day < {literal(plan.periods[0].start)} then -1",
        *(f"when day <= {literal(p.end)} then {i}" for i, p in enumerate(plan.periods)),
    ]
    placed = f"select *, case {' '.join(when)} else -1 end as period_i from events"
    reasons = " ".join(
        f"when {condition} then {n}" for n, condition in _conditions(plan, rule, types)
    )
    return (
        f"with read_rows as ({read}), events as ({_events(plan)}), "
        f"placed as ({placed}), "
        f"judged as (select *, case {reasons} else 0 end as reason from placed)"
    )


def _read(plan: Plan, rule: Rule, types: Mapping[str, str]) -> str:
    """Return the query for the rows with codes as numbers and texts as days."""
    keys = [f"e.{identifier(c)} as k{i}" for i, c in enumerate(_keys(plan, rule))]
    columns, joins = [], []
    for name in code_tables(plan):
        column = _text(_column_of(name, plan), types)
        joins.append(f"left join codes_{name} c_{name} on {column} = c_{name}.code")
        unknown = _unknown(name, plan)
        place = f"c_{name}.i" if unknown is None else f"coalesce(c_{name}.i, {unknown})"
        columns += [f"{place} as i_{name}"]
        if name == "offence":
            columns += ["c_offence.r as r_offence"]
    if plan.mapping.age is not None and plan.mapping.age.codes is None:
        columns.append(f"{_age(plan, types)} as i_age_group")
    for i, column in enumerate(_days_read(plan, rule)):
        columns += [
            f"{_day(column, types)} as day{i}",
            f"{_is_unreadable(column, types)} as unreadable{i}",
        ]
    return f"select {', '.join([*keys, *columns])} from {EXTRACT} e {' '.join(joins)}"


def _text(column: str, types: Mapping[str, str]) -> str:
    """Return a column as codes are written: whole numbers without a decimal point.

    A frame holds whole numbers with gaps as 104.0, and the code is 104.
    """
    source = f"e.{identifier(column)}"
    if not types[column].startswith(_FRACTIONS):
        return f"trim(cast({source} as varchar))"
    whole = f"try_cast({source} as bigint)"
    return (
        f"case when {whole} = {source} then cast({whole} as varchar) "
        f"else cast({source} as varchar) end"
    )


def _days_read(plan: Plan, rule: Rule) -> list[str]:
    column = plan.mapping.stage_column
    if column is not None:
        return [column.date]
    return [plan.event_column(stage, rule) for stage in plan.stages]


def _column_of(name: str, plan: Plan) -> str:
    mapping: Any = plan.mapping
    holders = {
        "stage": mapping.stage_column,
        "ref_area": mapping.area,
        "offence": mapping.offence,
        "sex": mapping.sex,
        "age_group": mapping.age,
        "attempt": mapping.attempts,
        "online": mapping.online,
        **mapping.breakdowns,
    }
    return str(holders[name].column)


def _unknown(name: str, plan: Plan) -> int | None:
    """Return the place of the unknown code of a dimension that has one."""
    if name in ("ref_area", "offence"):
        return None
    return next((len(d.codes) - 1 for d in plan.dimensions if d.name == name), None)


def _age(plan: Plan, types: Mapping[str, str]) -> str:
    """Return the place of the age group of an age in years."""
    column = plan.mapping.age.column if plan.mapping.age else ""
    source = f"e.{identifier(column)}"
    years = f"try_cast({source} as double)"
    if types.get(column) == _TEXT:
        years = f"try_cast(trim({source}) as double)"
    (codes,) = (d.codes for d in plan.dimensions if d.name == "age_group")
    when = []
    for code, (low, high) in age_groups(plan.mapping, plan.series).items():
        above = _ONE_LONG_LIFE if high is None else high + 1
        when.append(
            f"when {years} >= {low or 0} and {years} < {above} then {codes.index(code)}"
        )
    return f"case {' '.join(when)} else {len(codes) - 1} end"


def _day(column: str, types: Mapping[str, str]) -> str:
    source = f"e.{identifier(column)}"
    if types[column] == _DAY:
        return source
    if types[column] != _TEXT:
        return f"cast({source} as date)"
    return (
        f"case when regexp_matches(trim({source}), {literal(_DAY_PATTERN)}) "
        f"then try_cast(left(trim({source}), 10) as date) end"
    )


def _is_unreadable(column: str, types: Mapping[str, str]) -> str:
    if types[column] != _TEXT:
        return "false"
    return (
        f"coalesce(trim(e.{identifier(column)}) <> '', false) "
        f"and ({_day(column, types)}) is null"
    )


def _events(plan: Plan) -> str:
    """Return the query for a row per row of the extract and stage."""
    if plan.mapping.stage_column is not None:
        day = "i_stage as stage_i, day0 as day, unreadable0 as is_unreadable"
        return f"select *, {day} from read_rows"
    n = len(plan.stages)
    if n == 1:
        day = "0 as stage_i, day0 as day, unreadable0 as is_unreadable"
        return f"select *, {day} from read_rows"
    days, unreadable = (
        " ".join(f"when {i} then {name}{i}" for i in range(n))
        for name in ("day", "unreadable")
    )
    return (
        f"select x.*, s.i as stage_i, case s.i {days} end as day, "
        f"case s.i {unreadable} end as is_unreadable "
        "from read_rows x cross join stages s"
    )


def _conditions(
    plan: Plan, rule: Rule, types: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """Yield why a row is not counted, as number and condition, in order."""
    mapping = plan.mapping
    blank = [
        f"k{i} is null" + _or_blank(f"k{i}", types[column])
        for i, column in enumerate(_keys(plan, rule))
    ]
    yield 1, f"({' or '.join(blank)})"
    if mapping.stage_column is not None:
        yield 2, "stage_i is null"
    yield 4, "is_unreadable"
    yield 3, "day is null"
    yield 5, "period_i < 0"
    if len(plan.rules) > 1:
        yield _ELSEWHERE, f"period_i not in ({', '.join(map(str, rule.periods))})"
    if isinstance(mapping.area, Areas):
        yield 6, "i_ref_area is null"
    if mapping.offence is not None:
        yield 7, "r_offence is null"
        if not plan.is_principal:
            yield 8, "i_offence is null"
    if isinstance(mapping.online, Marker):
        yield 10, "i_online is null"
        yield 9, "i_online = 1"
    if rule.leaves_attempts_out:
        yield 12, "i_attempt is null"
        yield 11, "i_attempt = 0"


def _or_blank(key: str, type_: str) -> str:
    """Return when a value that is there tells nothing, as a further condition."""
    if type_ == _TEXT:
        return f" or trim({key}) = ''"
    return f" or isnan({key})" if type_ in _FLOATS else ""


def places_of(combination: int, plan: Plan) -> tuple[int, ...]:
    """Return the place of each dimension's code in a combination."""
    return tuple(
        combination // stride % len(d.codes)
        for d, stride in zip(plan.dimensions, plan.strides, strict=True)
    )


def stage_and_period(slot: int, plan: Plan) -> tuple[Stage, int]:
    """Return the stage and the place of the period that a slot stands for."""
    if not plan.is_principal:
        slot //= _n_offences(plan)
    stage, period = divmod(slot, len(plan.periods))
    return plan.stages[stage], period
