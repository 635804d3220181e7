"""The sheet of guesses: a row each, room for the decision, and what it is known by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tallymark.documents.choices import choices_of, words_of
from tallymark.documents.guess_words import NOT_SAID, about_of, shown_reading
from tallymark.model.address import Place
from tallymark.model.draft import Aspect, Decision, Draft, Guess
from tallymark.model.grid import Sheet, text_of
from tallymark.model.mapping_workbook import (
    CHANGE,
    DECISION,
    ID,
    READING,
    SAID,
    SEAL,
    WHERE,
    plain,
    seal,
    shown_where,
)
from tallymark.present.draft.lists import Lists
from tallymark.present.draft.styles import Styles
from tallymark.present.wording import counted

_COLUMNS = {
    "No.": 5,
    WHERE: 20,
    "What it is about": 30,
    READING: 26,
    DECISION: 12,
    CHANGE: 26,
    "Why we read it so": 34,
    "First cells": 30,
}
"""What a person reads and fills in, each with its width in characters."""

_KEPT = (ID, SEAL)
_HEAD = 3
"""Row of the headings."""
_LINE, _HIGHEST, _WIDEST = 15, 200, 44
_A4 = 9
_ZOOM = 85
"""Percent at which all columns stand on a usual screen."""
_LONGEST_MESSAGE = 255
_MOST_CELLS, _LONGEST_CELL = 4, 30
_MOST_ROWS = 300
"""Rows in which the first cells of a guess are looked for."""
_WORDS = {said: words for words, said in SAID.items()}

_HOW: Mapping[Aspect, str] = {
    "table": "The cells of the table, as in Sheet1!A4:F20.",
    "header": "Row numbers, as in 4 or 4-5.",
    "rows": "Row numbers, as in 5-30.",
    "period": "A year, or as in 2018/19 or 2018-04.",
    "area": "The name of the country, or its code, as in KEN.",
    "label": "A code, or the label's own meaning.",
    "age_group": "As in Y10T14, Y_LT18 or _T.",
    "offence": "An ICCS code, as in 03011.",
    "numbers": "The mark, as in , or .",
}
"""How another reading is written where no list offers it."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What stands on the sheet, with where to find it in the sender's sheets.

    `decisions` are those made before, by the guess's id; `names` the sheets of the
    workbook that the guesses are about, by their number.
    """

    draft: Draft
    decisions: Mapping[str, Decision]
    places: Mapping[str, Place]
    names: Mapping[int, str]

    @property
    def guesses(self) -> list[Guess]:
        """Return the guesses table by table, those that need somebody first."""
        parts = dict.fromkeys(part_of(guess) for guess in self.draft.guesses)
        order = {part: n for n, part in enumerate(parts)}
        return sorted(
            self.draft.guesses,
            key=lambda guess: (not self.is_open(guess), order[part_of(guess)]),
        )

    @property
    def ids(self) -> set[str]:
        """Return what the guesses are known by."""
        return {guess.id for guess in self.draft.guesses}

    def is_open(self, guess: Guess) -> bool:
        """Tell whether somebody has still to look at a guess."""
        return guess.needs_you and guess.id not in self.decisions


def part_of(guess: Guess) -> str:
    """Return what a guess is part of: `t1` for a table, or what all tables share."""
    return guess.id.partition(".")[0]


def fill(page: Worksheet, rows: Rows, lists: Lists, styles: Styles) -> None:
    """Write the sheet of guesses; only decisions and other readings are unlocked."""
    widths = {**_COLUMNS, WHERE: _width_of_where(rows.draft)}
    for column, width in enumerate(widths.values()):
        page.set_column(column, column, width)
    n = len(_COLUMNS)
    hidden = {"hidden": True}
    page.set_column(n, n + len(_KEPT) - 1, 10, styles.of("kept"), hidden)
    n_open = sum(map(rows.is_open, rows.draft.guesses))
    page.write_string(0, 0, "What we read in the file", styles.of("title"))
    need = "needs" if n_open == 1 else "need"
    page.write_string(
        1,
        0,
        f"{counted(n_open, 'yellow row')} {need} you: choose “confirm”, or give the right"
        " reading under “Change to”. Please look over the other rows, too.",
    )
    for column, name in enumerate((*_COLUMNS, *_KEPT)):
        page.write_string(_HEAD, column, name, styles.of("head"))
    guesses = rows.guesses
    for row, guess in enumerate(guesses, start=_HEAD + 1):
        _row(page, row, guess, rows, styles)
    _decisions(page, len(guesses))
    _choices(page, guesses, lists)
    _colours(page, [rows.is_open(guess) for guess in guesses], styles)
    _lay_out(page, len(guesses))


def _width_of_where(draft: Draft) -> int:
    """Return the width of the column of addresses: a link's text is not broken."""
    longest = max((len(shown_where(guess)) for guess in draft.guesses), default=0)
    return min(max(_COLUMNS[WHERE], longest + 1), _WIDEST)


def _row(page: Worksheet, row: int, guess: Guess, rows: Rows, styles: Styles) -> None:
    said = rows.decisions.get(guess.id)
    decision = _WORDS[said.said] if said else "" if guess.needs_you else "confirm"
    reading = shown_reading(guess)
    where = shown_where(guess)
    texts = {
        "What it is about": _about(guess, rows),
        READING: reading,
        "Why we read it so": plain(guess.why),
        "First cells": _first_cells(guess, rows),
    }
    for name, text in texts.items():
        page.write_string(row, _at(name), text, styles.of("cell"))
    page.write_number(row, 0, row - _HEAD, styles.of("number"))
    _where(page, row, guess, rows, styles)
    change = words_of(guess.aspect, said.value) if said and said.value else ""
    for name, text in ((DECISION, decision), (CHANGE, change)):
        look = styles.of("decision" if name == DECISION else "typed")
        if text:
            page.write_string(row, _at(name), text, look)
        else:
            page.write_blank(row, _at(name), None, look)
    sealed = seal(rows.draft.grid.sha256, guess.id, where, reading)
    for column, text in enumerate((guess.id, sealed), start=len(_COLUMNS)):
        page.write_string(row, column, text, styles.of("kept"))
    page.set_row(row, _height({WHERE: where, **texts}))


def _about(guess: Guess, rows: Rows) -> str:
    """Return what a guess is about; of one that all tables share, where it counts."""
    about = about_of(guess)
    is_shared = f"file.{guess.aspect}" in rows.ids and part_of(guess) != "file"
    if is_shared and guess.reading in NOT_SAID:
        return f"{about} (only if this table differs)"
    return about


def _at(name: str) -> int:
    return list(_COLUMNS).index(name)


def _height(texts: Mapping[str, str]) -> float:
    """Return a row's height in points; LibreOffice finds none for itself."""
    n_lines = max(len(wrap(text, _COLUMNS[name])) for name, text in texts.items())
    return min(_LINE * max(n_lines, 1) + 5, _HIGHEST)


def _where(page: Worksheet, row: int, guess: Guess, rows: Rows, styles: Styles) -> None:
    """Write where to look, as a link to the cells if they are in the workbook."""
    cell, text = (row, _at(WHERE)), shown_where(guess)
    place = rows.places.get(guess.region)
    if place is None or place.sheet not in rows.names:
        page.write_string(*cell, text, styles.of("cell"))
        return
    name = rows.names[place.sheet].replace("'", "''")
    first = xl_rowcol_to_cell(place.top, place.left)
    last = xl_rowcol_to_cell(place.bottom, place.right)
    link = f"internal:'{name}'!{first}:{last}"
    page.write_url(*cell, link, styles.of("link"), text)


def _first_cells(guess: Guess, rows: Rows) -> str:
    place = rows.places.get(guess.region)
    if place is None:
        return ""
    sheet = rows.draft.grid.sheets[place.sheet]
    cells = " · ".join(islice(_texts(sheet, place), _MOST_CELLS))
    heading = _text(sheet, place.top - 1, place.left)
    return f"“{heading}”: {cells}" if guess.aspect == "column" and heading else cells


def _texts(sheet: Sheet, place: Place) -> Iterator[str]:
    """Give the first texts that differ."""
    seen = {""}
    last = min(place.bottom + 1, len(sheet.rows), place.top + _MOST_ROWS)
    for row in range(place.top, last):
        for column in range(place.left, place.right + 1):
            text = _text(sheet, row, column)
            if text not in seen:
                seen.add(text)
                yield text


def _text(sheet: Sheet, row: int, column: int) -> str:
    text = plain(text_of(sheet.value(row, column)))
    return f"{text[: _LONGEST_CELL - 1]}…" if len(text) > _LONGEST_CELL else text


def _decisions(page: Worksheet, n_rows: int) -> None:
    if not n_rows:
        return
    rule = {
        "validate": "list",
        "source": list(SAID),
        "input_title": "Decision",
        "input_message": "confirm: our reading is right.\nchange to: choose or write the"
        " right one beside it.\nignore: these cells are no figures.\nNobody knows: confirm.",
        "error_title": "Decision",
        "error_message": "Please choose confirm, change to, or ignore.",
    }
    column = _at(DECISION)
    page.data_validation(_HEAD + 1, column, _HEAD + n_rows, column, rule)


def _choices(page: Worksheet, guesses: Sequence[Guess], lists: Lists) -> None:
    """Offer the other readings of each guess, and say how one is written."""
    column = _at(CHANGE)
    rows = enumerate(guesses, start=_HEAD + 1)
    for (aspect, offered), members in groupby(
        rows, key=lambda item: (item[1].aspect, choices_of(item[1]))
    ):
        first, *_, last = [row for row, _ in members] * 2
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": CHANGE,
            "input_message": (_HOW.get(aspect, "Write the right reading."))[
                :_LONGEST_MESSAGE
            ],
        }
        if offered:
            shown = [words_of(aspect, reading) for reading in offered]
            rule |= {
                "validate": "list",
                "source": lists.reference(shown),
                "input_message": "Choose the right reading from the list. If “confirm”"
                " stands at the left, choose “change to” there.",
                "error_title": CHANGE,
                "error_message": "Please choose one of the list.",
            }
        page.data_validation(first, column, last, column, rule)


def _colours(page: Worksheet, is_open: Sequence[bool], styles: Styles) -> None:
    """Colour what is still to be filled in; the colour goes once it is."""
    n_open = sum(is_open)
    look = styles.open_cell()
    decision, change = _at(DECISION), _at(CHANGE)
    said = xl_rowcol_to_cell(_HEAD + 1, decision, col_abs=True)
    other = xl_rowcol_to_cell(_HEAD + 1, change, col_abs=True)
    if n_open:
        rule = {
            "type": "formula",
            "criteria": f'=AND({said}="",{other}="")',
            "format": look,
        }
        page.conditional_format(_HEAD + 1, decision, _HEAD + n_open, decision, rule)
    if is_open:
        rule = {
            "type": "formula",
            "criteria": f'=AND({said}="change to",{other}="")',
            "format": look,
        }
        last = _HEAD + len(is_open)
        page.conditional_format(_HEAD + 1, change, last, change, rule)


def _lay_out(page: Worksheet, n_rows: int) -> None:
    page.freeze_panes(_HEAD + 1, 1)
    page.set_zoom(_ZOOM)
    page.set_selection(_HEAD + 1, _at(DECISION), _HEAD + 1, _at(DECISION))
    page.autofilter(_HEAD, 0, _HEAD + max(n_rows, 1), len(_COLUMNS) + len(_KEPT) - 1)
    allowed = ("format_cells", "format_columns", "format_rows", "autofilter")
    page.protect("", dict.fromkeys(allowed, True))
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.print_area(0, 0, _HEAD + n_rows, len(_COLUMNS) - 1)
    page.set_footer("&C&P / &N")
