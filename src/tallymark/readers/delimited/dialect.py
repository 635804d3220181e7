"""How a delimited text parts its records: delimiter, quotation mark, and its escape.

Hides the guess: of several delimiters, the one that gives the most regular table.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from tallymark.errors import SourceError
from tallymark.model.grid import ReaderOptions

DELIMITERS = ("\t", ";", ",", "|")

MAX_TEXT = 131_072
"""Characters of a cell; a cell of a workbook holds a quarter of that at most."""

_SAMPLE_RECORDS = 500
_SEP_LINE = re.compile(r'"?sep=([^\r\n"])"?[\r\n]', re.IGNORECASE)
_DOUBLE_OPENS = re.compile(r'(?:^|[\t;,|\r\n])"')
_SINGLE_OPENS = re.compile(r"(?:^|[\t;,|\r\n])'")
_SINGLE_CLOSES = re.compile(r"'(?=[\t;,|\r\n]|$)")
_NUMBER = re.compile(r"[-+]?[\d\s.,']*%?")
_CUT = re.compile(r"[\t|]|[,;](?!\s|$)")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How records are written; `quote` is "" if no character keeps a text together."""

    delimiter: str
    quote: str = '"'
    is_escaped: bool = False
    r"""Whether a quotation mark in a text is written `\"`, not `""`."""

    def records(
        self, lines: Iterable[str], *, is_strict: bool = False
    ) -> Iterator[list[str]]:
        """Give the records of some lines.

        Raises:
            csv.Error: a text is too long; strictly, something follows a closing quote.
        """
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            doublequote=not self.is_escaped,
            escapechar="\\" if self.is_escaped else None,
            strict=is_strict,
        )


@contextmanager
def own_text_limit() -> Iterator[None]:
    """Hold the csv module to `MAX_TEXT` for a while: its limit is one for all callers."""
    limit = csv.field_size_limit(MAX_TEXT)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def find_dialect(
    head: tuple[str, bool], options: ReaderOptions, name: str
) -> tuple[Dialect, dict[str, str]]:
    """Return how the records are written, and what of it had to be found out.

    `head` is the text's beginning, and whether that is all of it.

    Raises:
        SourceError: what is declared is no character, or one for both purposes.
    """
    text, is_whole = head
    lines = list(io.StringIO(text, newline=""))
    sample = lines if is_whole else lines[:-1] or lines
    delimiter, quote, found = options.delimiter, options.quote, {}
    _check_declared(delimiter, quote, name)
    if quote is None:
        quote = _quote("".join(sample))
        if quote == delimiter:
            quote = ""
        if quote != '"':
            found["quote"] = quote or "none"
    if delimiter is None:
        delimiter, found["delimiter"] = _delimiter(sample, quote)
    dialect = Dialect(delimiter=delimiter, quote=quote)
    if not quote or _is_strictly(dialect, sample):
        return dialect, found
    escaped = Dialect(delimiter=delimiter, quote=quote, is_escaped=True)
    if f"\\{quote}" in text and _is_strictly(escaped, sample):
        return escaped, found | {"escape": "\\"}
    if options.quote is None:
        found["quote"] = f"{quote} (text follows a closing one; declare reader.quote)"
    return dialect, found


def _check_declared(delimiter: str | None, quote: str | None, name: str) -> None:
    for what, mark in (("delimiter", delimiter), ("quote", quote or None)):
        if mark is not None and (len(mark) != 1 or mark in "\r\n\0"):
            raise SourceError(
                f"{mark!r} is no single character that could be a {what}.",
                where=name,
                hint=f"Set reader.{what} in the adapter.",
            )
    if delimiter is not None and delimiter == quote:
        raise SourceError(
            f"{quote!r} cannot part cells and keep texts together as well.",
            where=name,
            hint="Set reader.delimiter and reader.quote in the adapter.",
        )


def _quote(text: str) -> str:
    """Return the mark around texts; an apostrophe only if each that opens one closes it."""
    if _DOUBLE_OPENS.search(text):
        return '"'
    n_opening = len(_SINGLE_OPENS.findall(text))
    return (
        "'" if n_opening > 1 and n_opening == len(_SINGLE_CLOSES.findall(text)) else '"'
    )


def _is_strictly(dialect: Dialect, lines: Sequence[str]) -> bool:
    """Tell whether nothing but a delimiter or a line end follows a closing quote."""
    try:
        with own_text_limit():
            for _ in dialect.records(lines, is_strict=True):
                pass
    except csv.Error as error:
        return "unexpected end" in str(error)  # the sample ends, not the text
    return True


def _delimiter(sample: Sequence[str], quote: str) -> tuple[str, str]:
    """Return the delimiter, and what to tell of it.

    It is the one that cuts most records into one same number of cells, of which most
    are whole: numbers, or texts that no other delimiter would cut.
    """
    declared = _SEP_LINE.match(sample[0]) if sample else None
    if declared is not None and declared[1] != quote:
        return declared[1], f"{declared[1]} (declared by record 1)"
    scores = {d: _regularity(sample, d, quote) for d in DELIMITERS if d != quote}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] == (0, 0):
        return ",", ", (none found: one column)"
    return best, best


def _regularity(sample: Sequence[str], delimiter: str, quote: str) -> tuple[float, int]:
    dialect = Dialect(delimiter=delimiter, quote=quote)
    try:
        with own_text_limit():
            records = list(islice(dialect.records(sample), _SAMPLE_RECORDS))
    except csv.Error:
        return 0, 0
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0, 0
    width, n_records = max(widths.items(), key=lambda item: (item[1], item[0]))
    cells = [cell for record in records if len(record) == width for cell in record]
    n_whole = sum(
        not _CUT.search(c) or bool(_NUMBER.fullmatch(c.strip())) for c in cells
    )
    return n_records * n_whole / len(cells), width
