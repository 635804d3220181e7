"""Bytes of a page to text: as declared outside, by a mark, by the page, else found out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tallymark.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_PROLOG = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_HEAD = 4096
_COMMONEST = "cp1252"

# What browsers read instead: a superset that pages mean more often than what they say.
# Source: WHATWG Encoding Standard, section 4.2, names and labels.
_MEANT = {
    "ascii": _COMMONEST,
    "cp1252": _COMMONEST,
    "iso8859-1": _COMMONEST,
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


def decoded(
    content: bytes, name: str, declared: str | None
) -> tuple[str, dict[str, str]]:
    """Return a page's text, and its encoding where it was not `declared`.

    Raises:
        SourceError: the bytes are no text in the encoding that was declared, or in any.
    """
    if declared is not None:
        try:
            return content.decode(declared), {}
        except (LookupError, UnicodeError) as error:
            raise SourceError(
                f"The file is no text in the encoding {declared!r}.",
                where=name,
                hint="Set reader.encoding in the adapter.",
            ) from error
    for encoding in _likely(content):
        try:
            return content.decode(encoding), {"encoding": encoding}
        except (LookupError, UnicodeError):
            continue
    raise SourceError(
        "The file is text in no encoding that is tried.",
        where=name,
        hint="Set reader.encoding in the adapter, or save the file as UTF-8.",
    )


def _likely(content: bytes) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            yield encoding
    for pattern in (_META, _PROLOG):
        if match := pattern.search(content[:_HEAD]):
            meant = _meant(match[1].decode("ascii", "replace"))
            if meant == _COMMONEST:  # said by default, too, where it is not so
                yield "utf-8"
            yield meant
    yield "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415  # most pages say theirs

    best = from_bytes(content[: _HEAD * 16]).best()
    yield best.encoding if best is not None else _COMMONEST


def _meant(label: str) -> str:
    """Return the encoding that a page means by a label.

    >>> _meant("ISO-8859-1"), _meant("windows-1256"), _meant("TIS-620")
    ('cp1252', 'windows-1256', 'cp874')
    """
    try:
        known = codecs.lookup(label).name
    except LookupError:
        known = label.lower()
    return _MEANT.get(known, label)
