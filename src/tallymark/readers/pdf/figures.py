"""What a text in a table is by its signs alone: a figure, a sign for a gap, a year."""

from __future__ import annotations

import re
import unicodedata

_MAX_LETTERS = 3  # marks and units beside a figure: `15 (a)`, `12 p`
_YEAR = re.compile(r"(?:1[89]|2[0-6])\d\d(?:\s?[/–-]\s?(?:\d\d)?\d\d)?\W{0,2}\w?\W?")


def is_figure(text: str) -> bool:
    """Tell whether a text is a number, with at most some marks behind it.

    >>> is_figure("1,234*"), is_figure("<5 (a)"), is_figure("4chan"), is_figure("Q1")
    (True, True, False, False)
    """
    first = next((letter for letter in text if letter.isalnum()), "")
    n_letters = sum(letter.isalpha() for letter in text)
    return n_letters <= _MAX_LETTERS and any(map(_is_digit, first))


def is_gap(text: str) -> bool:
    """Tell whether a text has neither letters nor digits, as `–` and `..`."""
    return bool(text) and not any(letter.isalnum() for letter in text)


def is_year(text: str) -> bool:
    """Tell whether a text is a year, Buddhist ones, too, or two, with at most a mark.

    >>> is_year("2017/18*"), is_year("2561"), is_year("2,018")
    (True, True, False)
    """
    return _YEAR.fullmatch(text) is not None


def _is_digit(letter: str) -> bool:
    is_ethiopic = "\u1369" <= letter <= "\u137c"  # digits that are no decimal digits
    return unicodedata.category(letter) == "Nd" or is_ethiopic
