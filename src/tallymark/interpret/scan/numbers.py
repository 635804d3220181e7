"""The numbers of a sentence, with the words that belong to them.

Hides how numbers are printed, and which numbers are no counts: references, money, ages,
durations, telephone numbers, parts of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tallymark.interpret.scan.words import Tag, codes_of
from tallymark.model.mention import Number, NumberKind, Period

_MARKS = {"en": (".", ",' "), "fr": (",", ".' "), "pt": (",", ".' ")}
"""Decimal mark and marks of thousands, by language."""

_NOT_BEFORE = r"(?<![\w/:#§@_])(?<!\d[.,])(?<![A-Za-z]-)"
_NOT_AFTER = r"(?![\w/:@_])(?![.,]\d)(?!-[^\W\d])"
_LARGE = 1e15
_SCALES = {100.0: "hundred", 1e3: "thousand", 1e6: "million", 1e9: "billion"}
_SMALL_WORD = 13
"""Number words below it are read only right before a unit: `one` says too much else."""

_NEVER = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w.-]{1,200}|\bdoi:\S+"
    r"|\+\d[\d ()-]{6,}\d"  # telephone
    r"|\b\d{1,2}:\d\d(?::\d\d)?\b"  # time of day
    r"|\b\d+(?:\.\d+){2,}\b"  # version, or an address of the internet
    r"|\b\d+(?:st|nd|rd|th)\b"
    r"|[$€£¥]\s?\d[\d.,]*(?:\s?(?:million|billion|thousand|bn|mn|m|k)\b)?"
    r"|\bper\s+\d[\d.,  ]*\d"  # the base of a rate
    r"|\[\d{1,3}(?:[,;-]\s?\d{1,3})*\]"  # reference to a list of sources
    r"|\b\d+\s?/\s?\d+\b"
    r"|\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{12,}\b",
    re.IGNORECASE,
)
_LIST = r"\d[\d.]*(?:\s*(?:,|-|to|and|&|or|e|et|a|à)\s*\d[\d.]*)*"
_IN_LIST = re.compile(rf"\s?-?\s?[(]?{_LIST}")
_AGES = re.compile(
    r"\d{1,2}(?:\s*(?:-|to|and)\s*\d{1,2})?(?:\s|-)*(?:year|yr)s?(?:\s|-)*olds?",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|er)?\s(?:de\s)?$")
_AMOUNT = re.compile(r"\s?\d[\d., ]*")
_AFTER_AGE = re.compile(rf"\s*(?:under\s+)?{_LIST}")
_RANGE = re.compile(r"\s?(?:-|to|and|et|e|à|a)\s?")
_OUT_OF = re.compile(r"\s+(?:in|out of|sur|em cada)\s+(?:every\s+)?")


def numbers_in(
    text: str,
    tags: Mapping[str, list[Tag]],
    periods: Sequence[Period],
    language: str,
) -> list[Number]:
    """Return the numbers of a flat text that may count something, in their order."""
    taken = [(p.start, p.end) for p in periods]
    taken += [match.span() for match in _NEVER.finditer(text)]
    taken += [match.span() for match in _AGES.finditer(text)]
    taken += _references(text, tags, language)
    found = list(_by_form(tags))
    found += _joined(text, list(_plain_numbers(text, tags, taken, language)))
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        free = not any(
            number.start < end and start < number.end for start, end in taken
        )
        if free and (not kept or kept[-1].end <= number.start):
            kept.append(_rounded(number, text, tags))
    return kept


def _references(
    text: str, tags: Mapping[str, list[Tag]], language: str
) -> Iterator[tuple[int, int]]:
    """Give the places of numbers behind `Article`, beside money, of ages and durations."""
    for tag in tags.get("reference", []):
        if match := _IN_LIST.match(text, tag.end):
            yield match.span()
    for tag in tags.get("age", []):
        if match := _AFTER_AGE.match(text, tag.end):
            yield match.span()
    for tag in tags.get("month", []):
        if match := _DAY.search(text, max(0, tag.start - 9), tag.start):
            yield match.span()
    yield from _measures(text, tags, language)


def _measures(
    text: str, tags: Mapping[str, list[Tag]], language: str
) -> Iterator[tuple[int, int]]:
    """Give the places of numbers beside money, and before durations."""
    scale = "|".join(map(re.escape, codes_of("multiplier", language))) or "million"
    amount = re.compile(
        rf"(?:\d+\s?(?:-|to|a|à)\s?)?\d[\d., ']*\d?(?:\s?(?:{scale})\b)?\s?-?\s?$"
    )
    for aspect in ("money", "duration"):
        for tag in tags.get(aspect, []):
            if before := amount.search(text, max(0, tag.start - 30), tag.start):
                yield before.span()
            elif aspect == "money" and (behind := _AMOUNT.match(text, tag.end)):
                yield behind.span()


def _plain_numbers(
    text: str,
    tags: Mapping[str, list[Tag]],
    taken: Sequence[tuple[int, int]],
    language: str,
) -> Iterator[Number]:
    pattern = _pattern(language)
    decimal, groups = _MARKS[language]
    scales = {tag.start: tag for tag in tags.get("multiplier", [])}
    for match in pattern.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        printed = match[0]
        digits = re.sub(f"[{re.escape(groups)}]", "", printed)
        value = float(digits.replace(decimal, "."))
        n_decimals = len(digits.partition(decimal)[2])
        yield _scaled(
            text, match.start(), match.end(), value, (10.0**-n_decimals, scales)
        )
    yield from _in_words(text, tags)


def _pattern(language: str) -> re.Pattern[str]:
    decimal, groups = _MARKS[language]
    mark = re.escape(decimal)
    grouped = "|".join(
        rf"\d{{1,3}}(?:{re.escape(g)}\d{{3}})+(?:{mark}\d+)?" for g in groups
    )
    return re.compile(
        rf"{_NOT_BEFORE}(?:{grouped}|\d+(?:{mark}\d+)?)(?:(?=[mk]\b)|{_NOT_AFTER})"
    )


def _scaled(
    text: str, start: int, end: int, value: float, scale: tuple[float, dict[int, Tag]]
) -> Number:
    """Return a number with the word behind that multiplies it: `1.6 million`."""
    step, scales = scale
    behind = end + 1 if text[end : end + 1] in (" ", "-") else end
    english = f"{min(value, _LARGE):,.15g}"
    while (tag := scales.get(behind)) is not None:
        factor = float(tag.code)
        value, step, end = value * factor, step * factor, tag.end
        english += f" {_SCALES.get(factor, '')}"
        behind = end + 1
    value = min(value, _LARGE)
    return Number(
        start=start,
        end=end,
        text=text[start:end],
        kind=NumberKind.COUNT,
        value=value,
        low=value - step / 2 if step > 1 else value,
        high=value + step / 2 if step > 1 else value,
        is_exact=step <= 1,
        english=english,
    )


def _in_words(text: str, tags: Mapping[str, list[Tag]]) -> Iterator[Number]:
    """Give numbers in words; small ones only before a unit, or a word for per cent."""
    scales = {tag.start: tag for tag in tags.get("multiplier", [])}
    named = {
        tag.start for aspect in ("unit", "percent") for tag in tags.get(aspect, [])
    }
    words = tags.get("number", [])
    at = 0
    while at < len(words):
        tag, value = words[at], float(words[at].code)
        end = tag.end
        if at + 1 < len(words) and value >= 20 and words[at + 1].start == end + 1:
            at += 1
            value, end = value + float(words[at].code), words[at].end
        at += 1
        number = _scaled(text, tag.start, end, value, (1.0, scales))
        if (
            value >= _SMALL_WORD
            or number.end != end
            or _stands_before(text, end, named)
        ):
            yield number


def _stands_before(text: str, end: int, named: set[int]) -> bool:
    """Tell whether one of the named words follows, within two words."""
    behind = re.compile(r"(?:\s[^\W\d_]+){0,2}?\s").match(text, end)
    return behind is not None and any(
        start in named for start in _word_starts(text, end, 3)
    )


def _word_starts(text: str, at: int, n: int) -> list[int]:
    starts = [
        m.start() + 1 for m in re.compile(r"\s(?=\w)").finditer(text, at, at + 60)
    ]
    return starts[:n] if starts and starts[0] == at + 1 else []


def _by_form(tags: Mapping[str, list[Tag]]) -> Iterator[Number]:
    """Give what is a number by its word alone: `half`, `doubled`."""
    for aspect, kind in (
        ("fraction", NumberKind.FRACTION),
        ("times", NumberKind.TIMES),
    ):
        for tag in tags.get(aspect, []):
            over, _, under = tag.code.partition("/")
            yield _formed(tag.start, tag.end, kind, float(over) / float(under or 1))


def _formed(start: int, end: int, kind: NumberKind, value: float) -> Number:
    return Number(
        start=start,
        end=end,
        text="",
        kind=kind,
        value=value,
        low=value * 0.95,
        high=value * 1.05,
        is_exact=False,
        english=_FACTORS.get(value, "") if kind is NumberKind.TIMES else f"{value:.0%}",
    )


def _joined(text: str, numbers: list[Number]) -> list[Number]:
    """Return numbers with ranges (`between 12,000 and 13,000`) and `one in five` joined."""
    numbers = sorted(numbers, key=lambda n: n.start)
    joined: list[Number] = []
    used: set[int] = set()
    for first, second in pairwise(numbers):
        if first.start in used:
            continue
        between = text[first.end : second.start]
        opening = re.search(
            r"\b(?:between|entre)\s$", text[: first.start], re.IGNORECASE
        )
        start = first.start
        if _OUT_OF.fullmatch(between) and first.value < second.value <= 100:
            part = first.value / second.value
            joined.append(_formed(first.start, second.end, NumberKind.FRACTION, part))
        elif first.value < second.value and (
            (opening and _RANGE.fullmatch(between)) or between in ("-", " - ")
        ):
            start = opening.start() if opening else start
            joined.append(_range(start, first, second))
        else:
            continue
        used |= {first.start, second.start}
    return joined + [n for n in numbers if n.start not in used]


def _range(start: int, first: Number, second: Number) -> Number:
    return replace(
        first,
        start=start,
        end=second.end,
        low=first.value,
        high=second.value,
        is_exact=False,
        english=f"between {first.english} and {second.english}",
    )


_PERCENT_SIGN = re.compile(r"\s?%(?:\s?-?\s?(?:points?|pp)\b)?")
_SIGNS = {NumberKind.PERCENT: " %", NumberKind.POINTS: " percentage points"}
_FACTORS = {2.0: "doubled", 3.0: "tripled", 4.0: "quadrupled", 0.5: "halved"}
_NEAR = {
    "MORE": ("more than", 1.0, 1.25),
    "LEAST": ("at least", 1.0, 1.25),
    "JUST_MORE": ("just over", 1.0, 1.1),
    "LESS": ("less than", 0.8, 1.0),
    "MOST": ("at most", 0.8, 1.0),
    "ALMOST": ("almost", 0.9, 1.0),
}
"""Words in English, and by which factors a figure may lie from the number."""


def _rounded(number: Number, text: str, tags: Mapping[str, list[Tag]]) -> Number:
    """Return a number with its percent sign behind and its rounding word before."""
    number = _with_percent(number, text, tags)
    before = [t for t in tags.get("rounding", []) if text[t.end : number.start] == " "]
    if not before:
        return replace(number, text=text[number.start : number.end])
    word, low, high = _NEAR.get(before[-1].code, ("about", 1.0, 1.0))
    slack = max(_last_place(number), number.value * 0.01) / 2 if low == high else 0.0
    return replace(
        number,
        start=before[-1].start,
        text=text[before[-1].start : number.end],
        low=number.value * low - slack,
        high=number.value * high + slack,
        is_exact=False,
        english=f"{word} {number.english}",
    )


def _with_percent(number: Number, text: str, tags: Mapping[str, list[Tag]]) -> Number:
    if number.kind is not NumberKind.COUNT:
        return number
    end, kind = number.end, NumberKind(number.kind)
    if match := _PERCENT_SIGN.match(text, number.end):
        end = match.end()
        kind = NumberKind.POINTS if match[0].strip(" %") else NumberKind.PERCENT
    for tag in tags.get("percent", []):
        if text[number.end : tag.start] in (" ", "-"):
            end, kind = tag.end, NumberKind(tag.code.lower())
    english = number.english + _SIGNS.get(kind, "")
    return replace(number, end=end, kind=kind, english=english)


def _last_place(number: Number) -> float:
    """Return the place to which a round number seems rounded: 10,000 of 120,000."""
    whole = int(abs(number.value))
    if whole == 0 or whole != abs(number.value):
        return 0.1
    place = 1
    while whole % (place * 10) == 0:
        place *= 10
    return float(place)
