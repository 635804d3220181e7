"""Chance intervals of whole figure tables, one array operation a kind of figure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tallymark.interpret.chance.operands import PAIRED
from tallymark.model.columns import arrow_column
from tallymark.model.figure import Judgement
from tallymark.model.step import Step
from tallymark.stats.inputs import Floats, inside
from tallymark.stats.poisson import garwood
from tallymark.stats.proportion import wilson
from tallymark.stats.rate_ratio import exact_conditional

_OF_COUNTS = ("PERCENT_CHANGE", "RATIO")


def with_intervals(
    figures: pa.Table, steps: Sequence[Step], confidence: float = 0.95
) -> pa.Table:
    """Return the figures with `chance_low` and `chance_high`, in the figures' own unit.

    Null where chance alone has no interval: the number is refused, bounded or missing,
    or the counts behind it are not known. An open end is infinite.

    Raises:
        NumberError: the confidence is not between 0 and 1.

    Source: Garwood for counts and rates, Wilson for shares, the exact conditional ratio
    for changes and ratios of counts.
    """
    inside(confidence, "confidence")
    value, above, below = (
        _numbers(figures, name) for name in ("value", "numerator", "denominator")
    )
    low, high = np.full(len(value), np.nan), np.full(len(value), np.nan)
    usable = _is_exact(figures, value)
    whole = usable & (above >= 0) & (below > 0) & _is_whole(above)
    of_counts = whole & _is_whole(below)

    counts = usable & _of_kind(figures, "COUNT") & _is_whole(value) & (value >= 0)
    low[counts], high[counts] = garwood(value[counts], confidence=confidence)
    rates = whole & _of_kind(figures, "RATE_100K")
    low[rates], high[rates] = garwood(above[rates], below[rates] / 1e5, confidence)
    shares = of_counts & _of_kind(figures, "PERCENT") & (above <= below)
    found = wilson(above[shares], below[shares], confidence)
    low[shares], high[shares] = 100 * found.low, 100 * found.high

    if _made_of_counts(steps):
        for kind in _OF_COUNTS:
            two = of_counts & _of_kind(figures, kind) & _is_one(figures, "stage")
            ratio = exact_conditional(above[two], below[two], confidence=confidence)
            is_change = kind == "PERCENT_CHANGE"
            for ends, limit in ((low, ratio.low), (high, ratio.high)):
                ends[two] = 100 * (limit - 1) if is_change else limit
    return figures.append_column("chance_low", _column(low)).append_column(
        "chance_high", _column(high)
    )


def _made_of_counts(steps: Sequence[Step]) -> bool:
    """Whether the last pair was one of counts: of two rates, other numbers are behind."""
    step = next((s for s in reversed(steps) if s.operation in PAIRED), None)
    if step is None:
        return True
    return all(pc.unique(t["statistic"]).to_pylist() == ["COUNT"] for t in step.before)


def _is_exact(figures: pa.Table, value: Floats) -> NDArray[np.bool_]:
    """Where there is a number, not refused, and nothing but it is possible."""
    usable = np.isfinite(value)
    judgement = figures["judgement"].combine_chunks()
    usable &= (
        np.frombuffer(_filled(judgement, pa.int32()), np.int32) < Judgement.REFUSED
    )
    for name in ("value_low", "value_high"):
        end = _numbers(figures, name)
        differs = np.abs(end - value) > 1e-9 * (
            1 + np.abs(value)
        )  # not where it is null
        usable &= ~differs
    return np.asarray(usable)


def _is_whole(numbers: Floats) -> NDArray[np.bool_]:
    return np.asarray(numbers == np.floor(numbers))


# Scalars stand in arrays of one, since Arrow imports pandas for a Python number or text.
_NAN = arrow_column([float("nan")], pa.float64())[0]
_FALSE = arrow_column([False], pa.bool_())[0]


def _of_kind(figures: pa.Table, statistic: str) -> NDArray[np.bool_]:
    wanted = arrow_column([statistic], pa.string())[0]
    if statistic not in pc.unique(figures["statistic"]).to_pylist():
        return np.zeros(figures.num_rows, dtype=bool)
    return _truths(pc.equal(figures["statistic"], wanted))


def _is_one(figures: pa.Table, name: str) -> NDArray[np.bool_]:
    return _truths(pc.is_valid(figures[name]))


def _truths(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    numbers = pc.cast(pc.fill_null(column, _FALSE), pa.uint8()).combine_chunks()
    return np.asarray(np.frombuffer(_filled(numbers, pa.uint8()), np.uint8) == 1)


def _numbers(figures: pa.Table, name: str) -> Floats:
    column = pc.fill_null(figures[name], _NAN).combine_chunks()
    return np.frombuffer(_filled(column, pa.float64()), np.float64)


def _filled(array: pa.Array, type_: pa.DataType) -> bytes | memoryview:
    """The bytes of an array without nulls."""
    width = type_.bit_width // 8
    if not len(array):
        return b""
    start = array.offset * width
    return memoryview(array.buffers()[1])[start : start + len(array) * width]


def _column(ends: Floats) -> pa.Array:
    known = ~np.isnan(ends)
    bits = np.packbits(known, bitorder="little").tobytes()
    buffers = [pa.py_buffer(bits), pa.py_buffer(np.ascontiguousarray(ends).tobytes())]
    return pa.Array.from_buffers(pa.float64(), len(ends), buffers)
