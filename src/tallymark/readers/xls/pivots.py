"""Pivot caches of old Excel workbooks: read only to be screened.

Their records hold numbers of values for the most part, so the values of the fields are
given, each field a column.
"""

from __future__ import annotations

import struct
from datetime import datetime
from itertools import zip_longest

from tallymark.model.grid import Sheet, Value
from tallymark.readers.limits import broken, too_much
from tallymark.readers.workbooks import MAX_CELLS, WHAT
from tallymark.readers.xls.compound import Compound
from tallymark.readers.xls.records import records

_FOLDER = "_SX_DB_CUR/"
_FIELD, _NUMBER, _INTEGER, _TEXT, _DATE = 0xC7, 0xC9, 0xCC, 0xCD, 0xCE
_NAME_AT = 14


def read_pivots(file: Compound) -> tuple[Sheet, ...]:
    """Return the pivot caches as sheets; none if there are none.

    Raises:
        SourceError: one of them is broken, or holds more than the limits.
    """
    paths = sorted(path for path in file.streams if path.startswith(_FOLDER))
    try:
        return tuple(_cache(file, path, n) for n, path in enumerate(paths, start=1))
    except (struct.error, IndexError) as error:
        raise broken(file.name, WHAT, "a pivot cache of it is cut short") from error


def _cache(file: Compound, path: str, number: int) -> Sheet:
    columns: list[list[Value]] = []
    for kind, content, _ in records(file.read(path)):
        if kind == _FIELD:
            columns.append([_text(content[_NAME_AT:])])
        elif columns and (value := _value(kind, content)) is not None:
            columns[-1].append(value)
    n_cells = len(columns) * max(map(len, columns), default=0)
    if n_cells > MAX_CELLS:
        raise too_much(file.name, WHAT, f"a pivot cache of {n_cells:,} cells")
    return Sheet(name=f"Pivot cache {number}", rows=list(zip_longest(*columns)))


def _value(kind: int, content: bytes) -> Value:
    if kind == _TEXT:
        return _text(content)
    if kind == _NUMBER:
        return float(struct.unpack("<d", content)[0])
    if kind == _INTEGER:
        return int(struct.unpack("<h", content)[0])
    if kind == _DATE:
        year, month, day, hour, minute, second = struct.unpack("<HHBBBB", content)
        try:
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # no zone
        except ValueError:
            return None
    return None


def _text(content: bytes) -> str:
    n_characters, flags = struct.unpack_from("<HB", content)
    if flags & 1:
        return content[3 : 3 + 2 * n_characters].decode("utf-16-le", "replace")
    return content[3 : 3 + n_characters].decode("latin-1")
