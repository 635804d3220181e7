"""Answers beside the figures: they fill the definition, and act as facts of the country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook

from filling import KENYA, fill_rows, filled, one, rows, the_read
from tallymark.ingest import read
from tallymark.ingest.batch.packing import pack, unpack
from tallymark.model.codes import Calendar
from tallymark.model.series import SeriesCalendar
from tallymark.pipeline import check, interpret

UNIT = "Is there a dedicated and specialised unit"


def answer(book: Workbook) -> None:
    """Answer some questions of the definition and of the capacity."""
    fill_rows(book)
    about = book["Start here"]
    for row in about.iter_rows():
        for cell in row:
            if cell.value == "Institution that answers":
                about.cell(cell.row, cell.column + 1, "Office of Statistics")
            if cell.value == "Date of this answer":
                about.cell(cell.row, cell.column + 1, datetime(2024, 3, 1))  # noqa: DTZ001
    sheet = book["How you count"]
    sheet["C6"], sheet["C8"], sheet["C16"] = "Yes", "Not included", "No"
    sheet["C10"] = "Sexual Offences Act 2006, s. 16\nCybercrimes Act 2018, s. 24"
    sheet["C11"], sheet["C12"] = 18, "A part of the country"
    sheet = book["Capacity"]
    sheet["C6"], sheet["D6"] = "Yes", date(2018, 3, 25)
    sheet["E6"], sheet["F6"] = "Service order 4 of 2018", "In the capital"
    sheet["C8"], sheet["C9"] = "In part", "Not known"


def test_answers_fill_the_definition_of_the_area_and_years_asked(
    tmp_path: Path,
) -> None:
    found = the_read(filled(tmp_path / "answer.xlsx", answer))
    series = found.series["case_data_request"]
    (version,) = series.definitions
    assert (version.area, version.start, version.end) == (
        "KEN",
        date(2017, 1, 1),
        date(2018, 12, 31),
    )
    held = series.as_of(series.version_at("KEN", date(2017, 1, 1)))
    assert held.counting_rule.principal_offence == "yes"
    assert held.counting_rule.attempts == "excluded"
    assert held.counting_rule.multiple == "unknown"
    assert held.statutes == (
        "Sexual Offences Act 2006, s. 16",
        "Cybercrimes Act 2018, s. 24",
    )
    assert (held.child_age_below, held.online_marker) == (18, "no")
    assert (held.coverage.territory, held.coverage.agencies) == ("partial", "unknown")
    assert held.calendar == SeriesCalendar(name=Calendar.GREGORIAN, first_month=1)
    assert version.source.where == "answer.xlsx, case_data_request"
    assert series.version_at("UGA", date(2017, 1, 1)) is None


def test_capacity_answers_are_facts_with_their_day_and_cell(tmp_path: Path) -> None:
    found = the_read(filled(tmp_path / "answer.xlsx", answer))
    kenya = found.countries["KEN"]
    told = kenya.capacity["unit"][-1]
    assert (told.answer, told.basis) == ("yes", "sourced")
    assert (told.start, told.end) == (date(2018, 3, 25), date(2018, 12, 31))
    assert told.detail == "Service order 4 of 2018; In the capital"
    assert told.source is not None
    assert told.source.where == "answer.xlsx, Capacity!C6"
    assert told.source.publisher == "Office of Statistics"
    partial = kenya.capacity["icse"][-1]
    assert (partial.answer, partial.start) == ("partial", date(2017, 1, 1))
    shipped = the_read(filled(tmp_path / "plain.xlsx", fill_rows)).countries["KEN"]
    known = shipped.capacity["proactive_victim_id"]
    assert kenya.capacity["proactive_victim_id"] == known


def test_the_day_of_the_answer_is_its_vintage(tmp_path: Path) -> None:
    found = one(filled(tmp_path / "answer.xlsx", answer))
    assert set(found.observations["vintage"].to_pylist()) == {date(2024, 3, 1)}
    blank = one(filled(tmp_path / "plain.xlsx", fill_rows))
    assert set(blank.observations["vintage"].to_pylist()) == {None}


def test_answers_act_in_caveats(tmp_path: Path) -> None:
    def caveats(name: str, fill: Callable[[Workbook], object]) -> set[str]:
        found = the_read(filled(tmp_path / name, fill))
        figures = interpret(found, check(found, keep=0)).to_pandas(plain=True)
        held = set(" ".join(figures["caveats"]).split())
        return held & {"no-ocsea-flag", "partial-geography", "attempts-unknown"}

    assert "attempts-unknown" in caveats("plain.xlsx", fill_rows)
    answered = caveats("answer.xlsx", answer)
    assert answered == {"no-ocsea-flag", "partial-geography"}


def test_two_templates_of_two_areas_fill_one_series(tmp_path: Path) -> None:
    uganda = replace(KENYA, area="UGA")
    paths = [
        filled(tmp_path / "kenya.xlsx", answer),
        filled(tmp_path / "uganda.xlsx", fill_rows, uganda),
    ]
    series = read(paths).series["case_data_request"]
    assert {version.area for version in series.definitions} == {"KEN", "UGA"}


def test_a_kept_submission_keeps_its_answers(tmp_path: Path) -> None:
    found = one(filled(tmp_path / "answer.xlsx", answer))
    assert unpack(pack(found), tmp_path / "answer.xlsx").answers == found.answers


def test_the_questions_stand_in_their_order(tmp_path: Path) -> None:
    book = filled(tmp_path / "x.xlsx", fill_rows)
    sheet = load_workbook(book)["Capacity"]
    assert list(rows(sheet)) == ["C1", "C2", "C3", "C4", "C5"]
    assert str(sheet.cell(rows(sheet)["C1"], 2).value).startswith(UNIT)
