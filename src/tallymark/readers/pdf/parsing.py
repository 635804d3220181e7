"""A PDF file to what pdfminer makes of its pages; the only module that opens it.

Hides everything that a broken file makes the parser raise.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pdfminer.layout import LTContainer, LTItem
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from tallymark.errors import SourceError
from tallymark.readers.limits import broken, locked

WHAT = "The PDF file"

MAX_PAGES = 100
"""Pages that are read of one file; of a longer one the adapter names some."""

# What pdfplumber and pdfminer raise on files that are damaged, as a search by mutation
# found; most of it comes wrapped as PdfminerException.
_BROKEN = (
    PdfminerException, MalformedPDFException, PSException, AssertionError, ArithmeticError,
    AttributeError, LookupError, RecursionError, TypeError, ValueError, OSError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What pdfminer makes of a page, its figures and forms resolved."""

    number: int
    width: float
    height: float
    items: list[LTItem]


def layouts(
    content: bytes, name: str, numbers: Collection[int] | None
) -> Iterator[Layout]:
    """Give the pages of these numbers, by default all, one after the other.

    Raises:
        SourceError: the file is no PDF, is broken, has a password, or has other or too
            many pages.
        MemoryError: it unpacks to more than the process may hold.
    """
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            for page in _chosen(pdf.pages, name, numbers):
                yield Layout(
                    number=page.page_number,
                    width=float(page.width),
                    height=float(page.height),
                    items=list(_items(page.layout)),
                )
                page.close()
    except _BROKEN as error:
        wrapped = isinstance(error, PdfminerException) and error.args
        cause = error.args[0] if wrapped else error
        if isinstance(cause, MemoryError):
            raise cause from error
        if isinstance(cause, PDFEncryptionError):
            raise locked(name, WHAT) from error
        raise broken(name, WHAT, type(cause).__name__) from error


def _items(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _chosen(
    pages: list[Page], name: str, numbers: Collection[int] | None
) -> list[Page]:
    if not pages:
        raise broken(name, WHAT, "it has no pages")
    if numbers is None:
        chosen = pages
    elif max(numbers) <= len(pages):
        chosen = [pages[number - 1] for number in sorted(numbers)]
    else:
        raise SourceError(
            f"There is no page {max(numbers):,}; the file has {len(pages):,}.",
            where=name,
            hint="Set reader.pdf in the adapter.",
        )
    if len(chosen) > MAX_PAGES:
        raise SourceError(
            f"{len(chosen):,} pages are more than {MAX_PAGES:,}.",
            where=name,
            hint="Name the pages that hold the tables in reader.pdf of the adapter.",
        )
    return chosen
