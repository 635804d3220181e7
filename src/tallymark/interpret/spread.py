"""The lowest, the mean and the highest of areas: three figures, never one alone."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.engine.sql import identifier, identifiers, literal
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import derived_sql
from tallymark.interpret.propagate import total
from tallymark.interpret.sums.double_counting import joined
from tallymark.model.codes import Statistic
from tallymark.model.figure import Judgement, figure_schema

_GAPS = "count(value) < count(*)"
# Where a part has no number, the lowest is at most the lowest known, and so on.
_MEASURES = {
    Statistic.MINIMUM: ("min(value)", "min(coalesce(value_low, 0))", "min(value_high)"),
    Statistic.MEAN: (
        "sum(try_cast(value as decimal(38, 6)))::double / count(*)",
        "sum(try_cast(coalesce(value_low, 0) as decimal(38, 6)))::double / count(*)",
        "case when count(value_high) = count(*) then "
        "sum(try_cast(value_high as decimal(38, 6)))::double / count(*) end",
    ),
    Statistic.MAXIMUM: (
        "max(value)",
        "max(coalesce(value_low, 0))",
        "case when count(value_high) = count(*) then max(value_high) end",
    ),
}


def spread(
    figures: pa.Table,
    by: Sequence[str],
    catalogue: Catalogue,
    left_out: pa.Table | None = None,
) -> pa.Table:
    """Return the lowest, the mean and the highest figure of each group, in this order.

    Caveats, judgement and completeness are those of the sum over the same areas, so what
    may not be added is not set side by side here either; but rates, which have no mean,
    do have a lowest and a highest.

    Raises:
        UsageError: a group holds several figures of one area.
    """
    _check_one_per_area(figures, by)
    schema = figure_schema(catalogue.order.n_words)
    connection = connect(
        {
            "figures": figures,
            "added": total(figures, by, catalogue, left_out),
            "listed": total(_as_counts(figures), by, catalogue, left_out),
        }
    )
    group = f"group by {identifiers(by)}" if by else ""
    parts = []
    for statistic, (value, low, high) in _MEASURES.items():
        summed = "added" if statistic is Statistic.MEAN else "listed"
        measured = (
            f"select {identifiers(by) + ', ' if by else ''}"
            f"case when not ({_GAPS}) then {value} end as v, {low} as l, {high} as h "
            f"from figures {group}"
        )
        refused = f"judgement = {Judgement.REFUSED.value}"
        numbers = [
            f"case when not {refused} then {name} end as {column}"
            for column, name in (
                ("value", "v"),
                ("value_low", "l"),
                ("value_high", "h"),
            )
        ]
        parts.append(
            f"select {summed}.* replace ({', '.join(numbers)}, "
            f"{literal(statistic.value)} as statistic) "
            f"from {summed} join ({measured}) m on {joined(summed, 'm', by)}"
        )
    sql = derived_sql(" union all ".join(parts), catalogue)
    order = ", ".join(
        [*map(identifier, by), "statistic = 'MAXIMUM', statistic = 'MEAN'"]
    )
    return query(connection, f"{sql} order by {order}").cast(schema)


def _as_counts(figures: pa.Table) -> pa.Table:
    """Return figures of one statistic as if they were counts, to be told apart only."""
    if len(figures["statistic"].unique()) != 1:
        return figures
    connection = connect({"figures": figures})
    counts = query(connection, "select * replace ('COUNT' as statistic) from figures")
    return counts.cast(figures.schema)


def _check_one_per_area(figures: pa.Table, by: Sequence[str]) -> None:
    key = identifiers(dict.fromkeys([*by, "ref_area"]))
    several = query(
        connect({"figures": figures}),
        f"select {key} from figures group by {key} having count(*) > 1 order by all limit 1",
    ).to_pylist()
    if several:
        raise UsageError(
            f"one group holds several figures of {several[0]['ref_area']}.",
            hint="Add them up first, or name more dimensions to group by.",
        )
