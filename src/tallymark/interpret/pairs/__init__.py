"""Operations on two figures: change, difference, ratio, share, rate, comparison.

A pair carries every caveat of both figures and those that the pair itself raises. Two
figures that may not be set against each other keep their two numbers (`numerator`,
`denominator`) and have no value. Source: docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from tallymark.engine.duckdb import Connection, connect, query, rows
from tallymark.engine.sql import identifier, identifiers
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_sql
from tallymark.interpret.pairs.facts import create_pairs
from tallymark.interpret.pairs.results import result_sql
from tallymark.model.context import Reference
from tallymark.model.figure import TYPE_COLUMNS, figure_schema

COMPARED = (
    "ref_area", "time_period", "stage", "scope", "offence", "sex", "age_group", "breakdown",
)  # fmt: skip
"""The dimensions by which figures are paired, where both sides have them in common."""

_BY_TYPE = identifiers([*TYPE_COLUMNS, "obs_ids"])

_SERIES_CELL = (
    "series_id", "ref_area", "freq", "stage", "scope", "offence", "sex", "age_group",
    "breakdown", "statistic",
)  # fmt: skip


def change(figures: pa.Table, catalogue: Catalogue, reference: Reference) -> pa.Table:
    """Return the percentage change from each period of a series to the next one it has.

    One row per later period, which its type names; a cell with one period gives a row
    without a value.
    """
    connection = create_sides(figures, figures)
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
        create_sides(a, b), pairing, "difference", catalogue, reference, order="a_row"
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
    connection = create_sides(figures, population)
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


def create_sides(a: pa.Table, b: pa.Table) -> Connection:
    """Open an engine with the figures of both as `side_a` and `side_b`, with `row_id`."""
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
    connection = create_sides(*sides)
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
    sql = derived_sql(result_sql(operation, catalogue), catalogue)
    found = query(connection, f"{sql} order by {order}")
    return found.cast(figure_schema(catalogue.order.n_words))
