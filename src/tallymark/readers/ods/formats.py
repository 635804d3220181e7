"""Formats of cells in an OpenDocument spreadsheet, and which tables are hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tallymark.model.grid import Style
from tallymark.readers.limits import iterate_xml
from tallymark.readers.ods.names import FO, NUMBER, STYLE, TABLE
from tallymark.readers.workbooks import WHAT

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLE = f"{STYLE}style"
_KINDS = ("number", "percentage", "currency", "date", "time", "boolean", "text")
TAGS = (_STYLE, *(f"{NUMBER}{kind}-style" for kind in _KINDS))
"""Elements that `Formats.add` understands."""

_NAME = f"{STYLE}name"
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc)")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0}
_STEP = 10
"""Points by which LibreOffice indents at a time."""
_MAX_PARENTS = 20
PLAIN = Style()
_DATE_PARTS = {
    "year": ("yy", "yyyy"),
    "month": ("m", "mm"),
    "day": ("d", "dd"),
    "day-of-week": ("ddd", "dddd"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "am-pm": ("AM/PM", "AM/PM"),
}


class Formats:
    """The formats that a document defines, by their names."""

    def __init__(self, *, keeps: bool) -> None:
        self.keeps = keeps
        """Whether cells' formats are asked for."""
        self.hidden_tables: set[str] = set()
        self.raised: set[str] = set()
        """Formats of text that is printed above the line."""
        self._codes: dict[str, str] = {}
        self._own: dict[str, tuple[str, str | None, bool | None, int | None]] = {}
        self._known: dict[str, Style] = {}

    def read(self, content: bytes, where: str) -> None:
        """Take in the formats of a document.

        Raises:
            SourceError: it is malformed, or holds more than the limits.
        """
        for element in iterate_xml(content, where, WHAT, TAGS):
            self.add(element)

    def add(self, element: _Element) -> None:
        """Take in a format."""
        name = element.get(_NAME, "")
        if element.tag != _STYLE:
            if self.keeps:
                self._codes[name] = _code(element)
            return
        table = element.find(f"{STYLE}table-properties")
        if table is not None and table.get(f"{TABLE}display") == "false":
            self.hidden_tables.add(name)
        letters = element.find(f"{STYLE}text-properties")
        position = "" if letters is None else letters.get(f"{STYLE}text-position", "")
        if position.startswith("super"):
            self.raised.add(name)
        if self.keeps and element.get(f"{STYLE}family") == "table-cell":
            text = element.find(f"{STYLE}text-properties")
            paragraph = element.find(f"{STYLE}paragraph-properties")
            self._own[name] = (
                element.get(f"{STYLE}parent-style-name", ""),
                element.get(f"{STYLE}data-style-name"),
                _is_bold(None if text is None else text.get(f"{FO}font-weight")),
                _indent(
                    None if paragraph is None else paragraph.get(f"{FO}margin-left")
                ),
            )

    def style(self, name: str) -> Style:
        """Return a cell's format by its name, with what it takes from others.

        A plain one is `PLAIN` itself.
        """
        if name not in self._known:
            code = is_bold = indent = None
            parent, left = name, _MAX_PARENTS
            while parent in self._own and left:
                parent, own_code, own_bold, own_indent = self._own[parent]
                code = own_code if code is None else code
                is_bold = own_bold if is_bold is None else is_bold
                indent = own_indent if indent is None else indent
                left -= 1
            style = Style(
                number_format=self._codes.get(code or "") or None,
                bold=bool(is_bold),
                indent=indent or 0,
            )
            self._known[name] = PLAIN if style == PLAIN else style
        return self._known[name]


def _is_bold(weight: str | None) -> bool | None:
    if weight is None:
        return None
    return weight == "bold" or weight in ("600", "700", "800", "900")


def _indent(margin: str | None) -> int | None:
    found = _LENGTH.fullmatch(margin or "")
    return round(float(found[1]) * _POINTS[found[2]] / _STEP) if found else None


def _code(element: _Element) -> str:
    """Return a format of numbers in the notation that spreadsheets show; "" if general."""
    code = "".join(_part(part) for part in element)
    return "" if code == "General" else code


def _part(part: _Element) -> str:
    name = str(part.tag).removeprefix(NUMBER)
    if name == "number":
        return _digits(part)
    if name == "scientific-number":
        return f"{_digits(part)}E+00"
    if name == "text-content":
        return "@"
    if name in _DATE_PARTS:
        is_long = part.get(f"{NUMBER}style") == "long"
        is_named = part.get(f"{NUMBER}textual") == "true"
        return _DATE_PARTS[name][is_long] * (1 + is_named)
    if name in ("text", "currency-symbol"):
        return _quoted(part.text or "")
    return ""


def _digits(part: _Element) -> str:
    decimals = part.get(f"{NUMBER}decimal-places")
    is_grouped = part.get(f"{NUMBER}grouping") == "true"
    if decimals is None and not is_grouped:
        return "General"
    whole = "#,##0" if is_grouped else "0"
    n = int(decimals) if decimals and decimals.isascii() and decimals.isdigit() else 0
    return whole + ("." + "0" * min(n, 30) if n else "")


def _quoted(text: str) -> str:
    return text if not text or text in "%-/.,: " else f'"{text}"'
