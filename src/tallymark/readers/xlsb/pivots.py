"""Pivot caches of binary workbooks: read only to be screened.

Their records hold numbers of values for the most part, so the values of the fields are
given, each field a column.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import zip_longest

from tallymark.model.grid import Sheet, Value
from tallymark.readers.limits import broken, too_much
from tallymark.readers.workbooks import MAX_CELLS, WHAT
from tallymark.readers.xlsb.records import records, wide_text

_FIELD, _RUN = 183, 191
_NAME_AT = 20
_NUMBERS, _TEXTS, _DATES = (21, 28), (24, 31), (25, 32)
_RUN_OF_NUMBERS, _RUN_OF_TEXTS, _RUN_OF_DATES = 1, 2, 0x20


def read_pivots(parts: Mapping[str, bytes], name: str) -> tuple[Sheet, ...]:
    """Return the pivot caches as sheets; none if there are none.

    Raises:
        SourceError: one of them is broken, or holds more than the limits.
    """
    try:
        return tuple(
            _cache(parts[path], name, n)
            for n, path in enumerate(sorted(parts), start=1)
        )
    except (struct.error, IndexError) as error:
        raise broken(name, WHAT, "a pivot cache of it is cut short") from error


def _cache(content: bytes, name: str, number: int) -> Sheet:
    columns: list[list[Value]] = []
    n_values = 0
    for kind, _, start in records(content):
        if kind == _FIELD:
            columns.append([wide_text(content, start + _NAME_AT)])
        elif columns:
            for value in _values(kind, content, start):
                n_values += 1
                if n_values > MAX_CELLS:
                    raise too_much(
                        name, WHAT, f"more than {MAX_CELLS:,} cells in a cache"
                    )
                columns[-1].append(value)
    n_cells = len(columns) * max(map(len, columns), default=0)
    if n_cells > MAX_CELLS:
        raise too_much(name, WHAT, f"a pivot cache of {n_cells:,} cells")
    return Sheet(name=f"Pivot cache {number}", rows=list(zip_longest(*columns)))


def _values(kind: int, content: bytes, start: int) -> Iterator[Value]:
    if kind in _NUMBERS:
        yield _number(content, start)
    elif kind in _TEXTS:
        yield wide_text(content, start)
    elif kind in _DATES:
        yield _date(content, start)
    elif kind == _RUN:
        sort, n_values = struct.unpack_from("<HI", content, start)
        place = start + 6
        for _ in range(n_values):
            if sort == _RUN_OF_TEXTS:
                text = wide_text(content, place)
                place += 4 + struct.unpack_from("<I", content, place)[0] * 2
                yield text
            elif sort in (_RUN_OF_NUMBERS, _RUN_OF_DATES):
                read = _number if sort == _RUN_OF_NUMBERS else _date
                yield read(content, place)
                place += 8
            else:
                return


def _number(content: bytes, start: int) -> Value:
    return float(struct.unpack_from("<d", content, start)[0])


def _date(content: bytes, start: int) -> Value:
    parts = struct.unpack_from("<HHBBBB", content, start)
    try:
        return datetime(*parts)  # noqa: DTZ001  # there is no zone
    except ValueError:
        return None
