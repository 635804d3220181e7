"""Masks in SQL and in Python: bits set from conditions, and read back as slugs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tallymark.engine.condition import condition_sql
from tallymark.engine.sql import identifiers
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.model.columns import arrow_column, arrow_table
from tallymark.model.figure import (
    MASKS,
    TYPE_COLUMNS,
    WORD_BITS,
    BitOrder,
    Figure,
    Judgement,
    figure_schema,
    mask_columns,
)

_TYPE = (*TYPE_COLUMNS, "definition", "is_total")


def words_sql(conditions: Mapping[str, str], order: BitOrder) -> list[str]:
    """Return one SQL expression per word: the bits of the slugs whose condition holds."""
    terms: list[list[str]] = [[] for _ in range(order.n_words)]
    for bit, slug in enumerate(order.slugs):
        if slug in conditions:
            word, shift = divmod(bit, WORD_BITS)
            terms[word].append(
                f"case when {conditions[slug]} then {1 << shift}::bigint else 0 end"
            )
    return [" | ".join(f"({t})" for t in word) or "0::bigint" for word in terms]


def derived_sql(figures_sql: str, catalogue: Catalogue) -> str:
    """Return SQL for the figures of a statement, the derived mask found from them."""
    order = catalogue.order
    conditions = {
        slug: condition_sql(caveat.applies_when)
        for slug, caveat in catalogue.caveats.items()
        if caveat.phase == "result" and caveat.applies_when is not None
    }
    words = words_sql(conditions, order)
    names = mask_columns("derived", order.n_words)
    replaced = ", ".join(
        f"{word} as {name}" for word, name in zip(words, names, strict=True)
    )
    return (
        f"select {identifiers(figure_schema(order.n_words).names)} from "
        f"(select * replace ({replaced}) from "
        f"(select *, len(obs_ids) as n_observations from ({figures_sql})))"
    )


def figures_of(table: pa.Table, catalogue: Catalogue) -> list[Figure]:
    """Return the rows of a figure table as `Figure` objects, in order."""
    return [_figure(row, catalogue) for row in table.to_pylist()]


def _figure(row: Mapping[str, Any], catalogue: Catalogue) -> Figure:
    order = catalogue.order
    sticky, resolved, derived = (
        order.slugs_in([row[name] for name in mask_columns(mask, order.n_words)])
        for mask in MASKS
    )
    return Figure(
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        missing_reason=row["missing_reason"],
        obs_status=row["obs_status"],
        conf_status=row["conf_status"],
        type={name: row[name] for name in _TYPE},
        caveats=catalogue.heaviest_first({*sticky, *derived}),
        resolved=resolved,
        judgement=Judgement(row["judgement"]),
        n_present=row["n_present"],
        n_declared=row["n_declared"],
        obs_ids=tuple(row["obs_ids"]),
    )


def figure_rows(figures: Sequence[Figure | None], catalogue: Catalogue) -> pa.Table:
    """Return the figure table of which `figures_of` gave these; None is a row of nulls.

    Raises:
        KeyError: a slug is not in the catalogue; a caveat is never dropped.
    """
    schema = figure_schema(catalogue.order.n_words)
    held = [{} if figure is None else _row(figure, catalogue) for figure in figures]
    columns = {name: [row.get(name) for row in held] for name in schema.names}
    return arrow_table(columns, schema)


def _row(figure: Figure, catalogue: Catalogue) -> dict[str, Any]:
    kinds = {slug: catalogue.caveats[slug].kind for slug in figure.caveats}
    masks: dict[str, Sequence[str]] = {
        kind: [slug for slug in figure.caveats if kinds[slug] == kind]
        for kind in ("sticky", "derived")
    }
    row = {**vars(figure), **figure.type, "judgement": figure.judgement.value}
    row |= {"value_low": figure.low, "value_high": figure.high}
    for mask, slugs in {**masks, "resolved": figure.resolved}.items():
        words = catalogue.order.words(slugs)
        row |= dict(zip(mask_columns(mask, len(words)), words, strict=True))
    return row


def with_slugs(table: pa.Table, order: BitOrder) -> pa.Table:
    """Return a figure table whose masks are lists of slugs, fit to leave the run."""
    for mask in MASKS:
        names = mask_columns(mask, order.n_words)
        words = zip(*(table[name].to_pylist() for name in names), strict=True)
        slugs = _decoded(words, order)
        table = table.drop_columns(list(names)).append_column(
            mask, arrow_column(slugs, pa.list_(pa.string()))
        )
    return table


def with_words(table: pa.Table, order: BitOrder) -> pa.Table:
    """Return a figure table whose lists of slugs are masks again, in this run's order.

    Raises:
        UsageError: a list is missing; no caveats is an empty list, never nothing.
        KeyError: a slug is not in the catalogue; a caveat is never dropped.
    """
    for mask in MASKS:
        if mask not in table.column_names or table[mask].null_count:
            raise UsageError(
                f"figures without their list of {mask!r} caveats are not read.",
                hint="Save what `to_arrow` gave, all columns and rows of it.",
            )
        words = [order.words(slugs) for slugs in table[mask].to_pylist()]
        table = table.drop_columns([mask])
        for i, name in enumerate(mask_columns(mask, order.n_words)):
            column = arrow_column([word[i] for word in words], pa.int64())
            table = table.append_column(name, column)
    schema = figure_schema(order.n_words)
    return table.select(schema.names).cast(schema)


def recoded(table: pa.Table, old: BitOrder, new: BitOrder) -> pa.Table:
    """Return a figure table whose masks are in another catalogue's order."""
    return table if old == new else with_words(with_slugs(table, old), new)


def _decoded(
    words: Iterable[tuple[int, ...]], order: BitOrder
) -> list[tuple[str, ...]]:
    known: dict[tuple[int, ...], tuple[str, ...]] = {}
    return [known.setdefault(w, order.slugs_in(w)) for w in words]
