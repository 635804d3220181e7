"""Delimited text: encoding and delimiter as declared, else found out and reported."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet

DELIMITERS = ("\t", ";", ",", "|")

_SAMPLE_RECORDS = 100
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the file as one sheet without name.

    Raises:
        SourceError: the bytes are no text in the encoding, or no table.
    """
    detected = {}
    encoding = options.encoding
    if encoding is None:
        encoding = detected["encoding"] = _encoding(content)
    text = _decoded(content, encoding, name)
    if "\0" in text:
        raise SourceError(
            "The file holds NUL bytes, so it is no text table.",
            where=name,
            hint="Save the table as .xlsx or .csv.",
        )
    delimiter = options.delimiter
    if delimiter is None:
        delimiter = detected["delimiter"] = _delimiter(text)
    sheet = Sheet(name=None, rows=_records(text, delimiter, name))
    return Contents(sheets=(sheet,), detected=detected)


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:4096]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[offset::2].count(0) > len(head) // 5:
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The bytes from {error.start} on are no {encoding} text.",
            where=name,
            hint="Set reader.encoding in the adapter, or save the file as UTF-8.",
        ) from error
    except LookupError as error:
        raise SourceError(
            f"{encoding!r} is no known encoding.",
            where=name,
            hint="Set reader.encoding in the adapter.",
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most records into one same, greatest number."""
    sample = text[:65536].splitlines(keepends=True)[:_SAMPLE_RECORDS]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(r) for r in csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            continue
        width, n_records = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (n_records, width) if width > 1 else (0, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SourceError(
            f"The file is no table of delimited text ({error}).",
            where=name,
            hint="Save the table as .xlsx or .csv.",
        ) from error
