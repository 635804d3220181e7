"""Texts as they are compared: without case, accents, footnote marks and forms of digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tallymark.ingest.numbers.digits import plain_text

LONGEST = 400
"""Characters of a text that are looked at; what follows is left out."""

CACHED = 1 << 16
"""Texts whose reading is kept, for each of the functions that keep it."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff"
"""Thai, Lao, Burmese, Khmer, Chinese: each sign is a word of its own."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_VIETNAMESE = re.compile("[ăđơư\u1ea0-\u1ef9]")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(rf"\d+|[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|[%#‰]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱªº"
_MARK = rf"[*†‡§¶{_RAISED}]|\[[0-9a-z]{{1,2}}\]|(?<=[^\W\d_]|%|\)) ?\([a-e1-9]\)"
_MARKS = re.compile(rf"(?:{_MARK})(?:[,;\s]*(?:{_MARK}))*$")
_GLUED = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}$")
_BETWEEN_SIGNS = re.compile(rf"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")
_PARTS = re.compile(r"[/|\n]| - ")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BREAKS = re.compile(r"[\s_]+")


@lru_cache(maxsize=CACHED)
def plain(text: str) -> str:
    """Return a text with plain digits, dashes and single blanks, without footnote marks.

    >>> plain("  ปี  ๒๕๖๑* "), plain("Victims¹")
    ('ปี 2561', 'Victims')
    """
    text = unicodedata.normalize("NFC", text[:LONGEST])
    text = _BREAKS.sub(" ", plain_text(text)).strip()
    bare = _MARKS.sub("", text).rstrip()
    return bare or text


@lru_cache(maxsize=CACHED)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text as they are compared.

    >>> words_of("Número de VÍTIMAS (%)"), words_of("Côte d’Ivoire")
    (('numero', 'de', 'vitimas', '%'), ('cote', 'd', 'ivoire'))
    """
    return tuple(_WORD.findall(_compared(_GLUED.sub("", _CAMEL.sub(" ", plain(text))))))


def words_compared(text: str) -> list[str]:
    """Return the words of a text that is already in the form in which it is compared."""
    return text.split() if text.isascii() else _WORD.findall(text)


def folded(text: str) -> str:
    """Return a text as it is compared as a whole: its words, parted by one blank."""
    return joined(words_of(text))


def joined(words: tuple[str, ...]) -> str:
    """Return words as one text; signs of scripts that part no words stand together."""
    text = " ".join(words)
    return text if text.isascii() else _BETWEEN_SIGNS.sub("", text)


def compact(text: str) -> str:
    """Return the text of a whole cell as it is compared, with its marks.

    >>> compact(" N/A "), compact("–"), compact("Não  disponível")
    ('n/a', '-', 'nao disponivel')
    """
    text = unicodedata.normalize("NFC", text[:LONGEST])
    return _compared(_BREAKS.sub(" ", plain_text(text)).strip())


def parts_of(text: str) -> tuple[str, ...]:
    """Return the parts of a heading that says one thing twice, in two languages say.

    >>> parts_of("ปี พ.ศ. / Year (B.E.)"), parts_of("Cases")
    (('ปี พ.ศ.', 'Year (B.E.)', 'Year'), ('Cases',))
    """
    parts = [part.strip() for part in _PARTS.split(plain(text))]
    bare = [_BRACKETS.sub(" ", part).strip() for part in parts]
    return tuple(dict.fromkeys(filter(None, [*parts, *bare])))


def _compared(text: str) -> str:
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    composed = unicodedata.normalize("NFC", parts)
    if not _VIETNAMESE.search(composed):
        return unicodedata.normalize("NFC", _ACCENTS.sub("", parts))
    return _LETTERS.sub(_unmarked, composed)


def _unmarked(match: re.Match[str]) -> str:
    """Return a word without marks, but a Vietnamese one with them: `năm` is not `nam`."""
    word = match[0]
    if word.isascii() or _VIETNAMESE.search(word):
        return word
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare)
