"""Populations as figures: persons by area and year, to divide counts by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from tallymark.engine.duckdb import connect, rows
from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.model.columns import arrow_table
from tallymark.model.figure import MASKS, figure_schema, mask_columns
from tallymark.model.period import period_bounds

Persons = Mapping[tuple[str, int], float]

COLUMNS = ("ref_area", "year", "population")


def population_figures(
    population: Persons | Any, source: str, catalogue: Catalogue
) -> pa.Table:
    """Return one figure of persons per area and year, in order.

    `population` holds persons by area and year, or is a frame or Arrow table with the
    columns `ref_area`, `year` and `population`. `source` says where the numbers are
    from; it stands as the series of the figures.

    Raises:
        UsageError: there is none, two for one area and year, a number is not positive, a
            column is missing, an area has no year, or no source is named.
    """
    if not source.strip():
        raise UsageError(
            "a population needs a source.",
            hint="e.g. source='UN World Population Prospects 2024, mid-year'",
        )
    persons = population if isinstance(population, Mapping) else _read(population)
    if not persons:
        raise UsageError("no population is given.")
    for key in persons:
        if not isinstance(key, tuple) or len(key) != 2:
            raise UsageError(
                f"{key!r} is no area with a year.",
                hint="e.g. {('KEN', 2019): 1_000_000}",
            )
    rows = [_row(area, year, n, source) for (area, year), n in sorted(persons.items())]
    n_words = catalogue.order.n_words
    zero = dict.fromkeys(
        [name for mask in MASKS for name in mask_columns(mask, n_words)], 0
    )
    schema = figure_schema(n_words)
    columns = {name: [(row | zero).get(name) for row in rows] for name in schema.names}
    return arrow_table(columns, schema)


def given_numbers(persons: pa.Table, figures: pa.Table) -> dict[str, float]:
    """Return the persons of the areas that figures have, by area and year (`KEN 2019`)."""
    areas = set(figures.column("ref_area").to_pylist())
    columns = ("ref_area", "time_period", "value")
    rows = zip(*(persons.column(name).to_pylist() for name in columns), strict=True)
    return {f"{area} {year}": n for area, year, n in rows if area in areas}


def _read(table: Any) -> Persons:
    names = getattr(table, "column_names", getattr(table, "columns", None))
    if names is None:
        raise UsageError(
            f"a population is needed for each area and year, found {table!r}.",
            hint="e.g. {('KEN', 2019): 1_000_000}, or a frame.",
        )
    missing = sorted(set(COLUMNS) - set(names))
    if missing:
        raise UsageError(
            f"the population has no column {', '.join(missing)}.",
            hint=f"It needs {', '.join(COLUMNS)}.",
        )
    found = rows(connect({"given": table}), f"select {', '.join(COLUMNS)} from given")
    persons = {(str(area), int(year)): float(n) for area, year, n in found}
    if len(persons) < len(found):
        raise UsageError("the population has two rows for one area and year.")
    return persons


def _row(area: str, year: int, n: float, source: str) -> dict[str, object]:
    if not (math.isfinite(n) and n > 0):
        raise UsageError(f"the population of {area} in {year} is {n!r}.")
    start, end = period_bounds(f"{year:04}")
    return {
        "series_id": source,
        "ref_area": area,
        "freq": "A",
        "time_period": f"{year:04}",
        "period_start": start,
        "period_end": end,
        "calendar": "gregorian",
        "stage": "OTHER",
        "counting_unit": "PERSON",
        "scope": "OTHER",
        "sex": "_T",
        "age_group": "_T",
        "breakdown": "_T",
        "statistic": "COUNT",
        "definition": source,
        "value": float(n),
        "value_low": float(n),
        "value_high": float(n),
        "is_total": True,
        "n_present": 1,
        "n_declared": 1,
        "judgement": 0,
        "obs_ids": (),
    }
