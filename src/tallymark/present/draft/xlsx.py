"""A workbook in which a person confirms or changes what was guessed about a file.

Written fresh, never by changing the sender's file; texts stay texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from tallymark.model.address import Place, listed_regions, locate
from tallymark.model.draft import Draft
from tallymark.model.mapping_workbook import (
    DEFINITION,
    FILE,
    FIRST,
    GUESSES,
    LISTS,
    NOT_PERSONAL,
    SHA256,
    Decided,
    plain,
)
from tallymark.present.copied_cells import names_of
from tallymark.present.draft.definition import fill as fill_definition
from tallymark.present.draft.guesses import Rows
from tallymark.present.draft.guesses import fill as fill_guesses
from tallymark.present.draft.lists import Lists
from tallymark.present.draft.parts import parts_of
from tallymark.present.draft.sheets import Copied, add_sheets
from tallymark.present.draft.styles import PARTS, Styles
from tallymark.present.new_workbook import new_workbook
from tallymark.present.wording import counted, one_line

_OWN = (FIRST, GUESSES, DEFINITION, LISTS)
_MOST_PROBLEMS = 20


def render(draft: Draft) -> dict[str, bytes]:
    """Return the workbook for the file of a draft, nothing decided."""
    return {"": workbook(draft, None)}


def workbook(draft: Draft, decided: Decided | None) -> bytes:
    """Return the workbook for the file of a draft, with what was decided before."""
    content = BytesIO()
    places = _places(draft)
    parts = parts_of(draft, places)
    with new_workbook(content) as book:
        styles = Styles(book)
        first, guesses, definition = (book.add_worksheet(name) for name in _OWN[:3])
        names = names_of(draft.grid, _OWN, "{name} (hidden)")
        copied = add_sheets(book, draft, names, parts, styles)
        lists = Lists(page=book.add_worksheet(LISTS))
        lists.page.hide()
        decisions = () if decided is None else decided.decisions
        rows = Rows(
            draft=draft,
            decisions={decision.id: decision for decision in decisions},
            places=places,
            names=copied.names,
        )
        _fill_first(first, rows, copied, styles)
        fill_guesses(guesses, rows, lists, styles)
        fill_definition(definition, draft, decided, lists, styles)
        first.activate()
    return content.getvalue()


def _places(draft: Draft) -> dict[str, Place]:
    """Return where the regions of guesses stand; of several, the first."""
    first = {
        guess.region: next(iter(listed_regions(guess.region)), guess.region)
        for guess in draft.guesses
    }
    found = locate(draft.grid, first.values())
    return {region: found[one] for region, one in first.items() if one in found}


def _steps(rows: Rows) -> Iterator[str]:
    draft = rows.draft
    n_open = sum(map(rows.is_open, draft.guesses))
    tables = counted(len(draft.tables), "table")
    sheets = counted(len({table.sheet for table in draft.tables}), "sheet")
    yield (
        f"No adapter fits {one_line(draft.grid.file)}, so it was read with guesses:"
        f" {tables} on {sheets}. Nothing of it is used before you say so."
    )
    yield (
        "Open the sheet “Guesses”. Yellow rows stand first:"
        f" {counted(n_open, 'guess', 'guesses')} where we need you. Look over the others,"
        " too."
    )
    yield "Click an address under “Where”: it leads to the cells, with their colours."
    yield (
        "Our reading is right, or nobody knows: choose “confirm”. It is wrong: choose or"
        " write the right one under “Change to”. These cells are no figures: “ignore”."
    )
    yield (
        "Open the sheet “Definition” and answer what you know. “Not known” is a good"
        " answer."
    )
    yield (
        "Save this workbook, and run tallymark adapt accept with its path, as in"
        " tallymark adapt accept findings/mapping.xlsx"
    )


@dataclass(kw_only=True)
class _Writer:
    """Writes one row below the other."""

    page: Worksheet
    styles: Styles
    row: int = 0

    def line(self, text: str, look: str, label: str = "", *, height: int = 0) -> None:
        if label:
            self.page.write_string(self.row, 0, label, self.styles.of("step"))
        self.page.write_string(self.row, 1, text, self.styles.of(look))
        if height:
            self.page.set_row(self.row, height)
        self.row += 1


def _fill_first(page: Worksheet, rows: Rows, copied: Copied, styles: Styles) -> None:
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 110)
    writer = _Writer(page=page, styles=styles)
    writer.line("Please look at what we read", "title", height=24)
    for n, step in enumerate(_steps(rows), start=1):
        writer.line(step, "line", str(n), height=20 if len(step) < 105 else 36)
    writer.row += 1
    writer.line("Colours in the sheets of the sender", "legend_head")
    for part, words in PARTS.items():
        look = styles.of_value("general", part)
        page.write_string(writer.row, 1, words, look)
        writer.row += 1
    writer.row += 1
    told = [*_told(copied), *_problems(rows.draft.problems)]
    for line in told:
        writer.line(line, "told", height=15 * (1 + len(line) // 120))
    writer.row += bool(told)
    _about(writer, rows.draft)
    page.hide_gridlines(2)
    page.protect()
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _about(writer: _Writer, draft: Draft) -> None:
    """Write which file the workbook is about, for whoever reads it back."""
    kept = {
        FILE: draft.path,
        SHA256: draft.grid.sha256,
    }
    if draft.submission is not None and draft.submission.not_personal:
        declared = dict(draft.submission.not_personal)
        kept[NOT_PERSONAL] = json.dumps(declared, ensure_ascii=False)
    writer.line("This workbook is about", "legend_head")
    for name, value in kept.items():
        writer.page.write_string(writer.row, 2, name, writer.styles.of("kept"))
        writer.page.write_string(writer.row, 3, value, writer.styles.of("kept"))
        shown = plain(value) if name != NOT_PERSONAL else value
        writer.line(f"{name}: {shown}", "told")
    writer.page.set_column(2, 3, 10, None, {"hidden": True})


def _told(copied: Copied) -> Iterator[str]:
    for name, shown, n in copied.cut:
        yield f"Of the sheet “{name}”, the first {shown:,} of {n:,} rows are shown."
    for name in copied.left_out:
        yield f"The sheet “{name}” is not shown: the file is too large."


def _problems(problems: Sequence[str]) -> Iterator[str]:
    """Say what could not be read even with guesses."""
    for problem in problems[:_MOST_PROBLEMS]:
        yield f"Not read: {one_line(problem)}"
    if (more := len(problems) - _MOST_PROBLEMS) > 0:
        yield f"and {more:,} more."
