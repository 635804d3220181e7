"""A PDF's pages as sheets: `p3.t1` for a table, `p3.text` for the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, PdfTable, ReaderOptions, Sheet
from tallymark.readers.pdf.pages import read_pages
from tallymark.readers.pdf.printed import Printed
from tallymark.readers.pdf.tables import Found, tables_of
from tallymark.readers.pdf.text import Line
from tallymark.readers.printed_text import text_sheet

_UNKNOWN = "\ufffd"
_MOSTLY = 0.3  # of a file's letters unknown, so that it is as good as a picture
_PAGES = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")
_ASK = "Ask for the file that was printed, or for the table as a workbook."


def read_contents(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the tables and the text of a PDF, in this process and without its limits.

    Raises:
        SourceError: as `tallymark.readers.pdf.read`.
        MemoryError: the file unpacks to more than there is room for.
    """
    declared = _declared(options.pdf, name)
    sheets: list[Sheet] = []
    detected: dict[str, str] = {}
    n_letters = n_unknown = 0
    for page in read_pages(content, name, _all_pages(declared)):
        own = [t for pages, t in declared if pages is None or page.number in pages]
        found = tables_of(page, own, styles=options.styles)
        sheets += _sheets(page.number, found)
        for number, table in enumerate(found.tables, start=1):
            if not _is_known(own):
                detected[f"p{page.number}.t{number}"] = table.how
        detected |= {f"p{page.number}: {what}": n for what, n in page.notes.items()}
        n_letters += len(page.glyphs)
        n_unknown += sum(_UNKNOWN in glyph.text for glyph in page.glyphs)
    if not n_letters:
        what = "The pages hold no text; they seem to be scanned pictures."
        raise SourceError(what, where=name, hint=_ASK)
    if n_unknown > _MOSTLY * n_letters:
        what = "The file does not say which letters most of its signs are."
        raise SourceError(what, where=name, hint=_ASK)
    return Contents(sheets=tuple(sheets), detected=detected)


def _declared(
    tables: Sequence[PdfTable], name: str
) -> list[tuple[frozenset[int] | None, PdfTable]]:
    """Return the declared tables with the pages that they stand on, null for all."""
    found = []
    for table in tables:
        pages = None if table.pages is None else _pages(table.pages, name)
        found.append((pages, table))
    return found


def _pages(text: str, name: str) -> frozenset[int]:
    """Return the pages of `1,3-5`."""
    numbers: set[int] = set()
    for part in text.split(","):
        match = _PAGES.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last:
            raise SourceError(
                f"{text!r} names no pages.",
                where=name,
                hint="Write reader.pdf[].pages in the adapter as in `2`, `2-8` or `1,3-5`.",
            )
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def _all_pages(
    declared: Sequence[tuple[frozenset[int] | None, PdfTable]],
) -> frozenset[int] | None:
    named = [pages for pages, _ in declared if pages is not None]
    if len(named) < len(declared) or not named:
        return None
    return frozenset().union(*named)


def _is_known(declared: Sequence[PdfTable]) -> bool:
    return bool(declared) and all(t.box and t.columns and t.rows for t in declared)


def _sheets(number: int, found: Found) -> list[Sheet]:
    names = [f"p{number}.t{n}" for n in range(1, len(found.tables) + 1)]
    sheets = [
        Sheet(
            name=name,
            rows=table.rows,
            merged=table.merged,
            is_numbered=True,
            styles=table.styles,
        )
        for name, table in zip(names, found.tables, strict=True)
    ]
    places = list(zip(names, found.tables, strict=True))
    lines = sorted(found.lines, key=lambda line: line.baseline)
    texts = [(line.text, _name_below(line, places)) for line in lines]
    return [*sheets, *text_sheet(f"p{number}.text", texts)]


def _name_below(line: Line, places: Sequence[tuple[str, Printed]]) -> str:
    below = [(t.box[1], name) for name, t in places if t.box[1] >= line.baseline]
    return min(below)[1] if below else ""
