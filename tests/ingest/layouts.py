"""A tidy table printed in a random layout of the adapter language, with its adapter.

Draws arrangement, locale, digits, calendar, footnote marks, gaps and rims one by one; what
must come back is worked out here without the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tallymark.model.grid import Sheet, Value

AREAS = {"Kenya": "KEN", "Namibia": "NAM", "Viet Nam": "VNM", "XAA": "XAA"}
SEXES = {"Total": "_T", "Boys": "M", "Girls": "F"}
GAPS = {"..": "NOT_AVAILABLE", "n/a": "NOT_APPLICABLE", "": "BLANK"}
DIGITS = {"ascii": "0123456789", "thai": "๐๑๒๓๔๕๖๗๘๙", "arabic": "٠١٢٣٤٥٦٧٨٩"}
LOCALES = {"en": (".", ","), "de": (",", "."), "fr": (",", "\u202f"), "ch": (".", "’")}
MARKS = {"": None, "*": "Provisional.", "(a)": "Of all ages.", "²": "Since 2016."}
CALENDARS: dict[str, dict[str, Any]] = {
    "gregorian": {},
    "buddhist": {"calendar": "buddhist"},
    "ethiopian": {"calendar": "ethiopian"},
    "fiscal": {"first_month": 4},
}
CONSTANTS = {
    "series_id": "s",
    "stage": "CHARGED",
    "counting_unit": "PERSON",
    "scope": "CSEA",
}

Key = tuple[str, int, str]
Truth = tuple[str, str, str, float | None, str | None, str | None]
"""Area, period, sex, value, reason, notes."""


@dataclass
class Style:
    """How figures, years and marks are printed all over one file."""

    locale: str
    digits: str
    calendar: str

    def number(self, value: float) -> str:
        decimal, group = LOCALES[self.locale]
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        text = text.translate(str.maketrans({",": group, ".": decimal}))
        return text.translate(str.maketrans(DIGITS["ascii"], DIGITS[self.digits]))

    def year(self, year: int) -> str:
        if self.calendar == "fiscal":
            return f"{year}/{(year + 1) % 100:02d}"
        return str(year + {"buddhist": 543}.get(self.calendar, 0))

    def period(self, year: int) -> str:
        if self.calendar == "fiscal":
            return f"{year}-04-01/P1Y"
        if self.calendar == "ethiopian":
            day = 12 if (year + 8) % 4 == 0 else 11
            return f"{year + 7}-09-{day}/P1Y"
        return str(year)


@dataclass
class Page:
    """Cells of a sheet while it is being printed."""

    name: str | None
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def line(self, row: int, left: int, values: list[Value]) -> None:
        for n, value in enumerate(values):
            self.cells[row, left + n] = value

    def sheet(self) -> Sheet:
        n_rows = 1 + max(row for row, _ in self.cells)
        rows: list[list[Value]] = [[] for _ in range(n_rows)]
        for (row, column), value in sorted(self.cells.items()):
            rows[row] += [""] * (column - len(rows[row])) + [value]
        return Sheet(name=self.name, rows=rows, merged=tuple(self.merged))


@dataclass
class Figure:
    """One printed figure: its key, what stands in the cell, and what must come back."""

    key: Key
    printed: str
    value: float | None
    reason: str | None
    mark: str


@dataclass
class Printed:
    """A file as it was printed: sheets, adapter, and the truth by address."""

    sheets: list[Sheet]
    document: dict[str, Any]
    truth: dict[str, Truth]
    style: Style


@st.composite
def printed_files(draw: st.DrawFn) -> Printed:
    style = Style(
        *(draw(st.sampled_from(list(x))) for x in (LOCALES, DIGITS, CALENDARS))
    )
    figures = draw(_figures(style))
    left, top = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    label_mark = draw(st.sampled_from(list(MARKS)))
    arrange = draw(st.sampled_from(ARRANGEMENTS))
    table, pages, places = arrange(figures, style, (top, left), label_mark)
    if top:
        pages[0].cells.setdefault((0, left), "Police of Exampleland")
    decimal, group = LOCALES[style.locale]
    document = {
        "id": "printed",
        "version": 1,
        "title": "printed",
        "source": {"title": "printed"},
        "vintage": None,
        "numbers": {"decimal": decimal, "group": [group]},
        "missing": {token: reason for token, reason in GAPS.items() if token},
        "footnotes": {
            "marks": r"\*|\(a\)|²",
            "known": {mark: note for mark, note in MARKS.items() if mark},
        },
        "tables": [
            {"constants": CONSTANTS, "period": CALENDARS[style.calendar], **table}
        ],
    }
    truth = {}
    for figure, page, cell in places:
        area, year, sex = figure.key
        where = Sheet(name=page.name, rows=[]).address(*cell)
        notes = [
            MARKS[mark] for mark in dict.fromkeys((label_mark, figure.mark)) if mark
        ]
        truth[where] = (
            AREAS[area],
            style.period(year),
            SEXES[sex],
            figure.value,
            figure.reason,
            "; ".join(filter(None, notes)) or None,
        )
    return Printed([page.sheet() for page in pages], document, truth, style)


@st.composite
def _figures(draw: st.DrawFn, style: Style) -> list[Figure]:
    areas = draw(st.lists(st.sampled_from(list(AREAS)), min_size=1, unique=True))
    years = draw(st.lists(st.integers(1950, 2050), min_size=1, max_size=3, unique=True))
    sexes = draw(st.lists(st.sampled_from(list(SEXES)), min_size=1, unique=True))
    return [
        draw(_figure((area, year, sex), style))
        for area in areas
        for year in years
        for sex in sexes
    ]


@st.composite
def _figure(draw: st.DrawFn, key: Key, style: Style) -> Figure:
    gap = draw(st.sampled_from([None, None, None, *GAPS]))
    if gap is not None:
        return Figure(key, gap, None, GAPS[gap], "")
    tenths = st.integers(1, 99_999).map(lambda n: n / 10)
    value = draw(st.one_of(st.integers(0, 9_999_999), tenths))
    mark = draw(st.sampled_from(list(MARKS)))
    return Figure(key, style.number(value) + mark, float(value), None, mark)


Places = list[tuple[Figure, Page, tuple[int, int]]]
Arranged = tuple[dict[str, Any], list[Page], Places]
Arrange = Callable[[list[Figure], Style, tuple[int, int], str], Arranged]

YEARS = {"name": "years", "pattern": r"\d{4}(/\d{2})?", "many": True}
AREA = {"column": "Area", "parse": "area"}
SEX = {"column": "Sex", "field": "sex", "map": SEXES}


def _long(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    top, left = at
    page, places = Page("Long"), []
    page.line(top + 1, left, ["Sex", "Area", "Cases", "Year"])
    for n, figure in enumerate(figures, start=top + 2):
        area, year, sex = figure.key
        page.line(n, left, [sex, area + mark, figure.printed, style.year(year)])
        places.append((figure, page, (n, left + 2)))
    lookups = [SEX, AREA, {"column": "Year", "parse": "period"}]
    table = {"header": ["Sex", "Area", "Cases", "Year"], "values": ["Cases"]}
    return {"name": "long", **table, "lookups": lookups}, [page], places


def _cross(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """Years across under merged sexes, areas down."""
    top, left = at
    page, places = Page(None), []
    pairs = list(dict.fromkeys((f.key[2], f.key[1]) for f in figures))
    pairs.sort(key=lambda pair: list(SEXES).index(pair[0]))
    page.line(top + 2, left, ["Area", *(style.year(year) for _, year in pairs)])
    for sex in dict.fromkeys(sex for sex, _ in pairs):
        own = [left + 1 + n for n, pair in enumerate(pairs) if pair[0] == sex]
        page.cells[top + 1, own[0]] = sex
        if len(own) > 1:
            page.merged.append((top + 1, own[0], top + 1, own[-1]))
    for n, area in enumerate(_areas(figures), start=top + 3):
        page.cells[n, left] = area + mark
        for figure in (f for f in figures if f.key[0] == area):
            column = left + 1 + pairs.index((figure.key[2], figure.key[1]))
            page.cells[n, column] = figure.printed
            places.append((figure, page, (n, column)))
    lookups = [
        AREA,
        {"header": 0, "parse": "period"},
        {"header": 1, "field": "sex", "map": SEXES},
    ]
    table = {"header": ["Area", YEARS], "values": ["years"], "lookups": lookups}
    return {"name": "cross", **table}, [page], places


def _sets(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """For each year a set of columns: the year over the figures, then their sex."""
    top, left = at
    page, places = Page("Sets"), []
    years = list(dict.fromkeys(f.key[1] for f in figures))
    heads = [text for year in years for text in (style.year(year), "Sex")]
    page.line(top + 1, left, ["Area", *heads])
    lines = list(dict.fromkeys((f.key[0], f.key[2]) for f in figures))
    for figure in figures:
        area, year, sex = figure.key
        row = top + 2 + lines.index((area, sex))
        column = left + 1 + 2 * years.index(year)
        page.cells[row, left] = area + mark
        page.line(row, column, [figure.printed, sex])
        places.append((figure, page, (row, column)))
    group = [
        {"name": "cases", "pattern": YEARS["pattern"]},
        {"name": "Sex", "text": "Sex"},
    ]
    lookups = [AREA, SEX, {"header": 0, "parse": "period"}]
    table = {
        "header": ["Area", {"group": group}],
        "values": ["cases"],
        "lookups": lookups,
    }
    return {"name": "sets", **table}, [page], places


def _sections(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """Areas as heading rows, years below them, sexes across."""
    top, left = at
    page, places, row = Page("Sections"), [], top + 2
    sexes = list(dict.fromkeys(f.key[2] for f in figures))
    page.line(top + 1, left, ["Year", *sexes])
    for area in _areas(figures):
        page.cells[row, left] = area + mark
        for year in dict.fromkeys(f.key[1] for f in figures):
            row += 1
            page.cells[row, left] = "  " + style.year(year)
            for figure in figures:
                if figure.key[:2] == (area, year):
                    column = left + 1 + sexes.index(figure.key[2])
                    page.cells[row, column] = figure.printed
                    places.append((figure, page, (row, column)))
        row += 2
    lookups = [
        {"section": "area", "parse": "area"},
        {"column": "Year", "parse": "period"},
        {"header": 0, "field": "sex", "map": SEXES},
    ]
    return (
        {
            "name": "sections",
            "header": [
                "Year",
                {"name": "sexes", "pattern": "|".join(SEXES), "many": True},
            ],
            "sections": [
                {"name": "area", "column": "Year", "indent": 0, "is_alone": True}
            ],
            "values": ["sexes"],
            "lookups": lookups,
        },
        [page],
        places,
    )


def _stacked(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """One table an area, one below the other, each under its title."""
    top, left = at
    page = Page("Stacked")
    places = list(_area_tables(figures, style, page, (top + 1, left), mark))
    title = {"pattern": r"Cases in .*"}
    lookups = [
        {"title": title, "pattern": "Cases in (.*)", "parse": "area"},
        {"column": "Year", "parse": "period"},
        {"header": 0, "field": "sex", "map": SEXES},
    ]
    return (
        {
            "name": "stacked",
            "occurs": "many",
            "title": title,
            "header": [
                "Year",
                {"name": "sexes", "pattern": "|".join(SEXES), "many": True},
            ],
            "values": ["sexes"],
            "lookups": lookups,
        },
        [page],
        places,
    )


def _sheets(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """A sheet an area, with its title over the table."""
    pages, places = [], []
    for area in _areas(figures):
        page = Page(f"Sheet of {area}")
        own = [figure for figure in figures if figure.key[0] == area]
        places += _area_tables(own, style, page, (at[0] + 1, at[1]), mark)
        pages.append(page)
    table, _, _ = _stacked(figures, style, at, mark)
    return table, pages, places


def _area_tables(
    figures: list[Figure], style: Style, page: Page, at: tuple[int, int], mark: str
) -> Iterator[tuple[Figure, Page, tuple[int, int]]]:
    row, left = at
    sexes = list(dict.fromkeys(f.key[2] for f in figures))
    years = list(dict.fromkeys(f.key[1] for f in figures))
    for area in _areas(figures):
        page.cells[row, left] = f"Cases in {area}{mark}"
        page.line(row + 1, left, ["Year", *sexes])
        for figure in (f for f in figures if f.key[0] == area):
            here = row + 2 + years.index(figure.key[1])
            column = left + 1 + sexes.index(figure.key[2])
            page.cells[here, left] = style.year(figure.key[1])
            page.cells[here, column] = figure.printed
            yield figure, page, (here, column)
        row += 3 + len(years)


def _twins(
    figures: list[Figure], style: Style, at: tuple[int, int], mark: str
) -> Arranged:
    """Areas and figures in as many twin columns as there are years and sexes."""
    top, left = at
    page, places = Page("Twins"), []
    pairs = list(dict.fromkeys((f.key[1], f.key[2]) for f in figures))
    areas = _areas(figures)
    for n, (year, sex) in enumerate(pairs):
        page.line(top + 3, left + 2 * n, ["Area", "Cases"])
        page.line(top + 2, left + 2 * n, ["", f"{sex} {style.year(year)}"])
        for figure in (f for f in figures if f.key[1:] == (year, sex)):
            row = top + 4 + areas.index(figure.key[0])
            page.line(row, left + 2 * n, [figure.key[0] + mark, figure.printed])
            places.append((figure, page, (row, left + 2 * n + 1)))
    lookups = [
        AREA,
        {"header": 1, "pattern": r".* (\S+)", "parse": "period"},
        {"header": 1, "pattern": r"(.*) \S+", "field": "sex", "map": SEXES},
    ]
    table = {"header": ["Area", "Cases"], "values": ["Cases"], "lookups": lookups}
    return {"name": "twins", "occurs": "many", **table}, [page], places


def _areas(figures: list[Figure]) -> list[str]:
    return list(dict.fromkeys(figure.key[0] for figure in figures))


ARRANGEMENTS: list[Arrange] = [
    _long,
    _cross,
    _sets,
    _sections,
    _stacked,
    _sheets,
    _twins,
]
