from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallymark import readers
from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Grid
from tallymark.readers import packed, read_grid

CSV = b"area,cases\nA,5\n"
ROWS = [["area", "cases"], ["A", "5"]]

Packed = Callable[[str, bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Packed:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


def gzipped(content: bytes) -> bytes:
    """Without the time of day, so that a test has one name wherever it is collected."""
    return gzip.compress(content, mtime=0)


def workbook(value: float) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Annex").write(0, 0, value)
    return out.getvalue()


def rows(grid: Grid) -> list[list[object]]:
    (sheet,) = grid.sheets
    return [list(row) for row in sheet.rows]


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_grid(path)
    assert path.name in caught.value.where
    return str(caught.value)


def test_a_gzip_file_reads_as_the_file_in_it(written: Packed) -> None:
    grid = read_grid(written("t.csv.gz", gzip.compress(CSV)))
    assert (grid.file, grid.format) == ("t.csv.gz", "delimited")
    assert rows(grid) == ROWS
    assert grid.sheets[0].address(1, 1) == "R2C2"
    told = {"packed": "gzip", "encoding": "utf-8", "delimiter": ","}
    assert grid.detected == told


def test_streams_behind_each_other_are_one_file(written: Packed) -> None:
    content = gzip.compress(CSV[:5]) + gzip.compress(CSV[5:]) + bytes(512)
    assert rows(read_grid(written("t.csv.gz", content))) == ROWS


def test_a_zip_file_with_one_table_reads_as_that_table(written: Packed) -> None:
    grid = read_grid(written("t.zip", archive({"data/t.csv": CSV})))
    assert grid.format == "delimited"
    assert rows(grid) == ROWS
    assert grid.sheets[0].address(1, 1) == "R2C2"
    assert grid.detected["packed"] == "zip"
    assert grid.detected["member"] == "data/t.csv"


def test_the_tables_of_a_zip_file_are_sheets_with_their_member(written: Packed) -> None:
    content = archive(
        {"b.csv": CSV, "2019/a.xlsx": workbook(5), "c.tsv": b"x\ty\n1\t2\n"}
    )
    grid = read_grid(written("t.zip", content))
    assert grid.format == "delimited+xlsx"
    assert [sheet.address(0, 0) for sheet in grid.sheets] == [
        "b.csv:R1C1",
        "2019/a.xlsx:Annex!A1",
        "c.tsv:R1C1",
    ]
    assert grid.sheets[1].value(0, 0) == 5
    assert grid.detected["b.csv: delimiter"] == ","
    assert grid.detected["c.tsv: delimiter"] == "\t"
    assert "member" not in grid.detected


def test_what_is_no_table_is_left_out_and_told(written: Packed) -> None:
    members = {
        "t.csv": CSV,
        "readme.txt": b"Read me first.\n",
        "manual.pdf": b"%PDF-1.7\n",
        "logo.png": b"\x89PNG\r\n\x1a\n",
        "meta.json": b'{"a": 1}',
        "__MACOSX/t.csv": b"\0\5\x16\7",
        ".DS_Store": b"\0\0",
        "folder/": b"",
        "empty.csv": b"\n",
    }
    grid = read_grid(written("t.zip", archive(members)))
    assert rows(grid) == ROWS
    assert grid.detected["ignored"] == (
        "logo.png: a picture; meta.json: JSON, but not JSON-stat;"
        " __MACOSX/t.csv: of the operating system;"
        " .DS_Store: of the operating system; empty.csv: empty;"
        " readme.txt: delimited, beside tables; manual.pdf: pdf, beside tables"
    )


def test_a_document_is_a_table_where_nothing_else_is(written: Packed) -> None:
    grid = read_grid(
        written("t.zip", archive({"table.txt": CSV, "logo.png": b"\x89PNG\r\n\x1a\n"}))
    )
    assert rows(grid) == ROWS


def test_what_a_member_does_not_show_has_its_path_too(written: Packed) -> None:
    page = b"<html><p hidden>Annex</p><table><tr><td>5</table>"
    grid = read_grid(written("t.zip", archive({"a.html": page, "b.html": page})))
    assert {sheet.member for sheet in grid.sheets} == {"a.html", "b.html"}
    assert [sheet.member for sheet in grid.unshown] == ["a.html", "b.html"]


def test_what_is_left_out_is_told_in_short(written: Packed) -> None:
    members = {f"{n}.json": b"{}" for n in range(12)}
    grid = read_grid(written("t.zip", archive({"t.csv": CSV, **members})))
    assert grid.detected["ignored"].endswith(
        "9.json: JSON, but not JSON-stat; and 2 more"
    )


def test_an_archive_in_an_archive_is_read_and_no_deeper_one(written: Packed) -> None:
    inner = archive({"a.csv": CSV, "b.csv": CSV})
    grid = read_grid(
        written("t.zip", archive({"in.zip": inner, "c.csv.gz": gzip.compress(CSV)}))
    )
    assert [sheet.address(1, 1) for sheet in grid.sheets] == [
        "in.zip/a.csv:R2C2",
        "in.zip/b.csv:R2C2",
        "c.csv.gz:R2C2",
    ]
    deep = gzip.compress(gzip.compress(gzip.compress(CSV)))
    assert "archives within archives, 3 deep" in refusal(written("t.gz", deep))


def test_a_name_that_does_not_fit_the_archive_is_told(written: Packed) -> None:
    grid = read_grid(written("t.xlsx", archive({"t.csv": CSV})))
    assert grid.detected["packed"] == "zip, though the name says .xlsx"
    grid = read_grid(written("t.xlsx.gz", gzip.compress(CSV)))
    assert grid.detected["format"] == "delimited, though the name says .xlsx"


def test_one_broken_table_stops_the_archive_and_is_named(written: Packed) -> None:
    path = written("t.zip", archive({"a.csv": CSV, "b.csv": b'a,"b\n'}))
    assert f"{path}: b.csv: A quotation mark that opens" in refusal(path)


LOCKED = bytearray(archive({"t.csv": CSV}))
LOCKED[6] |= 1
LOCKED[LOCKED.rindex(b"PK\1\2") + 8] |= 1


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            archive({"a.json": b"{}"}),
            "holds no table that can be read (a.json: JSON, but not",
        ),
        (archive({}), "The archive holds no table that can be read."),
        (gzipped(b"\x89PNG\r\n\x1a\n"), "can be read (its file: a picture)."),
        (gzipped(b""), "can be read (its file: empty)."),
        (bytes(LOCKED), "The archive has a password."),
        (archive({"../t.csv": CSV}), "leads out of it"),
        (archive({"/t.csv": CSV}), "leads out of it"),
        (gzipped(CSV)[:-9], "The gzip archive is broken (it ends too early)."),
        (gzipped(CSV)[:-8] + bytes(8), "The gzip archive is broken"),
        (gzipped(CSV) + b"more", "other bytes follow from byte "),
        (b"\x1f\x8b\x08\0", "The gzip archive is broken (it ends too early)."),
    ],
)
def test_an_archive_without_a_table_or_with_a_fault_is_told(
    written: Packed, content: bytes, what: str
) -> None:
    assert what in refusal(written("t.zip", content))


def test_a_bomb_is_not_unpacked(written: Packed) -> None:
    bomb = bytes(40_000_000)
    what = "more than 200 times"
    assert what in refusal(written("a.csv.gz", gzip.compress(bomb)))
    assert what in refusal(written("b.zip", archive({"t.csv": bomb})))
    inner = archive({"t.csv": bomb})
    assert what in refusal(written("c.zip", archive({"in.zip": inner, "t.csv": CSV})))
    streams = gzip.compress(bomb[:10_000_000]) * 4
    assert what in refusal(written("d.csv.gz", streams))


def test_a_size_that_lies_is_not_believed(written: Packed) -> None:
    content = bytearray(archive({"t.csv": CSV * 1000}))
    directory = content.rindex(b"PK\1\2")
    content[directory + 24 : directory + 28] = struct.pack("<I", 20)
    assert "is broken" in refusal(written("t.zip", bytes(content)))


@pytest.mark.parametrize(
    ("where", "limit", "what"),
    [
        (packed, "MAX_JOINED_BYTES", "several tables, of more than 20 bytes"),
        (readers, "MAX_JOINED_BYTES", "tables of the archive take more than 20 bytes"),
        (packed, "MAX_BYTES", "more than 20 bytes when unpacked"),
        (packed, "MAX_PARTS", "more than 20 streams"),
    ],
)
def test_an_archive_beyond_a_limit_is_refused(
    written: Packed,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    limit: str,
    what: str,
) -> None:
    monkeypatch.setattr(where, limit, 20)
    several = archive({"a.csv": CSV, "b.csv": CSV, "c.csv": CSV})
    content = gzip.compress(b"a,b\n") * 21 if "more than 20 st" in what else several
    if limit == "MAX_BYTES":
        content = gzip.compress(CSV * 2)
    assert what in refusal(written("t.zip", content))


@given(st.binary(max_size=400), st.integers(1, 40))
def test_a_gzip_file_is_unpacked_as_it_was(content: bytes, cut: int) -> None:
    streams = b"".join(
        gzip.compress(content[at : at + cut]) for at in range(0, len(content) or 1, cut)
    )
    assert packed.gunzip(streams, "t.gz") == content


@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    content = data.draw(
        st.sampled_from(
            [gzip.compress(CSV), archive({"a.csv": CSV, "b.csv": CSV}), bytes(LOCKED)]
        )
    )
    at = data.draw(st.integers(0, len(content) - 1))
    new = data.draw(st.binary(max_size=4))
    changed = content[:at] + new + content[at + len(new) :]
    for kind in packed.ARCHIVES:
        try:
            files, _ = packed.unpack(changed, kind, "t", lambda *_: "delimited")
        except TallymarkError:
            continue
        assert files
