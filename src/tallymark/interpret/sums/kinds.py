"""Figures of one kind put together: the few rows on which the rules of sums are asked.

Hides which columns hold one value throughout (they are not looked at again), and that one
number stands for all the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallymark.engine.duckdb import Connection, query, register
from tallymark.engine.sql import identifier, literal
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.sums.numbering import (
    Numbering,
    column_of,
    encode,
    number_rows,
    repeated,
)
from tallymark.interpret.sums.rules import PARTLY_COVERED
from tallymark.model.figure import TYPE_COLUMNS, WORD_BITS, mask_columns

_KIND = (
    *TYPE_COLUMNS, "definition", "missing_reason", "obs_status", "conf_status", "is_total",
)  # fmt: skip
CELL = ("ref_area", "sex", "age_group", "breakdown", "offence", "is_total")
"""With a period: what two figures of one total must not share."""
_PERIOD = ("period_start", "period_end")
_SQL_TYPES = {pa.string(): "varchar", pa.date32(): "date", pa.bool_(): "boolean"}
ROW = pa.int32()
"""The numbers of figures in their table."""
_LARGEST = 2**53
"""A float64 of this size or more may stand for another whole number, too."""


def gather_kinds(
    connection: Connection, figures: pa.Table, by: Sequence[str], catalogue: Catalogue
) -> list[str]:
    """Put figures of one kind together, by columns `by` and all that rules ask for.

    The connection then holds the `figures`, numbered by `row`, and the sums of each kind
    (`kinds`). The names of columns that hold one value throughout are returned. A kind has figures `told_twice` if two of them are
    of one cell and period.
    """
    others = [name for name in _KIND if name not in by]
    constants = [name for name in others if _is_constant(figures[name])]
    varied = [name for name in others if name not in constants]
    numbered, breakdowns = _numbered(figures, by, varied)
    register(connection, "figures", numbered)
    summed = query(connection, _sums_sql(numbered, catalogue))
    held = [*by, *(n for n in varied if breakdowns is None or n != "breakdown")]
    heads = figures.select(held).take(summed["first_row"])
    columns = dict(zip(held, heads.columns, strict=True))
    last = "breakdown"
    if breakdowns is not None:
        # Of several breakdowns of one kind, two that differ tell that they do.
        both = [breakdowns.take(summed[name]) for name in ("least_code", "last_code")]
        columns["breakdown"] = pc.min_element_wise(*both)
        columns["other_breakdown"] = pc.max_element_wise(*both)
        last = "other_breakdown"
    for name, column in columns.items():
        summed = summed.append_column(name, column)
    register(connection, "summed", summed)
    said = [f"{_constant(figures, name)} as {identifier(name)}" for name in constants]
    connection.execute(
        f"create temp table kinds as select {', '.join(['*', *said])}, "
        f"{last} as last_breakdown, {cut('breakdown')} as breakdown_cut from summed"
    )
    return constants


def cut(breakdown: str) -> str:
    """Say in SQL which way a whole is cut: `citizenship=KEN;x=1` to `citizenship=*;x=*`."""
    return f"regexp_replace({breakdown}, '{_CUT[0]}', '{_CUT[1]}', 'g')"


_CUT = ("=[^;]*", "=*")


def _is_constant(column: pa.ChunkedArray) -> bool:
    """Say whether a column holds one value, or nothing, throughout."""
    if column.null_count:
        return bool(column.null_count == len(column))
    # Equal to itself moved on by one row: a comparison of memory, which ends early.
    return bool(column.slice(1).equals(column.slice(0, len(column) - 1)))


def _constant(figures: pa.Table, name: str) -> str:
    column = figures[name]
    return f"{literal(column[0].as_py())}::{_SQL_TYPES[column.type]}"


def _numbered(
    figures: pa.Table, by: Sequence[str], varied: Sequence[str]
) -> tuple[pa.Table, pa.Array | None]:
    """Return the figures with their `row` and the number of their `kind`.

    Breakdowns that vary have a `code` instead of being a part of the kind, all but the way
    in which they cut a whole; the breakdowns stand beside, in the order of their codes.
    """
    in_cell = dict.fromkeys([*by, *(n for n in (*CELL, *_PERIOD) if n in varied)])
    others = [name for name in varied if name not in in_cell]
    has_codes = "breakdown" in varied
    cell = number_rows(
        figures, [n for n in in_cell if not (has_codes and n == "breakdown")]
    )
    kind = cell.beside(number_rows(figures, others))
    columns = {"row": column_of(np.arange(len(figures), dtype=np.int32), ROW)}
    breakdowns = None
    if has_codes:
        codes, breakdowns = encode(figures["breakdown"])
        cell, kind = cell.beside(codes), kind.beside(_cuts(codes, breakdowns))
        columns["code"] = column_of(codes.numbers, pa.int32())
    columns["kind"] = column_of(kind.numbers, pa.int64())
    twice = repeated([cell.numbers], cell.bound)
    if len(twice):
        is_twice = np.isin(cell.numbers, twice)
        columns["told_twice"] = column_of(is_twice.view(np.int8), pa.int8())
    for name, column in columns.items():
        figures = figures.append_column(name, column)
    return figures, breakdowns


def _cuts(codes: Numbering, breakdowns: pa.Array) -> Numbering:
    """Number the ways of cutting a whole, given the codes of breakdowns."""
    cuts = pa.chunked_array([pc.replace_substring_regex(breakdowns, *_CUT)])
    (numbers, bound), _ = encode(cuts)
    return Numbering(numbers[codes.numbers] if bound > 1 else codes.numbers, bound)


def _sums_sql(figures: pa.Table, catalogue: Catalogue) -> str:
    """Sum the numbers of each kind; of one number throughout, it is not read again."""
    columns = _number_columns(figures)
    columns += [
        _of_constant(figures, name, "bit_or")
        for mask in ("sticky", "resolved")
        for name in mask_columns(mask, catalogue.order.n_words)
    ]
    columns.append(f"{_is_partly_covered(catalogue)} as is_partly_covered")
    columns.append("min(row) as first_row, max(row) as last_row")
    if "code" in figures.column_names:
        columns.append("min(code) as least_code, max(code) as last_code")
    has_twice = "told_twice" in figures.column_names
    columns.append(f"{'max(told_twice) > 0' if has_twice else 'false'} as told_twice")
    return f"select {', '.join(columns)} from figures group by kind"


def _number_columns(figures: pa.Table) -> list[str]:
    """Sum numbers; bounds that are the values throughout are not summed again."""
    low, high = (
        "value" if figures[name].equals(figures["value"]) else name
        for name in ("value_low", "value_high")
    )
    sums = {name: _sum(figures[name], name) for name in {"value", low, high}}
    held = {"value": "value", "value_low": low, "value_high": high}
    held |= {name: name for name in ("numerator", "denominator")}
    nothing = {n for n in held if figures[n].null_count == figures.num_rows}
    is_exact = sums["value"] == "sum(value)"
    too_large = "false" if is_exact else f"max(abs(value)) >= {_LARGEST}"
    return [
        # A bound too large to be added is none.
        f"count(*) as n_figures, count(value) as n_values, "
        f"{sums[high].replace('sum', 'count', 1)} as n_highs",
        f"{sums['value']} as sum_value, coalesce({sums[low]}, 0) as sum_low",
        f"{sums[high]} as sum_high, {too_large} as is_too_large",
        *(
            f"{'null::double' if name in nothing else f'any_value({column})'} as {name}"
            for name, column in held.items()
        ),
        *(_of_constant(figures, name, "sum") for name in ("n_present", "n_declared")),
        _of_constant(figures, "judgement", "max"),
    ]


def _of_constant(figures: pa.Table, name: str, aggregate: str) -> str:
    column = figures[name]
    if column.null_count or not _is_constant(column):
        return f"{aggregate}({name}) as {name}"
    times = " * count(*)" if aggregate == "sum" else ""
    return f"{literal(column[0].as_py())}::bigint{times} as {name}"


def _sum(column: pa.ChunkedArray, name: str) -> str:
    """Sum without rounding, in any order: as whole numbers, if all are and stay exact."""
    try:
        bounds = pc.min_max(pc.cast(column, pa.int64())).as_py()
    except pa.ArrowInvalid:  # some number is not whole, or too large
        return f"sum(try_cast({name} as decimal(38, 6)))"
    largest = max(abs(number or 0) for number in bounds.values())
    is_exact = largest * len(column) <= _LARGEST
    return f"sum({name if is_exact else f'try_cast({name} as decimal(38, 6))'})"


def _is_partly_covered(catalogue: Catalogue) -> str:
    if PARTLY_COVERED not in catalogue.caveats:
        return "false"
    word, bit = divmod(catalogue.order.slugs.index(PARTLY_COVERED), WORD_BITS)
    return f"bit_or(sticky_{word}) & {1 << bit}::bigint <> 0"
