"""Texts to the numbers that they may be, under what is declared of marks and signs.

Hides which marks part digits in which country: where nothing is declared, every usual
way of printing is tried, and a text that two of them read differently stays ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from tallymark.ingest.adapter.rules import NumberRule

_DECIMALS = ".,٫"
_GROUPS = ".,' ٬"
"""Marks that are tried where none is declared."""

_ALWAYS_DECIMAL, _ALWAYS_GROUP = "٫", "٬"
_BLANKS_AND_QUOTES = str.maketrans("\u00a0\u2009\u202f\u2007\u2019", "    '")

_PARTED = re.compile(r"\d+(?:\D\d+)*")
_FRACTION = re.compile(r"[.,٫]\d+")
_SCIENTIFIC = re.compile(r"(\d)(?:([.,٫])(\d+))?[eE]([+-]?\d{1,3})")


class Amount(NamedTuple):
    """The numbers that a text may be: one, or two if it is ambiguous."""

    values: tuple[float, ...]
    is_percent: bool = False
    is_scaled: bool = False
    """A word behind the number multiplied it."""

    @property
    def value(self) -> float:
        """The first of the numbers."""
        return self.values[0]

    @property
    def is_ambiguous(self) -> bool:
        """Whether it is not known which of the numbers is meant."""
        return len(self.values) > 1


class _Marks(NamedTuple):
    """Marks that may part the digits of a number."""

    decimals: frozenset[str]
    groups: frozenset[str]
    indian: bool
    decimal_is_declared: bool


def amount_reader(rule: NumberRule) -> Callable[[str], Amount | None]:
    """Return the function that reads a plain text (`digits.plain_text`) as a number.

    >>> read = amount_reader(NumberRule())
    >>> read("12.5").values, read("1.843").values, read("-1 234").values
    ((12.5,), (1.843, 1843.0), (-1234.0,))
    """
    marks = _marks(rule)
    scale = _scale_pattern(rule)
    factors = {word.casefold(): Decimal(str(f)) for word, f in rule.multipliers.items()}

    def read(text: str) -> Amount | None:
        text, is_negative = _without_sign(text, rule)
        is_percent = text[-1:] == "%"
        text = text[:-1].rstrip() if is_percent else text
        factor = Decimal(1)
        if scale and (match := scale.fullmatch(text)):
            text, factor = match[1], factors[match[2].casefold()]
        found = _numbers(text, marks)
        if not found:
            return None
        sign = -1 if is_negative else 1
        values = tuple(
            float(number) * sign
            if factor == 1
            else float(Decimal(number) * factor * sign)
            for number in found
        )
        return Amount(values, is_percent, factor != 1)

    return read


def _marks(rule: NumberRule) -> _Marks:
    groups = _GROUPS if rule.group is None else "".join(rule.group)
    groups = groups.translate(_BLANKS_AND_QUOTES)
    decimals = rule.decimal or "".join(
        mark for mark in _DECIMALS if rule.group is None or mark not in groups
    )
    if rule.decimal is not None:
        groups = groups.replace(rule.decimal, "")
    return _Marks(
        decimals=frozenset(decimals + _ALWAYS_DECIMAL),
        groups=frozenset(groups + _ALWAYS_GROUP),
        indian=rule.grouping == "indian",
        decimal_is_declared=rule.decimal is not None,
    )


def _scale_pattern(rule: NumberRule) -> re.Pattern[str] | None:
    if not rule.multipliers:
        return None
    words = sorted(rule.multipliers, key=len, reverse=True)
    return re.compile(rf"(.*\d) ?({'|'.join(map(re.escape, words))})", re.IGNORECASE)


def _without_sign(text: str, rule: NumberRule) -> tuple[str, bool]:
    if text[:1] in ("-", "+"):
        return text[1:], text[0] == "-"
    if "trailing" in rule.negative and text[-1:] == "-":
        return text[:-1], True
    if "parentheses" in rule.negative and text[:1] == "(" and text[-1:] == ")":
        return text[1:-1].strip(), True
    return text, False


def _numbers(text: str, marks: _Marks) -> list[str]:
    """Return an unsigned number in Python's own printing, once for each way to read it."""
    if text.isdecimal():
        return [text]
    if match := _SCIENTIFIC.fullmatch(text):
        whole, mark, fraction, power = match.groups(default="")
        return (
            [f"{whole}.{fraction or 0}e{power}"]
            if mark in {"", *marks.decimals}
            else []
        )
    if _FRACTION.fullmatch(text) and marks.decimal_is_declared:
        return [f"0.{text[1:]}"] if text[0] in marks.decimals else []
    if not _PARTED.fullmatch(text):
        return []
    digits, parts = re.findall(r"\d+", text), re.findall(r"\D", text)
    *inner, last = parts
    found = []
    if (
        last in marks.decimals
        and last not in inner
        and _grouped(digits[:-1], inner, marks)
    ):
        found.append(f"{''.join(digits[:-1])}.{digits[-1]}")
    is_doubtful = last in marks.decimals and _may_be_thousands(digits)
    if _grouped(digits, parts, marks) or (is_doubtful and last in marks.groups):
        found.append("".join(digits))
    return found


def _grouped(digits: list[str], parts: list[str], marks: _Marks) -> bool:
    """Tell whether digits are parted as groups are: by one mark, in the right places."""
    if not parts:
        return True
    if len(set(parts)) > 1 or parts[0] not in marks.groups:
        return False
    first, *middle, last = map(len, digits)
    if digits[0][0] == "0" or last != 3 or first > 3:
        return False
    if all(size == 3 for size in middle):
        return True
    return marks.indian and first <= 2 and all(size == 2 for size in middle)


def _may_be_thousands(digits: list[str]) -> bool:
    """Tell whether the digits behind one mark may be a group, though misprinted.

    `2156,224` is no group of three in any country, yet more likely a slip in a count
    than a number with three decimals.
    """
    return len(digits) == 2 and len(digits[1]) == 3 and digits[0][0] != "0"
