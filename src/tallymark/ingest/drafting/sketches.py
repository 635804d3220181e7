"""A sheet seen by the kinds of its cells, whole or through a window of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tallymark.ingest.drafting.cells import (
    DAY,
    EMPTY,
    GAP,
    NUMBER,
    RANGE,
    TEXT,
    YEAR,
    filled,
    kinds_of,
)
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.grid import Sheet, Value


class Sketch:
    """A sheet, the kinds of its cells row by row, and where cells are merged."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.kinds = kinds_of(sheet)
        self.width = len(self.kinds[0]) if self.kinds else 0

    @property
    def merged(self) -> tuple[tuple[int, int, int, int], ...]:
        """The merged ranges: first row, first column, last row, last column."""
        return self.sheet.merged

    @cached_property
    def merged_into(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first cell of each merged range, by each other cell of it."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.sheet.merged
            for row in range(top, min(bottom, len(self.kinds) - 1) + 1)
            for column in range(left, min(right, self.width - 1) + 1)
            if (row, column) != (top, left)
        }

    def value(self, row: int, column: int) -> Value:
        """Return what a cell shows: of a merged range, what its first cell holds."""
        at = self.merged_into.get((row, column), (row, column))
        return self.sheet.value(*at)

    def label(self, row: int, column: int) -> str:
        """Return the text of what a cell shows."""
        return label_of(self.value(row, column))


@dataclass(frozen=True, kw_only=True)
class Window:
    """A part of a sheet; rows and columns keep their numbers, all bounds inclusive."""

    sketch: Sketch
    top: int
    left: int
    bottom: int
    right: int

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of all the sheet's rows; what lies outside the window is empty."""
        whole = self.sketch.kinds
        if (self.left, self.right) == (0, self.sketch.width - 1):
            return whole[: self.bottom + 1]
        blank = EMPTY * self.left
        return [
            blank + row[self.left : self.right + 1] for row in whole[: self.bottom + 1]
        ]

    def part(self, left: int, right: int, top: int, bottom: int) -> Window:
        """Return a window in this one."""
        return Window(
            sketch=self.sketch, top=top, left=left, bottom=bottom, right=right
        )

    def columns(self, row: int) -> list[int]:
        """Return the columns of a row that are filled."""
        return filled(self.kinds[row])

    def n_filled(self, row: int) -> int:
        """Return how many cells of a row are filled."""
        kinds = self.kinds[row]
        return len(kinds) - kinds.count(EMPTY)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text."""
        return label_of(self.sketch.sheet.value(row, column))

    def texts(self, row: int) -> list[str]:
        """Return the texts of a row's filled cells."""
        return [self.text(row, column) for column in self.columns(row)]

    def is_counted(self, row: int) -> bool:
        """Tell whether a row numbers the columns: from 1 on."""
        columns = self.columns(row)
        if len(columns) < 3 or self.kinds[row].count(NUMBER) < len(columns):
            return False
        texts = [text.strip("()[]. ") for text in self.texts(row)]
        if texts != [str(n) for n in range(1, len(texts) + 1)]:
            return False
        is_last = row == self.bottom or not self.n_filled(row + 1)
        return is_last or self.text(row + 1, columns[0]) != "2"

    def is_heading(self, row: int) -> bool:
        """Tell whether a row may be one of headings: texts and years, no figures."""
        kinds = self.kinds[row]
        if NUMBER in kinds:
            return (
                row > self.top and TEXT in self.kinds[row - 1] and self.is_counted(row)
            )
        n_texts = kinds.count(TEXT)
        n_years = kinds.count(YEAR) + kinds.count(DAY)
        if GAP in kinds and not n_years:
            return n_texts > 2 * kinds.count(GAP)
        return bool(n_texts) or n_years > 1 or kinds.count(RANGE) > 1

    def has_figures(self, row: int, figures: str = NUMBER) -> bool:
        """Tell whether a row holds figures: cells of those kinds, not headings."""
        kinds = self.kinds[row]
        if not any(letter in kinds for letter in figures):
            return False
        return not self.is_heading(row)


def whole(sketch: Sketch) -> Window:
    """Return the window that is the whole sheet."""
    return Window(
        sketch=sketch,
        top=0,
        left=0,
        bottom=len(sketch.kinds) - 1,
        right=max(sketch.width - 1, 0),
    )
