"""Small valid files of every format, from which the fuzzer sets out."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import docx
import odfdo
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

ROWS = [["Area", "2018", "2019"], ["Kenya", 12, 1757], ["Namibia", "<5", "n/a"]]


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    sheet["D2"] = "=SUM(B2:C2)"
    sheet["A2"].font = Font(bold=True)
    sheet["A3"].alignment = Alignment(indent=2)
    sheet["B2"].comment = Comment("checked", "x")
    sheet["A4"].hyperlink = "https://example.org"
    sheet.merge_cells("A5:C5")
    book.create_sheet("hidden").sheet_state = "hidden"
    return _saved(book.save)


def xls() -> bytes:
    made = _binary_workbooks()
    cells = (made.number(0, 0, 2880), made.text(1, 1, 0))
    return made.pack_stream("Workbook", made.stream(*cells, book=(made.texts("a"),)))


def xlsb() -> bytes:
    made = _binary_workbooks()
    return made.binary(
        made.row(3) + made.cell(5, 1, made.ONE) + made.cell(7, 2, bytes(4))
    )


def _binary_workbooks() -> ModuleType:
    """Return what the readers' tests write binary workbooks with."""
    sys.path.append(str(Path(__file__).parents[1] / "readers"))
    return import_module("test_spreadsheets_binary")


def ods() -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("T")
    for row in ROWS:
        table.append_row(odfdo.Row())
        for column, value in enumerate(row):
            table.set_value((column, table.height - 1), value)
    document.body.append(table)
    return _saved(document.save)


def docx_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Table 1")
    table = document.add_table(rows=3, cols=3)
    for row, values in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = str(value)
    table.cell(0, 1).merge(table.cell(0, 2))
    return _saved(document.save)


def html() -> bytes:
    return (
        b"<!DOCTYPE html><meta charset=utf-8><h1>T</h1><table><tr><th rowspan=2>Area"
        b"<th colspan=2>Cases<sup>1</sup><tr><td>2018<td>2019<tr><td>Kenya<td>12<td>"
        b"1,757<table><tr><td>x</table></table><p>1 Note"
    )


def pdf() -> bytes:
    text = b"BT /F 10 Tf 50 700 Td (Country Reports) Tj 0 -20 Td (Kenya 12) Tj ET"
    lines = b"50 690 m 200 690 l S 50 670 m 200 670 l S 50 690 m 50 670 l S"
    stream = text + b" " + lines
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (table, len(body))
    )


def px() -> bytes:
    return (
        'CHARSET="ANSI";AXIS-VERSION="2010";LANGUAGES="en","sv";MATRIX="T";\n'
        'TITLE="Cases by area\n" "and year";CONTENTS="Cases";UNITS="cases";DECIMALS=0;\n'
        'STUB="Area";HEADING="Year";VALUES("Area")="Kenya","Namibia";\n'
        'VALUES("Year")="2018","2019";CODES("Area")="KEN","NAM";\n'
        'NOTE="All ages#";VALUENOTE("Area","Kenya")="Police";\n'
        'CELLNOTE("Kenya","2018")="Estimated";DATASYMBOL1="none";TIMEVAL("Year")=TLIST(A1);\n'
        'DATA=\n12 1757\n"." ..;\n'
    ).encode("latin-1")


def jsonstat() -> bytes:
    dimension = {
        "area": {"category": {"index": ["KEN", "NAM"], "label": {"KEN": "Kenya"}}},
        "year": {"category": {"index": {"2018": 0, "2019": 1}}, "note": ["x"]},
    }
    content = {
        "version": "2.0",
        "class": "dataset",
        "id": ["area", "year"],
        "size": [2, 2],
        "value": [12, 1757, None, 3],
        "status": {"2": "m"},
        "dimension": dimension,
    }
    return json.dumps(content).encode()


def sdmx_csv() -> bytes:
    return (
        b"STRUCTURE[;],STRUCTURE_ID,ACTION,AREA: Area,TIME_PERIOD,OBS_VALUE,NOTE[en;fr]\n"
        b"dataflow,X:Y(1.0),I,KE: Kenya,2018,12,en:a;fr:b\n"
    )


def sdmx_ml() -> bytes:
    spaces = (
        'xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" '
        'xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"'
    )
    value = '<g:Value id="AREA" value="KEN"/>'
    return (
        f"<m:GenericData {spaces}><m:Header><m:ID>x</m:ID></m:Header><m:DataSet><g:Series>"
        f'<g:SeriesKey>{value}</g:SeriesKey><g:Obs><g:ObsDimension value="2018"/>'
        '<g:ObsValue value="12"/></g:Obs></g:Series></m:DataSet></m:GenericData>'
    ).encode()


def delimited() -> bytes:
    return 'Area;2018\nKenya;1.757,5\n"Côte d\'Ivoire";<5\n'.encode("cp1252")


def parquet() -> bytes:
    table = pa.Table.from_pydict(
        {"area": ["Kenya", "Namibia"], "n": [12, None], "x": [1.5, 2.5]}
    )
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def packed() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", delimited())
        archive.writestr("b/c.csv.gz", gzip.compress(delimited(), mtime=0))
    return sink.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    sink = io.BytesIO()
    save(sink)
    return sink.getvalue()
