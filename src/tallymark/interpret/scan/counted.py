"""What a number counts: the noun behind it, or the one that its sentence carries on.

Hides how far a noun may stand, and what shows that it is another subject altogether.
"""

from __future__ import annotations

from typing import NamedTuple

from tallymark.interpret.scan.binding import Scene, clause_of
from tallymark.interpret.scan.words import Tag, Token, tokens_of
from tallymark.model.mention import Number, NumberKind

_SINGULAR = frozenset(
    ("report", "tip", "case", "incident", "offence", "offense", "crime", "person",
     "suspect", "offender", "victim", "child", "file", "arrest", "notice")
)  # fmt: skip
_NEAR_WORDS = 6


class Counted(NamedTuple):
    """What a number counts, as codes; null where the words do not say it."""

    unit: str | None = None
    stage: str | None = None
    scope: str | None = None
    scope_is_own: bool = False
    foreign: str = ""
    """A word that shows that something else is counted."""
    is_named: bool = False
    """Whether a noun stands with the number."""
    is_far: bool = False
    """Whether unknown words stand between the number and a noun that it takes over."""
    at: tuple[int, int] = (0, 0)
    """Where the noun stands."""


def counted_by(scene: Scene, number: Number) -> Counted:
    """Return what a number counts.

    A number without a noun of its own takes the noun of the number before it, else of
    the one behind, else of the sentence.
    """
    own = _own(scene, number)
    if not own.is_named and not own.foreign:
        own = own._replace(foreign=_measured(scene, number))
    found = own if own.foreign or own.is_named else _carried(scene, number) or own
    stage = found.stage or _stage_beside(scene, number)
    return _with_sentence_scope(scene, found)._replace(stage=stage)


def _measured(scene: Scene, number: Number) -> str:
    """Return the noun of `a population of 52 million`, if it is one that is unknown."""
    tokens = tokens_of(scene.text[: number.start])
    if len(tokens) < 2 or tokens[-1].text not in ("of", "de"):
        return ""
    noun = tokens[-2]
    known = _is_known(scene, noun) or _starting(scene, "sum", noun)
    return "" if known else noun.text


def _own(scene: Scene, number: Number) -> Counted:
    """Read on from a number to its noun, and from the noun to what it is about."""
    if number.kind is not NumberKind.COUNT:
        return Counted()
    return _read_on(scene, number.end, number)


def _read_on(scene: Scene, at: int, number: Number) -> Counted:
    tokens = [t for t in tokens_of(scene.text[at:]) if t.text]
    tokens = [Token(t.text, t.start + at, t.end + at) for t in tokens]
    found = Counted()
    index = 0
    stop = _next_number(scene, number)
    while index < len(tokens) and index < _NEAR_WORDS and tokens[index].start < stop:
        token = tokens[index]
        unit, other = _starting(scene, "unit", token), None
        for aspect in ("scope", "stage"):
            if tag := _starting(scene, aspect, token):
                found = _with(found, tag)
                other = tag if other is None or tag.end > other.end else other
        if unit is not None and (other is None or unit.end >= other.end):
            return _topic(scene, _with(found, unit), tokens, (unit, stop))
        if other is not None:
            index += sum(other.start <= t.start < other.end for t in tokens)
        elif _starting(scene, "adjective", token) or token.text == "-":
            index += 1
        elif _is_plain(scene, token):
            return found
        else:
            return found._replace(foreign=token.text)
    return found


def _topic(
    scene: Scene, found: Counted, tokens: list[Token], place: tuple[Tag, int]
) -> Counted:
    """Read what a noun is about: `reports of robbery` count something else."""
    unit, stop = place
    found = found._replace(is_named=True, at=(unit.start, unit.end))
    behind = [t for t in tokens if unit.end <= t.start < stop]
    name = scene.text[unit.start : unit.end].lower()
    if not behind:
        return found
    first = behind[0]
    if name in _SINGULAR and first.text.isalpha() and not _is_known(scene, first):
        return found._replace(foreign=first.text)
    if _starting(scene, "topic", first) is None:
        return found._replace(stage=_stage_said(scene, behind[:3]) or found.stage)
    for token in behind[1:_NEAR_WORDS]:
        if (tag := _starting(scene, "scope", token)) is not None:
            return _with(found, tag)
        if not token.text.isalpha() or _is_place_or_time(scene, token):
            return found
        if not (_is_plain(scene, token) or _starting(scene, "adjective", token)):
            return found._replace(foreign=token.text)
    return found


def _stage_said(scene: Scene, tokens: list[Token]) -> str | None:
    """Return the stage right behind a noun: `children were rescued`, `people arrested`."""
    for token in tokens:
        if tag := _starting(scene, "stage", token):
            return tag.code
        if not token.text.isalpha() or _starting(scene, "and", token):
            return None
    return None


def _carried(scene: Scene, number: Number) -> Counted | None:
    """Return what another number, or the sentence itself, says is counted."""
    before = [n for n in scene.numbers if n.end <= number.start]
    behind = [n for n in scene.numbers if n.start >= number.end]
    for other in (*reversed(before), *behind):
        said = _own(scene, other)
        if said.is_named or said.foreign:
            is_far = _is_far(scene, said.at, number)
            return said._replace(is_named=False, is_far=is_far)
    units = scene.tags.get("unit", [])
    nearest = [t for t in units if t.end <= number.start][-1:] or units[:1]
    if not nearest:
        return None
    unit = nearest[0]
    stop = min([n.start for n in scene.numbers if n.start >= unit.end], default=10**6)
    tokens = [
        Token(t.text, t.start + unit.start, t.end + unit.start)
        for t in tokens_of(scene.text[unit.start :])
    ]
    found = _with(Counted(), unit)
    for aspect in ("scope", "stage"):
        for tag in scene.tags.get(aspect, []):
            if tag.start < unit.end and scene.text[tag.end : unit.start].strip() == "":
                found = _with(found, tag)
    is_far = _is_far(scene, (unit.start, unit.end), number)
    found = _topic(scene, found, tokens, (unit, stop))
    return found._replace(is_named=False, is_far=is_far)


def _is_far(scene: Scene, noun: tuple[int, int], number: Number) -> bool:
    """Tell whether a word that is not known stands between a noun and a number."""
    start, end = sorted((noun, (number.start, number.end)))
    return any(
        start[1] <= token.start < end[0] and not _is_known(scene, token)
        for token in tokens_of(scene.text)
        if not any(n.start <= token.start < n.end for n in scene.numbers)
    )


def _with(found: Counted, tag: Tag) -> Counted:
    if tag.aspect == "unit":
        return found._replace(unit=tag.code)
    if tag.aspect == "stage":
        return found._replace(stage=tag.code)
    return found._replace(scope=tag.code, scope_is_own=True)


def _with_sentence_scope(scene: Scene, found: Counted) -> Counted:
    """Take the scope of the sentence where the number's own words name none."""
    scopes = {tag.code for tag in scene.tags.get("scope", [])}
    if found.scope is None and len(scopes) == 1:
        return found._replace(scope=scopes.pop())
    return found


def _stage_beside(scene: Scene, number: Number) -> str | None:
    start, end = clause_of(scene, number)
    tags = [t for t in scene.tags.get("stage", []) if start <= t.start and t.end <= end]
    before = [t for t in tags if t.end <= number.start]
    nearest = before[-1:] or tags[:1]
    return nearest[0].code if nearest else None


def _starting(scene: Scene, aspect: str, token: Token) -> Tag | None:
    return next(
        (tag for tag in scene.tags.get(aspect, []) if tag.start == token.start), None
    )


def _is_plain(scene: Scene, token: Token) -> bool:
    known = (
        "plain",
        "topic",
        "follow",
        "together",
        "respectively",
        "direction",
        "year",
    )
    return (
        not token.text.isalpha()
        or _is_place_or_time(scene, token)
        or any(_starting(scene, aspect, token) for aspect in known)
    )


def _is_known(scene: Scene, token: Token) -> bool:
    return _is_plain(scene, token) or any(
        _starting(scene, aspect, token) for aspect in ("unit", "scope", "stage")
    )


def _is_place_or_time(scene: Scene, token: Token) -> bool:
    spans = [(tag.start, tag.end) for tag in scene.tags.get("area", [])]
    spans += [(period.start, period.end) for period in scene.periods]
    return any(start <= token.start < end for start, end in spans)


def _next_number(scene: Scene, number: Number) -> int:
    return min([n.start for n in scene.numbers if n.start >= number.end], default=10**6)
