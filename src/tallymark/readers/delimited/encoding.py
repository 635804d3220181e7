"""Bytes to text: the encoding of a text file, and its text line by line.

Hides marks of byte order and code pages; a large text is never held as a whole.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tallymark.errors import SourceError

MAX_BYTES = 320 << 20
"""Bytes of a text, in its encoding and in UTF-8: 320 MiB."""

MAX_LINE = 1 << 24
"""Characters from one line end to the next: 16,777,216."""

PLAUSIBLE = (
    "cp1252", "cp949", "gb18030", "cp932", "big5", "euc_jp", "cp874", "cp1258",
    "cp1256", "cp1251", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255",
    "iso8859_6", "iso8859_5", "iso8859_7", "koi8_r", "cp850", "cp866", "mac_roman",
)  # fmt: skip
"""Encodings that a text may be in if it is no Unicode; of two alike, the first is taken."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_PIECE = 1 << 20
_HEAD = 1 << 16
_SAMPLE = 1 << 14
_AROUND = 2048
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_LEAST_ASCII = 0.05  # digits, delimiters and line ends
_ALIKE_CHAOS, _ALIKE_COHERENCE = 0.02, 0.15
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_FEW_CONTROL = 10


@dataclass(frozen=True, kw_only=True)
class Text:
    """A file's bytes, all of them text in the encoding."""

    content: bytes
    encoding: str

    def lines(self) -> Iterator[str]:
        """Give the lines, each with its end (CR, LF or both), without a byte order mark.

        In the Vietnamese code page a tone is a character of its own; it is joined to
        its letter, as it is in Unicode texts.
        """
        source = io.BytesIO(self.content)
        lines: Iterator[str] = io.TextIOWrapper(source, self.encoding, newline="")
        if codecs.lookup(self.encoding).name == "cp1258":
            lines = (unicodedata.normalize("NFC", line) for line in lines)
        yield next(lines, "").removeprefix("\ufeff")
        yield from lines

    def head(self) -> tuple[str, bool]:
        """Return the text's first lines, and whether they are all."""
        head: list[str] = []
        room = _HEAD
        for line in self.lines():
            room -= len(line)
            if room < 0:
                return "".join(head) or line[:_HEAD], False
            head.append(line)
        return "".join(head), True


def find_encoding(content: bytes, name: str) -> tuple[str, str]:
    """Return the encoding that a text seems to be in, and how sure that is, in words.

    Raises:
        SourceError: it is no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, encoding
    if b"\0" in content[:_HEAD]:
        encoding = max(_UNMARKED, key=lambda wide: _likeness(content, wide))
        if _likeness(content, encoding) <= 0:
            raise _binary("NUL bytes", name)
        return encoding, encoding
    if _is_text(content, "utf-8") or _is_damaged_utf8(content):
        return "utf-8", "utf-8"
    return _guess(content, name)


def checked_text(content: bytes, encoding: str, name: str) -> Text:
    """Return the text of a file once all of it is known to be text, within the limits.

    Raises:
        SourceError: it is not; it says from which byte on.
    """
    decoder = _decoder(encoding, name)
    n_bytes = n_in_line = 0
    for start in range(0, len(content), _PIECE):
        part = content[start : start + _PIECE]
        held = len(decoder.getstate()[0])
        try:
            piece = decoder.decode(part, start + _PIECE >= len(content))
        except UnicodeError as error:
            at = start - held + getattr(error, "start", 0)  # no `start`: no mark
            raise SourceError(
                f"The bytes from {at} on are no {encoding} text.",
                where=name,
                hint="Set reader.encoding in the adapter, or save the file as UTF-8.",
            ) from error
        if "\0" in piece:
            raise _binary("NUL bytes", name)
        end = max(piece.rfind("\n"), piece.rfind("\r"))
        n_in_line = len(piece) - end + (n_in_line if end < 0 else 0)
        n_bytes += len(piece) if piece.isascii() else len(piece.encode())
        if max(n_bytes, len(content)) > MAX_BYTES:
            raise too_much(f"{MAX_BYTES:,} bytes of text", name)
        if n_in_line > MAX_LINE:
            raise too_much(f"{MAX_LINE:,} characters in one line", name)
    text = Text(content=content, encoding=encoding)
    head, _ = text.head()
    n_control = len(_CONTROL.findall(head))
    if n_control > max(_FEW_CONTROL, len(head) // 100):
        raise _binary("control characters", name)
    return text


def too_much(limit: str, name: str) -> SourceError:
    """Return the error of a text beyond a limit."""
    return SourceError(
        f"The file holds more than {limit}.",
        where=name,
        hint="It is not read; ask for the table alone.",
    )


def _decoder(encoding: str, name: str) -> codecs.IncrementalDecoder:
    try:
        "\n".encode(encoding, "ignore")  # base64, idna and the like do not know it
        return codecs.getincrementaldecoder(encoding)()
    except (LookupError, UnicodeError) as error:
        raise SourceError(
            f"{encoding!r} is no known encoding.",
            where=name,
            hint="Set reader.encoding in the adapter.",
        ) from error


def _binary(what: str, name: str) -> SourceError:
    return SourceError(
        f"The file holds {what}, so it is no text table.",
        where=name,
        hint="Save the table as .xlsx or .csv.",
    )


def _likeness(content: bytes, encoding: str) -> float:
    """Return the share of ASCII in a text of two or four bytes a character, 0 if none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        head = decoder.decode(content[:_HEAD])
    except UnicodeDecodeError:
        return 0
    n_ascii = sum(character.isascii() for character in head)
    share = n_ascii / max(len(head), 1)
    return 0 if "\0" in head or share < _LEAST_ASCII else share


def _is_text(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            is_last = start + _PIECE >= len(content)
            decoder.decode(content[start : start + _PIECE], is_last)
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(content: bytes) -> bool:
    """Tell whether most of what is not ASCII is UTF-8: then a guess would spoil it all."""
    text = _beyond_ascii(content).decode("utf-8", "replace")
    n_faulty = text.count("\ufffd")
    n_beyond = sum(not character.isascii() for character in text)
    return n_beyond > 10 * n_faulty


def _beyond_ascii(content: bytes) -> bytes:
    """Return the first lines that are not ASCII: only they tell encodings apart."""
    sample, at = b"", 0
    while len(sample) < _SAMPLE and (found := _BEYOND_ASCII.search(content, at)):
        start = max(found.start() - _AROUND, at)
        before = _LINE_END.split(content[start : found.start()])[-1]
        after = _LINE_END.split(content[found.start() : found.start() + _AROUND], 1)[0]
        sample += before + after + b"\n"
        at = found.start() + len(after)
    return sample


def _guess(content: bytes, name: str) -> tuple[str, str]:
    """Return the encoding that gives the likeliest text, and which others do so, too."""
    sample = _beyond_ascii(content)
    likely = _likely(sample)
    whole = (e for e in likely or PLAUSIBLE if _is_text(content, e))
    encoding = next(whole, likely[0] if likely else "")
    if not encoding:
        raise SourceError(
            "The file is text in no encoding that is tried.",
            where=name,
            hint="Set reader.encoding in the adapter, or save the file as UTF-8.",
        )
    text = sample.decode(encoding, "replace")
    others = [e for e in likely if sample.decode(e, "replace") != text]
    rivals = f"{', '.join(others)} would do, too; " if others else ""
    return encoding, f"{encoding} (guessed; {rivals}declare reader.encoding)"


def _likely(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # most texts are UTF-8

    found = from_bytes(sample, cp_isolation=[*PLAUSIBLE], preemptive_behaviour=False)
    best = found.best()
    if best is None:
        return []
    alike = (
        match
        for match in found
        if match.chaos <= best.chaos + _ALIKE_CHAOS
        and match.coherence >= best.coherence - _ALIKE_COHERENCE
    )
    names = {name for m in alike for name in (m.encoding, *m.could_be_from_charset)}
    return [encoding for encoding in PLAUSIBLE if encoding in names]
