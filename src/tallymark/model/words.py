"""Codes of the observation table as they are said in English."""

from __future__ import annotations

import re

_WORDS = {
    "OFFENCE": "offences",
    "CASE": "cases",
    "PERSON": "persons",
    "VICTIM": "victims",
    "REPORT": "reports",
    "FILE": "files",
    "IP_ADDRESS": "IP addresses",
    "NOTICE": "notices",
    "RESPONDENT": "respondents",
    "UNSTATED": "not stated",
    "OCSEA": "online child sexual exploitation and abuse",
    "CSEA": "child sexual exploitation and abuse",
    "SEXUAL_OFFENCES_ALL_AGES": "sexual offences against victims of all ages",
    "TRAFFICKING": "trafficking in persons",
    "CYBERTIP": "CyberTipline reports",
    "RATE_100K": "rate per 100,000 population",
    "PERCENT_CHANGE": "change in percent",
    "_T": "total",
    "_U": "unknown",
    "_O": "other",
    "F": "female",
    "M": "male",
}
_AGES = (
    (re.compile(r"Y(\d+)T(\d+)"), r"\1–\2 years"),
    (re.compile(r"Y_GE(\d+)"), r"\1 years or over"),
    (re.compile(r"Y_LT(\d+)"), r"under \1 years"),
)


def code_words(code: str) -> str:
    """Return the words for a code.

    >>> code_words("OFFENCE"), code_words("BROUGHT_TO_COURT"), code_words("Y0T17")
    ('offences', 'brought to court', '0–17 years')
    """
    if code in _WORDS:
        return _WORDS[code]
    for pattern, words in _AGES:
        if pattern.fullmatch(code):
            return pattern.sub(words, code)
    return code.replace("_", " ").lower() if code.isupper() else code
