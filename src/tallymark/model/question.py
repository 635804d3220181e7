"""Questions to a sender: neutral, with closed answers, in more than one language."""

from __future__ import annotations

import re
from typing import NamedTuple

LANGUAGES = ("en", "pt")
"""In which every question is asked."""

_QUESTION = re.compile(r"^(?P<text>.+\?) \((?P<answers>[^()]+ / [^()]+)\)$")


class Question(NamedTuple):
    """A question and its answers, in one language; the last answer is "not known"."""

    text: str
    answers: tuple[str, ...]


def read_question(ask: str) -> Question:
    """Return a question and the answers that stand in brackets behind it.

    >>> read_question("Is it a count? (yes / no / not known)").answers
    ('yes', 'no', 'not known')

    Raises:
        ValueError: it does not end with `? (answer / answer)`.
    """
    found = _QUESTION.match(ask)
    if found is None:
        raise ValueError("needs to end with answers: `…? (yes / no / not known)`")
    return Question(found["text"], tuple(found["answers"].split(" / ")))
