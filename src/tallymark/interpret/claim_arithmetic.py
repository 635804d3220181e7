"""The arithmetic of claims: what the numbers a claim rests on come to, exactly.

Each kind of claim has one function, named in `KINDS`. Rounding and gaps are kept as
spans, so that a number is contradicted only where no number behind it could give it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tallymark.interpret.chance_words import area_names
from tallymark.interpret.claim_objections import Objection
from tallymark.interpret.claim_operands import Operand
from tallymark.interpret.claim_span import Span
from tallymark.interpret.claim_value import ClaimedValue, Form, direction_of
from tallymark.model.claim import Claim, ClaimKind, Role
from tallymark.model.codes import Verdict
from tallymark.model.period import period_label
from tallymark.model.words import number_text

_NOTHING = Span.exactly(Fraction(0))


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
        return Computed(objections=(_points(operands[0]),), used=operands)
    span = _as_form(operands[0].span or _NOTHING, operands[0], claimed)
    if span is None:
        return Computed(objections=(_other_form(operands[0], claimed),), used=operands)
    return Computed(
        span=span,
        lines=(f"{place(operands[0])}: {operands[0].printed}",),
        is_bounded=_is_bounded(operands),
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


def _points(operand: Operand) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="points-of-a-count",
        text=f"{operand.printed} is a count, and a count has no percentage points."
        if operand.form is not Form.PERCENT
        else "A percentage is not a number of percentage points.",
        lifted_by="the change in percent",
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
    summed = _NOTHING
    for part in parts:
        summed += Span(Fraction(0), None) if part.span is None else part.span
    said = " + ".join(o.printed for o in parts)
    return Computed(
        span=summed,
        lines=(f"{said} = {say(summed)}",) if len(parts) > 1 else (said,),
        is_bounded=_is_bounded(parts),
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
        and not _is_bounded([o for o in summands if o is not hidden[0]])
    ):
        rest = total(claim, claimed, tuple(o for o in summands if o is not hidden[0]))
        given = whole.span - (rest.span or _NOTHING)
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
    gap = (whole.span or _NOTHING) - summed
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
    above = total(claim, claimed, tuple(others)).span or _NOTHING
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
    found = above.over(below.span or _NOTHING)
    if found is None:
        return Computed(objections=(_zero_base(),), used=used)
    result = found.times(Fraction(scale))
    sign = f"{used[0].printed} ÷ {below.printed}"
    scaled = f" × {scale:,}" if scale != 1 else ""
    line = f"{sign}{scaled} = {say(result)}{f' {unit}' if unit else ''}"
    return Computed(span=result, lines=(line,), is_bounded=_is_bounded(used), used=used)


def _zero_base() -> Objection:
    return Objection(
        verdict=Verdict.REFUSED,
        slug="base-is-zero",
        text="There is no quotient with zero as its base.",
        lifted_by="giving the two numbers instead",
        caveats=("base-is-zero",),
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
        two[0].span or _NOTHING,
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
    return _quotient(two[0].span or _NOTHING, two[1], two, 100_000, "per 100,000")


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
    before, after = a.span or _NOTHING, b.span or _NOTHING
    moved = after - before
    used, bounded = (a, b), _is_bounded((a, b))
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
        objections, span = (_points(b),), None
    elif claimed.form is Form.PERCENT and claimed.span is not None:
        span = relative
        objections = objections if relative is not None else (_zero_base(),)
    elif claimed.form is Form.FACTOR:
        span = after.over(before)
        objections = () if span is not None else (_zero_base(),)
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
    earlier, later = (o.span or _NOTHING for o in computed.used[:2])
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
        return Computed(objections=(_points(two[0]),), used=two)
    found = (two[0].span or _NOTHING) - (two[1].span or _NOTHING)
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
    return Computed(span=found, lines=(line,), is_bounded=_is_bounded(two), used=two)


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
        return Computed(objections=(_zero_base(),), used=used)
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
        if span.high - span.low <= max(abs(span.high), 1) / Fraction(200):
            return number_text(round(float((span.low + span.high) / 2), 2))
        return f"{number_text(round(float(span.low), 2))} to " + number_text(
            round(float(span.high), 2)
        )
    if span.low is not None:
        return f"{number_text(round(float(span.low), 2))} or more"
    if span.high is not None:
        return f"{number_text(round(float(span.high), 2))} or less"
    return "unknown"


def _is_bounded(operands: Sequence[Operand]) -> bool:
    return any(
        o.span is None or not (o.span.is_point or o.is_rounded) for o in operands
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
}
