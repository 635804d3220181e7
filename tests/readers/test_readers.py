from __future__ import annotations

import hashlib
import importlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tallymark import readers
from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import ReaderOptions
from tallymark.readers import READERS, SUFFIXES, read_grid
from tallymark.readers.detection import NAMED
from tallymark.readers.packed import ARCHIVES


def refusal(path: Path, options: ReaderOptions | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_grid(path, options=options)
    assert path.name in caught.value.where
    return str(caught.value)


@pytest.mark.parametrize("format_", READERS)
def test_every_reader_is_there(format_: str) -> None:
    assert callable(importlib.import_module(READERS[format_]).read)


def test_every_format_has_a_name_and_every_name_a_reader() -> None:
    named = {format_ for formats in NAMED.values() for format_ in formats}
    assert named == {*READERS, *ARCHIVES}
    assert set(SUFFIXES) == set(NAMED)


def test_a_grid_tells_its_file_its_hash_and_its_format(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n1,2\n")
    grid = read_grid(path)
    assert (grid.file, grid.format) == ("t.csv", "delimited")
    assert grid.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert grid.detected == {"encoding": "utf-8", "delimiter": ","}
    assert list(grid.sheets[0].rows) == [["a", "b"], ["1", "2"]]


def test_the_content_goes_before_the_name_and_both_are_told(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, 5)
    grid = read_grid(path)
    assert grid.format == "xlsx"
    assert grid.detected["format"] == "xlsx, though the name says .csv"
    text = tmp_path / "figures.xls"
    text.write_text("a,b\n1,2\n")
    grid = read_grid(text)
    assert grid.format == "delimited"
    assert grid.detected["format"] == "delimited, though the name says .xls"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "There is no such file. Check the path." in refusal(tmp_path / "gone.csv")


@pytest.mark.parametrize("content", [b"", b" \r\n\t"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert "The file is empty." in refusal(path)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path)
    with pytest.raises(SourceError, match="cannot be opened"):
        read_grid(tmp_path / "a\0.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"a,b\n1,2\n",))
    writer.start()
    grid = read_grid(path)
    writer.join()
    assert list(grid.sheets[0].rows) == [["a", "b"], ["1", "2"]]


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" * 10)
    monkeypatch.setattr(readers, "MAX_FILE_BYTES", 39)
    assert "The file has more than 39 bytes." in refusal(path)
    monkeypatch.setattr(readers, "MAX_FILE_BYTES", 40)
    assert len(read_grid(path).sheets[0].rows) == 10


def test_a_workbook_is_read_without_what_other_formats_need(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, 5)
    program = (
        "import sys; from pathlib import Path; from tallymark.readers import read_grid;"
        "read_grid(Path(sys.argv[1])); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "tallymark.readers.xlsx" in loaded
    heavy = {"pandas", "lxml", "openpyxl", "odfdo", "pdfplumber", "docx", "pyarrow"}
    assert not loaded & (heavy | {"charset_normalizer", "tallymark.readers.delimited"})


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"a,b\n", b"<?xml "]))
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
