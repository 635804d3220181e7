"""Which of several areas or periods a number belongs to, by where they stand.

Hides the rules of order: `Kenya (12)`, `12 in Kenya`, `Kenya and Uganda, 12 and 5
respectively`, `together`. Where the order does not say it, nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from tallymark.interpret.scan.words import Tag, codes_of, tokens_of
from tallymark.model.mention import Number, Period

Item = TypeVar("Item", Tag, Period)

WORLD = "WORLD"
"""The area that stands behind a number without a word before: `12 reports worldwide`."""

_BREAK = re.compile(r"[,;:()]")
_STRONG = re.compile(r"[;:]")


class Scene(NamedTuple):
    """A sentence taken apart: its flat text, tags, periods and numbers."""

    text: str
    tags: Mapping[str, list[Tag]]
    periods: Sequence[Period]
    numbers: Sequence[Number]
    language: str


def bind(
    scene: Scene, number: Number, items: Sequence[Item], key: Callable[[Item], object]
) -> tuple[tuple[Item, ...], bool]:
    """Return the items that a number belongs to, and whether it is doubtful which.

    `key` tells of two items whether they are the same.
    """
    if len({key(item) for item in items}) <= 1:
        return tuple(items[:1]), False
    groups = _groups(scene, items)
    after = next((g for g in groups if g[0].start >= number.end), None)
    if after and _follows(scene, number, after[0]):
        return _chosen(scene, number, after, groups)
    before = next((g for g in reversed(groups) if g[-1].end <= number.start), None)
    nearest = before or after
    if nearest is None:
        return (), True
    return _chosen(scene, number, nearest, groups)


def _groups(scene: Scene, items: Sequence[Item]) -> list[list[Item]]:
    """Return items in groups that only commas and `and` join."""
    joining = set(codes_of("and", scene.language))
    groups: list[list[Item]] = []
    for item in items:
        if groups:
            between = scene.text[groups[-1][-1].end : item.start]
            if all(token.text in joining for token in tokens_of(between)):
                groups[-1].append(item)
                continue
        groups.append([item])
    return groups


def _follows(scene: Scene, number: Number, item: Item) -> bool:
    """Tell whether an item stands right behind a number: `12 reports in Kenya`."""
    between = scene.text[number.end : item.start]
    inside = between.removesuffix("(")  # `12 reports (2019)`
    if _BREAK.search(inside) or _holds_number(scene, number.end, item.start):
        return False
    is_enclosed = inside != between and scene.text[item.end : item.end + 1] == ")"
    if is_enclosed or getattr(item, "code", "") == WORLD:
        return True
    leading = codes_of("follow", scene.language)
    words = [token.text for token in tokens_of(between)]
    if not words:  # `14 a year later`
        return isinstance(item, Period)
    return any(
        words[-n:] == phrase.split()
        for phrase in leading
        for n in (phrase.count(" ") + 1,)
    )


def _holds_number(scene: Scene, start: int, end: int) -> bool:
    return any(start <= n.start and n.end <= end for n in scene.numbers)


def _chosen(
    scene: Scene, number: Number, group: list[Item], groups: list[list[Item]]
) -> tuple[tuple[Item, ...], bool]:
    if len(group) == 1:
        return (group[0],), False
    if scene.tags.get("together"):
        return tuple(group), False
    row = _number_group(scene, number)
    if len(row) == len(group) and (len(row) > 1 or len(groups) > 1):
        return (group[row.index(number)],), False
    return tuple(group), True


def _number_group(scene: Scene, number: Number) -> list[Number]:
    """Return the numbers joined to one by commas and `and` alone."""
    joining = set(codes_of("and", scene.language))
    groups: list[list[Number]] = []
    for other in scene.numbers:
        if groups:
            between = scene.text[groups[-1][-1].end : other.start]
            if all(token.text in joining for token in tokens_of(between)):
                groups[-1].append(other)
                continue
        groups.append([other])
    return next(group for group in groups if number in group)


def clause_of(scene: Scene, number: Number) -> tuple[int, int]:
    """Return the stretch around a number up to the numbers and strong marks beside it."""
    starts = [0, *(m.end() for m in _STRONG.finditer(scene.text, 0, number.start))]
    starts += [n.end for n in scene.numbers if n.end <= number.start]
    ends = [m.start() for m in _STRONG.finditer(scene.text, number.end)]
    ends += [n.start for n in scene.numbers if n.start >= number.end]
    return max(starts), min([*ends, len(scene.text)])
