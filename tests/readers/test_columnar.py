from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.columnar import ColumnarRows
from tallymark.model.columns import arrow_column
from tallymark.model.grid import Sheet

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(["", "a", "b", None]), min_size=width, max_size=width)
    ).map(lambda rows: (width, rows))
)
short_rows = st.dictionaries(
    st.integers(0, 5), st.lists(st.sampled_from(["x", None]), max_size=6), max_size=3
)


def columnar(width: int, rows: list[list[str | None]], n_chunks: int) -> list[object]:
    arrays = []
    for column in range(width):
        array = arrow_column([row[column] for row in rows], pa.string())
        size = len(rows) // n_chunks + 1
        chunks = [array.slice(i * size, size) for i in range(n_chunks)]
        arrays.append(pa.chunked_array(chunks))
    return arrays


@given(tables, short_rows, st.integers(1, 3))
def test_rows_over_columns_are_the_rows_themselves(
    table: tuple[int, list[list[str | None]]],
    apart: dict[int, list[str | None]],
    n_chunks: int,
) -> None:
    width, rows = table
    expected: list[list[str | None]] = [*rows]
    standing = {}
    for number in sorted(apart):
        if number <= len(expected):
            expected.insert(number, apart[number])
            standing[number] = apart[number]
    held = ColumnarRows(columnar(width, rows, n_chunks), apart=standing)
    assert len(held) == len(expected)
    assert list(held) == expected
    assert [held[i] for i in range(len(held))] == expected
    assert held[1:3] == expected[1:3]
    assert held.distinct() == set().union(*expected)
    padded = [[*row, *[None] * width][:width] for row in expected]
    assert list(map(list, held.columns)) == [
        [r[c] for r in padded] for c in range(width)
    ]


def test_a_row_is_found_across_batches() -> None:
    numbers = arrow_column(list(range(10_000)), pa.int64())
    rows = ColumnarRows([pa.chunked_array([numbers])], apart={0: ["n"], 5000: []})
    assert [rows[i] for i in (0, 1, 4999, 5000, 5001, 10_001, -1)] == [
        ["n"],
        [0],
        [4998],
        [],
        [4999],
        [9999],
        [9999],
    ]
    assert Sheet(name=None, rows=rows).value(5000, 0) is None
    with pytest.raises(IndexError):
        rows[10_002]


def test_equal_texts_of_a_column_are_held_once() -> None:
    texts = arrow_column(["Kenya"] * 100, pa.string())
    (column,) = ColumnarRows([pa.chunked_array([texts])]).columns
    assert len({id(text) for text in column}) == 1
