"""Months, quarters and halves that are printed apart from their year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tallymark.ingest.drafting.meaning.periods_named import period_part
from tallymark.ingest.drafting.meaning.texts import plain
from tallymark.model.period import MONTHS

_QUARTERS = 4
_NUMBERED_MONTH = re.compile(
    r"(?i)(?:tháng|thg|th|month|mes|mês|mois|bulan|mwezi|buwan|ខែ|เดือน)[. ]*(\d\d?)"
)
_NUMBERED = re.compile(r"(?i)T[. ]?(\d\d?)|(\d)[. ]?T")
"""A quarter (trimestre) or a month (tháng)."""

_ORDINALS = {
    "robo ya kwanza": "Q1",
    "robo ya pili": "Q2",
    "robo ya tatu": "Q3",
    "robo ya nne": "Q4",
}


def parts_of_years(labels: Sequence[str]) -> Mapping[str, str]:
    """Return the labels that are parts of a year, each so that a year may follow it.

    >>> parts_of_years(["Janeiro", "T1", "T2", "Total"])
    {'Janeiro': 'Janeiro', 'T1': 'Q1', 'T2': 'Q2'}
    >>> parts_of_years(["T1", "T2", "T12"])
    {'T1': 'Jan', 'T2': 'Feb', 'T12': 'Dec'}
    """
    found: dict[str, str] = {}
    numbered: dict[str, int] = {}
    for label in dict.fromkeys(labels):
        shown = plain(label)
        if match := _NUMBERED.fullmatch(shown):
            numbered[label] = int(match[1] or match[2])
        elif match := _NUMBERED_MONTH.fullmatch(shown):
            if 0 < int(match[1]) <= len(MONTHS):
                found[label] = MONTHS[int(match[1]) - 1]
        elif period_part(label) in ("month", "quarter", "half"):
            found[label] = shown
        elif ordinal := _ORDINALS.get(shown.casefold()):
            found[label] = ordinal
    if len(numbered) > 1 and min(numbered.values()) > 0:
        most = max(numbered.values())
        if most <= _QUARTERS:
            found |= {label: f"Q{n}" for label, n in numbered.items()}
        elif most <= len(MONTHS):
            found |= {label: MONTHS[n - 1] for label, n in numbered.items()}
    return {label: found[label] for label in dict.fromkeys(labels) if label in found}
