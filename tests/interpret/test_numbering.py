"""Rows numbered by what they hold, whether in runs or not."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from tallymark.interpret.sums import numbering
from tallymark.interpret.sums.numbering import Numbering, number_rows, repeated
from tallymark.model.columns import arrow_column

ROWS = [("a", date(2018, 1, 1)), ("a", None), (None, None), ("b", date(2018, 1, 1))]


def _table(order):
    columns = [[ROWS[i][0] for i in order], [ROWS[i][1] for i in order]]
    types = (pa.string(), pa.date32())
    arrays = [arrow_column(c, t) for c, t in zip(columns, types, strict=True)]
    whole = pa.Table.from_arrays(arrays, ["text", "day"])
    return pa.concat_tables([whole.slice(0, 5), whole.slice(5)])


@pytest.mark.parametrize(
    "order", [[0] * 30 + [1] * 9 + [2] * 7 + [0], [0, 1, 2, 3] * 9]
)
@pytest.mark.parametrize("sample", [4, 4096])
def test_rows_have_one_number_if_they_hold_the_same(monkeypatch, order, sample):
    monkeypatch.setattr(numbering, "_SAMPLE", sample)
    monkeypatch.setattr(numbering, "_SHORTEST_RUNS", 1)
    numbers, bound = number_rows(_table(order), ["text", "day"])
    assert len({*zip(order, numbers.tolist(), strict=True)}) == len({*order})
    assert len({*numbers.tolist()}) == len({*order})
    assert min(numbers) >= 0
    assert max(numbers) < bound


def test_numbers_too_many_for_a_word_are_told_apart(monkeypatch):
    monkeypatch.setattr(numbering, "_LARGEST", 4)
    order = [0, 3, 1, 2, 1, 0]
    numbers, _ = number_rows(_table(order), ["text", "day"])
    assert len({*zip(order, numbers.tolist(), strict=True)}) == len({*order}) == 4


@pytest.mark.parametrize("bound", [300, 2**64])
@pytest.mark.parametrize("often", [1, 2, 256, 257, 600])
def test_numbers_that_stand_several_times_are_found(bound, often):
    parts = [np.arange(300, dtype=np.uint64), np.full(often - 1, 7, np.uint64)]
    found = repeated(parts, bound).tolist()
    assert found == ([7] if often > 1 else [])


def test_numbers_too_large_to_multiply_are_drawn_together_first():
    wide = Numbering(np.array([0, 2**61, 2**61], np.int64), 2**62)
    codes = Numbering(np.array([1, 0, 2], np.int32), 3)
    found = wide.beside(codes)
    assert len(set(found.numbers.tolist())) == 3
    assert found.bound <= 9
