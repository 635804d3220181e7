"""Printed numbers, bounds and gaps, under the rules of one adapter; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tallymark.ingest.rules import Bound, Flag, NumberRule
from tallymark.model.codes import MissingReason
from tallymark.model.grid import Value

EXACT_BELOW = 2.0**53
"""From here on whole numbers are not told apart, and no count reaches so far."""


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

    @property
    def is_numeric(self) -> bool:
        """Whether the cell holds a number, or bounds of one."""
        has_bounds = not (self.low is None and self.high is None)
        return self.value is not None or has_bounds or self.is_too_large


UNREADABLE = Reading(None, reason=MissingReason.UNREADABLE)
TOO_LARGE = UNREADABLE._replace(is_too_large=True)

_BLANKS = {0xA0: " ", 0x202F: " "}
"""Blanks that do not break a line: in print no one can tell them from the plain one."""

_FLAGGED = re.compile(r"(.*\S)\s+([A-Za-z]+)")


def number_reader(
    rule: NumberRule, missing: Mapping[str, MissingReason]
) -> Callable[[Value], Reading]:
    """Return the function that reads a cell under an adapter's rules.

    >>> read = number_reader(NumberRule(group=(",",)), {":": MissingReason.NOT_AVAILABLE})
    >>> read("1,757").value, read(": ").reason.value, read("1.757,5").reason.value
    (1757.0, 'NOT_AVAILABLE', 'UNREADABLE')
    """
    texts = {token: Reading(None, reason=reason) for token, reason in missing.items()}
    texts.setdefault("", Reading(None, reason=MissingReason.BLANK))
    texts |= {text: _bound(bound) for text, bound in rule.bounds.items()}
    number = _number_pattern(rule)
    blanks = _BLANKS if " " in rule.group else {}

    def read(cell: Value) -> Reading:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return _sized(cell)
        if cell is not None and not isinstance(cell, str):
            return UNREADABLE
        text, flags = _without_flags((cell or "").strip(), rule)
        if text in texts:
            return texts[text]._replace(flags=flags)
        text = text.translate(blanks)
        if number.fullmatch(text):
            return _sized(_parsed(text, rule))._replace(flags=flags)
        return UNREADABLE

    return read


def _sized(number: float) -> Reading:
    if number != number:  # only nan is so
        return UNREADABLE
    return Reading(float(number)) if abs(number) < EXACT_BELOW else TOO_LARGE


def _without_flags(text: str, rule: NumberRule) -> tuple[str, tuple[Flag, ...]]:
    match = _FLAGGED.fullmatch(text) if rule.flags else None
    if match is None or not all(letter in rule.flags for letter in match[2]):
        return text, ()
    return match[1], tuple(rule.flags[letter] for letter in match[2])


def _parsed(text: str, rule: NumberRule) -> float:
    for mark in rule.group:
        text = text.replace(mark, "")
    return float(text.replace(rule.decimal, ".").replace("−", "-"))


def _bound(bound: Bound) -> Reading:
    return Reading(None, bound.low, bound.high, bound.reason, bound.conf_status)


def _number_pattern(rule: NumberRule) -> re.Pattern[str]:
    whole = r"\d+"
    if rule.group:
        marks = "|".join(re.escape(mark) for mark in rule.group)
        whole = rf"(?:\d{{1,3}}(?:({marks})\d{{3}}(?:\1\d{{3}})*)|\d+)"
    return re.compile(rf"[+−-]?{whole}(?:{re.escape(rule.decimal)}\d+)?")
