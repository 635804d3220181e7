"""Columns of published files against what their adapters say that they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tallymark.documents import validated
from tallymark.errors import TallymarkError
from tallymark.ingest.adapter.document import Adapter, Table
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter
from tallymark.ingest.adapter.rules import NumberRule, PeriodRule
from tallymark.ingest.drafting.meaning import (
    column_role,
    number_rule,
    period_rule,
)
from tallymark.ingest.layout import Placed, find_tables, fits, searchable
from tallymark.ingest.numbers.reading import number_reader
from tallymark.ingest.periods import read_period
from tallymark.model.codes import MissingReason
from tallymark.model.grid import Value, text_of
from tallymark.readers import read_grid

ROOT = Path(__file__).parents[4]
REAL = ROOT / "../shared/real/files"
SAMPLES = [p for p in sorted(ROOT.glob("sample_data/*/*")) if p.name != "expected.csv"]
LARGE = 300_000
"""Bytes from which on a file is left to the long run."""
MOST_ROWS = 600

LABELS = {"stage", "counting_unit", "scope", "offence", "sex", "age_group", "area"}
LABELS |= {"statistic", "breakdown", "offence_label", "obs_status", "notes", "period"}


def small_published() -> list[Path]:
    found = sorted(REAL.iterdir()) if REAL.is_dir() else []
    return [path for path in found if path.stat().st_size < LARGE]


class Column(NamedTuple):
    table: str
    name: str
    heading: str
    values: list[Value]
    truth: frozenset[str]


@cache
def adapters() -> tuple[Adapter, ...]:
    folders = [BUILT_IN, ROOT / "tests/real/adapters"]
    return tuple(load_adapter(p) for f in folders for p in sorted(f.glob("*.yaml")))


def columns_of(path: Path) -> Iterator[tuple[Adapter, Table, list[Column]]]:
    try:
        sheets = searchable(read_grid(path), path)
    except TallymarkError:
        return
    for adapter in adapters():
        try:
            found = find_tables(adapter.tables, sheets)
        except TallymarkError:
            continue
        pairs = list(zip(adapter.tables, found, strict=True))
        if all(fits(table, places) for table, places in pairs):
            for table, places in pairs:
                for placed in places[:1]:
                    yield adapter, table, list(_columns(table, placed))
            return


def _columns(table: Table, placed: Placed) -> Iterator[Column]:
    last = min(placed.stop or MOST_ROWS, placed.row + MOST_ROWS)
    rows = placed.sheet.rows[placed.row + 1 : last]
    if table.rows.until == "blank":
        blank = (n for n, row in enumerate(rows) if not any(map(text_of, row)))
        rows = rows[: next(blank, len(rows))]
    for name, places in placed.columns.items():
        for column in places:
            yield Column(
                table=table.name,
                name=name,
                heading=text_of(placed.sheet.value(placed.row, column)),
                values=[row[column] if column < len(row) else None for row in rows],
                truth=frozenset(_truth(table, name)),
            )


def _truth(table: Table, name: str) -> Iterator[str]:
    if name in table.values:
        yield "figures"
    if any(skipped.column == name for skipped in table.skip_columns):
        yield "ignored"
    for lookup in table.lookups:
        if any(name in (p.column, p.section) for p in lookup.places):
            if lookup.parse or lookup.field:
                yield {"ref_area": "area"}.get(lookup.field or "", lookup.field or "")
                yield lookup.parse or ""
            yield "breakdown" if lookup.breakdown else ""
            for fields in (lookup.map or {}).values():
                said = {n for n, value in vars(fields).items() if value is not None}
                yield from ("area" if n == "ref_area" else n for n in said)


def outcome(column: Column) -> str:
    role, _, is_sure = column_role(column.heading, column.values)
    truth = column.truth - {""}
    if role in truth or (role == "breakdown" and truth <= LABELS - {"period", "notes"}):
        return "right"
    if role == "offence" and "offence_label" in truth:
        return "right"
    if role == "ignored" and truth <= {"breakdown"}:
        return "right"
    return "wrong" if is_sure else "asked"


def judged(paths: list[Path]) -> tuple[Counter[str], list[str]]:
    seen: dict[tuple[str, str, str, str], str] = {}
    for path in paths:
        for adapter, _, columns in columns_of(path):
            for column in columns:
                if column.truth - {""}:
                    key = (adapter.id, column.table, column.name, column.heading)
                    seen.setdefault(key, outcome(column))
    return Counter(seen.values()), [str(k) for k, v in seen.items() if v == "wrong"]


def assert_mostly_right(paths: list[Path]) -> None:
    counts, wrong = judged(paths)
    n = counts.total()
    print(f"{n} columns: {dict(counts)}")  # noqa: T201  # the figures are the point
    assert counts["right"] >= 0.93 * n, counts
    assert len(wrong) <= 0.02 * n, wrong


@pytest.mark.slow
def test_columns_of_sample_files() -> None:
    assert_mostly_right(SAMPLES)


@pytest.mark.real
def test_columns_of_small_published_files() -> None:
    assert_mostly_right(small_published())


@pytest.mark.real
@pytest.mark.slow
def test_columns_of_all_published_files() -> None:
    assert_mostly_right(sorted(REAL.iterdir()))


def texts_of(columns: list[Column]) -> list[str]:
    """The texts in cells of figures."""
    values = [value for c in columns if "figures" in c.truth for value in c.values]
    return [value for value in values if isinstance(value, str) and value.strip()]


@pytest.mark.slow
def test_numbers_of_sample_files_are_read_as_adapters_read_them() -> None:
    n_same, n_missed, different = 0, 0, []
    for path in SAMPLES:
        for adapter, table, columns in columns_of(path):
            texts = texts_of(columns)
            numbers, missing, _ = number_rule(texts)
            drafted = number_reader(
                validated(numbers, NumberRule, file="drafted"),
                {text: MissingReason(reason) for text, reason in missing.items()},
            )
            marks = adapter.footnotes.marks if adapter.footnotes else None
            declared = number_reader(
                table.numbers or adapter.numbers,
                adapter.missing if table.missing is None else table.missing,
                marks,
            )
            for text in set(texts):
                found, true = drafted(text).value, declared(text).value
                n_same += found == true
                n_missed += found is None and true is not None
                if found is not None and found != true:
                    different.append((path.name, text, found, true))
    assert different == []
    assert n_missed * 20 <= n_same, (n_missed, n_same)


def periods_printed(table: Table, columns: list[Column]) -> list[str]:
    """The labels that the table's adapter reads as periods just as they stand."""
    places = [
        place
        for lookup in table.lookups
        if lookup.parse == "period" and not (lookup.pattern or lookup.map)
        if len(lookup.places) == 1
        for place in lookup.places
    ]
    names = {place.column for place in places}
    labels = [text_of(v) for c in columns if c.name in names for v in c.values]
    if any(place.header == 0 for place in places):
        labels += [c.heading for c in columns if "figures" in c.truth]
    return list(dict.fromkeys(filter(None, labels)))


def time_period(text: str, rule: PeriodRule) -> str:
    try:
        return read_period(text, rule).time_period
    except ValueError:
        return ""


@pytest.mark.slow
def test_a_sure_rule_of_periods_is_the_adapters() -> None:
    n_labels, different = 0, []
    for path in [*SAMPLES, *small_published()]:
        for _, table, columns in columns_of(path):
            labels = periods_printed(table, columns)
            block, reading = period_rule(labels, [path.name])
            rule = validated(block, PeriodRule, file="drafted")
            for label in labels if reading.is_sure else ():
                n_labels += 1
                found, true = time_period(label, rule), time_period(label, table.period)
                if found != true:
                    different.append((path.name, label, found, true))
    assert different == []
    assert n_labels >= 12
