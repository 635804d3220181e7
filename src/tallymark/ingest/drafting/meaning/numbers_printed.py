"""How the numbers and gaps of a table are printed, judged from all its texts together.

What no text settles is asked, with both readings; a gap is never taken for zero.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tallymark.ingest.amounts import amount_reader
from tallymark.ingest.digits import plain_text, visible_text
from tallymark.ingest.drafting.meaning.codes_named import gap_named
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.ranges import LONGEST_RANGE, range_reader
from tallymark.ingest.rules import NumberRule, RangeRule
from tallymark.model.codes import MissingReason

_MOST_SHOWN = 3
_NUMBER = re.compile(r"[-+]?\(?[-+]?(\d[\d.,'’ _٬٫]*)(%?)\)?-?")
_FLAGGED = re.compile(r"(\d[\d.,' ]*)\(?([a-z])\)?")
_MANY = 3

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
    counts = Counter(text for text in map(str.strip, texts) if text)
    plain = [plain_text(visible_text(text)) for text in counts]
    numbers: dict[str, Any] = {}
    readings: list[TextReading] = []
    marks = _marks(plain)
    numbers |= marks[0]
    if numbers.get("decimal") in numbers.get("group", ()):
        numbers["group"] = [m for m in numbers["group"] if m != numbers["decimal"]]
    readings += marks[1]
    if any(text.endswith("%") and text[:1].isdigit() for text in plain):
        numbers["percent"] = True
    missing: dict[str, str] = {}
    zero: list[str] = []
    rest: list[str] = []
    for text in counts:
        named = gap_named(text)
        if named is None:
            rest.append(text)
            continue
        readings.append(_gap(text, named.value, is_sure=named.is_sure))
        if named.value == ZERO:
            zero.append(text)
        else:
            missing[text] = named.value
    if zero:
        numbers["zero"] = zero
    numbers |= _ranges(rest, numbers)
    numbers |= _flags(rest)
    if any(re.fullmatch(r"\(\d[\d.,]*\)", text) for text in plain):
        readings.append(_brackets())
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


def _marks(texts: Sequence[str]) -> tuple[dict[str, Any], list[TextReading]]:
    """Return what the texts say of decimal and group marks, and what they leave open."""
    bodies = [m[1].strip() for m in map(_NUMBER.fullmatch, texts) if m]
    decimals: dict[str, list[str]] = {".": [], ",": []}
    groups: dict[str, list[str]] = {}
    open_: dict[str, list[str]] = {".": [], ",": []}
    is_indian = False
    for body in dict.fromkeys(bodies):
        parts = re.findall(r"\d+", body)
        signs = re.findall(r"\D", body)
        if not signs:
            continue
        last, inner = signs[-1], signs[:-1]
        if len(signs) == 1 and last in decimals:
            if len(parts[1]) == 3 and len(parts[0]) <= 3 and parts[0][0] != "0":
                open_[last].append(body)
            elif len(parts[1]) != 3 or parts[0][0] == "0":
                decimals[last].append(body)
        elif len(set(signs)) == 1 and all(len(p) == 3 for p in parts[1:]):
            groups.setdefault(last, []).append(body)
        elif len(set(signs)) == 1 and _is_indian(parts):
            groups.setdefault(last, []).append(body)
            is_indian = True
        elif last in decimals and last not in inner and len(set(inner)) == 1:
            decimals[last].append(body)
            groups.setdefault(inner[0], []).append(body)
    return _settled(decimals, groups, open_, bodies, is_indian=is_indian)


def _is_indian(parts: Sequence[str]) -> bool:
    return (
        len(parts) > 2
        and len(parts[0]) <= 2
        and len(parts[-1]) == 3
        and all(len(p) == 2 for p in parts[1:-1])
    )


def _settled(
    decimals: dict[str, list[str]],
    groups: dict[str, list[str]],
    open_: dict[str, list[str]],
    bodies: Sequence[str],
    *,
    is_indian: bool,
) -> tuple[dict[str, Any], list[TextReading]]:
    said = {mark for mark in decimals if decimals[mark]}
    said |= {_OTHER[mark] for mark in groups if mark in _OTHER}
    if not said and not (open_["."] or open_[","]):
        return _grouping(groups, is_indian=is_indian), []
    if len(said) == 1:
        (decimal,) = said
        shown = (decimals[decimal] or groups.get(_OTHER[decimal]) or [""])[0]
        return (
            {
                "decimal": decimal,
                **_grouping({_OTHER[decimal]: [], **groups}, is_indian=is_indian),
            },
            [_decimal(decimal, f"“{shown}” settles it", is_sure=True)],
        )
    mark = "," if len(open_[","]) >= len(open_["."]) else "."
    is_both = bool(said) or bool(open_["."] and open_[","])
    shown = ", ".join(f"“{body}”" for body in open_[mark][:_MOST_SHOWN])
    # Whole numbers without a mark beside those with three digits behind it: these are
    # counts, and the mark parts thousands.
    small = [body for body in bodies if body.isdecimal() and 0 < int(body) < 1000]
    is_sure = not is_both and len(small) >= 1 and len(open_[mark]) >= 1
    decimal = _OTHER[mark]
    why = f"{shown} may be thousands or have three decimals"
    if is_both:
        why = "the table prints both marks both ways"
    elif is_sure:
        why = f"{shown} stand beside whole numbers such as “{small[0]}”"
    block = {"decimal": decimal, **_grouping({mark: [], **groups}, is_indian=is_indian)}
    return block, [_decimal(decimal, why, is_sure=is_sure)]


_OTHER = {".": ",", ",": "."}


def _grouping(groups: dict[str, list[str]], *, is_indian: bool) -> dict[str, Any]:
    marks = ["'" if mark == "’" else mark for mark in groups if mark != "٬"]
    if not marks:
        return {}
    block: dict[str, Any] = {"group": list(dict.fromkeys(marks))}
    if is_indian:
        block["grouping"] = "indian"
    return block


def _decimal(mark: str, why: str, *, is_sure: bool) -> TextReading:
    return TextReading(
        field="numbers.decimal",
        value=mark,
        words=f"printed with “{mark}” before decimals",
        why=why,
        is_sure=is_sure,
        choices=() if is_sure else (".", ","),
    )


def _ranges(texts: Sequence[str], numbers: dict[str, Any]) -> dict[str, Any]:
    """Return that ranges are read, if some text is one."""
    rule = NumberRule(
        decimal=numbers.get("decimal"),
        group=tuple(numbers["group"]) if "group" in numbers else None,
        percent=True,
        ranges=RangeRule(),
    )
    read = range_reader(rule, amount_reader(rule))
    for text in texts:
        plain = plain_text(visible_text(text))
        if len(plain) <= LONGEST_RANGE and read(plain) is not None:
            return {"ranges": {}}
    return {}


def _flags(texts: Sequence[str]) -> dict[str, Any]:
    found = {
        match[2]: _FLAGS[match[2]]
        for text in texts
        if (match := _FLAGGED.fullmatch(plain_text(visible_text(text))))
        and match[2] in _FLAGS
    }
    return {"flags": found} if found else {}
