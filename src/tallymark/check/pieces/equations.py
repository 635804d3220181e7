"""Sums that hold of a table with hidden figures, and what these can then still be.

A sum says that a total is its parts together: by sex or age where all codes are there,
by quarters of a year, and by area, offence or another breakdown where the same parts
make the same total elsewhere. What one sum says of a figure is used in the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.check.pieces.families import COUNTS, HIDDEN
from tallymark.check.pieces.fragments import HIGH, LOW
from tallymark.check.rule import Kwargs, Prepared, Rows
from tallymark.engine.sql import identifiers, literal, literals
from tallymark.model.observation import KEY

ROUNDS = 3
"""How often the sums are gone through; each uses what the one before has found."""

_OPEN = "1e12"
"""What stands for a bound that is not known; sums of such stay exact."""

_SAME = (*KEY, "unit_mult", "source_file", "vintage")
_ADDS_UP = (
    "stage not in ('PENDING', 'IN_CUSTODY') "
    "and counting_unit not in ('PERSON', 'VICTIM')"
)
"""What is counted anew in each period. A stock is not, and a person may come twice."""

_LEFT_OVER = ("_U", "_O")
_PLACED = ("obs_id", "source_ref", "offence_label", "area_level", "period_start")


def cells(rows: Rows) -> Prepared:
    """Return the counts of every series, in its file, that hides figures."""
    read = identifiers([*_SAME, *_PLACED, "period_end"])
    return Prepared(
        sql=f"select {read}, {HIDDEN} as is_hidden, coalesce({LOW}, 0) as low, "
        f"coalesce({HIGH}, {_OPEN}) as high from {rows.plain} "
        f"where {COUNTS} and obs_id is not null and hash(series_id, source_file) in "
        f"(select hash(series_id, source_file) from {rows.plain} "
        f"where {HIDDEN} and statistic = 'COUNT')"
    )


def sums(kwargs: Kwargs, given: Prepared) -> tuple[Prepared, ...]:
    """Return the sums that hold and have a hidden figure: one row per figure in each.

    `sum` names the sum, `split` the column by which it parts, `role` says whether the
    figure is its total.
    """
    splits = _splits(kwargs, given)
    pairs = Prepared(sql=" union all ".join(sql for _, sql in splits))
    columns = dict.fromkeys(column for column, _ in splits)
    members = Prepared(
        sql=" union all ".join(_members(column, given, pairs) for column in columns)
    )
    families = Prepared(
        sql="select sum, any_value(line) as line, "
        "count(*) filter (where role = 'part') as n_parts, bit_xor(hash(code)) as codes, "
        "max(n_whole) = count(*) filter (where is_needed) as is_whole, "
        "count(*) filter (where is_hidden) as n_hidden, "
        "bool_and(low = high) as is_exact, "
        "sum(low) filter (where role = 'part') as parts, "
        "max(low) filter (where role = 'total') as total "
        f"from {members.name} group by sum having n_parts > 1 "
        "and count(*) filter (where role = 'total') = 1 "
        "and count(*) = count(distinct code)"
    )
    seen = (
        "select line, codes, count(*) filter (where parts = total and total > 0) as "
        f"n_agree, count(*) filter (where parts <> total) as n_differ from "
        f"{families.name} where is_exact group by line, codes"
    )
    holding = Prepared(
        sql=f"select m.sum, m.split, m.role, m.code, m.obs_id from {members.name} m "
        f"join {families.name} f on m.sum = f.sum and f.n_hidden > 0 "
        f"left join ({seen}) s on s.line = f.line and s.codes = f.codes "
        "where coalesce(f.is_whole, coalesce(s.n_agree, 0) >= "
        f"{literal(kwargs['least_agreeing'])} and coalesce(s.n_differ, 0) = 0)"
    )
    return pairs, members, families, holding


def bounded(given: Prepared, holding: Prepared) -> tuple[Prepared, ...]:
    """Return tables of what each figure in the sums can be, one after each round.

    One row per figure and sum: `low` and `high` are its bounds after that round,
    `told_low` and `told_high` what the sum says of it.
    """
    rounds: list[Prepared] = []
    before = given
    for _ in range(ROUNDS):
        before = Prepared(sql=_told(holding, before))
        rounds.append(before)
    return tuple(rounds)


def _told(holding: Prepared, before: Prepared) -> str:
    """Return the query for what each sum says of its figures, and all sums of each."""
    part, total = "filter (where role = 'part')", "filter (where role = 'total')"
    known = f"select distinct obs_id, low, high from {before.name}"
    return (
        "select sum, split, role, code, obs_id, "
        "max(greatest(low, told_low)) over figure as low, "
        "min(least(high, told_high)) over figure as high, told_low, told_high from ("
        "select *, case when role = 'total' then parts_low "
        "else total_low - (parts_high - high) end as told_low, "
        "case when role = 'total' then parts_high "
        "else total_high - (parts_low - low) end as told_high from ("
        "select h.sum, h.split, h.role, h.code, obs_id, low, high, "
        f"sum(low) {part} over whole as parts_low, "
        f"sum(high) {part} over whole as parts_high, "
        f"max(low) {total} over whole as total_low, "
        f"max(high) {total} over whole as total_high "
        f"from {holding.name} h join ({known}) using (obs_id) "
        "window whole as (partition by h.sum))) "
        "window figure as (partition by obs_id)"
    )


def _members(column: str, given: Prepared, pairs: Prepared) -> str:
    """Return the query for the figures that are a total or a part by one column."""
    same = [name for name in _SAME if name != column]
    line = [name for name in same if name != "time_period"]
    by = "hash(split, whole, kind, {})".format
    return (
        f"select {by(identifiers(same))} as sum, {by(identifiers(line))} as line, "
        "split, role, code, n_whole, is_needed, obs_id, is_hidden, low, high "
        f"from {given.name} join {pairs.name} "
        f"on split = {literal(column)} and {column} = code"
        + (f" where {_ADDS_UP}" if column == "time_period" else "")
    )


def _splits(kwargs: Kwargs, given: Prepared) -> list[tuple[str, str]]:
    """Return columns that part totals, and the queries for their codes and wholes."""
    listed = [
        (column, _listed(column, codes, given))
        for column in ("sex", "age_group")
        for codes in kwargs[column]
    ]
    return [
        *listed,
        ("breakdown", _breakdowns(given)),
        ("ref_area", _within("ref_area", _WHOLE_AREA, given)),
        ("offence", _within("offence", _WHOLE_OFFENCE, given)),
        ("time_period", _periods(given)),
    ]


_WHOLE_AREA = "case when area_level = 'subnational' then split_part(code, '_', 1) end"
_WHOLE_OFFENCE = (
    "case when length(code) = 4 then left(code, 2) "
    "when length(code) > 4 then left(code, length(code) - 1) end"
)
"""ICCS codes have two, four, five and six digits."""


def _listed(column: str, codes: Sequence[str], given: Prepared) -> str:
    kind = literal(" ".join(codes))
    return (
        f"select distinct {literal(column)} as split, {column} as code, '_T' as whole, "
        f"{kind} as kind, case when {column} = '_T' then 'total' else 'part' end "
        f"as role, {len(codes)} as n_whole, {column} in {literals(codes)} as is_needed "
        f"from {given.name} where {column} in {literals([*codes, *_LEFT_OVER, '_T'])}"
    )


def _breakdowns(given: Prepared) -> str:
    parts = (
        "select distinct breakdown as code, split_part(breakdown, '=', 1) as kind "
        f"from {given.name} where breakdown like '%=%' and breakdown not like '%;%'"
    )
    return (
        "select 'breakdown', code, '_T', kind, 'part', null, true "
        f"from ({parts}) union all select distinct 'breakdown', '_T', '_T', kind, "
        f"'total', null, false from ({parts})"
    )


def _within(column: str, whole: str, given: Prepared) -> str:
    codes = f"select distinct {column} as code, area_level from {given.name}"
    parts = (
        f"select distinct code, {whole} as whole from ({codes}) "
        f"where {whole} in (select {column} from {given.name})"
    )
    return (
        f"select {literal(column)}, code, whole, '', 'part', null, true from ({parts}) "
        f"union all select distinct {literal(column)}, whole, whole, '', 'total', "
        f"null, false from ({parts})"
    )


def _periods(given: Prepared) -> str:
    """Return the query for periods that together are another: all of equal number."""
    days = "(date_diff('day', period_start, period_end) + 1)"
    codes = (
        f"select time_period as code, min(period_start) as first, "
        f"max(period_end) as last, min({days}) as days from {given.name} "
        f"group by time_period having min({days}) = max({days})"
    )
    parts = (
        "select p.code, w.code as whole, round(w.days / p.days) as n_whole, "
        "sum(p.days) over (partition by w.code, round(w.days / p.days)) as n_days, "
        f"w.days from ({codes}) p join ({codes}) w on p.first >= w.first "
        "and p.last <= w.last and 10 * w.days >= 19 * p.days"
    )
    tiled = f"select * from ({parts}) where n_days = days"
    named = "cast(n_whole as varchar)"
    return (
        f"select 'time_period', code, whole, {named}, 'part', n_whole, true "
        f"from ({tiled}) union all select distinct 'time_period', whole, whole, "
        f"{named}, 'total', n_whole, false from ({tiled})"
    )
