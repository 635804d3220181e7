"""May these figures be used so? The uses, judged by the caveats that limit them."""

from __future__ import annotations

import pyarrow as pa

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import figures_of
from tallymark.model.codes import Use
from tallymark.model.figure import Judgement, UseVerdict

POINT_RANKS = "point-ranks"
"""The rule that a rank without its uncertainty is never given."""


def verdict(figures: pa.Table, use: Use, catalogue: Catalogue) -> UseVerdict:
    """Judge one use of figures: refused by a critical caveat, flagged by another.

    Showing is never refused. Ranks by value alone are always refused: where counts are
    recorded differently, only joint intervals of ranks can be given.
    Source: Klein, Wright & Wieczorek 2020, for the ranks.
    """
    if use is Use.SHOW:
        return UseVerdict(use=use, judgement=Judgement.OK, reasons=())
    carried = figures_of(figures, catalogue)
    slugs = {slug for figure in carried for slug in figure.caveats}
    worst = max((f.judgement for f in carried), default=Judgement.OK)
    critical = slugs & set(catalogue.limiting(use, critical=True))
    others = slugs & set(catalogue.limiting(use, critical=False))
    reasons = catalogue.heaviest_first(critical | others)
    if use is Use.RANKING:
        return UseVerdict(
            use=use, judgement=Judgement.REFUSED, reasons=(*reasons, POINT_RANKS)
        )
    if critical:
        worst = Judgement.REFUSED
    elif others:
        worst = max(worst, Judgement.FLAG)
    return UseVerdict(use=use, judgement=worst, reasons=reasons)
