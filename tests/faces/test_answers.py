"""Questions go out in return.xlsx and answers come back; no answer changes a check."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tallymark as tm
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.finding import FLAG_SCHEMA, Finding, Findings, Location
from tallymark.model.grid import Grid, Sheet
from tallymark.model.report import Report
from tallymark.pipeline import save_findings
from tallymark.present import render

HEAD = 5
ANSWER, WORDS = 6, 7


@pytest.fixture(scope="module")
def checked(sample, tmp_path_factory):
    """A folder with what a check of a sample writes, in English and in Portuguese."""
    submissions = tm.read(sample("xaa_case_data"))
    findings = tm.check(submissions)
    folder = tmp_path_factory.mktemp("checked")
    for language in ("en", "pt"):
        save_findings(submissions, findings, folder / language, language=language)
    return folder


@pytest.fixture
def sent(checked, tmp_path):
    """The return workbook of a sample, as it goes to the sender."""
    shutil.copytree(checked / "en", tmp_path / "out")
    return tmp_path / "out/return.xlsx"


@pytest.fixture
def filled(sent, tmp_path):
    """A function: change the sheet of questions, save it, return its path."""

    def change(edit, name="back.xlsx"):
        book = openpyxl.load_workbook(sent)
        edit(book.worksheets[0])
        book.save(tmp_path / name)
        return tmp_path / name

    return change


def typing(*answers, column=ANSWER):
    def edit(page):
        for n, answer in enumerate(answers, start=HEAD + 1):
            page.cell(n, column).value = answer

    return edit


def read(run, *paths):
    """The answers as records, and what was said of them."""
    ended = run("answers", "read", *paths, "--format", "json")
    return json.loads(ended.out)["answers"], ended


def test_each_question_comes_back_with_its_fingerprint(run, sent, filled):
    document = json.loads((sent.parent / "findings.json").read_text())
    findings = {f["fingerprint"]: f for f in document["findings"]}
    answers, ended = read(run, filled(typing("yes", None, "no")))
    assert (ended.code, ended.err) == (0, "")
    assert {a["fingerprint"] for a in answers} == findings.keys()
    assert [a["answer"] for a in answers][:4] == ["yes", None, "no", None]
    for answer in answers:
        finding = findings[answer["fingerprint"]]
        for name in ("evidence", "expectation", "file"):
            assert answer[name] == finding[name]
        assert answer["cell"].startswith("Questions!F")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("yes", "yes"),
        ("  YES ", "yes"),
        ("Não", "no"),
        ("NAO.", "no"),
        ("sim", "yes"),
        ("não se sabe", "not_known"),
        ("Not  known", "not_known"),
        ("unknown", "not_known"),
    ],
)
def test_an_answer_is_understood_however_it_is_written(run, filled, typed, code):
    answers, ended = read(run, filled(typing(typed)))
    assert (answers[0]["answer"], answers[0]["words"]) == (code, "")
    assert ended.err == ""


def test_another_answer_is_told_with_its_cell_and_kept_as_words(run, filled):
    def edit(page):
        typing("half of them")(page)
        typing("see the law", column=WORDS)(page)

    answers, ended = read(run, filled(edit))
    assert (answers[0]["answer"], answers[0]["words"]) == (
        None,
        "half of them; see the law",
    )
    assert "back.xlsx Questions!F6" in ended.err
    assert "none of the answers (yes / no / not known)" in ended.err
    assert ended.code == 0


@pytest.mark.parametrize("column", [ANSWER, WORDS])
def test_words_that_tell_of_a_person_are_left_out_and_never_printed(
    run, filled, column
):
    told = "Asha Kamau, 12.03.2009, F"
    answers, ended = read(run, filled(typing(told, column=column)))
    assert (answers[0]["answer"], answers[0]["words"]) == (None, "")
    assert "seem to tell of a person" in ended.err
    assert "Asha" not in ended.out + ended.err


def test_rows_and_columns_may_be_moved_added_and_left_blank(run, sent, filled):
    def edit(page):
        typing("yes", "no")(page)
        page.insert_cols(3)
        page.insert_rows(HEAD + 2, 3)
        page.insert_rows(1, 2)
        page.move_range(f"A{HEAD + 3}:P{HEAD + 3}", rows=60)
        page.title = "Respostas"

    answers, ended = read(run, filled(edit))
    plain, _ = read(run, sent)
    given = {a["fingerprint"]: a["answer"] for a in answers if a["answer"]}
    assert given == {plain[0]["fingerprint"]: "yes", plain[1]["fingerprint"]: "no"}
    assert len(answers) == len(plain)
    assert ended.err == ""


def test_a_workbook_in_portuguese_gives_the_same(run, checked, tmp_path, sent):
    book = openpyxl.load_workbook(checked / "pt/return.xlsx")
    assert book.sheetnames[0] == "Perguntas"
    typing("sim", "yes", "não se sabe")(book.worksheets[0])
    book.save(tmp_path / "volta.xlsx")
    answers, _ = read(run, tmp_path / "volta.xlsx")
    assert [a["answer"] for a in answers][:3] == ["yes", "yes", "not_known"]
    plain, _ = read(run, sent)
    kept = ("fingerprint", "evidence", "file", "address")
    assert [[a[k] for k in kept] for a in answers] == [
        [a[k] for k in kept] for a in plain
    ]


def fingerprint_of(page):
    heads = [cell.value for cell in page[HEAD]]
    return page.cell(HEAD + 1, heads.index("fingerprint") + 1)


def test_a_changed_fingerprint_is_told(run, filled):
    def edit(page):
        fingerprint_of(page).value = "0123456789abcdef"

    answers, ended = read(run, filled(edit))
    assert "back.xlsx Questions!F6: what the question is known by was changed" in (
        ended.err
    )
    assert answers[0]["fingerprint"] == "0123456789abcdef"


def test_an_answer_without_a_fingerprint_is_told_and_not_taken(run, filled):
    def edit(page):
        typing("yes")(page)
        fingerprint_of(page).value = None

    answers, ended = read(run, filled(edit))
    assert "F6: the row has no fingerprint" in ended.err
    assert not any(a["answer"] for a in answers)


def test_two_answers_to_one_question_are_both_kept_and_told(run, filled):
    first, second = filled(typing("yes")), filled(typing("no"), "later.xlsx")
    answers, ended = read(run, first, second)
    same = answers[0]["fingerprint"]
    assert [a["answer"] for a in answers if a["fingerprint"] == same] == ["yes", "no"]
    assert "back.xlsx Questions!F6, later.xlsx Questions!F6" in ended.err
    assert same in ended.err


def test_a_file_that_is_no_return_workbook_is_one_clear_message(run, sample, sent):
    alone = run("answers", "read", sample("tha_ticac"))
    assert (alone.code, alone.out) == (2, "")
    assert "This is no return workbook" in alone.err
    both = run("answers", "read", sample("tha_ticac"), sent)
    assert both.code == 2
    assert "0 of" in both.out


def test_text_csv_and_a_file_of_ones_own(run, filled, tmp_path):
    def edit(page):
        typing("yes")(page)
        typing("=1+1", column=WORDS)(page)
        page.cell(HEAD + 1, WORDS).data_type = "s"

    back = filled(edit)
    text = run("answers", "read", back).out
    assert text.startswith("exampleland-case-data.xlsx: 1 of ")
    assert "yes     1fcf437529cc6088" in text
    target = tmp_path / "answers.csv"
    ended = run("answers", "read", back, "--format", "csv", "-o", target)
    assert (ended.out, ended.err) == ("", f"Written: {target}\n")
    with target.open(newline="") as file:
        (first, *_) = csv.DictReader(file)
    assert list(first) == [
        "file", "fingerprint", "evidence", "expectation", "address", "answer",
        "words", "workbook", "cell",
    ]  # fmt: skip
    assert (first["answer"], first["words"]) == ("yes", "'=1+1")


def test_the_library_gives_a_frame(filled):
    answers = tm.read_answers(filled(typing("yes")))
    assert repr(answers).startswith("<Answers: 1 of ")
    frame = answers.to_pandas()
    assert frame["answer"][0] == "yes"
    assert frame["answer"].isna()[1]


def test_an_answer_never_silences_a_finding(run, sample, filled, tmp_path):
    """Answers are read beside the output of a check, and the next check is the same."""

    def check():
        ended = run("check", sample("xaa_case_data"), "--out", tmp_path / "out")
        kept = {
            path.name: path.read_bytes()
            for path in (tmp_path / "out").iterdir()
            if path.name != "answers.json"
        }
        return ended.code, ended.out, kept

    before = check()
    back = filled(typing(*["yes"] * 40), "out/return.xlsx")
    target = tmp_path / "out/answers.json"
    ended = run("answers", "read", back, "--format", "json", "-o", target)
    assert ended.code == 0
    assert all(a["answer"] for a in json.loads(target.read_text())["answers"])
    assert before[0] == 1
    assert check() == before


TEXTS = st.text(st.characters(codec="utf-16"), min_size=1, max_size=40)


@given(
    file=TEXTS, sheet=TEXTS, slug=TEXTS, closed=st.lists(TEXTS, min_size=2, max_size=4)
)
@settings(max_examples=40)
def test_what_an_answer_is_known_by_survives_any_text(
    tmp_path_factory, file, sheet, slug, closed
):
    """Names of files and sheets come from senders; nothing in them may break the row."""
    finding = Finding(
        expectation=slug,
        severity=Severity.INFO,
        dimension="",
        location=Location(file=file, cells=(f"{sheet}!A1",)),
        found=sheet,
        expected=file,
        why="",
        action="",
        ask=f"Is it so? ({' / '.join(closed)})",
        key={},
    )
    findings = Findings(
        suites=(), outcomes=(), items=(finding,), flags=empty_table(FLAG_SCHEMA)
    )
    grid = Grid(
        file=file, sha256="", format="xlsx", sheets=(Sheet(name=sheet, rows=[[sheet]]),)
    )
    report = Report(findings=findings, grids={file: grid})
    path = tmp_path_factory.mktemp("law") / "return.xlsx"
    path.write_bytes(render("return", "xlsx", report)[""])
    answers = tm.read_answers(path)
    assert (answers.notes, answers.errors) == ((), ())
    (answer,) = answers
    assert answer.fingerprint == finding.fingerprint
    assert answer.evidence == finding.evidence
    assert (answer.answer, answer.words) == (None, "")


def test_several_files_give_a_workbook_each(run, sample, tmp_path):
    sent = tmp_path / "sent"
    for series in ("xaa_case_data", "ken_ahtcpu_unit", "tha_ticac"):
        shutil.copytree(sample(series).parent, sent / series)
    run("check", sent, "--out", tmp_path / "out")
    found = json.loads((tmp_path / "out/findings.json").read_text())["findings"]
    files = {f["file"] for f in found if f["file"]}
    written = {path.name for path in (tmp_path / "out").glob("*.xlsx")}
    names = {file: f"return-{Path(file).stem}.xlsx" for file in files}
    assert written == set(names.values())
    assert len(written) > 1
    for name in written:
        book = openpyxl.load_workbook(tmp_path / "out" / name)
        told = [
            str(cell.value)
            for page in book.worksheets
            for row in page.iter_rows()
            for cell in row
        ]
        others = {file for file in files if name != names[file]}
        assert not any(other in text for other in others for text in told)


def test_a_return_workbook_is_no_submission(run, sample, tmp_path, sent):
    ended = run("check", sent)
    assert ended.code == 2
    assert "tallymark answers read" in ended.err
    folder = tmp_path / "folder"
    shutil.copytree(sample("xaa_case_data").parent, folder)
    for _ in range(2):
        ended = run("check", folder, "--out", folder, "--no-cache")
        assert "Error" not in ended.err


def test_an_open_workbook_is_told_and_nothing_is_changed(run, sample, tmp_path, sent):
    out = sent.parent
    (out / "findings.html").write_text("old")
    (out / ".~lock.return.xlsx#").write_text(",someone,,;")
    ended = run("check", sample("xaa_case_data"), "--out", out, "--language", "pt")
    assert ended.code == 2
    assert "Close return.xlsx and run again." in ended.err
    assert (out / "findings.html").read_text() == "old"
