"""Workbooks whose cells hold other than what a person sees in them."""

from __future__ import annotations

import io
from pathlib import Path

import odfdo
import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tallymark.model.grid import Value
from tallymark.readers import read_grid
from tallymark.readers.xlsx.shown import NO_VALUE, with_formulas_told


def cells(content: bytes, tmp_path: Path) -> list[list[Value]]:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    return [list(row) for row in read_grid(path).sheets[0].rows]


@pytest.mark.parametrize(
    ("mark", "expected"), [("1", "15¹"), ("1, 2", "15¹, ²"), ("(a)", "15(a)")]
)
def test_raised_figures_are_no_part_of_a_number(
    mark: str, expected: str, tmp_path: Path
) -> None:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        up = book.add_format({"font_script": 1})
        book.add_worksheet().write_rich_string("A1", "15", up, mark)
    assert cells(sink.getvalue(), tmp_path) == [[expected]]


def test_other_runs_stay_as_they_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    low = TextBlock(InlineFont(vertAlign="subscript"), "2")
    up = TextBlock(InlineFont(vertAlign="superscript"), "3")
    bold = TextBlock(InlineFont(b=True), "4")
    book.active["A1"] = CellRichText("CO", low, up, bold)
    sink = io.BytesIO()
    book.save(sink)
    assert cells(sink.getvalue(), tmp_path) == [["CO2³4"]]


def test_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["=B1*2", 7, "=SUM(A1:B1)", None])
    sink = io.BytesIO()
    book.save(sink)
    assert cells(sink.getvalue(), tmp_path) == [[NO_VALUE, 7, NO_VALUE]]


def test_a_formula_with_its_value_is_read_as_stored(tmp_path: Path) -> None:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", value=2)
        sheet.write_formula("B1", '="x"', value="x")
    assert cells(sink.getvalue(), tmp_path) == [[2, "x"]]


def test_a_formula_may_give_an_empty_text() -> None:
    cell = b'<c r="A1" t="str"><f>""</f><v></v></c>'
    assert with_formulas_told(cell) == cell


def test_raised_figures_of_an_ods_are_no_part_of_a_number(tmp_path: Path) -> None:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    style = odfdo.Style("text", name="up", area="text")
    style.set_properties({"style:text-position": "super 58%"}, area="text")
    document.insert_style(style, automatic=True)
    paragraph = odfdo.Paragraph("15")
    paragraph.append(odfdo.Span("1", style="up"))
    cell = odfdo.Cell(cell_type="string")
    cell.append(paragraph)
    table = odfdo.Table("T")
    row = odfdo.Row()
    row.append(cell)
    table.append(row)
    document.body.append(table)
    path = tmp_path / "t.ods"
    document.save(path)
    assert [list(r) for r in read_grid(path).sheets[0].rows] == [["15¹"]]
