"""Small files in every format that is read: a heading row, then a name and a number a row.

`MAKERS`: what a file is called in a test → its format, its ending, what writes it, and
the encoding that limits which names it can hold.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from odfdo import Document, Table
from odfdo import Row as OdfRow

from tallymark.readers.xls.compound import pack_stream

Row = tuple[str, float]
HEADING = ("Area", "Cases")
SHEET = "ข้อมูล ២០១៨ – Côte"


class Maker(NamedTuple):
    """How a file of one format is written."""

    format: str
    suffix: str
    write: Callable[[Sequence[Row]], bytes]
    encoding: str = "utf-8"


def xlsx(rows: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        for n, row in enumerate([HEADING, *rows]):
            page.write_row(n, 0, row)
    return out.getvalue()


def ods(rows: Sequence[Row]) -> bytes:
    document, table = Document("spreadsheet"), Table(SHEET)
    for row in [HEADING, *rows]:
        table.append_row(_odf_row(row))
    document.body.clear()
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odf_row(values: Sequence[object]) -> object:
    row = OdfRow()
    row.set_values(list(values))
    return row


def xls(rows: Sequence[Row]) -> bytes:
    def record(number: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", number, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    texts = [*HEADING, *(name for name, _ in rows)]
    said = b"".join(
        struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in texts
    )
    shared = record(0xFC, struct.pack("<II", len(texts), len(texts)) + said)
    cells = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))
    cells += record(0xFD, struct.pack("<HHHI", 0, 1, 0, 1))
    for n, (_, number) in enumerate(rows, start=1):
        cells += record(0xFD, struct.pack("<HHHI", n, 0, 0, n + 1))
        cells += record(0x203, struct.pack("<HHHd", n, 1, 0, number))

    def head(start: int) -> bytes:
        name = struct.pack("<BB", len(SHEET), 1) + SHEET.encode("utf-16-le")
        sheet = record(0x85, struct.pack("<IBB", start, 0, 0) + name)
        return begin(5) + shared + sheet + record(0x0A)

    return pack_stream(
        "Workbook", head(len(head(0))) + begin(0x10) + cells + record(0x0A)
    )


def xlsb(rows: Sequence[Row]) -> bytes:
    def record(number: int, content: bytes = b"") -> bytes:
        head = [number] if number < 128 else [number & 0x7F | 0x80, number >> 7]
        size = len(content)
        return bytes([*head, size & 0x7F | 0x80, size >> 7]) + content

    def wide(said: str) -> bytes:
        return struct.pack("<I", len(said)) + said.encode("utf-16-le")

    def cell(kind: int, column: int, content: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + content)

    cells = b""
    for n, row in enumerate([HEADING, *rows]):
        cells += record(0, struct.pack("<I", n) + bytes(13))
        for column, value in enumerate(row):
            is_text = isinstance(value, str)
            content = wide(value) if is_text else struct.pack("<d", value)
            cells += cell(6 if is_text else 5, column, content)
    namespace = "http://schemas.openxmlformats.org"
    related = (
        f'<Relationships xmlns="{namespace}/package/2006/relationships"><Relationship'
        f' Id="rId0" Type="{namespace}/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.bin"/></Relationships>'
    )
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId0") + wide(SHEET))
    book = record(131) + record(143) + sheet + record(144) + record(132)
    page = record(129) + record(148, bytes(16)) + record(145) + cells
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b"<Relationships/>",
        "xl/_rels/workbook.bin.rels": related.encode(),
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": page + record(146) + record(130),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def delimited(encoding: str, delimiter: str = ",") -> Callable[[Sequence[Row]], bytes]:
    def write(rows: Sequence[Row]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows([HEADING, *rows])
        return out.getvalue().encode(encoding)

    return write


def word(rows: Sequence[Row]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [HEADING, *rows]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = f"{value:g}" if isinstance(value, float) else value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html(rows: Sequence[Row]) -> bytes:
    lines = [
        f"<tr><td>{escape(name)}</td><td>{number:g}</td></tr>" for name, number in rows
    ]
    head = "<tr>" + "".join(f"<th>{h}</th>" for h in HEADING) + "</tr>"
    page = f"<!doctype html><meta charset=utf-8><table>{head}{''.join(lines)}</table>"
    return page.encode()


def pdf(rows: Sequence[Row]) -> bytes:
    """Return a page with a font of 16-bit codes, whose meanings stand in the file."""
    letters = sorted({letter for name, _ in rows for letter in name})
    codes = {letter: n for n, letter in enumerate(letters, start=1)}
    meant = "".join(
        f"1 beginbfchar <{code:04X}> <{letter.encode('utf-16-be').hex()}> endbfchar\n"
        for letter, code in codes.items()
    )
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{meant}endcmap end end"
    )
    marks = (c for letter, c in codes.items() if unicodedata.category(letter) == "Mn")
    widths = " ".join(f"{code} [0]" for code in marks)  # marks stand over their letter
    drawn = [_across(60 + 20 * n) for n in range(len(rows) + 2)]
    drawn += [_upright(x, len(rows)) for x in (50, 350, 450)]
    for n, (left, right) in enumerate([HEADING, *rows]):
        shown = str(right) if isinstance(right, str) else f"{right:g}"
        if n == 0:
            drawn.append(f"BT /F1 10 Tf 1 0 0 1 55 {740 - 14} Tm ({left}) Tj ET")
        else:
            coded = "".join(f"{codes[letter]:04X}" for letter in left)
            drawn.append(
                f"BT /F2 8 Tf 1 0 0 1 55 {740 - 14 - 20 * n} Tm <{coded}> Tj ET"
            )
        drawn.append(f"BT /F1 10 Tf 1 0 0 1 355 {740 - 14 - 20 * n} Tm ({shown}) Tj ET")
    return _assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [9 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H"
            " /ToUnicode 6 0 R /DescendantFonts [5 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide /DW 600"
            f" /W [{widths}] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            " /FontDescriptor 7 0 R >>",
            _stream(to_unicode),
            "<< /Type /FontDescriptor /FontName /Wide /Flags 4 /Ascent 800 /Descent -200"
            " /FontBBox [0 -200 1000 800] >>",
            _stream("\n".join(drawn)),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 8 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
        ]
    )


def _across(top: int) -> str:
    return f"50 {800 - top} m 450 {800 - top} l S"


def _upright(x: int, n_rows: int) -> str:
    return f"{x} 740 m {x} {740 - 20 * (n_rows + 1)} l S"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >> stream\n{content}\nendstream"


def _assembled(objects: Sequence[str]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part.encode("latin-1"))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + tail % (len(objects) + 1, len(body))


def px(rows: Sequence[Row]) -> bytes:
    named = ",\n".join(f'"{name}"' for name, _ in rows)
    numbers = "\n".join(f"{number:g}" for _, number in rows)
    return (
        'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="Cases";\nSTUB="Area";\n'
        f'VALUES("Area")={named};\nDATA=\n{numbers};\n'
    ).encode()


def jsonstat(rows: Sequence[Row]) -> bytes:
    labels = {f"c{n}": name for n, (name, _) in enumerate(rows)}
    category = {"index": list(labels), "label": labels}
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["area"],
        "size": [len(rows)],
        "dimension": {"area": {"label": "Area", "category": category}},
        "value": [number for _, number in rows],
    }
    return json.dumps(document).encode()  # letters beyond ASCII as \u escapes


def sdmx_csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    head = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "AREA", "TIME_PERIOD", "OBS_VALUE")
    lines = [("dataflow", "XAA:C(1.0)", "I", name, "2018", n) for name, n in rows]
    csv.writer(out).writerows([head, *lines])
    return out.getvalue().encode()


def sdmx_ml(rows: Sequence[Row]) -> bytes:
    space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    series = "".join(
        f"<g:Series><g:SeriesKey><g:Value id='AREA' value={quoteattr(name)}/>"
        "</g:SeriesKey><g:Obs><g:ObsDimension value='2018'/>"
        f"<g:ObsValue value='{number:g}'/></g:Obs></g:Series>"
        for name, number in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<m:GenericData xmlns:m="{space}/message" xmlns:c="{space}/common"'
        f' xmlns:g="{space}/data/generic"><m:Header><m:ID>I</m:ID><m:Structure'
        ' structureID="S" dimensionAtObservation="TIME_PERIOD"/></m:Header>'
        f'<m:DataSet structureRef="S">{series}</m:DataSet></m:GenericData>'
    ).encode()


def parquet(rows: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    names, numbers = zip(*rows, strict=True)
    table = pa.table({HEADING[0]: list(names), HEADING[1]: list(numbers)})
    pq.write_table(table, out)
    return out.getvalue()


MAKERS = {
    "xlsx": Maker("xlsx", ".xlsx", xlsx),
    "xls": Maker("xls", ".xls", xls),
    "xlsb": Maker("xlsb", ".xlsb", xlsb),
    "ods": Maker("ods", ".ods", ods),
    "csv utf-8": Maker("delimited", ".csv", delimited("utf-8")),
    "csv utf-8-sig": Maker("delimited", ".csv", delimited("utf-8-sig", ";")),
    "csv utf-16": Maker("delimited", ".csv", delimited("utf-16")),
    "csv cp1252": Maker("delimited", ".csv", delimited("cp1252", ";"), "cp1252"),
    "csv tis-620": Maker("delimited", ".csv", delimited("tis-620"), "tis-620"),
    "csv cp874": Maker("delimited", ".csv", delimited("cp874"), "cp874"),
    "tsv": Maker("delimited", ".tsv", delimited("utf-8", "\t")),
    "docx": Maker("docx", ".docx", word),
    "pdf": Maker("pdf", ".pdf", pdf),
    "html": Maker("html", ".html", html),
    "px": Maker("px", ".px", px),
    "jsonstat": Maker("jsonstat", ".json", jsonstat),
    "sdmx_csv": Maker("sdmx_csv", ".csv", sdmx_csv),
    "sdmx_ml": Maker("sdmx_ml", ".xml", sdmx_ml),
    "parquet": Maker("parquet", ".parquet", parquet),
}
