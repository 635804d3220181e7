"""Workbooks that would take a machine down: memory and time, in processes of their own."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import TallymarkError
from tallymark.model.grid import ReaderOptions
from tallymark.readers import ods, xlsx

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
READ = """
import importlib, json, resource, sys
from tallymark.errors import TallymarkError
from tallymark.model.grid import ReaderOptions
format_, path, styles = sys.argv[1:]
try:
    read = importlib.import_module("tallymark.readers." + format_).read
    with open(path, "rb") as file:
        sheets = read(file.read(), "t", ReaderOptions(styles=bool(styles))).sheets
    said = f"{len(sheets[0].rows)} rows"
except TallymarkError as error:
    said = str(error)
with open("/proc/self/status") as status:
    most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([said, most * 1024]))
"""
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is told by Linux alone"
)


def small() -> dict[str, bytes]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("T").write(0, 0, "one")
        book.add_worksheet("U").write_row(3, 1, [1.5, True, "two"])
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet(rows: bytes, after: bytes = b"") -> dict[str, bytes]:
    part = b"<worksheet %s><sheetData>%s</sheetData>%s</worksheet>"
    return {"xl/worksheets/sheet1.xml": part % (MAIN, rows, after)}


def texts(said: bytes) -> dict[str, bytes]:
    return {"xl/sharedStrings.xml": b"<sst %s>%s</sst>" % (MAIN, said)}


def column(cell: bytes, n: int) -> bytes:
    row = b'<row r="%d">' + cell + b"</row>"
    return b"".join(row % (r, r) for r in range(1, n + 1))


def table(rows: str) -> bytes:
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    return packed(
        {
            "mimetype": ods.MIMETYPE.encode(),
            "content.xml": f'<d {names}><table:table table:name="T">{rows}'
            "</table:table></d>".encode(),
        }
    )


def noise(n: int) -> bytes:
    return random.Random(1).randbytes(n // 2).hex().encode()


ONE = b'<c r="A%d"><v>1</v></c>'
XLSX = {
    "a text in every cell": (
        sheet(column(b'<c r="A%d" t="s"><v>0</v></c>', 90_000))
        | texts(b"<si><t>" + noise(32_767) + b"</t></si>"),
        "bytes of texts",
    ),
    "a text of ten megabytes": (
        sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
        | texts(b"<si><t>" + noise(10_000_000) + b"</t></si><si/><si/>"),
        "1 rows",
    ),
    "millions of texts": (texts(b"<si/>" * 7_000_000), "2,000,000 texts"),
    "millions of merged ranges": (
        sheet(column(ONE, 9), b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 600_000 + b"</mergeCells>"),
        "merged ranges",
    ),
    "cells far apart": (
        sheet(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        "more than 4,000,000 cells",
    ),
    "a million empty rows": (
        sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + column(b'<c r="A%d" s="1"/>', 999_999)),
        "1 rows",
    ),
    "many sheets": (
        sheet(column(ONE, 1_000))
        | {f"xl/worksheets/x{i}.xml": sheet(b"")["xl/worksheets/sheet1.xml"] for i in range(4_000)},
        "1000 rows",
    ),
}  # fmt: skip
ODS = {
    "a cell repeated": ('<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="999999999"/>', 1, "more than a sheet has"),
    "rows repeated": ('<table:table-cell office:value-type="float" office:value="1"/>', 999_999_999, "more than a sheet has"),
    "blanks repeated": ('<table:table-cell office:value-type="string"><text:p>' + '<text:s text:c="999999999"/>' * 90_000 + "</text:p></table:table-cell>", 1, "1 rows"),
    "spans": ('<table:table-cell office:value-type="float" office:value="1" table:number-columns-spanned="999999999" table:number-rows-spanned="999999999"/>', 2, "2 rows"),
    "a sheet as far as it goes": ('<table:table-cell office:value-type="float" office:value="1"/>', 1_048_576, "1048576 rows"),
}  # fmt: skip


def outcome(tmp_path: Path, format_: str, content: bytes, styles: str = "") -> str:
    path = tmp_path / "t.bin"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READ, format_, str(path), styles],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        cwd=tmp_path,
    )
    assert [found.name for found in tmp_path.iterdir()] == ["t.bin"]
    said, n_bytes = json.loads(done.stdout)
    assert n_bytes < 1 << 30
    return str(said)


@pytest.mark.slow
@pytest.mark.parametrize("name", XLSX)
def test_a_hostile_workbook_stays_within_its_room(tmp_path: Path, name: str) -> None:
    parts, what = XLSX[name]
    assert what in outcome(tmp_path, "xlsx", packed(small() | parts))


@pytest.mark.slow
@pytest.mark.parametrize("name", ODS)
def test_a_hostile_spreadsheet_stays_within_its_room(tmp_path: Path, name: str) -> None:
    cell, n_rows, what = ODS[name]
    rows = f'<table:table-row table:number-rows-repeated="{n_rows}">{cell}</table:table-row>'
    assert what in outcome(tmp_path, "ods", table(rows))


@pytest.mark.slow
def test_hostile_styles_stay_within_their_room(tmp_path: Path) -> None:
    formula = b'<f t="shared" si="0" ref="A1:A9">%s1</f>' % (b"B1+" * 2_500)
    rows = b'<row r="1"><c r="A1">%s<v>1</v></c></row>' % formula + column(
        b'<c r="A%d"><f t="shared" si="0"/><v>1</v></c>', 90_000
    )
    link = b"<hyperlinks>%s</hyperlinks><cols>%s</cols>" % (
        b'<hyperlink ref="A1:XFD1048576" location="x"/>' * 9_000,
        b'<col min="1" max="16384" hidden="1"/>' * 90_000,
    )
    parts = small() | sheet(rows, link)
    assert "characters of formulas" in outcome(
        tmp_path, "xlsx", packed(parts), "styles"
    )
    parts = small() | sheet(column(ONE, 90_000), link)
    assert "more than 500,000 links" in outcome(
        tmp_path, "xlsx", packed(parts), "styles"
    )


PIECES = [b"<", b">", b"/", b'"', b"&", b"A1", b"r=", b't="s"', b"-1", b"99999999999", b"\0", b"<c>", b"</c>", b"<!--", b"<row>", b"<v>", b"s=", b"]]>"]  # fmt: skip


@given(
    st.sampled_from(sorted(small())),
    st.lists(
        st.tuples(st.integers(0, 9_999), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=3)),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)  # fmt: skip
def test_damaged_parts_are_read_or_refused(
    part: str, changes: list[tuple[int, int, bytes]], styles: bool
) -> None:
    parts = small()
    content = parts[part]
    for place, cut, new in changes:
        place %= len(content) + 1
        content = content[:place] + new + content[place + cut :]
    with suppress(TallymarkError):
        xlsx.read(packed(parts | {part: content}), "t", ReaderOptions(styles=styles))


ROW = (
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type='
    '"float" office:value="1" table:number-columns-repeated="2" table:number-rows-spanned'
    '="2"/><table:table-cell office:value-type="date" office:date-value="2020-01-01">'
    '<text:p>a<text:s text:c="2"/>b</text:p></table:table-cell></table:table-row>'
)


@given(
    st.lists(
        st.tuples(st.integers(0, 999), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=3)),
        min_size=1,
        max_size=4,
    )
)  # fmt: skip
def test_a_damaged_spreadsheet_is_read_or_refused(
    changes: list[tuple[int, int, bytes]],
) -> None:
    with zipfile.ZipFile(io.BytesIO(table(ROW))) as archive:
        content = archive.read("content.xml")
    for place, cut, new in changes:
        place %= len(content) + 1
        content = content[:place] + new + content[place + cut :]
    parts = {"mimetype": ods.MIMETYPE.encode(), "content.xml": content}
    with suppress(TallymarkError):
        ods.read(packed(parts), "t", ReaderOptions(styles=True))
