"""Printed outputs read back; hides the three formats, HTML, Markdown and Word."""

from __future__ import annotations

from tallymark.model.grid import ReaderOptions, text_of
from tallymark.present.printed.content import Page, Place, plain
from tallymark.present.printed.html import read_html
from tallymark.present.printed.markdown import read_markdown
from tallymark.readers.docx import read


def read_page(content: bytes, suffix: str) -> Page:
    """Return what an output holds; `suffix` is html, md or docx.

    Raises:
        SourceError: it is no such document.
        UnicodeDecodeError: it is no UTF-8.
    """
    if suffix == "docx":
        return _of_word(content)
    text = content.decode("utf-8-sig")
    if suffix == "md":
        return read_markdown(text)
    return read_html(text)


def _of_word(content: bytes) -> Page:
    contents = read(content, "the document", ReaderOptions())
    tables: list[tuple[tuple[Place, ...], ...]] = []
    blocks: list[str] = []
    for sheet in contents.sheets:
        rows = [[_lowered(text_of(value)) for value in row] for row in sheet.rows]
        if sheet.name == "text":
            blocks += [row[0] for row in rows if row]
        else:
            tables.append(tuple(tuple(map(Place, row)) for row in rows))
    return Page(tables=tuple(tables), blocks=tuple(blocks))


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _lowered(text: str) -> str:
    return plain(text.translate(_RAISED))
