"""Claims that set numbers beside each other: more or fewer, first or last, one or two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from tallymark.interpret.claims.changes import change, difference
from tallymark.interpret.claims.computed import (
    Arithmetic,
    Computed,
    missing,
    named,
    ordered,
    place,
    say,
    unreadable,
)
from tallymark.interpret.claims.named import area_codes, claimed_stretches
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.periods import days_label, n_days
from tallymark.interpret.claims.quotients import percent_of_base, rate, ratio, share
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.totals import level, parts, total
from tallymark.interpret.claims.value import ClaimedValue, Form
from tallymark.interpret.comparison import rank_intervals
from tallymark.model.claim import Claim, ClaimKind, Role
from tallymark.model.codes import Verdict
from tallymark.stats.poisson import garwood

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_CONFIDENCE = 0.95


def comparison(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The first number against the second: more, fewer, as many, or how many times."""
    two = ordered(operands, Role.FIRST, Role.SECOND)
    if len(two) < 2:
        return missing("second figure")
    if (gap := unreadable(two)) is not None:
        return gap
    first, second = (o.span or Span(None, None) for o in two)
    line = f"{place(two[0])}: {two[0].printed}; {place(two[1])}: {two[1].printed}"
    apart = first - second
    if claimed.relation is not None and not _relation_span(claimed.relation).meets(
        apart
    ):
        return Computed(
            lines=(line,),
            objections=(_wrong(f"{line}: the numbers say otherwise."),),
            used=two,
        )
    if claimed.span is None and claimed.relation is not None:
        return _related(claimed.relation, apart, line, two)
    span: Span | None = apart if apart.low is None or apart.low >= 0 else -apart
    if claimed.form in (Form.FACTOR, Form.PERCENT):
        span = first.over(second)
    if claimed.form is Form.PERCENT and span is not None:
        span = span.times(Fraction(100))
        if claimed.relation is not None:  # `12 % more`, not `12 % of`
            span = span - Span.exactly(Fraction(100))
            span = span if span.low is None or span.low >= 0 else -span
    lines = (line,) if span is None else (line, f"they come to {say(span)}")
    return Computed(span=span, lines=lines, used=two)


def _relation_span(relation: int) -> Span:
    zero = Fraction(0)
    return {
        1: Span(zero, None, has_low=False),
        -1: Span(None, zero, has_high=False),
        0: Span.exactly(zero),
    }[relation]


def _related(
    relation: int, apart: Span, line: str, two: tuple[Operand, ...]
) -> Computed:
    objections: tuple[Objection, ...] = ()
    if not _relation_span(relation).holds(apart):
        objections = (_within_bounds(line),)
    return Computed(lines=(line,), objections=objections, used=two, span=apart)


def _wrong(text: str) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="arithmetic",
        text=text,
    )


def _within_bounds(text: str) -> Objection:
    return Objection(
        verdict=Verdict.CANNOT_TELL,
        slug="bounds-too-wide",
        text=f"The numbers are not known closely enough to tell ({text}).",
        lifted_by="the exact numbers",
    )


def ranking(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """A place in the order of numbers; chance in the counts widens it.

    Source: Klein, Wright & Wieczorek 2020, Bonferroni intervals that hold jointly.
    """
    if len(operands) < 2:
        return missing("second figure to rank against")
    if (gap := unreadable(operands)) is not None:
        return gap
    target = _target(claim, operands)
    if target is None:
        return missing("figure of the area or period that is ranked")
    level_ = target.figure.type["area_level"]
    operands = tuple(o for o in operands if o.figure.type["area_level"] == level_)
    ranked = sorted(operands, key=lambda o: -_middle(o))
    line = ", ".join(f"{place(o)} {o.printed}" for o in ranked[:6])
    if len(ranked) > 6:
        line += f" and {len(ranked) - 6} more"
    wanted = _wanted_rank(claimed, len(operands))
    own = _middle(target)
    at = 1 + sum(_middle(o) > own for o in operands)
    objections: tuple[Objection, ...] = ()
    ties = sum(_middle(o) == own for o in operands)
    if wanted is None:
        return missing("place in the order")
    if not at <= wanted < at + ties:
        objections = (_wrong(f"By these numbers it is place {at} of {len(operands)}."),)
    elif _areas(operands) > 1:
        best, worst = _joint(target, operands)
        if best != worst:
            objections = (
                Objection(
                    verdict=Verdict.CANNOT_TELL,
                    slug="point-ranks",
                    text="With chance in the recorded counts it may be anywhere from "
                    f"place {best} to place {worst} of {len(operands)}.",
                    lifted_by="larger counts, or giving the numbers without an order",
                ),
            )
    return Computed(
        lines=(line,),
        objections=objections,
        used=operands,
        span=Span.exactly(Fraction(at)),
    )


def _areas(operands: tuple[Operand, ...]) -> int:
    return len({o.area for o in operands})


def _target(claim: Claim, operands: tuple[Operand, ...]) -> Operand | None:
    marked = [o for o in operands if o.role in (Role.FIRST, Role.PART)]
    if marked:
        return marked[0]
    areas = area_codes(claim.areas)
    if areas and _areas(operands) > 1:
        return next((o for o in operands if o.area == areas[0]), None)
    stretches = claimed_stretches(claim)
    return next(
        (
            o
            for o in operands
            if o.period and any(s.is_met_by(o.period) for s in stretches)
        ),
        operands[0],
    )


def _middle(operand: Operand) -> Fraction:
    span = operand.span or Span(Fraction(0), None)
    low = span.low or Fraction(0)
    return low if span.high is None else (low + span.high) / 2


def _wanted_rank(claimed: ClaimedValue, n: int) -> int | None:
    text = claimed.text.lower()
    digits = re.search(r"\b(\d+)(?:st|nd|rd|th)?\b", text)
    word = next((r for w, r in _ORDINALS.items() if re.search(rf"\b{w}\b", text)), None)
    place_ = int(digits[1]) if digits else word
    is_lowest = re.search(r"\b(lowest|fewest|least|smallest|last|bottom)\b", text)
    if place_ is None:
        if is_lowest:
            return n
        is_highest = re.search(r"\b(highest|most|largest|greatest|biggest|top)\b", text)
        return 1 if is_highest else None
    return n + 1 - place_ if is_lowest else place_


def _joint(target: Operand, operands: tuple[Operand, ...]) -> tuple[int, int]:
    confidence = 1 - (1 - _CONFIDENCE) / len(operands)
    bounds = [
        (float(low), float(high))
        for low, high in (
            garwood(round(_middle(o)), confidence=confidence) for o in operands
        )
    ]
    places = rank_intervals([o.figure for o in operands], bounds)
    own = places[operands.index(target)]  # counted from the lowest figure upwards
    n = len(operands) + 1
    return n - own.highest, n - own.lowest


def equality(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """Numbers printed for one quantity: are they one?"""
    if len(operands) < 2:
        return missing("second printing of the number")
    if (gap := unreadable(operands)) is not None:
        return gap
    lines = tuple(f"{named(o)}, {o.provider}: {o.printed}" for o in operands)
    first, *others = operands
    differing = [o for o in others if not _meet(first, o)]
    if not differing:
        return Computed(lines=lines, used=operands, span=first.span)
    if (defined := _defined_apart(operands)) is not None:
        return Computed(lines=lines, objections=(defined,), used=operands)
    other = differing[0]
    if other.provider == first.provider:
        objection = Objection(
            verdict=Verdict.CONTRADICTED,
            slug="figure-restated",
            text=f"{first.provider} prints {first.printed} and {other.printed} "
            "for one quantity.",
            lifted_by="a note of the publisher that tells which number holds",
            caveats=("figure-restated",),
        )
    else:
        objection = Objection(
            verdict=Verdict.CANNOT_TELL,
            slug="two-authorities-two-totals",
            text=f"{first.provider} prints {first.printed}, {other.provider} prints "
            f"{other.printed}; which of them holds cannot be told from here.",
            lifted_by="the official source",
            caveats=("two-authorities-two-totals",),
        )
    return Computed(
        lines=lines, objections=(objection,), caveats=objection.caveats, used=operands
    )


def _meet(a: Operand, b: Operand) -> bool:
    return a.span is not None and b.span is not None and a.span.meets(b.span)


def _defined_apart(operands: tuple[Operand, ...]) -> Objection | None:
    """Two definitions, units, scopes or periods are two quantities."""
    facts: list[tuple[str, set[object]]] = [
        ("definition", {o.definition for o in operands if o.premise}),
        ("counting unit", {o.unit for o in operands}),
        ("scope", {o.scopes for o in operands}),
        ("period", {o.period for o in operands}),
        ("area", {o.area for o in operands}),
    ]
    apart = [name for name, values in facts if len(values - {None, ()}) > 1]
    if not apart:
        return None
    return Objection(
        verdict=Verdict.REFUSED,
        slug="label-terminology-differs",
        text=f"The numbers are of two kinds: their {apart[0]} differs.",
        lifted_by="two numbers of one definition",
        caveats=("label-terminology-differs",),
    )


def cumulative(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """A number `so far`: does what it rests on reach over the whole time?"""
    summed = total(claim, claimed, operands)
    days = [o.period for o in summed.used if o.period is not None]
    if summed.span is None or not days:
        return summed
    first, last = min(d[0] for d in days), max(d[1] for d in days)
    stretches = claimed_stretches(claim)
    if any(s.days[0] >= first and s.days[1] <= last for s in stretches):
        return summed
    if n_days((first, last)) > 371 and not stretches:
        return summed
    objection = Objection(
        verdict=Verdict.CONTRADICTED,
        slug="annual-as-cumulative",
        text=f"The number is the result of {days_label((first, last))}, "
        "not of all the time up to then.",
        lifted_by="the results of the other years",
        caveats=("pooled-years",),
    )
    return Computed(
        span=summed.span,
        lines=summed.lines,
        objections=(objection,),
        caveats=("pooled-years",),
        used=summed.used,
    )


def existence(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """Something was recorded: one figure above zero shows it, none or zero does not."""
    counted = [o for o in operands if o.span is not None]
    if any(
        o.span is not None and o.span.low is not None and o.span.low > 0
        for o in counted
    ):
        lines = tuple(f"{place(o)}: {o.printed}" for o in counted[:6])
        return Computed(lines=lines, used=tuple(counted), span=counted[0].span)
    if not counted:
        return missing("figure", "operand-missing", "recorded-not-occurred")
    objection = Objection(
        verdict=Verdict.CANNOT_TELL,
        slug="zero-is-not-absence",
        text="A recorded zero shows neither that something happened nor that it did not.",
        lifted_by="another source",
        caveats=("zero-is-not-absence",),
    )
    return Computed(objections=(objection,), used=tuple(counted))


def cause(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """What caused what cannot be told from counts."""
    return Computed(
        objections=(
            Objection(
                verdict=Verdict.CANNOT_TELL,
                slug="no-cause-from-counts",
                text="What brought a number about cannot be told from counts.",
                lifted_by="a study made to tell causes",
                caveats=("detection-driven-change",),
            ),
        ),
        caveats=("detection-driven-change",),
        used=operands,
    )


KINDS: Mapping[ClaimKind, Arithmetic] = {
    ClaimKind.LEVEL: level,
    ClaimKind.SUM: total,
    ClaimKind.PARTS: parts,
    ClaimKind.SHARE: share,
    ClaimKind.RATIO: ratio,
    ClaimKind.RATE: rate,
    ClaimKind.CHANGE: change,
    ClaimKind.DIFFERENCE: difference,
    ClaimKind.PERCENT_OF_BASE: percent_of_base,
    ClaimKind.COMPARISON: comparison,
    ClaimKind.RANKING: ranking,
    ClaimKind.EQUALITY: equality,
    ClaimKind.CUMULATIVE: cumulative,
    ClaimKind.EXISTENCE: existence,
    ClaimKind.CAUSE: cause,
}
