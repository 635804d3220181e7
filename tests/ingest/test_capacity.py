"""Answers on capacity are read as facts, and set against those that are known."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.documents import load
from tallymark.errors import SourceError, UsageError
from tallymark.ingest import read_capacity
from tallymark.ingest.golden import samples_folder
from tallymark.model.capacity import ComparedAnswer, ToldAnswer, compare_answer
from tallymark.model.country import CAPACITY, CapacityAnswer, Country
from tallymark.model.series import Source

HEAD = ("Country", "Question", "Answer", "From", "To", "Source")
FORMS = sorted(samples_folder().glob("interpol_case_data_*/*.xlsx"))
SOURCE = Source(title="A page")


def sheet_of(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "capacity.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Answers on capacity",), (), HEAD, *rows])
    return path


def answer(said: str, start: str = "", end: str = "") -> CapacityAnswer:
    return CapacityAnswer(
        answer=said,  # type: ignore[arg-type]  # a test may name any answer
        basis="sourced",
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        source=SOURCE,
    )


def compared(told: CapacityAnswer, *known: CapacityAnswer) -> ComparedAnswer:
    country = Country(
        version=1, iso3="XMA", name="Modelia", capacity={"icse": known}, source=SOURCE
    )
    one = ToldAnswer(iso3="XMA", question="icse", answer=told, cell="C2")
    return compare_answer(one, country, "Modelia")


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("3", "icse"),
        ("3. Are contributions made to ICSE?", "icse"),
        ("tips_direct", "tips_direct"),
        (
            "Is the identification of victims in material from the country a priority"
            "  of its own?",
            "proactive_victim_id",
        ),
    ],
)
def test_a_question_is_known_by_its_number_key_or_words(
    tmp_path: Path, question: str, key: str
) -> None:
    row = ("Kenya", question, "In part", "2019", "March 2020", "A page")
    [told] = read_capacity(sheet_of(tmp_path, row)).answers
    assert (told.iso3, told.question, told.cell) == ("KEN", key, "R4C3")
    assert told.answer.answer == "partial"
    assert told.answer.start == date(2019, 1, 1)
    assert told.answer.end == date(2020, 3, 31)
    assert told.answer.source == SOURCE


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Kenia", "1", "yes", "", "", "A page"), "R4C1: 'Kenia' is no country"),
        (("Kenya", "6", "yes", "", "", "A page"), "R4C2: '6' is none of the five"),
        (("Kenya", "1", "perhaps", "", "", "A page"), "R4C3: 'perhaps' is none of"),
        (("Kenya", "1", "yes", "soon", "", "A page"), "R4C4: "),
        (("Kenya", "1", "yes", "", "", ""), "R4C6: an answer needs a source"),
        (("World", "1", "yes", "", "", "A page"), "R4C1: 'World' is no country"),
        (
            ("Kenya", "1", "yes", "2019", "2018", "A page"),
            "R4C5: 2018-12-31 is before 2019-01-01",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_by_cell(
    tmp_path: Path, row: tuple[str, ...], said: str
) -> None:
    sheet = read_capacity(sheet_of(tmp_path, row))
    assert sheet.answers == ()
    assert [problem[: len(said)] for problem in sheet.problems] == [said]


def test_two_rows_that_deny_each_other_are_told_and_rows_below_a_gap_are_read(
    tmp_path: Path,
) -> None:
    path = sheet_of(
        tmp_path,
        ("Kenya", "1", "yes", "2018", "2018", "A page"),
        ("Kenya", "1", "no", "2019", "", "A page"),
        ("", "", "", "", "", ""),
        ("Kenya", "1", "no", "2018-07-01", "", "Another page"),
        ("Kenya", "2", "no", "", "", "A page"),
    )
    sheet = read_capacity(path)
    assert [told.cell for told in sheet.answers] == ["R4C3", "R5C3", "R8C3"]
    assert sheet.problems == ("R7C3: another answer stands in R4C3",)


def test_a_file_without_the_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("Country,2018\nKenya,3\n", encoding="utf-8")
    with pytest.raises(SourceError, match="No sheet holds answers on capacity"):
        read_capacity(path)


@pytest.mark.parametrize(
    ("told", "known", "standing"),
    [
        (answer("yes", "2019-05-20"), (answer("yes", "2019-05-20"),), "known"),
        (answer("yes"), (), "new"),
        (answer("unknown"), (), "open"),
        (answer("unknown"), (answer("no"),), "other"),
        (answer("no", "2019-01-01"), (answer("yes", "2019-05-20"),), "other"),
        (answer("no", "", "2019-05-19"), (answer("yes", "2019-05-20"),), "new"),
        (answer("yes", "2019-05-21"), (answer("no", "", "2019-05-20"),), "new"),
        (answer("yes", "2019-05-20"), (answer("no", "", "2019-05-20"),), "other"),
    ],
)
def test_an_answer_is_compared_on_the_days_it_touches(
    told: CapacityAnswer, known: tuple[CapacityAnswer, ...], standing: str
) -> None:
    assert compared(told, *known).standing == standing


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_the_forms_say_what_the_facts_say(path: Path) -> None:
    sheet = pipeline.compare_capacity(path)
    assert sheet.problems == ()
    assert {one.told.question for one in sheet.answers} == set(CAPACITY)
    standings = {one.standing for one in sheet.answers}
    assert standings <= ({"new", "open"} if "xma" in path.stem else {"known", "open"})


def test_new_answers_of_a_country_without_facts_become_its_facts(
    tmp_path: Path,
) -> None:
    path = sheet_of(
        tmp_path,
        ("Modelia", "1", "yes", "2018-07-01", "", "A page"),
        ("Modelia", "3", "unknown", "", "", ""),
        ("Kenya", "4", "yes", "", "", "A page"),
    )
    own = tmp_path / "own"
    own.mkdir()
    [written] = pipeline.save_capacity(pipeline.compare_capacity(path, own), own)
    facts = load(written, Country)
    assert (facts.iso3, facts.name, facts.invented) == ("XMA", "Modelia", True)
    assert facts.capacity["unit"] == (answer("yes", "2018-07-01"),)
    assert facts.capacity["icse"] == ()
    assert facts.version == 1
    again = pipeline.compare_capacity(path, own)
    assert [one.standing for one in again.answers] == ["known", "open", "new"]
    assert pipeline.save_capacity(again, own) == ()
    row = ("Modelia", "4", "no", "", "", "A page")
    more = pipeline.compare_capacity(sheet_of(tmp_path, row, row), own)
    [written] = pipeline.save_capacity(more, own)
    facts = load(written, Country)
    assert (facts.version, len(facts.capacity["proactive_victim_id"])) == (2, 1)
    assert facts.capacity["unit"] == (answer("yes", "2018-07-01"),)


def test_other_answers_are_printed_with_what_is_known(tmp_path: Path) -> None:
    row = ("Kenya", "3", "no", "2020", "", "A page")
    sheet = pipeline.compare_capacity(sheet_of(tmp_path, row))
    text = " ".join(pipeline.capacity_as_text(sheet).split())
    assert "1 other than known" in text
    assert "Kenya, icse: no from 2020-01-01 (R4C3)" in text
    assert "Known: yes from 2019-05-20; source: Kenya first African country" in text


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    sheet = pipeline.compare_capacity(
        sheet_of(tmp_path, ("Modelia", "1", "yes", "", "", "A page"))
    )
    with pytest.raises(UsageError, match="no such folder"):
        pipeline.save_capacity(sheet, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Oui", "yes"),
        ("NÃO", "no"),
        ("en partie", "partial"),
        ("não se sabe", "unknown"),
    ],
)
def test_an_answer_may_be_in_any_language_of_templates(
    typed: str, code: str, tmp_path: Path
) -> None:
    path = sheet_of(tmp_path, ("Kenya", "unit", typed, "2019", "", "A report"))
    (told,) = read_capacity(path).answers
    assert told.answer.answer == code


def test_a_source_that_tells_of_a_person_is_not_kept(tmp_path: Path) -> None:
    account = "On 3 May 2017 the suspect met the girl aged 12; she told her mother."
    sheet = read_capacity(
        sheet_of(tmp_path, ("Kenya", "unit", "yes", "2019", "", account))
    )
    assert sheet.answers == ()
    (problem,) = sheet.problems
    assert problem.endswith("the words seem to tell of a person, and are not kept")
    assert "girl" not in problem
