"""Parquet files by Arrow, as rows over its columns; the first row is the headings.

Hides that the file is unpacked only when all that it unpacks to is within the limits.
Cells have the addresses of delimited text: the headings are R1.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa
from pyarrow import compute
from pyarrow import parquet as arrow_parquet

from tallymark.errors import SourceError
from tallymark.model.columnar import ColumnarRows
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers.long_table import too_much
from tallymark.readers.parquet.pages import MAX_PAGES, DamagedError, pages

MAX_CELLS = 20_000_000
"""Rows times columns."""

MAX_COLUMNS = 16_384

MAX_LIST = 1 << 21
"""Bytes of the list at the file's end: 2 MiB, some 20,000 parts of columns."""

MAX_BYTES = 1 << 28
"""Bytes of all texts, and of all pages, when unpacked: 256 MiB."""

MAX_PAGE = 1 << 27
"""Bytes of one page when unpacked: 128 MiB; most programs write 1 MiB."""

_MOST_IN_FOOTER = 200_000
_LONGEST_IN_FOOTER = 10_000_000
_BATCH = 1 << 14
_DELTA_BYTE_ARRAY = 7
"""An encoding, texts as differences: a page may give far more than it unpacks to."""
_ENCRYPTED = b"PARE"
_TEXTS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)
_KINDS = (pa.timestamp, pa.duration, pa.time64)
_UNITS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds"}
_BROKEN = (pa.ArrowException, OSError, NotImplementedError, ValueError, OverflowError)
_HINT = "It may have been cut short on its way; ask for it once more."


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the file as one sheet without name; the index of pandas is a column, too.

    Decimals become numbers, times of nanoseconds are cut to microseconds, and times of a
    zone are as its clocks showed them.

    Raises:
        SourceError: it is broken or encrypted, has columns of lists or the like, or is
            beyond a limit.
    """
    del options  # the file declares itself
    if content[-4:] == _ENCRYPTED or content[:4] == _ENCRYPTED:
        raise SourceError(
            "The Parquet file is encrypted.",
            where=name,
            hint="Ask for it without encryption.",
        )
    n_listed = int.from_bytes(content[-8:-4], "little")
    if n_listed > len(content):
        raise SourceError("The Parquet file is broken.", where=name, hint=_HINT)
    if n_listed > MAX_LIST:
        raise too_much(name, f"a list of its contents of more than {MAX_LIST:,} bytes")
    try:
        batch = _check_pages(content, name)
        file = _opened(content)
        _check_columns(file, name)
        if batch == _BATCH:
            file = _opened(content, _texts(file.schema_arrow))
        arrays = _arrays(file, batch, name)
    except DamagedError as error:
        raise SourceError(
            "The Parquet file is broken (a page is missing).", where=name, hint=_HINT
        ) from error
    except MemoryError as error:
        raise too_much(name, "more than there is memory for") from error
    except _BROKEN as error:
        raise SourceError(
            f"The Parquet file is broken ({str(error)[:300]}).", where=name, hint=_HINT
        ) from error
    headings = [str(heading) for heading in file.schema_arrow.names]
    rows = ColumnarRows(arrays, apart={0: headings})
    return Contents(sheets=(Sheet(name=None, rows=rows),))


def _opened(content: bytes, texts: list[str] | None = None) -> Any:
    return arrow_parquet.ParquetFile(
        pa.BufferReader(content),
        read_dictionary=texts,
        thrift_string_size_limit=_LONGEST_IN_FOOTER,
        thrift_container_size_limit=_MOST_IN_FOOTER,
    )


def _check_columns(file: Any, name: str) -> None:
    schema, n_rows = file.schema_arrow, file.metadata.num_rows
    if len(schema) > MAX_COLUMNS:
        raise too_much(name, f"{len(schema):,} columns, more than {MAX_COLUMNS:,}")
    if n_rows * max(len(schema), 1) > MAX_CELLS:
        raise too_much(
            name,
            f"{n_rows:,} rows of {len(schema):,} columns, more than {MAX_CELLS:,} cells",
        )
    for field in schema:
        if not _is_plain(field.type):
            raise SourceError(
                f"Column {field.name[:80]!r} of the Parquet file holds no single values"
                f" ({str(field.type)[:80]}).",
                where=name,
                hint="Ask for a table of plain columns: numbers, texts, dates.",
            )


def _is_plain(type_: Any) -> bool:
    if pa.types.is_dictionary(type_):
        return _is_plain(type_.value_type)
    is_number = pa.types.is_primitive(type_) or pa.types.is_decimal(type_)
    is_other = _is_text(type_) or pa.types.is_null(type_)
    return (is_number and not pa.types.is_interval(type_)) or is_other


def _is_text(type_: Any) -> bool:
    return any(is_one(type_) for is_one in _TEXTS)


def _texts(schema: Any) -> list[str]:
    """Return the columns of texts: each text is unpacked once, not for each row."""
    return [field.name for field in schema if _is_text(field.type)]


def _check_pages(content: bytes, name: str) -> int:
    """Refuse pages that unpack to more than the limits; return how many rows to take.

    Texts that are written as differences cannot be taken as a dictionary; few rows at a
    time keep within the limits whatever they unpack to.
    """
    n_bytes = longest = 0
    is_delta = False
    for n_pages, page in enumerate(pages(content), start=1):
        n_bytes += page.n_bytes
        longest = max(longest, page.n_bytes)
        is_delta = is_delta or page.encoding == _DELTA_BYTE_ARRAY
        if n_bytes > MAX_BYTES or longest > MAX_PAGE:
            raise too_much(name, f"more than {MAX_BYTES:,} bytes when unpacked")
        if n_pages > MAX_PAGES:
            raise too_much(name, f"more than {MAX_PAGES:,} pages")
    return max(1, min(_BATCH - 1, MAX_BYTES // longest)) if is_delta else _BATCH


def _arrays(file: Any, batch: int, name: str) -> list[Any]:
    columns: list[list[Any]] = [[] for _ in file.schema_arrow]
    room = MAX_BYTES
    for taken in file.iter_batches(batch_size=batch, use_threads=False):
        for column, array in zip(columns, taken.columns, strict=True):
            room -= _n_bytes(array)
            if room < 0:
                raise too_much(name, f"more than {MAX_BYTES:,} bytes of text")
            column.append(_plain(array))
    return [
        pa.chunked_array(column) if column else pa.chunked_array([], pa.string())
        for column in columns
    ]


def _n_bytes(array: Any) -> int:
    """Return how long all texts of a column are, each as often as it stands there."""
    if pa.types.is_dictionary(array.type):
        texts, places = array.dictionary, array.indices
    else:
        texts, places = array, None
    if not _is_text(texts.type):
        return 0
    lengths = compute.binary_length(texts.cast(pa.large_binary()))
    found = compute.sum(lengths if places is None else lengths.take(places)).as_py()
    return int(found or 0)


def _plain(array: Any) -> Any:
    """Return an array of a type whose values are a grid's."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    type_ = array.type
    if _is_text(type_) or pa.types.is_null(type_):
        array = array.cast(pa.binary()).cast(pa.string())  # checks that it is UTF-8
    elif pa.types.is_decimal(type_):
        is_whole = type_.scale == 0 and type_.precision < 19
        array = array.cast(pa.int64() if is_whole else pa.float64())
    elif pa.types.is_float16(type_) or pa.types.is_float32(type_):
        # by way of text: 12.4, not 12.399999618530273
        array = array.cast(pa.string()).cast(pa.float64())
    elif pa.types.is_temporal(type_):
        array = _time(array)
    return array


def _time(array: Any) -> Any:
    """Return times as Python has them; raises if one is none, which is then told."""
    if pa.types.is_timestamp(array.type) and array.type.tz:
        array = compute.local_timestamp(array)
    if getattr(array.type, "unit", "") == "ns":  # Python has none; safe: division alone
        kind = next(kind for kind in _KINDS if array.type == kind("ns"))
        array = array.cast(kind("us"), safe=False)
    if not pa.types.is_duration(array.type):
        compute.min_max(array).as_py()
        return array
    for limit in compute.min_max(array.cast(pa.int64())).values():
        timedelta(**{_UNITS[array.type.unit]: limit.as_py() or 0})
    return array
