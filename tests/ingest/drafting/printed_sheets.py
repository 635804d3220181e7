"""Tables printed as offices print them, with the true figure at each address.

Draws title rows, rows of headings, sections, totals, gaps and notes one by one; what must
come back is known before anything is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tallymark.model.grid import Grid, Sheet, Value

PROVINCES = ("Lamu", "Coast", "Nyanza", "Kilifi", "Turkana", "Mandera", "Busia")
OFFENCES = ("Rape", "Defilement", "Grooming", "Incest", "Sexual assault")
MEASURES = ("Cases reported", "Persons charged", "Victims", "Cases closed", "Other")
SEXES = ("Boys", "Girls")
TITLES = (
    "Police of Exampleland",
    "Table 4. Cases by province",
    "Statistical annex",
    "Office of the director",
)
NOTES = (
    "Note: figures are provisional.",
    "Source: registers of the units",
    "* see text",
)
GAPS = ("..", "n/a", "-")
LOCALES = (("", ""), (",", ""), (".", ""), (" ", ""))


@dataclass
class Page:
    """Cells of a sheet while it is printed, and the figures among them."""

    name: str | None = "Sheet1"
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: dict[tuple[int, int], float | None] = field(default_factory=dict)

    def line(self, row: int, left: int, values: list[Any]) -> None:
        for n, value in enumerate(values):
            if value is not None:
                self.cells[row, left + n] = value

    def sheet(self) -> Sheet:
        n_rows = 1 + max(row for row, _ in self.cells)
        width = 1 + max(column for _, column in self.cells)
        rows = [
            [self.cells.get((row, column), "") for column in range(width)]
            for row in range(n_rows)
        ]
        return Sheet(name=self.name, rows=rows, merged=tuple(self.merged))


def grid_of(*pages: Page) -> Grid:
    """Return the pages as a file."""
    sheets = tuple(page.sheet() for page in pages)
    return Grid(file="printed.xlsx", sha256="0" * 64, format="xlsx", sheets=sheets)


def truth_of(*pages: Page) -> dict[str, float | None]:
    """Return the figure of each address; None is a gap."""
    return {
        page.sheet().address(*cell): value
        for page in pages
        for cell, value in page.truth.items()
    }


@st.composite
def figures(draw: st.DrawFn, locale: tuple[str, str], *, as_text: bool) -> Any:
    """Draw a printed figure and what it is."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(GAPS)), None
    number = draw(st.one_of(st.integers(0, 99), st.integers(100, 1_899_999)))
    if 1900 <= number <= 2700:
        number += 4_000
    if not as_text:
        return number, float(number)
    return f"{number:,}".replace(",", locale[0]), float(number)


@st.composite
def tables(
    draw: st.DrawFn, page: Page, row: int, left: int, n_levels: int = 0
) -> tuple[int, int, int]:
    """Draw one table onto a page; return the next free row and column, and its levels.

    Tables beside each other have as many rows of headings: of others, the language finds
    one alone.
    """
    labels = draw(
        st.lists(st.sampled_from(PROVINCES), min_size=2, max_size=6, unique=True)
    )
    has_second = draw(st.booleans())
    heads = draw(HEADS.filter(lambda heads: n_levels in (0, len(heads[0]))))
    levels, n_figures = heads
    n_labels = 2 if has_second else 1
    style = draw(st.sampled_from(("merged", "filled", "left")))
    _print_heads(page, (row, left), levels, (n_labels, style))
    row += len(levels)
    locale = draw(st.sampled_from(LOCALES))
    as_text = draw(st.booleans())
    sections = draw(st.booleans()) and not has_second
    body = [*labels, "Total"] if draw(st.booleans()) else labels
    for n, label in enumerate(body):
        if sections and n in (0, 2):
            page.line(row, left, [f"Region {'ABC'[n]}"])
            row += 1
        own = [label, draw(st.sampled_from(OFFENCES))] if has_second else [label]
        page.line(row, left, own)
        printed = [draw(figures(locale, as_text=as_text)) for _ in range(n_figures)]
        if not any(isinstance(value, float) for _, value in printed):
            printed[0] = ("7" if as_text else 7, 7.0)
        for k, (text, value) in enumerate(printed):
            page.cells[row, left + n_labels + k] = text
            page.truth[row, left + n_labels + k] = value
        row += 1
    return row, left + n_labels + n_figures, len(levels)


def _years(start: int, n: int) -> list[Any]:
    return [start + k for k in range(n)]


HEADS = st.one_of(
    st.builds(
        lambda start, n, text: (
            [[str(y) if text else y for y in _years(start, n)]],
            n,
        ),
        st.integers(2005, 2019),
        st.integers(1, 5),
        st.booleans(),
    ),
    st.lists(st.sampled_from(MEASURES), min_size=1, max_size=4, unique=True).map(
        lambda heads: ([heads], len(heads))
    ),
    st.builds(
        lambda start, n: (
            [
                [y for y in _years(start, n) for _ in SEXES],
                [sex for _ in range(n) for sex in SEXES],
            ],
            2 * n,
        ),
        st.integers(2005, 2019),
        st.integers(1, 3),
    ),
    st.builds(
        lambda start: (
            [
                ["Reported"] * 4 + ["Charged"] * 4,
                [start, start, start + 1, start + 1] * 2,
                list(SEXES) * 4,
            ],
            8,
        ),
        st.integers(2005, 2019),
    ),
)


def _print_heads(
    page: Page, spot: tuple[int, int], levels: list[list[Any]], how: tuple[int, str]
) -> None:
    """Print headings; a text over several columns is merged, repeated, or stands left."""
    row, left = spot
    n_labels, style = how
    heads = ["Province", "Offence"][:n_labels]
    first = left + n_labels
    for n, texts in enumerate(levels):
        is_lowest = n == len(levels) - 1
        if (style == "merged" and n == 0) or (style != "merged" and is_lowest):
            page.line(row + n, left, list(heads))
        at = 0
        while at < len(texts):
            end = at
            while (
                not is_lowest and end + 1 < len(texts) and texts[end + 1] == texts[at]
            ):
                end += 1
            shown = texts[at : end + 1]
            if style != "filled":
                shown = [texts[at]] + [None] * (end - at)
            page.line(row + n, first + at, list(shown))
            if style == "merged" and end > at:
                page.merged.append((row + n, first + at, row + n, first + end))
            at = end + 1
    if style == "merged" and len(levels) > 1:
        for k in range(n_labels):
            page.merged.append((row, left + k, row + len(levels) - 1, left + k))


@st.composite
def pages(draw: st.DrawFn, name: str | None = "Sheet1") -> Page:
    """Draw a sheet: titles, one to three tables below or beside each other, notes."""
    page = Page(name=name)
    row, left = draw(st.integers(0, 1)), draw(st.integers(0, 2))
    start = left
    for n in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(0 if n == 0 else 1, 2))):
            page.line(row, left, [draw(st.sampled_from(TITLES))])
            row += 1
        row += draw(st.integers(0, 1))
        top = row
        row, right, n_levels = draw(tables(page, row, left))
        if n == 0 and draw(st.integers(0, 3)) == 0:
            lower, _, _ = draw(tables(page, top, right + 1, n_levels))
            row = max(row, lower)
        for _ in range(draw(st.integers(0, 2))):
            page.line(row, left, [draw(st.sampled_from(NOTES))])
            row += 1
        row += 1 + draw(st.integers(0, 1))
        left = start
    return page
