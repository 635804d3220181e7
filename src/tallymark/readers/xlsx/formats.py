"""The formats that a workbook defines for its cells, as far as they carry meaning."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles.numbers import BUILTIN_FORMATS

from tallymark.model.grid import Style
from tallymark.readers.limits import parse_events
from tallymark.readers.xlsx.parts import PART, Parts

TRUE = ("1", "true", "on")
_PLAIN = Style()


def read_formats(parts: Parts) -> dict[str, Style]:
    """Return the formats that differ from a plain one, by the number that cells name."""
    path = "xl/styles.xml"
    if path not in parts.members:
        return {}
    book = _Book()
    parse_events(
        parts.read(path), f"{parts.name}: {path}", PART, start=book.start, end=book.end
    )
    bold = {str(i) for i, is_bold in enumerate(book.bold) if is_bold}
    found = {}
    for number, (format_, font, indent) in enumerate(book.cells):
        code = book.codes.get(format_) or _numbered(format_)
        style = Style(
            number_format=None if code in (None, "", "General") else code,
            bold=font in bold,
            indent=int(indent) if indent.isdigit() and len(indent) < 4 else 0,
        )
        if style != _PLAIN:
            found[str(number)] = style
    return found


def _numbered(format_: str) -> str | None:
    known = format_.isascii() and format_.isdigit() and len(format_) < 4
    return BUILTIN_FORMATS.get(int(format_)) if known else None


class _Book:
    """What the list of formats says: codes of numbers, fonts, formats of cells."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.bold: list[bool] = []
        self.cells: list[tuple[str, str, str]] = []
        self._inside = ""

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in ("numFmts", "fonts", "cellXfs", "dxfs", "cellStyleXfs", "cellStyles"):
            self._inside = tag
        elif self._inside == "numFmts" and tag == "numFmt":
            self.codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif self._inside == "fonts" and tag == "font":
            self.bold.append(False)
        elif self._inside == "fonts" and tag == "b" and self.bold:
            self.bold[-1] = given.get("val", "1") in TRUE
        elif self._inside == "cellXfs" and tag == "xf":
            self.cells.append(
                (given.get("numFmtId", "0"), given.get("fontId", "0"), "0")
            )
        elif self._inside == "cellXfs" and tag == "alignment" and self.cells:
            self.cells[-1] = (*self.cells[-1][:2], given.get("indent", "0"))

    def end(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
