"""Numbers as sentences print them, read into what they allow.

`about 13 %`, `almost two thirds`, `more than 1,600`, `rose from 12 to 14`, `<5`: each
allows a stretch of numbers. A true number inside it makes the words true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from tallymark.interpret.claim_span import Span
from tallymark.model.claim import Printed

ABOUT = Fraction(1, 20)
"""How far `about` reaches, as a part of the number, where its digits do not say more."""

NEARLY = Fraction(9, 10)
"""`almost` and `nearly` reach down to this part of the number."""


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
    extreme: int | None = None
    """1 for the highest, -1 for the lowest, in a ranking."""
    relation: int | None = None
    """1 for more, -1 for less, 0 for as many, in a comparison."""


_RISE = r"r[io]se[sn]?|rising|increas\w*|grew|grow\w*|up|climb\w*|jump\w*|gain\w*"
_FALL = r"fell|fall\w*|decreas\w*|declin\w*|drop\w*|down|reduc\w*|shr[aiu]nk\w*"
_DIRECTIONS = {1: re.compile(rf"\b(?:{_RISE})\b"), -1: re.compile(rf"\b(?:{_FALL})\b")}
_EXTREMES = {
    1: re.compile(r"\b(?:highest|most|largest|greatest|biggest|first|top)\b"),
    -1: re.compile(r"\b(?:lowest|fewest|least|smallest|last|bottom)\b"),
}
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
    "more": r"more than|over|above|greater than|exceeding|in excess of|>",
    "least": r"at least|no (?:fewer|less) than|≥|>=|minimum of",
    "less": r"fewer than|less than|under|below|<",
    "most": r"up to|at most|no more than|≤|<=|maximum of",
    "nearly": r"almost|nearly|just under|close to",
    "barely": r"just over|slightly more than|a little over",
    "about": r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|~|≈",
}
_NUMBER = r"[0-9][0-9.,\u00a0\u202f' ]*[0-9]|[0-9]"
_UNITS = {
    Form.POINTS: re.compile(
        r"percentage[- ]points?|per cent points?|\bpoints?\b|\bpp\b"
    ),
    Form.PERCENT: re.compile(r"%|per ?cent\b|\bpercent\b"),
    Form.FACTOR: re.compile(r"\btimes\b|-?fold\b|×"),
}
_SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9,
}  # fmt: skip
_SMALL = {
    "no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5,
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_FACTORS: dict[str, Fraction | int] = {
    "doubled": 2, "double": 2, "twice": 2, "tripled": 3, "trebled": 3, "triple": 3,
    "threefold": 3, "twofold": 2, "fourfold": 4, "quadrupled": 4, "fivefold": 5,
    "sixfold": 6, "tenfold": 10, "halved": Fraction(1, 2),
}  # fmt: skip


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
    ends = re.search(r"\bfrom (.+?) to (.+)$", lower)
    if ends is not None:
        earlier, later = read_value(ends[1]), read_value(ends[2])
        if earlier.span is None or later.span is None:
            return replace(value, is_unreadable=True)
        return replace(value, earlier=earlier.span, later=later.span, form=later.form)
    arrived = re.search(r"^(.*?[%a-z]) to ((?:\S+ )?[0-9][0-9.,]*)$", lower)
    if arrived is not None and not re.search(r"\bup$|\bno$", arrived[1]):
        later = read_value(arrived[2])
        return replace(read_value(arrived[1]), text=text, later=later.span)
    return _amount(lower, value)


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


def _numbers(text: str) -> list[str]:
    return re.findall(_NUMBER, text)


def _amount(text: str, value: ClaimedValue) -> ClaimedValue:
    form = next((f for f, p in _UNITS.items() if p.search(text)), Form.NUMBER)
    text, hedge = _hedge(text)
    value = replace(value, form=form)
    if (factor := _factor(text)) is not None:
        return _spoken(replace(value, form=Form.FACTOR), factor, hedge)
    if scaled := re.search(r"\b(half|quarter) (?:a |of a )?(million|billion)\b", text):
        number = Fraction(_SCALES[scaled[2]], _PARTS[scaled[1]])
        return _printed(value, (number, Fraction(1, 10) * _SCALES[scaled[2]]), 1, hedge)
    if (part := _fraction(text)) is not None:
        return _spoken(replace(value, form=Form.PERCENT), 100 * part, hedge)
    between = re.search(rf"({_NUMBER})\s*(?:-|–|to|and)\s*({_NUMBER})", text)
    if between is not None and hedge is None:
        low, high = (_read(n) for n in between.groups())
        if low is None or high is None or low[0] > high[0]:
            return replace(value, is_unreadable=True)
        return replace(value, span=Span.between(low[0], high[0]))
    numbers = _numbers(text)
    if not numbers:
        return _worded(text, value, hedge)
    found = _read(numbers[0])
    if found is None:
        return replace(value, is_unreadable=True)
    if re.search(rf"-\s*{re.escape(numbers[0])}", text):
        value = replace(value, direction=-1)
    return _printed(value, found, _scale(text, numbers[0]), hedge)


def _worded(text: str, value: ClaimedValue, hedge: str | None) -> ClaimedValue:
    """A number in letters, or no number at all but the direction of a comparison."""
    words = re.findall(r"[a-z]+", text)
    small = next((_SMALL[w] for w in words if w in _SMALL), None)
    if small is not None:
        tens = [_SMALL[w] for w in words if w in _SMALL]
        number = sum(tens) if len(tens) == 2 and tens[0] >= 20 > tens[1] else small
        scale = next((_SCALES[w] for w in words if w in _SCALES), 1)
        return _printed(value, (Fraction(number), Fraction(1)), scale, hedge)
    relation = value.relation or {"more": 1, "less": -1}.get(hedge or "")
    if relation is None:
        relation = _first(_RELATIONS, text)
    return replace(value, relation=relation, extreme=_first(_EXTREMES, text))


def _hedge(text: str) -> tuple[str, str | None]:
    """Return the words that bound or blur the number, and the text without them."""
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
            half = max(_last_digit(number) / 2, half, number * ABOUT)
        span = Span.between(number - half, number + half)
        return replace(value, span=span, is_rounded=True)
    return replace(value, span=_bounded(number, hedge))


def _spoken(value: ClaimedValue, number: Fraction, hedge: str | None) -> ClaimedValue:
    """A fraction or a factor in words: `a third` is not the thirds' decimal expansion."""
    if hedge in (None, "about"):
        reach = number * (ABOUT if hedge is None else 2 * ABOUT)
        span = Span.between(number - reach, number + reach)
        return replace(value, span=span, is_rounded=True)
    return replace(value, span=_bounded(number, hedge))


def _bounded(number: Fraction, hedge: str) -> Span:
    if hedge == "nearly":
        return Span(NEARLY * number, number, has_low=True, has_high=False)
    if hedge == "barely":
        return Span(number, number / NEARLY, has_low=False, has_high=True)
    if hedge in ("more", "least"):
        return Span(number, None, has_low=hedge == "least", has_high=False)
    return Span(Fraction(0), number, has_low=True, has_high=hedge == "most")


def _last_digit(number: Fraction) -> Fraction:
    """The size of one step of the last digit that is not zero; 10,000 for 120,000."""
    if number == 0 or number.denominator != 1:
        return Fraction(1)
    step = 1
    while int(number) % (step * 10) == 0:
        step *= 10
    return Fraction(step)


def _scale(text: str, number: str) -> int:
    after = text.split(number, 1)[1].strip()
    word = re.match(r"[a-z]+", after)
    return _SCALES.get(word[0], 1) if word else 1


def _factor(text: str) -> Fraction | None:
    for word, factor in _FACTORS.items():
        if re.search(rf"\b{word}\b", text):
            return Fraction(factor)
    return None


def _fraction(text: str) -> Fraction | None:
    one_in = re.search(r"\b(\w+) (?:in|out of)(?: every)? (\w+)\b", text)
    if one_in is not None:
        top, bottom = (_cardinal(word) for word in one_in.groups())
        if top is not None and bottom:
            return Fraction(top, bottom)
    names = "|".join(_PARTS)
    found = re.search(rf"(?:\b(\w+)[ -])?\b({names})s?\b", text)
    if found is None:
        return None
    top = _cardinal(found[1] or "a")
    return Fraction(1 if top is None else top, _PARTS[found[2]])


def _cardinal(word: str) -> int | None:
    if word in ("a", "one", "an"):
        return 1
    return int(word) if word.isdigit() else _SMALL.get(word)


_GROUPED = re.compile(r"\d{1,3}(?:([.,\u00a0\u202f' ])\d{3})(?:\1\d{3})*")


def _read(printed: str) -> tuple[Fraction, Fraction] | None:
    """Return a number and the step of its last digit; null if it may be two numbers.

    >>> _read("5.566.015"), _read("4,8")
    ((Fraction(5566015, 1), Fraction(1, 1)), (Fraction(24, 5), Fraction(1, 10)))
    """
    text = printed.strip()
    separators = [c for c in text if not c.isdigit()]
    if not separators:
        return Fraction(int(text)), Fraction(1)
    grouped = _GROUPED.fullmatch(text)
    if grouped and (grouped[1] != "." or len(separators) > 1):
        return Fraction(int(re.sub(r"\D", "", text))), Fraction(1)
    mark = separators[-1]
    if separators.count(mark) > 1 or mark not in ".,":
        return None
    whole, decimals = text.rsplit(mark, 1)
    if mark == "," and len(decimals) == 3:
        return None  # 2156,224: neither well grouped nor a likely decimal
    if re.search(r"\D", whole) and not _GROUPED.fullmatch(whole):
        return None
    step = Fraction(1, 10 ** len(decimals))
    return int(re.sub(r"\D", "", whole) + decimals) * step, step
