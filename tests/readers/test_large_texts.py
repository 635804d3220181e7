"""Large delimited texts are held in columns; they read as the csv module reads them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallymark.errors import SourceError
from tallymark.model.columnar import ColumnarRows
from tallymark.model.grid import ReaderOptions
from tallymark.readers import delimited, read_grid
from tallymark.readers.delimited import columns
from tallymark.readers.delimited.dialect import Dialect
from tallymark.readers.delimited.encoding import Text
from tallymark.readers.delimited.records import records_of


def padded(rows: list[list[str]]) -> list[list[str | None]]:
    width = max([1, *map(len, rows)])
    return [[*row, *[None] * (width - len(row))] for row in rows]


@given(
    st.text('ab,"\n\ré ', min_size=1, max_size=40),
    st.sampled_from(["utf-8", "utf-16", "latin-1"]),
    st.sampled_from(['"', "", "'"]),
    st.sampled_from([7, 8, 32, 1 << 20]),
)
@example("a,b\n" * 4, "latin-1", '"', 8)  # its last part is a whole block
@example('"', "utf-8", '"', 8)
def test_a_text_in_columns_has_the_records_of_the_csv_module(
    text: str, encoding: str, quote: str, block: int
) -> None:
    held = Text(content=text.encode(encoding), encoding=encoding)
    dialect = Dialect(delimiter=",", quote=quote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_BLOCK", block)
        patch.setattr(columns, "_BATCH", 10)
        try:
            expected = list(records_of(held, dialect, "t.csv"))
        except SourceError:
            with pytest.raises(SourceError, match="is never closed"):
                columns.columns_of(held, dialect, "t.csv")
            return
        by_arrow = columns._read_by_arrow(held, dialect)
        by_csv = columns._read_by_csv(held, dialect, "t.csv")
    assert list(by_csv) == padded(expected)
    if by_arrow is None:
        return
    assert len(by_arrow) == len(expected)
    for found, record in zip(by_arrow, expected, strict=True):
        assert found == record or (not record and not any(found))


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_line_end_between_quotes_is_kept_where_blocks_meet(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(columns, "_BLOCK", 64)
    for shift in range(64):
        text = "x" * shift + '\n"b\r\nc"' * 20
        held = Text(content=text.encode(encoding), encoding=encoding)
        rows = columns._read_by_arrow(held, Dialect(delimiter=","))
        assert rows is not None
        assert list(rows)[-20:] == [["b\r\nc"]] * 20


def large(tmp_path: Path, text: str, encoding: str = "utf-8") -> ColumnarRows:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    assert path.stat().st_size > delimited.LARGE
    rows = read_grid(path).sheets[0].rows
    assert isinstance(rows, ColumnarRows)
    return rows


def test_titles_notes_and_blank_lines_of_a_large_text_keep_their_places(
    tmp_path: Path,
) -> None:
    body = '"District, 1",2018,5\r\n' * 60_000
    rows = large(
        tmp_path, f"Table 4\r\n\r\narea,year,cases\r\n{body}\r\nNote: a, b\r\n"
    )
    assert len(rows) == 60_005
    assert [rows[0], rows[2], rows[3]] == [
        ["Table 4"],
        ["area", "year", "cases"],
        ["District, 1", "2018", "5"],
    ]
    assert not any(rows[1])
    assert rows[60_004] == ["Note: a", " b"]
    assert rows.columns[2][60_001:] == ["5", "5", "", None]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_a_large_text_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    rows = large(tmp_path, "지역,건수\n" + "부산,45\n" * 200_000, encoding)
    assert len(rows) == 200_001
    assert (rows[0], rows[200_000]) == (["지역", "건수"], ["부산", "45"])
    assert rows.distinct() == {"지역", "건수", "부산", "45"}


def test_a_text_of_records_of_every_length_is_filled_up(tmp_path: Path) -> None:
    lines = ("1,2,3\n", "1\n", "1,2\n", "1,2,3,4\n")
    rows = large(tmp_path, "".join(lines) * 100_000)
    assert len(rows) == 400_000
    assert rows[399_998:] == [["1", "2", None, None], ["1", "2", "3", "4"]]


def test_a_text_that_is_too_long_is_refused_in_a_large_text_too(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Record 1,001 holds more than 131,072 char"):
        large(tmp_path, f"1,{'x' * 1_000}\n" * 1_000 + f"1,{'x' * 131_073}\n")


def test_escaped_quotes_are_read_in_a_large_text(tmp_path: Path) -> None:
    rows = large(tmp_path, 'a,b\n"say \\"no, no\\"",5\n' * 80_000)
    assert rows[159_999] == ['say "no, no"', "5"]


def test_a_delimiter_that_the_encoding_does_not_know_parts_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("부산,45\n".encode("cp949") * 200_000)
    options = ReaderOptions(encoding="cp949", delimiter="é")
    rows = read_grid(path, options=options).sheets[0].rows
    assert (len(rows), rows[0]) == (200_000, ["부산,45"])


PEAK = """
import sys
from pathlib import Path
from tallymark.model.grid import ReaderOptions
from tallymark.model.grid import ReaderOptions
from tallymark.readers import delimited
import tallymark.readers.delimited.columns
def peak():  # not ru_maxrss, which begins with that of the parent
    (line,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
before = peak()
read = delimited.read(Path(sys.argv[1]).read_bytes(), "t.csv", ReaderOptions())
held = sum(array.nbytes for array in read.sheets[0].rows.arrays)
print((peak() - before) / held)
"""


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux", reason="peak memory is told in other units"
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_a_large_text_takes_little_more_than_its_columns(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "t.csv"
    with path.open("w", encoding=encoding) as file:
        file.write("지역,죄명,성별,연도,건수\n")
        for i in range(1_500_000):
            file.write(
                f"부산 {i % 300},강간,{'남여'[i % 2]},{2003 + i % 20},{i % 9973}\n"
            )
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(done.stdout) < 3
