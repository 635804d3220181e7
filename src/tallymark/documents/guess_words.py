"""A guess in words that a reader sees: what it is about, and what was read.

Hides that readings are called as in the lists from which a person chooses another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tallymark.documents.choices import words_of
from tallymark.model.draft import Aspect, Guess
from tallymark.model.mapping_workbook import NOTHING, plain
from tallymark.model.words import code_words

NOT_SAID = ("", "OTHER", "UNSTATED")
"""Readings that stand where the file says nothing."""

_ABOUT: Mapping[Aspect, str] = {
    "table": "Where a table stands",
    "header": "Its rows of headings",
    "rows": "Its rows of figures",
    "column": "What the column holds",
    "period": "Period",
    "calendar": "Calendar, and first month of the year",
    "area": "Area",
    "label": "Label",
    "stage": "Stage of justice",
    "counting_unit": "What is counted",
    "scope": "Conduct covered",
    "statistic": "Kind of numbers",
    "sex": "Sex",
    "age_group": "Age group",
    "offence": "Offence",
    "numbers": "How numbers are written",
    "gap": "Text in place of a number",
    "other": "Another reading",
}
_SAYS: frozenset[Aspect] = frozenset(
    ("area", "period", "stage", "counting_unit", "scope", "statistic", "offence")
)
"""Aspects of which a file may say nothing."""
_QUOTED = re.compile("“[^”]+”")
"""The text of the sheet that speaks for a guess."""


def about_of(guess: Guess) -> str:
    """Return what a guess is about; of a label, heading or gap, with its text."""
    about = _ABOUT[guess.aspect]
    part, _, rest = guess.id.partition(".")
    kind = rest.partition(".")[0]
    if kind in ("label", "heading"):
        quoted = _QUOTED.search(guess.why)
        text = f"{kind.capitalize()} {quoted[0]}" if quoted else f"A {kind}"
        about = f"{text}: {about[0].lower()}{about[1:]}"
    elif part == "gap":
        about = f"“{rest}” in place of a number"
    elif part == "file":
        about += " (all tables)"
    elif kind == "sections":
        about = "Rows that are headings of those below"
    return plain(about)


def shown_reading(guess: Guess) -> str:
    """Return a guess's reading as a person sees it, in the words of its list."""
    if guess.aspect in _SAYS and guess.reading in NOT_SAID:
        return NOTHING
    if guess.aspect == "calendar" and guess.reading:
        return plain(guess.reading)
    if guess.aspect == "age_group" and guess.reading.startswith("Y"):
        return plain(code_words(guess.reading))
    known = words_of(guess.aspect, guess.reading)
    if guess.aspect != "other" and known != guess.reading:
        return plain(known)
    return plain(guess.words or guess.reading or NOTHING)


def condition_of(guess: Guess) -> str:
    """Return a guess as the condition under which a finding holds."""
    if guess.aspect == "gap":
        token = guess.id.partition(".")[2]
        return plain(f"if “{token}” means “{shown_reading(guess)}”")
    if guess.aspect == "calendar":
        return f"if the years of {guess.region} are {shown_reading(guess)}"
    return guess.condition
