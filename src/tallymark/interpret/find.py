"""Finding the one figure that is meant: by its id, its name, or some dimensions.

What is not named is meant as a total (sex, age, breakdown). Nothing is guessed: several
figures, or none, are an error that names the nearest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from tallymark.engine.duckdb import connect, query
from tallymark.engine.sql import identifier, literal
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import figures_of
from tallymark.interpret.select import check_dimensions
from tallymark.model.figure import TYPE_COLUMNS, Figure
from tallymark.model.figure_id import NAME_COLUMNS, figure_ids, figure_name, parse_id
from tallymark.model.step import Step

_TOTALS = ("sex", "age_group", "breakdown")
_SEARCHED = tuple(
    c
    for c in TYPE_COLUMNS
    if c not in ("period_start", "period_end", "calendar", "freq")
)
_SHOWN = 8
_NAME = f"concat_ws('-', {', '.join(NAME_COLUMNS)}, nullif(statistic, 'COUNT'))"


def find_figure(
    table: pa.Table,
    cell: str,
    dimensions: Mapping[str, Sequence[str]],
    catalogue: Catalogue,
    steps: Sequence[Step],
) -> tuple[pa.Table, str]:
    """Return the row of the figure that is meant, and its id.

    `cell` is an id, a name such as `KEN-2018-CONVICTED`, or words that each are the
    value of some dimension; it may be empty. `dimensions` must agree with it.

    Raises:
        UsageError: several figures are meant, or none; the nearest are named.
    """
    check_dimensions(dimensions)
    found = _fitting(table, cell, dimensions)
    figures = figures_of(found, catalogue)
    ids = figure_ids(figures, steps)
    asked = parse_id(cell)
    if asked is not None:
        # Keys are told apart among all of a name, so the hash is compared here.
        places = [n for n, id_ in enumerate(ids) if _is_key(id_, asked[1])]
    else:
        places = _totals(figures) if len(figures) > 1 else list(range(len(figures)))
    if len(places) != 1:
        raise _unclear(cell, dimensions, [(figures[n], ids[n]) for n in places], table)
    return found.slice(places[0], 1), ids[places[0]]


def said_of(cell: str, dimensions: Mapping[str, Sequence[str]]) -> str:
    """Return what was asked for, in one line."""
    named = [f"{name}={','.join(values)}" for name, values in dimensions.items()]
    return " ".join([*filter(None, [cell]), *named]) or "(nothing named)"


def _fitting(
    table: pa.Table, cell: str, dimensions: Mapping[str, Sequence[str]]
) -> pa.Table:
    tests = [
        f"{identifier(name)}::varchar in ({', '.join(map(literal, values))})"
        for name, values in dimensions.items()
    ]
    connection = connect({"figures": table})
    for test in _readings(cell):
        where = " and ".join([test, *tests])
        found = query(connection, f"select * from figures where {where}")
        if found.num_rows:
            break
    return found.cast(table.schema)


def _readings(cell: str) -> list[str]:
    """Return what a text may mean, the strictest first."""
    text = cell.strip()
    if not text:
        return ["true"]
    asked = parse_id(text)
    if asked is not None:
        return [f"{_NAME} = {literal('' if asked[0] == 'SEVERAL' else asked[0])}"]
    words = " and ".join(f"({_is_value(word)})" for word in text.split())
    is_name = f"upper({_NAME}) = upper({literal(text)})"
    is_within = f"contains(upper('-' || {_NAME} || '-'), upper({literal(f'-{text}-')}))"
    return [is_name, is_within, words]


def _is_value(word: str) -> str:
    return " or ".join(
        f"upper({identifier(name)}::varchar) = upper({literal(word)})"
        for name in _SEARCHED
    )


def _is_key(id_: str, key: str) -> bool:
    own = parse_id(id_)
    return own is not None and (own[1].startswith(key) or key.startswith(own[1]))


def _totals(figures: Sequence[Figure]) -> list[int]:
    """Return the places of the figures that are totals, or of all if none is."""
    places = [
        n
        for n, figure in enumerate(figures)
        if all(figure.type[name] == "_T" for name in _TOTALS)
    ]
    return places or list(range(len(figures)))


def _unclear(
    cell: str,
    dimensions: Mapping[str, Sequence[str]],
    found: Sequence[tuple[Figure, str]],
    table: pa.Table,
) -> UsageError:
    asked = said_of(cell, dimensions)
    if not found:
        names = _nearest(cell, table)
        hint = (
            f"The nearest are: {', '.join(names)}."
            if names
            else "There are no figures."
        )
        return UsageError(f"no figure is {asked}.", hint=hint)
    more = len(found) - _SHOWN
    listed = "; ".join(_candidate(*one, found) for one in found[:_SHOWN])
    tail = f"; and {more:,} more" if more > 0 else ""
    return UsageError(
        f"{len(found):,} figures are {asked}: {listed}{tail}.",
        hint="Name one by its id, or add NAME=VALUE until one is left.",
    )


def _candidate(figure: Figure, id_: str, all_: Sequence[tuple[Figure, str]]) -> str:
    """Return an id and the dimensions in which the figure differs from another."""
    told = [
        f"{name}={figure.type[name]}"
        for name in _SEARCHED
        if name not in ("area_level", *NAME_COLUMNS)
        and len({other.type[name] for other, _ in all_}) > 1
    ]
    return f"{id_} ({', '.join(told)})" if told else id_


def _nearest(cell: str, table: pa.Table) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415  # only on the way to an error

    rows = table.select([*NAME_COLUMNS, "statistic"]).to_pylist()
    names = list(dict.fromkeys(figure_name(row) for row in rows))
    asked = parse_id(cell)
    wanted = asked[0] if asked else "-".join(cell.split()).upper()
    return get_close_matches(wanted, names, _SHOWN, 0.4) or names[:_SHOWN]
