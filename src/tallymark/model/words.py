"""Numbers as they are printed, and codes as they are said in English."""

from __future__ import annotations

import re
from decimal import Decimal

_MAX_DECIMALS = 6
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


def number_text(value: float) -> str:
    """Return a number as it is printed: counts whole, others with their decimals.

    A rate with more than six decimals is a quotient that nobody rounded; it prints
    with two, or with three digits where it is below one.

    >>> number_text(15054.0), number_text(4.5), number_text(12.3456789)
    ('15,054', '4.5', '12.35')
    """
    exact = Decimal(repr(float(value)))
    if exact == exact.to_integral_value():
        return f"{int(exact):,}"
    if not is_quotient(value):
        return f"{exact:,f}"
    places = 2 if abs(exact) >= 1 else 2 - exact.adjusted()
    return f"{exact:,.{places}f}"


def is_quotient(value: float) -> bool:
    """Whether a number has so many decimals that it prints rounded."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > _MAX_DECIMALS
