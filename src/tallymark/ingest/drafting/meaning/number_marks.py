"""Which marks part decimals and groups of digits, judged from all numbers of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallymark.ingest.drafting.reading import TextReading

_OTHER = {".": ",", ",": "."}
"""The mark between groups, where one of the two is before decimals, and the reverse."""

_NUMBER = re.compile(r"[-+]?\(?[-+]?(\d[\d.,'’ _٬٫]*)%?\)?-?")
_GROUP = 3
_SMALL = range(1, 1000)
_MOST_SHOWN = 3


@dataclass(kw_only=True)
class _Evidence:
    """Numbers by what they say of a mark, each list in the order of the texts."""

    decimals: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    either: dict[str, list[str]] = field(default_factory=dict)
    """`1.843`: thousands, or three decimals."""
    small: list[str] = field(default_factory=list)
    """Whole numbers below a thousand, without a mark."""
    is_indian: bool = False


def number_marks(texts: Sequence[str]) -> tuple[dict[str, Any], list[TextReading]]:
    """Return `decimal`, `group` and `grouping` for plain texts, and what is open in them.

    >>> number_marks(["1,843", "4.8"])[0], number_marks(["12", "7"])
    ({'decimal': '.', 'group': [',']}, ({}, []))
    """
    evidence = _Evidence()
    for match in map(_NUMBER.fullmatch, dict.fromkeys(texts)):
        if match:
            _add(match[1].strip(), evidence)
    said = set(evidence.decimals)
    said |= {_OTHER[mark] for mark in evidence.groups if mark in _OTHER}
    if not said and not evidence.either:
        return _grouping(evidence, None), []
    decimal, why, is_sure = _decimal(evidence, said)
    block: dict[str, Any] = {"decimal": decimal, **_grouping(evidence, decimal)}
    return block, [
        TextReading(
            field="numbers.decimal",
            value=decimal,
            words=f"printed with “{decimal}” before decimals",
            why=why,
            is_sure=is_sure,
            choices=() if is_sure else (".", ","),
        )
    ]


def _add(body: str, evidence: _Evidence) -> None:
    """Add what one number says."""
    sizes = [len(part) for part in re.findall(r"\d+", body)]
    marks = re.findall(r"\D", body)
    if not marks:
        if body.isdecimal() and int(body) in _SMALL:
            evidence.small.append(body)
        return
    *inner, last = marks
    if len(marks) == 1 and last in _OTHER:
        may_be_group = sizes[1] == _GROUP and sizes[0] <= _GROUP and body[0] != "0"
        # `2156,224` may be a slip in a count: it settles nothing.
        if may_be_group or sizes[1] != _GROUP or body[0] == "0":
            kept = evidence.either if may_be_group else evidence.decimals
            kept.setdefault(last, []).append(body)
    elif len(set(marks)) == 1 and (_is_thousands(sizes) or _is_indian(sizes)):
        evidence.groups.setdefault(last, []).append(body)
        evidence.is_indian = evidence.is_indian or not _is_thousands(sizes)
    elif last in _OTHER and last not in inner and len(set(inner)) == 1:
        evidence.decimals.setdefault(last, []).append(body)
        evidence.groups.setdefault(inner[0], []).append(body)


def _is_thousands(sizes: Sequence[int]) -> bool:
    return all(size == _GROUP for size in sizes[1:])


def _is_indian(sizes: Sequence[int]) -> bool:
    first, *middle, last = sizes
    return first <= 2 and last == _GROUP and all(size == 2 for size in middle)


def _decimal(evidence: _Evidence, said: set[str]) -> tuple[str, str, bool]:
    """Return the decimal mark, why, and whether that is settled."""
    either = evidence.either
    if len(said) == 1:
        (decimal,) = said
        settling = evidence.decimals.get(decimal) or evidence.groups[_OTHER[decimal]]
        if decimal not in either:
            return decimal, f"“{settling[0]}” settles it", True
        shown = either[decimal][0]
        why = f"“{settling[0]}” has decimals, and “{shown}” may be thousands"
        return decimal, why, False
    mark = max(_OTHER, key=lambda m: (len(either.get(m, ())), m == ","))
    if said or len(either) > 1:
        return _OTHER[mark], "the table prints both marks both ways", False
    shown = ", ".join(f"“{body}”" for body in either[mark][:_MOST_SHOWN])
    if evidence.small:
        # Beside bare whole numbers these are counts: three decimals would be printed
        # behind all of them.
        why = f"{shown} stand beside whole numbers such as “{evidence.small[0]}”"
        return _OTHER[mark], why, True
    return _OTHER[mark], f"{shown} may be thousands or have three decimals", False


def _grouping(evidence: _Evidence, decimal: str | None) -> dict[str, Any]:
    marks = list(dict.fromkeys(_marks(evidence, decimal)))
    if not marks:
        return {}
    indian = {"grouping": "indian"} if evidence.is_indian else {}
    return {"group": marks, **indian}


def _marks(evidence: _Evidence, decimal: str | None) -> Iterator[str]:
    if decimal is not None:
        yield _OTHER[decimal]
    for mark in evidence.groups:
        if mark not in (decimal, "٬"):
            yield "'" if mark == "’" else mark
