"""Python lists to Arrow columns, from buffers.

`pyarrow.array` and `pyarrow.table` import pandas when they meet Python objects,
which costs more than a whole check; building from buffers does not.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()


def arrow_table(columns: Mapping[str, Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Return a table of `schema`; every column is a list, None stands for null.

    Raises:
        KeyError: a column of the schema is not given.
    """
    arrays = [arrow_column(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def empty_table(schema: pa.Schema) -> pa.Table:
    """Return a table of `schema` without rows."""
    return arrow_table({name: [] for name in schema.names}, schema)


def arrow_column(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    """Return `values` as an Arrow array of `type_`: text, number, date, truth, text list."""
    if pa.types.is_list(type_):
        return _lists(values, type_)
    if pa.types.is_string(type_):
        return _texts(values)
    if pa.types.is_boolean(type_):
        bits = _bitmap([v is True for v in values])
        return pa.Array.from_buffers(type_, len(values), [_validity(values), bits])
    code, convert = _FIXED[type_]
    fixed = array(code, [0 if v is None else convert(v) for v in values])
    buffers = [_validity(values), pa.py_buffer(fixed)]
    return pa.Array.from_buffers(type_, len(values), buffers)


def whole_column(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _days(value: date) -> int:
    return value.toordinal() - _EPOCH


_FIXED: dict[pa.DataType, tuple[str, Callable[[Any], Any]]] = {
    pa.float64(): ("d", float),
    pa.int64(): ("q", int),
    pa.int32(): ("i", int),
    pa.date32(): ("i", _days),
}


def _texts(values: Sequence[str | None]) -> pa.Array:
    known = {v: b"" if v is None else v.encode("utf-8", "replace") for v in set(values)}
    if len(known) == 1:  # a constant, as most columns of one table are
        (text,) = known.values()
        return _constant_texts(text, len(values), is_null=None in known)
    encoded = list(map(known.__getitem__, values))
    offsets = array("i", accumulate(map(len, encoded), initial=0))
    buffers = [
        _validity(values),
        pa.py_buffer(offsets),
        pa.py_buffer(b"".join(encoded)),
    ]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def _constant_texts(text: bytes, n: int, *, is_null: bool) -> pa.Array:
    size = len(text)
    offsets = (
        array("i", range(0, size * n + 1, size))
        if size
        else array("i", bytes(4 * n + 4))
    )
    validity = pa.py_buffer(bytes((n + 7) // 8)) if is_null else None
    buffers = [validity, pa.py_buffer(offsets), pa.py_buffer(text * n)]
    return pa.Array.from_buffers(pa.string(), n, buffers)


def _lists(values: Sequence[Sequence[Any] | None], type_: pa.DataType) -> pa.Array:
    flat = [item for items in values for item in items or ()]
    offsets = array("i", accumulate((len(v or ()) for v in values), initial=0))
    buffers = [_validity(values), pa.py_buffer(offsets)]
    children = [arrow_column(flat, type_.value_type)]
    return pa.Array.from_buffers(type_, len(values), buffers, children=children)


def _validity(values: Sequence[Any]) -> pa.Buffer | None:
    if None not in values:
        return None
    return _bitmap([v is not None for v in values])


def _bitmap(flags: Sequence[bool]) -> pa.Buffer:
    digits = bytes(flags)[::-1].translate(_DIGITS) or b"0"
    return pa.py_buffer(int(digits, 2).to_bytes((len(flags) + 7) // 8 or 1, "little"))


_DIGITS = b"01" + bytes(254)
