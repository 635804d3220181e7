"""One number, a sum, a total beside its parts."""

from __future__ import annotations

from fractions import Fraction

from tallymark.interpret.claims.computed import (
    NOTHING,
    Computed,
    is_bounded_by,
    missing,
    named,
    no_points,
    place,
    say,
    unreadable,
)
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import ClaimedValue, Form
from tallymark.model.claim import Claim, Role
from tallymark.model.codes import Verdict


def level(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The number itself; several figures are no level, unless they agree."""
    if not operands:
        return missing("figure")
    if (gap := unreadable(operands)) is not None:
        return gap
    spans = list(dict.fromkeys(o.span for o in operands))
    if len(spans) > 1:
        said = ", ".join(f"{place(o)}: {o.printed}" for o in operands[:4])
        return Computed(
            objections=(
                Objection(
                    verdict=Verdict.CANNOT_TELL,
                    slug="several-figures",
                    text=f"The claim names {len(operands)} different figures ({said}).",
                    lifted_by="naming one of them, or calling the claim a sum",
                ),
            ),
            used=operands,
        )
    if claimed.form is Form.POINTS:
        return Computed(objections=(no_points(operands[0]),), used=operands)
    span = _as_form(operands[0].span or NOTHING, operands[0], claimed)
    if span is None:
        return Computed(objections=(_other_form(operands[0], claimed),), used=operands)
    return Computed(
        span=span,
        lines=(f"{place(operands[0])}: {operands[0].printed}",),
        is_bounded=is_bounded_by(operands),
        used=operands,
    )


def _as_form(span: Span, operand: Operand, claimed: ClaimedValue) -> Span | None:
    is_percent = operand.form is Form.PERCENT
    if claimed.form is Form.PERCENT and not is_percent:
        return None
    return span


def _other_form(operand: Operand, claimed: ClaimedValue) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="percent-of-a-count",
        text=f"The figure is a count ({operand.printed}), not a percentage "
        f"({claimed.text}).",
        lifted_by="the whole that the percentage is a share of",
    )


def total(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The sum of all operands; what is missing leaves it open above."""
    parts = tuple(o for o in operands if o.role not in (Role.TOTAL, Role.SIBLING))
    if not parts:
        return missing("figure")
    if any(o.figure.missing_reason == "UNREADABLE" for o in parts):
        return unreadable(parts) or missing("figure")
    summed = NOTHING
    for part in parts:
        summed += Span(Fraction(0), None) if part.span is None else part.span
    said = " + ".join(o.printed for o in parts)
    return Computed(
        span=summed,
        lines=(f"{said} = {say(summed)}",) if len(parts) > 1 else (said,),
        is_bounded=is_bounded_by(parts),
        used=parts,
    )


def parts(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """A total beside its parts: do they add up, and does it give a hidden one back?"""
    whole = next((o for o in operands if o.role == Role.TOTAL), None)
    summands = tuple(o for o in operands if o is not whole and o.role != Role.SIBLING)
    if whole is None or whole.span is None or not summands:
        return missing("total beside its parts")
    summed = total(claim, claimed, summands)
    if summed.span is None:
        return summed
    lines = (*summed.lines, f"total: {whole.printed}")
    hidden = [o for o in summands if o.is_suppressed]
    if (
        len(hidden) == 1
        and whole.span.is_point
        and not is_bounded_by([o for o in summands if o is not hidden[0]])
    ):
        rest = total(claim, claimed, tuple(o for o in summands if o is not hidden[0]))
        given = whole.span - (rest.span or NOTHING)
        lines = (*lines, f"{whole.printed} − {rest.lines[0]} = {say(given)}")
        return Computed(
            span=whole.span,
            lines=lines,
            used=(whole, *summands),
            objections=(_given_back(hidden[0], given),),
            caveats=("recoverable-by-subtraction",),
        )
    if summed.span.meets(whole.span):
        return Computed(
            span=whole.span,
            lines=lines,
            used=(whole, *summands),
            is_bounded=summed.is_bounded and not claimed.span,
        )
    return _not_adding_up(whole, summed.span, operands, (whole, *summands), lines)


def _given_back(hidden: Operand, given: Span) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="recoverable-by-subtraction",
        text=f"The hidden number ({hidden.printed}) is given back by subtraction: "
        f"it is {say(given)}.",
        lifted_by="hiding a second number, or the total",
        caveats=("recoverable-by-subtraction",),
    )


def _not_adding_up(
    whole: Operand,
    summed: Span,
    operands: tuple[Operand, ...],
    used: tuple[Operand, ...],
    lines: tuple[str, ...],
) -> Computed:
    gap = (whole.span or NOTHING) - summed
    lines = (*lines, f"difference: {say(gap)}")
    caveats: tuple[str, ...] = ()
    text = f"The parts come to {say(summed)}, the total is {whole.printed}."
    for other in operands:
        if (
            other.role == Role.SIBLING
            and other.span is not None
            and gap.meets(other.span)
        ):
            caveats = ("category-contains-other",)
            text += f" The difference is {other.printed}, which is {named(other)}."
    objection = Objection(
        verdict=Verdict.CONTRADICTED,
        slug="parts-do-not-add-up",
        text=text,
        lifted_by="the parts that are missing, or a total without the other category",
        caveats=caveats,
    )
    return Computed(lines=lines, objections=(objection,), caveats=caveats, used=used)
