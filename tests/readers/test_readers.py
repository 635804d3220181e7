from __future__ import annotations

import importlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import ReaderOptions
from tallymark.readers import READERS, read_grid, xlsx


def workbook(tmp_path: Path, name: str = "t.xlsx") -> Path:
    path = tmp_path / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Annex 2")
        sheet.merge_range(1, 1, 1, 3, "Persons charged")
        sheet.write(3, 1, 2880)
        sheet.write(3, 2, "<5")
        sheet.write(3, 3, True)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(4, 1, date(2020, 1, 2), day)
        sheet.write_formula(4, 2, "=NA()", None, "#N/A")
        book.add_worksheet("empty")
    return path


def repacked(
    path: Path, *, without: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != without:
                target.writestr(name, (extra or {}).pop(name, source.read(name)))
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def refusal(path: Path, options: ReaderOptions | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_grid(path, options=options)
    assert path.name in caught.value.where
    return str(caught.value)


def test_every_reader_is_there() -> None:
    for module in READERS.values():
        assert callable(importlib.import_module(module).read)


def test_cells_keep_their_addresses_and_types(tmp_path: Path) -> None:
    grid = read_grid(workbook(tmp_path))
    annex, empty = grid.sheets
    assert (grid.file, grid.format, grid.detected) == ("t.xlsx", "xlsx", {})
    assert len(grid.sha256) == 64
    assert annex.value(3, 1) == 2880
    assert annex.address(3, 1) == "'Annex 2'!B4"
    assert annex.value(3, 2) == "<5"
    assert annex.value(3, 3) is True
    assert annex.value(4, 1) == date(2020, 1, 2)
    assert annex.value(4, 2) in ("", None)
    assert annex.merged == ((1, 1, 1, 3),)
    assert (empty.name, list(empty.rows)) == ("empty", [])


def test_the_content_goes_before_the_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, "figures.csv")
    assert read_grid(path).format == "xlsx"
    text = tmp_path / "figures.xlsx"
    text.write_text("a,b\n1,2\n")
    assert read_grid(text).format == "delimited"


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8-sig"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("latin-1", b"", "latin-1"),
    ],
)
def test_an_encoding_is_found_and_reported(
    tmp_path: Path, encoding: str, mark: bytes, found: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(mark + "país;año\nPerú;2018\n".encode(encoding))
    grid = read_grid(path)
    assert grid.detected == {"encoding": found, "delimiter": ";"}
    assert list(grid.sheets[0].rows) == [["país", "año"], ["Perú", "2018"]]


def test_what_is_declared_is_not_detected(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a|b,c\n€|2,5\n".encode("cp1252"))
    options = ReaderOptions(encoding="cp1252", delimiter="|")
    grid = read_grid(path, options=options)
    assert grid.detected == {}
    assert list(grid.sheets[0].rows) == [["a", "b,c"], ["€", "2,5"]]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a\tb,c\n1\t2,3\n", "\t"),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ('name,n\n"Korea; Rep.",1\n"Congo; Dem.",2\n', ","),
        ("a|b\n1|2\n", "|"),
        ("title\n\na,b,c\n1,2,3\n4,5,6\nnote, of two parts\n", ","),
        ("alone\n1\n", ","),
    ],
)
def test_a_delimiter_is_found(tmp_path: Path, text: str, delimiter: str) -> None:
    path = tmp_path / "t.txt"
    path.write_text(text)
    assert read_grid(path).detected["delimiter"] == delimiter


def test_records_are_counted_as_the_csv_module_counts(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b'a,b\r\n"two\r\nlines",1\r\n\r\nc,2\r\n')
    sheet = read_grid(path).sheets[0]
    assert sheet.value(3, 1) == "2"
    assert sheet.address(3, 1) == "R4C2"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "There is no such file. Check the path." in refusal(tmp_path / "gone.csv")


@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert "The file is empty." in refusal(path)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path)


def test_a_renamed_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.csv", "a,b\n")
    assert "This is a zip archive, but no Excel workbook." in refusal(path)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_workbook_cut_short_is_told(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "The workbook is broken" in refusal(path)


@pytest.mark.parametrize(
    "part", ["xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_with_a_part_missing_is_told(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path)
    path.write_bytes(repacked(path, without=part))
    assert "The workbook is broken" in refusal(path)


def test_a_workbook_of_broken_xml_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    path.write_bytes(repacked(path, extra={"xl/worksheets/sheet1.xml": b"<work"}))
    with pytest.raises(SourceError):
        read_grid(path)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
    ],
)
def test_another_format_is_named(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(head + b"1234")
    assert what in refusal(path)


def test_nul_bytes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n" * 100 + b"\0\0\0")
    assert "NUL bytes" in refusal(path)


@pytest.mark.parametrize(
    ("encoding", "what"),
    [("utf-8", "The bytes from 2 on are no utf-8 text."), ("utf-99", "no known")],
)
def test_an_encoding_that_does_not_fit_is_told(
    tmp_path: Path, encoding: str, what: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,\xff\n")
    assert what in refusal(path, ReaderOptions(encoding=encoding))


def test_a_field_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b'a,b\n"' + b"x" * 200_000)
    assert "field larger than" in refusal(path)


@pytest.mark.parametrize(
    ("limit", "value", "what"),
    [("MAX_MEMBERS", 3, "files, more than 3"), ("MAX_BYTES", 999, "more than 999")],
)
def test_an_archive_beyond_its_limits_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, what: str
) -> None:
    path = workbook(tmp_path)
    monkeypatch.setattr(xlsx, limit, value)
    assert what in refusal(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    path.write_bytes(repacked(path, extra={"xl/media/a.bin": bytes(40_000_000)}))
    assert "times its size, more than 200 times" in refusal(path)


def test_a_sheet_that_reaches_too_far_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 2)
    assert "it reaches to XFD1048576" in refusal(path)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"a,b\n"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "t.csv"
    path.write_bytes(head + content)
    try:
        grid = read_grid(path)
    except TallymarkError:
        return
    assert grid.sheets
