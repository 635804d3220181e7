"""Sentences to mentions: each number with what it counts, where, when, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from tallymark.interpret.scan.binding import Scene, bind
from tallymark.interpret.scan.counted import Counted, counted_by
from tallymark.interpret.scan.numbers import numbers_in
from tallymark.interpret.scan.periods import periods_in
from tallymark.interpret.scan.sentences import sentences_of
from tallymark.interpret.scan.words import Tag, flat, tags_in, tokens_of
from tallymark.model.mention import Mention, Number, NumberKind, Passage, Period

LEVEL, CHANGE, DIFFERENCE, SHARE = "level", "change", "difference", "share"
MARGIN = "margin"
"""`more by 12`: the difference of two things that a sentence need not name."""

NO_AREA = "no area is named"
NO_PERIOD = "no year is named"
NO_UNIT = "it is not said what is counted"
NO_BASE = "it is not said what it is a part of"
NO_SIDES = "it is a difference, and it is not plain of what"
NO_EARLIER = "the year it is compared with is not named"
SEVERAL_AREAS = "several areas are named, and it is not plain which is meant"
SEVERAL_PERIODS = "several years are named, and it is not plain which is meant"
UNKNOWN_AREA = "the area is no single country"

_MARKUP = re.compile(r"[*_`]{1,3}")


def mentions_in(passages: Sequence[Passage], language: str) -> Iterator[Mention]:
    """Give the mentions of a text, in its order."""
    for passage in passages:
        for sentence in sentences_of(passage.text):
            line = passage.line
            if line is not None:
                line += passage.text.count("\n", 0, sentence.start)
            yield from _mentions(passage, sentence.text, line, language)


def scene_of(text: str, language: str) -> Scene:
    """Take a sentence apart."""
    plain = _MARKUP.sub(lambda m: " " * len(m[0]), flat(text))
    tags = tags_in(plain, tokens_of(plain), language)
    periods = periods_in(plain, tags, language)
    numbers = numbers_in(plain, tags, periods, language)
    return Scene(plain, tags, periods, numbers, language)


def _mentions(
    passage: Passage, sentence: str, line: int | None, language: str
) -> Iterator[Mention]:
    scene = scene_of(sentence, language)
    if not scene.numbers:
        return
    around = [scene_of(t, language) for t in (passage.caption, passage.heading) if t]
    numbers = scene.numbers[-1:] if passage.is_cell else scene.numbers
    found = []
    for number in numbers:
        counted = _counted(scene, number, around, is_cell=passage.is_cell)
        mention = _mention(scene, number, counted, around, is_cell=passage.is_cell)
        if number.value or number.text[0].isdigit() or not mention.missing:
            found.append((mention, counted.is_named))  # `no case may` counts nothing
    cells = Counter((_cell(mention), is_named) for mention, is_named in found)
    for mention, is_named in found:
        cell = _cell(mention)
        n_others = cells[cell, True] + (0 if is_named else cells[cell, False]) - 1
        yield replace(
            mention,
            place=passage.place if line is None else f"line {line}",
            line=line,
            sentence=" ".join(sentence.split()),
            span=_span(sentence, mention.number),
            # One case of many is told of, and is not their number.
            is_far=mention.is_far or n_others > 0 or mention.number.value == 1,
        )


def _cell(mention: Mention) -> tuple[object, ...]:
    """Return what can have one value only: two numbers of one cell are not both of it."""
    days = tuple((period.first, period.last) for period in mention.periods)
    return mention.use, mention.areas, days, mention.unit


def _mention(
    scene: Scene,
    number: Number,
    counted: Counted,
    around: Sequence[Scene],
    *,
    is_cell: bool,
) -> Mention:
    """Return a mention; a heading gives it an area, what is over a table a year, too."""
    use = _use(scene, number)
    areas, no_area = _areas(scene, number, around)
    periods, no_period = _periods(scene, number, around if is_cell else [], use)
    said = (_not_counted(counted, use), no_area, no_period)
    return Mention(
        place="",
        line=None,
        sentence="",
        span=(0, 0),
        number=number,
        use=use,
        direction=_direction(scene, number),
        gives_cause=bool(scene.tags.get("cause")),
        unit=counted.unit,
        stage=counted.stage,
        scope=counted.scope,
        scope_is_own=counted.scope_is_own,
        is_far=counted.is_far,
        areas=areas,
        periods=periods,
        missing=tuple(filter(None, said)),
    )


def _span(sentence: str, number: Number) -> tuple[int, int]:
    """Return the place of a number in the sentence as it is shown: white space joined."""
    start = len(" ".join(f"{sentence[: number.start]}x".split())) - 1
    shown = " ".join(sentence[number.start : number.end].split())
    return start, start + len(shown)


def _counted(
    scene: Scene, number: Number, around: Sequence[Scene], *, is_cell: bool
) -> Counted:
    counted = counted_by(scene, number)
    if not is_cell:
        return counted
    for other in around:
        if counted.unit is None and (units := other.tags.get("unit")):
            counted = counted._replace(unit=units[0].code)
        scopes = other.tags.get("scope", [])
        if counted.scope is None and len({s.code for s in scopes}) == 1:
            counted = counted._replace(scope=scopes[0].code, scope_is_own=True)
        stages = other.tags.get("stage", [])
        if counted.stage is None and len({s.code for s in stages}) == 1:
            counted = counted._replace(stage=stages[0].code)
    return counted


def _not_counted(counted: Counted, use: str) -> str:
    if counted.foreign:
        return f"it counts something that Tallymark has no word for ({counted.foreign})"
    if use == MARGIN:
        return NO_SIDES
    if use == SHARE:
        return NO_BASE
    if counted.unit is None and counted.stage is None and counted.scope is None:
        return NO_UNIT
    return ""


def _use(scene: Scene, number: Number) -> str:
    """Return what the sentence does with a number."""
    direction = _direction(scene, number)
    if number.kind is NumberKind.TIMES:
        return CHANGE
    if number.kind is NumberKind.FRACTION:
        return SHARE
    if number.kind is not NumberKind.COUNT:
        return CHANGE if direction else SHARE
    if direction and _has_before(scene, number, "by"):
        return DIFFERENCE
    return MARGIN if _has_before(scene, number, "margin") else LEVEL


def _has_before(scene: Scene, number: Number, aspect: str) -> bool:
    return any(
        scene.text[tag.end : number.start] == " " for tag in scene.tags.get(aspect, [])
    )


def _direction(scene: Scene, number: Number) -> Literal["up", "down"] | None:
    """Return `up` or `down` by the nearest such word with no other number between."""
    best: tuple[int, Tag] | None = None
    sign = scene.text[number.start - 1 : number.start] if number.start else ""
    if sign in ("+", "-") and number.kind is not NumberKind.COUNT:
        return "up" if sign == "+" else "down"
    for tag in scene.tags.get("comparing", []):
        if scene.text[number.end : tag.start] == " ":  # `39 % more than in 2022`
            return "up" if tag.code == "UP" else "down"
    for tag in scene.tags.get("direction", []):
        start, end = sorted((tag.start, number.start))
        if any(start < n.start < end and n is not number for n in scene.numbers):
            continue
        if best is None or end - start < best[0]:
            best = (end - start, tag)
    if number.kind is NumberKind.TIMES:
        return "up" if number.value > 1 else "down"
    if best is None:
        return None
    return "up" if best[1].code == "UP" else "down"


def _areas(
    scene: Scene, number: Number, around: Sequence[Scene]
) -> tuple[tuple[str, ...], str]:
    tags = _named_areas(scene)
    for other in around:
        tags = tags or _named_areas(other)
    if not tags:
        return (), NO_AREA
    chosen, doubtful = bind(scene, number, tags, lambda tag: tag.code)
    codes = tuple(dict.fromkeys(tag.code for tag in chosen))
    if doubtful:
        return codes, SEVERAL_AREAS
    return codes, UNKNOWN_AREA if "?" in codes else ""


def _named_areas(scene: Scene) -> list[Tag]:
    """Return the areas; `the neighbouring country Uganda` is Uganda."""
    tags = scene.tags.get("area", [])
    return [
        tag
        for tag in tags
        if tag.code != "?" or not any(0 < t.start - tag.end <= 2 for t in tags)
    ]


def _periods(
    scene: Scene, number: Number, around: Sequence[Scene], use: str
) -> tuple[tuple[Period, ...], str]:
    periods: Sequence[Period] = scene.periods
    for other in around:
        periods = periods or other.periods
    if not periods:
        return (), NO_PERIOD
    if use in (CHANGE, DIFFERENCE):
        return _compared(scene, number, periods)
    chosen, doubtful = bind(scene, number, periods, lambda p: (p.first, p.last))
    if doubtful:
        return chosen, SEVERAL_PERIODS
    return tuple(_end_of(scene, number, period) for period in chosen), ""


def _compared(
    scene: Scene, number: Number, periods: Sequence[Period]
) -> tuple[tuple[Period, ...], str]:
    """Return the two periods of a change: the ends of a span, or the only two named."""
    spans = [period for period in periods if period.is_range]
    if len({(p.first, p.last) for p in spans}) > 1:
        chosen, doubtful = bind(scene, number, spans, lambda p: (p.first, p.last))
        spans = [] if doubtful else list(chosen)
    if spans:
        return _ends(spans[0]), ""
    several = sorted(
        {(p.first, p.last): p for p in periods}.values(), key=lambda p: p.first
    )
    if len(several) == 2:
        return tuple(several), ""
    return tuple(several), NO_EARLIER if len(several) == 1 else SEVERAL_PERIODS


def _ends(span: Period) -> tuple[Period, Period]:
    first = replace(span, last=span.first.replace(month=12, day=31), is_range=False)
    last = replace(span, first=span.last.replace(month=1, day=1), is_range=False)
    return first, last


def _end_of(scene: Scene, number: Number, period: Period) -> Period:
    """Return one end of a span for `rose from 12 in 2019 to 14`, else the period."""
    moves = scene.tags.get("direction") or scene.tags.get("times")
    if not period.is_range or not moves:
        return period
    first, last = _ends(period)
    if _has_before(scene, number, "end"):
        return last
    return first if _has_before(scene, number, "start") else period
