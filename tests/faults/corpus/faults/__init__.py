"""All faults, by topic."""

from __future__ import annotations

from corpus.faults import (
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
)
