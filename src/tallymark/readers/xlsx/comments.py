"""Comments of an Excel sheet: their texts, never who wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tallymark.readers.limits import parse_events
from tallymark.readers.xlsx.parts import PART, Parts, whole_number

_SIGNATURE = re.compile(r"\A[^\n]{0,80}:\s*\n")


def read_comments(
    parts: Parts, relations: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """Return the texts of a sheet's comments by the cell's address (`B12`).

    A first line that ends with a colon is left out: Excel puts the author's name there.
    Replies follow each other on lines of their own, without the names in them.

    Raises:
        SourceError: a part is broken.
    """
    found: dict[str, list[str]] = {}
    threads: dict[str, list[str]] = {}
    for kind, path in relations.values():
        if path not in parts.members:
            continue
        if kind == "comments":
            _read(parts, path, ("comment", "t"), found)
        elif kind == "threadedComment":
            _read(parts, path, ("threadedComment", "text"), threads)
    texts = {a: _SIGNATURE.sub("", "".join(t)).strip() for a, t in found.items()}
    texts |= {address: "\n".join(t).strip() for address, t in threads.items()}
    return {address: text for address, text in texts.items() if text}


def _read(
    parts: Parts, path: str, tags: tuple[str, str], found: dict[str, list[str]]
) -> None:
    comment, place = tags
    pieces: list[str] = []
    mentions: list[tuple[int, int]] = []
    address, is_text = "", False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal address, is_text
        if tag == comment:
            address = given.get("ref", "")
            pieces.clear()
            mentions.clear()
        elif tag == "mention":
            mentions.append(
                (
                    whole_number(given.get("startIndex")),
                    whole_number(given.get("length")),
                )
            )
        is_text = tag == place

    def text(text: str) -> None:
        if is_text:
            pieces.append(text)

    def end(tag: str) -> None:
        nonlocal is_text
        is_text = False
        if tag == comment:
            said = "".join(pieces)
            for first, length in sorted(mentions, reverse=True):
                said = said[:first] + "@" + said[first + length :]
            found.setdefault(address, []).append(said)

    parse_events(
        parts.read(path), f"{parts.name}: {path}", PART, start=start, end=end, text=text
    )
