"""Footnote marks glued to numbers and labels, and what is left without them."""

from __future__ import annotations

import re
import unicodedata

LONGEST_MARK = 30
"""Characters of one mark; what is longer is a text."""

MOST_MARKS = 20
"""Marks at one end; a longer row of them is a text."""

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
"""Raised figures to plain ones."""

_SEPARATORS = " \t\n\u00a0\u202f,;"


def split_marks(text: str, marks: re.Pattern[str]) -> tuple[str, tuple[str, ...]]:
    r"""Return a text without the marks at its ends, and the marks as they stood.

    `marks` matches one mark, or the plain figures of a raised one; several stand side by side, or with a comma, semicolon or
    blank between them. A mark of bare digits counts only directly behind a word, a
    bracket or a percent sign, one of bare letters only behind what is no letter, both
    only at the end: so nothing is split off a number or a word. The end may be the
    inside of a last bracket, `(revised definition2)`.

    >>> split_marks("1,234(a)*", re.compile(r"\([a-z]\)|\*"))
    ('1,234', ('(a)', '*'))
    >>> split_marks("Victims1, 2", re.compile(r"\d")), split_marks("12", re.compile(r"\d"))
    (('Victims', ('1', '2')), ('12', ()))
    """
    text, trailing = _without_trailing(text.strip(), marks, MOST_MARKS)
    if not trailing and text.endswith(")"):
        inside, found = _without_trailing(text[:-1], marks, MOST_MARKS)
        if found and "(" in inside[:-1]:
            text, trailing = f"{inside})", found
    leading: list[str] = []
    while text and len(leading) < MOST_MARKS and (mark := _first(text, marks)):
        leading.append(mark)
        text = text[len(mark) :].lstrip(_SEPARATORS)
    return text, (*leading, *trailing)


def readings_of(text: str, marks: re.Pattern[str] | None) -> tuple[str, ...]:
    """Return a text as it stands, and without its marks if it has some.

    >>> readings_of("Total*", re.compile("[*]"))
    ('Total*', 'Total')
    """
    bare, found = (text, ()) if marks is None else split_marks(text, marks)
    return (text, bare) if found else (text,)


def _without_trailing(
    text: str, marks: re.Pattern[str], most: int
) -> tuple[str, tuple[str, ...]]:
    mark = _last(text, marks) if most else ""
    if not mark:
        return text, ()
    before = text[: -len(mark)]
    rest, more = _without_trailing(before.rstrip(_SEPARATORS), marks, most - 1)
    if more:
        stands_alone = mark.isalnum() and not rest
        return (text, ()) if stands_alone else (rest, (*more, mark))
    if mark.isdecimal() and not _carries_number(before):
        return text, ()
    if mark.isalpha() and before.rstrip()[-1:].isalpha():
        return text, ()
    return before.rstrip(), (mark,)


def _carries_number(text: str) -> bool:
    """Tell whether digits right behind a text are a mark: it ends as words do."""
    last = text[-1:]
    if not last:
        return False
    return last in ')]%"\u201d' or unicodedata.category(last)[0] in "LM"


def _last(text: str, marks: re.Pattern[str]) -> str:
    """Return the longest mark at the end of a text."""
    for start in range(max(0, len(text) - LONGEST_MARK), len(text)):
        if marks.fullmatch(text, start) or _is_raised(text[start:], marks):
            return text[start:]
    return ""


def _is_raised(text: str, marks: re.Pattern[str]) -> bool:
    """Tell whether a text is raised figures whose plain ones are a mark."""
    plain = text.translate(RAISED)
    return text != plain and plain.isascii() and marks.fullmatch(plain) is not None


def _first(text: str, marks: re.Pattern[str]) -> str:
    """Return the longest mark at the start of a text that is not bare digits or letters."""
    for end in range(min(len(text), LONGEST_MARK), 0, -1):
        if not text[:end].isalnum() and marks.fullmatch(text, 0, end):
            return text[:end]
    return ""
