"""How cells of a return workbook look: colours, marks, number formats, locks.

A severity shows by colour, by frame and by dots before the value, so that it can be
told without colour, too.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from tallymark.model.codes import Severity
from tallymark.present.copied_cells import NUMBER_FORMATS

DOTS = {Severity.CRITICAL: "●●●", Severity.WARNING: "●●", Severity.INFO: "●"}
COLOURS = {
    Severity.CRITICAL: "#F0958E",
    Severity.WARNING: "#FFD98C",
    Severity.INFO: "#E3EEF9",
}
"""Each lighter than the one before, also in print without colours."""

_FRAMES = {Severity.CRITICAL: 5, Severity.WARNING: 2, Severity.INFO: 4}
"""Thick, medium, dotted: line styles of Excel."""

_TEXT = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
_QUESTIONS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "told": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", **_TEXT},
    "cell": {**_TEXT, "locked": False, "quote_prefix": True},
    "fixed": {**_TEXT, "quote_prefix": True},
    "number": {**_TEXT, "locked": False, "align": "center"},
    "link": {**_TEXT, "locked": False, "font_color": "#0B4FA0", "underline": 1},
    "answer": {**_TEXT, "locked": False, "bg_color": "#FFF9DB"},
    "kept_head": {"font_color": "#FFFFFF", "bg_color": "#7F7F7F", "font_size": 8},
    "kept": {"font_color": "#7F7F7F", "font_size": 8, "valign": "top"},
    "free": {"locked": False},
    **{
        severity.value: {**_TEXT, "locked": False, "bg_color": colour}
        for severity, colour in COLOURS.items()
    },
}


class Styles:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, object], Format] = {}

    def of_question(self, name: str) -> Format:
        """Return a format of the sheet of questions."""
        return self._format((name, None), _QUESTIONS[name])

    def of_value(self, kind: str, severity: Severity | None) -> Format | None:
        """Return the format of a sender's cell; null is a plain one."""
        number_format = NUMBER_FORMATS[kind]
        if severity is None:
            if kind == "general":
                return None
            look: dict[str, Any] = {"num_format": number_format}
        else:
            look = {
                "num_format": _dotted(number_format, DOTS[severity]),
                "bg_color": COLOURS[severity],
                "border": _FRAMES[severity],
            }
        look["quote_prefix"] = kind == "formula_like"
        look["text_wrap"] = kind == "lines"
        return self._format((kind, severity), look)

    def _format(self, key: tuple[str, object], look: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _dotted(number_format: str, dots: str) -> str:
    """Return a number format that prints dots before whatever stands in the cell.

    >>> _dotted("General", "●")
    '"● "General;"● -"General;"● "General;"● "@'
    """
    if number_format == "@":
        return f'"{dots} "@'
    if number_format != "General":
        return f'"{dots} "{number_format}'
    plain = f'"{dots} "General'
    return f'{plain};"{dots} -"General;{plain};"{dots} "@'
