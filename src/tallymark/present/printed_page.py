"""A printed output read back: tables, texts and marked figures of HTML, Markdown, Word.

White space is collapsed, marks are brought to the form `[1]`; what is hidden is not
there. Hides the three formats.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARK = re.compile(r"\[\^?([0-9]+)\]")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
)
_SPAN = re.compile(r'<span data-figure="([^"]*)">(.*?)</span>', re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ITEM = re.compile(r"\s*(?:[-*+]\s+|\d+[.)]\s+|\[\^[^\]]+\]:|>)")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_BAR = re.compile(r"(?<!\\)\|")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "dd", "dt", "caption")


class Place(NamedTuple):
    """A cell of a table: its text, and the id of the figure that it names."""

    text: str
    id: str = ""


class Marked(NamedTuple):
    """A figure in running text: its id and its text."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What an output holds, as far as it is seen."""

    tables: tuple[tuple[tuple[Place, ...], ...], ...] = ()
    blocks: tuple[str, ...] = ()
    """Paragraphs and items outside the tables' cells."""
    marked: tuple[Marked, ...] = ()


def plain(text: str) -> str:
    """Return text with its white space collapsed, without what leads to and fro."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(
        "↑↩\ufe0e\ufe0f "
    )


def without_marks(text: str) -> str:
    """Return text without its marks.

    >>> without_marks("1,234 [1] [12]")
    '1,234'
    """
    return plain(MARK.sub(" ", text)).replace(" )", ")")


def marks_in(text: str) -> frozenset[int]:
    """Return the numbers of the marks in a text."""
    return frozenset(int(number) for number in MARK.findall(text))


def read_page(content: bytes, suffix: str) -> Page:
    """Return what an output holds; `suffix` is html, md or docx.

    Raises:
        SourceError: it is no such document.
        UnicodeDecodeError: it is no UTF-8.
    """
    if suffix == "docx":
        return _of_word(content)
    text = content.decode("utf-8-sig")
    return _of_markdown(text) if suffix == "md" else _of_html(text)


def _of_html(text: str) -> Page:
    from lxml import html as tree  # noqa: PLC0415  # loads on use

    parser = tree.HTMLParser(no_network=True, remove_comments=True, encoding="utf-8")
    root: HtmlElement = tree.document_fromstring(
        text.encode() or b"<p></p>", parser=parser
    )
    _prepare(root)
    inside = [
        e
        for e in root.iter(*_BLOCKS)
        if next(e.iterancestors("td", "th"), None) is None
    ]
    return Page(
        tables=tuple(_grid(table) for table in root.iter("table")),
        blocks=tuple(
            _block(e) for e in inside if next(e.iterdescendants(*_BLOCKS), None) is None
        ),
        marked=tuple(
            Marked(e.get("data-figure", ""), plain(e.text_content()))
            for e in root.iter("span", "ins", "b", "strong")
            if e.get("data-figure")
        ),
    )


def _prepare(root: HtmlElement) -> None:
    """Take out what is not seen, and give raised numbers the form of a mark."""
    for element in list(root.iter()):
        hidden = element.get("hidden") is not None or _HIDDEN.search(
            element.get("style", "")
        )
        if element.tag in ("script", "style", "head", "template") or hidden:
            element.drop_tree()
    for element in root.iter("sup"):
        content = element.text_content().strip()
        if content.isdecimal():
            for child in list(element):
                child.drop_tag()
            element.text = f"[{content}]"


def _block(element: HtmlElement) -> str:
    text = plain(element.text_content())
    parent = element.getparent()
    if element.tag == "p" and parent is not None and parent.tag == "li":
        element, parent = parent, parent.getparent()
    if element.tag == "li" and parent is not None and parent.tag == "ol":
        return f"{[e for e in parent if e.tag == 'li'].index(element) + 1}. {text}"
    return text


def _grid(table: HtmlElement) -> tuple[tuple[Place, ...], ...]:
    """Return the cells of a table by row and column; a span stands at its first place."""
    rows: list[dict[int, Place]] = []
    taken: set[tuple[int, int]] = set()
    for i, row in enumerate(table.iter("tr")):
        cells: dict[int, Place] = {}
        column = 0
        for cell in row.iter("td", "th"):
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


def _of_markdown(text: str) -> Page:
    text = _COMMENT.sub("", text)
    tables: list[tuple[tuple[Place, ...], ...]] = []
    blocks: list[str] = []
    rows: list[tuple[Place, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith("|"):
            if not _RULE.fullmatch(line):
                rows.append(_row(line))
            continue
        if rows:
            tables.append(tuple(rows))
            rows = []
            blocks.append("")
        _add_line(line, blocks)
    return Page(
        tables=tuple(tables),
        blocks=tuple(filter(None, map(plain, blocks))),
        marked=tuple(
            Marked(html.unescape(id_), _unescaped(shown))
            for id_, shown in _SPAN.findall(text)
        ),
    )


def _row(line: str) -> tuple[Place, ...]:
    cells = _BAR.split(line.strip().removeprefix("|").removesuffix("|"))
    return tuple(Place(_unescaped(cell)) for cell in cells)


def _add_line(line: str, blocks: list[str]) -> None:
    """Add a line to the last block, or begin a new one."""
    quoted = line.lstrip().removeprefix(">")
    begins = not quoted.strip() or _ITEM.match(quoted) or not blocks or not blocks[-1]
    text = _unescaped(re.sub(r"^\s*[-*+]\s+", "", quoted).replace("**", ""))
    if begins:
        blocks.append(text)
    else:
        blocks[-1] += f" {text}"


def _unescaped(text: str) -> str:
    return plain(html.unescape(_ESCAPED.sub(r"\1", text)))


def _of_word(content: bytes) -> Page:
    from tallymark.model.grid import ReaderOptions, text_of  # noqa: PLC0415
    from tallymark.readers.docx import read  # noqa: PLC0415  # loads on use

    contents = read(content, "the document", ReaderOptions())
    tables: list[tuple[tuple[Place, ...], ...]] = []
    blocks: list[str] = []
    for sheet in contents.sheets:
        rows = [[_lowered(text_of(value)) for value in row] for row in sheet.rows]
        if sheet.name == "text":
            blocks += [row[0] for row in rows if row]
        else:
            tables.append(tuple(tuple(map(Place, row)) for row in rows))
    return Page(tables=tuple(tables), blocks=tuple(blocks))


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _lowered(text: str) -> str:
    return plain(text.translate(_RAISED))
