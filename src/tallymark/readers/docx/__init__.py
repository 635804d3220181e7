"""Tables of Word documents: sheets `t1`, `t2`, … in the document's order, and `text`.

Hides spans, tracked changes, fields and the parts of the file. Deleted text is dropped.
Authors, comments and the document's properties are never read; numbers that Word puts
before a paragraph by itself are not in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers.docx.parts import Parts, open_parts
from tallymark.readers.docx.story import (
    Story,
    attribute,
    blocks,
    paragraph_text,
    word_name,
)
from tallymark.readers.docx.table import read_table
from tallymark.readers.printed_text import raised, text_sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read"]

_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_DELETED = ("del", "moveFrom")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the document's tables, its text, and apart what it does not show.

    The sheet `text` has a row for each line outside the tables: the text, and the name
    of the table that it stands before. Headers come first, then footers and notes last.
    A reference to a note is its raised number, glued to the text before.

    Raises:
        SourceError: it is no Word document, is broken, or is beyond a limit.
    """
    parts = open_parts(content, name)
    story = Story(marks=_marks(parts.document))
    sheets: list[Sheet] = []
    lines = [(line, "") for line in _lines_around(parts, story, "header")]
    waiting: list[str] = []
    for block in _blocks_in_order(parts.document):
        if word_name(block) == "p":
            waiting += _lines(block, story)
            continue
        table_name = f"t{len(sheets) + 1}"
        lines += [(line, table_name) for line in waiting]
        waiting = []
        table = read_table(block, f"{name}: {table_name}", story, styles=options.styles)
        sheets.append(
            Sheet(
                name=table_name,
                rows=table.rows,
                merged=table.merged,
                is_numbered=True,
                styles=table.styles,
            )
        )
    waiting += [*_lines_around(parts, story, "footer"), *_notes(parts, story)]
    lines += [(line, "") for line in waiting]
    detected = {f"{what} left out": f"{n:,}" for what, n in story.left_out.items()}
    if story.unseen:
        detected["hidden texts left out"] = f"{len(story.unseen):,}"
    return Contents(
        sheets=(*sheets, *text_sheet("text", lines)),
        detected=detected,
        unshown=text_sheet("hidden", [(text, "") for text in story.unseen]),
    )


def _blocks_in_order(parent: _Element) -> Iterator[_Element]:
    """Give the paragraphs outside tables and all tables, an inner one after its outer."""
    for body in blocks(parent, "body"):
        for block in blocks(body, "p", "tbl"):
            yield block
            if word_name(block) == "tbl":
                yield from _inner_tables(block)


def _inner_tables(table: _Element) -> Iterator[_Element]:
    for row in blocks(table, "tr"):
        for cell in blocks(row, "tc"):
            for inner in blocks(cell, "tbl"):
                yield inner
                yield from _inner_tables(inner)


def _lines(paragraph: _Element, story: Story) -> list[str]:
    lines = paragraph_text(paragraph, story).split("\n")
    return [text for line in lines if (text := line.strip())]


def _lines_around(parts: Parts, story: Story, kind: str) -> list[str]:
    """Return the distinct lines of the headers or footers, those in tables included."""
    found = {}
    for root in parts.around[kind]:
        for paragraph in _paragraphs(root):
            found.update(dict.fromkeys(_lines(paragraph, story)))
    return list(found)


def _paragraphs(root: _Element) -> Iterator[_Element]:
    for block in blocks(root, "p", "tbl", "tr", "tc"):
        if word_name(block) == "p":
            yield block
        else:
            yield from _paragraphs(block)


def _marks(document: _Element) -> dict[tuple[str, str], str]:
    """Return what is printed for each reference to a note: they are counted as they come.

    A reference whose mark the author typed prints nothing by itself.
    """
    marks: dict[tuple[str, str], str] = {}
    for kind in _NOTES.values():
        n_notes = 0
        for reference in document.iter(f"{{*}}{kind}"):
            if any(word_name(above) in _DELETED for above in reference.iterancestors()):
                continue
            mark = ""
            if attribute(reference, "customMarkFollows") not in ("1", "true", "on"):
                n_notes += 1
                mark = _mark(kind, n_notes)
            marks.setdefault((kind, attribute(reference, "id") or ""), mark)
    return marks


def _mark(kind: str, number: int) -> str:
    return raised(str(number)) if kind == "footnoteReference" else f"[{_roman(number)}]"


def _roman(number: int) -> str:
    """Return a number as Word counts endnotes.

    >>> [_roman(n) for n in (1, 4, 19)]
    ['i', 'iv', 'xix']
    """
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _notes(parts: Parts, story: Story) -> list[str]:
    """Return the notes that are referred to, each with its mark, as one line."""
    found = []
    for kind, reference in _NOTES.items():
        for root in parts.around[kind]:
            for note in root:
                mark = story.marks.get((reference, attribute(note, "id") or ""))
                if mark is not None:
                    texts = (
                        line for p in blocks(note, "p") for line in _lines(p, story)
                    )
                    found.append(" ".join([*([mark] if mark else []), *texts]))
    return found
