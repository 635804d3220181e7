"""Shares, ratios and rates; and whether a base can give a percentage at all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tallymark.interpret.claims.computed import (
    NOTHING,
    Computed,
    is_bounded_by,
    missing,
    named,
    ordered,
    say,
    unreadable,
    zero_base,
)
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.totals import total
from tallymark.interpret.claims.value import ClaimedValue, Form
from tallymark.model.claim import Claim, Role
from tallymark.model.codes import Verdict
from tallymark.model.words import number_text


def share(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The part in percent of the whole."""
    wholes = [o for o in operands if o.role in (Role.WHOLE, Role.BASE)]
    others = [o for o in operands if o not in wholes]
    if len(wholes) > 1:
        return _ambiguous(claimed, wholes)
    if not wholes and len(operands) == 2:
        others, wholes = [operands[0]], [operands[1]]
    if not wholes:
        return missing(
            "whole that this is a share of",
            "percent-without-base",
            "percent-without-base",
        )
    if not others or (len(others) == 1 and others[0].form is Form.PERCENT):
        return percent_of_base(claim, claimed, operands)
    if (gap := unreadable([*others, *wholes])) is not None:
        return gap
    part = others[0] if len(others) == 1 else None
    above = total(claim, claimed, tuple(others)).span or NOTHING
    used = (part or others[0], wholes[0])
    return _quotient(above, wholes[0], used, 100, "%")


def _ambiguous(claimed: ClaimedValue, wholes: Sequence[Operand]) -> Computed:
    lines = []
    for whole in wholes:
        if claimed.span is not None and whole.span is not None:
            of = claimed.span.times(Fraction(1, 100)) * whole.span
            lines.append(f"{claimed.text} of {whole.printed} would be {say(of)}")
    names = " or ".join(named(o) for o in wholes)
    objection = Objection(
        verdict=Verdict.CANNOT_TELL,
        slug="percent-of-ambiguous-whole",
        text=f"It is not clear what the percentage is a share of: {names}.",
        lifted_by="the whole, from the source",
        caveats=("percent-of-ambiguous-whole", "percent-without-base"),
    )
    return Computed(
        lines=tuple(lines),
        objections=(objection,),
        caveats=objection.caveats,
        used=tuple(wholes[:1]),
    )


def _quotient(
    above: Span, below: Operand, used: tuple[Operand, ...], scale: int, unit: str
) -> Computed:
    found = above.over(below.span or NOTHING)
    if found is None:
        return Computed(objections=(zero_base(),), used=used)
    result = found.times(Fraction(scale))
    sign = f"{used[0].printed} ÷ {below.printed}"
    scaled = f" × {scale:,}" if scale != 1 else ""
    line = f"{sign}{scaled} = {say(result)}{f' {unit}' if unit else ''}"
    return Computed(
        span=result, lines=(line,), is_bounded=is_bounded_by(used), used=used
    )


def ratio(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The first number over the second."""
    two = ordered(operands, Role.FIRST, Role.SECOND)
    if len(two) < 2:
        return missing("second figure")
    if (gap := unreadable(two)) is not None:
        return gap
    percent = claimed.form is Form.PERCENT
    return _quotient(
        two[0].span or NOTHING,
        two[1],
        two,
        100 if percent else 1,
        "%" if percent else "",
    )


def rate(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """The count per 100,000 of the population."""
    two = ordered(operands, Role.COUNT, Role.POPULATION)
    if len(two) < 2:
        return missing("population")
    if (gap := unreadable(two)) is not None:
        return gap
    return _quotient(two[0].span or NOTHING, two[1], two, 100_000, "per 100,000")


def percent_of_base(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> Computed:
    """Can a whole number out of the base give the percentage as printed?"""
    base = next((o for o in operands if o.role in (Role.BASE, Role.WHOLE)), None)
    quoted = next((o for o in operands if o.form is Form.PERCENT), None)
    if base is None and len(operands) == 1 and operands[0].form is not Form.PERCENT:
        base = operands[0]
    if base is None or base.span is None or base.span.low is None:
        return missing(
            "base of the percentage", "percent-without-base", "percent-without-base"
        )
    percent = claimed.span if claimed.form is Form.PERCENT else None
    percent = percent or (None if quoted is None else quoted.span)
    used = tuple(o for o in (quoted, base) if o is not None)
    if percent is None or percent.low is None or percent.high is None:
        return missing("percentage")
    n = int(base.span.low)
    if n == 0:
        return Computed(objections=(zero_base(),), used=used)
    least = -(-percent.low * n // 100)
    lines = tuple(
        f"{k:,} ÷ {n:,} = {number_text(round(100 * k / n, 2))} %"
        for k in (int(least) - 1, int(least))
        if 0 <= k <= n
    )
    text = (
        claimed.text if claimed.span is not None else quoted.printed if quoted else ""
    )
    if 100 * Fraction(least) / n <= percent.high:
        return Computed(span=percent, lines=lines[-1:], used=used)
    objection = Objection(
        verdict=Verdict.CONTRADICTED,
        slug="percent-not-from-base",
        text=f"No whole number out of {n:,} gives {text}.",
        lifted_by="the base of this very percentage",
        caveats=("percent-without-base",),
    )
    return Computed(
        lines=lines, objections=(objection,), caveats=objection.caveats, used=used
    )
