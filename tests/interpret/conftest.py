"""Figures to vary in tests: five recorded cases of one area in one year."""

from __future__ import annotations

import pytest

from tallymark.engine.duckdb import connect, query
from tallymark.interpret import load_catalogue
from tallymark.interpret.masks import derived_sql
from tallymark.model.columns import arrow_table
from tallymark.model.figure import MASKS, figure_schema, mask_columns
from tallymark.model.period import period_bounds

PLAIN = {
    "series_id": "xaa",
    "ref_area": "XAA",
    "freq": "A",
    "time_period": "2018",
    "calendar": "gregorian",
    "stage": "RECORDED",
    "counting_unit": "CASE",
    "scope": "OCSEA",
    "sex": "_T",
    "age_group": "_T",
    "breakdown": "_T",
    "statistic": "COUNT",
    "definition": "base",
    "value": 5.0,
    "is_total": False,
    "n_declared": 1,
    "judgement": 0,
    "caveats": (),
}
_SLUGS = {"sticky": "caveats", "resolved": "resolved"}


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def figure_table():
    """A function: figures that differ from the plain one as told, each of its own cell."""
    return _figure_table


def _figure_table(rows, catalogue):
    full = [_full(row, n, catalogue) for n, row in enumerate(rows)]
    schema = figure_schema(catalogue.order.n_words)
    columns = {name: [row.get(name) for row in full] for name in schema.names}
    plain = connect({"plain": arrow_table(columns, schema)})
    return query(plain, derived_sql("from plain", catalogue)).cast(schema)


def _full(row, n, catalogue):
    full = {**PLAIN, "obs_ids": (f"o{n:04}",), **row}
    full["period_start"], full["period_end"] = period_bounds(full["time_period"])
    value = full["value"]
    full.setdefault("value_low", value)
    full.setdefault("value_high", value)
    full.setdefault("n_present", int(value is not None))
    for mask in MASKS:
        slugs = full.get(_SLUGS.get(mask), ())
        words = catalogue.order.words(slugs)
        full |= dict(zip(mask_columns(mask, len(words)), words, strict=True))
    return full
