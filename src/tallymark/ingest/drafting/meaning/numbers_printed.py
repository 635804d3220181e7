"""How the numbers and gaps of a table are printed, judged from all its texts together.

What no text settles is asked, with both readings; a gap is never taken for zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tallymark.ingest.adapter.rules import NumberRule, RangeRule
from tallymark.ingest.drafting.meaning.codes_named import gap_named
from tallymark.ingest.drafting.meaning.number_marks import number_marks
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.numbers.amounts import amount_reader
from tallymark.ingest.numbers.digits import plain_text, visible_text
from tallymark.ingest.numbers.ranges import range_reader
from tallymark.model.codes import MissingReason

_FLAGGED = re.compile(r"\d[\d.,' ]*\(?([a-z])\)?")
_IN_BRACKETS = re.compile(r"\(\d[\d.,]*\)")

_REASONS = tuple(
    reason.value
    for reason in (
        MissingReason.NOT_AVAILABLE,
        MissingReason.NOT_APPLICABLE,
        MissingReason.NOT_PROVIDED,
        MissingReason.NOT_RECORDED,
        MissingReason.SUPPRESSED,
        MissingReason.UNKNOWN,
    )
)
ZERO = "zero"
"""What a gap is said to be where it means none, the number 0."""

_FLAGS: dict[str, dict[str, str]] = {
    "p": {"obs_status": "P"},
    "e": {"obs_status": "E"},
    "b": {"obs_status": "B"},
    "d": {"obs_status": "D"},
    "u": {"obs_status": "U"},
    "r": {"notes": "revised"},
    "c": {"conf_status": "C"},
}
"""What letters behind numbers say in official statistics (SDMX CL_OBS_STATUS)."""


def number_rule(
    texts: Sequence[str],
) -> tuple[dict[str, Any], dict[str, str], tuple[TextReading, ...]]:
    """Return the `numbers:` and `missing:` blocks for the texts of a table's figures.

    The readings are about the decimal mark (`numbers.decimal`) and each token that
    stands in place of a number (`gap.` and the token; `zero` is the number 0).

    >>> number_rule(["1.843", "4,8%", "-"])[:2]
    ({'decimal': ',', 'group': ['.'], 'percent': True}, {'-': 'UNKNOWN'})
    """
    tokens = list(dict.fromkeys(text for text in map(str.strip, texts) if text))
    gaps = {token: named for token in tokens if (named := gap_named(token))}
    shown = {t: plain_text(visible_text(t)) for t in tokens if t not in gaps}
    numbers, readings = number_marks(list(shown.values()))
    if any(text.endswith("%") and text[:1].isdigit() for text in shown.values()):
        numbers["percent"] = True
    if zero := [token for token, named in gaps.items() if named.value == ZERO]:
        numbers["zero"] = zero
    if _has_ranges(shown.values(), numbers):
        numbers["ranges"] = {}
    if flags := _flags(shown.values()):
        numbers["flags"] = flags
    if any(map(_IN_BRACKETS.fullmatch, shown.values())):
        readings.append(_brackets())
    readings += [
        _gap(t, named.value, is_sure=named.is_sure) for t, named in gaps.items()
    ]
    missing = {t: named.value for t, named in gaps.items() if named.value != ZERO}
    return numbers, missing, tuple(readings)


def _gap(token: str, value: str, *, is_sure: bool) -> TextReading:
    words = "the number 0" if value == ZERO else f"no number ({value})"
    return TextReading(
        field=f"gap.{token}",
        value=value,
        words=words,
        why=f"“{token}” stands in place of a number",
        is_sure=is_sure,
        choices=() if is_sure else (*_REASONS, ZERO),
    )


def _brackets() -> TextReading:
    return TextReading(
        field="numbers.negative",
        value="",
        words="numbers in brackets that are not read",
        why="“(12)” may be a negative number or a note",
        is_sure=False,
        choices=("parentheses",),
    )


def _has_ranges(texts: Iterable[str], numbers: Mapping[str, Any]) -> bool:
    """Tell whether a text is a range such as `<5`, with the marks of the table."""
    rule = NumberRule(
        decimal=numbers.get("decimal"),
        group=tuple(numbers["group"]) if "group" in numbers else None,
        percent=True,
        ranges=RangeRule(),
    )
    read = range_reader(rule, amount_reader(rule))
    return any(read(text) is not None for text in texts)


def _flags(texts: Iterable[str]) -> dict[str, Any]:
    letters = {match[1] for text in texts if (match := _FLAGGED.fullmatch(text))}
    return {letter: flag for letter, flag in _FLAGS.items() if letter in letters}
