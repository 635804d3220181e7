"""What a column tells of persons, by its heading and the shapes of its cells together.

Hides the thresholds. A heading alone never tells: "Telephone" above counts is a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.periods import read_period
from tallymark.ingest.person_gate.cells import Shape, holds_day, with_plain_digits
from tallymark.ingest.person_gate.columns import (
    BIRTH_YEARS,
    HALF,
    KNOWN,
    MOST,
    NEARLY_ALL,
    RECENT_SERIAL_DAYS,
    SERIAL_DAYS,
    TEXTS,
    Column,
    is_axis,
    is_long_digits,
    is_regular,
    n_serial_days,
)
from tallymark.ingest.person_gate.names import (
    are_both_sexes,
    has_known_name,
    is_office_address,
)
from tallymark.ingest.person_gate.texts import describes_person, is_account
from tallymark.model.codes import Calendar


class Sign(Enum):
    """What a column tells of persons or cases, in the words of a message."""

    BIRTH_DATE = "a birth date"
    PERSON_NAME = "names of persons"
    IDENTITY = "identity numbers"
    TELEPHONE = "telephone numbers"
    EMAIL = "e-mail addresses"
    ACCOUNT = "accounts or network addresses"
    CASE_NUMBER = "case numbers"
    NARRATIVE = "accounts of single cases"
    PERSON_IN_CELL = "a person in each cell"
    SEX = "one sex a row"
    AGE = "one age a row"
    NAME = "what may be names"
    INITIALS = "initials"
    DAY = "a day a row"
    EVENT = "the day of an event"
    CODE = "a code of its own in each row"
    ATTRIBUTE = "what describes persons"
    ONES = "a count of one in each row"


LEAST_UNHEADED = 3
"""Rows from which values without a heading tell; two that look alike are chance."""
_ALL_BUT_SLIPS = 0.95
_OLDEST = 110
_LONG_ACCOUNT = 40
"""Characters of a text, under a heading of accounts, that is one."""
_PHONE_DIGITS = 6
"""Digits of a telephone number that are left where some are masked."""
_READ, _READ_FIRST = 60, 8
"""Texts of a column that are read word by word: all, and those that show whether to."""
_NO_PERSON = frozenset({"entity", "count", "other", "period"})
_NO_NUMBER = frozenset({"entity", "count", "other"})
_NAMES = (Shape.NAME, Shape.INITIALS)
_CODES = (Shape.CODE, Shape.LONG, Shape.IDENTITY)
_SEX_CODES = frozenset({"0", "1", "2", "3", "9"})
_DIGITS = re.compile(r"\d+")
_PARTS = frozenset("ASQM")


def signs_of(column: Column) -> list[Sign]:
    """Return what a column tells of persons, the most telling first."""
    if not column.n or column.are_headings:
        return []
    return [sign for sign, is_sign in _SIGNS.items() if is_sign(column)]


def _is_birth_date(c: Column) -> bool:
    if not c.is_headed("birth_date"):
        return False
    within = c.of(Shape.TEXT, Shape.CODE, Shape.NAME)
    days = c.counted.get(Shape.DAY, 0) + sum(map(holds_day, within))
    return days + n_serial_days(c, SERIAL_DAYS) >= HALF * c.n


def _is_person_name(c: Column) -> bool:
    if c.is_headed("person_name"):
        return c.share(*TEXTS) >= MOST and c.distinct > HALF
    return _is_name(c) and listed(c) >= (KNOWN if c.is_headed("name", "role") else HALF)


def listed(column: Column) -> float:
    """Return the share of cells that hold a name which many persons bear."""
    return sum(map(has_known_name, column.texts)) / column.n


def _is_identity(c: Column) -> bool:
    if c.distinct < NEARLY_ALL:
        return False
    if c.is_headed("identity_number"):
        return c.share(*_CODES, Shape.PHONE) >= MOST or is_long_digits(c, 5)
    is_known_form = c.share(Shape.IDENTITY) >= NEARLY_ALL and c.n >= LEAST_UNHEADED
    return is_known_form and not c.kinds & _NO_PERSON


def _is_telephone(c: Column) -> bool:
    if c.n < LEAST_UNHEADED:
        return False
    if c.is_headed("telephone"):
        texts = c.of(Shape.PHONE, Shape.LONG, Shape.TEXT, Shape.CODE)
        many = [t for t in texts if sum(map(str.isdigit, t)) >= _PHONE_DIGITS]
        return len(many) >= MOST * c.n or is_long_digits(c, 7)
    is_written = c.share(Shape.PHONE) >= MOST and c.distinct >= HALF
    return is_written and not c.kinds & _NO_PERSON


def _is_email(c: Column) -> bool:
    addresses = c.of(Shape.EMAIL)
    if c.n < LEAST_UNHEADED or len(addresses) < HALF * c.n:
        return False
    return sum(map(is_office_address, addresses)) < HALF * len(addresses)


def _is_account(c: Column) -> bool:
    if c.n < LEAST_UNHEADED or c.distinct < NEARLY_ALL:
        return False
    if not c.kinds & _NO_PERSON and c.share(Shape.NETWORK) >= MOST:
        return True
    fits = c.share(Shape.NETWORK, Shape.TEXT, Shape.EMAIL, *_CODES)
    return c.is_headed("account") and fits >= MOST and "entity" not in c.kinds


def _is_case_number(c: Column) -> bool:
    if not c.is_headed("case_number") or c.n < 2 or c.distinct < NEARLY_ALL:
        return False
    if "period" in c.kinds and all(map(_is_part_of_year, c.texts)):
        return False  # quarters below a title that speaks of reports to the police
    codes = c.share(*_CODES, Shape.BAND, Shape.DAY, Shape.PHONE)
    return codes >= MOST or is_long_digits(c, 5)


def _is_part_of_year(text: str) -> bool:
    """Tell whether a text names a month, quarter, half or year in words, and no day."""
    for calendar in Calendar if any(map(str.isalpha, text)) else ():
        try:
            return read_period(text, PeriodRule(calendar=calendar)).freq in _PARTS
        except ValueError:
            continue
    return False


def _is_narrative(c: Column) -> bool:
    prose = list(dict.fromkeys(c.of(Shape.PROSE)))[:_READ]
    if len(prose) > 1 and sum(map(is_account, prose)) >= max(2, HALF * len(prose)):
        return True
    if not c.is_headed("narrative") or c.kinds & _NO_NUMBER or c.n < 2:
        return False
    long = [t for t in c.texts if len(t) >= _LONG_ACCOUNT * (1 if t.isascii() else 0.7)]
    return len(long) >= HALF * c.n and c.distinct >= NEARLY_ALL


def _is_person_in_cell(c: Column) -> bool:
    if c.n < 2 or c.distinct < NEARLY_ALL or c.share(*TEXTS) < MOST:
        return False
    some = c.texts[:_READ]
    if len(some) > _READ_FIRST and not any(map(describes_person, some[:_READ_FIRST])):
        return False
    return sum(map(describes_person, some)) >= max(2, MOST * len(some))


def _is_sex(c: Column) -> bool:
    if c.kinds & {"other", "count"} or Shape.TOTAL in c.counted:
        return False
    share = c.share(Shape.SEX)
    if "sex" in c.kinds:
        values = set(c.texts)
        return share >= MOST or (values <= _SEX_CODES and len(values) > 1)
    if (
        c.kinds & _NO_PERSON
        or c.n < LEAST_UNHEADED
        or not are_both_sexes(c.of(Shape.SEX))
    ):
        return False
    return share >= MOST and share + c.share(Shape.MISSING) >= _ALL_BUT_SLIPS


def _is_age(c: Column) -> bool:
    told = [int(_DIGITS.findall(with_plain_digits(t))[0]) for t in c.of(Shape.AGE)]
    if "age" not in c.kinds or c.kinds & {"other", "count"}:
        is_open = not c.kinds & (_NO_NUMBER | {"attribute"})
        many = c.n >= LEAST_UNHEADED and len(told) >= MOST * c.n
        return is_open and many and not is_axis(told)
    ages = [
        int(n) for n in c.numbers if 0 <= n <= _OLDEST or int(n) in BIRTH_YEARS
    ] + told
    fits = len(ages) + c.counted.get(Shape.MISSING, 0)
    return bool(ages) and fits >= NEARLY_ALL * c.n and not is_axis(ages)


def _is_name(c: Column) -> bool:
    if c.kinds & _NO_PERSON or c.distinct < NEARLY_ALL or c.share(*_NAMES) < MOST:
        return False
    if c.is_headed("name", "role", "person_name"):
        return c.n > 1
    return c.n >= LEAST_UNHEADED and "attribute" not in c.kinds


def _is_initials(c: Column) -> bool:
    many = c.n >= LEAST_UNHEADED and c.share(Shape.INITIALS) >= MOST
    return many and not c.kinds & _NO_PERSON


def _is_day(c: Column) -> bool:
    if c.kinds & _NO_NUMBER or c.n < LEAST_UNHEADED or c.distinct < HALF:
        return False
    if c.share(Shape.DAY) < MOST:
        is_serial = n_serial_days(c, RECENT_SERIAL_DAYS) == c.n
        if c.heading or not is_serial or c.n < 5 or c.distinct < MOST:
            return False
    return not is_regular(c)


def _is_event(c: Column) -> bool:
    if not c.is_headed("event_date"):
        return False
    days = c.counted.get(Shape.DAY, 0) + n_serial_days(c, RECENT_SERIAL_DAYS)
    return days >= HALF * c.n and not is_regular(c)


def _is_code(c: Column) -> bool:
    if c.n < 2 or c.distinct < _ALL_BUT_SLIPS or c.kinds & _NO_PERSON:
        return False
    if c.is_headed("case_number", "reference", "identity_number", "account"):
        return c.share(*_CODES, Shape.BAND, Shape.NUMBER) >= MOST
    return c.n >= LEAST_UNHEADED and c.share(*_CODES) >= MOST


def _is_attribute(c: Column) -> bool:
    return c.is_headed("attribute") and c.share(*TEXTS) >= MOST


def _is_ones(c: Column) -> bool:
    return "count" in c.kinds and c.n >= LEAST_UNHEADED and set(c.texts) == {"1"}


_SIGNS: Mapping[Sign, Callable[[Column], bool]] = {
    Sign.BIRTH_DATE: _is_birth_date,
    Sign.PERSON_NAME: _is_person_name,
    Sign.IDENTITY: _is_identity,
    Sign.TELEPHONE: _is_telephone,
    Sign.EMAIL: _is_email,
    Sign.ACCOUNT: _is_account,
    Sign.CASE_NUMBER: _is_case_number,
    Sign.NARRATIVE: _is_narrative,
    Sign.PERSON_IN_CELL: _is_person_in_cell,
    Sign.SEX: _is_sex,
    Sign.AGE: _is_age,
    Sign.NAME: _is_name,
    Sign.INITIALS: _is_initials,
    Sign.DAY: _is_day,
    Sign.EVENT: _is_event,
    Sign.CODE: _is_code,
    Sign.ATTRIBUTE: _is_attribute,
    Sign.ONES: _is_ones,
}
