from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.formula.translate import Translator, TranslatorError

from tallymark.errors import SourceError
from tallymark.model.grid import ReaderOptions, Sheet, Style
from tallymark.readers import xlsx
from tallymark.readers.xlsx import styles as limits
from tallymark.readers.xlsx.formulas import moved, take_apart

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T")
        sheet.write(0, 0, "plain")
        sheet.write(1, 0, "Total", book.add_format({"bold": True}))
        sheet.write(2, 0, "of which", book.add_format({"indent": 2}))
        sheet.write(3, 0, 0.5, book.add_format({"num_format": "0.0%"}))
        sheet.write(4, 0, 1234, book.add_format({"num_format": 3}))
        sheet.write_blank(5, 0, None, book.add_format({"bold": True}))
        sheet.write_formula(0, 1, "=SUM(A4:A5)", None, 1234.5)
        sheet.write(1, 1, "noted")
        sheet.write_comment(1, 1, "Jane Doe:\nprovisional", {"author": "Jane Doe"})
        sheet.write_url(2, 1, "https://example.org/x", string="link")
        sheet.write_url(3, 1, "internal:T!A1", string="here")
        sheet.write(0, 2, "hidden column")
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.write(7, 0, "hidden row")
        sheet.set_row(7, None, None, {"hidden": True})
    return out.getvalue()


def with_part(content: bytes, parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def styled(content: bytes) -> Sheet:
    return xlsx.read(content, "t.xlsx", ReaderOptions(styles=True)).sheets[0]


def test_only_cells_that_differ_have_a_style() -> None:
    assert styled(workbook()).styles == {
        (1, 0): Style(bold=True),
        (2, 0): Style(indent=2),
        (3, 0): Style(number_format="0.0%"),
        (4, 0): Style(number_format="#,##0"),
        (0, 1): Style(formula="=SUM(A4:A5)"),
        (1, 1): Style(comment="provisional"),
        (2, 1): Style(hyperlink="https://example.org/x"),
        (3, 1): Style(hyperlink="#T!A1"),
        (0, 2): Style(is_hidden=True),
        (7, 0): Style(is_hidden=True),
    }


def test_styles_are_read_only_on_request_and_values_stay() -> None:
    plain = xlsx.read(workbook(), "t.xlsx", ReaderOptions()).sheets[0]
    assert plain.styles == {}
    assert plain.rows == styled(workbook()).rows


def test_no_author_is_ever_read() -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{THREADED}" '
            'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
        ),
        "xl/threadedComments/threadedComment1.xml": (
            '<ThreadedComments><threadedComment ref="A1" personId="{1}"><text>@Jane Doe, '
            'is this final?</text><mentions><mention startIndex="0" length="9"/></mentions>'
            '</threadedComment><threadedComment ref="A1" personId="{2}"><text>Yes.</text>'
            "</threadedComment></ThreadedComments>"
        ),
        "xl/persons/person.xml": '<personList><person displayName="Jane Doe"/></personList>',
    }
    found = styled(with_part(workbook(), parts))
    assert found.styles[0, 0].comment == "@, is this final?\nYes."
    assert "Jane" not in repr(found) + repr(styled(workbook()))


def test_a_formula_of_many_cells_is_that_of_each() -> None:
    rows = (
        '<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B3">A1*$C$1+T!A:A</f><v>1</v></c>'
        '</row><row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    part = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    found = styled(with_part(workbook(), {"xl/worksheets/sheet1.xml": part}))
    formulas = {cell: style.formula for cell, style in found.styles.items()}
    assert formulas == {(0, 1): "=A1*$C$1+T!A:A", (1, 1): "=A2*$C$1+T!A:A"}


@given(
    st.sampled_from(
        ["A1", "$A1+B$2", "SUM(C3:D4)", "T!$A:B", "'a b'!C1&\"A1\"", "$1:2", "LOG10(B2)", "tax*A1"]
    ),
    st.integers(0, 40),
    st.integers(0, 40),
)  # fmt: skip
def test_formulas_move_as_openpyxl_moves_them(
    formula: str, down: int, right: int
) -> None:
    pieces = take_apart(formula)
    assert pieces is not None
    origin = Translator(f"={formula}", origin="A1")
    assert f"={moved(pieces, down, right)}" == origin.translate_formula(
        row_delta=down, col_delta=right
    )


def test_a_formula_that_leaves_the_sheet_says_so() -> None:
    pieces = take_apart("B2")
    assert pieces is not None
    assert moved(pieces, -5, 0) == "#REF!"
    with pytest.raises(TranslatorError):
        Translator("=B2", origin="A9").translate_formula("A1")


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        ("MAX_STYLED", "styled cells"),
        ("MAX_LINKED", "links"),
        ("MAX_MOVED", "formulas"),
    ],
)
def test_styles_have_their_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str, what: str
) -> None:
    monkeypatch.setattr(limits, limit, 1)
    rows = (
        '<row r="1"><c r="A1" s="1"><f t="shared" si="0" ref="A1:A2">B1+1</f><v>1</v></c>'
        '</row><row r="2"><c r="A2" s="1"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    link = '<hyperlinks><hyperlink ref="A1:B9" location="x"/></hyperlinks>'
    part = f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{link}</worksheet>"
    with pytest.raises(SourceError, match=f"more than 1 .*{what}"):
        styled(with_part(workbook(), {"xl/worksheets/sheet1.xml": part}))


def test_formats_agree_with_openpyxl() -> None:
    sheet, theirs = styled(workbook()), load_workbook(io.BytesIO(workbook()))["T"]
    for (row, column), style in sheet.styles.items():
        cell = theirs.cell(row + 1, column + 1)
        assert cell.number_format == (style.number_format or "General")
        assert (bool(cell.font.b), int(cell.alignment.indent)) == (
            style.bold,
            style.indent,
        )
