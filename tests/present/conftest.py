"""Small tables and findings, and HTML read back as a tree."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import openpyxl
import pytest

import tallymark as tm
from tallymark.model.caveat import Caveat
from tallymark.model.codes import Severity, Use, Weight
from tallymark.model.columns import empty_table
from tallymark.model.figure import Figure, Judgement
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Status,
    SuiteUsed,
)
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.model.series import Source
from tallymark.model.table import Cell, Label, Table, TableSource, number_notes
from tallymark.present import render
from tallymark.results import Figures

SAMPLES = Path(__file__).parents[2] / "sample_data"
VOID = {"meta", "br", "hr", "img", "link", "input"}
CAVEATS = {
    "tips": (Weight.CRITICAL, (Use.LEVEL, Use.RANKING)),
    "zero": (Weight.CRITICAL, (Use.RANKING, Use.TREND)),
    "gap": (Weight.HIGH, (Use.TREND,)),
    "small": (Weight.LOW, ()),
    "invented-figure": (Weight.CRITICAL, (Use.LEVEL,)),
}


def caveat(slug: str, weight: Weight, limits: tuple[Use, ...]) -> Caveat:
    return Caveat(
        version=1,
        slug=slug,
        group="test",
        text={"en": f"Sentence of {slug}."},
        explanation="",
        phase="observation",
        kind="sticky",
        applies_when=None,
        also_when={},
        tier="core",
        limits=limits,
        weight=weight,
        sources=(),
        examples=(),
    )


def make_figure(value: float | None = None, *caveats: str, **changes: Any) -> Figure:
    fields: dict[str, Any] = {
        "value": value,
        "low": value,
        "high": value,
        "missing_reason": None if value is not None else "BLANK",
        "obs_status": "A",
        "conf_status": None,
        "type": {
            "ref_area": "KEN",
            "statistic": "COUNT",
            "counting_unit": "CASE",
            "stage": "RECORDED",
            "scope": "CSEA",
        },
        "caveats": caveats,
        "resolved": (),
        "judgement": Judgement.OK,
        "n_present": int(value is not None),
        "n_declared": 1,
        "obs_ids": ("o1",),
    }
    return Figure(**fields | changes)


def make_table(cells: Sequence[Sequence[Cell]], **changes: Any) -> Table:
    names = ["Namibia", "Kenya", "Uganda", "Ethiopia"]
    fields: dict[str, Any] = {
        "caption": "Cases by country",
        "row_dimensions": (Label("ref_area", "Country"),),
        "column_dimensions": (Label("time_period", "Year"),),
        "rows": tuple((Label(n[:3].upper(), n),) for n in names[: len(cells)]),
        "columns": tuple(
            (Label(str(2017 + j), str(2017 + j)),) for j in range(len(cells[0]))
        ),
        "cells": tuple(tuple(row) for row in cells),
        "notes": number_notes(cells, {s: caveat(s, *c) for s, c in CAVEATS.items()}),
        "sources": (
            TableSource(
                source=Source(title="Report", publisher="Office"),
                file="report.xlsx",
                sha256="0123456789abcdef" * 4,
            ),
        ),
    }
    return Table(**fields | changes)


def make_finding(slug: str = "years-present", **changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "expectation": slug,
        "severity": Severity.WARNING,
        "dimension": "COMPLETENESS",
        "location": Location(file="a.xlsx", cells=("Sheet1!B2",)),
        "found": "an empty cell",
        "expected": "a number or a reason",
        "why": "A gap can be read as zero.",
        "action": "Ask the sender.",
        "ask": "Why is this cell empty?",
        "key": {"ref_area": "KEN", "time_period": "2018"},
    }
    return Finding(**fields | changes)


def make_findings(*items: Finding, outcomes: Sequence[Outcome] = ()) -> Findings:
    failed = [
        Outcome(
            expectation=slug,
            type="t",
            severity=Severity.WARNING,
            status=Status.FAILED,
            n_failed=sum(item.expectation == slug for item in items),
            n_listed=sum(item.expectation == slug for item in items),
        )
        for slug in sorted({item.expectation for item in items})
        if slug not in {outcome.expectation for outcome in outcomes}
    ]
    suite = SuiteUsed(name="observations", version="1", sha256="abc")
    return Findings(
        suites=(suite,),
        outcomes=(*failed, *outcomes),
        items=items,
        flags=empty_table(FLAG_SCHEMA),
    )


def make_report(*items: Finding, outcomes: Sequence[Outcome] = ()) -> Report:
    return Report(findings=make_findings(*items, outcomes=outcomes))


def make_outcome(
    slug: str, status: Status, reason: str = "", n: int = 0, n_listed: int = 0
) -> Outcome:
    return Outcome(
        expectation=slug,
        type="t",
        severity=Severity.WARNING,
        status=status,
        reason=reason,
        n_failed=n,
        n_listed=n_listed,
        promise=f"Promise of {slug}.",
    )


def make_asking(*cells: str, region: str = "", **changes: Any) -> Finding:
    """Return a finding in these cells that asks a closed question."""
    fields: dict[str, Any] = {
        "location": Location(file="a.xlsx", cells=cells, region=region),
        "ask": "Is this a count? (yes / no / not known)",
        "asks": {"pt": "Isto é uma contagem? (sim / não / não se sabe)"},
    }
    return make_finding(**fields | changes)


def make_workbook(
    sheets: Sequence[Sheet],
    *items: Finding,
    language: str = "en",
    file: str = "a.xlsx",
    outcomes: Sequence[Outcome] = (),
) -> openpyxl.Workbook:
    """Return the return workbook about these sheets and findings, opened."""
    grid = Grid(file=file, sha256="", format="xlsx", sheets=tuple(sheets))
    report = Report(
        findings=make_findings(*items, outcomes=outcomes),
        grids={file: grid},
        language=language,
    )
    return openpyxl.load_workbook(io.BytesIO(render("return", "xlsx", report)[""]))


def rows_of_questions(book: openpyxl.Workbook) -> list[dict[str, Any]]:
    """Return the rows of a return workbook's questions, by heading."""
    head, *rows = book.worksheets[0].iter_rows(min_row=5, values_only=True)
    return [
        dict(zip(map(str, head), row, strict=True))
        for row in rows
        if row[1] is not None
    ]


def told_below_questions(book: openpyxl.Workbook) -> list[str]:
    """Return what a return workbook says is not there."""
    rows = book.worksheets[0].iter_rows(min_row=6, values_only=True)
    return [row[0] for row in rows if isinstance(row[0], str)]


class _TreeBuilder(HTMLParser):
    """Builds an element tree and stops at the first tag that is not nested rightly."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        child = SubElement(self.open[-1], tag, {k: v or "" for k, v in attrs})
        if tag not in VOID:
            self.open.append(child)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        last = self.open[-1]
        if len(last):
            last[-1].tail = (last[-1].tail or "") + data
        else:
            last.text = (last.text or "") + data


@pytest.fixture(scope="session")
def figure() -> Callable[..., Figure]:
    return make_figure


@pytest.fixture(scope="session")
def table() -> Callable[..., Table]:
    return make_table


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    return make_finding


@pytest.fixture(scope="session")
def findings() -> Callable[..., Findings]:
    return make_findings


@pytest.fixture(scope="session")
def report() -> Callable[..., Report]:
    return make_report


@pytest.fixture(scope="session")
def outcome() -> Callable[..., Outcome]:
    return make_outcome


@pytest.fixture(scope="session")
def caveats() -> Mapping[str, Caveat]:
    return {slug: caveat(slug, *content) for slug, content in CAVEATS.items()}


@pytest.fixture(scope="session")
def tree() -> Callable[[bytes], Element]:
    def parse(page: bytes) -> Element:
        builder = _TreeBuilder()
        builder.feed(page.decode())
        builder.close()
        assert len(builder.open) == 1, f"<{builder.open[-1].tag}> is not closed"
        return builder.root

    return parse


@pytest.fixture(scope="session")
def asking() -> Callable[..., Finding]:
    return make_asking


@pytest.fixture(scope="session")
def workbook() -> Callable[..., openpyxl.Workbook]:
    return make_workbook


@pytest.fixture(scope="session")
def rows_of() -> Callable[[openpyxl.Workbook], list[dict[str, Any]]]:
    return rows_of_questions


@pytest.fixture(scope="session")
def told_in() -> Callable[[openpyxl.Workbook], list[str]]:
    return told_below_questions


@pytest.fixture(scope="session")
def make_caveat() -> Callable[..., Caveat]:
    return caveat


@pytest.fixture(scope="session")
def sample_figures() -> Callable[..., Figures]:
    """A function: the figures of sample series."""

    def figures(*series: str) -> Figures:
        submissions = tm.read([SAMPLES / name for name in series])
        return tm.interpret(submissions, tm.check(submissions, keep=0))

    return figures
