"""Printed periods to SDMX terms and Gregorian days, under an adapter's rule.

Hides scripts, languages and calendars. What SDMX writes is read first, then everything
that people print.
"""

from __future__ import annotations

import re

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.numbers.digits import plain_text, visible_text
from tallymark.ingest.periods.durations import day_of_year, time_range
from tallymark.ingest.periods.forms import read_form
from tallymark.ingest.periods.spans import Period
from tallymark.ingest.periods.words import plain_notation

LONGEST_PERIOD = 100
"""Characters; a longer text is no period."""

_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?")
_TIME_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T00:00:00)?/(P[1-9]\d{0,4}[DWMY])")
_DAY_OF_YEAR = re.compile(r"(\d{4})-D(\d{3})")
_REPORTING_YEAR = re.compile(r"(\d{4})-A1")


def read_period(text: str, rule: PeriodRule) -> Period:
    """Return the period that a printed text means under an adapter's rule.

    >>> read_period("2017/18", PeriodRule(first_month=4)).time_period
    '2017-04-01/P1Y'
    >>> read_period("1er trimestre de 2018", PeriodRule()).time_period
    '2018-Q1'

    Raises:
        ValueError: the text is no period, or not one under this rule; it says why.
    """
    text = visible_text(text)
    if len(text) > LONGEST_PERIOD:
        raise ValueError("it is too long to be a period")
    plain = plain_text(text)
    if match := _MIDNIGHT.fullmatch(plain):
        plain = match[1]
    if match := _REPORTING_YEAR.fullmatch(plain):
        plain = match[1]
    if match := _TIME_RANGE.fullmatch(plain):
        return time_range(match[1], match[2], rule)
    if match := _DAY_OF_YEAR.fullmatch(plain):
        return day_of_year(int(match[1]), int(match[2]), rule)
    return read_form(plain_notation(plain, rule), rule)
