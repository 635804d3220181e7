"""How cells of a mapping workbook look: ours, those to fill in, and the sender's.

A part of a table shows by colour and by letters or frame, so that it can be told
without colour, too.
"""

from __future__ import annotations

from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from tallymark.present.copied_cells import NUMBER_FORMATS

Part = Literal["heading", "label", "figure", "total", "ignored"]

PARTS: dict[Part, str] = {
    "heading": "Headings of a table",
    "label": "Labels and notes: what a figure is about",
    "figure": "Figures that are read",
    "total": "Figures that are totals of others",
    "ignored": "Cells that are not used as figures",
}
"""The parts of a table, with what the legend says of them."""

YELLOW = "#FFF2A8"
_GRID = {"border": 1, "border_color": "#BFBFBF"}
_TEXT = {"text_wrap": True, "valign": "top", **_GRID}
_TYPED = {**_TEXT, "locked": False, "num_format": "@", "bg_color": "#FFFDF0"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "line": {"text_wrap": True, "valign": "top", "font_size": 12},
    "step": {"bold": True, "align": "center", "valign": "top", "font_size": 12},
    "told": {"italic": True, "font_color": "#595959", "text_wrap": True},
    "legend_head": {"bold": True, "font_size": 12},
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", **_TEXT},
    "group": {"bold": True, "bg_color": "#D9E1F2", **_GRID},
    "cell": {**_TEXT, "quote_prefix": True},
    "help": {**_TEXT, "font_color": "#595959"},
    "number": {**_TEXT, "align": "center"},
    "link": {**_TEXT, "font_color": "#0B4FA0", "underline": 1},
    "typed": _TYPED,
    "day": {**_TYPED, "num_format": "yyyy-mm-dd"},
    "decision": {**_TYPED, "bold": True},
    "kept": {"font_color": "#7F7F7F", "font_size": 8, "valign": "top"},
}
_PART_LOOKS: dict[Part, dict[str, Any]] = {
    "heading": {"bg_color": "#BDD7EE", "bold": True, "bottom": 2},
    "label": {"bg_color": "#E2F0D9", "italic": True},
    "figure": {"bg_color": "#FFF2CC"},
    "total": {"bg_color": "#F8CBAD", "bold": True, "top": 6},
    "ignored": {"bg_color": "#E7E6E6", "font_color": "#7F7F7F", "font_strikeout": True},
}


class Styles:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def of(self, name: str) -> Format:
        """Return a format of our own sheets."""
        return self._format((name, ""), _LOOKS[name])

    def open_cell(self) -> Format:
        """Return what colours a cell that still needs somebody."""
        return self._format(("open", ""), {"bg_color": YELLOW, "bold": True})

    def of_value(self, kind: str, part: Part | None) -> Format | None:
        """Return the format of a sender's cell; null is a plain one."""
        if part is None and kind == "general":
            return None
        look = {**_GRID, **_PART_LOOKS[part]} if part else {}
        look["num_format"] = NUMBER_FORMATS[kind]
        look["quote_prefix"] = kind == "formula_like"
        look["text_wrap"] = kind == "lines"
        return self._format((kind, part or ""), look)

    def _format(self, key: tuple[str, str], look: dict[str, Any]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
