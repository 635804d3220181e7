"""The records of a delimited text, as the csv module reads them, within limits.

Hides that the module reads a text whose quotation mark is never closed without a word.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from tallymark.errors import SourceError
from tallymark.readers.delimited.dialect import MAX_TEXT, Dialect, own_text_limit
from tallymark.readers.delimited.encoding import Text, too_much

MAX_COLUMNS = 16_384
"""Cells of a record: as many as a workbook's row has."""

END = "\0"
"""No text holds it: a record of it behind the last one shows whether a quote is open."""


def records_of(text: Text, dialect: Dialect, name: str) -> Iterator[list[str]]:
    """Give the records, each with as many cells as it has.

    Raises:
        SourceError: a quote is never closed, or a record or text is too long.
    """
    last = [END, END]  # as a text that goes on, they would be one cell
    lines = chain(text.lines(), [dialect.delimiter.join(last)])
    n, record = 0, last
    with own_text_limit():
        try:
            for following in dialect.records(lines):
                if n:
                    yield record
                n, record = n + 1, following
                if len(record) > MAX_COLUMNS:
                    raise too_much(f"{MAX_COLUMNS:,} cells in record {n:,}", name)
        except csv.Error as error:
            raise SourceError(
                f"Record {n + 1:,} holds more than {MAX_TEXT:,} characters in one cell.",
                where=name,
                hint=_hint(dialect),
            ) from error
    if record != last:
        raise SourceError(
            f"A quotation mark that opens in record {n:,} is never closed.",
            where=name,
            hint=_hint(dialect),
        )


def _hint(dialect: Dialect) -> str:
    if not dialect.quote:
        return "Set reader.delimiter in the adapter, or save the table as .xlsx."
    return (
        f"If {dialect.quote} is a part of texts here, and keeps none together,"
        ' set reader.quote to "" in the adapter.'
    )
