"""Texts such as `<5`, `100+` or `10 - 20 %` to the limits between which a number lies."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from tallymark.ingest.adapter.rules import NumberRule, RangeRule, RangeWords
from tallymark.ingest.numbers.amounts import Amount

LONGEST_RANGE = 100
"""Characters; a longer text is no range."""

_SIGNS: dict[RangeWords, tuple[str, ...]] = {
    "at_most": ("<={n}", "=<{n}", "≤{n}", "⩽{n}"),
    "below": ("<{n}",),
    "at_least": (">={n}", "=>{n}", "≥{n}", "⩾{n}", "{n}+"),
    "above": (">{n}",),
    "between": ("{low}-{high}", "{low} to {high}"),
}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&amp;": "&"}
_PLACE = re.compile(r"\\{(\w+)\\}")


class Limits(NamedTuple):
    """What is known of a number: null is an open limit."""

    low: float | None
    high: float | None
    is_percent: bool
    is_ambiguous: bool = False
    """It is not known which number a limit is."""


def range_reader(
    rule: NumberRule, amount: Callable[[str], Amount | None]
) -> Callable[[str], Limits | None]:
    """Return the function that reads a plain text (`digits.plain_text`) as a range.

    >>> from tallymark.ingest.numbers.amounts import amount_reader
    >>> rule = NumberRule(ranges=RangeRule(lowest=1))
    >>> read = range_reader(rule, amount_reader(rule))
    >>> read("<5")[:2], read("≥ 100")[:2], read("10 - 20 %")[:3], read("20-10")
    ((1, 4.0), (100.0, None), (10.0, 20.0, True), None)
    """
    declared = rule.ranges or RangeRule()
    kinds = {**_SIGNS, **{k: (*_SIGNS[k], *w) for k, w in declared.words.items()}}
    patterns = [
        (kind, _pattern(template))
        for kind, templates in kinds.items()
        for template in templates
    ]

    def read(text: str) -> Limits | None:
        if len(text) > LONGEST_RANGE:
            return None
        text = " ".join(text.split())
        if "&" in text:
            for entity, sign in _ENTITIES.items():
                text = text.replace(entity, sign)
        for kind, pattern in patterns:
            match = pattern.fullmatch(text)
            amounts = [amount(part) for part in match.groups()] if match else []
            known = [found for found in amounts if found is not None]
            if known and len(known) == len(amounts):
                return _limits(kind, known, declared.lowest, whole=rule.whole)
        return None

    return read


def _pattern(template: str) -> re.Pattern[str]:
    escaped = re.escape(" ".join(template.split()))
    return re.compile(_PLACE.sub(" ?(.+?) ?", escaped), re.IGNORECASE)


def _limits(
    kind: RangeWords, amounts: list[Amount], lowest: float | None, *, whole: bool
) -> Limits | None:
    is_percent = any(amount.is_percent for amount in amounts)
    if any(amount.is_ambiguous for amount in amounts):
        return Limits(None, None, is_percent, is_ambiguous=True)
    if (
        len({amount.is_scaled for amount in amounts}) > 1
    ):  # is `1-2 million` 1 to 2 000 000?
        return None
    first, last = amounts[0].value, amounts[-1].value
    step = 1 if whole and not is_percent and first.is_integer() else 0
    low, high = {
        "below": (lowest, last - step),
        "at_most": (lowest, last),
        "above": (first + step, None),
        "at_least": (first, None),
        "between": (first, last),
    }[kind]
    if low is not None and high is not None and low > high:
        return None
    return Limits(low, high, is_percent)
