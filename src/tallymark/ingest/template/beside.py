"""What stands on a filled template beside what it asked, or in its place: told at its cell.

None of it is read as a figure, and none of it is lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tallymark.documents.messages import in_all_languages, messages_in
from tallymark.ingest.areas import read_area
from tallymark.ingest.labels import short_text
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.person_gate.texts import tells_of_person
from tallymark.ingest.template.pages import Page
from tallymark.ingest.template.spelling import Spelling, folded
from tallymark.ingest.template.told import Told
from tallymark.model.grid import Grid, Sheet, Value
from tallymark.model.template import START, Template, page_of

_ABOVE_MARK = 2
"""Rows between the title of a sheet and its mark, as it was sent."""


def tell_beside(
    template: Template,
    pages: Mapping[str, Page],
    grid: Grid,
    told: Told,
) -> None:
    """Tell of words that were changed, sheets that were added, and the like."""
    _tell_other_area(template, pages, told)
    for series, stage in template.sheets():
        page = pages.get(page_of(series, stage))
        if page is None:
            continue
        _tell_other_title(template, page, template.content.stages[stage].title, told)
        _tell_unnamed(template, page.sheet, told)
        _tell_persons(page, told)
    _tell_added(template, pages, grid, told)


def _tell_other_area(template: Template, pages: Mapping[str, Page], told: Told) -> None:
    """Tell of the name of another area under the title of the first sheet."""
    page = pages.get(START)
    if page is None:
        return
    for row in range(page.row):
        text = label_of(page.sheet.value(row, page.column))
        area = read_area(text.rpartition(",")[0] or text)
        if area is not None and area != template.request.area:
            told.loss(
                page.sheet.address(row, page.column),
                "title-changed",
                text,
                "the mark says another area",
                template.area_name,
            )


def _tell_other_title(template: Template, page: Page, title: str, told: Told) -> None:
    """Tell of a title or a heading of a part that is not the one that was sent."""
    folds = list(Spelling(page.sheet).texts.values())
    say = messages_in(template.request.language).say
    blocks = template.content.blocks
    for text, cell in [
        (title, (max(page.row - _ABOVE_MARK, 0), page.column)),
        *((block.text, _beside(page.sheet, block.id)) for block in blocks),
    ]:
        begins = tuple(map(folded, in_all_languages(text)))
        if cell is None or any(fold.startswith(begins) for fold in folds):
            continue
        told.loss(
            page.sheet.address(*cell),
            "title-changed",
            short_text(label_of(page.sheet.value(*cell)), "this cell"),
            "it is not what was sent",
            say(text),
        )


def _beside(sheet: Sheet, code: str) -> tuple[int, int] | None:
    """Return the cell right of the one that holds a code, if one does."""
    for n, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if label_of(value) == code:
                return n, column + 1
    return None


def _tell_unnamed(template: Template, sheet: Sheet, told: Told) -> None:
    """Tell of free rows that have a number and do not say what is counted."""
    rows = [row for block in template.content.blocks for row in block.rows]
    for row in rows:
        cell = _beside(sheet, row.id) if row.is_open else None
        if cell is None or label_of(sheet.value(*cell)):
            continue
        if any(map(_is_number, sheet.rows[cell[0]])):
            what = "nothing says what is counted in it"
            told.loss(sheet.address(*cell), "row-unnamed", row.id, what)


def _tell_persons(page: Page, told: Told) -> None:
    """Tell of texts about one person, of which no more than a hash is kept."""
    sheet = page.sheet
    for n, row in enumerate(sheet.rows[page.row + 1 :], page.row + 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and tells_of_person(value):
                what = "the words seem to tell of a person"
                told.loss(sheet.address(n, column), "answer-left-out", "", what)


def _tell_added(
    template: Template, pages: Mapping[str, Page], grid: Grid, told: Told
) -> None:
    """Tell of sheets that are not of the template and hold something."""
    lists = set(in_all_languages(template.content.words["lists_sheet"]))
    known = [page.sheet for page in pages.values()]
    at_top = {row[0] for row in told.rows if row[1] == "mark-missing"}
    for sheet in grid.sheets:
        if sheet.name in lists or any(sheet is other for other in known):
            continue
        first = next(_filled(sheet.rows), None)
        if first is not None and sheet.address(0, 0) not in at_top:
            what = "it is no sheet of the template"
            told.loss(sheet.address(*first), "sheet-not-asked", sheet.name or "", what)


def _filled(rows: Sequence[Sequence[Value]]) -> Iterator[tuple[int, int]]:
    for n, row in enumerate(islice(rows, _MOST_ROWS)):
        for column, value in enumerate(row):
            if value not in (None, ""):
                yield n, column


_MOST_ROWS = 1_000


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
