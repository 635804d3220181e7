"""Masks in SQL and in Python: bits set from conditions, and read back as slugs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallymark.engine.condition import condition_sql
from tallymark.engine.sql import identifiers
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.model.columns import arrow_column, arrow_table, whole_column
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
_SPACE = arrow_column([" "], pa.string())[0]  # `pa.scalar` imports pandas


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


def derived_words(catalogue: Catalogue) -> list[str]:
    """Return one SQL expression per word of the derived mask.

    They ask for the columns of a figure and `n_observations`.
    """
    conditions = {
        slug: condition_sql(caveat.applies_when)
        for slug, caveat in catalogue.caveats.items()
        if caveat.phase == "result" and caveat.applies_when is not None
    }
    return words_sql(conditions, catalogue.order)


def derived_sql(figures_sql: str, catalogue: Catalogue) -> str:
    """Return SQL for the figures of a statement, the derived mask found from them."""
    order = catalogue.order
    names = mask_columns("derived", order.n_words)
    replaced = ", ".join(
        f"{word} as {name}"
        for word, name in zip(derived_words(catalogue), names, strict=True)
    )
    return (
        f"select {identifiers(figure_schema(order.n_words).names)} from "
        f"(select * replace ({replaced}) from "
        f"(select *, len(obs_ids) as n_observations from ({figures_sql})))"
    )


def figures_of(table: pa.Table, catalogue: Catalogue) -> list[Figure]:
    """Return the rows of a figure table as `Figure` objects, in order."""
    names = [mask_columns(mask, catalogue.order.n_words) for mask in MASKS]
    slugs = cache(catalogue.order.slugs_in)
    in_order = cache(catalogue.heaviest_first)

    def figure(row: Mapping[str, Any]) -> Figure:
        sticky, resolved, derived = (
            slugs(tuple([row[word] for word in words])) for words in names
        )
        found = tuple([slug for slug in derived if slug not in sticky])
        return _figure(row, in_order((*sticky, *found)), found, resolved)

    return [figure(row) for row in table.to_pylist()]


def _figure(
    row: Mapping[str, Any],
    caveats: tuple[str, ...],
    derived: tuple[str, ...],
    resolved: tuple[str, ...],
) -> Figure:
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
        caveats=caveats,
        derived=derived,
        resolved=resolved,
        judgement=Judgement(row["judgement"]),
        n_present=row["n_present"],
        n_declared=row["n_declared"],
        obs_ids=tuple(sorted(row["obs_ids"])),
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
    sticky = [slug for slug in figure.caveats if slug not in figure.derived]
    row = {**vars(figure), **figure.type, "judgement": figure.judgement.value}
    row |= {"value_low": figure.low, "value_high": figure.high}
    for mask, slugs in zip(
        MASKS, (sticky, figure.resolved, figure.derived), strict=True
    ):
        words = catalogue.order.words(slugs)
        row |= dict(zip(mask_columns(mask, len(words)), words, strict=True))
    return row


def caveat_texts(table: pa.Table, catalogue: Catalogue) -> pa.Array:
    """Return for each row the slugs of its caveats, heaviest first, joined by a space."""
    n_words = catalogue.order.n_words
    both = zip(*(mask_columns(m, n_words) for m in ("sticky", "derived")), strict=True)
    words, which = _distinct([pc.bit_wise_or(table[a], table[b]) for a, b in both])
    slugs = (catalogue.order.slugs_in(word) for word in words)
    texts = [" ".join(catalogue.heaviest_first(several)) for several in slugs]
    return arrow_column(texts, pa.string()).take(which)


def with_slugs(table: pa.Table, order: BitOrder) -> pa.Table:
    """Return a figure table whose masks are lists of slugs, fit to leave the run."""
    for mask in MASKS:
        names = list(mask_columns(mask, order.n_words))
        words, which = _distinct([table[name] for name in names])
        slugs = [order.slugs_in(word) for word in words]
        lists = arrow_column(slugs, pa.list_(pa.string())).take(which)
        table = table.drop_columns(names).append_column(mask, lists)
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
        joined = pc.binary_join(whole_column(table[mask]), _SPACE).dictionary_encode()
        words = [order.words(text.split()) for text in joined.dictionary.to_pylist()]
        table = table.drop_columns([mask])
        for i, name in enumerate(mask_columns(mask, order.n_words)):
            column = arrow_column([word[i] for word in words], pa.int64())
            table = table.append_column(name, column.take(joined.indices))
    schema = figure_schema(order.n_words)
    return table.select(schema.names).cast(schema)


def recoded(table: pa.Table, old: BitOrder, new: BitOrder) -> pa.Table:
    """Return a figure table whose masks are in another catalogue's order."""
    return table if old == new else with_words(with_slugs(table, old), new)


def _distinct(columns: Sequence[Any]) -> tuple[list[tuple[int, ...]], pa.Array]:
    """Return the distinct rows of integer columns, and which of them each row is."""
    encoded = [whole_column(column).dictionary_encode() for column in columns]
    sizes = [len(column.dictionary) for column in encoded]
    numbers = encoded[0].indices.cast(pa.int64())
    for column, size in zip(encoded[1:], sizes[1:], strict=True):
        below = pc.multiply(numbers, arrow_column([size], pa.int64())[0])
        numbers = pc.add(below, column.indices.cast(pa.int64()))
    distinct = numbers.dictionary_encode()
    known = [column.dictionary.to_pylist() for column in encoded]
    rows = []
    for number in distinct.dictionary.to_pylist():
        row = []
        for values, size in zip(reversed(known), reversed(sizes), strict=True):
            number, position = divmod(number, size)
            row.append(values[position])
        rows.append(tuple(reversed(row)))
    return rows, distinct.indices
