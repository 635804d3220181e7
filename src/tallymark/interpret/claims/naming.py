"""Does a claim call things what its figures call them: unit, stage, scope, area, period?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallymark.interpret.claims.named import area_codes, claimed_stretches
from tallymark.interpret.claims.objections import Objection, subjects
from tallymark.interpret.claims.operands import Operand
from tallymark.interpret.claims.periods import (
    Days,
    Stretch,
    days_label,
    is_calendar_year,
    is_year_long,
    n_days,
)
from tallymark.model.claim import Claim, ClaimKind
from tallymark.model.codes import Calendar, Verdict
from tallymark.model.words import code_words

_STANDING_FOR = {
    "CSEA": "csea-standing-for-ocsea",
    "SEXUAL_OFFENCES_ALL_AGES": "all-ages-standing-for-children",
    "TRAFFICKING": "trafficking-standing-for-ocsea",
}
"""The caveat of a scope that is given out for a narrower one."""

_STRETCHED = frozenset(
    {
        ClaimKind.SUM, ClaimKind.CHANGE, ClaimKind.DIFFERENCE, ClaimKind.RANKING,
        ClaimKind.CUMULATIVE, ClaimKind.COMPARISON, ClaimKind.EXISTENCE, ClaimKind.PARTS,
    }
)  # fmt: skip
"""Kinds whose period may be put together from the periods of several figures."""


def naming_objections(
    claim: Claim, operands: tuple[Operand, ...]
) -> Iterator[Objection]:
    """Yield what a claim calls otherwise than the figures it rests on."""
    named = subjects(claim, operands)
    yield from _once(o for operand in named for o in _unit(claim, operand))
    yield from _once(o for operand in named for o in _stage(claim, operand))
    yield from _once(o for operand in named for o in _scope(claim, operand))
    if claim.kind != ClaimKind.RANKING:  # there they tell which figure is ranked
        yield from _once(o for operand in named for o in _area(claim, operand))
        yield from _once(_period(claim, named))
    yield from _once(o for operand in named for o in _provider(claim, operand))


def _once(objections: Iterable[Objection]) -> list[Objection]:
    return list(dict.fromkeys(objections))


def _unit(claim: Claim, operand: Operand) -> Iterator[Objection]:
    if claim.unit is None or operand.unit == claim.unit:
        return
    if operand.unit is None:
        if operand.figure.type["statistic"] == "COUNT":
            yield Objection(
                verdict=Verdict.CANNOT_TELL,
                slug="unit-not-stated",
                text="The source does not say what one unit of the count is.",
                lifted_by="the counting unit, from the source",
                caveats=("unit-not-stated",),
            )
        return
    is_report = operand.unit in ("REPORT", "IP_ADDRESS")
    slug = "report-not-case" if is_report else "unit-mismatch"
    yield Objection(
        verdict=Verdict.CONTRADICTED,
        slug=slug,
        text=f"The figure counts {code_words(operand.unit)}, "
        f"not {code_words(claim.unit)}.",
        lifted_by=f"a count of {code_words(claim.unit)}",
        caveats=(slug,),
    )


def _stage(claim: Claim, operand: Operand) -> Iterator[Objection]:
    if claim.stage is None or operand.stage in (None, claim.stage):
        return
    yield Objection(
        verdict=Verdict.CONTRADICTED,
        slug="stage-named-wrongly",
        text=f"The figure is of the stage {code_words(str(operand.stage))!r}, "
        f"not {code_words(claim.stage)!r}.",
        lifted_by=f"a figure of the stage {code_words(claim.stage)!r}",
    )


def _scope(claim: Claim, operand: Operand) -> Iterator[Objection]:
    if (
        claim.scope is None
        or not operand.scopes
        or set(operand.scopes) == {claim.scope}
    ):
        return
    other = [scope for scope in operand.scopes if scope != claim.scope]
    covered = " and ".join(code_words(scope) for scope in operand.scopes)
    slugs = tuple(_STANDING_FOR.get(scope, "scopes-mixed") for scope in other)
    yield Objection(
        verdict=Verdict.REFUSED,
        slug=slugs[0],
        text=f"The figure covers {covered}, not {code_words(claim.scope)} alone.",
        lifted_by=f"a count of {code_words(claim.scope)} by itself",
        caveats=slugs,
    )


def _area(claim: Claim, operand: Operand) -> Iterator[Objection]:
    area, areas = operand.area, area_codes(claim.areas)
    if not areas or area is None or area in areas:
        return
    inside = [a for a in areas if area.startswith(f"{a}_") or a == "WORLD"]
    if inside:
        if claim.kind in (ClaimKind.SUM, ClaimKind.RANKING, ClaimKind.COMPARISON):
            return
        yield Objection(
            verdict=Verdict.REFUSED,
            slug="partial-geography",
            text=f"The figure covers {area}, a part of {inside[0]}.",
            lifted_by=f"a figure for the whole of {inside[0]}",
            caveats=("partial-geography",),
        )
        return
    yield Objection(
        verdict=Verdict.CONTRADICTED,
        slug="area-named-wrongly",
        text=f"The figure is of {area}, not of {', '.join(areas)}.",
        lifted_by=f"a figure for {', '.join(areas)}",
    )


def _period(claim: Claim, operands: tuple[Operand, ...]) -> Iterator[Objection]:
    claimed = claimed_stretches(claim)
    known = [(o, o.period) for o in operands]
    if not claimed:
        return
    if claim.kind == ClaimKind.CHANGE and len(claimed) == 1:
        last = max((d for _, d in known if d is not None), default=None)
        if last is not None and claimed[0].is_met_by(last):
            return  # `in 2020 they rose by …`: the year that it rose to
    for operand, days in known:
        if days is None or any(s.is_met_by(days) for s in claimed):
            continue
        if claim.kind in _STRETCHED and any(s.contains(days) for s in claimed):
            continue
        yield _period_objection(claimed, operand, days)
    spans = [days for _, days in known if days is not None]
    if claim.kind in _STRETCHED and spans and len(claimed) == 1:
        yield from _not_covered(claimed[0], spans)


def _period_objection(
    claimed: tuple[Stretch, ...], operand: Operand, days: Days
) -> Objection:
    said = days_label(days)
    near = next((s for s in claimed if s.overlaps(days)), None)
    if near is None:
        return Objection(
            verdict=Verdict.CONTRADICTED,
            slug="period-named-wrongly",
            text=f"The figure is of {said}, another period than the claim names.",
            lifted_by="a figure of the period that is named",
        )
    if is_year_long(days) and not is_calendar_year(days):
        calendar = operand.figure.type["calendar"]
        is_other = calendar not in (None, Calendar.GREGORIAN.value)
        slug = "other-calendar" if is_other else "non-calendar-year"
        return Objection(
            verdict=Verdict.REFUSED,
            slug=slug,
            text=f"The figure is of {said}, which is not the year that the claim names.",
            lifted_by="monthly figures, or naming the year as it was counted",
            caveats=tuple(dict.fromkeys(("non-calendar-year", slug))),
        )
    if n_days(days) > n_days(near.days) and near.days[0] >= days[0]:
        return Objection(
            verdict=Verdict.CONTRADICTED,
            slug="pooled-years",
            text=f"The figure adds up {said}; the claim names a shorter period.",
            lifted_by="a figure of the period that is named",
            caveats=("pooled-years",),
        )
    return Objection(
        verdict=Verdict.REFUSED,
        slug="part-year",
        text=f"The figure is of {said}, a part of the period that the claim names.",
        lifted_by="a figure of the whole period",
        caveats=("part-year",),
    )


def _not_covered(claimed: Stretch, spans: list[Days]) -> Iterator[Objection]:
    first, last = min(d[0] for d in spans), max(d[1] for d in spans)
    if claimed.is_fiscal or (first, last) == claimed.days:
        return
    if claimed.contains((first, last)):
        yield Objection(
            verdict=Verdict.REFUSED,
            slug="periods-differ",
            text=f"The figures are of {days_label((first, last))}, not of all of the "
            "period that the claim names.",
            lifted_by="the figures of the missing periods",
            caveats=("periods-differ",),
        )


def _provider(claim: Claim, operand: Operand) -> Iterator[Objection]:
    if claim.published_by is None or not operand.provider:
        return
    if _is_same(claim.published_by, f"{operand.provider} {operand.source}"):
        return
    yield Objection(
        verdict=Verdict.CANNOT_TELL,
        slug="provider-named-otherwise",
        text=f"The number was printed by {operand.provider}, "
        f"not by {claim.published_by}.",
        lifted_by=f"a figure printed by {claim.published_by}",
    )


def _is_same(said: str, known: str) -> bool:
    """Say whether two names of a publisher may be one: a word or its initials shared."""
    small = {"the", "of", "for", "and", "&", "national", "office", "on"}
    words = [
        {w.strip("(),.&").lower() for w in text.split()} - small
        for text in (said, known)
    ]
    if words[0] & words[1]:
        return True
    initials = [
        "".join(w[0] for w in text.replace("&", " ").split() if w[0].isupper()).lower()
        for text in (said, known)
    ]
    return said.lower().replace(" ", "") in initials[1] or bool(
        initials[0] and initials[0] in words[1]
    )
