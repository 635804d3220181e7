"""Adding figures up: what carries over, what is new, and what must not be added.

Every caveat of a part is a caveat of the total. Missing is never zero: a total with
a gap has a lower bound and no value. The rules are data (`RULES`), the aggregation
is one SQL statement. Source: the caveat algebra in docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.engine.sql import identifier, identifiers, literals
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_sql, words_sql
from tallymark.model.figure import (
    TYPE_COLUMNS,
    Judgement,
    figure_schema,
    mask_columns,
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a total is refused or flagged, and the caveat that says so.

    `holds` is an SQL truth over the group; it is asked only of two or more figures.
    """

    caveat: str
    judgement: Judgement
    holds: str


def _differs(column: str) -> str:
    """Say whether a group holds two values, or a value and a null."""
    mixed = f"min({column}) is distinct from max({column})"
    return f"({mixed} or count({column}) not in (0, count(*)))"


_PERIODS = "count(distinct (period_start, period_end))"
_SEVERAL_PERIODS = f"({_differs('period_start')} or {_differs('period_end')})"
_MIXES = " or ".join(
    f"(bool_or({c} = '_T') and bool_or({c} is distinct from '_T'))"
    for c in ("sex", "age_group")
)
# `citizenship=KEN;sector=x` to `citizenship=*;sector=*`: which way a whole is cut.
_CUT = "regexp_replace(breakdown, '=[^;]*', '=*', 'g')"
_NARROWER = (
    "(bool_or(offence is null) and bool_or(offence is not null)) or "
    "bool_or(len(list_filter(offences, "
    "lambda o: o <> offence and starts_with(o, offence))) > 0)"
)
_CELL = ("ref_area", "sex", "age_group", "breakdown", "offence", "is_total")
_IS_BREAK = "coalesce(list_contains(string_split(obs_status, ' '), 'B'), false)"
# What is normal, or only says why a part has no number, is no status of the total.
_STATUSES = (
    "nullif(array_to_string(list_sort(list_filter(list_distinct(flatten("
    "list(string_split(coalesce(obs_status, ''), ' ')))), "
    f"lambda s: s not in {literals(['', 'A', 'H', 'L', 'M', 'O', 'Q'])})), ' '), '')"
)
_STOCKS = literals(["IN_CUSTODY", "PENDING"])
_PERSONS = literals(["PERSON", "VICTIM"])

RULES = (
    Rule(caveat="stages-mixed", judgement=Judgement.REFUSED, holds=_differs("stage")),
    Rule(
        caveat="unit-mismatch",
        judgement=Judgement.REFUSED,
        holds=_differs("counting_unit"),
    ),
    Rule(
        caveat="unit-not-stated",
        judgement=Judgement.REFUSED,
        holds="bool_or(coalesce(counting_unit, 'UNSTATED') = 'UNSTATED')",
    ),
    Rule(
        caveat="not-addable",
        judgement=Judgement.REFUSED,
        holds="bool_or(statistic is distinct from 'COUNT') or "
        f"bool_or(abs(value) > {2**53}) or "
        f"(bool_or(stage in {_STOCKS}) and {_SEVERAL_PERIODS})",
    ),
    Rule(caveat="scopes-mixed", judgement=Judgement.REFUSED, holds=_differs("scope")),
    Rule(
        caveat="counted-twice",
        judgement=Judgement.REFUSED,
        holds="bool_or(is_overlapping) or len(flatten(list(obs_ids))) > "
        "len(list_distinct(flatten(list(obs_ids))))",
    ),
    Rule(
        caveat="total-with-its-parts",
        judgement=Judgement.REFUSED,
        holds=" or ".join(
            [*map(_differs, ("is_total", "area_level", _CUT)), _MIXES, _NARROWER]
        ),
    ),
    Rule(
        caveat="definition-break",
        judgement=Judgement.REFUSED,
        holds="bool_or(is_break)",
    ),
    Rule(
        caveat="definitions-differ",
        judgement=Judgement.FLAG,
        holds=f"{_differs('series_id')} or {_differs('definition')}",
    ),
    Rule(
        caveat="periods-differ",
        judgement=Judgement.FLAG,
        holds="count(distinct (ref_area, period_start, period_end)) <> "
        f"count(distinct coalesce(ref_area, '')) * {_PERIODS}",
    ),
    Rule(
        caveat="persons-may-recur",
        judgement=Judgement.FLAG,
        holds=f"bool_or(counting_unit in {_PERSONS}) and {_SEVERAL_PERIODS}",
    ),
    Rule(
        caveat="part-missing",
        judgement=Judgement.FLAG,
        holds="sum(n_present) < sum(n_declared) or bool_or(value is null)",
    ),
)


def total(figures: pa.Table, by: Sequence[str], catalogue: Catalogue) -> pa.Table:
    """Return the sum of the figures of each group, one row per group, in order.

    `by` names type columns; none gives one total. It may name a further column of
    `figures`, which groups them and is not in the result. A refused total has no value
    and no bounds. The sum of one figure is that figure.
    """
    sql = derived_sql(_total_sql(by, catalogue), catalogue)
    summed = query(connect({"figures": figures}), f"{sql} order by {_order(by)}")
    return summed.cast(figure_schema(catalogue.order.n_words))


def _total_sql(by: Sequence[str], catalogue: Catalogue) -> str:
    n_words = catalogue.order.n_words
    held = {rule.caveat: f"rule_{i}" for i, rule in enumerate(RULES)}
    raised = words_sql(held, catalogue.order)
    refused = f"judged = {Judgement.REFUSED.value}"
    columns = [
        *(identifier(name) for name in (*TYPE_COLUMNS, "definition", *_further(by))),
        *(
            f"case when not ({refused}) then {name} end as {name}"
            for name in ("value", "value_low", "value_high", "numerator", "denominator")
        ),
        "missing_reason, obs_status, conf_status, is_total, n_present, n_declared",
        "judged::integer as judgement, obs_ids",
        *(
            f"{name} | {word} as {name}"
            for name, word in zip(mask_columns("sticky", n_words), raised, strict=True)
        ),
        *mask_columns("resolved", n_words),
        *(f"0::bigint as {name}" for name in mask_columns("derived", n_words)),
    ]
    return (
        f"with parts as ({_parts_sql(by)}), groups as ({_groups_sql(by, n_words)}), "
        f"judged as (select *, {_judged_sql()} as judged from groups) "
        f"select {', '.join(columns)} from judged"
    )


def _parts_sql(by: Sequence[str]) -> str:
    """Mark what only a look at the neighbouring parts can tell.

    What a first total left open (null) counts as overlapping, broken or narrower, so
    that adding up in two steps never allows what one step refuses.
    """
    cell = identifiers(dict.fromkeys([*by, *_CELL]))
    group = f"partition by {identifiers(by)}" if by else ""
    in_cell = f"(partition by {cell} order by period_start, period_end, obs_ids)"
    return (
        "select *, "
        f"(count(*) over (partition by {cell}) > 1 and period_start is null) or "
        f"coalesce(lead(period_start) over {in_cell} <= period_end, false) "
        "as is_overlapping, "
        f"row_number() over {in_cell} > 1 and (definition is null or {_IS_BREAK} "
        f"or coalesce(lag(definition) over {in_cell} <> definition, false)) as is_break, "
        f"list(distinct offence) over ({group}) as offences "
        "from figures"
    )


def _groups_sql(by: Sequence[str], n_words: int) -> str:
    unanimous = [name for name in TYPE_COLUMNS if name != "breakdown"]
    unanimous += ["definition", "missing_reason", "conf_status"]
    columns = [
        *map(identifier, _further(by)),
        *(f"{_agreed(identifier(name))} as {identifier(name)}" for name in unanimous),
        f"case when {_differs('breakdown')} then {_agreed(_CUT)} "
        "else min(breakdown) end as breakdown",
        f"case when count(*) > 1 then {_STATUSES} else min(obs_status) end as obs_status",
        "bool_and(is_total) as is_total",
        f"case when bool_and(value is not null) then {_exact('value')} end as value",
        f"case when count(*) > 1 then {_exact('coalesce(value_low, 0)')} "
        "else any_value(value_low) end as value_low",
        "case when bool_and(value_high is not null) "
        f"then {_exact('value_high')} end as value_high",
        *(
            f"case when count(*) = 1 then any_value({name}) end as {name}"
            for name in ("numerator", "denominator")
        ),
        "sum(n_present)::bigint as n_present, sum(n_declared)::bigint as n_declared",
        "max(judgement) as worst",
        "list_sort(flatten(list(obs_ids))) as obs_ids",
        *(
            f"bit_or({name}) as {name}"
            for mask in ("sticky", "resolved")
            for name in mask_columns(mask, n_words)
        ),
        *(
            f"count(*) > 1 and coalesce({rule.holds}, false) as rule_{i}"
            for i, rule in enumerate(RULES)
        ),
    ]
    group = f"group by {identifiers(by)}" if by else "having count(*) > 0"
    return f"select {', '.join(columns)} from parts {group}"


def _further(by: Sequence[str]) -> list[str]:
    return [name for name in by if name not in TYPE_COLUMNS]


def _judged_sql() -> str:
    rules = (
        f"case when rule_{i} then {rule.judgement.value} else 0 end"
        for i, rule in enumerate(RULES)
    )
    return f"greatest(worst, {', '.join(rules)})"


def _exact(expression: str) -> str:
    """Sum without rounding, in any order; one figure alone stays as it is."""
    exact = f"sum(try_cast({expression} as decimal(38, 6)))::double"
    return f"case when count(*) > 1 then {exact} else any_value({expression}) end"


def _agreed(expression: str) -> str:
    """What the parts agree in; null where they differ."""
    return f"case when not ({_differs(expression)}) then min({expression}) end"


def _order(by: Sequence[str]) -> str:
    return identifiers(by) if by else "1"
