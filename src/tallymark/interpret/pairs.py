"""Operations on two figures: change, difference, ratio, share, rate, comparison.

A pair carries every caveat of both figures and those that the pair itself raises. Two
figures that may not be set against each other keep their two numbers (`numerator`,
`denominator`) and have no value. Source: docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from tallymark.engine.condition import condition_sql
from tallymark.engine.duckdb import Connection, connect, query, rows
from tallymark.engine.sql import identifier, identifiers, literal, literals
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_sql, words_sql
from tallymark.interpret.pair_facts import IS_PAIR, create_pairs
from tallymark.interpret.pair_rules import RESOLVABLE, RULES, USES
from tallymark.model.codes import Statistic
from tallymark.model.context import Reference
from tallymark.model.figure import TYPE_COLUMNS, Judgement, figure_schema, mask_columns


@dataclass(frozen=True, kw_only=True)
class _Operation:
    """What an operation computes: `scale` times above over below, or above less below.

    `taken_from` is the side whose period and stage the result keeps; null where it keeps
    what both agree in.
    """

    statistic: Statistic
    scale: int
    above: str = "a"
    below: str = "b"
    is_relative_to_below: bool = False
    taken_from: str | None = None


_OPERATIONS = {
    "change": _Operation(
        statistic=Statistic.PERCENT_CHANGE,
        scale=100,
        above="b",
        below="a",
        is_relative_to_below=True,
        taken_from="b",
    ),
    "difference": _Operation(statistic=Statistic.DIFFERENCE, scale=0),
    "ratio": _Operation(statistic=Statistic.RATIO, scale=1),
    "share": _Operation(statistic=Statistic.PERCENT, scale=100),
    "rate": _Operation(statistic=Statistic.RATE_100K, scale=100_000, taken_from="a"),
    "compare": _Operation(statistic=Statistic.RATIO, scale=1),
}

COMPARED = (
    "ref_area", "time_period", "stage", "scope", "offence", "sex", "age_group", "breakdown",
)  # fmt: skip
"""The dimensions by which figures are paired, where both sides have them in common."""

_SERIES_CELL = (
    "series_id", "ref_area", "freq", "stage", "scope", "offence", "sex", "age_group",
    "breakdown", "statistic",
)  # fmt: skip

_PERIOD = ("time_period", "period_start", "period_end", "calendar")
_NOT_NEGATIVE = ("COUNT", "RATE_100K", "PERCENT", "RATIO")
_BY_TYPE = identifiers([*TYPE_COLUMNS, "obs_ids"])
_SILENT_STATUSES = ("", "A", "H", "L", "M", "O", "Q")
"""What is normal, or only says why a figure has no number."""


def change(figures: pa.Table, catalogue: Catalogue, reference: Reference) -> pa.Table:
    """Return the percentage change from each period of a series to the next one it has.

    One row per later period, which its type names; a cell with one period gives a row
    without a value.
    """
    connection = _sides(figures, figures)
    cell = identifiers(_SERIES_CELL)
    connection.execute(
        # Where a period holds several units, they are several series; a unit that takes
        # the place of another is a change of the unit.
        "create temp table ordered as select *, lag(row_id) over w as before_id, "
        "count(*) over (partition by units, unit_of, " + cell + ") as n_periods from ("
        "select *, case when units > 1 then counting_unit end as unit_of from ("
        f"select *, max(n_units) over (partition by {cell}) as units from ("
        "select *, count(distinct counting_unit) over "
        f"(partition by {cell}, period_start, period_end) as n_units from side_a))) "
        f"window w as (partition by units, unit_of, {cell} "
        "order by period_start, period_end, obs_ids)"
    )
    pairing = (
        "select case when n_periods = 1 then row_id else before_id end as a_id, "
        "case when n_periods > 1 then row_id end as b_id from ordered "
        "where n_periods = 1 or before_id is not null"
    )
    return _result(connection, pairing, "change", catalogue, reference)


def difference(
    a: pa.Table,
    b: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    on: Sequence[str] | None = None,
) -> pa.Table:
    """Return the figures of `a` less those of `b`, one row per pair.

    Figures are paired on the dimensions `on`; if not given, on all of `COMPARED` in which
    the two tables have a value in common. A figure without a partner is a row without a
    value.

    Raises:
        UsageError: a figure has several partners.
    """
    return _joined("difference", (a, b), catalogue, reference, on)


def difference_by_row(
    a: pa.Table, b: pa.Table, catalogue: Catalogue, reference: Reference
) -> pa.Table:
    """Return the figures of `a` less those of `b`, the first less the first, in order."""
    pairing = "select row_id as a_id, row_id as b_id from side_a"
    return _result(
        _sides(a, b), pairing, "difference", catalogue, reference, order="a_row"
    )


def ratio(
    a: pa.Table,
    b: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    on: Sequence[str] | None = None,
) -> pa.Table:
    """Return the figures of `a` over those of `b`, paired as in `difference`."""
    return _joined("ratio", (a, b), catalogue, reference, on)


def share(
    a: pa.Table,
    b: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    on: Sequence[str] | None = None,
) -> pa.Table:
    """Return the figures of `a` in percent of `b`, of which they must be a part.

    Paired as in `difference`. A later stage is a part of an earlier one only where
    evidence links the cases (`attrition-unlinked` is resolved on both).
    """
    return _joined("share", (a, b), catalogue, reference, on)


def compare(
    a: pa.Table,
    b: pa.Table,
    catalogue: Catalogue,
    reference: Reference,
    on: Sequence[str] | None = None,
) -> pa.Table:
    """Return the figures of `a` over those of `b` as a comparison, paired alike."""
    return _joined("compare", (a, b), catalogue, reference, on)


def rate(
    figures: pa.Table, population: pa.Table, catalogue: Catalogue, reference: Reference
) -> pa.Table:
    """Return the figures per 100,000 of the population of their area and year.

    `population` is a figure table of persons. The nearest year of the area is taken, and
    judged; a figure of an area that it does not hold is not calculated.
    """
    connection = _sides(figures, population)
    keys = "ref_area, period_start, period_end"
    connection.execute(
        "create temp table nearest as select k.*, "
        "arg_min(p.row_id, (p.ref_area is distinct from k.ref_area, "
        "abs((p.period_start - k.period_start) + (p.period_end - k.period_end)), "
        "p.ref_area, p.period_start)) as b_id "
        f"from (select distinct {keys} from side_a) k, side_b p group by all"
    )
    matches = " and ".join(
        f"s.{name} is not distinct from n.{name}" for name in keys.split(", ")
    )
    pairing = (
        f"select row_id as a_id, b_id from side_a s left join nearest n on {matches}"
    )
    return _result(connection, pairing, "rate", catalogue, reference)


def _sides(a: pa.Table, b: pa.Table) -> Connection:
    connection = connect({"given_a": a, "given_b": b})
    for side in ("a", "b"):
        connection.execute(
            f"create temp table side_{side} as "
            f"select *, row_number() over () as row_id from given_{side}"
        )
    return connection


def _joined(
    operation: str,
    sides: tuple[pa.Table, pa.Table],
    catalogue: Catalogue,
    reference: Reference,
    on: Sequence[str] | None,
) -> pa.Table:
    connection = _sides(*sides)
    names = _in_common(connection) if on is None else tuple(on)
    matches = " and ".join(
        f"a.{identifier(name)} is not distinct from b.{identifier(name)}"
        for name in names
    )
    connection.execute(
        "create temp table paired as select a.row_id as a_id, b.row_id as b_id "
        f"from side_a a full join side_b b on {matches or 'true'}"
    )
    _check_single(connection, names)
    return _result(connection, "from paired", operation, catalogue, reference)


def _in_common(connection: Connection) -> tuple[str, ...]:
    """Return the dimensions of which both sides hold one value at least; null is one."""
    found = rows(
        connection,
        "select "
        + ", ".join(
            "exists (select 1 from "
            f"(select distinct {name} as v from side_a) a, "
            f"(select distinct {name} as v from side_b) b "
            "where a.v is not distinct from b.v)"
            for name in COMPARED
        ),
    )
    return tuple(
        n for n, is_shared in zip(COMPARED, found[0], strict=True) if is_shared
    )


def _check_single(connection: Connection, names: Iterable[str]) -> None:
    ((n_double,),) = rows(
        connection,
        "select count(*) from (select 1 from paired where a_id is not null "
        "and b_id is not null group by a_id having count(*) > 1 union all "
        "select 1 from paired where a_id is not null and b_id is not null "
        "group by b_id having count(*) > 1)",
    )
    if n_double:
        raise UsageError(
            "a figure has several partners, so the pairs are not clear "
            f"(paired on {', '.join(names) or 'nothing'}).",
            hint="Choose the figures with `where`, or name the dimensions with `on`.",
        )


def _result(
    connection: Connection,
    pairing: str,
    operation: str,
    catalogue: Catalogue,
    reference: Reference,
    *,
    order: str = _BY_TYPE,
) -> pa.Table:
    create_pairs(connection, pairing, operation, reference)
    sql = derived_sql(_result_sql(operation, catalogue), catalogue)
    found = query(connection, f"{sql} order by {order}")
    return found.cast(figure_schema(catalogue.order.n_words))


def _result_sql(operation: str, catalogue: Catalogue) -> str:
    n_words = catalogue.order.n_words
    sticky = mask_columns("sticky", n_words)
    done = _OPERATIONS[operation]
    columns = [
        '"a.row_id" as a_row',
        *(f"{_type(name, done)} as {identifier(name)}" for name in TYPE_COLUMNS),
        f"{_type('definition', done)} as definition",
        *_numbers(done),
        f"{_missing_reason()} as missing_reason",
        f"{_statuses()} as obs_status, {_confidentiality()} as conf_status",
        'coalesce("a.is_total", true) and coalesce("b.is_total", true) as is_total',
        'coalesce("a.n_present", 0) + coalesce("b.n_present", 0) as n_present',
        'coalesce("a.n_declared", 1) + coalesce("b.n_declared", 1) as n_declared',
        "judged::integer as judgement",
        'list_sort(list_distinct(coalesce("a.obs_ids", []) || '
        'coalesce("b.obs_ids", []))) as obs_ids',
        *(f"carried_{i} as {name}" for i, name in enumerate(sticky)),
        *(f"{_either(name)} as {name}" for name in mask_columns("resolved", n_words)),
        *(f"0::bigint as {name}" for name in mask_columns("derived", n_words)),
    ]
    return (
        f"with raised as ({_raised_sql(operation, catalogue)}), "
        f"carried as ({_carried_sql(n_words)}), "
        f"judged as (select *, {_judgement(operation, catalogue)} as judged from carried)"
        f" select {', '.join(columns)} from judged"
    )


def _raised_sql(operation: str, catalogue: Catalogue) -> str:
    """The pairs with a mask for each way in which a caveat is raised.

    `flagged` and `refused` by a rule, `doubted` by a rule that evidence lifts, `found`
    by a condition of the catalogue.
    """
    holding: dict[str, dict[str, str]] = {"flagged": {}, "refused": {}, "doubted": {}}
    for rule in RULES:
        if operation not in rule.operations:
            continue
        holds = f"({IS_PAIR} and coalesce({rule.holds}, false))"
        if rule.caveat == "part-missing":
            holds = f"(not {IS_PAIR} or {rule.holds})"
        kind = "flagged"
        if rule.judgement is Judgement.REFUSED:
            kind = "doubted" if rule.caveat in RESOLVABLE else "refused"
        before = holding[kind].get(rule.caveat)
        holding[kind][rule.caveat] = f"{before} or {holds}" if before else holds
    holding["found"] = {
        slug: f"({IS_PAIR} and {condition_sql(condition)})"
        for slug, caveat in catalogue.caveats.items()
        if (condition := caveat.condition("pair")) is not None
    }
    words = [
        f"{word} as {kind}_{i}"
        for kind, holds in holding.items()
        for i, word in enumerate(words_sql(holds, catalogue.order))
    ]
    return f"select *, {', '.join(words)} from pairs"


def _carried_sql(n_words: int) -> str:
    """What both carry, the derived caveats too: both numbers are part of the result.

    What evidence has resolved on both figures is not raised again, and what a rule only
    flags does not limit the operation that raises it.
    """
    columns = []
    for i in range(n_words):
        kept = f"({_either(f'sticky_{i}')} | {_either(f'derived_{i}')})"
        proven = f"""~(coalesce("a.resolved_{i}", 0) & coalesce("b.resolved_{i}", 0))"""
        raised = f"refused_{i} | ((flagged_{i} | doubted_{i} | found_{i}) & {proven})"
        columns += [
            f"{kept} | {raised} as carried_{i}",
            f"{kept} | (found_{i} & {proven} & ~flagged_{i}) as limiting_{i}",
            f"refused_{i} | (doubted_{i} & {proven}) as refusing_{i}",
            f"flagged_{i} & {proven} as flagging_{i}",
        ]
    return f"select *, {', '.join(columns)} from raised"


def _judgement(operation: str, catalogue: Catalogue) -> str:
    """The worst of both figures, of the rules, and of the caveats that limit the use."""
    order = catalogue.order
    refusing = [f"refusing_{i} <> 0" for i in range(order.n_words)]
    flagging = [f"flagging_{i} <> 0" for i in range(order.n_words)]
    for use, operations, where in USES:
        if operation not in operations:
            continue
        for is_critical, held in ((True, refusing), (False, flagging)):
            words = order.words(catalogue.limiting(use, critical=is_critical))
            held += [
                f"({where}) and (limiting_{i} & {word}) <> 0"
                for i, word in enumerate(words)
            ]
    return (
        'greatest(coalesce("a.judgement", 0), coalesce("b.judgement", 0), '
        f"case when {' or '.join(refusing)} then {Judgement.REFUSED.value} "
        f"when {' or '.join(flagging)} then {Judgement.FLAG.value} else 0 end)"
    )


def _numbers(done: _Operation) -> list[str]:
    """Value and bounds, null where refused; and the two numbers, which are never hidden.

    Wider operands give wider bounds; division by what may be zero leaves them open.
    """
    above, below = done.above, done.below
    low, high = _bound(above, "low"), _bound(above, "high")
    least, most = _bound(below, "low"), _bound(below, "high")
    if not done.scale:
        value = f'"{above}.value" - "{below}.value"'
        lowest, highest = f"{low} - {most}", f"{high} - {least}"
    else:
        value = _quotient(done, f'"{above}.value"', f'"{below}.value"')
        nothing = "-100" if done.is_relative_to_below else "0"
        # Counts are not negative, so a quotient whose divisor is open tends to nothing.
        lowest = f"coalesce({_quotient(done, low, most)}, {nothing})"
        highest = f"case when {least} > 0 then {_quotient(done, high, least)} end"
    known = f"judged < {Judgement.REFUSED.value} and {IS_PAIR}"
    informed = " and ".join(
        f"""not ("{side}.value" is null and coalesce("{side}.value_low", 0) = 0 """
        f'and "{side}.value_high" is null)'
        for side in "ab"
    )
    numbers = [
        f"case when {known} then {value} end as value",
        f"case when {known} and {informed} then {lowest} end as value_low",
        f"case when {known} and {informed} then {highest} end as value_high",
    ]
    if not done.scale:
        return [*numbers, "null::double as numerator, null::double as denominator"]
    return [
        *numbers,
        f'"{above}.value" as numerator, "{below}.value" as denominator',
    ]


def _bound(side: str, end: str) -> str:
    """A bound of one side; a count that nobody bounded below is at least zero."""
    if end == "high":
        return f'"{side}.value_high"'
    return (
        f"""coalesce("{side}.value_low", case when "{side}.statistic" in """
        f"""{literals(_NOT_NEGATIVE)} then 0 end)"""
    )


def _quotient(done: _Operation, above: str, below: str) -> str:
    if done.is_relative_to_below:
        return f"({above} - {below}) * {done.scale} / nullif({below}, 0)"
    return f"{above} * {done.scale} / nullif({below}, 0)"


def _type(name: str, done: _Operation) -> str:
    """A column of the result's type; what both agree in, or what the operation keeps."""
    if name == "statistic":
        return literal(done.statistic.value)
    if done.taken_from and (done.taken_from == "a" or name in _PERIOD):
        other = "b" if done.taken_from == "a" else "a"
        kept, spare = f'"{done.taken_from}.{name}"', f'"{other}.{name}"'
        return (
            f'case when "{done.taken_from}.row_id" is null then {spare} else {kept} end'
        )
    return _alone_or(name)


def _alone_or(name: str) -> str:
    """What both agree in; of a figure without a partner, its own."""
    return (
        f'case when "b.row_id" is null then "a.{name}" '
        f'when "a.row_id" is null or "a.{name}" = "b.{name}" then "b.{name}" end'
    )


def _missing_reason() -> str:
    """Why there is no number, where one of the two has none or both give one reason."""
    a, b = '"a.missing_reason"', '"b.missing_reason"'
    return (
        f"case when {a} is null or {b} is null or {a} = {b} then coalesce({a}, {b}) end"
    )


def _confidentiality() -> str:
    """The code of the figure that is not free; of two such codes, one."""
    a, b = (f"nullif(\"{side}.conf_status\", 'F')" for side in "ab")
    return f'coalesce(least({a}, {b}), {a}, {b}, "a.conf_status", "b.conf_status")'


def _statuses() -> str:
    """The statuses of both that tell of the number, as of a sum."""
    both = " || ' ' || ".join(f"""coalesce("{s}.obs_status", '')""" for s in "ab")
    return (
        "nullif(array_to_string(list_sort(list_filter(list_distinct("
        f"string_split({both}, ' ')), lambda s: s not in "
        f"{literals(_SILENT_STATUSES)})), ' '), '')"
    )


def _either(name: str) -> str:
    return f'(coalesce("a.{name}", 0) | coalesce("b.{name}", 0))'
