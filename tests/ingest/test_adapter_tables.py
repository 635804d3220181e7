"""The tables of docs/reference/adapter.md on numbers and periods say what is read."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallymark.documents import validated
from tallymark.ingest.adapter.rules import NumberRule, PeriodRule
from tallymark.ingest.numbers.reading import number_reader
from tallymark.ingest.periods import read_period
from tallymark.model.codes import (
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
    Statistic,
)

PAGE = Path(__file__).parents[2] / "docs/reference/adapter.md"
CODE = re.compile("`([^`]+)`")


def table(heading: str) -> list[list[str]]:
    """Return the cells of the rows of the table that begins with a heading row."""
    page = PAGE.read_text(encoding="utf-8")
    _, found = page.split(f"\n{heading}\n", 1)
    body = found.split("\n\n", 1)[0]
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in body.splitlines()[1:]
    ]


def declared(cell: str, record: type[Any]) -> Any:
    text = ", ".join(CODE.findall(cell))
    return validated(yaml.safe_load(f"{{{text}}}"), record, file="adapter.md")


@pytest.mark.parametrize(
    ("printed", "needs", "time_period", "freq"),
    [row for row in table("| printed | needs | `time_period` | `freq` |") if row[3]],
)
def test_the_table_of_periods(
    printed: str, needs: str, time_period: str, freq: str
) -> None:
    rule = declared(needs, PeriodRule)
    for text in CODE.findall(printed):
        period = read_period(text, rule)
        expected = CODE.findall(time_period)[0]
        assert (text, period.time_period, period.freq) == (text, expected, freq)


LOCALES = "| declared | `1.843` | `1,843` | `12.5` | `1.234,5` | `1 234` |"


@pytest.mark.parametrize("row", table(LOCALES), ids=lambda row: row[0])
def test_the_table_of_number_marks(row: list[str]) -> None:
    read = number_reader(declared(row[0], NumberRule), {})
    for text, expected in zip(CODE.findall(LOCALES), row[1:], strict=True):
        reading = read(text)
        told = (
            "ambiguous"
            if reading.is_ambiguous
            else f"{reading.value:.10g}"
            if reading.value
            else "not read"
        )
        assert (text, told) == (text, expected)


@pytest.mark.parametrize("row", table("| printed | low | high |"), ids=lambda r: r[0])
def test_the_table_of_ranges(row: list[str]) -> None:
    rule = declared("`percent: true`, `ranges: {lowest: -7}`", NumberRule)
    texts = [text for text in CODE.findall(row[0]) if ":" not in text]
    lows, highs = (
        [part.split(" (")[0] for part in cell.split(", ")] for cell in row[1:]
    )
    for i, text in enumerate(texts):
        low, high = lows[min(i, len(lows) - 1)], highs[min(i, len(highs) - 1)]
        reading = number_reader(rule, {})(text)
        assert reading.low == (-7 if low == "`lowest`" else float(low))
        assert reading.high == (None if high == "open" else float(high))


@pytest.mark.parametrize(
    "codes", [Stage, CountingUnit, Scope, Statistic, OffenceRelation, MissingReason]
)
def test_the_page_lists_every_code(codes: type[StrEnum]) -> None:
    page = PAGE.read_text(encoding="utf-8").split("## Codes")[1]
    assert [code for code in codes if f"`{code.value}`" not in page] == []
