"""Why a figure is refused: the caveats that did it, and what would lift each."""

from __future__ import annotations

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.lifts import lift
from tallymark.interpret.pairs import rules as pair_rules
from tallymark.interpret.sums import rules as sum_rules
from tallymark.model.codes import Use, Weight
from tallymark.model.figure import Figure, Judgement
from tallymark.model.statement import Reason

RATE_OF_FEW = "rate-of-few-events"

_USES = {
    "PERCENT_CHANGE": {Use.TREND},
    "RATIO": {Use.TREND, Use.CROSS_COUNTRY, Use.RATIO_ATTRITION},
    "DIFFERENCE": {Use.TREND, Use.CROSS_COUNTRY, Use.RATIO_ATTRITION},
    "PERCENT": {Use.RATIO_ATTRITION},
}
_REFUSING = {
    rule.caveat
    for rule in (*sum_rules.RULES, *pair_rules.RULES)
    if rule.judgement is Judgement.REFUSED
}


def refusing_reasons(
    figure: Figure, catalogue: Catalogue, language: str
) -> tuple[Reason, ...]:
    """Return the reasons of a refusal, heaviest first.

    They are the caveats of rules that refuse, and the critical ones that limit the use;
    without such a one, every caveat that is critical.
    """
    uses = _USES.get(str(figure.type["statistic"]), set())
    slugs = [s for s in figure.caveats if _refuses(s, uses, catalogue)]
    if not slugs and figure.type["statistic"] == "RATE_100K":
        slugs = [RATE_OF_FEW]
    if not slugs:
        heavy = catalogue.caveats
        slugs = [s for s in figure.caveats if heavy[s].weight is Weight.CRITICAL]
    return tuple(reason(slug, catalogue, language) for slug in slugs)


def reason(slug: str, catalogue: Catalogue, language: str = "en") -> Reason:
    """Return a caveat as a reason: its sentence, and what would lift it."""
    caveat = catalogue.caveats[slug]
    return Reason(slug, caveat.sentence(language), lift(slug, caveat.group))


def _refuses(slug: str, uses: set[Use], catalogue: Catalogue) -> bool:
    caveat = catalogue.caveats[slug]
    if slug in _REFUSING:
        return True
    return caveat.weight is Weight.CRITICAL and bool(uses & set(caveat.limits))
