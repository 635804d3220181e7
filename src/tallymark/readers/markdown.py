"""Text of Markdown and plain text files: tables as sheets `t1`, …, paragraphs as `text`.

Hides marks, links, code and comments; what is dropped leaves blanks, so that lines stay
where they are. Not one of the formats of data files: a report is named as one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, Sheet
from tallymark.readers.limits import too_much

MAX_BYTES = 1 << 24
"""Bytes of a text: 16 MiB."""

MAX_LINES = 400_000
"""Lines of a text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_ITEM = re.compile(r"[\s>]*(?:[-*+•]|\d{1,3}[.)])\s+")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_HIDDEN = re.compile(
    r"\]\([^()\n]{0,2000}\)"  # where a link leads
    r"|\]\[[^\]\n]{0,200}\]"
    r"|\[\^[^\]\n]{1,60}\]:?"  # footnotes
    r"|<[^<>\n]{1,500}>"
    r"|!\[|[\[\]]|\\(?=[^\w\s])"
    r"|\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+|~~"
)


@dataclass(kw_only=True)
class _Text:
    """A text as it is read: paragraphs with their lines and headings, and tables."""

    paragraphs: list[list[str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    first_line: int = 0
    heading: str = ""

    def end_paragraph(self) -> None:
        """Keep the lines that are waiting as one paragraph."""
        if self.waiting:
            text = "\n".join(self.waiting)
            self.paragraphs.append([text, "", str(self.first_line), self.heading])
        self.waiting = []

    def add(self, line: str, number: int) -> None:
        """Take a line into the paragraph."""
        if not self.waiting:
            self.first_line = number
        self.waiting.append(line)


def read(content: bytes, name: str) -> Contents:
    """Return the text's tables, and its paragraphs in the sheet `text`.

    A row of `text` holds a paragraph, the name of the table right behind it, its first
    line, and the heading over it.

    Raises:
        SourceError: it is no text, or is beyond a limit.
    """
    lines = _without_front(_lines(content, name))
    text = _Text()
    at = 0
    while at < len(lines):
        at = _step(lines, at, text)
    text.end_paragraph()
    sheets = [
        Sheet(name=f"t{n}", rows=rows, is_numbered=True)
        for n, rows in enumerate(text.tables, 1)
    ]
    if text.paragraphs:
        sheets.append(Sheet(name="text", rows=text.paragraphs, is_numbered=True))
    return Contents(sheets=tuple(sheets))


def _lines(content: bytes, name: str) -> list[str]:
    if len(content) > MAX_BYTES:
        raise too_much(name, "The text", f"more than {MAX_BYTES:,} bytes")
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("The file is no text.", where=name, hint="Save it as UTF-8.")
    known = (encoding for mark, encoding in _MARKS if content.startswith(mark))
    try:
        text = content.decode(next(known, "utf-8"))
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    text = _without_comments(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise too_much(name, "The text", f"more than {MAX_LINES:,} lines")
    return lines


def _without_comments(text: str) -> str:
    """Blank the comments; one that never ends is text."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (
        end := text.find("-->", start)
    ) >= 0:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        at = end + 3
    return "".join([*parts, text[at:]])


def _without_front(lines: list[str]) -> list[str]:
    """Blank what stands between `---` at the very beginning: it is about the document."""
    if lines[0].strip() == "---" and "---" in [line.strip() for line in lines[1:60]]:
        end = next(i for i, line in enumerate(lines) if i and line.strip() == "---")
        return [""] * (end + 1) + lines[end + 1 :]
    return lines


def _step(lines: list[str], at: int, text: _Text) -> int:
    """Read what begins on a line; return the next line to read."""
    line = lines[at]
    if fence := _FENCE.match(line):
        text.end_paragraph()
        return _behind_fence(lines, at, fence[1])
    if match := _HEADING.match(line):
        text.end_paragraph()
        text.heading = _shown(match[1])
        return at + 1
    if _is_table(lines, at):
        text.end_paragraph()
        return _table(lines, at, text)
    if text.waiting and _UNDERLINE.match(line) and len(text.waiting) == 1:
        text.heading = text.waiting.pop()
        return at + 1
    if not line.strip():
        text.end_paragraph()
        return at + 1
    if match := _ITEM.match(line):
        text.end_paragraph()
        line = " " * match.end() + line[match.end() :]
    text.add(_shown(_QUOTE.sub(lambda m: " " * len(m[0]), line)), at + 1)
    return at + 1


def _behind_fence(lines: list[str], at: int, fence: str) -> int:
    end = at + 1
    while end < len(lines) and not lines[end].lstrip().startswith(fence):
        end += 1
    return end + 1


def _is_table(lines: list[str], at: int) -> bool:
    if "|" not in lines[at] or at + 1 >= len(lines) or "-" not in lines[at + 1]:
        return False
    cells = _cells(lines[at + 1])
    return len(cells) >= 1 and all(_RULE_CELL.fullmatch(cell) for cell in cells)


def _table(lines: list[str], at: int, text: _Text) -> int:
    if text.paragraphs and not text.paragraphs[-1][1]:
        text.paragraphs[-1][1] = f"t{len(text.tables) + 1}"
    rows = [_cells(lines[at])]
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        rows.append(_cells(lines[end]))
        end += 1
    text.tables.append([[_shown(cell).strip() for cell in row] for row in rows])
    return end


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]


def _shown(text: str) -> str:
    """Return a line without its marks, blanks in their place.

    >>> _shown("**12** in [Kenya](https://a.org)")
    '  12   in  Kenya                '
    """
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text)
