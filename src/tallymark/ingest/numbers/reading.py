"""Cells to numbers, bounds and gaps, under the rules of one adapter; nothing is guessed.

Hides in which order a text is tried: as it stands first, then without its flags and
footnote marks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from tallymark.ingest.adapter.rules import Bound, Flag, NumberRule, RangeRule
from tallymark.ingest.numbers.amounts import Amount, amount_reader
from tallymark.ingest.numbers.digits import plain_text, visible_text
from tallymark.ingest.numbers.footnotes import split_marks
from tallymark.ingest.numbers.ranges import Limits, range_reader
from tallymark.model.codes import MissingReason
from tallymark.model.grid import Value

EXACT_BELOW = 2.0**53
"""From here on whole numbers are not told apart, and no count reaches so far."""

LONGEST_NUMBER = 1_000
"""Characters; a longer text is no number."""

NO_NUMBER = "it is no number, bound or gap that the adapter declares"


class Reading(NamedTuple):
    """What a cell says; `value` is null if and only if there is a `reason`."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: MissingReason | None = None
    conf_status: str | None = None
    flags: tuple[Flag, ...] = ()
    is_too_large: bool = False
    """A number, but none that can be a count: infinite, or not below `EXACT_BELOW`."""
    is_ambiguous: bool = False
    """A number that two usual ways of printing read differently; `detail` names both."""
    is_percent: bool = False
    """A percent sign stood behind it."""
    marks: tuple[str, ...] = ()
    """Footnote marks that stood at its ends, as printed."""
    detail: str = ""
    """Why it was not read, to a person; empty if it was."""

    @property
    def is_numeric(self) -> bool:
        """Whether the cell holds a number, or bounds of one."""
        has_bounds = not (self.low is None and self.high is None)
        is_number = self.is_too_large or self.is_ambiguous or self.is_percent
        return self.value is not None or has_bounds or is_number


UNREADABLE = Reading(None, reason=MissingReason.UNREADABLE, detail=NO_NUMBER)
TOO_LARGE = UNREADABLE._replace(
    is_too_large=True, detail="it is too large to be a count"
)
_NO_PERCENT = UNREADABLE._replace(
    is_percent=True,
    detail="it is a percentage, and the adapter does not say numbers.percent: true",
)
_DATE = UNREADABLE._replace(
    detail="it is a date; spreadsheet programs make one of a text such as 10-20"
)
_NOT_A_TEXT = UNREADABLE._replace(detail="it is a truth value or a time, not a number")

_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d+)?", re.ASCII)


def number_reader(
    rule: NumberRule,
    missing: Mapping[str, MissingReason],
    marks: re.Pattern[str] | None = None,
) -> Callable[[Value], Reading]:
    """Return the function that reads a cell under an adapter's rules.

    `marks` matches one footnote mark. The function never raises.

    >>> read = number_reader(NumberRule(group=(",",)), {":": MissingReason.NOT_AVAILABLE})
    >>> read("1,757").value, read(": ").reason.value, read("1.757,5").reason.value
    (1757.0, 'NOT_AVAILABLE', 'UNREADABLE')
    """
    read_text = _text_reader(rule, missing, marks)
    codes = {
        float(token): Reading(None, reason=reason)
        for token, reason in missing.items()
        if _PLAIN_NUMBER.fullmatch(token)
    }

    def read(cell: Value) -> Reading:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return codes.get(cell) or _sized(cell, rule)
        if cell is None or isinstance(cell, str):
            return read_text(cell or "")
        return _DATE if isinstance(cell, date) else _NOT_A_TEXT

    return read


def _text_reader(
    rule: NumberRule,
    missing: Mapping[str, MissingReason],
    marks: re.Pattern[str] | None,
) -> Callable[[str], Reading]:
    read_whole = _whole_reader(rule, missing)

    def read(text: str) -> Reading:
        text = text.strip()
        if len(text) > LONGEST_NUMBER:
            return UNREADABLE
        rest = visible_text(text)
        flags: tuple[Flag, ...] = ()
        found: tuple[str, ...] = ()
        while (reading := read_whole(rest)) is None:
            shorter, letters = _without_flags(rest, rule.flags)
            more: tuple[str, ...] = ()
            if not letters and marks is not None:
                shorter, more = split_marks(rest, marks)
            flags, found = (*letters, *flags), (*more, *found)
            if not shorter or shorter == rest:
                return UNREADABLE._replace(marks=found)
            rest = shorter
        return reading._replace(flags=flags, marks=found) if flags or found else reading

    return read


def _whole_reader(
    rule: NumberRule, missing: Mapping[str, MissingReason]
) -> Callable[[str], Reading | None]:
    """Return the function that reads a text as it stands; None if it says nothing."""
    texts = {"": Reading(None, reason=MissingReason.BLANK)}
    texts |= {visible_text(t): Reading(None, reason=r) for t, r in missing.items()}
    texts |= {visible_text(text): _bound(bound) for text, bound in rule.bounds.items()}
    texts |= {visible_text(text): Reading(0.0) for text in rule.zero}
    read_amount = amount_reader(rule)
    read_range = range_reader(rule, read_amount)

    def read(text: str) -> Reading | None:
        if text in texts:
            return texts[text]
        plain = plain_text(text)
        amount = read_amount(plain)
        if amount is not None:
            return _of_amount(amount, rule)
        limits = read_range(plain) if rule.ranges else None
        return None if limits is None else _of_limits(limits, rule)

    return read


def _without_flags(
    text: str, flags: Mapping[str, Flag]
) -> tuple[str, tuple[Flag, ...]]:
    is_bracketed = text.endswith(")")
    end = len(text) - is_bracketed
    start = end
    while start > 0 and text[start - 1] in flags:
        start -= 1
    rest = text[:start]
    is_cut_short = rest[-1:] != "(" if is_bracketed else rest[-1:].isalpha()
    rest = rest[: len(rest) - is_bracketed].rstrip()
    if start == end or is_cut_short or not rest:
        return text, ()
    return rest, tuple(flags[letter] for letter in text[start:end])


def _of_amount(amount: Amount, rule: NumberRule) -> Reading:
    if amount.is_percent and not rule.percent:
        return _NO_PERCENT
    if amount.is_ambiguous:
        first, second = amount.values
        return UNREADABLE._replace(
            is_ambiguous=True,
            is_percent=amount.is_percent,
            detail=f"it may be {first:.15g} or {second:.15g}: the adapter does not say"
            " which mark is decimal (numbers.decimal, numbers.group)",
        )
    reading = _sized(amount.value, rule, is_percent=amount.is_percent)
    return reading._replace(is_percent=True) if amount.is_percent else reading


def _of_limits(limits: Limits, rule: NumberRule) -> Reading:
    if limits.is_percent and not rule.percent:
        return _NO_PERCENT
    if limits.is_ambiguous:
        return UNREADABLE._replace(
            is_ambiguous=True,
            is_percent=limits.is_percent,
            detail="a limit may be two numbers: the adapter does not say which mark is"
            " decimal (numbers.decimal, numbers.group)",
        )
    declared = rule.ranges or RangeRule()
    low, high = limits.low, limits.high
    if any(abs(limit) >= EXACT_BELOW for limit in (low, high) if limit is not None):
        return TOO_LARGE
    return Reading(
        None,
        low=low,
        high=high,
        reason=declared.reason,
        conf_status=declared.conf_status,
        is_percent=limits.is_percent,
    )


def _sized(number: float, rule: NumberRule, *, is_percent: bool = False) -> Reading:
    if number != number:  # only nan is so
        return UNREADABLE
    if abs(number) >= EXACT_BELOW:
        return TOO_LARGE
    number = float(number)
    if rule.rounded_to is None:
        return Reading(number)
    is_whole = rule.whole and number.is_integer() and not is_percent
    return _rounded(number, rule.rounded_to, is_whole=is_whole)


def _rounded(number: float, step: float, *, is_whole: bool) -> Reading:
    """Return a rounded number with the limits between which the true one lies.

    Both limits are kept, since how halves were rounded is not known. A number that is
    no multiple of the step was not rounded.
    """
    if abs(number / step - round(number / step)) > 1e-9:
        return Reading(number)
    low, high = number - step / 2, number + step / 2
    if number >= 0:
        low = max(low, 0.0)
    if is_whole:
        low, high = float(math.ceil(low)), float(math.floor(high))
    return Reading(number, low, high)


def _bound(bound: Bound) -> Reading:
    return Reading(None, bound.low, bound.high, bound.reason, bound.conf_status)
