"""PX text into keywords and data: quotes, broken lines, languages, code pages.

Source: PX-file format specification, AXIS-VERSION 2013 (Statistics Sweden), and 2000.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tallymark.errors import SourceError
from tallymark.readers.long_table import too_much

MAX_BYTES = 1 << 26
"""Bytes of a file: 64 MiB."""

MAX_KEYWORDS = 200_000
MAX_VALUES = 2_000_000
"""Values of all keywords before DATA."""

_KEYWORD = re.compile(
    r"\s*([A-Za-z][A-Za-z0-9_-]{0,63})\s*(?:\[([^\]\"\s]{1,32})\]\s*)?"
)
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_BARE = re.compile(r'[^\s",;]+')
_BLANK = re.compile(r"\s*")
_CELL = re.compile(r'"([^"]*+)"?|([^\s,;"]+)')
_CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([A-Za-z0-9_-]{2,32})"')
_CHARSET = re.compile(rb"CHARSET\s*=")
_HEAD = 1 << 16
_KNOWN_CODEPAGE = re.compile(
    r"(utf-?8|utf-?16|iso-?8859|windows-?\d|cp-?\d|latin|koi8|mac).*"
)


class Entry(NamedTuple):
    """`KEYWORD[language]("of", …)="value", …;` as it stands in the file."""

    keyword: str
    language: str | None
    of: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """What stands before DATA, and the text in which the cells begin at `start`."""

    entries: tuple[Entry, ...]
    text: str
    start: int

    def cells(self) -> Iterator[str]:
        """Give the cells as printed, without quotes, in their order."""
        for match in _CELL.finditer(self.text, self.start):
            yield match[1] if match[2] is None else match[2]


def decoded(content: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    """Return the text and the encoding: as given, as the file declares, else as found.

    Without a declaration the format means a code page of DOS, but most such files are
    of Windows; the letters beyond ASCII stand in other places there.

    Raises:
        SourceError: the file is too large, no text of the encoding, or no text.
    """
    if len(content) > MAX_BYTES:
        raise too_much(name, f"more than {MAX_BYTES:,} bytes")
    found = encoding or _declared(content) or _likely(content)
    try:
        text = content.decode(found)
    except UnicodeError as error:
        raise SourceError(
            f"The bytes are no {found} text ({error.__class__.__name__}).",
            where=name,
            hint="Set reader.encoding in the adapter.",
        ) from error
    except LookupError as error:
        raise SourceError(
            f"{found!r} is no known encoding.",
            where=name,
            hint="Set reader.encoding in the adapter.",
        ) from error
    if "\0" in text:
        raise SourceError("The file holds NUL bytes, so it is no PX file.", where=name)
    return text.removeprefix("\ufeff"), found


def _declared(content: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return encoding
    match = _CODEPAGE.search(content[:_HEAD])
    encoding = match[1].decode().lower() if match else ""
    if _KNOWN_CODEPAGE.fullmatch(encoding) and _decodes(content, encoding):
        return encoding
    return None


def _likely(content: bytes) -> str:
    if _decodes(content, "utf-8"):
        return "utf-8"
    letters_dos = sum(content.count(bytes([byte])) for byte in range(0x80, 0xA6))
    letters_windows = sum(content.count(bytes([byte])) for byte in range(0xC0, 0x100))
    if letters_dos > letters_windows and not _CHARSET.search(content[:_HEAD]):
        return "cp850"
    return "cp1252" if _decodes(content, "cp1252") else "latin-1"


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def parse(text: str, name: str) -> Parsed:
    """Return the keywords of a PX text up to DATA, which ends them.

    Raises:
        SourceError: it is no PX file, is cut short, or holds more than the limits.
    """
    entries: list[Entry] = []
    at = n_values = 0
    while True:
        match = _KEYWORD.match(text, at)
        if match is None:
            raise _broken(text, at, "a keyword", name)
        keyword, language, at = match[1].upper(), match[2], match.end()
        of, at = _sub_keys(text, at, name)
        if not text.startswith("=", at):
            raise _broken(text, at, "'='", name)
        if keyword == "DATA":
            return Parsed(entries=tuple(entries), text=text, start=at + 1)
        values, at = _values(text, at + 1, name)
        entries.append(Entry(keyword, language, of, values))
        n_values += len(values)
        if len(entries) > MAX_KEYWORDS or n_values > MAX_VALUES:
            raise too_much(
                name, f"more than {MAX_KEYWORDS:,} keywords or {MAX_VALUES:,} values"
            )


def _sub_keys(text: str, at: int, name: str) -> tuple[tuple[str, ...], int]:
    if not text.startswith("(", at):
        return (), at
    keys: list[str] = []
    at += 1
    while True:
        key, at = _joined(text, at)
        if key is None:
            raise _broken(text, at, "a text in quotes", name)
        keys.append(key)
        mark, at = text[at : at + 1], at + 1
        if mark == ")":
            return tuple(keys), _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches ""
        if mark != ",":
            raise _broken(text, at - 1, "',' or ')'", name)


def _values(text: str, at: int, name: str) -> tuple[tuple[str, ...], int]:
    """Return the values up to `;` and where the next keyword may begin."""
    values: list[str] = []
    parts: list[str] = []
    while True:
        joined, at = _joined(text, at)
        if joined is not None:
            parts.append(joined)
            continue
        mark = text[at : at + 1]
        if mark in (",", ";"):
            if parts:
                values.append("".join(parts))
                parts = []
            at += 1
            if mark == ";":
                return tuple(values), at
            continue
        bare = _BARE.match(text, at)
        if bare is None:
            raise _broken(text, at, "';'", name)
        parts.append(bare[0])
        at = bare.end()


def _joined(text: str, at: int) -> tuple[str | None, int]:
    """Return the text in quotes that stands here, put together if lines break it."""
    parts: list[str] = []
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches ""
        match = _QUOTED.match(text, at)
        if match is None:
            return ("".join(parts) if parts else None), at
        parts.append(match[1].replace('""', '"'))
        at = match.end()


def _broken(text: str, at: int, sought: str, name: str) -> SourceError:
    if not text[at:].strip():
        return SourceError(
            "The PX file ends before its DATA.",
            where=name,
            hint="It may have been cut short on its way; ask for it once more.",
        )
    line = text.count("\n", 0, at) + 1
    return SourceError(
        f"This is no PX file, or a broken one: {sought} was sought in line {line}.",
        where=name,
        hint="Ask for the file once more.",
    )
