"""The records of a large delimited text, in Arrow columns instead of Python lists.

Hides that Arrow reads the text, and the csv module a text that Arrow does not read.
Both count records alike. A blank line is a record of empty cells here.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pyarrow as pa
from pyarrow import compute
from pyarrow import csv as arrow_csv

from tallymark.model.columnar import ColumnarRows
from tallymark.model.columns import arrow_column
from tallymark.readers.delimited.dialect import MAX_TEXT, Dialect, own_text_limit
from tallymark.readers.delimited.encoding import Text, too_much
from tallymark.readers.delimited.records import END, MAX_COLUMNS, records_of

MAX_CELLS = 50_000_000
"""Cells, counted by delimiters and line ends; and those of the rectangle around them."""

_BLOCK = 1 << 21
_BATCH = 1 << 18
_ROOM_APART = 1 << 24
_ROOM_OF_RECORD = 100
_TEXT = pa.string()


def columns_of(text: Text, dialect: Dialect, name: str) -> ColumnarRows:
    """Return the records as rows over columns, each at its number.

    Raises:
        SourceError: a quote is never closed, or a limit is passed.
    """
    _check_size(text, dialect, name)
    return _read_by_arrow(text, dialect) or _read_by_csv(text, dialect, name)


def _check_size(text: Text, dialect: Dialect, name: str) -> None:
    mark_of_order = "".encode(text.encoding)
    n_cells = 0
    for mark in (dialect.delimiter, "\n", "\r"):
        encoded = mark.encode(text.encoding, "ignore").removeprefix(mark_of_order)
        n_cells += text.content.count(encoded) if encoded else 0
    if n_cells > MAX_CELLS:
        raise too_much(f"{MAX_CELLS:,} cells", name)


def _read_by_csv(text: Text, dialect: Dialect, name: str) -> ColumnarRows:
    """Return the records; one that is shorter than the longest is filled up with None."""
    batches: list[list[Any]] = []
    sizes: list[int] = []
    width = 1
    for batch in _batches(records_of(text, dialect, name)):
        sizes.append(len(batch))
        width = max(width, *map(len, batch))
        if sum(sizes) * width > MAX_CELLS:
            raise too_much(
                f"{MAX_CELLS:,} cells, with each record as long as the longest"
                f" ({width:,} cells)",
                name,
            )
        batches.append([arrow_column(cells, _TEXT) for cells in zip_longest(*batch)])
    for size, columns in zip(sizes, batches, strict=True):
        columns += [pa.nulls(size, _TEXT)] * (width - len(columns))
    return ColumnarRows([pa.chunked_array(c) for c in zip(*batches, strict=True)])


def _batches(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Give the records in lists that hold about the same number of cells."""
    batch: list[list[str]] = []
    n_cells = 0
    for record in records:
        batch.append(record)
        n_cells += len(record) + 1
        if n_cells > _BATCH:
            yield batch
            batch, n_cells = [], 0
    if batch:
        yield batch


def _read_by_arrow(text: Text, dialect: Dialect) -> ColumnarRows | None:
    """Return the records, or None if Arrow does not read them as the csv module does.

    Records of another width than most stand apart.
    """
    if dialect.is_escaped or not (dialect.delimiter + dialect.quote).isascii():
        return None
    try:
        with own_text_limit():
            return _rows_of_arrow(text, dialect)
    except (pa.ArrowInvalid, csv.Error):
        return None


def _rows_of_arrow(text: Text, dialect: Dialect) -> ColumnarRows | None:
    width = _usual_width(text, dialect)
    end = END if width != 1 else f"{END}{dialect.delimiter}{END}"  # of another width
    odd: dict[int, str] = {}
    table = _table(_Utf8(text, end), dialect, width, odd)
    n = table.num_rows + len(odd)
    if odd.pop(n - 1, "") != end or any(map(_is_too_long, table.columns)):
        return None
    apart = {at: _record(record, dialect) for at, record in odd.items()}
    if max([width, *map(len, apart.values())]) > MAX_COLUMNS:
        return None
    return ColumnarRows(table.columns, apart=apart)


def _usual_width(text: Text, dialect: Dialect) -> int:
    head, _ = text.head()
    widths = Counter(map(len, dialect.records(io.StringIO(head, newline=""))))
    return max([1, *widths], key=lambda width: (widths[width], width))


def _table(source: _Utf8, dialect: Dialect, width: int, apart: dict[int, str]) -> Any:
    """Return the records of one width; the text of others goes to `apart`, by number."""
    names = [str(column) for column in range(width)]
    room = _ROOM_APART

    def set_apart(record: Any) -> str:
        nonlocal room
        apart[record.number - 1] = record.text
        room -= len(record.text) + _ROOM_OF_RECORD
        return "skip" if room > 0 else "error"

    return arrow_csv.read_csv(
        pa.PythonFile(source, mode="r"),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, column_names=names, block_size=_BLOCK
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote or False,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_apart,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, _TEXT),
            strings_can_be_null=False,
        ),
    )


def _is_too_long(array: Any) -> bool:
    longest = compute.max(compute.binary_length(array)).as_py()
    return longest is not None and longest > MAX_TEXT


def _record(text: str, dialect: Dialect) -> list[str]:
    return next(dialect.records(io.StringIO(text, newline="")), [])


class _Utf8(io.RawIOBase):
    """A text as a stream of UTF-8, with one record more behind its last one.

    Arrow drops a line feed that begins a block if the block before ended in a carriage
    return, even between quotes; so no block ends in one.
    """

    def __init__(self, text: Text, end: str) -> None:
        self._parts = _encoded(text, end)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        held = self._rest
        while len(held) < size and (part := next(self._parts, b"")):
            held += part  # a record may lie in two blocks, not in three: no small ones
        cut = min(size, len(held))
        if cut > 1 and held[cut - 1 : cut] == b"\r":
            cut -= 1
        self._rest = held[cut:]
        return held[:cut]


def _encoded(text: Text, end: str) -> Iterator[bytes]:
    last = b""
    for part in _parts(text):
        yield part
        last = part
    yield (end if last.endswith((b"\n", b"\r")) else f"\n{end}").encode()


def _parts(text: Text) -> Iterator[bytes]:
    """Give the text as UTF-8 in parts of about one size."""
    if codecs.lookup(text.encoding).name in ("utf-8", "utf-8-sig"):
        for start in range(0, len(text.content), _BLOCK):
            part = text.content[start : start + _BLOCK]
            yield part if start else part.removeprefix(codecs.BOM_UTF8)
        return
    held = bytearray()
    for line in text.lines():
        held += line.encode()
        if len(held) >= _BLOCK:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
