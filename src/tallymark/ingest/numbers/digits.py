"""Printed characters to plain ones: digits of every script, blanks, dashes, wide forms.

Superscript digits are left alone: they are footnote marks, never part of a number.
"""

from __future__ import annotations

import re
import unicodedata

_BLANK_LIKE = "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_VISIBLE: dict[int, int | None] = {
    **dict.fromkeys(map(ord, _BLANK_LIKE + "\u205f\u3000"), ord(" ")),
    **dict.fromkeys(map(ord, _INVISIBLE)),
}
_PLAIN: dict[int, int | None] = (
    _VISIBLE
    | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms
    | {ord(dash): ord("-") for dash in _DASHES}
    | {ord(quote): ord("'") for quote in "\u2019\u02bc\u2032"}
    | {ord(percent): ord("%") for percent in "\u066a\ufe6a"}
)

_ETHIOPIC_ONE, _ETHIOPIC_TEN = 0x1369, 0x1372
_HUNDRED, _TEN_THOUSAND = "\u137b", "\u137c"
_ETHIOPIC = re.compile(r"(?<!\d)[\u1369-\u137c]{1,20}(?![\d\u1369-\u137c])")
_PAIR = "([\u1372-\u137a]?)([\u1369-\u1371]?)"
_SECTION = re.compile(f"(?:{_PAIR}({_HUNDRED}))?{_PAIR}")


def composed(text: str) -> str:
    r"""Return a text with each mark in one character with its letter, where there is one.

    Two ways of writing the same letters (`ô` typed in Windows, `o` and `\u0302` in a name
    that a Mac gave) then compare equal.

    >>> composed("Co\u0302te") == "Côte"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def visible_text(text: str) -> str:
    """Return a text with plain blanks, none at its ends, and nothing invisible."""
    return (text if text.isascii() else composed(text).translate(_VISIBLE)).strip()


def plain_text(text: str) -> str:
    """Return a text with ASCII digits, plain blanks and dashes, and nothing invisible.

    >>> plain_text("๒๕๖๑"), plain_text("፳፻፲፩"), plain_text("−１２ ％"), plain_text("5¹")
    ('2561', '2011', '-12 %', '5¹')
    """
    if text.isascii():
        return text
    text = _ETHIOPIC.sub(_ethiopic, composed(text).translate(_PLAIN))
    return "".join([str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text])


def _ethiopic(match: re.Match[str]) -> str:
    """Return the value of a run of Ethiopic numerals, or the run if it has none.

    Sections of up to 9999 stand between signs for ten thousand; in a section the sign
    for hundred parts two pairs of ten and one. A sign that follows nothing counts one.
    """
    first, *others = match[0].split(_TEN_THOUSAND)
    value = _section(first) if first or not others else 1
    for section in others:
        number = _section(section)
        if value is None or number is None:
            return match[0]
        value = value * 10_000 + number
    return match[0] if value is None else str(value)


def _section(text: str) -> int | None:
    match = _SECTION.fullmatch(text)
    if match is None:
        return None
    tens, ones, hundred, *last = match.groups(default="")
    hundreds = (_pair(tens, ones) or 1) if hundred else 0
    return hundreds * 100 + _pair(*last)


def _pair(tens: str, ones: str) -> int:
    ten = ord(tens) - _ETHIOPIC_TEN + 1 if tens else 0
    one = ord(ones) - _ETHIOPIC_ONE + 1 if ones else 0
    return ten * 10 + one
