"""Figures of one kind put together: the few rows on which the rules of sums are asked.

Hides which columns hold one value throughout (they are not looked at again), and that
breakdowns, of which there may be as many as figures, are told apart by a bitmap.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tallymark.engine.duckdb import Connection, connect, query, rows
from tallymark.engine.sql import identifier, identifiers, literal
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.sum_rules import PARTLY_COVERED
from tallymark.model.figure import TYPE_COLUMNS, WORD_BITS, mask_columns

_KIND = (
    *(name for name in TYPE_COLUMNS if name != "breakdown"),
    "definition", "missing_reason", "obs_status", "conf_status", "is_total",
)  # fmt: skip
CELL = ("ref_area", "sex", "age_group", "breakdown", "offence", "is_total")
"""With a period: what two figures of one total must not share."""
_MOST_CODES = 4096
"""Breakdowns beyond this number are compared figure by figure."""
_SQL_TYPES = {pa.string(): "varchar", pa.date32(): "date", pa.bool_(): "boolean"}
ROW = pa.int32()
"""The numbers of figures in their table."""
LARGEST = 2**53
"""Beyond it not every whole number has a float64 of its own."""


def gather_kinds(
    figures: pa.Table, by: Sequence[str], catalogue: Catalogue
) -> Connection:
    """Put figures of one kind together, by columns `by` and all that rules ask for.

    The connection holds the figures as they were `given`, numbered by `row` (`figures`),
    and the sums of each kind (`kinds`).
    """
    constants = {
        name: _constant(figures, name)
        for name in (*_KIND, "breakdown")
        if name not in by and _is_constant(figures[name])
    }
    varied = "breakdown" not in constants and "breakdown" not in by
    n_words = catalogue.order.n_words
    connection = connect({"given": figures})
    n_codes = _register(connection, figures, varied=varied)
    breakdown = constants.get("breakdown", "breakdown")
    keys = [*by, *(n for n in _KIND if n not in constants and n not in by)]
    if varied:
        keys.append("breakdown_cut")
    columns = [
        *map(identifier, keys),
        *(f"{sql} as {identifier(name)}" for name, sql in constants.items()),
        *(_varied_columns(n_codes) if varied else _one_breakdown(breakdown)),
        *_number_columns(figures),
        f"{_is_partly_covered(catalogue)} as is_partly_covered",
        *(
            _of_constant(figures, name, "bit_or")
            for mask in ("sticky", "resolved")
            for name in mask_columns(mask, n_words)
        ),
    ]
    group = f"group by {identifiers(keys)}" if keys else ""
    connection.execute(
        f"create temp table kinds as select {', '.join(columns)} from figures {group}"
    )
    return connection


def _is_constant(column: pa.ChunkedArray) -> bool:
    """Say whether a column holds one value, or nothing, throughout."""
    if column.null_count:
        return bool(column.null_count == len(column))
    # Equal to itself moved on by one row: a comparison of memory, which ends early.
    return bool(column.slice(1).equals(column.slice(0, len(column) - 1)))


def _constant(figures: pa.Table, name: str) -> str:
    column = figures[name]
    return f"{literal(column[0].as_py())}::{_SQL_TYPES[column.type]}"


def _register(connection: Connection, figures: pa.Table, *, varied: bool) -> int:
    """Create the view `figures`, numbered by `row`; return the number of breakdowns.

    Breakdowns that vary are numbered, too (`code`), and their cuts stand beside them.
    """
    n = figures.num_rows
    numbers = query(connection, f"select range::integer as row from range({n})")
    numbered = figures.append_column("row", numbers["row"])
    if not varied:
        connection.register("numbered", numbered)
        connection.execute("create temp view figures as from numbered")
        return 0
    codes = figures["breakdown"].combine_chunks().dictionary_encode()
    named = pa.Table.from_arrays([codes.dictionary], ["breakdown"])
    connection.register("named", named)
    connection.register("numbered", numbered.append_column("code", codes.indices))
    cuts = rows(connection, f"select distinct {cut('breakdown')} from named")
    if len(cuts) == 1 and not codes.null_count:
        connection.execute(
            f"create temp view figures as select *, {literal(cuts[0][0])}::varchar "
            "as breakdown_cut from numbered"
        )
    else:
        connection.execute(
            "create temp view figures as select numbered.*, breakdown_cut "
            f"from numbered left join (select breakdown, {cut('breakdown')} "
            "as breakdown_cut from named) cuts using (breakdown)"
        )
    return len(codes.dictionary)


def cut(breakdown: str) -> str:
    """Say in SQL which way a whole is cut: `citizenship=KEN;x=1` to `citizenship=*;x=*`."""
    return f"regexp_replace({breakdown}, '=[^;]*', '=*', 'g')"


def _one_breakdown(breakdown: str) -> list[str]:
    return [
        f"{cut(breakdown)} as breakdown_cut",
        f"{breakdown} as last_breakdown",
        "1 as n_told_apart",
    ]


def _varied_columns(n_codes: int) -> list[str]:
    """What is known of the breakdowns of one kind, all cut one way.

    `n_told_apart` figures are told apart by their breakdown, one kind being one cell but
    for it; those without one are not.
    """
    told_apart = "1"
    if n_codes <= _MOST_CODES:
        bits = f"bitstring_agg(code, 0, {n_codes - 1})"
        told_apart = f"coalesce(bit_count({bits}), 1)"
    return [
        "min(breakdown) as breakdown",
        "max(breakdown) as last_breakdown",
        f"{told_apart} as n_told_apart",
    ]


def _number_columns(figures: pa.Table) -> list[str]:
    """Sum numbers; bounds that are the values throughout are not summed again."""
    value = figures["value"]
    low, high = (
        "value" if figures[name].equals(value) else name
        for name in ("value_low", "value_high")
    )
    held = {"value": "value", "value_low": low, "value_high": high}
    held |= {name: name for name in ("numerator", "denominator")}
    nothing = {n for n in held if figures[n].null_count == figures.num_rows}
    return [
        f"count(*) as n_figures, count(value) as n_values, count({high}) as n_highs",
        f"{_exact('value')} as sum_value, coalesce({_exact(low)}, 0) as sum_low",
        f"{_exact(high)} as sum_high, max(abs(value)) > {LARGEST} as is_too_large",
        *(
            f"{'null::double' if name in nothing else f'any_value({column})'} as {name}"
            for name, column in held.items()
        ),
        *(_of_constant(figures, name, "sum") for name in ("n_present", "n_declared")),
        _of_constant(figures, "judgement", "max"),
        "min(row) as first_row, max(row) as last_row",
    ]


def _of_constant(figures: pa.Table, name: str, aggregate: str) -> str:
    """Aggregate a column; of one number throughout, that number is not read again."""
    column = figures[name]
    if column.null_count or not _is_constant(column):
        return f"{aggregate}({name}) as {name}"
    times = " * count(*)" if aggregate == "sum" else ""
    return f"{literal(column[0].as_py())}::bigint{times} as {name}"


def _exact(expression: str) -> str:
    """Sum without rounding, in any order."""
    return f"sum(try_cast({expression} as decimal(38, 6)))"


def _is_partly_covered(catalogue: Catalogue) -> str:
    if PARTLY_COVERED not in catalogue.caveats:
        return "false"
    word, bit = divmod(catalogue.order.slugs.index(PARTLY_COVERED), WORD_BITS)
    return f"bit_or(sticky_{word}) & {1 << bit}::bigint <> 0"
