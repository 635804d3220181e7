"""The pages of a Parquet file, from their own headers: what they unpack to.

Hides that the list at the file's end, which Arrow trusts, may say less than the pages do.

Source: https://github.com/apache/parquet-format (Thrift compact protocol, PageHeader).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

MAX_PAGES = 200_000

_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = (
    0, 1, 2, 3, 7, 8, 9, 10, 11, 12,
)  # fmt: skip
_WHOLE = (4, 5, 6)
_SIZE, _PACKED_SIZE, _DATA, _DATA_V2 = 2, 3, 5, 8  # fields of PageHeader
_ENCODING, _ENCODING_V2 = 2, 4  # fields of the header of a data page
_DEEPEST = 8
_LONGEST_LIST = 10_000


class Page(NamedTuple):
    """A page: its size when unpacked, and how its values are written."""

    n_bytes: int
    encoding: int | None


class DamagedError(ValueError):
    """The bytes are no header of a page."""


def pages(content: bytes, metadata: Any) -> Iterator[Page]:
    """Give the pages of all columns, up to one more than the limit.

    Raises:
        DamagedError: where a page should begin is none.
    """
    n = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        n_columns = group.num_columns if group.num_rows else 0
        for column in map(group.column, range(n_columns)):
            at = column.data_page_offset
            first = column.dictionary_page_offset
            if first is not None and 0 < first < at:
                at = first
            end = at + column.total_compressed_size
            while at < end and n <= MAX_PAGES:
                page, at = _page(content, at)
                n += 1
                yield page


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
        return None, _after_list(content, at, depth)
    if type_ == _BINARY:
        length, at = _varint(content, at)
        return None, at + length
    lengths = {_BYTE: 1, _DOUBLE: 8}
    if type_ not in lengths:  # a map: no page header holds one
        raise DamagedError
    return None, at + lengths[type_]


def _after_list(content: bytes, at: int, depth: int) -> int:
    head, at = content[at], at + 1
    length = head >> 4
    if length == 15:
        length, at = _varint(content, at)
    if length > _LONGEST_LIST:
        raise DamagedError
    for _ in range(length):
        _, at = _value(content, at, head & 15, depth + 1)
    return at


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
