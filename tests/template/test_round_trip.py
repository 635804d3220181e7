"""Whatever is filled in by the rules of a template is read back as it was written."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from filling import (
    FIRST_ROW,
    KENYA,
    UNIT_CELL,
    filled,
    in_calendar,
    rows,
    say,
    template,
    the_read,
)
from tallymark.model.codes import Stage
from tallymark.model.template import Request, Template

NOTES = (
    "",
    "Capital only",
    "Só a província de Maputo",
    "ข้อมูลเบื้องต้น",
    "ទិន្នន័យបណ្តោះអាសន្ន",
    "ጊዜያዊ መረጃ",
    "بيانات مؤقتة",
    "Số liệu sơ bộ",
    "Frontière avec la Côte d’Ivoire",
)
OTHER_OFFENCES = ("", "Defilement", "Atentado ao pudor", "การกระทำชำเรา", "ማስፈራራት")

numbers = st.integers(0, 2_000_000)


@dataclass(frozen=True)
class Row:
    """What is filled in beside one label: by period, its numbers and its reason."""

    values: tuple[tuple[tuple[int | None, ...], str | None], ...]
    unit: str | None
    note: str
    label: str


@st.composite
def filled_rows(draw: st.DrawFn, asked: Template) -> Row:
    reasons = list(asked.content.reasons)
    values = []
    for _ in asked.periods:
        cells = draw(
            st.tuples(*[st.none() | numbers for _ in range(1 + len(asked.parts()))])
        )
        reason = draw(st.none() | st.sampled_from(reasons)) if None in cells else None
        values.append((cells, reason))
    return Row(
        values=tuple(values),
        unit=draw(st.none() | st.sampled_from(list(asked.content.units))),
        note=draw(st.sampled_from(NOTES)),
        label=draw(st.sampled_from(OTHER_OFFENCES)),
    )


requests = st.builds(
    lambda calendar, language, parts, area: replace(
        in_calendar(calendar),
        language=language,
        breakdowns=parts,
        area=area,
        series=(("case_data_request", (Stage.RECORDED,)),),
    ),
    st.sampled_from(["gregorian", "buddhist", "ethiopian"]),
    st.sampled_from(["en", "pt", "fr"]),
    st.sampled_from([(), ("sex",), ("sex", "age")]),
    st.sampled_from(["KEN", "NAM", "VNM", "CIV"]),
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[Request, str | None, dict[str, Row]]:
    request = draw(requests)
    asked = template(request)
    ids = [row.id for block in asked.content.blocks for row in block.rows]
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
    unit = draw(st.none() | st.sampled_from(list(asked.content.units)))
    return request, unit, {code: draw(filled_rows(asked)) for code in chosen}


def fill(
    book: Workbook, request: Request, unit: str | None, given_rows: dict[str, Row]
) -> None:
    asked = template(request)
    content, language = asked.content, request.language
    sheet = book[say(content.stages[Stage.RECORDED].sheet, language)]
    sheet[UNIT_CELL] = unit and say(content.units[unit], language)  # type: ignore[index]
    where = rows(sheet)
    width = 2 + len(asked.parts())
    for code, row in given_rows.items():
        at = where[code]
        if code in ("A6", "B9"):
            sheet.cell(at, 2, row.label or None)
        for period, (cells, reason) in enumerate(row.values):
            first = 3 + period * width
            for k, value in enumerate(cells):
                sheet.cell(at, first + k, value)
            said = reason and say(content.reasons[reason], language)  # type: ignore[index]
            sheet.cell(at, first + width - 1, said)
        last = 3 + len(asked.periods) * width
        said = row.unit and say(content.units[row.unit], language)  # type: ignore[index]
        sheet.cell(at, last, said)
        sheet.cell(at, last + 1, row.note or None)


Figure = dict[str, Any]
FIELDS = (
    "obs_value",
    "missing_reason",
    "counting_unit",
    "scope",
    "offence",
    "sex",
    "age_group",
    "is_total",
    "notes",
    "time_period",
    "ref_area",
)


def expected(
    request: Request, unit: str | None, given_rows: dict[str, Row]
) -> dict[str, Figure]:
    """Return each figure by its cell, told anew from what was filled in."""
    asked = template(request)
    parts = [
        {},
        *({{"sex": "sex", "age": "age_group"}[n]: p.code} for n, p in asked.parts()),
    ]
    blank = Row(
        values=tuple(((None,) * len(parts), None) for _ in asked.periods),
        unit=None,
        note="",
        label="",
    )
    figures = {}
    at = FIRST_ROW - 1
    for block in asked.content.blocks:
        at += 1
        for row in block.rows:
            at += 1
            told = given_rows.get(row.id, blank)
            if (
                row.is_open
                and not told.label
                and not any(
                    value is not None for cells, _ in told.values for value in cells
                )
            ):
                continue
            for n, (cells, reason) in enumerate(told.values):
                for k, (value, part) in enumerate(zip(cells, parts, strict=True)):
                    column = string.ascii_uppercase[2 + n * (len(parts) + 1) + k]
                    figures[f"{column}{at}"] = {
                        "obs_value": value,
                        "missing_reason": None
                        if value is not None
                        else reason or "BLANK",
                        "counting_unit": told.unit or unit or "UNSTATED",
                        "scope": block.scope,
                        "offence": row.offence,
                        "sex": "_T",
                        "age_group": "_T",
                        "is_total": row.is_total,
                        "notes": told.note or None,
                        "time_period": _sdmx(request, n),
                        "ref_area": request.area,
                        **part,
                    }
    return figures


def _sdmx(request: Request, period: int) -> str:
    names = {
        "gregorian": ("2017", "2018"),
        "buddhist": ("2017", "2018"),
        "ethiopian": ("2016-09-11/P1Y", "2017-09-11/P1Y"),
    }
    return names[request.calendar][period]


Answered = tuple[Request, str | None, dict[str, Row]]


def check_read_back(answer: Answered) -> None:
    """Fill in a template, read it, and compare every figure with what was filled in."""
    request, unit, given_rows = answer
    with TemporaryDirectory() as folder:
        path = Path(folder) / "réponse à nous ክፍል.xlsx"
        found = the_read(filled(path, lambda book: fill(book, *answer), request))
    (submission,) = found.items
    read = {
        row["source_ref"].rpartition("!")[2]: {name: row[name] for name in FIELDS}
        for row in submission.observations.to_pylist()
    }
    assert read == expected(request, unit, given_rows)
    unnamed = [
        code
        for code in ("A6", "B9")
        if code in given_rows
        and not given_rows[code].label
        and any(n is not None for cells, _ in given_rows[code].values for n in cells)
    ]
    assert submission.losses["kind"].to_pylist() == ["row-unnamed"] * len(unnamed)
    assert submission.losses["raw_value"].to_pylist() == unnamed


@given(answers())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_filled_in_by_the_rules_is_read_back(answer: Answered) -> None:
    check_read_back(answer)


@pytest.mark.slow
@given(answers())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_filled_in_by_the_rules_is_read_back(answer: Answered) -> None:
    check_read_back(answer)


ASKED = (*template().definition, *template().capacity)
said = st.fixed_dictionaries(
    {},
    optional={
        question.field: st.sampled_from([*question.choices, "unknown"])
        for question in ASKED
        if question.form == "choice" and question.field != "calendar.name"
    }
    | {
        "child_age_below": st.integers(12, 21).map(str),
        "statutes": st.lists(
            st.sampled_from(["Code pénal, art. 640", "ዐዋጅ 958/2016", "Lei 35/2014"]),
            min_size=1,
            unique=True,
        ).map("\n".join),
    },
)


@given(said, st.sampled_from(["en", "pt", "fr"]))
@settings(max_examples=6, deadline=None)
def test_answers_beside_the_figures_are_read_back(
    given_answers: dict[str, str], language: str
) -> None:
    request = replace(KENYA, language=language)
    not_known = {"unknown": template().content.words["not_known"]}

    def answer(book: Workbook) -> None:
        for sheet, questions, letter in (
            (book.worksheets[3], template().definition, "D"),
            (book.worksheets[4], template().capacity, "C"),
        ):
            for n, question in enumerate(questions, 1):
                code = given_answers.get(question.field)
                words = {**question.choices, **not_known}.get(code or "", "")
                text = say(words, language) or code
                sheet.cell(rows(sheet)[f"{letter}{n}"], 3, text)

    with TemporaryDirectory() as folder:
        (found,) = the_read(filled(Path(folder) / "x.xlsx", answer, request)).items
    read = {key: told["value"] for key, told in found.answers.items() if key != "mark"}
    assert read == {
        f"CAPACITY {field.removeprefix('capacity.')}"
        if field.startswith("capacity.")
        else f"case_data_request {field}": code
        for field, code in given_answers.items()
    }
    assert found.losses.num_rows == 0


def test_an_empty_template_gives_blanks_and_never_a_zero(tmp_path: Path) -> None:
    found = the_read(filled(tmp_path / "empty.xlsx", lambda _: None, KENYA)).items[0]
    assert set(found.observations["missing_reason"].to_pylist()) == {"BLANK"}
    assert set(found.observations["obs_value"].to_pylist()) == {None}
    assert found.losses.num_rows == 0
