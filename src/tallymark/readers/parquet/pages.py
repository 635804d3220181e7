"""What a Parquet file unpacks to, from the headers of its pages themselves.

Hides that the list at the file's end, which Arrow trusts, may say less than the pages do.
That list is parsed here, too: Arrow ends the whole program over some damages to it.

Source: https://github.com/apache/parquet-format (Thrift compact protocol; FileMetaData,
RowGroup, ColumnChunk, ColumnMetaData, PageHeader).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

MAX_PAGES = 200_000

_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = (
    0, 1, 2, 3, 7, 8, 9, 10, 12,
)  # fmt: skip
_WHOLE = (4, 5, 6)
_FIXED = {_BYTE: 1, _DOUBLE: 8}
_ROW_GROUPS = 4  # field of FileMetaData
_COLUMNS, _N_ROWS = 1, 3  # fields of RowGroup
_METADATA = 3  # field of ColumnChunk
_LENGTH, _DATA_AT, _DICTIONARY_AT = 7, 9, 11  # fields of ColumnMetaData
_SIZE, _PACKED_SIZE, _DATA, _DATA_V2 = 2, 3, 5, 8  # fields of PageHeader
_ENCODING, _ENCODING_V2 = 2, 4  # fields of the header of a data page
_DEEPEST = 12
_END = 8  # length of the footer, and the mark of the format


class Page(NamedTuple):
    """A page: its size when unpacked, and how its values are written."""

    n_bytes: int
    encoding: int | None


class DamagedError(ValueError):
    """The bytes are no footer, or no header of a page."""


def pages(content: bytes) -> Iterator[Page]:
    """Give the pages of all columns, up to one more than the limit.

    Raises:
        DamagedError: the list at the file's end, or a page that it names, is none.
    """
    n = 0
    for at, end in _columns(content):
        while at < end and n <= MAX_PAGES:
            page, at = _page(content, at)
            n += 1
            yield page


def _columns(content: bytes) -> list[tuple[int, int]]:
    """Return where the pages of each column of each group of rows begin and end."""
    footer = len(content) - _END - int.from_bytes(content[-_END:-4], "little")
    try:
        metadata, _ = _struct(content, max(footer, 0), 0)
        chunks = [
            column[_METADATA]
            for group in metadata[_ROW_GROUPS]
            if group[_N_ROWS]
            for column in group[_COLUMNS]
        ]
        found = []
        for chunk in chunks:
            at, dictionary_at = chunk[_DATA_AT], chunk.get(_DICTIONARY_AT, 0)
            at = dictionary_at if 0 < dictionary_at < at else at
            found.append((at, at + chunk[_LENGTH]))
    except (IndexError, KeyError, AttributeError, TypeError) as error:
        raise DamagedError from error
    return found


def _page(content: bytes, at: int) -> tuple[Page, int]:
    """Return the page that begins here, and where the next one does."""
    if not 0 <= at < len(content):
        raise DamagedError
    try:
        header, at = _struct(content, at, 0)
        size, packed = header[_SIZE], header[_PACKED_SIZE]
        encoding = header.get(_DATA, {}).get(_ENCODING)
        encoding = header.get(_DATA_V2, {}).get(_ENCODING_V2, encoding)
    except (IndexError, KeyError, AttributeError) as error:
        raise DamagedError from error
    if (
        not isinstance(size, int)
        or not isinstance(packed, int)
        or min(size, packed) < 0
    ):
        raise DamagedError
    return Page(size, encoding), at + packed


def _struct(content: bytes, at: int, depth: int) -> tuple[dict[int, Any], int]:
    """Return the fields of a struct by number, and where it ends."""
    if depth > _DEEPEST:
        raise DamagedError
    fields: dict[int, Any] = {}
    number = 0
    while True:
        head, at = content[at], at + 1
        if head == _STOP:
            return fields, at
        if head >> 4:
            number += head >> 4
        else:
            number, at = _whole(content, at)
        fields[number], at = _value(content, at, head & 15, depth)


def _value(content: bytes, at: int, type_: int, depth: int) -> tuple[Any, int]:
    if type_ in (_TRUE, _FALSE):
        return type_ == _TRUE, at
    if type_ in _WHOLE:
        return _whole(content, at)
    if type_ == _STRUCT:
        return _struct(content, at, depth + 1)
    if type_ in (_LIST, _SET):
        return _list(content, at, depth)
    if type_ == _BINARY:
        length, at = _varint(content, at)
        return None, at + length
    if type_ not in _FIXED:  # a map: nothing of the format is one
        raise DamagedError
    return None, at + _FIXED[type_]


def _list(content: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    head, at = content[at], at + 1
    length = head >> 4
    if length == 15:
        length, at = _varint(content, at)
    if length > len(content) - at:  # each item takes a byte or more
        raise DamagedError
    items = []
    for _ in range(length):
        item, at = _item(content, at, head & 15, depth)
        items.append(item)
    return items, at


def _item(content: bytes, at: int, type_: int, depth: int) -> tuple[Any, int]:
    """Return an item of a list; other than in a struct, a truth takes a byte there."""
    if type_ in (_TRUE, _FALSE):
        return content[at] == _TRUE, at + 1
    return _value(content, at, type_, depth + 1)


def _whole(content: bytes, at: int) -> tuple[int, int]:
    number, at = _varint(content, at)
    return (number >> 1) ^ -(number & 1), at


def _varint(content: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(0, 70, 7):
        byte, at = content[at], at + 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
    raise DamagedError
