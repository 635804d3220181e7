"""A printed page read back from HTML, as far as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as tree

from tallymark.present.printed.content import (
    TABLE,
    Marked,
    Page,
    Place,
    plain,
    stuck_to,
)
from tallymark.present.printed.unseen import take_out

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IN_LINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "data", "dfn", "em",
     "font", "i", "ins", "kbd", "label", "mark", "q", "samp", "small", "span", "strong",
     "sub", "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
_CELLS = ("td", "th")


def read_html(text: str) -> Page:
    """Return what a page shows."""
    parser = tree.HTMLParser(no_network=True, remove_comments=True, encoding="utf-8")
    root: HtmlElement = tree.document_fromstring(
        text.encode() or b"<p></p>", parser=parser
    )
    take_out(root)
    _lower_raised(root)
    return Page(
        tables=tuple(_grid(table) for table in root.iter("table")),
        blocks=tuple(_blocks(root)),
        marked=tuple(
            Marked(
                element.get("data-figure", ""),
                plain(element.text_content()),
                stuck_to(_before(element), element.tail or ""),
            )
            for element in root.iter("span", "ins", "b", "strong")
            if element.get("data-figure")
        ),
    )


def _lower_raised(root: HtmlElement) -> None:
    """Give raised numbers the form of a mark."""
    for element in root.iter("sup"):
        content = element.text_content().strip()
        if content.isdecimal():
            for child in list(element):
                child.drop_tag()
            element.text = f"[{content}]"


def _before(element: HtmlElement) -> str:
    last, parent = element.getprevious(), element.getparent()
    if last is not None:
        return last.tail or ""
    return (parent.text or "") if parent is not None else ""


def _blocks(root: HtmlElement) -> list[str]:
    """Return the texts outside cells in order, with the number of a listed item."""
    found: list[str] = []
    line: list[str] = []
    number = ""

    def end_line() -> None:
        nonlocal number
        if text := plain("".join(line)):
            found.append(number + text)
            number = ""
        line.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag not in _IN_LINE
        if is_block and element.tag != "br":
            end_line()
        if event == "start":
            if element.tag in _CELLS:
                walk.skip_subtree()
                continue
            if element.tag == "li":
                number = _number(element)
            line.append(" " if element.tag == "br" else element.text or "")
        else:
            if element.tag == "table":
                found.append(TABLE)
            line.append(element.tail or "")
    end_line()
    return found


def _number(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    return f"{[e for e in parent if e.tag == 'li'].index(item) + 1}. "


def _grid(table: HtmlElement) -> tuple[tuple[Place, ...], ...]:
    """Return the cells of a table by row and column; a span stands at its first place."""
    rows: list[dict[int, Place]] = []
    taken: set[tuple[int, int]] = set()
    for i, row in enumerate(table.iter("tr")):
        cells: dict[int, Place] = {}
        column = 0
        for cell in row.iter(*_CELLS):
            while (i, column) in taken:
                column += 1
            cells[column] = Place(
                plain(cell.text_content()), cell.get("data-figure", "")
            )
            down, across = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            taken |= {(i + a, column + b) for a in range(down) for b in range(across)}
            column += across
        rows.append(cells)
    width = max((max(cells, default=-1) + 1 for cells in rows), default=0)
    return tuple(tuple(cells.get(j, Place("")) for j in range(width)) for cells in rows)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 1000) if value and value.isdecimal() else 1
