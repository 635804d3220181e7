"""Mentions to figures: by area, period and words first, by value only among those.

Hides how well words must fit before a figure is named. Where more than one figure fits,
all are told, and none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import IntEnum
from itertools import groupby, product

from tallymark.interpret.claims.periods import sdmx_of
from tallymark.interpret.scan.mentions import CHANGE, DIFFERENCE, LEVEL
from tallymark.interpret.scan.shelf import KEY, Candidate, Row, Shelf
from tallymark.model.claim import About, Claim, ClaimKind, Role, Selection
from tallymark.model.codes import CountingUnit, Scope, Stage
from tallymark.model.mention import Matching, Mention, NumberKind, Period

_KIN = frozenset((Scope.CYBERTIP.value, Scope.OCSEA.value, Scope.CSEA.value))
"""Scopes that texts take for each other; a claim that does so is judged, not passed by."""

_SOFT_STAGES = frozenset((None, Stage.RECORDED.value, Stage.REPORTED.value))
_TELLING = 100
"""From here on an exact value tells of its figure, though the words are other ones."""

NO_FIGURE = "the files hold no figure for this area and time"
NO_WORDS = "no figure of this area and time fits the words"


class Fit(IntEnum):
    """How well the words of a mention fit what a figure counts; the better the larger."""

    OTHER = 0
    OPEN = 1
    SAME = 2


def match(mention: Mention, figures: Shelf, claim_id: str) -> Matching:
    """Return the claim that a mention makes on figures, or why none was found."""
    if mention.missing:
        return Matching(mention=mention, reason="; ".join(mention.missing))
    candidates = list(_candidates(mention, figures))
    if not candidates:
        return Matching(mention=mention, reason=NO_FIGURE)
    chosen = _chosen(mention, candidates)
    if not chosen:
        return Matching(mention=mention, reason=NO_WORDS)
    if len(chosen) > 1:
        labels = tuple(sorted(candidate.label for candidate in chosen))
        return Matching(
            mention=mention, candidates=labels, reason="several figures fit the words"
        )
    return Matching(mention=mention, claim=_claim(mention, chosen[0], claim_id))


def _candidates(mention: Mention, figures: Shelf) -> Iterator[Candidate]:
    """Give what the mention may rest on: figures, sums of figures, pairs of figures."""
    rows = list(figures.of(mention.areas))
    if mention.use in (CHANGE, DIFFERENCE):
        yield from _over_cells(rows, mention.areas, mention.periods, mention.use)
        return
    (first, *_) = mention.periods
    if len(mention.areas) == len(mention.periods) == 1 and not first.is_range:
        for row in rows:
            if row.covers(first) or row.begins_in(first):
                yield Candidate(
                    rows=(row,), value=row.value, is_near=not row.covers(first)
                )
        return
    for row in rows:
        if len(mention.areas) == 1 and first.is_range and row.covers(first):
            yield Candidate(rows=(row,), value=row.value)
    yield from _over_cells(rows, mention.areas, _years(mention.periods), LEVEL)


def _years(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return the years of spans one by one."""
    return tuple(
        Period(
            start=p.start, end=p.end, first=date(year, 1, 1), last=date(year, 12, 31)
        )
        if p.is_range
        else p
        for p in periods
        for year in (range(p.first.year, p.last.year + 1) if p.is_range else (0,))
    )


def _over_cells(
    rows: Sequence[Row],
    areas: Sequence[str],
    periods: Sequence[Period],
    use: str,
) -> Iterator[Candidate]:
    """Give, for each thing counted, its figures of all these areas and periods."""

    def order(row: Row) -> tuple[str, ...]:
        return tuple(str(part) for part in row.key)

    for _, group in groupby(sorted(rows, key=order), key=order):
        held = list(group)
        cells = [
            [row for row in held if row.ref_area == area and row.covers(period)]
            for area, period in product(areas, periods)
        ]
        if all(len(cell) == 1 for cell in cells):
            found = tuple(cell[0] for cell in cells)
            values = [row.value for row in found if row.value is not None]
            is_whole = len(values) == len(found)
            value = _together(values, use) if is_whole else None
            yield Candidate(rows=found, value=value)


def _together(values: Sequence[float], use: str) -> float | None:
    """Return what several figures come to: their sum, or the size of a change."""
    if use == LEVEL:
        return sum(values)
    earlier, later = values
    if use == DIFFERENCE:
        return abs(later - earlier)
    return abs(later / earlier - 1) * 100 if earlier else None


def _chosen(mention: Mention, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that fit best, by words and then by value."""
    fits: dict[Fit, list[Candidate]] = {fit: [] for fit in Fit}
    for candidate in candidates:
        fits[_fit(mention, candidate.rows[0])].append(candidate)
    same = [c for c in fits[Fit.SAME] if not c.is_near]
    same = [c for c in same if all(row.is_whole for row in c.rows)] or same
    same = [c for c in same if all(row.value is not None for row in c.rows)] or same
    if agreeing := [c for c in same if _agrees(mention, c)]:
        return agreeing
    near = [c for c in (*fits[Fit.OPEN], *fits[Fit.SAME]) if _agrees(mention, c)]
    if not same and near:
        return near
    if same:
        return same
    return [c for c in fits[Fit.OTHER] if _is_exactly(mention, c)]


def _fit(mention: Mention, row: Row) -> Fit:
    """Judge the words alone: unit, stage and scope."""
    stage_differs = mention.stage not in _SOFT_STAGES and mention.stage != row.stage
    unit_differs = mention.unit is not None and mention.unit != row.counting_unit
    if stage_differs or unit_differs:
        return Fit.OTHER
    if mention.scope == row.scope:
        is_own = mention.scope_is_own or mention.stage == row.stage
        is_plain = (mention.unit or mention.stage) is not None and not mention.is_far
        is_same = is_own and is_plain and mention.scope is not None
        return Fit.SAME if is_same else Fit.OPEN
    is_kin = mention.scope in _KIN and row.scope in _KIN
    return Fit.OPEN if mention.scope is None or is_kin else Fit.OTHER


def _agrees(mention: Mention, candidate: Candidate) -> bool:
    number, value = mention.number, candidate.value
    if value is None:
        return False
    low, high = number.low, number.high
    if number.kind is NumberKind.TIMES:
        low, high = abs(low - 1) * 100, abs(high - 1) * 100
    elif number.kind is not NumberKind.COUNT:
        low, high = low - 0.5, high + 0.5
    return low <= value <= high


def _is_exactly(mention: Mention, candidate: Candidate) -> bool:
    """Tell whether a figure has the very number, though the words call it otherwise.

    The less the words say of the same conduct, the longer the number must be.
    """
    number, row = mention.number, candidate.rows[0]
    least = _TELLING
    if mention.scope is None:
        least *= 10
    elif mention.scope == row.scope:
        least //= 10
    elif not (mention.scope in _KIN and row.scope in _KIN):
        return False
    return number.is_exact and number.value >= least and candidate.value == number.value


_KINDS = {
    LEVEL: ClaimKind.LEVEL,
    CHANGE: ClaimKind.CHANGE,
    DIFFERENCE: ClaimKind.CHANGE,
}


def _claim(mention: Mention, candidate: Candidate, claim_id: str) -> Claim:
    """Return the claim of a mention, in its own words, on the figures found."""
    kind = _KINDS[mention.use]
    rows = candidate.rows
    if mention.use == LEVEL and len(rows) > 1:
        kind = ClaimKind.SUM
    if kind is ClaimKind.CHANGE and mention.gives_cause and _agrees(mention, candidate):
        kind = ClaimKind.CAUSE  # its numbers are right; that is not what it says
    roles: tuple[Role | None, ...] = (None,) * len(rows)
    if mention.use != LEVEL:
        roles = (Role.EARLIER, Role.LATER)
    return Claim(
        id=claim_id,
        text=mention.sentence,
        kind=kind,
        where=mention.place,
        value=mention.number.english,
        direction=mention.direction if mention.use != LEVEL else None,
        unit=None if mention.unit is None else CountingUnit(mention.unit),
        stage=_said_stage(mention, rows[0]),
        scope=None if mention.scope is None else Scope(mention.scope),
        areas=mention.areas,
        period=_said_period(mention),
        about=_about(mention),
        figures=tuple(
            Selection(where=_where(row), role=role)
            for row, role in zip(rows, roles, strict=True)
        ),
    )


def _about(mention: Mention) -> About:
    """Return what is spoken of: without a thing recorded, it is the abuse itself."""
    is_of_records = mention.unit or mention.stage or mention.scope == Scope.CYBERTIP
    return About.RECORDS if is_of_records else About.PREVALENCE


def _said_stage(mention: Mention, row: Row) -> Stage | None:
    """Return the stage that is said; `recorded` of reports says no more than `counted`."""
    if mention.stage is None or mention.stage in _SOFT_STAGES:
        return None
    return Stage(mention.stage)


def _said_period(mention: Mention) -> tuple[str, ...]:
    """Return the periods as a claim names them; of a fiscal year the months are open."""
    return tuple(
        f"{p.first.year}/{p.last.year % 100:02}"
        if p.is_fiscal
        else sdmx_of((p.first, p.last))
        for p in mention.periods
    )


def _where(row: Row) -> dict[str, str | int | tuple[str | int, ...]]:
    names = ("series_id", "ref_area", "time_period", *KEY[1:])
    values = {name: getattr(row, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}
