"""What documents share: text as it is seen in print, and the text that stands around tables.

Hides characters that nobody sees, and raised figures, which must not join a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallymark.model.grid import Sheet

_UNSEEN = dict.fromkeys(
    map(
        ord,
        "\u00ad\u200b\u2060\ufeff"  # places where a word may be parted, or may not
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"[0-9,;\s]*")


def seen(text: str) -> str:
    r"""Return a text without the characters that print as nothing.

    >>> seen("\u200fcon\u00advicted")
    'convicted'
    """
    return text.translate(_UNSEEN)


def raised(text: str) -> str:
    """Return a raised text; its figures stay raised, lest they join the number before.

    >>> "1,234" + raised("2"), "1" + raised("st"), "5" + raised("(a)")
    ('1,234²', '1st', '5(a)')
    """
    return text.translate(_RAISED) if _FIGURES.fullmatch(text) else text


def text_sheet(name: str, lines: Sequence[tuple[str, str]]) -> tuple[Sheet, ...]:
    """Return the text around tables as a sheet, none if there is no text.

    One row a line: the text, and the name of the table that it stands before, "" after
    the last one.
    """
    if not lines:
        return ()
    return (Sheet(name=name, rows=[list(line) for line in lines], is_numbered=True),)
