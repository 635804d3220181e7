"""A printed text read back from Markdown, as far as it is seen."""

from __future__ import annotations

import html
import re

from tallymark.present.printed.content import (
    TABLE,
    Marked,
    Page,
    Place,
    plain,
    stuck_to,
)
from tallymark.present.printed.unseen import without_unseen

_SPAN = re.compile(
    r"""<span\b[^<>]*?\bdata-figure=(["'])(?P<id>[^"'<>]*)\1[^<>]*>(?P<text>.*?)</span>""",
    re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ITEM = re.compile(r"\s*(?:[-*+]\s+|\d+[.)]\s+|\[\^[^\]]+\]:|>)")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_BAR = re.compile(r"(?<!\\)\|")
_FOOTNOTE = re.compile(r"\[\^(\d+)\]")
_DEFINED = re.compile(r" {0,3}\[\^\d+\]:")
_DEEP = ("    ", "\t")


def read_markdown(text: str) -> Page:
    """Return what a Markdown text shows."""
    text = without_unseen(_COMMENT.sub("", text))
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
            blocks += [TABLE, ""]
        _add_line(line, blocks)
    found = list(_SPAN.finditer(text))
    return Page(
        tables=tuple(tables),
        blocks=tuple(b for b in blocks if b == TABLE or plain(b)),
        marked=tuple(
            Marked(
                html.unescape(match["id"]),
                _unescaped(match["text"]),
                stuck_to(text[: match.start()][-9:], text[match.end() :][:9]),
            )
            for match in found
        ),
        stray=_stray(_SPAN.sub(" ", text)),
    )


def _stray(text: str) -> frozenset[int]:
    """Return the footnotes that are called outside a figure."""
    lines = [_DEFINED.sub("", line) for line in text.splitlines()]
    return frozenset(int(n) for line in lines for n in _FOOTNOTE.findall(line))


def _row(line: str) -> tuple[Place, ...]:
    cells = _BAR.split(line.strip().removeprefix("|").removesuffix("|"))
    return tuple(Place(_unescaped(cell)) for cell in cells)


def _add_line(line: str, blocks: list[str]) -> None:
    """Add a line to the last block, or begin a new one."""
    if line.startswith(_DEEP) and line.strip():
        last = next((n for n in reversed(range(len(blocks))) if blocks[n]), None)
        if last is not None and blocks[last].startswith("[^"):
            blocks[last] += f" {_unescaped(line)}"  # a footnote may have paragraphs
            return
    quoted = line.lstrip().removeprefix(">")
    begins = not quoted.strip() or _ITEM.match(quoted) or not blocks or not blocks[-1]
    text = _unescaped(re.sub(r"^\s*[-*+]\s+", "", quoted).replace("**", ""))
    if begins:
        blocks.append(text)
    else:
        blocks[-1] += f" {text}"


def _unescaped(text: str) -> str:
    return plain(html.unescape(_ESCAPED.sub(r"\1", text)))
