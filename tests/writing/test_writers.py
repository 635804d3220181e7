"""Names of countries and places come through every writer, as the sender wrote them."""

from __future__ import annotations

import html
import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter
from file_makers import SHEET

import tallymark as tm
from tallymark import pipeline
from tallymark.documents import REFERENCE, load
from tallymark.ingest import draft, trace
from tallymark.model.accepted import Accepted
from tallymark.model.answer import COLUMNS, Answer, Answers
from tallymark.model.capacity import ComparedSheet, ToldAnswer, compare_answer
from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Calendar, Severity, Stage
from tallymark.model.contract import ContractChange, ContractChanges
from tallymark.model.country import CapacityAnswer, Country
from tallymark.model.flaw import Flaw
from tallymark.model.series import Source
from tallymark.model.template import DEFAULT_SERIES, Request
from tallymark.model.verdict import Verdict
from tallymark.model.verdict_change import RecordedFinding, VerdictChanges
from tallymark.present import FORMATS, render
from tallymark.reproduction import provenance_beside, reproduce, verify
from tallymark.results import Figures

FOLDER = "Relatórios – ខ្មែរ ของตำรวจ"
FILE = "Côte d’Ivoire ข้อมูล.xlsx"
PUBLISHER = "Polícia – ตำรวจ ភ្នំពេញ"
COUNTRIES = {
    "NA": "Namibia",
    "VIETNAM": "Viet Nam",
    "Tanzania": "United Republic of Tanzania",
    unicodedata.normalize("NFD", "Côte d’Ivoire"): "Côte d’Ivoire",
}
PLACES = ("Zanzibar (Unguja & Pemba)", "กรุงเทพมหานคร", "ភ្នំពេញ", "አዲስ አበባ", "Hà Nội")
ADAPTER = f"""\
id: names
version: 1
title: Cases by place
source: {{title: "{PUBLISHER}", publisher: "{PUBLISHER}"}}
vintage: 2020-03-01
missing: {{ไม่มีข้อมูล: NOT_AVAILABLE}}
tables:
  - name: cases
    header: [Area, ពាក្យ, "2018", "2019"]
    values: ["2018", "2019"]
    constants:
      series_id: xaa_case_data
      stage: RECORDED
      counting_unit: CASE
      scope: CSEA
    lookups:
      - {{header: 0, parse: period}}
      - {{column: Area, parse: area}}
      - column: ពាក្យ
        when: {{ពាក្យ: {{pattern: '(?!all$).*'}}}}
        breakdown: place
      - {{column: ពាក្យ, field: offence_label}}
"""
CLAIMS = """\
version: 1
claims:
  - id: cases
    text: "Namibia, Côte d’Ivoire and กรุงเทพมหานคร recorded cases."
    kind: level
    value: 11
    figures: [{where: {ref_area: NAM, time_period: 2018}}]
"""
TEXT = (
    "In 2018 police in Namibia recorded 11 cases, in Co\u0302te d’Ivoire (ភ្នំពេញ) 14.\n"
)


class Work(NamedTuple):
    """A file with names of many scripts, and what was found in it."""

    folder: Path
    submissions: Any
    findings: Any
    figures: Figures


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp("w") / FOLDER
    folder.mkdir()
    (folder / "names.yaml").write_text(ADAPTER, encoding="utf-8")
    (folder / "ก.md").write_text(TEXT, encoding="utf-8")
    (folder / "ខ.yaml").write_text(CLAIMS, encoding="utf-8")
    with xlsxwriter.Workbook(folder / FILE) as book:
        page = book.add_worksheet(SHEET)
        page.write_row(0, 0, ["Area", "ពាក្យ", 2018, 2019])
        rows = [(country, "all") for country in COUNTRIES]
        rows += [("Namibia", place) for place in PLACES]
        for n, row in enumerate(rows, start=1):
            page.write_row(n, 0, [*row, 10 + n, "ไม่มีข้อมูล" if n % 2 else None])
    submissions = tm.read([folder / FILE], str(folder / "names.yaml"))
    assert not submissions.errors
    findings = tm.check(submissions)
    return Work(folder, submissions, findings, tm.interpret(submissions, findings))


def table_of(work: Work) -> Any:
    return tm.table(work.figures, rows=["ref_area", "breakdown"])


def page_of(work: Work) -> Path:
    page = work.folder / "ตาราง.html"
    if not page.exists():
        table_of(work).save(page)
    return page


def answers_of(_: Work) -> Answers:
    said = {**dict.fromkeys(COLUMNS, "x"), "file": FILE, "words": " ".join(PLACES)}
    return Answers(items=(Answer(**said),))


def flaws_of(_: Work) -> list[Flaw]:
    return [
        Flaw(
            suites=(PUBLISHER,), slugs=("x",), kind="k", said=PLACES[1], action="Drop."
        )
    ]


def lineage_of(work: Work) -> Any:
    place = "place=ភ្នំពេញ"
    return work.figures.where(breakdown=place, time_period="2018").why().record


def capacity_of(_: Work) -> ComparedSheet:
    answer = CapacityAnswer(
        answer="yes", basis="sourced", detail=PLACES[1], source=Source(title=FILE)
    )
    told = ToldAnswer(iso3="CIV", question="unit", answer=answer, cell="B2")
    compared = compare_answer(told, None, "Côte d’Ivoire")
    return ComparedSheet(file=FILE, answers=(compared,))


def country_of(_: Work) -> Country:
    return load(REFERENCE / "countries/XBF.yaml", Country)


def accepted_of(work: Work) -> Accepted:
    written = (work.folder / "names.yaml",)
    (submission,) = work.submissions.items
    file = work.folder / FILE
    return Accepted(adapter=FILE, file=file, written=written, submission=submission)


def ci_of(work: Work) -> CiReport:
    return CiReport(
        verdict=Verdict(findings=work.findings),
        report=pipeline.report(work.submissions, work.findings),
    )


def contract_changes_of(_: Work) -> ContractChanges:
    gone = ContractChange(path="$", kind="column removed", what="ឆ្នាំ is gone")
    return ContractChanges(old="a.yaml", new="b.yaml", items=(gone,))


def verdict_changes_of(_: Work) -> VerdictChanges:
    found = RecordedFinding(
        fingerprint="a", evidence="b", expectation="x", severity=Severity.INFO,
        where="ភ្នំពេញ",
    )  # fmt: skip
    return VerdictChanges(
        outcomes=(), appeared=(found,), vanished=(), drifted=(), not_listed=()
    )


def template_of(_: Work) -> Any:
    request = Request(
        area="CIV",
        calendar=Calendar.GREGORIAN,
        first_month=1,
        first_year=2018,
        last_year=2018,
        language="fr",
        breakdowns=(),
        series=((DEFAULT_SERIES, (Stage.RECORDED,)),),
    )
    return pipeline.template(request)


RECORDS: dict[str, tuple[Callable[[Work], Any], tuple[str, ...]]] = {
    "table": (
        lambda work: table_of(work).record,
        (*COUNTRIES.values(), *PLACES, FILE, PUBLISHER),
    ),
    "findings": (lambda w: pipeline.report(w.submissions, w.findings), (FILE, SHEET)),
    "return": (
        lambda w: pipeline.report(w.submissions, w.findings), (SHEET, *PLACES)
    ),
    "answers": (answers_of, (FILE, *PLACES)),
    "flaws": (flaws_of, (PUBLISHER, PLACES[1])),
    "beside": (
        lambda work: work.figures.where(breakdown="_T").beside("CIV").record,
        ("Côte d’Ivoire",),
    ),
    "citation": (lambda work: work.figures.cite().record, (PUBLISHER, FILE)),
    "verification": (lambda work: verify(page_of(work)), ("ตาราง.html",)),
    "reproduction": (
        lambda work: reproduce(provenance_beside(page_of(work)), work.folder),
        ("ตาราง.html",),
    ),
    "why": (lineage_of, ("Namibia", "ភ្នំពេញ", FILE, SHEET)),
    "claims": (
        lambda work: tm.claim(work.folder / "ខ.yaml", work.figures),
        ("Namibia", "Côte d’Ivoire", "กรุงเทพมหานคร"),
    ),
    "scan": (
        lambda w: pipeline.scan(w.folder / "ก.md", w.figures.where(breakdown="_T")),
        ("Namibia", "Côte d’Ivoire"),
    ),
    "trace": (
        lambda w: trace(w.folder / FILE, str(w.folder / "names.yaml")), (SHEET, *PLACES[1:])
    ),
    "draft": (lambda work: draft(work.folder / FILE), (FILE, SHEET, "ពាក្យ")),
    "accepted": (accepted_of, (FILE,)),
    "ci": (ci_of, ()),  # paths are quoted as each form wants; tests of their own
    "contract changes": (contract_changes_of, ("ឆ្នាំ",)),
    "verdict changes": (verdict_changes_of, ("ភ្នំពេញ",)),
    "capacity": (capacity_of, ("Côte d’Ivoire",)),
    "country": (country_of, ("Ví Dụ",)),
    "facts": (lambda _: pipeline.facts("XBF"), ("Ví Dụ",)),
    "iccs": (lambda _: pipeline.iccs("KHM"), ("Cambodia",)),
    "template": (template_of, ("Côte d’Ivoire",)),
}  # fmt: skip
"""Kind of record → how it is made, and which names each format of it must show."""


def shown(content: bytes) -> str:
    """Return all that a reader sees of a file, on one line, in composed letters."""
    if content.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [c.value for page in book for row in page.iter_rows() for c in row]
        text = "\n".join(map(str, [*book.sheetnames, *cells]))
    else:
        text = content.decode("utf-8-sig")
    if text.lstrip()[:1] in ("{", "["):
        lines = text.splitlines() if text.startswith('{"') else [text]  # JSON Lines
        text = "\n".join(t for line in lines for t in texts_in(json.loads(line)))
    text = " ".join(html.unescape(text).split())
    return unicodedata.normalize("NFC", text)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    else:
        yield str(value)


def test_every_kind_that_is_written_is_tried() -> None:
    assert {kind for kind, _ in FORMATS} == set(RECORDS)


@pytest.mark.parametrize(("kind", "name"), FORMATS)
def test_names_come_through_every_writer(kind: str, name: str, work: Work) -> None:
    make, names = RECORDS[kind]
    files = render(kind, name, make(work))
    text = " ".join(shown(content) for content in files.values())
    assert [n for n in names if n not in text] == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_figures_come_back_from_files_with_their_names(form: str, work: Work) -> None:
    path = work.folder / f"ตัวเลข – Côte.{form}"
    getattr(work.figures, f"to_{form}")(path)
    back = getattr(Figures, f"from_{form}")(path)
    of_places = [f"place={place}" for place in PLACES]
    for figures in (work.figures, back):
        found = figures.where(breakdown=of_places, time_period="2018").to_arrow()
        assert set(found["breakdown"].to_pylist()) == set(of_places)
    assert sorted(back.ids()) == sorted(work.figures.ids())
