"""All faults, by topic."""

from __future__ import annotations

from corpus.faults import (
    again,
    coherence,
    definitions,
    gaps,
    plausibility,
    publication,
    structure,
)

FAULTS = (
    *structure.FAULTS,
    *gaps.FAULTS,
    *definitions.FAULTS,
    *coherence.FAULTS,
    *plausibility.FAULTS,
    *publication.FAULTS,
    *again.FAULTS,
)
