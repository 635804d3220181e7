from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import xlsx
from tallymark.readers.xlsx import cells

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def read(content: bytes, *, styles: bool = False) -> Contents:
    return xlsx.read(content, "t.xlsx", ReaderOptions(styles=styles))


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Annex 2")
        sheet.merge_range(1, 1, 1, 3, "Persons charged")
        sheet.write(3, 1, 2880)
        sheet.write(3, 2, "<5")
        sheet.write(3, 3, True)
        sheet.write(
            4, 1, date(2020, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_formula(4, 2, "=NA()", None, "#N/A")
        sheet.write_formula(4, 3, "=1/0", None, "#DIV/0!")
        sheet.write_string(5, 1, "=cmd|' /C calc'!A0")
        book.add_worksheet("gone").hide()
        book.add_worksheet("far gone").very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='Annex 2'!$B$4:$B$4"})
        book.add_chartsheet("picture").set_chart(chart)
    return out.getvalue()


def changed(parts: dict[str, str | bytes], *, without: tuple[str, ...] = ()) -> bytes:
    """Return a small workbook of one cell with some of its parts replaced."""
    source = io.BytesIO()
    with xlsxwriter.Workbook(source, {"in_memory": True}) as book:
        book.add_worksheet("T").write(0, 0, "one")
    out = io.BytesIO()
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        whole = {name: old.read(name) for name in old.namelist()} | parts
        for name, content in whole.items():
            if name not in without:
                new.writestr(name, content)
    return out.getvalue()


def sheet(rows: str, before: str = "", after: str = "") -> Sheet:
    """Return the sheet of a workbook with this XML."""
    part = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return read(changed({"xl/worksheets/sheet1.xml": part})).sheets[0]


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(content)
    assert caught.value.where.startswith("t.xlsx")
    return str(caught.value)


def refusal_of_sheet(rows: str) -> str:
    part = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    return refusal(changed({"xl/worksheets/sheet1.xml": part}))


def test_cells_keep_their_addresses_types_and_errors() -> None:
    annex = read(workbook()).sheets[0]
    assert (annex.value(3, 1), annex.value(3, 2), annex.value(3, 3)) == (
        2880,
        "<5",
        True,
    )
    assert annex.address(3, 1) == "'Annex 2'!B4"
    assert annex.value(4, 1) == date(2020, 1, 2)
    assert (annex.value(4, 2), annex.value(4, 3)) == ("#N/A", "#DIV/0!")
    assert annex.value(5, 1) == "=cmd|' /C calc'!A0"
    assert annex.merged == ((1, 1, 1, 3),)


def test_hidden_sheets_are_marked_and_charts_left_out() -> None:
    found = [(sheet.name, sheet.is_hidden) for sheet in read(workbook()).sheets]
    assert found == [("Annex 2", False), ("gone", True), ("far gone", True)]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # Errors that calamine does not know.
        ('<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>', [["#SPILL!"]]),
        ("<row r='1'><c r='A1' t='e'><v>#N/A</v></c></row>", [["#N/A"]]),
        # Values that are written in an unusual way.
        ('<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>', [[5]]),
        ('<row r="1"><c r="A1"><v>1&#50;3</v></c></row>', [[123]]),
        ('<row r="1"><c r="A1"><v><!-- 4 -->7</v></c></row>', [[7]]),
        ('<row r="1"><c t="str" r="A1"><v>a&lt;b</v></c></row>', [["a<b"]]),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>', [["ab"]]),
        # Places that are not stated, not in order, or not in their row.
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", [[1, 2], [3, ""]]),
        ('<row r="2"><c r="B2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', [[2, ""], ["", 1]]),
        ('<row r="1"><c r="B3"><v>1</v></c></row>', [["", ""], ["", ""], ["", 1]]),
        # Rows that are only formatted.
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>', [[1]]),
    ],
)  # fmt: skip
def test_a_sheet_is_read_right_whatever_its_form(
    rows: str, found: list[object]
) -> None:
    assert list(sheet(rows).rows) == found


@pytest.mark.parametrize("ref", ["A1", "A1:XFD1048576", "C3:A1", "ZZZZZZ99999999999"])
def test_what_a_sheet_says_of_its_size_counts_for_nothing(ref: str) -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c></row>'
    found = sheet(rows, before=f'<dimension ref="{ref}"/>')
    assert list(found.rows) == [["", ""], ["", 1.0]]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "A cell's address is 'XFE1'"),
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "A cell's address is 'A0'"),
        ('<row r="99999999999"><c><v>1</v></c></row>', "is '99999999999', not one of"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="9999999"><c r="A9999999"><v>1</v></c></row>', "is 'A9999999'"),
        ('<row r="1"><c r="A1" t="str"><v>\0</v></c></row>', "holds NUL bytes"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "The workbook is broken"),
        ('<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>', "malformed XML"),
        ("<!-- -->" + "<a>" * 300, "elements within 256 others"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_right_is_told(rows: str, what: str) -> None:
    assert what in refusal_of_sheet(rows)


def test_messages_do_not_repeat_cells() -> None:
    said = refusal_of_sheet('<row r="1"><c r="A1" t="b"><v>Jane Doe</v></c></row>')
    assert "broken" in said
    assert "Jane" not in said


def test_cells_far_apart_are_refused_before_they_take_room() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>2</v></c></row>'
    assert "1,048,576 rows and 16,384 columns, more than 4,000,000" in refusal_of_sheet(
        rows
    )


def test_the_cells_of_all_sheets_count_together() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for _ in range(9):
            book.add_worksheet().write(999, 499, 1)
    assert "more than 4,000,000 cells" in refusal(out.getvalue())


def test_merged_ranges_end_where_the_cells_end() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>'
    )
    refs = ("A1:XFD1048576", "A1:XFD1048576", "B1:B2", "D9:E9", "A2", "C3:A1")
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    found = sheet(rows, after=f"<mergeCells>{merged}</mergeCells>")
    assert found.merged == ((0, 0, 2, 2), (0, 1, 1, 1))


def test_tags_may_have_a_prefix() -> None:
    rows = "".join(
        f'<x:row r="{r}"><x:c r="A{r}" t="str"><x:v>&lt;x:b</x:v></x:c></x:row>'
        for r in range(1, 4)
    )
    part = (
        f'<?xml version="1.0"?>\n<x:worksheet {MAIN.replace("xmlns", "xmlns:x")}>'
        f"<x:sheetData>{rows}</x:sheetData></x:worksheet>"
    )
    found = read(changed({"xl/worksheets/sheet1.xml": part})).sheets[0]
    assert list(found.rows) == [["<x:b"]] * 3
    assert cells.plain(part.encode(), "t.xlsx").n_odd == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_parts_may_be_in_either_encoding(encoding: str) -> None:
    part = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><worksheet {MAIN}>'
        '<sheetData><row r="1"><c r="A1" t="str"><v>ไทย</v></c></row></sheetData></worksheet>'
    )
    found = read(changed({"xl/worksheets/sheet1.xml": part.encode(encoding)}))
    assert found.sheets[0].value(0, 0) == "ไทย"


def test_another_encoding_is_refused() -> None:
    part = f'<?xml version="1.0" encoding="iso-8859-1"?><sst {MAIN}/>'
    assert "is in iso-8859-1, where" in refusal(changed({"xl/sharedStrings.xml": part}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused_in_every_part(part: str) -> None:
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert f"{part.lower()}: This part of the file declares" in refusal(
        changed({part: evil})
    )


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/workbook.xml", "no Excel workbook"),
        ("xl/_rels/workbook.xml.rels", "broken"),
        ("xl/worksheets/sheet1.xml", "broken"),
        ("xl/sharedStrings.xml", "broken"),
        ("[Content_Types].xml", None),
        ("xl/styles.xml", None),
    ],
)
def test_a_part_that_is_missing_is_told_if_it_is_needed(
    part: str, what: str | None
) -> None:
    content = changed({}, without=(part,))
    if what is None:
        assert read(content).sheets[0].value(0, 0) == "one"
    else:
        assert what in refusal(content)


def test_two_sheets_of_one_part_are_refused() -> None:
    book = (
        f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1" '
        'r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId1"/></sheets></workbook>'
    )
    assert "one and the same" in refusal(changed({"xl/workbook.xml": book}))


def test_a_long_text_is_read_once_and_not_a_million_times() -> None:
    text = f"<sst {MAIN}><si><t>{'x' * 32_767}</t></si></sst>"
    row = '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>0</v></c>'
    rows = "".join(f'<row r="{r}">{row.format(r)}</row>' for r in range(1, 10_001))
    part = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    bomb = {"xl/sharedStrings.xml": text, "xl/worksheets/sheet1.xml": part}
    assert "more than 268,435,456 bytes of texts" in refusal(changed(bomb))
    few = {
        "xl/sharedStrings.xml": text,
        "xl/worksheets/sheet1.xml": part.replace('t="s"', ""),
    }
    assert len(read(changed(few)).sheets[0].rows) == 10_000


def test_pivot_caches_and_linked_workbooks_are_found() -> None:
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": (
            f'<pivotCacheDefinition {MAIN}><cacheFields><cacheField name="Name">'
            '<sharedItems><s v="A"/><s v="B"/><s v="C"/></sharedItems></cacheField>'
            '<cacheField name="Born"><sharedItems/></cacheField></cacheFields>'
            "</pivotCacheDefinition>"
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": (
            f'<Relationships {PACKAGE}><Relationship Id="rId1" '
            f'Type="{RELATIONS}/pivotCacheRecords" Target="pivotCacheRecords1.xml"/>'
            "</Relationships>"
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": (
            f'<pivotCacheRecords {MAIN}><r><x v="1"/><s v="1990"/></r>'
            '<r><x v="99"/><n v="3"/></r></pivotCacheRecords>'
        ),
        "xl/externalLinks/externalLink1.xml": (
            f'<externalLink {MAIN}><externalBook><sheetNames><sheetName val="Annex"/>'
            '</sheetNames><sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="B2">'
            "<v>x</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
        ),
        "xl/embeddings/a.bin": "x",
    }
    found = read(changed(parts))
    tables = {table.name: [list(row) for row in table.rows] for table in found.unshown}
    assert tables == {
        "Link 1, Annex": [[None, "x"]],
        "Pivot cache 1": [["Name", "Born"], ["B", "1990"], [None, 3]],
        "Pivot cache 1, items": [
            ["Name", "Born"],
            ["A", None],
            ["B", None],
            ["C", None],
        ],
    }
    assert found.detected == {"not read": "embedded files"}
    assert read(changed({})).unshown == ()


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300, allow_subnormal=False),
    st.booleans(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1
    ).filter(lambda text: text.strip() == text and "_x" not in text),
)


@given(
    st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=6),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_what_is_written_is_read_back(
    rows: list[list[object]], top: int, left: int
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False}
    ) as book:
        written = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str):
                    written.write_string(top + r, left + c, value)
                else:
                    written.write(top + r, left + c, value)
    found = read(out.getvalue()).sheets[0]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            cell = found.value(top + r, left + c)
            if isinstance(value, float | int) and not isinstance(value, bool):
                assert cell == pytest.approx(value, rel=1e-14)
            else:
                assert cell == value or (value is None and cell in ("", None))


@given(st.data())
def test_both_ways_to_read_a_sheet_agree(data: st.DataObject) -> None:
    places = data.draw(
        st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), unique=True)
    )
    kinds = st.sampled_from(["<v>{0}</v>", "<v>0</v>", ""])
    rows = "".join(
        f'<row r="{r}"><c r="{cells.column_letters(c)}{r}">'
        f"{data.draw(kinds).format(r * c)}</c></row>"
        for r, c in places
    )
    part = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()
    anew = cells.rewritten(part, "t.xlsx")
    assert cells.plain(anew, "t.xlsx").content == anew
    usual, odd = (read(changed({"xl/worksheets/sheet1.xml": p})) for p in (part, anew))
    assert usual.sheets == odd.sheets
