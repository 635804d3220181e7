"""From one number to a later one, and the difference of two."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from tallymark.interpret.claims.computed import (
    NOTHING,
    Computed,
    is_bounded_by,
    missing,
    no_points,
    ordered,
    say,
    unreadable,
    zero_base,
)
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import ClaimedValue, Form, direction_of
from tallymark.model.claim import Claim, Role
from tallymark.model.codes import Verdict


def change(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """From the earlier number to the later one, in the form the claim is put in."""
    before, after = _ends(operands)
    if not before or not after:
        small = ("small-count-percent",) if claimed.form is Form.PERCENT else ()
        return missing("count of both periods", "operand-missing", *small)
    if (gap := unreadable([*before, *after])) is not None:
        return gap
    candidates = [_change(claimed, a, b) for a, b in product(before, after)]
    chosen = next(
        (c for c in candidates if change_fits(claim, claimed, c)), candidates[0]
    )
    if len(candidates) == 1:
        return chosen
    return Computed(
        **{
            **vars(chosen),
            "lines": tuple(dict.fromkeys(line for c in candidates for line in c.lines)),
            "caveats": (*chosen.caveats, "figure-restated"),
        }
    )


def _ends(
    operands: tuple[Operand, ...],
) -> tuple[tuple[Operand, ...], tuple[Operand, ...]]:
    by_role = [
        tuple(o for o in operands if o.role == role)
        for role in (Role.EARLIER, Role.LATER)
    ]
    if all(by_role):
        return by_role[0], by_role[1]
    days = sorted({o.period for o in operands if o.period is not None})
    if len(days) > 1 and all(o.period for o in operands):
        return (
            tuple(o for o in operands if o.period == days[0]),
            tuple(o for o in operands if o.period == days[-1]),
        )
    if len(operands) == 2:
        return operands[:1], operands[1:]
    return (), ()


def _change(claimed: ClaimedValue, a: Operand, b: Operand) -> Computed:
    before, after = a.span or NOTHING, b.span or NOTHING
    moved = after - before
    used, bounded = (a, b), is_bounded_by((a, b))
    lines: tuple[str, ...] = (f"{b.printed} − {a.printed} = {say(moved)}",)
    sign = None
    if moved.low is not None and moved.low > 0:
        sign = 1
    elif moved.high is not None and moved.high < 0:
        sign = -1
    elif moved.is_point:
        sign = 0
    objections: tuple[Objection, ...] = ()
    relative = _relative(before, after)
    if _is_points_called_percent(claimed, a, b):
        objections = (_points_called_percent(claimed),)
    if relative is not None:
        lines = (*lines, f"{b.printed} ÷ {a.printed} − 1 = {say(relative)} %")
    span: Span | None = moved
    if claimed.form is Form.POINTS and Form.PERCENT not in (a.form, b.form):
        objections, span = (no_points(b),), None
    elif claimed.form is Form.PERCENT and claimed.span is not None:
        span = relative
        objections = objections if relative is not None else (zero_base(),)
    elif claimed.form is Form.FACTOR:
        span = after.over(before)
        objections = () if span is not None else (zero_base(),)
    return Computed(
        span=span,
        lines=lines,
        objections=objections,
        sign=sign,
        is_bounded=bounded,
        is_quotient=claimed.span is not None
        and claimed.form in (Form.PERCENT, Form.FACTOR),
        used=used,
    )


def _is_points_called_percent(claimed: ClaimedValue, a: Operand, b: Operand) -> bool:
    """Say whether a change in points of two percentages is given out as one in percent."""
    if claimed.form is not Form.PERCENT or claimed.span is None:
        return False
    if a.form is not Form.PERCENT or b.form is not Form.PERCENT:
        return False
    before, after = (_middle(o.span) for o in (a, b))
    points = after - before
    relative = 100 * points / before if before else points
    size = Span.exactly(abs(points))
    return claimed.span.meets(size) and not claimed.span.meets(
        Span.exactly(abs(relative))
    )


def _middle(span: Span | None) -> Fraction:
    if span is None or span.low is None or span.high is None:
        return Fraction(0)
    return (span.low + span.high) / 2


def _points_called_percent(claimed: ClaimedValue) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="points-called-percent",
        text=f"From one percentage to the other it is {claimed.text} in percentage "
        "points, not in percent.",
        lifted_by="saying percentage points",
    )


def _relative(before: Span, after: Span) -> Span | None:
    if before.low in (None, 0):
        return None
    found = after.over(before)
    if found is None:
        return None
    return (found - Span.exactly(Fraction(1))).times(Fraction(100))


def change_fits(claim: Claim, claimed: ClaimedValue, computed: Computed) -> bool:
    """Say whether a change may be the claimed one, in size, ends and direction."""
    if computed.span is None:
        return False
    return not change_faults(claimed, computed, wanted_direction(claim, claimed))


def wanted_direction(claim: Claim, claimed: ClaimedValue) -> int | None:
    """Return the direction that a claim tells of, by its field, its value or its words."""
    if claim.direction is not None:
        return 1 if claim.direction == "up" else -1
    return claimed.direction or direction_of(claim.text)


def change_faults(
    claimed: ClaimedValue, computed: Computed, direction: int | None
) -> list[str]:
    """Return, in words, what in a claimed change the numbers rule out."""
    faults = []
    earlier, later = (o.span or NOTHING for o in computed.used[:2])
    a, b = (o.printed for o in computed.used[:2])
    if claimed.earlier is not None and not claimed.earlier.meets(earlier):
        faults.append(f"the earlier number is {a}")
    if claimed.later is not None and not claimed.later.meets(later):
        faults.append(f"the later number is {b}")
    if (
        direction is not None
        and computed.sign is not None
        and (computed.sign != direction)
    ):
        way = {1: "rose", -1: "fell", 0: "is the same in both"}[computed.sign]
        faults.append(f"the recorded number {way}, from {a} to {b}")
    if claimed.span is not None and computed.span is not None:
        size = computed.span
        if claimed.form is not Form.FACTOR and size.high is not None and size.high < 0:
            size = -size
        if not claimed.span.meets(size):
            unit = "" if claimed.form in (Form.NUMBER, Form.FACTOR) else " %"
            shown = "points" if claimed.form is Form.POINTS else ""
            faults.append(
                f"the change is {say(computed.span)}{unit and (' ' + (shown or '%'))}, "
                f"not “{claimed.text}”"
            )
    return faults


def difference(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The first number less the second one."""
    two = ordered(operands, Role.FIRST, Role.SECOND)
    if len(two) < 2:
        return missing("second figure")
    if (gap := unreadable(two)) is not None:
        return gap
    if claimed.form is Form.POINTS and Form.PERCENT not in (two[0].form, two[1].form):
        return Computed(objections=(no_points(two[0]),), used=two)
    found = (two[0].span or NOTHING) - (two[1].span or NOTHING)
    line = f"{two[0].printed} − {two[1].printed} = {say(found)}"
    if (
        claimed.relation
        and found.is_point
        and found.low
        and ((found.low > 0) != (claimed.relation > 0))
    ):
        objection = Objection(
            verdict=Verdict.CONTRADICTED,
            slug="arithmetic",
            text=f"{line}: the numbers say otherwise.",
        )
        return Computed(lines=(line,), objections=(objection,), used=two)
    if found.high is not None and found.high < 0:
        found = -found
    return Computed(span=found, lines=(line,), is_bounded=is_bounded_by(two), used=two)
