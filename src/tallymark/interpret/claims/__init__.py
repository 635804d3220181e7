"""Claims held to figures: supported, contradicted, refused, or it cannot be told.

Three questions are asked of each claim, and the gravest answer is its verdict: can the
numbers come to what it says, does it call them what they are, may they be used so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction

import pyarrow as pa

from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.chance.pairs import (
    METHOD,
    Counted,
    Pair,
    confidence_text,
    pair_statement,
)
from tallymark.interpret.chance.words import times_text, words
from tallymark.interpret.claims.changes import change_faults, wanted_direction
from tallymark.interpret.claims.computed import Computed, named, say
from tallymark.interpret.claims.naming import naming_objections
from tallymark.interpret.claims.objections import GRAVITY, Objection, subjects
from tallymark.interpret.claims.operands import (
    Evidence,
    Operand,
    operands_of,
)
from tallymark.interpret.claims.premises import quoted_figures, with_quoted
from tallymark.interpret.claims.relations import KINDS
from tallymark.interpret.claims.said_with import said_with
from tallymark.interpret.claims.uses import use_objections
from tallymark.interpret.claims.value import (
    ClaimedValue,
    Form,
    counted_value,
    read_value,
)
from tallymark.interpret.claims.wording import wording
from tallymark.model.claim import (
    Claim,
    ClaimDocument,
    ClaimKind,
    ClaimReport,
    ClaimResult,
)
from tallymark.model.codes import Verdict
from tallymark.model.context import Reference
from tallymark.model.period import period_label
from tallymark.model.statement import ChanceInterval, Statement
from tallymark.model.statement import Operand as Named
from tallymark.stats.rate_ratio import exact_conditional

_WITHOUT_VALUE = frozenset(
    {
        ClaimKind.PARTS, ClaimKind.EQUALITY, ClaimKind.EXISTENCE, ClaimKind.CAUSE,
        ClaimKind.PERCENT_OF_BASE, ClaimKind.RANKING,
    }
)  # fmt: skip
_COUNTS = (ClaimKind.LEVEL, ClaimKind.SUM, ClaimKind.PARTS, ClaimKind.CUMULATIVE)
_CONFIDENCE = 0.95
_STEADY = ("stable", "steady", "constant")
_STILL = re.compile(r"\b(?:unchanged|no change|same|stable|steady|constant)\b")
"""Words that say that a number did not move."""
_NO_NUMBER = Objection(
    verdict=Verdict.CANNOT_TELL,
    slug="no-number-claimed",
    text="The claim gives no number that could be held to the figures.",
    lifted_by="the number",
)
_DETECTABLE_UP_TO = 500
"""Counts up to which the smallest change that could be told from chance is worked out;
above, it is a few percent."""
_MOST_DIGITS = 8
_SUPPORTED = "The numbers come to what the claim says."


def judge_claims(
    document: ClaimDocument,
    figures: pa.Table | None,
    catalogue: Catalogue,
    reference: Reference,
    file: str,
) -> ClaimReport:
    """Return what the claims of a document come to, on figures and on quoted numbers.

    Raises:
        DocumentError: a claim selects figures that are not there.
    """
    known = with_quoted(reference, document.sources)
    evidence = Evidence(
        figures=figures,
        catalogue=catalogue,
        reference=known,
        sources=document.sources,
        quoted=quoted_figures(document.claims, catalogue, known),
    )
    rests_on, problems = [], []
    for i, claim in enumerate(document.claims):
        try:
            rests_on.append((claim, operands_of(claim, evidence)))
        except UsageError as error:
            problems.append(Problem(str(error), f"$.claims[{i}] ({claim.id})"))
    if problems:
        raise DocumentError(file, problems)
    results = [
        judge(claim, operands, evidence, said, file)
        for (claim, operands), said in zip(
            rests_on, said_with(rests_on, evidence), strict=True
        )
    ]
    beside = {
        slug
        for result in results
        if result.statement is not None
        for slug in result.statement.caveats
    }
    return ClaimReport(
        title=document.title or file,
        results=tuple(results),
        caveats={
            slug: catalogue.caveats[slug] for slug in catalogue.heaviest_first(beside)
        },
    )


def judge(
    claim: Claim,
    operands: tuple[Operand, ...],
    evidence: Evidence,
    said: Collection[str],
    file: str,
) -> ClaimResult:
    """Return what a claim comes to, with its arithmetic and what must stand beside it.

    `said` are the caveats of what is said, from `said_with`.
    """
    if claim.kind == ClaimKind.WORDING:
        return ClaimResult(claim=claim, file=file, statement=None)
    claimed = ClaimedValue(text="") if claim.value is None else read_value(claim.value)
    claimed = _as_meant(claim, claimed, operands)
    computed = KINDS[claim.kind](claim, claimed, operands)
    by_use, caveats = use_objections(claim, computed, operands, evidence, said)
    objections = [
        *computed.objections,
        *_value_objections(claim, claimed, computed),
        *_said_also(claim, claimed.also, operands),
        *naming_objections(claim, operands),
        *by_use,
    ]
    objections = sorted(
        dict.fromkeys(objections), key=lambda o: GRAVITY.index(o.verdict)
    )
    beside = evidence.catalogue.heaviest_first(
        {*caveats, *(slug for o in objections for slug in o.caveats)}
    )
    chance = _chance(claim, computed)
    verdict = objections[0].verdict if objections else Verdict.SUPPORTED
    return ClaimResult(
        claim=claim,
        file=file,
        statement=Statement(
            verdict=verdict,
            text=objections[0].text if objections else _SUPPORTED,
            interval=None if chance is None else chance.interval,
            detectable=None if chance is None else chance.detectable,
            tipping_ratio=None if chance is None else chance.tipping_ratio,
            reasons=tuple(o.reason for o in objections),
            caveats=beside,
            operands=tuple(_named(o) for o in operands),
            wording=wording(
                claim if verdict is not Verdict.REFUSED else None,
                computed,
                beside,
                evidence.catalogue,
            ),
        ),
        arithmetic=computed.lines,
        chance=None if chance is None else chance.text,
        sources=tuple(dict.fromkeys(o.source for o in operands if o.source)),
    )


def _said_also(
    claim: Claim, also: ClaimedValue | None, operands: tuple[Operand, ...]
) -> Iterator[Objection]:
    """Hold the second form of a number to the figures: `by 1,646, or 12.9 %`."""
    if also is None or claim.kind not in (ClaimKind.CHANGE, ClaimKind.SHARE):
        return
    if claim.kind == ClaimKind.SHARE and also.form is Form.NUMBER:  # `73, or 9.5 %`
        operands = subjects(claim, operands)
        claim = replace(claim, kind=ClaimKind.SUM)
    also = _as_meant(claim, also, operands)
    computed = KINDS[claim.kind](claim, also, operands)
    yield from computed.objections
    yield from _value_objections(claim, also, computed)


def _as_meant(
    claim: Claim, claimed: ClaimedValue, operands: tuple[Operand, ...]
) -> ClaimedValue:
    """Read a number by its kind: a change that is no whole number is meant in percent."""
    are_counts = all(o.figure.type["statistic"] == "COUNT" for o in operands)
    if claim.kind in _COUNTS and are_counts:
        return counted_value(claimed)
    is_part = claimed.form is Form.PERCENT and claimed.span is not None
    if claim.kind == ClaimKind.RATE and is_part and claimed.span is not None:
        span = claimed.span.times(Fraction(1000))  # one in 1,100 people
        return replace(claimed, form=Form.NUMBER, span=span)
    if claim.kind not in (ClaimKind.CHANGE, ClaimKind.SHARE):
        return claimed
    also = claimed.also
    if claim.kind == ClaimKind.SHARE and also and also.form is Form.PERCENT:
        return replace(also, also=replace(claimed, also=None))
    if claimed.form is not Form.NUMBER or claimed.span is None:
        return claimed
    ends = [end for end in (claimed.span.low, claimed.span.high) if end is not None]
    is_whole = (sum(ends, Fraction(0)) / len(ends)).denominator == 1
    if any(o.form is Form.PERCENT for o in operands) or (
        is_whole and claim.kind == ClaimKind.CHANGE
    ):
        return claimed
    span, is_fraction = claimed.span, "." in claimed.text
    if claim.kind == ClaimKind.SHARE and is_fraction and (span.high or 2) <= 1:
        span = span.times(Fraction(100))  # 0.85, not 85 %
    return replace(claimed, form=Form.PERCENT, span=span)


def _value_objections(
    claim: Claim, claimed: ClaimedValue, computed: Computed
) -> Iterator[Objection]:
    if claimed.is_unreadable:
        yield Objection(
            verdict=Verdict.CANNOT_TELL,
            slug="number-unreadable",
            text=f"“{claimed.text}” cannot be read as one number.",
            lifted_by="the number from its source",
        )
    elif claim.kind == ClaimKind.CHANGE:
        yield from _change_objections(claim, claimed, computed)
    elif claimed.span is not None:
        yield from _size_objections(claim, claimed, computed)
    elif not (computed.objections or _needs_no_number(claim, claimed)):
        yield _NO_NUMBER


def _needs_no_number(claim: Claim, claimed: ClaimedValue) -> bool:
    if claim.kind == ClaimKind.COMPARISON:
        return claimed.relation is not None
    return claim.kind in _WITHOUT_VALUE


def _change_objections(
    claim: Claim, claimed: ClaimedValue, computed: Computed
) -> Iterator[Objection]:
    if len(computed.used) != 2 or any(o.span is None for o in computed.used):
        return
    direction = wanted_direction(claim, claimed)
    if still := _STILL.search(claimed.text.lower()):
        yield from _still_objections(computed, still[0])
        return
    if direction is None and not (claimed.span or claimed.earlier or claimed.later):
        yield _NO_NUMBER
        return
    faults = change_faults(claimed, computed, direction)
    if faults:
        text = "; ".join(faults)
        yield _contradicted(f"{text[:1].upper()}{text[1:]}.")
    elif computed.is_bounded and not _is_certain(claimed, computed, direction):
        yield _too_wide(computed)


def _still_objections(computed: Computed, word: str) -> Iterator[Objection]:
    """Two equal counts are two equal counts; that nothing changed is never said."""
    if computed.sign == 0:
        return
    if word in _STEADY:
        yield Objection(
            verdict=Verdict.CANNOT_TELL,
            slug="not-detectable",
            text="Counts do not show that nothing changed.",
            lifted_by="giving the two numbers instead",
        )
    else:
        a, b = (o.printed for o in computed.used)
        yield _contradicted(f"The numbers are {a} and {b}.")


def _is_certain(
    claimed: ClaimedValue, computed: Computed, direction: int | None
) -> bool:
    if direction is not None and computed.sign is None:
        return False
    return (
        claimed.span is None
        or computed.span is None
        or claimed.span.holds(computed.span)
        or claimed.span.holds(-computed.span)
    )


def _size_objections(
    claim: Claim, claimed: ClaimedValue, computed: Computed
) -> Iterator[Objection]:
    span = claimed.span
    if computed.span is None or span is None or claim.kind == ClaimKind.RANKING:
        return
    if not span.meets(computed.span):
        yield _contradicted(
            f"The numbers come to {say(computed.span)}, not “{claimed.text}”."
        )
    elif computed.is_bounded and not span.holds(computed.span):
        yield _too_wide(computed)


def _contradicted(text: str) -> Objection:
    return Objection(
        verdict=Verdict.CONTRADICTED,
        slug="arithmetic",
        text=text,
    )


def _too_wide(computed: Computed) -> Objection:
    known = "" if computed.span is None else f": it is {say(computed.span)}"
    return Objection(
        verdict=Verdict.CANNOT_TELL,
        slug="bounds-too-wide",
        text=f"The number is not known closely enough to tell{known}.",
        lifted_by="the exact numbers",
    )


def _chance(claim: Claim, computed: Computed) -> Statement | None:
    """What chance alone could do to a change in counts; null for anything else."""
    if claim.kind != ClaimKind.CHANGE or len(computed.used) != 2:
        return None
    earlier, later = (_count(o) for o in computed.used)
    if earlier is None or later is None or not earlier.events + later.events:
        return None
    if min(earlier.events, later.events) <= _DETECTABLE_UP_TO:
        pair = Pair(first=later, second=earlier, is_change=True, is_rate=False)
        subject = words().subject(computed.used[1].figure)
        return pair_statement(pair, subject, _CONFIDENCE, words(), ())
    found = exact_conditional(later.events, earlier.events, confidence=_CONFIDENCE)
    low, high = float(found.low), float(found.high)
    say_it = words()
    label = say_it.word("label", confidence=confidence_text(_CONFIDENCE))
    said = {name: times_text(value) for name, value in (("low", low), ("high", high))}
    digits = 2
    while said["low"] == said["high"] and low < high and digits < _MOST_DIGITS:
        digits += 1  # of large counts the two ends lie close together
        said = {"low": f"{low:.{digits}g}", "high": f"{high:.{digits}g}"}
    said["high"] = say_it.word("times", number=said["high"])
    return Statement(
        verdict=Verdict.SUPPORTED,
        text=say_it.say("between", **said, label=label),
        interval=ChanceInterval(low, high, _CONFIDENCE, METHOD),
    )


def _count(operand: Operand) -> Counted | None:
    type_, span = operand.figure.type, operand.span
    if type_["statistic"] != "COUNT" or span is None or not span.is_point:
        return None
    period = type_["time_period"]
    name = "" if period is None else period_label(str(period))
    return Counted(float(span.low or 0), 1.0, name, operand.printed)


def _named(operand: Operand) -> Named:
    value = operand.figure.value
    return Named(named(operand), float("nan") if value is None else value)
