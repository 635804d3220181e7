"""Numbers as sentences print them, read into what they allow.

`about 13 %`, `almost two thirds`, `more than 1,600`, `rose from 12 to 14`, `<5`: each
allows a stretch of numbers. A true number inside it makes the words true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from tallymark.interpret.claims.numbers import (
    NUMBER,
    PARTS,
    SCALES,
    factor_in,
    fraction_in,
    in_letters,
    last_digit,
    numbers_in,
    read_digits,
    scale_after,
)
from tallymark.interpret.claims.span import Span
from tallymark.model.claim import Printed

ABOUT = Fraction(1, 20)
"""How far `about` reaches, as a part of the number, where its digits do not say more."""

NEARLY = Fraction(9, 10)
"""`almost` and `nearly` reach down to this part of the number."""


_LONGEST = 200
"""Letters of a printed number with its words; more is a text of its own."""


class Form(StrEnum):
    """What a printed number is."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"
    FACTOR = "factor"


@dataclass(frozen=True, kw_only=True)
class ClaimedValue:
    """What a printed number allows; `span` is null where only words are given.

    A percentage is held as printed: 12.9, not 0.129.
    """

    text: str
    form: Form = Form.NUMBER
    span: Span | None = None
    is_unreadable: bool = False
    is_rounded: bool = False
    """Whether the span is what rounding leaves open, and not a bound such as `<5`."""
    direction: int | None = None
    """1 for a rise, -1 for a fall, null if not said."""
    earlier: Span | None = None
    later: Span | None = None
    """The two ends, where a change is told by them: `from 12 to 14`."""
    relation: int | None = None
    """1 for more, -1 for less, 0 for as many, in a comparison."""
    is_rate: bool = False
    """Whether it is told on a number of people: `15.4 per 100,000`."""
    also: ClaimedValue | None = None
    """The same in another form: `by 1,646, or 12.9 %`."""


_RISE = (
    r"r[io]se[sn]?|rising|increas\w*|grew|grow\w*|up|climb\w*|jump\w*|gain\w*|"
    r"surg\w*|soar\w*|rocket\w*|swell\w*|swollen|plus|doubl\w*|tripl\w*|trebl\w*|"
    r"quadrupl\w*|quintupl\w*"
)
_FALL = (
    r"fell|fall\w*|decreas\w*|declin\w*|drop\w*|down|reduc\w*|shr[aiu]nk\w*|"
    r"plung\w*|plummet\w*|slump\w*|dip(?:ped|s)?|sank|s[iu]nk\w*|tumbl\w*|minus|"
    r"halv\w*|cut"
)
_DIRECTIONS = {1: re.compile(rf"\b(?:{_RISE})\b"), -1: re.compile(rf"\b(?:{_FALL})\b")}
_RELATIONS = {
    0: re.compile(r"\b(?:equal|same|as (?:many|much|high) as|identical)\b"),
    1: re.compile(r"\b(?:more|higher|larger|greater|above|exceeds?)\b"),
    -1: re.compile(r"\b(?:fewer|less|lower|smaller|below)\b"),
}
_COMPARED = {
    1: re.compile(r"\b(?:more|higher|larger|greater)\b(?! than)"),
    -1: re.compile(r"\b(?:fewer|less|lower|smaller)\b(?! than)"),
}
"""`500 more` compares; `more than 500` is a bound."""
_HEDGES = {
    "more": r"more than|over|above|greater than|exceeding|in excess of|upwards of|>",
    "least": r"at least|no (?:fewer|less) than|≥|>=|minimum of",
    "less": r"fewer than|less than|under|below|<",
    "most": r"up to|at most|no more than|≤|<=|maximum of",
    "nearly": r"almost|nearly|close to|not quite|"
    r"(?:just|slightly|a little|little) (?:under|below|less than|fewer than)",
    "barely": r"(?:just|slightly|a little|little) (?:over|above|more than)",
    "about": r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|~|≈",
}
_AFTER = re.compile(
    r"(?<=[\d%a-z]) (?:or|and) (more|above|over|fewer|less)\b|(?<=\d)\+"
)
_OPPOSITE = {
    "more": "less", "less": "more", "nearly": "barely", "barely": "nearly",
    "least": "most", "most": "least",
}  # fmt: skip
_HEDGED = rf"(?:(?:{'|'.join(_HEDGES.values())}) ?)?(?:{NUMBER})"
_BESIDE = re.compile(
    r"(?P<first>.*\d.*?)(?:,? or |, |\s*\()(?:that is |i\.e\. |or |by )*(?P<second>.*\d.*?)\)?"
)
"""One thing said in two ways: `by 1,646, or 12.9 %`, `12.9 % (1,646)`."""
_UNITS = {
    Form.POINTS: re.compile(
        r"percentage[- ]points?|per cent points?|\bpoints?\b|\bpp\b"
    ),
    Form.PERCENT: re.compile(r"%|per ?cent\b|\bpercent\b"),
    Form.FACTOR: re.compile(r"\btimes\b|-?fold\b|×|\bfactor of\b"),
}
_PER = re.compile(r"\b(?:per|for every|in every) (1[0., ]*0|lakh|million)\b")
"""What a rate is told on; rates are held per 100,000."""


def read_value(printed: Printed) -> ClaimedValue:
    """Return what a printed number allows.

    >>> read_value("12.9 %").span
    Span(low=Fraction(257, 20), high=Fraction(259, 20), has_low=True, has_high=True)
    >>> read_value("2156,224").is_unreadable
    True
    """
    text = " ".join(str(printed).replace("−", "-").split())
    lower = text.lower()
    value = ClaimedValue(
        text=text,
        direction=direction_of(lower.replace("up to", "")),
        relation=_first(_COMPARED, lower),
    )
    if len(text) > _LONGEST:
        return replace(value, is_unreadable=True)
    if (two := _in_two_ways(text, value)) is not None:
        return two
    ends = re.search(r"\bfrom (.+?) to (.+?)(?=$|[;(]|, )", lower)
    if ends is None:
        return _arrived(lower, value)
    earlier, later = read_value(ends[1]), read_value(ends[2])
    if earlier.span is None or later.span is None:
        return replace(value, is_unreadable=True)
    said = _amount(lower[: ends.start()], value)
    if said.span is None:
        said = replace(value, form=later.form)
    return replace(said, earlier=earlier.span, later=later.span)


def _in_two_ways(text: str, value: ClaimedValue) -> ClaimedValue | None:
    """Read a number and, beside it, the same in another form."""
    found = _BESIDE.fullmatch(text)
    if found is None:
        return None
    first, second = (read_value(found[name]) for name in ("first", "second"))
    if first.span is None or second.span is None or first.form is second.form:
        return None
    first, second = (
        replace(v, text=text, direction=value.direction, relation=value.relation)
        for v in (first, second)
    )
    return replace(first, also=second)


def _arrived(lower: str, value: ClaimedValue) -> ClaimedValue:
    """Read `rose by 12 % to 14,434`, `to more than 46,000`, `fell to 12`."""
    found = re.search(rf"^(|.*?[%a-z] )to ({_HEDGED}(?: ?%| [a-z]+)?)$", lower)
    if found is None or re.search(r"\b(?:up|no|close|equal) $", found[1]):
        return _amount(lower, value)
    later = read_value(found[2])
    before = _amount(found[1], value)
    if before.span is None:
        before = replace(before, form=later.form)
    return replace(before, later=later.span)


def counted_value(value: ClaimedValue) -> ClaimedValue:
    """Return a printed count: counts are whole, so the dot of `14.434` groups digits."""
    if not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", value.text):
        return value
    return replace(value, span=Span.exactly(Fraction(value.text.replace(".", ""))))


def direction_of(text: str) -> int | None:
    """Return whether a sentence speaks of a rise (1) or a fall (-1), if only of one."""
    found = {sign for sign, p in _DIRECTIONS.items() if p.search(text.lower())}
    return found.pop() if len(found) == 1 else None


def _first(patterns: dict[int, re.Pattern[str]], text: str) -> int | None:
    return next((sign for sign, p in patterns.items() if p.search(text)), None)


def _amount(text: str, value: ClaimedValue) -> ClaimedValue:
    form = next((f for f, p in _UNITS.items() if p.search(text)), Form.NUMBER)
    text, base = _base(text)
    text, hedge = _hedge(text)
    value = replace(value, form=form)
    if (spoken := _part_or_times(text, value, hedge)) is not None:
        return spoken
    between = re.search(rf"({NUMBER})\s*(?:-|–|to|and)\s*({NUMBER})", text)
    if between is not None and hedge is None:
        low, high = (read_digits(n) for n in between.groups())
        if low is None or high is None or low[0] > high[0]:
            return replace(value, is_unreadable=True)
        return replace(value, span=Span.between(low[0], high[0]))
    numbers = numbers_in(text)
    if not numbers:
        return _worded(text, value, hedge)
    found = read_digits(numbers[0])
    if found is None:
        return replace(value, is_unreadable=True)
    if signed := re.search(rf"([-+])\s*{re.escape(numbers[0])}", text):
        value = replace(value, direction=1 if signed[1] == "+" else -1)
    printed = _printed(value, found, scale_after(text, numbers[0]), hedge)
    if base is None or printed.span is None:
        return printed
    return replace(printed, span=printed.span.times(base), is_rate=True)


def _part_or_times(
    text: str, value: ClaimedValue, hedge: str | None
) -> ClaimedValue | None:
    """Read a fraction, a factor or a part of a million that is said in words."""
    if (factor := factor_in(text)) is not None:
        return _spoken(replace(value, form=Form.FACTOR), factor, hedge)
    if scaled := re.search(r"\b(half|quarter) (?:a |of a )?(million|billion)\b", text):
        return _spoken(value, Fraction(SCALES[scaled[2]], PARTS[scaled[1]]), hedge)
    if (part := fraction_in(text)) is not None:
        return _spoken(replace(value, form=Form.PERCENT), 100 * part, hedge)
    return None


def _base(text: str) -> tuple[str, Fraction | None]:
    """Return the text without what a rate is told on, and what makes it per 100,000."""
    found = _PER.search(text)
    if found is None:
        return text, None
    base = SCALES.get(found[1]) or int(re.sub(r"\D", "", found[1]))
    return text[: found.start()] + text[found.end() :], Fraction(100_000, base)


def _worded(text: str, value: ClaimedValue, hedge: str | None) -> ClaimedValue:
    """A number in letters, or no number at all but the direction of a comparison."""
    if (number := in_letters(text)) is not None:
        return _printed(value, number, 1, hedge)
    if majority := re.search(r"\b(majority|minority)\b", text):
        half = _bounded(Fraction(50), "more" if majority[1] == "majority" else "less")
        return replace(value, form=Form.PERCENT, span=half)
    relation = value.relation or {"more": 1, "less": -1}.get(hedge or "")
    if relation is None:
        relation = _first(_RELATIONS, text)
    return replace(value, relation=relation)


def _hedge(text: str) -> tuple[str, str | None]:
    """Return the words that bound or blur the number, and the text without them."""
    if after := _AFTER.search(text):
        name = "most" if after[1] in ("fewer", "less") else "least"
        return text[: after.start()] + text[after.end() :], name
    order = ("barely", "most", "least", "nearly", "more", "less", "about")
    for name in order:
        found = re.search(rf"(?:^|(?<=\W))(?:{_HEDGES[name]})(?=\W|\d|$)", text)
        if found is not None:
            return text[: found.start()] + text[found.end() :], name
    return text, None


def _printed(
    value: ClaimedValue, found: tuple[Fraction, Fraction], scale: int, hedge: str | None
) -> ClaimedValue:
    number, unit = found[0] * scale, found[1] * scale
    half = unit / 2
    if hedge in (None, "about"):
        if hedge == "about":
            coarse = min(last_digit(number) / 2, number * 2 * ABOUT)
            half = max(coarse, half, number * ABOUT)
        span = Span.between(number - half, number + half)
        return replace(value, span=span, is_rounded=True)
    return replace(value, span=_bounded(number, hedge))


def _spoken(value: ClaimedValue, number: Fraction, hedge: str | None) -> ClaimedValue:
    """A fraction or a factor in words: `a third` is not the thirds' decimal expansion."""
    if hedge in (None, "about"):
        reach = number * (ABOUT if hedge is None else 2 * ABOUT)
        span = Span.between(number - reach, number + reach)
        return replace(value, span=span, is_rounded=True)
    if value.form is Form.FACTOR and number < 1:  # more than halved is less than half
        hedge = _OPPOSITE.get(hedge, hedge)
    return replace(value, span=_bounded(number, hedge))


def _bounded(number: Fraction, hedge: str) -> Span:
    if hedge == "nearly":
        return Span(NEARLY * number, number, has_low=True, has_high=False)
    if hedge == "barely":
        return Span(number, number / NEARLY, has_low=False, has_high=True)
    if hedge in ("more", "least"):
        return Span(number, None, has_low=hedge == "least", has_high=False)
    return Span(Fraction(0), number, has_low=True, has_high=hedge == "most")
