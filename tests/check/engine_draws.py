"""What Hypothesis draws to set engine beside engine: odd tables, and whole suites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from gx_draws import (
    COLUMNS,
    CONDITIONS,
    DATES,
    HELD,
    KWARGS,
    NOT_ON_PANDAS,
    NUMBERS,
    TEXTS,
    optional,
)
from hypothesis import strategies as st

from tallymark.check.expectations import GREAT_EXPECTATIONS, TYPES
from tallymark.model.cells import CELL_SCHEMA
from tallymark.model.columns import arrow_table
from tallymark.model.context import CONTEXT_SCHEMA
from tallymark.model.observation import SCHEMA

some = st.sampled_from
KNOWN = pa.unify_schemas([SCHEMA.remove_metadata(), CONTEXT_SCHEMA, CELL_SCHEMA])
ODD_TEXTS = (
    *(None, "", " ", "a ", " a", "A", "a", "it's", 'a "b"', "a\\b", "100%", "a_b"),
    *(
        "é",
        "e\u0301",
        "ß",
        "SS",
        "İ",
        "ａ",
        "漢",
        "🙂",
        "\t",
        "x" * 5000,
        "null",
        "1e5",
    ),
)
LARGEST = 2.0**53
ODD_NUMBERS = (
    *(None, float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 0.1, 0.2, 0.3, 0.7),
    *(1 / 3, 1e-7, 1e7, 123456789.5, 1e15, 1e16, 1e18, LARGEST, LARGEST + 2, 5e-324),
)
HUGE = (None, 1e18, -1e18, 1.0)
"""Beyond 1e38 a sum is refused, and squares are summed for deviations."""
ODD_DATES = (None, "0001-01-01", "1582-10-04", "1582-10-15", "1900-02-28", "9999-12-31")
INT, LONG = 2**31, 2**63
ODD = {
    **dict.fromkeys(TEXTS, ODD_TEXTS),
    **dict.fromkeys(NUMBERS, ODD_NUMBERS),
    "value_high": (*ODD_NUMBERS, *HUGE),
    "unit_mult": (None, 0, INT - 1, -INT),
    **dict.fromkeys(DATES, ODD_DATES),
    "is_total": (None, True, False),
}
"""Beside what is drawn for Great Expectations: what engines are known to read apart."""

FREE = {
    "sex": "local name",
    "age_group": 'the "group"',
    "value_low": "weight.kg",
    "unit_mult": "count",
    "period_start": "from",
    "is_total": "Größe",
}
"""Names of a user's own, with all that must be quoted."""

FILLED = {"source_file": some([None, "f.xlsx", "g.xlsx"]), "source_ref": some(["A1"])}
LIKE = some(["a%", "%", "_", "", "100!%", "a!_b", "%'%", "é", "A_", "%!!%", "% "])
LIKES = st.lists(LIKE, min_size=1, max_size=3)
OWN = sorted(TYPES.keys() - GREAT_EXPECTATIONS.keys())


@dataclass(frozen=True)
class Drawn:
    """A table, what is given beside it, and what is asked: type, arguments, condition."""

    rows: tuple[Mapping[str, Any], ...]
    schema: pa.Schema
    relations: Mapping[str, tuple[Mapping[str, Any], ...]]
    asked: tuple[tuple[str, Mapping[str, Any], Any], ...]

    def __repr__(self) -> str:
        return f"Drawn({self.rows}, {dict(self.relations)}, {self.asked})"


def table_of(rows, schema):
    columns = {f.name: [_read(r.get(f.name), f.type) for r in rows] for f in schema}
    return arrow_table(columns, schema)


def _read(value, type_):
    return date.fromisoformat(value) if value and type_ == pa.date32() else value


@st.composite
def suites_over_tables(draw, most_scenes=4):
    """Draw odd rows for Great Expectations' types, examples for ours, or both at once."""
    scenes = draw(st.lists(some(OWN).flatmap(_example), max_size=most_scenes))
    rows = [row for _, example in scenes for row in example.rows]
    if not scenes or draw(st.booleans()):
        rows += draw(odd_rows())
    names = FREE if not scenes and draw(st.booleans()) else {}
    asked = [(name, dict(example.kwargs), None) for name, example in scenes]
    asked += draw(st.lists(asked_of_great(), min_size=1, max_size=8))
    relations: dict[str, tuple[Any, ...]] = {}
    for _, example in scenes:
        for name, lines in example.relations.items():
            relations[name] = (*relations.get(name, ()), *lines)
    return Drawn(
        rows=tuple(
            {names.get(k, k): v for k, v in row.items()} | {"obs_id": f"o{n}"}
            for n, row in enumerate(draw(st.permutations(rows)))
        ),
        schema=_schema(rows, names),
        relations=relations,
        asked=tuple(renamed(one, names) for one in asked),
    )


def _example(name):
    return st.tuples(st.just(name), some(TYPES[name].examples))


def _schema(rows, names):
    """Return the columns that rows name, and all that ours may need."""
    needed = {"obs_id", *COLUMNS, *FILLED, *(name for row in rows for name in row)}
    wanted = SCHEMA.names if any("series_id" in row for row in rows) else ()
    kept = [f for f in KNOWN if f.name in needed or f.name in wanted]
    return pa.schema([f.with_name(names.get(f.name, f.name)) for f in kept])


@st.composite
def odd_rows(draw):
    """Draw rows in which each column is plain, odd, or all null."""
    held = {
        name: draw(some([plain, plain, some(ODD[name]), st.none()]))
        for name, plain in HELD.items()
    }
    return draw(st.lists(st.fixed_dictionaries({**held, **FILLED}), max_size=10))


@st.composite
def asked_of_great(draw):
    name = draw(some(sorted(GREAT_EXPECTATIONS)))
    kwargs = draw(_like(name) if name in NOT_ON_PANDAS else KWARGS[name])
    if TYPES[name].takes_mostly:
        kwargs |= draw(optional(mostly=some([0, 0.3, 0.5, 0.75, 1])))
    return name, kwargs, draw(CONDITIONS) if TYPES[name].takes_condition else None


def _like(name):
    given = {"like_pattern": LIKE, "like_pattern_list": LIKES}
    asked = {k: v for k, v in given.items() if k in TYPES[name].kwargs}
    more = (
        {"match_on": some(["any", "all"])} if "match_on" in TYPES[name].kwargs else {}
    )
    return st.fixed_dictionaries(
        {"column": some(TEXTS), "escape": st.just("!"), **asked}, optional=more
    )


def renamed(asked, names):
    """Return an expectation with other names of columns."""
    if isinstance(asked, str):
        return names.get(asked, asked)
    if isinstance(asked, dict):
        return {key: renamed(value, names) for key, value in asked.items()}
    if isinstance(asked, list | tuple):
        return type(asked)(renamed(each, names) for each in asked)
    return asked
