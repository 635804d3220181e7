"""The texts around a table: titles over it, the names of its sheet and its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.cells import YEAR, kind_of
from tallymark.ingest.drafting.layouts import Layout
from tallymark.ingest.drafting.meaning import heading_readings
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.layout.surroundings import label_of, lines_before, texts_around
from tallymark.model.grid import Grid

MOST_TITLES = 8
"""Texts over a table that are looked at, the nearest first."""

LONGEST_TITLE = 300
_NOTE = re.compile(
    r"(?i)\W*(?:note|source|nota|fuente|fonte|quelle|sumber|chú thích|nguồn|ที่มา|หมายเหตุ)"
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text that says a field of one table, and where it stands."""

    place: Literal["title", "sheet", "file"]
    text: str
    reading: TextReading


@dataclass(frozen=True, kw_only=True)
class Around:
    """The texts around each table of a layout, the nearest title first."""

    layout: Layout
    titles: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...]
    file_stem: str
    are_shared: bool = False
    """Whether some table has the titles of the one above it."""

    def said(self, field: str) -> list[Said | None]:
        """Return what says a field of each table, None where nothing does."""
        return [
            _first_said(field, titles, name, self.file_stem)
            for titles, name in zip(self.titles, self.sheet_names, strict=True)
        ]

    @property
    def are_pages(self) -> bool:
        """Whether the tables stand on pages, of which the first alone has titles."""
        return self.layout.sheet(self.layout.first).is_numbered

    @property
    def texts(self) -> list[str]:
        """All the texts, each once."""
        held = [text for titles in self.titles[:20] for text in titles]
        return list(dict.fromkeys([*held, *self.sheet_names[:20], self.file_stem]))


def around_of(layout: Layout, blocks: Sequence[Block], grid: Grid) -> Around:
    """Return the texts around the tables of a layout; `blocks` are all of the file."""
    titles = [tuple(_titles(layout, block, blocks, grid)) for block in layout.blocks]
    if layout.sheet(layout.first).is_numbered:
        titles = [own or titles[0] for own in titles]
    printed = list(titles)
    for n, block in enumerate(layout.blocks[1:], start=1):
        if not titles[n] and block.sheet == layout.blocks[n - 1].sheet:
            titles[n] = titles[n - 1]
    return Around(
        layout=layout,
        titles=tuple(titles),
        are_shared=titles != printed,
        sheet_names=tuple(_sheet_name(layout, b) for b in layout.blocks),
        file_stem=PurePath(grid.file).stem,
    )


def _sheet_name(layout: Layout, block: Block) -> str:
    sheet = layout.sheet(block)
    return "" if sheet.is_numbered or sheet.refs is not None else sheet.name or ""


def _titles(
    layout: Layout, block: Block, blocks: Sequence[Block], grid: Grid
) -> Iterator[str]:
    """Give the texts over a table, from the one before it on, the nearest first."""
    above = [
        other.last
        for other in blocks
        if other.sheet == block.sheet
        and other.last < block.top
        and other.left <= block.right
        and block.left <= other.right
    ]
    sheet = layout.sheet(block)
    beside = block.left if _is_right_of_another(block, blocks) else 0
    n = 0
    first = block.top if is_headed_by_title(layout, block) else block.top - 1
    for row in range(first, max(above, default=-1), -1):
        values = sheet.rows[row][: block.right + 1]
        if any(label_of(value) for value in values[beside:]):
            values = values[beside:]
        for value in values:
            text = label_of(value)
            if _is_title(text):
                yield text
                n += 1
        if n >= MOST_TITLES:
            return
    yield from reversed(lines_before(sheet, texts_around(sheet, grid.sheets)))


def is_headed_by_title(layout: Layout, block: Block) -> bool:
    """Tell whether a list stands below its title, without headings of its own."""
    held = [label_of(v) for v in layout.sheet(block).rows[block.header]]
    return (
        block.levels == 0 and sum(map(bool, held)) == 1 < block.right - block.left + 1
    )


def _is_right_of_another(block: Block, blocks: Sequence[Block]) -> bool:
    """Tell whether another table stands left of a table, in some of its rows."""
    return any(
        other.sheet == block.sheet
        and other.right < block.left
        and other.top <= block.last
        and block.top <= other.last
        for other in blocks
    )


def _is_title(text: str) -> bool:
    """Tell whether a text may say what a table is about; notes and sources do not."""
    if not text or len(text) > LONGEST_TITLE or _NOTE.match(text):
        return False
    return any(map(str.isalpha, text)) or kind_of(text) == YEAR


def _first_said(
    field: str, titles: Sequence[str], sheet_name: str, file_stem: str
) -> Said | None:
    places: list[tuple[Literal["title", "sheet", "file"], str]] = [
        *(("title", text) for text in titles),
        ("sheet", sheet_name),
        ("file", file_stem),
    ]
    for place, text in places:
        for reading in heading_readings(text) if text else ():
            is_weak = place != "title" and (not reading.is_sure or field == "statistic")
            if reading.field == field and not is_weak:
                return Said(place=place, text=text, reading=reading)
    return None
