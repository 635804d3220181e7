"""The XML of one sheet, in the one form that calamine reads rightly and in bounded room.

Nearly all programs write that form, and a few searches tell. Anything else (values in
CDATA or as character references, cells without address, UTF-16) is written anew.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallymark.errors import SourceError
from tallymark.model.address import column_number
from tallymark.model.grid import column_letters
from tallymark.readers.limits import parse_events, too_much
from tallymark.readers.workbooks import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    WHAT,
    check_cells,
)
from tallymark.readers.xlsx.parts import has_marks

MAX_TEXTS = 2_000_000
"""Entries of a workbook's list of texts."""

MAX_ODD = 32 << 20
"""Bytes of sheets that are not in plain form; to write 32 MiB anew takes seven seconds."""


class Plain(NamedTuple):
    """A sheet's XML in plain form, and how many bytes of it were written anew."""

    content: bytes
    n_odd: int


def plain(content: bytes, name: str, n_odd: int = 0) -> Plain:
    """Return a sheet's XML in plain form; a cell's error is a text in it.

    `n_odd` counts what was written anew of the sheets before.

    Raises:
        SourceError: it is malformed, or its cells reach too far.
    """
    # Calamine holds them all, so they are counted where they can be many.
    if len(content) > _LONG and content.count(b"mergeCell") > 3 * MAX_MERGED:
        raise too_much(name, WHAT, f"more than {MAX_MERGED:,} merged ranges")
    if prefix := _ROOT.match(content[:_HEAD]):
        content = content.replace(b"<" + prefix[1], b"<")
        content = content.replace(b"</" + prefix[1], b"</")
    reach = None if _is_odd(content) else _reach(content)
    if reach is None or reach[0] * reach[1] > MAX_CELLS:
        n_odd += len(content)
        if n_odd > MAX_ODD:
            limit = f"more than {MAX_ODD:,} bytes of sheets in an unusual form"
            raise too_much(name, WHAT, limit)
        return Plain(rewritten(content, name), n_odd)
    if b"#" in content and b't="e"' in content:
        content = _ERROR.sub(rb'\1t="str"', content)
    return Plain(content, n_odd)


def text_size(sheet: bytes, sizes: list[int], name: str) -> int:
    """Return the room for all texts that the cells take from the list of texts.

    Raises:
        SourceError: as `plain`.
    """
    numbers = _TEXT_NUMBER.findall(sheet)
    if len(numbers) != sheet.count(b't="s"'):
        numbers = _TEXT_NUMBER.findall(rewritten(sheet, name))
    return sum(sizes[int(n)] for n in numbers if int(n) < len(sizes))


def text_bound(sheet: bytes, longest: int) -> int:
    """Return, at once, a room that the texts of a sheet's cells cannot exceed."""
    return len(sheet) // _SMALLEST * longest


def split_texts(texts: bytes, name: str) -> list[bytes]:
    """Return the entries of a workbook's list of texts, as XML.

    Raises:
        SourceError: there are too many.
    """
    if texts.count(b"si") > 3 * MAX_TEXTS:  # an entry has it in its two tags
        raise too_much(name, WHAT, f"more than {MAX_TEXTS:,} texts")
    start = texts.find(b"<", texts.find(b">", texts.find(b"sst")))
    return _TEXT_END.split(texts[start:])[:-1]


def room(text: bytes) -> int:
    """Return the bytes that an entry of the list of texts takes as a value."""
    said = _TAG.sub(b"", text)
    return _OBJECT + raw_room(said)


def raw_room(text: bytes) -> int:
    """Return the bytes that a text in UTF-8 takes as a value at most."""
    if text.isascii():
        return len(text)
    return len(text) * (4 if _BEYOND.search(text) else 2)


_OBJECT = 56
_BEYOND = re.compile(rb"[\xf0-\xff]")
_TAG = re.compile(rb"<[^<>]*>")
_SMALLEST = len('<c r="A1" t="s"><v>0</v></c>')
_ERROR = re.compile(rb'(<c [^<>]*)t="e"')
_REFERENCE = re.compile(rb"<v>[^<&]*&#")
_LONG = 1 << 24
_HEAD = 1 << 12
_ROOT = re.compile(rb"(?:[^<]*<\?[^<]*)?<([A-Za-z_][\w.-]*:)worksheet[\s>]")
_PREFIX = re.compile(rb":(?:c|row|sheetData)[\s/>]")
_ANY_CELL = re.compile(rb"<c(?![A-Za-z])")
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_COLUMNS = re.compile(rb'<c r="([A-Z]+)')
_ROWS = re.compile(rb'<c r="[A-Z]+(\d+)')
_TEXT_NUMBER = re.compile(rb't="s"[^<>]{0,200}><v>(\d{1,9})</v>')
_TEXT_END = re.compile(rb"</(?:[^<>/]+:)?si\s*>|<(?:[^<>/]+:)?si\s*/>")


def _outside(letters: int, digits: int) -> re.Pattern[bytes]:
    """Return the pattern of a cell that is not plain, or lies outside those columns."""
    inside = rb' r="[A-Z]{1,%d}[1-9]\d{0,%d}+"' % (letters, digits - 1)
    rest = rb'(?:>| t="s">| s="\d++"(?: t="\w+")?/?>| t="\w++"/?>|/>'
    # Far from all programs write other attributes; the quick forms stand first.
    return re.compile(
        rb"<c(?!" + inside + rest + rb'(?: [a-z]+="\w+")+/?>))(?![A-Za-z])'
    )


def _is_odd(content: bytes) -> bool:
    return (
        has_marks(content)
        or (b"&" in content and _REFERENCE.search(content) is not None)
        or _PREFIX.search(content) is not None
        or content.count(b"<sheetData") > 1
    )


def _reach(content: bytes) -> tuple[int, int] | None:
    """Return how many rows and columns the cells reach over, at least; None if odd."""
    start = content.rfind(b"<row ")
    if start < 0:
        return None if _ANY_CELL.search(content) else (0, 0)
    last = _ROW.match(content, start)
    if last is None:
        return None
    digits = len(last[1])
    if 26 * 10**digits <= MAX_CELLS and not _outside(1, digits).search(content):
        return 10**digits - 1, 26
    if _outside(3, 7).search(content):
        return None
    columns, rows = set(_COLUMNS.findall(content)), set(_ROWS.findall(content))
    n_rows = max(map(int, rows), default=0)
    n_columns = max((column_number(c.decode()) for c in columns), default=0)
    is_within = n_rows <= MAX_ROWS and n_columns <= MAX_COLUMNS
    return (n_rows, n_columns) if is_within else None


def rewritten(content: bytes, name: str) -> bytes:
    """Return a sheet's XML, read by a full parser and written in plain form.

    Only filled cells and merged ranges are kept.

    Raises:
        SourceError: it is malformed, or its cells reach too far.
    """
    sheet = _Sheet(name)
    parse_events(
        content,
        name,
        WHAT,
        start=sheet.start,
        end=sheet.end,
        text=sheet.text,
    )
    check_cells(sheet.n_rows, sheet.n_columns, name)
    merged = b"".join(b'<mergeCell ref="%s"/>' % _escaped(m) for m in sheet.merged)
    return b"<%s xmlns=%s><sheetData><row>%s</row></sheetData>%s</%s>" % (
        sheet.root,
        _NAMESPACE,
        b"".join(sheet.cells),
        b"<mergeCells>%s</mergeCells>" % merged if merged else b"",
        sheet.root,
    )


_NAMESPACE = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_INLINE = ("inlineStr", "str", "e")  # what calamine shall take as it stands


class _Sheet:
    """What is found while a sheet's XML passes by."""

    def __init__(self, name: str) -> None:
        self.name, self.root = name, b""
        self.cells: list[bytes] = []
        self.merged: list[str] = []
        self.n_rows = self.n_columns = 0
        self._path: list[str] = []
        self._row = self._column = -1  # of the row and cell that began last
        self._cell: dict[str, str] = {}
        self._value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self.root = tag.encode()
        self._path.append(tag)
        if tag == "row":
            self._row, self._column = self._row + 1, -1
            if "r" in attributes:
                self._row = self._number(attributes["r"]) - 1
        elif tag == "c" and self._path[-2:-1] == ["row"]:
            self._begin_cell(attributes)
        elif tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        path = self._path
        is_inline = path[-1] == "t" and "is" in path and "rPh" not in path
        if path[-1] == "v" or is_inline:
            self._value.append(text)

    def end(self, _: str) -> None:
        if self._path.pop() != "c" or not self._path or self._path[-1] != "row":
            return
        value = "".join(self._value)
        if not value:
            return
        self.n_rows = max(self.n_rows, self._row + 1)
        self.n_columns = max(self.n_columns, self._column + 1)
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "0")
        self.cells.append(
            b'<c r="%s%d" s="%s" t="%s"><v>%s</v></c>'
            % (
                column_letters(self._column).encode(),
                self._row + 1,
                _escaped(style),
                b"str" if kind in _INLINE else _escaped(kind),
                _escaped(value),
            )
        )

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._value = attributes, []
        self._column += 1
        if "r" in attributes:
            found = _ADDRESS.fullmatch(attributes["r"])
            if found is None:
                raise self._beyond(attributes["r"])
            self._row = int(found[2]) - 1
            self._column = column_number(found[1].upper()) - 1
        if self._row >= MAX_ROWS or self._column >= MAX_COLUMNS:
            raise self._beyond(attributes.get("r", "without an address"))

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 7):
            raise self._beyond(text)
        return int(text)

    def _beyond(self, address: str) -> SourceError:
        return SourceError(
            f"A cell's address is {address[:20]!r}, not one of the {MAX_ROWS:,} rows and"
            f" {MAX_COLUMNS:,} columns of a sheet.",
            where=self.name,
            hint="Open it in a spreadsheet program and save it again.",
        )


def _escaped(text: str) -> bytes:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").encode()
