from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Style
from tallymark.readers.docx import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"

Cell = tuple[int, int, int, int]


def package(body: str, namespace: str = W, **parts: str) -> bytes:
    """Return a document; `parts` are roots such as `footnotes`, or `path=bytes`."""
    names = f'xmlns:w="{namespace}" xmlns:mc="{COMPATIBLE}"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        relations = ""
        for kind, content in parts.items():
            target = f'Type="{TYPES}/{kind.rstrip("123")}" Target="{kind}.xml"'
            relations += f'<Relationship Id="{kind}" {target}/>'
            root = {"header": "hdr", "footer": "ftr"}.get(kind.rstrip("123"), kind)
            archive.writestr(
                f"word/{kind}.xml", f"<w:{root} {names}>{content}</w:{root}>"
            )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        )
        document = f"<w:document {names}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def archive_of(path: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(path, content)
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else p(r(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def contents(body: str, **parts: str) -> Contents:
    return read(package(body, **parts), "x.docx", ReaderOptions())


def cell(content: str) -> object:
    return contents(tbl(tr(tc(content)))).sheets[0].value(0, 0)


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(content, "x.docx", ReaderOptions())
    assert "x.docx" in caught.value.where
    return str(caught.value)


def test_a_document_of_word_is_read() -> None:
    document = docx.Document()
    document.add_heading("Table 1: cases", 1)
    table = document.add_table(3, 4)
    for row in range(3):
        for column in range(4):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "high"
    table.cell(1, 3).paragraphs[0].add_run("2").font.superscript = True
    table.cell(2, 3).add_table(1, 1).cell(0, 0).text = "in"
    document.add_paragraph("Source:\tpolice\nof X")
    document.core_properties.author = "Somebody"
    saved = io.BytesIO()
    document.save(saved)
    found = read(saved.getvalue(), "x.docx", ReaderOptions())
    first, second, text = found.sheets
    assert first.rows == [
        ["00", "wide", "", "03"],
        ["high", "11", "12", "13²"],
        ["", "21", "22", "23"],
    ]
    assert first.merged == ((0, 1, 0, 2), (1, 0, 2, 0))
    assert first.address(2, 3) == "t1.r3.c4"
    assert (second.name, second.rows) == ("t2", [["in"]])
    assert text.rows == [
        ["Table 1: cases", "t1"],
        ["Source:\tpolice", ""],
        ["of X", ""],
    ]
    assert "Somebody" not in repr(found)


def test_gaps_before_a_row_and_cells_that_do_not_go_on() -> None:
    found = contents(
        tbl(
            tr(tc("a", '<w:vMerge w:val="restart"/>'), tc("b"), tc("c")),
            tr(tc("d"), properties='<w:gridBefore w:val="2"/>'),
            tr(tc("left over", "<w:vMerge/>"), tc("e", '<w:gridSpan w:val="2"/>')),
        )
    ).sheets[0]
    assert found.rows == [["a", "b", "c"], ["", "", "d"], ["left over", "e", ""]]
    assert found.merged == ((2, 1, 2, 2),)


def test_changes_are_accepted() -> None:
    deleted = '<w:del w:author="A"><w:r><w:delText>12</w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{r('5')}</w:moveFrom><w:moveTo>{r('6')}</w:moveTo>"
    inserted = f'<w:ins w:author="A">{r("34")}</w:ins>'
    assert cell(p(deleted, inserted, moved)) == "346"
    rows = tr(tc("gone"), properties="<w:del/>") + tr(tc("new"), properties="<w:ins/>")
    assert contents(tbl(rows)).sheets[0].rows == [["new"]]


def test_fields_controls_and_alternatives_show_their_result() -> None:
    steps = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in
             ("begin", "separate", "end")]  # fmt: skip
    code = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>" + r("unseen")
    assert cell(p(steps[0], code, steps[1], r("7"), steps[2], r("!"))) == "7!"
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert cell(p(control.format("", r("8")))) == "8"
    assert cell(p(control.format("<w:showingPlcHdr/>", r("Enter text")))) == ""
    whole = control.format("", tbl(control.format("", tr(control.format("", tc("9"))))))
    assert contents(whole).sheets[0].rows == [["9"]]
    both = f"<mc:Choice>{r('1')}</mc:Choice><mc:Fallback>{r('1')}</mc:Fallback>"
    assert cell(p(f"<mc:AlternateContent>{both}</mc:AlternateContent>")) == "1"


def test_letters_of_their_own_elements_are_read() -> None:
    inside = (
        "<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:tab/>"
        '<w:t>3</w:t><w:br/><w:sym w:font="Symbol" w:char="00B1"/></w:r>'
    )
    assert cell(p(inside)) == "1-2\t3\n±"
    assert cell(p('<w:r><w:sym w:char="D800"/></w:r>')) == "\ufffd"


def test_right_to_left_text_keeps_its_order() -> None:
    assert cell(p(r("القضايا", "<w:rtl/>"), r(" 2019\u200f"))) == "القضايا 2019"


def test_hidden_text_and_text_boxes_are_kept_apart_and_told() -> None:
    box = f"<w:r><w:drawing><x><w:txbxContent>{p(r('box'))}</w:txbxContent></x></w:drawing></w:r>"
    hidden = r("no", "<w:vanish/>") + r("yes", '<w:vanish w:val="0"/>')
    found = contents(p(box, hidden, "<w:r><w:object/></w:r>"))
    assert found.sheets[0].rows == [["yes", ""]]
    assert [row[0] for row in found.unshown[0].rows] == ["box", "no"]
    assert found.detected == {
        "text boxes left out": "1",
        "embedded objects left out": "1",
        "hidden texts left out": "2",
    }


def test_notes_headers_and_footers_are_lines_of_text() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    own = (
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    )
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = tbl(tr(tc(p(r("1,234"), mark.format(3))), tc(p(r("5"), own, end))))
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(r(text))}</w:footnote>'
        for n, text in ((0, "separator"), (2, "two"), (3, "three"), (4, "* four"))
    )
    found = contents(
        body + p(r("after"), mark.format(2)),
        header1=p(r("Police")) + tbl(tr(tc("of X"))),
        header2=p(r("Police")),
        footer1=p(r("Page")),
        footnotes=notes,
        endnotes=f'<w:endnote w:id="1">{p(r("end"))}</w:endnote>',
    )
    assert found.sheets[0].rows == [["1,234¹", "5*[i]"]]
    assert [row[0] for row in found.sheets[1].rows] == [
        "Police", "of X", "after²", "Page", "² two", "¹ three", "* four", "[i] end",
    ]  # fmt: skip


def test_styles_are_read_on_request() -> None:
    bold = p(r("a", "<w:b/>"), properties='<w:ind w:left="360"/>')
    rows = tr(tc(bold), tc("b"), properties="<w:hidden/>")
    found = read(package(tbl(rows)), "x.docx", ReaderOptions(styles=True)).sheets[0]
    assert found.styles == {
        (0, 0): Style(bold=True, indent=2, is_hidden=True),
        (0, 1): Style(is_hidden=True),
    }


def test_strict_documents_are_read() -> None:
    content = package(tbl(tr(tc("1"))), namespace=STRICT)
    assert read(content, "x.docx", ReaderOptions()).sheets[0].rows == [["1"]]


def test_what_is_no_document_or_broken_is_refused() -> None:
    assert "is broken" in refusal(package(tbl(tr(tc("1"))))[:-30])
    assert "part of the file is missing" in refusal(
        archive_of("word/other.xml", "<x/>")
    )
    assert "no Word document" in refusal(archive_of("word/document.xml", "<x/>"))
    entity = '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'
    assert "document type" in refusal(archive_of("word/document.xml", entity))


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (tbl(tr(tc("1", '<w:gridSpan w:val="99999999999"/>'))), "1,000 columns"),
        (tbl(tr(properties='<w:gridBefore w:val="1001"/>')), "1,000 columns"),
        (tbl(*[tr(tc("", '<w:gridSpan w:val="1000"/>'))] * 2001), "2,000,000 places"),
        ("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300, "256"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(body: str, limit: str) -> None:
    assert limit in refusal(package(body))


@st.composite
def spanned(draw: st.DrawFn) -> tuple[int, int, list[Cell]]:
    """Draw a table of cells that cover all places: row, column, height, width."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(r, c) for r in range(height) for c in range(width)}
    cells = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        right, bottom = column, row
        while (row, right + 1) in free and draw(st.booleans()):
            right += 1
        while bottom + 1 < height and draw(st.integers(0, 3)) == 0:
            bottom += 1
        places = {
            (r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)
        }
        if not places <= free:
            bottom, places = row, {(row, c) for c in range(column, right + 1)}
        free -= places
        cells.append((row, column, bottom - row + 1, right - column + 1))
    return height, width, cells


@given(spanned())
def test_any_table_comes_back_with_its_spans(
    drawn: tuple[int, int, list[Cell]],
) -> None:
    height, width, cells = drawn
    expected = [[""] * width for _ in range(height)]
    written: list[list[str]] = [[] for _ in range(height)]
    for top, left, rowspan, colspan in sorted(cells, key=lambda c: c[1]):
        expected[top][left] = f"{top}.{left}"
        for row in range(top, top + rowspan):
            merge = '<w:vMerge w:val="restart"/>' if row == top else "<w:vMerge/>"
            merge = merge if rowspan > 1 else ""
            text = f"{top}.{left}" if row == top else ""
            written[row].append(tc(text, f'<w:gridSpan w:val="{colspan}"/>{merge}'))
    sheet = contents(tbl(*(tr(*row) for row in written))).sheets[0]
    assert sheet.rows == expected
    assert sorted(sheet.merged) == sorted(
        (a, b, a + h - 1, b + w - 1) for a, b, h, w in cells if (h, w) != (1, 1)
    )


def test_only_our_errors_come_out_of_damaged_documents() -> None:
    source = random.Random(5)
    span = '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'
    whole = package(p(r("a", "<w:vanish/>")) + tbl(tr(tc("1", span), tc("2"))))
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(source.randrange(1, 4)):
            start = source.randrange(len(damaged))
            damaged[start : start + source.choice([0, 1, 8])] = source.randbytes(1)
        with suppress(TallymarkError):
            read(bytes(damaged), "x.docx", ReaderOptions())


def test_struck_text_is_no_part_of_a_number_and_a_tab_parts_one() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.add_run("5").font.strike = True
    paragraph.add_run("6")
    table.cell(0, 1).paragraphs[0].add_run("1\t234")
    sink = io.BytesIO()
    document.save(sink)
    found = read(sink.getvalue(), "t.docx", ReaderOptions())
    assert list(found.sheets[0].rows[0]) == ["6", "1\t234"]
