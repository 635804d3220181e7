"""What the numbers of a claim come to, and how that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallymark.interpret.chance.words import area_names
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.span import Span
from tallymark.interpret.claims.value import ClaimedValue, Form
from tallymark.model.claim import Claim, Role
from tallymark.model.codes import Verdict
from tallymark.model.period import period_label
from tallymark.model.words import number_text

NOTHING = Span.exactly(Fraction(0))


@dataclass(frozen=True, kw_only=True)
class Computed:
    """What a claim's numbers come to: the span, in the form the claim is put in.

    `span` is null where nothing can be worked out. `sign` is the direction of a change.
    """

    span: Span | None = None
    lines: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    caveats: tuple[str, ...] = ()
    sign: int | None = None
    is_bounded: bool = False
    """Whether something unknown, and not rounding alone, widens the span."""
    is_quotient: bool = True
    """Whether the claim divides by one of its numbers."""
    used: tuple[Operand, ...] = ()
    """The operands that went in, the earlier, the part or the first one first."""


Arithmetic = Callable[[Claim, ClaimedValue, tuple[Operand, ...]], Computed]


def missing(what: str, slug: str = "operand-missing", *caveats: str) -> Computed:
    """Return that something is missing without which nothing can be worked out."""
    return Computed(
        objections=(
            Objection(
                verdict=Verdict.CANNOT_TELL,
                slug=slug,
                text=f"The {what} is not given.",
                lifted_by=f"the {what}",
                caveats=caveats,
            ),
        ),
        caveats=caveats,
    )


def unreadable(operands: Sequence[Operand]) -> Computed | None:
    """Return what is said where an operand has no number; null if all have one."""
    for operand in operands:
        if operand.span is not None:
            continue
        if operand.figure.missing_reason == "UNREADABLE":
            text = f"{operand.printed!r} cannot be read as one number."
            slug, lift = "number-unreadable", "the number from its source"
        else:
            text = f"There is no number for {place(operand)}."
            slug, lift = "missing-not-zero", "the number from its source"
        caveats = ("missing-not-zero",) if slug == "missing-not-zero" else ()
        objection = Objection(
            verdict=Verdict.CANNOT_TELL,
            slug=slug,
            text=text,
            lifted_by=lift,
            caveats=caveats,
        )
        return Computed(objections=(objection,), used=tuple(operands))
    return None


def zero_base() -> Objection:
    """Return that nothing is divided by zero."""
    return Objection(
        verdict=Verdict.REFUSED,
        slug="base-is-zero",
        text="There is no quotient with zero as its base.",
        lifted_by="giving the two numbers instead",
        caveats=("base-is-zero",),
    )


def no_points(operand: Operand) -> Objection:
    """Return that what is no change of a percentage has no percentage points."""
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="points-of-a-count",
        text=f"{operand.printed} is a count, and a count has no percentage points."
        if operand.form is not Form.PERCENT
        else "A percentage is not a number of percentage points.",
        lifted_by="the change in percent",
    )


def ordered(
    operands: tuple[Operand, ...], first: Role, second: Role
) -> tuple[Operand, ...]:
    """Return two operands by their roles, or else in the order they are named."""
    one = [o for o in operands if o.role == first]
    two = [o for o in operands if o.role == second]
    free = [o for o in operands if o.role not in (first, second)]
    chosen = (one or free[:1]) + (two or free[0 if one else 1 :][:1])
    return tuple(chosen[:2])


def place(operand: Operand) -> str:
    """Return where and when an operand counts, in short: `Kenya, 2019`."""
    area, period = operand.area, operand.figure.type["time_period"]
    parts = [] if area is None else [area_names().get(area, area)]
    parts += [] if period is None else [period_label(str(period))]
    label = operand.premise.label if operand.premise else None
    return ", ".join(parts) or label or operand.source


def named(operand: Operand) -> str:
    """Return what the source calls an operand, or where and when it counts."""
    label = operand.premise.label if operand.premise else None
    return label or place(operand)


def say(span: Span) -> str:
    """Return a span as it is printed: `12.87`, `82.53 to 100.1`, `more than 82.5`."""
    if span.low is not None and span.high is not None:
        if span.high - span.low <= max(abs(span.high), Fraction(1)) / 200:
            return number_text(round(float((span.low + span.high) / 2), 2))
        return f"{number_text(round(float(span.low), 2))} to " + number_text(
            round(float(span.high), 2)
        )
    if span.low is not None:
        return f"{number_text(round(float(span.low), 2))} or more"
    if span.high is not None:
        return f"{number_text(round(float(span.high), 2))} or less"
    return "unknown"


def is_bounded_by(operands: Sequence[Operand]) -> bool:
    """Say whether something unknown, not rounding alone, lies in these numbers."""
    return any(
        o.span is None or not (o.span.is_point or o.is_rounded) for o in operands
    )
