"""What one cell looks like, whatever its column is called: a day, a sex, a code, a name.

Hides scripts, digits and spellings. A cell has one shape, the most telling one.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import IntEnum, auto

from tallymark.ingest.person_gate.names import is_name
from tallymark.ingest.person_gate.words import cell_words, fold
from tallymark.model.grid import Value


class Shape(IntEnum):
    """What a cell looks like."""

    BLANK = auto()
    """Blank."""
    MISSING = auto()
    """A token in place of a value."""
    NUMBER = auto()
    """A number, or what stands for a suppressed one."""
    BAND = auto()
    """Two numbers, from and to."""
    DAY = auto()
    """A date to the day."""
    EMAIL = auto()
    """An e-mail address."""
    NETWORK = auto()
    """A network address."""
    PHONE = auto()
    """A telephone number as people write it."""
    IDENTITY = auto()
    """An identity number of a known form."""
    LONG = auto()
    """Seven to twelve digits."""
    SEX = auto()
    """One sex."""
    TOTAL = auto()
    """All sexes, or a total."""
    AGE = auto()
    """An age with its unit."""
    INITIALS = auto()
    """Initials."""
    CODE = auto()
    """Letters or marks with digits."""
    PROSE = auto()
    """A sentence or more."""
    NAME = auto()
    """Words that may be a person's name."""
    TEXT = auto()
    """Any other text."""


PROSE_FROM = 60
"""Characters of a text that is no label; half as many where words are not parted."""
_PROSE_WORDS = 8
_LONGEST_DAY = 48
_LONGEST = 2_000
"""Characters from which a text is not looked at for what it is."""
_LONGEST_CODE = 72
_UNPARTED = "\u0e00"

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_NETWORK = re.compile(
    r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?::\d{1,5})?"
    r"|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){4,7}",
    re.IGNORECASE,
)
_NUMERIC_DAY = (
    r"(?:\d{1,2}([./\-–]) ?\d{1,2}\1 ?(?:1[89]|2[0-6])\d\d"
    r"|\d{1,2}([/\-])\d{1,2}\2\d\d|\d\d\.\d\d\.\d\d"
    r"|(?:1[89]|2[0-6])\d\d([./\-–])\d{1,2}\3\d{1,2}"
    r"|(?:1[89]|2[0-6])\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    r"|(?:19|20|25)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
_AROUND = r"(?:\W*(?:\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?|[^\W\d]{1,4}|Z)){0,3}\W*"
_DAY = re.compile(rf"\W*(?:[^\W\d]{{3,9}}\W+)?{_NUMERIC_DAY}(?:[T ]{_AROUND})?\W*")
_DAY_WITHIN = re.compile(rf"(?<![\w.,/-]){_NUMERIC_DAY}(?![\w/-])")
_BAND = re.compile(
    r"\(?\d+[.,]\d+ ?(?:-|–|—|to) ?\d+[.,]\d+\)?|"
    r"\d{1,4} ?(?:-|–|—|to|a|à|bis|hingga) ?\d{1,4}(?: \D{1,12})?"
    r"|\d{1,3} ?\+|[<>≤≥] ?=? ?\d{1,3} \D{2,12}"
)
_NUMBER = re.compile(
    r"[(<>≤≥=~±+\-−$€£]*\s*\d[\d\s.,'’٬_\u00a0\u202f]*\)?\s*[%‰]?\s*"
    r"(?:[a-z*†‡]{0,2}|\([a-z0-9]{1,3}\)|\[[a-z0-9]{1,3}\]|\([\d.,]{1,6} ?%?\))"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .,'’]\d{3})+|-?\d*[.,]\d+(?:[eE][+-]?\d+)?")
_LONG = re.compile(r"\d{7,12}")
_IDENTITY = re.compile(
    r"\d{5}-\d{7}-\d|\d{3}\.\d{3}\.\d{3}-\d\d|\d-\d{4}-\d{5}-\d\d-\d|\d{6}-\d\d-\d{4}"
    r"|\d{4}([ -])\d{4}\1\d{4}(?:\1\d{4})?|\d{6} \d{4} \d{2} ?\d|\d{6}[-+]\d{4}|\d{6}-\d{7}"
    r"|\d{8}-\d{5}-\d{5}-\d\d|\d{13,20}|\d{3}-\d{2}-\d{4}|\d{6}/\d\d/\d"
)
_PHONE = re.compile(r"(?:\+|00|0|\()?[\d\s().\-/]{7,22}(?:(?:ext|x)\.? ?\d{1,5})?")
_DOTTED_PHONE = re.compile(r"\+?\d{2,4}(?:\.\d{2,4}){2,4}")
_INITIALS = re.compile(
    r"[^\W\d]\.[\s-]?(?:[^\W\d]\.?[\s-]?){1,3}|[^\W\d](?: [^\W\d]){1,3}"
)
_CODE = re.compile(r"(?=\D*\d)[\w./#№:()\-–]+(?:[ ][\w./#№:()\-–]+){0,3}")
_PERIOD = re.compile(
    r"(?:FY|F\.Y\.) ?\d{2,4}(?:[-–/]\d{2,4})?|[1-9]\d{3} ?[-–/] ?[QTHSMW]?\d{1,4}"
    r"|\d{4} ?[QTHSMW]\d{1,2}|[QTHSMW]\d[ /-]?\d{2,4}|(?:0?[1-9]|1[0-2])/\d{4}",
)
_NUMBERS = re.compile(r"\d+")
_TOKENS = re.compile(r"[\s\d,;()/]+")
_ETHIOPIC = re.compile("[፩-፼]+")


def shape_of(value: Value) -> Shape:  # one answer a line
    """Return the shape of a cell.

    >>> [shape_of(v).name for v in ("12.03.2009", "F", "+254 712 345 678", "KE/19/001")]
    ['DAY', 'SEX', 'PHONE', 'CODE']
    >>> [shape_of(v).name for v in ("1,234(a)", "2017/18", "0-17", "Asha Kimani", 5)]
    ['NUMBER', 'BAND', 'BAND', 'NAME', 'NUMBER']
    """
    if value is None or value == "":
        return Shape.BLANK
    if isinstance(value, str):
        return _shape_of_text(value)
    if isinstance(value, date):
        return Shape.DAY
    if isinstance(value, int | float):
        return Shape.NUMBER
    return Shape.TEXT


def _shape_of_text(text: str) -> Shape:
    if len(text) > _LONGEST:
        return Shape.PROSE
    text = with_plain_digits(" ".join(text.split()))
    if not text:
        return Shape.BLANK
    word = fold(text)
    for kind, shape in _BY_WORD:
        if word in cell_words(kind):
            return shape
    if len(text) >= (PROSE_FROM if text < _UNPARTED else PROSE_FROM // 2) and is_prose(
        text
    ):
        return Shape.PROSE
    if any(c.isdigit() for c in text):
        return _shape_with_digits(text)
    if _ETHIOPIC.search(text) and is_day_in_words(text):
        return Shape.DAY
    if _EMAIL.fullmatch(text):
        return Shape.EMAIL
    if len(text) <= 12 and _INITIALS.fullmatch(text):
        return Shape.INITIALS
    return Shape.NAME if is_name(text) else Shape.TEXT


_BY_WORD = (
    ("female", Shape.SEX),
    ("male", Shape.SEX),
    ("total", Shape.TOTAL),
    ("missing", Shape.MISSING),
)


def _shape_with_digits(text: str) -> Shape:
    if len(text) <= _LONGEST_DAY and (_DAY.fullmatch(text) or is_day_in_words(text)):
        return Shape.DAY
    for pattern, shape in _WITH_DIGITS:
        if pattern.fullmatch(text):
            return shape
    if is_age(text):
        return Shape.AGE
    if is_phone(text):
        return Shape.PHONE
    if _NUMBER.fullmatch(text):
        return Shape.NUMBER
    if len(text) <= _LONGEST_CODE and _CODE.fullmatch(text):
        return Shape.CODE
    return Shape.TEXT


_WITH_DIGITS = (
    (_EMAIL, Shape.EMAIL),
    (_NETWORK, Shape.NETWORK),
    (_IDENTITY, Shape.IDENTITY),
    (_GROUPED, Shape.NUMBER),
    (_BAND, Shape.BAND),
    (_PERIOD, Shape.BAND),
    (_LONG, Shape.LONG),
)


def with_plain_digits(text: str) -> str:
    """Return a text with decimal digits of every script written 0 to 9.

    >>> with_plain_digits("១២/៣/២០០៩"), with_plain_digits("12")
    ('12/3/2009', '12')
    """
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and c > "9" else c for c in text
    )


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough for sentences."""
    return text.count(" ") >= _PROSE_WORDS or max(text) >= _UNPARTED


def is_day_in_words(text: str) -> bool:
    """Tell whether a short text names one day with the month as a word.

    >>> is_day_in_words("12 March 2009"), is_day_in_words("March 2009")
    (True, False)
    """
    numbers = _NUMBERS.findall(text) or _ETHIOPIC.findall(text)
    if not 2 <= len(numbers) <= 3 or not _has_month(fold(text)):
        return False
    if not numbers[0].isascii():
        return True
    return any(1 <= int(n) <= 31 for n in numbers if len(n) <= 2)


def _has_month(folded: str) -> bool:
    months = cell_words("month")
    words = _TOKENS.split(folded.replace("-", " "))
    if any(word.strip(".") in months or word in months for word in words):
        return True
    return max(folded) >= _UNPARTED and any(
        month in folded for month in months if month >= _UNPARTED
    )


def holds_day(text: str) -> bool:
    """Tell whether a date to the day stands anywhere in a text."""
    return bool(_DAY_WITHIN.search(with_plain_digits(text)))


def without_days(text: str) -> str:
    """Return a text with each numeric date replaced by a mark that parts it."""
    return _DAY_WITHIN.sub(";", text)


def is_age(text: str) -> bool:
    """Tell whether a text is a number of years with its unit.

    >>> is_age("13 yrs"), is_age("อายุ 13 ปี"), is_age("13-15 years")
    (True, True, False)
    """
    numbers = _NUMBERS.findall(text)
    if not 1 <= len(numbers) <= 2 or len(numbers[0]) > 2 or len(text) > 28:
        return False
    units = cell_words("age_unit")
    rest = [w for w in _TOKENS.split(fold(text)) if w and w not in (".", "and", "et")]
    if "-" in text or "–" in text or not rest:
        return len(numbers) == 2 and bool(re.fullmatch(r"\d{1,2};\d{1,2}", text))
    if any(word.strip(".") in units or word in units for word in rest):
        return len(rest) <= 3
    return "".join(rest).replace("อายุ", "") in units


def is_phone(text: str) -> bool:
    """Tell whether a text is a telephone number that is written as one.

    >>> is_phone("0712 345678"), is_phone("1 234 567"), is_phone("(021) 555-0101")
    (True, False, True)
    """
    if not _PHONE.fullmatch(text) or _GROUPED.fullmatch(text):
        return False
    if "." in text and not _DOTTED_PHONE.fullmatch(text):
        return False
    n_digits = sum(map(str.isdigit, text))
    is_spaced = text[0] in "+0(" or " " in text or text.count("-") > 1
    return 8 <= n_digits <= 15 and is_spaced
