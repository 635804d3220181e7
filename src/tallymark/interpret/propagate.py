"""Adding figures up: what carries over, what is new, and what must not be added.

Every caveat of a part is a caveat of the total. Missing is never zero: a total with
a gap has a lower bound and no value. The rules are data (`sum_rules`); figures of one
kind are put together first, and the rules asked of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallymark.engine.duckdb import Connection, connect, query, register
from tallymark.engine.sql import identifier, identifiers, literals
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_words, words_sql
from tallymark.interpret.sums.double_counting import (
    joined,
    mark_groups,
    repeated_observations,
)
from tallymark.interpret.sums.kinds import ROW, gather_kinds
from tallymark.interpret.sums.left_out import create_left_out
from tallymark.interpret.sums.numbering import numbers_in
from tallymark.interpret.sums.rules import OPEN_PART, RULES, differs
from tallymark.model.codes import Use
from tallymark.model.columns import arrow_column
from tallymark.model.figure import (
    TYPE_COLUMNS,
    Judgement,
    figure_schema,
    mask_columns,
)

_TYPE = (*TYPE_COLUMNS, "definition", "missing_reason", "conf_status")
_NUMBERS = ("value", "value_low", "value_high", "numerator", "denominator")
_REFUSED = f"judged = {Judgement.REFUSED.value}"
# What is normal, or only says why a part has no number, is no status of the total.
_STATUSES = (
    "nullif(array_to_string(list_sort(list_filter(list_distinct(flatten("
    "list(string_split(coalesce(obs_status, ''), ' ')))), "
    f"lambda s: s not in {literals(['', 'A', 'H', 'L', 'M', 'O', 'Q'])})), ' '), '')"
)


def total(
    figures: pa.Table,
    by: Sequence[str],
    catalogue: Catalogue,
    left_out: pa.Table | None = None,
) -> pa.Table:
    """Return the sum of the figures of each group, one row per group, in order.

    `by` names type columns; none gives one total. It may name a further column of
    `figures`, which groups them and is not in the result. A refused total has no value
    and no bounds. The sum of one figure is that figure.

    Of the figures `left_out` before, those that a total seems to hold by its type count
    among its declared parts.
    """
    schema = figure_schema(catalogue.order.n_words)
    if not figures.num_rows:
        return figures.select(schema.names).cast(schema)
    connection = connect({"given": figures})
    with ThreadPoolExecutor(1) as pool:
        obs_ids = figures["obs_ids"]
        looking = pool.submit(repeated_observations, connection.cursor(), obs_ids)
        joining = pool.submit(obs_ids.combine_chunks)
        constants = gather_kinds(connection, figures, by, catalogue)
        mark_groups(connection, by, looking.result())
    create_left_out(connection, by, left_out)
    sql = _groups_sql(by, catalogue, has_offences="offence" not in constants)
    for name in (*constants, *by):  # one value stands throughout, or in each group
        sql = sql.replace(differs(name), "false")
    groups = query(connection, f"{sql} order by {_order(by)}")
    observations = _observations(connection, by, groups, joining.result())
    lengths = pc.list_value_length(observations)
    register(connection, "summed", groups.append_column("n_observations", lengths))
    summed = query(connection, _figures_sql(catalogue))
    found = summed.append_column("obs_ids", observations)
    return found.select(schema.names).cast(schema)


def _figures_sql(catalogue: Catalogue) -> str:
    """Say what a group comes to: judged, its new caveats set, refused ones emptied."""
    n_words = catalogue.order.n_words
    held = {rule.caveat: f"rule_{i}" for i, rule in enumerate(RULES)}
    raised = words_sql(held, catalogue.order)
    sticky = mask_columns("sticky", n_words)
    carried = [f"{n} | {word}" for n, word in zip(sticky, raised, strict=True)]
    columns = [
        *map(identifier, _TYPE),
        *(f"case when not ({_REFUSED}) then {n} end as {n}" for n in _NUMBERS),
        "obs_status, is_total, n_present, n_declared + n_left_out as n_declared",
        "judged::integer as judgement, n_observations",
        *(f"{sql} as {name}" for name, sql in zip(sticky, carried, strict=True)),
        # A caveat that one part still carries is not resolved for the total.
        *(
            f"{name} & ~({sql}) as {name}"
            for name, sql in zip(
                mask_columns("resolved", n_words), carried, strict=True
            )
        ),
    ]
    derived = zip(
        mask_columns("derived", n_words), derived_words(catalogue), strict=True
    )
    return (
        f"select *, {', '.join(f'{sql} as {name}' for name, sql in derived)} from ("
        f"select {', '.join(columns)} from "
        f"(select *, {_judged_sql(catalogue)} as judged from summed))"
    )


def _groups_sql(by: Sequence[str], catalogue: Catalogue, *, has_offences: bool) -> str:
    several = "sum(n_figures) > 1"
    unanimous = [name for name in _TYPE if name != "breakdown"]
    partition = ", ".join(f"kinds.{identifier(n)}" for n in by)
    offences = "list(distinct kinds.offence) over " + (
        f"(partition by {partition})" if by else "()"
    )
    columns = [
        *(identifier(name) for name in by if name not in TYPE_COLUMNS),
        *(f"{_agreed(name)} as {identifier(name)}" for name in unanimous),
        "case when min(breakdown) is distinct from max(last_breakdown) or "
        f"{differs('breakdown')} then {_agreed('breakdown_cut')} "
        "else min(breakdown) end as breakdown",
        f"case when {several} then {_STATUSES} else min(obs_status) end as obs_status",
        "bool_and(is_total) as is_total",
        *_bounds_sql(several),
        *(
            f"case when not ({several}) then any_value({name}) end as {name}"
            for name in ("numerator", "denominator")
        ),
        "sum(n_present)::bigint as n_present, sum(n_declared)::bigint as n_declared",
        "max(judgement) as worst, max(n_left_out)::bigint as n_left_out",
        f"{several} as is_sum, min(first_row) as first_row, max(last_row) as last_row",
        *(
            f"bit_or({name}) as {name}"
            for mask in ("sticky", "resolved")
            for name in mask_columns(mask, catalogue.order.n_words)
        ),
        *(
            f"{several} and coalesce({rule.holds}, false) as rule_{i}"
            for i, rule in enumerate(RULES)
        ),
    ]
    group = f"group by {identifiers(by)}" if by else ""
    return (
        f"select {', '.join(columns)} from (select kinds.*, "
        "coalesce(is_overlapping, false) as is_overlapping, "
        "coalesce(is_break, false) as is_break, "
        "coalesce(is_repeated, false) as is_repeated, "
        "coalesce(n_left_out, 0) as n_left_out, "
        f"{offences if has_offences else '[]::varchar[]'} as offences from kinds "
        f"left join (select *, true as _ from marked) marked "
        f"on {joined('kinds', 'marked', by)} "
        f"left join left_out on {joined('kinds', 'left_out', by)}) {group}"
    )


def _bounds_sql(several: str) -> list[str]:
    """The value and between what it must lie; open above where a part is open."""
    return [
        f"case when not ({several}) then any_value(value) "
        f"when sum(n_values) = sum(n_figures) and not {OPEN_PART} "
        "then sum(sum_value)::double end as value",
        f"case when {several} then sum(sum_low)::double "
        "else any_value(value_low) end as value_low",
        f"case when not ({several}) then any_value(value_high) "
        f"when sum(n_highs) = sum(n_figures) and not {OPEN_PART} "
        "then sum(sum_high)::double end as value_high",
    ]


def _judged_sql(catalogue: Catalogue) -> str:
    judged = [(rule.judgement, f"rule_{i}") for i, rule in enumerate(RULES)]
    for judgement, critical in ((Judgement.REFUSED, True), (Judgement.FLAG, False)):
        limiting = catalogue.limiting(Use.TOTAL, critical=critical)
        if limiting:
            words = enumerate(catalogue.order.words(limiting))
            tests = " or ".join(
                f"sticky_{i} & {word}::bigint <> 0" for i, word in words
            )
            judged.append((judgement, f"is_sum and ({tests})"))
    cases = (f"case when {sql} then {j.value} else 0 end" for j, sql in judged)
    return f"greatest(worst, {', '.join(cases)})"


def _agreed(expression: str) -> str:
    """What the parts agree in; null where they differ."""
    return f"case when not ({differs(expression)}) then min({expression}) end"


def _order(by: Sequence[str]) -> str:
    return identifiers(by) if by else "1"


def _observations(
    connection: Connection, by: Sequence[str], groups: pa.Table, observed: pa.ListArray
) -> pa.ListArray:
    """Return the observations of each group, in the order of its figures."""
    if len(groups) == 1 or _is_in_order(groups):
        starts = pa.concat_arrays(
            [groups["first_row"].combine_chunks(), arrow_column([len(observed)], ROW)]
        )
        return pa.ListArray.from_arrays(
            observed.offsets.take(starts), observed.flatten()
        )
    group = f"group by {identifiers(by)}" if by else ""
    members = query(
        connection,
        f"select list_sort(list(row)) as rows from figures {group} order by {_order(by)}",
    )["rows"].combine_chunks()
    taken = observed.take(members.flatten())
    offsets = taken.offsets.take(members.offsets)
    return pa.ListArray.from_arrays(offsets, taken.flatten())


def _is_in_order(groups: pa.Table) -> bool:
    """Say whether the figures of each group stand together, group after group."""
    first, last = (
        np.concatenate(numbers_in(groups[name])) for name in ("first_row", "last_row")
    )
    return bool(first[0] == 0 and np.array_equal(first[1:], last[:-1] + 1))
