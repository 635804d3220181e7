"""What a workbook holds beside its sheets: pivot caches and copies of linked workbooks.

They are read only to be screened: a sheet of totals may carry the register behind them.
"""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest

from tallymark.model.address import column_number
from tallymark.model.grid import Sheet, Value
from tallymark.readers.limits import parse_events, too_much
from tallymark.readers.workbooks import MAX_CELLS, WHAT
from tallymark.readers.xlsx.parts import BOOK, PART, Parts

_CACHE, _RECORDS, _LINK = "pivotCacheDefinition", "pivotCacheRecords", "externalLink"
_FOLDERS = {
    "xl/pivotcache/pivotcachedefinition": _CACHE,
    "xl/externallinks/externallink": _LINK,
}
_NOT_READ = {"xl/model/": "a data model", "xl/embeddings/": "embedded files"}


def read_unshown(parts: Parts) -> tuple[Sheet, ...]:
    """Return pivot caches and cached links as sheets; none if there are none.

    A pivot cache gives its records under the names of the fields, and the values that
    the fields have or once had, which need not be in any record.

    Raises:
        SourceError: one of them is broken, or holds more than the limits.
    """
    linked = [(path, kind) for kind, path in parts.relations(BOOK).values()]
    placed = [
        (path, kind)
        for path in parts.members
        for folder, kind in _FOLDERS.items()
        if path.startswith(folder)
    ]
    found = {
        (kind, path)
        for path, kind in linked + placed
        if kind in _READ and path in parts.members and path.endswith(".xml")
    }
    room, counts, sheets = _Room(), {_CACHE: 0, _LINK: 0}, []
    for kind, path in sorted(found):
        counts[kind] += 1
        sheets += _READ[kind](parts, path, counts[kind], room)
    return tuple(sheets)


def not_read(parts: Parts) -> list[str]:
    """Return what else may hold data, but cannot be read."""
    return [
        what
        for folder, what in _NOT_READ.items()
        if any(path.startswith(folder) for path in parts.members)
    ]


class _Room:
    """How many cells were found, in all parts together."""

    n_cells = 0

    def take(self, where: str, n: int = 1) -> None:
        self.n_cells += n
        if self.n_cells > MAX_CELLS:
            raise too_much(
                where, WHAT, f"more than {MAX_CELLS:,} cells beside its sheets"
            )


def _pivot_cache(parts: Parts, path: str, number: int, room: _Room) -> list[Sheet]:
    name = f"Pivot cache {number}"
    fields: list[str] = []
    items: list[list[Value]] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "cacheField":
            fields.append(given.get("name", ""))
            items.append([])
        elif tag in _ITEMS and items:
            room.take(where)
            items[-1].append(_value(tag, given))

    where = f"{parts.name}: {path}"
    parse_events(parts.read(path), where, PART, start=start)
    room.take(where, max(map(len, items), default=0) * len(items))
    sheets = [Sheet(name=f"{name}, items", rows=[fields, *zip_longest(*items)])]
    for kind, target in parts.relations(path).values():
        if kind == _RECORDS and target in parts.members:
            records = _records(parts, target, items, room)
            sheets.append(Sheet(name=name, rows=[fields, *records]))
    return sheets


def _records(
    parts: Parts, path: str, items: list[list[Value]], room: _Room
) -> list[list[Value]]:
    where = f"{parts.name}: {path}"
    records: list[list[Value]] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "r":
            room.take(where, _PER_ROW)
            records.append([])
        elif tag in _ITEMS and records:
            room.take(where)
            record = records[-1]
            if tag != "x":
                record.append(_value(tag, given))
                return
            shared = items[len(record)] if len(record) < len(items) else []
            index = _index(given.get("v", ""))
            record.append(shared[index] if 0 <= index < len(shared) else None)

    parse_events(parts.read(path), where, PART, start=start)
    return records


_ITEMS = ("s", "n", "d", "b", "e", "m", "x")
_PER_ROW = 4  # a row takes as much room as some cells


def _index(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _value(tag: str, given: dict[str, str]) -> Value:
    text = given.get("v")
    try:
        if text is not None and tag == "n":
            return float(text)
        if text is not None and tag == "d":
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    return text


def _link(parts: Parts, path: str, number: int, room: _Room) -> list[Sheet]:
    names: list[str] = []
    tables: dict[str, list[dict[int, Value]]] = {}
    rows: list[dict[int, Value]] = [{}]
    column, value = 0, [""]

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal rows, column
        if tag == "sheetName":
            names.append(given.get("val", ""))
        elif tag == "sheetData":
            rows = tables.setdefault(given.get("sheetId", ""), [])
        elif tag == "row":
            room.take(where, _PER_ROW)
            rows.append({})
        elif tag == "cell":
            letters = given.get("r", "").rstrip("0123456789")
            is_plain = letters.isascii() and letters.isalpha() and len(letters) <= 3
            column = column_number(letters.upper()) - 1 if is_plain else column + 1
            value.clear()

    def end(tag: str) -> None:
        if tag == "cell" and rows:
            rows[-1][column] = "".join(value)

    where = f"{parts.name}: {path}"
    parse_events(parts.read(path), where, PART, start=start, end=end, text=value.append)
    sheets = []
    for key, found in tables.items():
        index = _index(key)
        title = f"Link {number}, {names[index] if 0 <= index < len(names) else key}"
        width = max((max(row, default=-1) + 1 for row in found), default=0)
        room.take(where, len(found) * width)
        filled = [[row.get(c) for c in range(width)] for row in found]
        sheets.append(Sheet(name=title, rows=filled))
    return sheets


_READ = {_CACHE: _pivot_cache, _LINK: _link}
