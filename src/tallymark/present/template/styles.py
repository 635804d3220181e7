"""How a template looks: colours, locks, the help and the lists of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tallymark.documents.messages import Messages
from tallymark.model.template import Template

NAVY, BLUE, PALE, INPUT, GREY, LINE = (
    "#1F3864",
    "#D6E0F0",
    "#F3F6FB",
    "#FFF3B8",
    "#595959",
    "#A6B1C2",
)
RED, PALE_RED = "#9C0006", "#FFC7CE"
FONT = "Calibri"

_FRAME = {"border": 1, "border_color": LINE}
_TOP = {"valign": "top", "text_wrap": True}
_INPUT = {**_FRAME, "bg_color": INPUT, "locked": False, "valign": "vcenter"}
_OPTIONAL = {"bg_color": "#FFFDF0"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": NAVY},
    "subject": {"font_size": 13, "font_color": NAVY},
    "heading": {"bold": True, "font_size": 12, "font_color": NAVY, "bottom": 2}
    | {"bottom_color": NAVY},
    "text": {**_TOP},
    "step": {**_TOP, "bold": True, "align": "center", "font_color": NAVY},
    "help": {**_TOP, "font_color": GREY},
    "small": {"font_size": 9, "font_color": GREY},
    "bold": {"bold": True},
    "strong": {"bold": True, "valign": "vcenter"},
    "mark": {"font_size": 6, "font_color": "#8C8C8C"},
    "never": {**_TOP, "bold": True, "font_color": RED, "bg_color": PALE_RED}
    | {"valign": "vcenter", "border": 1, "border_color": RED, "indent": 1},
    "ask": {"bold": True, "align": "right", "valign": "vcenter", "text_wrap": True},
    "period": {"bold": True, "align": "center", "valign": "vcenter"}
    | {"bg_color": NAVY, "font_color": "#FFFFFF", "text_wrap": True, **_FRAME},
    "period_big": {"bold": True, "font_size": 13, "font_color": "#FFFFFF"},
    "period_small": {"font_size": 8, "font_color": "#FFFFFF"},
    "head": {"bold": True, "bg_color": NAVY, "font_color": "#FFFFFF", **_FRAME}
    | {"text_wrap": True, "valign": "vcenter", "align": "center"},
    "head_left": {"bold": True, "bg_color": NAVY, "font_color": "#FFFFFF", **_FRAME}
    | {"text_wrap": True, "valign": "vcenter", "indent": 1},
    "block": {"bold": True, "bg_color": BLUE, "font_color": NAVY, "valign": "vcenter"}
    | {"top": 1, "bottom": 1, "top_color": LINE, "bottom_color": LINE},
    "block_help": {"font_size": 9, "font_color": GREY, "bg_color": BLUE}
    | {"valign": "vcenter", "bottom": 1, "bottom_color": LINE},
    "no": {"align": "center", "valign": "vcenter", "font_color": GREY, **_FRAME},
    "label": {**_FRAME, "text_wrap": True, "valign": "vcenter", "indent": 1},
    "total_no": {"align": "center", "valign": "vcenter", "bold": True}
    | {"bg_color": PALE, **_FRAME},
    "total": {**_FRAME, "bg_color": PALE, "text_wrap": True, "valign": "vcenter"}
    | {"indent": 1},
    "number": {**_INPUT, "num_format": "#,##0", "align": "right"},
    "choice": {**_INPUT, "text_wrap": True},
    "why": {**_INPUT, "text_wrap": True, "font_size": 9},
    "words": {**_INPUT, "text_wrap": True, "num_format": "@"},
    "whole": {**_INPUT, "num_format": "0", "align": "left"},
    # A text, since a year alone would become a day of 1905 in a cell of dates.
    "date": {**_INPUT, "num_format": "@", "align": "left"},
    "count": {**_FRAME, "align": "left", "valign": "vcenter", "indent": 1},
    "link": {**_FRAME, "font_color": "#0B4FA0", "underline": 1, "valign": "vcenter"}
    | {"indent": 1},
    "example": {**_FRAME, "align": "center", "valign": "vcenter", "bold": True}
    | {"text_wrap": True},
    "example_blank": {**_FRAME, "align": "center", "valign": "vcenter"}
    | {"bg_color": INPUT, "text_wrap": True, "italic": True},
    "filled": {"bg_color": "#FFFFFF"},
    "unneeded": {"bg_color": "#EDEDED"},
    "both": {"bg_color": PALE_RED, "font_color": RED},
    "done": {"bg_color": "#DDEFD9", "font_color": "#1E5C1A"},
}
_LOOKS |= {
    f"{name}_optional": {**_LOOKS[name], **_OPTIONAL}
    for name in ("number", "why", "words", "date")
}
"""A lighter yellow for what may well stay empty."""

_LONGEST_TITLE, _LONGEST_HELP = 32, 255
"""Characters that spreadsheet programs show of a help's title and text."""


class Styles:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            look = _LOOKS[name]
            fonts = {} if name in _CONDITIONAL else {"font_name": FONT}
            self._made[name] = self._book.add_format({**fonts, **look})
        return self._made[name]

    def counted(self, words: str) -> Format:
        """Return a format that prints these words behind a number."""
        if words not in self._made:
            printed = '0 "' + words.replace('"', "") + '"'
            look = {**_LOOKS["count"], "font_name": FONT, "num_format": printed}
            self._made[words] = self._book.add_format(look)
        return self._made[words]


_CONDITIONAL = ("filled", "unneeded", "both", "done")


@dataclass(frozen=True, kw_only=True)
class Draw:
    """What every sheet of one template is drawn with."""

    template: Template
    messages: Messages
    styles: Styles
    lists: Mapping[str, str]
    """The cells of each list on the sheet of lists, as a formula."""

    def say(self, text: str, /, **values: object) -> str:
        """Return an English text in the template's language."""
        return self.messages.say(text, **values)

    def word(self, key: str, /, **values: object) -> str:
        """Return one of the template's own words in its language."""
        return self.messages.say(self.template.content.words[key], **values)

    def number_input(self, page: Worksheet, cells: tuple[int, int, int, int]) -> None:
        """Let cells take whole numbers from 0 on, and say so."""
        page.data_validation(
            *cells,
            {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "input_title": self._title("help_number_title"),
                "input_message": self._help("help_number"),
                "error_title": self._title("error_number_title"),
                "error_message": self._help("error_number"),
            },
        )

    def list_input(
        self, page: Worksheet, cells: tuple[int, int, int, int], name: str, help_: str
    ) -> None:
        """Let cells take a word of a list; `help_` is a text already in the language."""
        page.data_validation(
            *cells,
            {
                "validate": "list",
                "source": self.lists[name],
                "input_title": self._title("help_list_title"),
                "input_message": help_[:_LONGEST_HELP],
                "error_title": self._title("help_list_title"),
                "error_message": self._help("error_list"),
            },
        )

    def whiten(self, page: Worksheet, cells: tuple[int, int, int, int]) -> None:
        """Let cells turn white as they are filled in."""
        filled = {"type": "no_blanks", "format": self.styles["filled"]}
        page.conditional_format(*cells, filled)

    def hint(
        self, page: Worksheet, cells: tuple[int, int, int, int], title: str, help_: str
    ) -> None:
        """Show help at cells that take any text."""
        page.data_validation(
            *cells,
            {
                "validate": "any",
                "input_title": self._title(title),
                "input_message": help_[:_LONGEST_HELP],
            },
        )

    def _title(self, key: str) -> str:
        return self.word(key)[:_LONGEST_TITLE]

    def _help(self, key: str) -> str:
        return self.word(key)[:_LONGEST_HELP]


def lines_of(text: str, width: float) -> int:
    r"""Return how many lines a text takes in a column so many characters wide.

    >>> lines_of("one two three four", 9), lines_of("a\nb", 9)
    (3, 2)
    """
    lines = 0
    for line in text.splitlines() or [""]:
        room = 0.0
        lines += 1
        for word in line.split():
            if room and room + 1 + len(word) > width:
                lines += 1
                room = 0
            room += len(word) + (1 if room else 0)
    return lines
