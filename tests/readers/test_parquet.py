from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.columns import arrow_column
from tallymark.model.grid import ReaderOptions, Sheet
from tallymark.readers import parquet

REAL = Path(__file__).parents[2] / "../shared/real/files"


def written(table: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def read(content: bytes) -> Sheet:
    (sheet,) = parquet.read(content, "t.parquet", ReaderOptions()).sheets
    return sheet


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(content)
    assert caught.value.where == "t.parquet"
    return str(caught.value)


def one_column(values: list[Any], type_: Any = None) -> bytes:
    return written(pa.table([pa.array(values, type_)], names=["x"]))


def table() -> Any:
    return pa.table({"area": ["XAA", None, "XAB"], "n": [5, 0, None]})


# --- what is read --------------------------------------------------------------------


def test_rows_follow_the_headings_and_have_the_addresses_of_records() -> None:
    sheet = read(written(table()))
    assert list(sheet.rows) == [["area", "n"], ["XAA", 5], [None, 0], ["XAB", None]]
    assert sheet.name is None
    assert sheet.address(1, 1) == "R2C2"


def test_the_index_of_pandas_is_a_column() -> None:
    frame = table().to_pandas().set_index(pa.array(["a", "b", "c"]).to_pandas())
    sheet = read(written(pa.Table.from_pandas(frame)))
    assert list(sheet.rows[0]) == ["area", "n", "__index_level_0__"]


@pytest.mark.parametrize(
    ("values", "type_", "expected"),
    [
        ([2**63], pa.uint64(), [2**63]),
        ([12.4, None], pa.float32(), [12.4, None]),
        ([1.5], pa.float16(), [1.5]),
        ([True, None], pa.bool_(), [True, None]),
        (["a", None], pa.large_string(), ["a", None]),
        (["a", None], pa.string_view(), ["a", None]),
        ([b"a", None], pa.binary(), ["a", None]),
        ([date(2020, 1, 2)], pa.date64(), [date(2020, 1, 2)]),
        (
            [datetime.fromisoformat("1960-01-02T03")],
            pa.timestamp("ns"),
            [datetime.fromisoformat("1960-01-02T03")],
        ),
        (
            [datetime.fromisoformat("2020-01-01T23+00")],
            pa.timestamp("ms", tz="+01:00"),
            [datetime.fromisoformat("2020-01-02")],
        ),
        ([time(1, 2)], pa.time64("ns"), [time(1, 2)]),
        ([timedelta(1)], pa.duration("ns"), [timedelta(1)]),
        ([Decimal("12.40"), None], pa.decimal128(5, 2), [12.4, None]),
        ([Decimal(12)], pa.decimal128(10, 0), [12]),
        (["y", "x", "y"], pa.dictionary(pa.int8(), pa.string()), ["y", "x", "y"]),
        ([None, None], pa.null(), [None, None]),
    ],
)
def test_types_become_values_of_a_grid(
    values: list[Any], type_: Any, expected: list[Any]
) -> None:
    found = [row[0] for row in read(one_column(values, type_)).rows][1:]
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "zstd", "data_page_version": "2.0"},
        {"compression": "gzip", "row_group_size": 1},
        {"use_dictionary": False, "compression": "none"},
        {"use_dictionary": False, "column_encoding": {"area": "DELTA_BYTE_ARRAY"}},
        {"store_schema": False, "write_statistics": False},
    ],
)
def test_ways_to_write_a_file_make_no_difference(options: dict[str, Any]) -> None:
    assert list(read(written(table(), **options)).rows) == list(
        read(written(table())).rows
    )


def test_headings_may_stand_twice_and_rows_may_be_none() -> None:
    twice = pa.table([pa.array([1]), pa.array(["b"])], names=["a", "a"])
    assert list(read(written(twice)).rows) == [["a", "a"], [1, "b"]]
    assert list(read(written(twice.slice(0, 0))).rows) == [["a", "a"]]


def test_pandas_is_not_imported_to_read(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    frame = table().append_column("t", pa.array([1, 2, None], pa.timestamp("ns")))
    path.write_bytes(written(frame))
    code = (
        "import sys; from tallymark.readers import parquet;"
        "from tallymark.model.grid import ReaderOptions;"
        "content = open(sys.argv[1], 'rb').read();"
        "(sheet,) = parquet.read(content, 't', ReaderOptions()).sheets;"
        "assert len(list(sheet.rows)) == 4 and len(sheet.rows.distinct()) == 9;"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


# --- laws ----------------------------------------------------------------------------

KINDS: dict[Any, Any] = {
    pa.string(): st.text(st.characters(exclude_categories=("Cs",)), max_size=5),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False),
    pa.date32(): st.dates(),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[Any]], Any]:
    names = draw(st.lists(st.text("abÅ.", max_size=3), min_size=1, max_size=4))
    n = draw(st.integers(0, 6))
    kinds = [draw(st.sampled_from(list(KINDS))) for _ in names]
    columns = [
        draw(st.lists(st.none() | KINDS[kind], min_size=n, max_size=n))
        for kind in kinds
    ]
    arrays = [arrow_column(c, kind) for c, kind in zip(columns, kinds, strict=True)]
    return names, columns, pa.Table.from_arrays(arrays, names=names)


@given(tables(), st.integers(1, 7), st.booleans())
def test_a_written_table_is_read_back(drawn: Any, size: int, is_coded: bool) -> None:
    names, columns, arrow = drawn
    sheet = read(written(arrow, row_group_size=size, use_dictionary=is_coded))
    assert list(sheet.rows) == [names, *map(list, zip(*columns, strict=True))]
    assert list(map(list, sheet.rows.columns)) == [  # type: ignore[attr-defined]
        [name, *column] for name, column in zip(names, columns, strict=True)
    ]


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(written(table(), compression="none"))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    whole = bytes(content if data.draw(st.booleans()) else content[:cut])
    try:
        sheet = read(whole)
    except TallymarkError:
        return
    assert list(sheet.rows)


# --- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([[1], [2]], pa.list_(pa.int64())),
        ([{"a": 1}], pa.struct([("a", pa.int64())])),
        ([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        ([b"ab"], pa.binary(2)),
    ],
)
def test_nested_columns_are_refused_by_name(values: list[Any], type_: Any) -> None:
    assert "Column 'x' of the Parquet file holds no single values" in refusal(
        one_column(values, type_)
    )


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([10**17], pa.timestamp("ms")),
        ([2**30], pa.date32()),
        ([-(2**62)], pa.duration("s")),
        ([b"\xff"], pa.binary()),
        ([1], pa.timestamp("ms", tz="Nowhere/Land")),
    ],
)
def test_values_that_a_grid_cannot_hold_are_refused(
    values: list[Any], type_: Any
) -> None:
    assert "The Parquet file is broken" in refusal(one_column(values, type_))


@pytest.mark.parametrize(
    "content",
    [
        b"PAR1",
        b"PAR1 PAR1",
        written(pa.table({"a": [1]}))[:-9],
        b"x" * 20 + b"\xff\xff\xff\x7fPAR1",
        b"x" * 20 + b"\x04\x00\x00\x00PAR1",
    ],
)
def test_a_broken_file_is_told(content: bytes) -> None:
    assert "The Parquet file is broken" in refusal(content)


@pytest.mark.parametrize("content", [b"PAREx" * 9, b"PAR1x" * 9 + b"PARE"])
def test_an_encrypted_file_is_told(content: bytes) -> None:
    assert "is encrypted" in refusal(content)


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        ("MAX_CELLS", "3 rows of 2 columns, more than 1 cells"),
        ("MAX_COLUMNS", "2 columns, more than 1"),
        ("MAX_LIST", "a list of its contents of more than 1 bytes"),
        ("MAX_PAGES", "more than 1 pages"),
        ("MAX_PAGE", "bytes when unpacked"),
    ],
)
def test_limits(monkeypatch: pytest.MonkeyPatch, limit: str, what: str) -> None:
    monkeypatch.setattr(parquet, limit, 1)
    assert what in refusal(written(table()))


def test_a_text_that_many_rows_share_counts_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = one_column(["long " * 100] * 5000)
    assert len(content) < 5000
    monkeypatch.setattr(parquet, "MAX_BYTES", 1_000_000)
    assert "more than 1,000,000 bytes of text" in refusal(content)


def varint(number: int) -> bytes:
    """Write a number as Thrift does, four bytes long."""
    number <<= 1
    parts = [number >> shift & 0x7F | 0x80 for shift in range(0, 28, 7)]
    return bytes([*parts[:-1], parts[-1] & 0x7F])


def test_a_list_of_contents_that_lies_does_not_unpack_a_bomb(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = written(
        pa.table([pa.array(["a" * 1_000_000] * 10)], names=["x"]),
        compression="gzip",
        use_dictionary=False,
        data_page_size=2**30,
        write_statistics=False,
    )
    size = (
        pq.ParquetFile(pa.BufferReader(content)).metadata.row_group(0).total_byte_size
    )
    lying = content.replace(varint(size), varint(1000))
    metadata = pq.ParquetFile(pa.BufferReader(lying)).metadata
    assert metadata.row_group(0).total_byte_size == 1000
    monkeypatch.setattr(parquet, "MAX_PAGE", 5_000_000)
    assert "bytes when unpacked" in refusal(lying)


# --- published files, and memory -----------------------------------------------------


@pytest.mark.real
def test_a_published_file_is_read_as_arrow_reads_it() -> None:
    path = REAL / "de_pks_processed.parquet"
    sheet = read(path.read_bytes())
    arrow = pq.read_table(path)
    assert list(sheet.rows[0]) == arrow.column_names
    assert len(sheet.rows) == 183_372
    for column, name in zip(
        sheet.rows.columns,  # type: ignore[attr-defined]
        arrow.column_names,
        strict=True,
    ):
        assert list(column)[1:] == arrow[name].to_pylist()
    assert sheet.address(183_371, 6) == "R183372C7"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts as Linux does")
def test_reading_takes_at_most_three_times_the_table(tmp_path: Path) -> None:
    n = 400_000
    texts = arrow_column(
        [f"A label of some length {i % 500}" for i in range(n)], pa.string()
    )
    numbers = arrow_column([i * 7919 % 1_000_003 for i in range(n)], pa.int64())
    big = pa.Table.from_arrays([texts, texts, numbers, numbers], names=list("abcd"))
    path = tmp_path / "big.parquet"
    path.write_bytes(written(big))
    code = (
        "import sys; from tallymark.readers import parquet;"
        "from tallymark.model.grid import ReaderOptions;"
        "content = open(sys.argv[1], 'rb').read();"
        # not ru_maxrss, which begins with that of the parent
        "peak = lambda: int(next(line for line in open('/proc/self/status')"
        " if line.startswith('VmHWM')).split()[1]);"
        "before = peak();"
        "parquet.read(content, 't', ReaderOptions());"
        "print(peak() - before)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert int(found.stdout) * 1024 < 3 * big.nbytes
