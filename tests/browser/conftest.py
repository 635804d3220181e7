"""Pages in Debian's Chromium, cut off from every network; and a report to make them of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tallymark.errors import SourceError
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Standing,
    Status,
    SuiteUsed,
)
from tallymark.model.grid import Grid, Sheet
from tallymark.model.observation import SCHEMA
from tallymark.model.report import Report
from tallymark.model.series import Source
from tallymark.model.submission import (
    LOSS_SCHEMA,
    REGION_SCHEMA,
    Submission,
    Submissions,
)
from tallymark.present import render

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
CASES = Sheet(
    name="Case data",
    rows=[
        ["Cases of the police", None, None, None, None],
        ["", "2018", None, "2019", None],
        ["Offence", "Girls", "Boys", "Girls", "Boys"],
        ["Online", None, None, None, None],
        *[[f"Offence {n}", n, n + 1, n + 2, n + 3] for n in range(40)],
    ],
    merged=((0, 0, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4), (6, 0, 8, 0)),
)
CUBE = Sheet(
    name=None,
    rows=[["sex", "cases"], ["Girls", 5], ["Boys", 7]],
    refs=["", "DATA.r1.c1", "DATA.r1.c2"],
    figure=1,
)


def _finding(slug: str, severity: Severity, file: str, *cells: str, **more) -> Finding:
    fields = {
        "expectation": slug,
        "severity": severity,
        "dimension": "COHERENCE",
        "location": Location(file=file, cells=cells, region=more.pop("region", "")),
        "found": f"Something at {', '.join(cells) or 'a region'}.",
        "expected": "Something else.",
        "why": "One looks like the other.",
        "action": "Look at it.",
        "ask": "Is it so? (yes / no / not known)",
        "key": {},
    }
    return Finding(**fields | more)


def _outcome(slug: str, status: Status, reason: str = "") -> Outcome:
    return Outcome(
        expectation=slug,
        type="t",
        severity=Severity.WARNING,
        status=status,
        reason=reason,
        promise=f"The promise of {slug} is kept.",
    )


def _submission(file: str, **regions: Sequence[str]) -> Submission:
    return Submission(
        file=file,
        path=file,
        sha256=file,
        adapter="a",
        adapter_version=1,
        layout="",
        source=Source(title="t"),
        observations=empty_table(SCHEMA),
        losses=empty_table(LOSS_SCHEMA),
        regions=arrow_table(
            {"source_file": [file], "series_id": ["s"], **regions}, REGION_SCHEMA
        ),
        n_numeric=0,
    )


@pytest.fixture(scope="session")
def report() -> Report:
    """Findings of every kind: many and one, with cells, regions, neither, and hostile."""
    hostile = '</script><img src="http://example.org/x"><b onclick="x()">b</b>'
    critical, warning, info = Severity
    items = [
        _finding("large", critical, "a.xlsx", f"'Case data'!C{row}")
        for row in range(5, 40)
    ]
    items += [
        _finding("apart", warning, "a.xlsx", "'Case data'!B5", "'Case data'!E40"),
        _finding("merged", warning, "a.xlsx", "'Case data'!A7", "'Case data'!B2"),
        _finding("absent", warning, "a.xlsx", region="'Case data'!A4:E43"),
        _finding("cube", info, "b.px", "DATA.r1.c2"),
        _finding("hostile", info, "c.csv", "R2C1", found=hostile, ask=hostile),
        _finding("whole", info, "", key={"ref_area": "XAA"}, standing=Standing.WAIVED),
    ]
    slugs = ("large", "apart", "merged", "absent", "cube", "hostile", "whole")
    sheets = {
        "a.xlsx": (CASES,),
        "b.px": (CUBE,),
        "c.csv": (Sheet(name=None, rows=[["x"], [hostile]]),),
    }
    return Report(
        findings=Findings(
            suites=(SuiteUsed(name="observations", version="1", sha256="abc"),),
            outcomes=(
                *(_outcome(slug, Status.FAILED) for slug in slugs),
                _outcome("broken", Status.CRASHED, "no column"),
                _outcome("unmade", Status.NOT_RUN, "no breakdowns"),
                _outcome("idle", Status.NOT_APPLICABLE),
            ),
            items=tuple(items),
            flags=empty_table(FLAG_SCHEMA),
        ),
        submissions=Submissions(
            (
                _submission(
                    "a.xlsx",
                    region=["'Case data'!A4:E44"],
                    header=["'Case data'!A3:E3"],
                ),
            ),
            errors=(SourceError("The file is empty.", where="in/d.csv"),),
        ),
        grids={
            name: Grid(file=name, sha256=name, format="x", sheets=held)
            for name, held in sheets.items()
        },
        unshown={"": "Never shown."},
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        assert found, "chromium is not there: .ci/need-chromium installs it"
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture
def written(tmp_path: Path, report: Report) -> Path:
    """Return the report's page on disk."""
    path = tmp_path / "findings.html"
    path.write_bytes(render("findings", "html", report)[""])
    return path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page; what it asks for or complains of fails."""
    contexts = []
    told: list[str] = []

    def open_page(path: Path, **options) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        asked = {path.as_uri(), "data:,"}
        page.on("request", lambda r: r.url in asked or told.append(f"asks {r.url}"))
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert told == []
