"""The workbook as it is sent out: locks, lists, help, marks, years with their days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from filling import (
    KENYA,
    fill_rows,
    filled,
    in_calendar,
    one,
    rows,
    say,
    template,
    workbook,
    written,
)
from tallymark.model.codes import Stage
from tallymark.model.template import DEFAULT_STAGES, MarkError, read_mark
from tallymark.present import render

ALL_STAGES = tuple(stage for stage in Stage if stage is not Stage.OTHER)


def test_the_same_request_gives_the_same_bytes() -> None:
    assert render("template", "xlsx", template()) == {"": written()}


@pytest.mark.parametrize(
    "name", ["Recorded", "How you count", "Capacity", "Start here"]
)
def test_only_cells_to_be_filled_in_are_unlocked(name: str) -> None:
    sheet = workbook()[name]
    assert sheet.protection.sheet
    cells = [cell for row in sheet.iter_rows() for cell in row]
    open_cells = [cell for cell in cells if not cell.protection.locked]
    assert open_cells
    assert not [cell.coordinate for cell in open_cells if cell.value is not None]
    assert not [cell for cell in cells if cell.value is not None and cell.has_style
                and not cell.protection.locked]  # fmt: skip


def test_rows_that_ask_for_numbers_take_whole_numbers_and_reasons_alone() -> None:
    sheet = workbook()["Recorded"]
    kinds = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            kinds[area.coord] = (rule.type, rule.operator, rule.formula1)
    last = max(rows(sheet).values())
    assert kinds[f"C8:C{last}"] == ("whole", "greaterThanOrEqual", "0")
    assert kinds[f"D8:D{last}"][0] == "list"
    assert kinds["C4"][0] == "list"


def test_every_list_stands_on_the_hidden_sheet_in_full() -> None:
    book = workbook()
    lists = book["Lists"]
    assert lists.sheet_state == "hidden"
    for name in ("Recorded", "How you count", "Capacity"):
        for rule in book[name].data_validations.dataValidation:
            if rule.type == "list":
                area = rule.formula1.partition("!")[2].replace("$", "")
                texts = [cell.value for (cell,) in lists[area]]
                assert all(texts)
                assert len(set(texts)) == len(texts)


def test_help_says_what_zero_and_empty_mean() -> None:
    sheet = workbook()["Recorded"]
    told = {
        rule.promptTitle: rule.prompt for rule in sheet.data_validations.dataValidation
    }
    assert "0 only if the records were searched" in told["A whole number"]
    start = [cell.value for row in workbook()["Start here"].iter_rows() for cell in row]
    assert any("Totals only. Never write a name" in str(text) for text in start)


@pytest.mark.parametrize(
    ("calendar", "heading"),
    [
        ("gregorian", "2017\n1 Jan 2017 – 31 Dec 2017"),
        ("buddhist", "2560\nThai (Buddhist) calendar\n1 Jan 2017 – 31 Dec 2017"),
        ("ethiopian", "2009\nEthiopian calendar\n11 Sep 2016 – 10 Sep 2017"),
    ],
)
def test_years_stand_with_their_gregorian_days(calendar: str, heading: str) -> None:
    assert workbook(in_calendar(calendar))["Recorded"]["C6"].value == heading


def test_fiscal_years_are_named_by_both_years() -> None:
    request = replace(in_calendar("ethiopian"), first_month=7)
    heading = workbook(request)["Recorded"]["C6"].value
    assert heading == "2009/10\nEthiopian calendar\n8 Jul 2017 – 7 Jul 2018"
    april = workbook(replace(KENYA, first_month=4))["Recorded"]["C6"].value
    assert april == "2017/18\n1 Apr 2017 – 31 Mar 2018"


@pytest.mark.parametrize(
    ("calendar", "first_month"),
    [("gregorian", 4), ("gregorian", 10), ("buddhist", 10), ("ethiopian", 7)],
)
def test_years_that_begin_in_any_month_are_read_back(
    calendar: str, first_month: int, tmp_path: Path
) -> None:
    request = replace(in_calendar(calendar), first_month=first_month)
    found = one(filled(tmp_path / "x.xlsx", fill_rows, request))
    periods = {(p.start, p.end) for p in template(request).periods}
    columns = found.observations.select(["period_start", "period_end"]).to_pylist()
    assert {tuple(row.values()) for row in columns} == periods
    assert found.losses.num_rows == 0


@pytest.mark.parametrize(
    ("language", "area"), [("en", "NAM"), ("fr", "CIV"), ("pt", "VNM")]
)
def test_a_filled_template_of_all_stages_passes_the_gate(
    language: str, area: str, tmp_path: Path
) -> None:
    request = replace(
        KENYA, language=language, area=area, series=(("case_data_request", ALL_STAGES),)
    )
    unit = say("Persons suspected, charged or convicted", language)
    path = filled(tmp_path / "x.xlsx", lambda book: fill_rows(book, unit), request)
    found = one(path)
    assert set(found.observations["stage"].to_pylist()) == set(map(str, ALL_STAGES))
    assert set(found.observations["ref_area"].to_pylist()) == {area}
    assert set(found.observations["counting_unit"].to_pylist()) == {"PERSON"}
    assert found.losses.num_rows == 0


@pytest.mark.parametrize(
    ("language", "area", "name"),
    [
        ("en", "CIV", "Côte d’Ivoire, 2017–2018"),
        ("fr", "CIV", "Côte d’Ivoire, 2017–2018"),
        ("pt", "NAM", "Namíbia, 2017–2018"),
        ("fr", "VNM", "Viêt Nam, 2017–2018"),
        ("en", "VNM", "Viet Nam, 2017–2018"),
        ("pt", "XAA", "Exampleland, 2017–2018"),
    ],
)
def test_areas_are_named_in_the_language(language: str, area: str, name: str) -> None:
    request = replace(KENYA, language=language, area=area)
    assert workbook(request).worksheets[0]["A2"].value == name


def test_several_series_have_their_own_sheets_and_answers(tmp_path: Path) -> None:
    request = replace(
        KENYA,
        series=(
            ("case_data_request", (Stage.RECORDED,)),
            ("xaa_case_data", (Stage.RECORDED, Stage.CHARGED)),
        ),
    )

    def fill(book: Workbook) -> None:
        fill_rows(book)
        book["How you count"]["D6"] = "No"

    found = one(filled(tmp_path / "x.xlsx", fill, request))
    pairs = found.observations.select(["series_id", "stage"]).to_pylist()
    assert {tuple(pair.values()) for pair in pairs} == {
        ("case_data_request", "RECORDED"),
        ("xaa_case_data", "RECORDED"),
        ("xaa_case_data", "CHARGED"),
    }
    answer = found.answers["xaa_case_data counting_rule.principal_offence"]
    assert answer["value"] == "no"


def test_a_mark_says_all_that_was_asked() -> None:
    request = replace(
        in_calendar("ethiopian"),
        breakdowns=("sex", "age"),
        series=(
            ("case_data_request", DEFAULT_STAGES),
            ("xaa_case_data", (Stage.CHARGED,)),
        ),
    )
    for page in request.pages():
        assert read_mark(request.mark(page)) == (request, page)


def test_a_mark_that_was_changed_or_is_of_a_later_version_is_refused() -> None:
    mark = KENYA.mark("START")
    assert read_mark("Kenya") is None
    with pytest.raises(MarkError, match="has been changed"):
        read_mark(mark.replace("2018", "2019"))
    with pytest.raises(MarkError, match="has been changed"):
        read_mark(mark[:-3])
