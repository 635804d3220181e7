"""The face: every format of the registry renders, the same bytes everywhere."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import tallymark as tm
from drafts import draft, guess
from tallymark import pipeline
from tallymark.check import changes_between
from tallymark.documents import REFERENCE, load
from tallymark.errors import UsageError
from tallymark.model.accepted import Accepted
from tallymark.model.answer import COLUMNS, Answer, Answers
from tallymark.model.capacity import ComparedSheet
from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Calendar, Severity, Stage
from tallymark.model.contract import ContractChange, ContractChanges
from tallymark.model.country import Country
from tallymark.model.finding import Status
from tallymark.model.flaw import Flaw
from tallymark.model.grid import Sheet
from tallymark.model.template import DEFAULT_SERIES, Request
from tallymark.model.trace import Became, SheetTrace, Trace, Traced
from tallymark.model.verdict import Verdict
from tallymark.model.verdict_change import RecordedOutcome, RecordedVerdict
from tallymark.present import FORMATS, render
from tallymark.reproduction import provenance_beside, reproduce, verify

REQUEST = Request(
    area="KEN",
    calendar=Calendar.GREGORIAN,
    first_month=1,
    first_year=2017,
    last_year=2018,
    language="en",
    breakdowns=(),
    series=((DEFAULT_SERIES, (Stage.CHARGED,)),),
)
SHEET = Sheet(name=None, rows=[[5.0]])
TRACED = Traced(became=Became.OBSERVATION, detail="5: KEN 2018")

ANSWER = Answer(**dict.fromkeys(COLUMNS, "x"))
GONE = ContractChange(
    path="$.schema[0].properties[0]",
    kind="column removed",
    what="sex is gone",
    breaks=("consumer",),
)
PASSED, FAILED = (
    RecordedVerdict(
        outcomes={
            "x": RecordedOutcome(
                severity=Severity.INFO, status=status, n_failed=1, n_listed=0
            )
        },
        findings=(),
    )
    for status in (Status.PASSED, Status.FAILED)
)
FLAW = Flaw(suites=("s",), slugs=("x",), kind="vacuous", said="Never.", action="Drop.")
SAMPLES = Path(__file__).parents[2] / "sample_data"
CLAIMS = """\
version: 1
claims:
  - id: cases
    text: The unit investigated 52 cases.
    kind: level
    value: 52
    figures: [{where: {stage: INVESTIGATED, time_period: 2019}}]
"""
BINARY = {"xlsx"}

COLD = """
import sys
from tallymark.model.columns import empty_table
from tallymark.model.finding import FLAG_SCHEMA, Findings
from tallymark.model.report import Report
from tallymark.present import render
nothing = Findings(suites=(), outcomes=(), items=(), flags=empty_table(FLAG_SCHEMA))
render("findings", "text", Report(findings=nothing))
heavy = {"jinja2", "pandas", "duckdb", "xlsxwriter"} & sys.modules.keys()
assert not heavy, heavy
"""


@pytest.fixture(scope="module")
def of_figures(sample_figures, tmp_path_factory):
    """Records that are made from figures, by kind."""
    figures, folder = sample_figures("ken_ahtcpu_unit"), tmp_path_factory.mktemp("of")
    page, text, claims = (folder / name for name in ("t.html", "t.md", "c.yaml"))
    tm.table(figures, rows="stage").save(page)
    text.write_text("In 2019 the unit in Kenya investigated 52 cases, not 17.\n")
    claims.write_text(CLAIMS)
    return {
        "beside": figures.beside("KEN").record,
        "citation": figures.cite().record,
        "why": figures.why("KEN-2019-INVESTIGATED").record,
        "claims": tm.claim(claims, figures),
        "scan": pipeline.scan(text, figures),
        "verification": verify(page),
        "reproduction": reproduce(provenance_beside(page), SAMPLES / "ken_ahtcpu_unit"),
    }


@pytest.fixture
def record(figure, table, finding, report, of_figures):
    return {
        **of_figures,
        "table": table([[figure(1.0, "tips", "zero", "gap"), None]]),
        "findings": report(finding(), finding("other")),
        "return": report(finding(), finding("other")),
        "ci": CiReport(verdict=Verdict(findings=report(finding()).findings)),
        "answers": Answers(items=(ANSWER,)),
        "capacity": ComparedSheet(file="c.csv", answers=(), problems=("C2: no",)),
        "country": load(REFERENCE / "countries/KEN.yaml", Country),
        "flaws": [FLAW],
        "verdict changes": changes_between(PASSED, FAILED),
        "contract changes": ContractChanges(old="a.yaml", new="b.yaml", items=(GONE,)),
        "draft": draft(guess()),
        "facts": pipeline.facts("KEN"),
        "iccs": pipeline.iccs("KEN"),
        "template": pipeline.template(REQUEST),
        "accepted": Accepted(
            adapter="x", file=Path("a.xlsx"), written=(), opened=(guess(),)
        ),
        "trace": Trace(
            file="t.csv",
            adapter="x",
            sheets=(SheetTrace(sheet=SHEET, cells={(0, 0): TRACED}),),
            n_numeric=1,
            ignored=(),
        ),
    }


@pytest.mark.parametrize(("kind", "name"), FORMATS)
def test_every_format_gives_the_same_bytes_twice(record, kind, name) -> None:
    files = render(kind, name, record[kind])
    assert files[""]
    assert files == render(kind, name, record[kind])
    if name in BINARY:
        return
    assert all(content.endswith(b"\n") for content in files.values())
    assert not any(b"\r" in content for content in files.values())


def test_an_unknown_format_names_the_known_ones(record) -> None:
    with pytest.raises(UsageError, match="no format 'pdf' for table") as caught:
        render("table", "pdf", record["table"])
    known = ", ".join(name for kind, name in FORMATS if kind == "table")
    assert f"Known are: {known}." in str(caught.value)


def test_findings_on_the_terminal_start_cold() -> None:
    subprocess.run([sys.executable, "-c", COLD], check=True)


def test_a_workbook_says_no_day_on_which_it_was_made(record) -> None:
    content = render("return", "xlsx", record["return"])[""]
    with ZipFile(BytesIO(content)) as book:
        said = book.read("docProps/core.xml").decode()
        assert {i.date_time[0] for i in book.infolist()} == {1980}
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}T", said)) == {"2000-01-01T"}
