"""Render findings.html with many findings, and open it: findings_page.py [N] [FILES].

Prints a line of JSON: seconds to render, bytes, and, as the median of several fresh pages
in Chromium, seconds from navigation until text is painted, until the page has loaded,
and until it answers (a choice of findings is shown).
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Status,
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

HERE = Path(__file__).parent
ROUNDS = 5
EXPECTATIONS = 50
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
HEADINGS = ["Country", "Year", "Stage", "Offence", "Counted as", "Sex", "Number"]
CHOSEN = "() => document.querySelector('#count').textContent.includes(' of ')"


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    n_files = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    report = make_report(n, n_files)
    begin = time.perf_counter()
    content = render("findings", "html", report)[""]
    seconds = time.perf_counter() - begin
    page = HERE / "data" / "findings.html"
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(content)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        runs = [open_page(browser, page) for _ in range(ROUNDS + 1)][1:]
        browser.close()
    opened = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    told = {"seconds": round(seconds, 2), "bytes": len(content), "n_findings": n}
    print(json.dumps(told | {name: round(s, 3) for name, s in opened.items()}))


def open_page(browser: Browser, page: Path) -> dict[str, float]:
    """Return the seconds until a fresh page is painted, loaded, and answers."""
    tab = browser.new_page()
    begin = time.perf_counter()
    tab.goto(page.as_uri())
    loaded = time.perf_counter() - begin
    tab.uncheck("[name=severity] >> nth=0")
    tab.wait_for_function(CHOSEN)
    answered = time.perf_counter() - begin
    entries = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    painted = tab.evaluate(entries) / 1000
    tab.close()
    return {"painted": painted, "loaded": loaded, "answered": answered}


def make_report(n: int, n_files: int) -> Report:
    """Return a report of `n` findings, each with words and a cell of its own."""
    names = [f"figures-{k:04}.xlsx" for k in range(n_files)]
    per_file = n // n_files
    items = [
        make_finding(name, row, (file + row) % EXPECTATIONS)
        for file, name in enumerate(names)
        for row in range(per_file)
    ]
    findings = Findings(
        suites=(),
        outcomes=tuple(make_outcome(k, n // EXPECTATIONS) for k in range(EXPECTATIONS)),
        items=tuple(items),
        flags=empty_table(FLAG_SCHEMA),
    )
    return Report(
        findings=findings,
        submissions=Submissions(tuple(make_submission(m, per_file) for m in names)),
        grids={name: make_grid(name, per_file) for name in names},
    )


def make_finding(file: str, row: int, check: int) -> Finding:
    """Return a finding on the last column of a row."""
    n = row * 7 % 1000
    return Finding(
        expectation=f"check-{check:02}",
        severity=list(Severity)[check % 3],
        dimension="COHERENCE",
        location=Location(file=file, cells=(f"'Case data'!G{row + 5}",)),
        found=f"Convicted ({n + 3}) is larger than prosecuted ({n}) in row {row + 5}.",
        expected="At most as many at the later stage as at the earlier one.",
        why="More convicted than prosecuted shows that the two count different cases.",
        action="Ask whether both count the same cases, in one unit and by one date.",
        ask="Do both figures count the same cases? (yes / no / not known)",
        key={"ref_area": "XAA", "time_period": str(2017 + row % 3)},
    )


def make_outcome(check: int, n: int) -> Outcome:
    return Outcome(
        expectation=f"check-{check:02}",
        type="t",
        severity=list(Severity)[check % 3],
        status=Status.FAILED,
        n_failed=n,
        n_listed=n,
        promise=f"Of the same cases, a later stage counts no more (check {check}).",
    )


def make_grid(name: str, n_rows: int) -> Grid:
    """Return a workbook of one sheet: a title over all columns, headings, figures."""
    labels = [["Exampleland", "Recorded", "Child sexual abuse material", "cases"]]
    rows = [
        [label[0], 2017 + row % 3, *label[1:], "Total", row * 7 % 1000]
        for row in range(n_rows)
        for label in labels
    ]
    sheet = Sheet(
        name="Case data",
        rows=[["Figures of the police"], [], [], HEADINGS, *rows],
        merged=((0, 0, 0, 6),),
    )
    return Grid(file=name, sha256=name, format="xlsx", sheets=(sheet,))


def make_submission(name: str, n_rows: int) -> Submission:
    region = {
        "source_file": [name],
        "series_id": ["s"],
        "region": [f"'Case data'!A5:G{n_rows + 4}"],
        "header": ["'Case data'!A4:G4"],
    }
    return Submission(
        file=name,
        path=name,
        sha256=name,
        adapter="a",
        adapter_version=1,
        layout="",
        source=Source(title="Made for this measurement"),
        observations=empty_table(SCHEMA),
        losses=empty_table(LOSS_SCHEMA),
        regions=arrow_table(region, REGION_SCHEMA),
        n_numeric=n_rows,
    )


if __name__ == "__main__":
    main()
