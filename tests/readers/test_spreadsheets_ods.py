from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Cell, Document, Row, Table

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Style
from tallymark.readers import ods

NAMES = {
    "office": "office:1.0",
    "table": "table:1.0",
    "text": "text:1.0",
    "style": "style:1.0",
    "number": "datastyle:1.0",
    "fo": "xsl-fo-compatible:1.0",
}
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for short, name in NAMES.items()
)
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def document(tables: str, styles: str = "") -> bytes:
    content = (
        f'<office:document-content {SPACES} xmlns:calcext="{CALC}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return packed({"mimetype": ods.MIMETYPE, "content.xml": content})


def read(content: bytes, *, styles: bool = False) -> Contents:
    return ods.read(content, "t.ods", ReaderOptions(styles=styles))


def rows(cells: str, **options: str) -> list[list[object]]:
    table = f'<table:table table:name="T">{cells}</table:table>'
    return [list(row) for row in read(document(table, **options)).sheets[0].rows]


def row(*cells: str, n: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{n}"' if n > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def cell(inside: str = "", **attributes: object) -> str:
    named = {
        "type": "office:value-type",
        "value": "office:value",
        "n": "table:number-columns-repeated",
        "formula": "table:formula",
        "right": "table:number-columns-spanned",
        "down": "table:number-rows-spanned",
        "style": "table:style-name",
        "kind": "calcext:value-type",
    }
    said = "".join(f' {named[key]}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{said}>{inside}</table:table-cell>"


def text(said: str, **attributes: object) -> str:
    return cell(f"<text:p>{said}</text:p>", type="string", **attributes)


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(content)
    assert caught.value.where.startswith("t.ods")
    return str(caught.value)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (cell("<text:p>2,880</text:p>", type="float", value="2880"), 2880.0),
        (cell("<text:p>5 %</text:p>", type="percentage", value="0.05"), 0.05),
        (text("a<text:s/>b<text:s text:c='2'/>c<text:tab/><text:span>d</text:span>"), "a b  c\td"),
        (text("one</text:p><text:p>two"), "one\ntwo"),
        (text("\n   a\n   b"), " a b"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', True),
        ('<table:table-cell office:value-type="date" office:date-value="2020-01-02"/>', date(2020, 1, 2)),
        ('<table:table-cell office:value-type="date" office:date-value="2020-01-02T03:04:05"/>', datetime.fromisoformat("2020-01-02T03:04:05")),
        ('<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>', timedelta(hours=26.5)),
        (cell("<text:p>#N/A</text:p>", type="string", kind="error"), "#N/A"),
        (cell("<text:p>Err:502</text:p>", type="float", value="0", formula="of:=1/0"), "Err:502"),
        (text("=cmd|' /C calc'!A0"), "=cmd|' /C calc'!A0"),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_says(found: str, value: object) -> None:
    assert rows(row(found)) == [[value]]


def test_cells_keep_their_addresses_through_repetitions() -> None:
    assert (
        rows(
            row(cell(n=16_384), n=2)
            + row(cell(n=2), text("a", n=2), cell(n=16_380))
            + row(cell(type="float", value="1"), n=2)
            + row(cell(n=16_384), n=1_048_571)
        )
        == [["", "", "", ""]] * 2 + [["", "", "a", "a"]] + [[1.0, "", "", ""]] * 2
    )


def test_neither_comments_nor_their_authors_are_in_cells() -> None:
    note = (
        "<office:annotation><dc:creator>Jane Doe</dc:creator><dc:date>2020</dc:date>"
        "<text:p>provisional</text:p></office:annotation>"
    )
    content = document(
        f'<table:table table:name="T">{row(cell(note + "<text:p>5</text:p>", type="string"))}'
        "</table:table>"
    )
    assert read(content).sheets[0].rows == [["5"]]
    styled = read(content, styles=True).sheets[0]
    assert styled.styles == {(0, 0): Style(comment="provisional")}
    assert "Jane" not in repr(styled)


def test_merged_ranges_and_what_they_cover() -> None:
    cells = row(text("a", right=2, down=2), "<table:covered-table-cell/>", text("b"))
    found = read(
        document(f'<table:table table:name="T">{cells}{row(text("c"))}</table:table>')
    )
    assert found.sheets[0].rows == [["a", "", "b"], ["c", "", ""]]
    assert found.sheets[0].merged == ((0, 0, 1, 1),)


def test_hidden_tables_are_marked_and_copies_set_apart() -> None:
    hidden = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    tables = (
        f'<table:table table:name="A">{row(text("1"))}</table:table>'
        f'<table:table table:name="B" table:style-name="ta1">{row(text("2"))}</table:table>'
        "<table:table table:name=\"'file:///x.ods'#$Annex\"><table:table-source/>"
        f"{row(text('3'))}</table:table>"
    )
    found = read(document(tables, hidden))
    assert [(s.name, s.is_hidden) for s in found.sheets] == [("A", False), ("B", True)]
    assert [list(s.rows) for s in found.unshown] == [[["3"]]]


def test_styles_are_found_through_parents_columns_and_rows() -> None:
    styles = (
        '<number:number-style style:name="N1"><number:number number:decimal-places="1" '
        'number:grouping="true"/></number:number-style>'
        '<number:date-style style:name="N2"><number:year number:style="long"/><number:text>-'
        '</number:text><number:month number:style="long"/></number:date-style>'
        '<style:style style:name="b" style:family="table-cell" style:data-style-name="N1">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="c" style:family="table-cell" style:parent-style-name="b">'
        '<style:paragraph-properties fo:margin-left="0.706cm"/></style:style>'
        '<style:style style:name="d" style:family="table-cell" style:data-style-name="N2"/>'
    )
    table = (
        '<table:table table:name="T"><table:table-column table:default-cell-style-name="d"/>'
        '<table:table-column table:visibility="collapse"/>'
        + row(text("a"), text("b", style="b"))
        + row(text("c", style="c"), cell(style="b"))
        + row(
            cell(
                "<text:p>2</text:p>",
                type="float",
                value="2",
                formula="of:=[.A1]*2",
                style="x",
            )
        )
        + row(text('<text:a xlink:href="https://example.org">z</text:a>', style="x"))
        + "</table:table>"
    )
    assert read(document(table, styles), styles=True).sheets[0].styles == {
        (0, 0): Style(number_format="yyyy-mm"),
        (0, 1): Style(number_format="#,##0.0", bold=True, is_hidden=True),
        (1, 0): Style(number_format="#,##0.0", bold=True, indent=2),
        (2, 0): Style(formula="=[.A1]*2"),
        (3, 0): Style(hyperlink="https://example.org"),
    }


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (row(text("a", n=1_000_000_000)), "column 1,000,000,000, more than a sheet has"),
        (row(cell(n=9_999_999_999), text("a")), "more than a sheet has"),
        (row(text("a"), n=1_000_000_000), "cells in row 1,000,000,000"),
        (row(text("a", n=16_384), n=1_000), "more than 4,000,000 cells"),
        (row(text("a")) + row(cell(), n=1_048_574) + row(text("b", n=9)), "more than 4,000,000"),
        (row(text("x" * 10_000_001)), "a text of more than 10,000,000 characters"),
        ("<table:table-row><table:table-cell>" * 200, "elements within 256 others"),
        ("<table:table-row>", "no well-formed XML"),
    ],
)  # fmt: skip
def test_what_is_too_much_is_refused(cells: str, what: str) -> None:
    assert what in refusal(
        document(f'<table:table table:name="T">{cells}</table:table>')
    )


def test_endless_spans_and_blanks_do_no_harm() -> None:
    wide = row(text("a", right=999_999_999, down=999_999_999), text("b")) + row(
        text("c")
    )
    found = read(document(f'<table:table table:name="T">{wide}</table:table>')).sheets[
        0
    ]
    assert found.merged == ((0, 0, 1, 1),)
    assert len(str(rows(row(text('a<text:s text:c="1000000000"/>b')))[0][0])) == 102


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"content.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "document type"),
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>"}, "has a password"),
        ({"encrypted-package": "x"}, "has a password"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "but no spreadsheet"),
        ({}, "content.xml: This part of the file is missing"),
        ({"content.xml": "<a>"}, "no well-formed XML"),
    ],
)
def test_other_files_are_told(parts: dict[str, str | bytes], what: str) -> None:
    assert what in refusal(packed({"mimetype": ods.MIMETYPE} | parts))


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.text("aé ไ&<\"'=#\n", min_size=1, max_size=9),
)


@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_odfdo_writes_is_read_back(values: list[list[object]]) -> None:
    table = Table("T")
    for line in values:
        written = Row()
        for value in line:
            written.append_cell(Cell(value))
        table.append_row(written)
    whole = Document("spreadsheet")
    whole.body.clear()
    whole.body.append(table)
    out = io.BytesIO()
    whole.save(out)
    found = read(out.getvalue()).sheets[0]
    for r, line in enumerate(values):
        for c, value in enumerate(line):
            got = found.value(r, c)
            if isinstance(value, str):
                assert isinstance(got, str)
                assert got.split() == value.split()
            else:
                assert got == value or (value is None and got in ("", None))
