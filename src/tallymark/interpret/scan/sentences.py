"""A text's passages, and the sentences in them, each with its place.

Hides how grids of documents hold text and tables, and where a sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallymark.model.grid import Grid, Sheet
from tallymark.model.mention import Passage

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]?(?:[^\W\d_a-z]|\d|$))|\n{2,}")
_SHORT = re.compile(
    r"(?:\b(?:p|pp|art|arts|no|nos|fig|figs|sec|ss?|para|vol|ch|dr|mr|mrs|ms|st|vs|cf|al|ca|c"
    r"|e\.g|i\.e|approx|est|dept|gov|u\.s|u\.k|b\.e|n)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[<>~≈≥≤]?\s?[+-]?\d[\d.,'  ]*\s?%?[¹²³⁴-⁹⁰*†‡]*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?")
_LONGEST = 2_000
"""Characters of a sentence; a longer one is cut at blanks."""


class Sentence(NamedTuple):
    """A sentence and where it begins in its passage."""

    text: str
    start: int


def sentences_of(text: str) -> Iterator[Sentence]:
    """Give the sentences of a passage; `p. 3` and `No. 5` end none.

    >>> [s.text for s in sentences_of("See p. 3. It rose.")]
    ['See p. 3.', 'It rose.']
    """
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith(".") and _SHORT.search(text, start, match.start() + 1):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        stop = end
        if end - start > _LONGEST:
            blank = text.rfind(" ", start + 1, start + _LONGEST)
            stop = blank if blank > start else start + _LONGEST
        piece = text[start:stop]
        if stripped := piece.strip():
            yield Sentence(stripped, start + piece.index(stripped[0]))
        start = stop


def passages_of(grid: Grid) -> Iterator[Passage]:
    """Give the passages of a report: its paragraphs, then the cells of its tables."""
    captions: dict[str, str] = {}
    for sheet in grid.sheets:
        if sheet.name == "text":
            yield from _paragraphs(sheet, captions)
    for sheet in grid.sheets:
        if sheet.name != "text":
            yield from _cells(sheet, captions.get(sheet.name or "", ""))


def _paragraphs(sheet: Sheet, captions: dict[str, str]) -> Iterator[Passage]:
    """Give the paragraphs; what stands right before a table is its caption.

    Rows hold the text, the table it stands before, and in Markdown its line and the
    heading over it.
    """
    for number, row in enumerate(sheet.rows, 1):
        text, table, line, heading = (*map(str, row), "", "", "")[:4]
        if table:
            captions[table] = text
        if not text.strip():
            continue
        at = int(line) if line.isdecimal() else None
        place = f"line {at}" if at else f"paragraph {number}"
        yield Passage(text=text, place=place, line=at, heading=heading)


def _cells(sheet: Sheet, caption: str) -> Iterator[Passage]:
    """Give each figure of a table with the labels of its row and column."""
    rows = _filled(sheet)
    n_head = next(
        (i for i, row in enumerate(rows) if any(map(_is_figure, row))), len(rows)
    )
    body = rows[n_head:]
    n_labels = next(
        (j for j in range(_width(rows)) if any(_is_figure(_at(r, j)) for r in body)), 0
    )
    table = (sheet.name or "t1").removeprefix("t")
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            place = f"table {table}, row {i + 1}, column {j + 1}"
            if i >= n_head and j >= n_labels and _is_figure(text):
                heads = [_at(rows[k], j) for k in range(n_head)]
                labels = [*row[:n_labels], *heads]
                said = "; ".join(dict.fromkeys(t for t in labels if t))
                yield Passage(
                    text=f"{said}: {text}", place=place, caption=caption, is_cell=True
                )
            elif len(text.split()) > 5:
                yield Passage(text=text, place=place, caption=caption)


def _filled(sheet: Sheet) -> list[list[str]]:
    rows = [["" if v is None else str(v).strip() for v in row] for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        for i in range(top, min(bottom + 1, len(rows))):
            for j in range(left, min(right + 1, len(rows[i]))):
                rows[i][j] = rows[i][j] or _at(rows[top], left)
    return rows


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text)) and not _YEAR.fullmatch(text)


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _width(rows: Sequence[Sequence[str]]) -> int:
    return max(map(len, rows), default=0)
