"""All faults, by topic."""

from __future__ import annotations

from corpus.faults import (
    breakdowns,
    calendars,
    cells,
    changes,
    codes,
    comparisons,
    copies,
    gaps,
    headings,
    labels,
    presented,
    publication,
    rates,
    sizes,
    stages,
    sums,
    units,
    zeros,
)

FAULTS = (
    *codes.FAULTS,
    *cells.FAULTS,
    *gaps.FAULTS,
    *breakdowns.FAULTS,
    *zeros.FAULTS,
    *copies.FAULTS,
    *changes.FAULTS,
    *units.FAULTS,
    *calendars.FAULTS,
    *presented.FAULTS,
    *headings.FAULTS,
    *labels.FAULTS,
    *comparisons.FAULTS,
    *sums.FAULTS,
    *stages.FAULTS,
    *rates.FAULTS,
    *sizes.FAULTS,
    *publication.FAULTS,
)
