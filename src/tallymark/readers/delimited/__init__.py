"""Delimited text: encoding and dialect as declared, else found out and reported.

Hides how a large table is held: its texts are Arrow columns, not Python values.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.model.grid import Contents, ReaderOptions, Sheet, Value
from tallymark.readers.delimited.dialect import Dialect, find_dialect
from tallymark.readers.delimited.encoding import Text, checked_text, find_encoding
from tallymark.readers.delimited.records import records_of

__all__ = ["LARGE", "read"]

LARGE = 1 << 20
"""Bytes from which on a text is held in columns: 1 MiB."""


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the file as one sheet without name; its records keep their own lengths.

    Raises:
        SourceError: the bytes are no text in the encoding, no table, or beyond a limit.
    """
    detected = {}
    encoding = options.encoding
    if encoding is None:
        encoding, detected["encoding"] = find_encoding(content, name)
    text = checked_text(content, encoding, name)
    dialect, found = find_dialect(text.head(), options, name)
    sheet = Sheet(name=None, rows=_rows(text, dialect, name))
    return Contents(sheets=(sheet,), detected={**detected, **found})


def _rows(text: Text, dialect: Dialect, name: str) -> Sequence[Sequence[Value]]:
    if len(text.content) < LARGE:
        return list(records_of(text, dialect, name))
    from tallymark.readers.delimited.columns import columns_of  # noqa: PLC0415  # Arrow

    return columns_of(text, dialect, name)
