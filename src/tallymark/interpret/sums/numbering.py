"""Rows numbered by what they hold: two have one number if they hold the same, only then.

Hides that columns which stand in runs are looked at run by run, and ways between Arrow
and numpy that do not import pandas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallymark.model.columns import arrow_column

_LARGEST = 2**62
_SAMPLE = 4096
_SHORTEST_RUNS = 16
"""Rows of one run, on the average of the sample, from which runs are looked for."""
_BLOCK = 1 << 16
"""Numbers looked at in one go, few enough to stay in the processor's cache."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2**64 over the golden ratio, made odd: multiplying by it spreads the upper bits."""


class Numbering(NamedTuple):
    """One number a row, from 0 to below `bound`."""

    numbers: np.ndarray
    bound: int

    def beside(self, other: Numbering) -> Numbering:
        """Return one number for what both number."""
        one, two = self, other
        if one.bound * two.bound > _LARGEST:
            one, two = _renumbered(one), _renumbered(two)
        if two.bound == 1:
            return one
        numbers = np.multiply(one.numbers, two.bound, dtype=np.int64)
        numbers += two.numbers
        return Numbering(numbers, one.bound * two.bound)


def number_rows(table: pa.Table, names: Sequence[str]) -> Numbering:
    """Number the rows of a table by what these columns hold; null is a value, too."""
    in_runs = [name for name in names if _stands_in_runs(table[name])]
    numbering = Numbering(np.zeros(len(table), np.int64), 1)
    if in_runs:
        starts = _run_starts(table, in_runs)
        heads = table.select(in_runs).filter(starts)
        lengths = np.diff(np.append(np.flatnonzero(_bits(starts)), len(table)))
        found = _renumbered(_number_each(heads, in_runs))
        numbering = Numbering(np.repeat(found.numbers, lengths), found.bound)
    rest = [name for name in names if name not in in_runs]
    return numbering.beside(_number_each(table, rest)) if rest else numbering


def encode(column: pa.ChunkedArray) -> tuple[Numbering, pa.Array]:
    """Number the values of a column; return the numbers, and the values in their order."""
    if column.null_count:  # Arrow unites no dictionaries that hold a null
        column = pa.chunked_array([column.combine_chunks()])
    encoded = column.dictionary_encode(null_encoding="encode").unify_dictionaries()
    values = encoded.chunk(0).dictionary
    codes = np.concatenate([np.from_dlpack(chunk.indices) for chunk in encoded.chunks])
    return Numbering(codes, len(values)), values


def numbers_in(column: pa.ChunkedArray) -> list[np.ndarray]:
    """Return a column of numbers without nulls, in parts; `to_numpy` imports pandas."""
    return [np.from_dlpack(chunk) for chunk in column.chunks]


def column_of(numbers: np.ndarray, type_: pa.DataType) -> pa.Array:
    """Return numbers as an Arrow column of the type that they are stored in."""
    whole = np.ascontiguousarray(numbers)
    return pa.Array.from_buffers(type_, len(whole), [None, pa.py_buffer(whole)])


def repeated(parts: Sequence[np.ndarray], bound: int) -> np.ndarray:
    """Return the numbers that stand there more than once, in order, each of them once.

    All are below `bound` and come in parts, in any order. Each number has a slot, which several may share; what is alone in its slot is alone.
    """
    n_numbers, n_slots, spread = sum(map(len, parts)), bound, None
    if bound > 8 * n_numbers:
        bits = (8 * n_numbers).bit_length()
        n_slots, spread = 1 << bits, np.uint64(64 - bits)
    blocks = [p[i : i + _BLOCK] for p in parts for i in range(0, len(p), _BLOCK)]
    met = np.zeros(n_slots, np.uint8)
    for block in blocks:
        np.add.at(met, _slots(block, spread), np.uint8(1))
    if np.count_nonzero(met) == n_numbers:
        return np.empty(0, np.uint64)
    if int(met.sum(dtype=np.int64)) == n_numbers:
        blocks = [block[met[_slots(block, spread)] > 1] for block in blocks]
    # Otherwise a slot was met 256 times, which begins at 0 again.
    ordered = np.sort(np.concatenate(blocks))
    return np.asarray(np.unique(ordered[1:][ordered[1:] == ordered[:-1]]))


def _slots(numbers: np.ndarray, spread: np.uint64 | None) -> np.ndarray:
    """Return each number's slot: itself, or the upper bits of it, well mixed."""
    if spread is None:
        return numbers
    return np.asarray(((numbers.view(np.uint64) * _SPREAD) >> spread).view(np.int64))


def _number_each(table: pa.Table, names: Sequence[str]) -> Numbering:
    first, *others = (encode(table[name])[0] for name in names)
    numbering = Numbering(first.numbers.astype(np.int64), first.bound)
    for other in others:
        numbering = numbering.beside(other)
    return numbering


def _renumbered(numbering: Numbering) -> Numbering:
    """Return numbers without gaps, so that they are no larger than they must be."""
    wide = numbering.numbers.astype(np.int64)  # codes of a dictionary are narrower
    column = pa.chunked_array([column_of(wide, pa.int64())])
    numbers, bound = encode(column)[0]
    return Numbering(numbers.astype(np.int64), bound)


def _stands_in_runs(column: pa.ChunkedArray) -> bool:
    """Guess from the first rows whether most rows hold what the row before them holds."""
    if len(column) < 2 * _SAMPLE:
        return False
    changed = _changed(column.slice(0, _SAMPLE))
    return bool(pc.sum(changed).as_py() * _SHORTEST_RUNS < _SAMPLE)


def _run_starts(table: pa.Table, names: Sequence[str]) -> Any:
    """Say for each row whether it differs from the one before in one of the columns."""
    changed = _changed(table[names[0]])
    for name in names[1:]:
        changed = pc.or_(changed, _changed(table[name]))
    return pa.chunked_array([arrow_column([True], pa.bool_()), *changed.chunks])


def _changed(column: pa.ChunkedArray) -> Any:
    """Say for each row but the first whether it differs from the one before, or is null."""
    same = pc.equal(column.slice(1), column.slice(0, len(column) - 1))
    return pc.invert(
        pc.and_kleene(same, pc.is_valid(same)) if same.null_count else same
    )


def _bits(truths: pa.ChunkedArray) -> np.ndarray:
    return np.concatenate(
        [
            np.unpackbits(
                np.frombuffer(chunk.buffers()[1], np.uint8), bitorder="little"
            )[chunk.offset : chunk.offset + len(chunk)]
            for chunk in truths.chunks
        ]
    )
