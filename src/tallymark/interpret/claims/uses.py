"""What a claim makes of its figures: the use, and the caveats that refuse it or stand by.

A faithful statement of what was recorded is a statement about records, and no caveat on
level or trend refuses it. The same number said about what happened is another claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from tallymark.interpret import pairs
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.claims.computed import Computed
from tallymark.interpret.claims.objections import Objection
from tallymark.interpret.claims.operands import Evidence, Operand, figures_table
from tallymark.interpret.claims.value import Form
from tallymark.interpret.lifts import lift
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs.rules import RULES as PAIR_RULES
from tallymark.interpret.propagate import total
from tallymark.interpret.sums.rules import RULES as SUM_RULES
from tallymark.model.claim import About, Claim, ClaimKind
from tallymark.model.codes import ORDERED_STAGES, Use, Verdict
from tallymark.model.figure import Figure, Judgement

_OFFICIAL = frozenset({"police", "prosecution", "court", "industry"})
"""Kinds of source that count by themselves what they publish."""

_AREAS_APART = frozenset({ClaimKind.DIFFERENCE, ClaimKind.COMPARISON, ClaimKind.RATIO})
_OPERATIONS = {
    ClaimKind.CHANGE: "change",
    ClaimKind.DIFFERENCE: "difference",
    ClaimKind.COMPARISON: "compare",
    ClaimKind.RATIO: "ratio",
    ClaimKind.SHARE: "share",
    ClaimKind.RATE: "rate",
}
_SIZES = frozenset({Use.LEVEL, Use.TREND})
"""Uses that a statement about the records themselves is not."""

_BESIDE = {
    About.PREVALENCE: ("recorded-not-occurred",),
    About.DEVELOPMENT: ("recorded-not-occurred", "detection-driven-change"),
}
"""Caveats of what a claim speaks of, whatever its figures are."""


def use_of(claim: Claim, operands: tuple[Operand, ...]) -> Use:
    """Return what a claim does with its figures; about records, it shows them."""
    areas = {o.area for o in operands if o.area is not None}
    if claim.kind == ClaimKind.CAUSE:
        return Use.CAUSAL
    if claim.kind == ClaimKind.RANKING and len(areas) > 1:
        return Use.RANKING
    if claim.kind in _AREAS_APART and len(areas) > 1:
        return Use.CROSS_COUNTRY
    if _across_stages(claim, operands):
        return Use.RATIO_ATTRITION
    if claim.about == About.RECORDS:
        return Use.SHOW
    return Use.TREND if claim.kind == ClaimKind.CHANGE else Use.LEVEL


def _across_stages(claim: Claim, operands: tuple[Operand, ...]) -> bool:
    if claim.kind not in (ClaimKind.SHARE, ClaimKind.RATIO):
        return False
    return len({o.stage for o in operands if o.stage is not None}) > 1


def use_objections(
    claim: Claim,
    computed: Computed,
    operands: tuple[Operand, ...],
    evidence: Evidence,
    said: Collection[str],
) -> tuple[list[Objection], list[str]]:
    """Return what speaks against the use of the operands, and the caveats beside it.

    `said` are the caveats of what is said (`said_with`).
    """
    catalogue = evidence.catalogue
    carried = {slug for o in operands for slug in o.figure.caveats}
    carried |= set(said)
    objections = list(_operation(claim, computed, operands, evidence, carried))
    objections += _defined_apart(claim, operands, carried, catalogue)
    objections += _limited(claim, operands, carried, catalogue)
    objections += _beyond_records(claim, operands)
    carried |= {slug for o in objections for slug in o.caveats}
    carried |= set(computed.caveats)
    carried |= set(_of_statement(claim, operands, evidence))
    return objections, sorted(carried)


def _of_statement(
    claim: Claim, operands: Sequence[Operand], evidence: Evidence
) -> Iterator[str]:
    """Caveats that a statement brings with it, though no figure of it carries them."""
    yield from _BESIDE.get(claim.about, ())
    if claim.kind == ClaimKind.SUM and len({o.period for o in operands}) > 1:
        yield "pooled-years"
    quoted = [evidence.sources[o.premise.source] for o in operands if o.premise]
    if claim.verb == "helped":
        yield "contribution-not-attribution"
    if claim.about == About.OUTCOME and any(
        source.collection.publisher_interest == "yes"
        and source.collection.names_method != "yes"
        for source in quoted
    ):
        yield "tool-claim-no-method"


def _defined_apart(
    claim: Claim,
    operands: tuple[Operand, ...],
    carried: set[str],
    catalogue: Catalogue,
) -> Iterator[Objection]:
    """Areas whose figures are of two definitions are not set against each other."""
    across = use_of(claim, operands) in (Use.CROSS_COUNTRY, Use.RANKING)
    if not (across and (_is_redefined(operands) or _is_cut_otherwise(operands))):
        if claim.kind in (ClaimKind.SUM, ClaimKind.CHANGE):
            yield from _counted_by_two_rules(operands)
        return
    is_label = "label-terminology-differs" in carried
    slug = "label-terminology-differs" if is_label else "definitions-differ"
    yield Objection(
        verdict=Verdict.REFUSED,
        slug=slug,
        text="The figures are of two definitions, so the areas are not comparable.",
        lifted_by=lift(slug, catalogue.caveats[slug].group),
        caveats=(slug,),
    )


def _is_cut_otherwise(operands: Sequence[Operand]) -> bool:
    """Say whether figures of one series do not cover the same groups in all areas."""
    names = ("sex", "age_group", "breakdown")
    cuts: dict[object, set[object]] = {}
    for operand in operands:
        type_ = operand.figure.type
        cut = tuple(type_[name] for name in names)
        cuts.setdefault((type_["series_id"], operand.premise is None), set()).add(cut)
    areas_of = {o.area for o in operands}
    return len(areas_of) > 1 and any(len(found) > 1 for found in cuts.values())


def _counted_by_two_rules(operands: Sequence[Operand]) -> Iterator[Objection]:
    """A breakdown by definition tells the same offences twice."""
    told = [str(o.figure.type["breakdown"] or "").split(";") for o in operands]
    rules = {c for cuts in told for c in cuts if c.startswith("definition=")}
    if len(rules) < 2:
        return
    yield Objection(
        verdict=Verdict.REFUSED,
        slug="definitions-differ",
        text="The figures count by two definitions of one publisher.",
        lifted_by="figures of one definition",
        caveats=("definitions-differ",),
    )


def _limited(
    claim: Claim, operands: tuple[Operand, ...], carried: set[str], catalogue: Catalogue
) -> Iterator[Objection]:
    use = use_of(claim, operands)
    if use is Use.SHOW or not operands:
        return
    critical = set(catalogue.limiting(use, critical=True)) & carried
    if claim.same_cases:
        critical.discard("attrition-unlinked")
    for slug in catalogue.heaviest_first(critical)[:1]:
        yield _by_caveat(slug, catalogue)


def _by_caveat(slug: str, catalogue: Catalogue) -> Objection:
    caveat = catalogue.caveats[slug]
    return Objection(
        verdict=Verdict.REFUSED,
        slug=slug,
        text=caveat.sentence(),
        lifted_by=lift(slug, caveat.group),
        caveats=(slug,),
    )


def _beyond_records(claim: Claim, operands: tuple[Operand, ...]) -> Iterator[Objection]:
    """What lies beyond the records is not told by them, however well they are counted."""
    if not operands or claim.about == About.RECORDS:
        return
    types = {o.source_type for o in operands}
    is_survey = types == {"survey"} and all(o.form is Form.PERCENT for o in operands)
    if claim.about == About.OUTCOME:
        if not types & _OFFICIAL:
            yield _cannot(
                "outcome-not-counted",
                "The number was told by those who report it, not counted from records.",
                "a count with its place, its period and its method",
            )
        return
    if is_survey and claim.about in (About.PREVALENCE, About.ALL_OCSEA):
        return
    said = {
        About.PREVALENCE: ("how much of it there was", "a survey with a known sample"),
        About.PERFORMANCE: (
            "how well the work was done",
            "the capacity answers, and what was begun and ended of the same cases",
        ),
        About.DEVELOPMENT: (
            "whether more or fewer offences were committed",
            "evidence on how recording changed in the same years",
        ),
        About.LIVESTREAM: ("how much live-streamed abuse there was", "its own count"),
        About.ALL_OCSEA: (
            "how much online child sexual exploitation and abuse there was",
            "a survey with a known sample",
        ),
    }
    what, by = said[claim.about]
    yield _cannot(
        "beyond-the-records",
        f"The figures tell what was recorded or reported; {what} cannot be told from them.",
        by,
    )


def _cannot(slug: str, text: str, lifted_by: str) -> Objection:
    return Objection(
        verdict=Verdict.CANNOT_TELL, slug=slug, text=text, lifted_by=lifted_by
    )


def _operation(
    claim: Claim,
    computed: Computed,
    operands: tuple[Operand, ...],
    evidence: Evidence,
    carried: set[str],
) -> Iterator[Objection]:
    """What the algebra refuses; its caveats are added to those that are carried."""
    raised: set[str] = set()
    refusing: set[str] = set()
    if claim.kind == ClaimKind.SUM and len(computed.used) > 1:
        raised, refusing = _summed(computed.used, evidence)
    elif claim.kind in _OPERATIONS and len(computed.used) == 2:
        raised, refusing = _paired(claim, computed, evidence)
    carried |= raised
    yield from _stages_reversed(claim, computed.used, carried)
    if "not-a-part" in refusing and _is_place_unknown(computed.used):
        refusing.remove("not-a-part")
        carried.discard("not-a-part")
        part, whole = (o.area for o in computed.used)
        yield _cannot(
            "place-of-area-unknown",
            f"The files do not tell whether {part} is a part of {whole}.",
            "the areas that the whole is made of",
        )
    for slug in evidence.catalogue.heaviest_first(refusing):
        yield _by_caveat(slug, evidence.catalogue)


def _summed(used: Sequence[Operand], evidence: Evidence) -> tuple[set[str], set[str]]:
    if all(o.form is Form.PERCENT for o in used):
        return set(), set()  # parts of one whole, as the claim says
    (summed,) = figures_of(
        total(figures_table(used), [], evidence.catalogue), evidence.catalogue
    )
    refusing = {r.caveat for r in SUM_RULES if r.judgement is Judgement.REFUSED}
    raised = set(summed.caveats)
    if summed.judgement is not Judgement.REFUSED:
        return raised, set()
    return raised, raised & refusing


def _paired(
    claim: Claim, computed: Computed, evidence: Evidence
) -> tuple[set[str], set[str]]:
    used = computed.used
    operation = _OPERATIONS[claim.kind]
    if operation == "change":
        if _is_redefined(used):
            return {"definitions-differ"}, {"definitions-differ"}
        used = _as_one_series(used)
    before = {slug for o in used for slug in o.figure.caveats}
    found = _result(operation, used, evidence)
    if len(found) > 1:  # a year and a part of a year are no steps of one series
        operation = "difference"
        found = _result(operation, used, evidence)
    raised = {slug for figure in found for slug in figure.caveats} - before
    rules = {
        rule.caveat
        for rule in PAIR_RULES
        if operation in rule.operations and rule.judgement is Judgement.REFUSED
    }
    raised = {slug for slug in raised if not _is_settled(slug, claim, computed)}
    if len({o.provider for o in used}) > 1:
        raised.add("definitions-differ")
    if all(figure.judgement < Judgement.REFUSED for figure in found):
        return raised, set()
    return raised, raised & rules


def _as_one_series(used: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Take two printings for one series; each year's number often has its own document."""
    first, second = used
    place = second.row.schema.get_field_index("series_id")
    row = second.row.set_column(
        place, second.row.schema.field(place), first.row["series_id"]
    )
    return first, replace(second, row=row)


def _is_redefined(used: tuple[Operand, ...]) -> bool:
    """Say whether two numbers are told to be of two definitions; unknown is not told."""
    return len({o.definition for o in used} - {None}) > 1


def _result(
    operation: str, used: tuple[Operand, ...], evidence: Evidence
) -> list[Figure]:
    a, b = used[0].row, used[1].row
    known = (evidence.catalogue, evidence.reference)
    if operation == "change":
        found = pairs.change(pa.concat_tables([a, b]), *known)
    elif operation == "rate":
        found = pairs.rate(a, b, *known)
    else:
        found = getattr(pairs, operation)(a, b, *known, ())
    return figures_of(found, evidence.catalogue)


def _is_settled(slug: str, claim: Claim, computed: Computed) -> bool:
    """Say whether the claim itself tells what a rule would ask of its figures."""
    used = computed.used
    if slug in ("base-is-zero", "base-is-small"):
        return not computed.is_quotient  # `from 0 to 3` divides by nothing
    if slug == "attrition-unlinked":
        return claim.same_cases
    if slug == "not-a-part":
        return _is_cut(used[0], used[1]) or used[0].premise is not None
    if slug == "quotient-of-quotients":
        return all(o.form is Form.PERCENT for o in used)
    # A whole is of a wider scope than its part, where the source prints it as a part.
    return (
        slug == "scopes-mixed"
        and claim.kind == ClaimKind.SHARE
        and (used[0].provider == used[1].provider)
    )


def _is_cut(part: Operand, whole: Operand) -> bool:
    """Say whether a part is cut from the whole by one more dimension than it."""
    cuts = [
        set(str(o.figure.type["breakdown"] or "_T").split(";")) - {"_T"}
        for o in (part, whole)
    ]
    return cuts[1] < cuts[0]


def _is_place_unknown(used: Sequence[Operand]) -> bool:
    """Say whether two figures differ in the area alone, and it is a part of a country."""
    part, whole = (o.figure.type for o in used)
    names = (
        "series_id", "stage", "counting_unit", "scope", "offence", "sex", "age_group",
        "breakdown", "time_period", "area_level",
    )  # fmt: skip
    return part["area_level"] == "subnational" and all(
        part[name] == whole[name] for name in names
    )


def _stages_reversed(
    claim: Claim, used: Sequence[Operand], carried: set[str]
) -> Iterator[Objection]:
    """A later stage larger than an earlier one cannot be a share of it."""
    if claim.kind not in (ClaimKind.SHARE, ClaimKind.RATIO) or len(used) != 2:
        return
    stages = [o.stage for o in used]
    spans = [o.span for o in used if o.span is not None]
    if len(spans) < 2 or not set(stages) <= set(ORDERED_STAGES):
        return
    order = [ORDERED_STAGES.index(str(stage)) for stage in stages]
    later, earlier = (0, 1) if order[0] > order[1] else (1, 0)
    low, high = spans[later].low, spans[earlier].high
    if order[0] == order[1] or low is None or high is None or low <= high:
        return
    carried.add("later-stage-exceeds-earlier")
    yield Objection(
        verdict=Verdict.REFUSED,
        slug="later-stage-exceeds-earlier",
        text=f"The later stage ({used[later].printed}) is larger than the earlier one "
        f"({used[earlier].printed}), so they are not the same cases.",
        lifted_by=lift("later-stage-exceeds-earlier", "cross_stage"),
        caveats=("later-stage-exceeds-earlier",),
    )
