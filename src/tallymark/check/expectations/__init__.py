"""The registry of expectation types, by the names that suites call them."""

from __future__ import annotations

from tallymark.check.expectations import (
    aggregates,
    breakdowns,
    coverage,
    dates,
    disclosure,
    exchanges,
    figures,
    gaps,
    hierarchies,
    layout,
    neighbours,
    numerals,
    outliers,
    pairs,
    parts,
    patterns,
    plausibility,
    pooled,
    repeats,
    series,
    subsets,
    value_sets,
    values,
    within_row,
    zeros,
)

GREAT_EXPECTATIONS = {
    **aggregates.TYPES,
    **layout.TYPES,
    **outliers.TYPES,
    **patterns.TYPES,
    **repeats.TYPES,
    **value_sets.TYPES,
    **values.TYPES,
    **within_row.TYPES,
}
"""Types that Great Expectations has of its own, under its names."""

TYPES = {
    **GREAT_EXPECTATIONS,
    **figures.TYPES,
    **series.TYPES,
    **gaps.TYPES,
    **breakdowns.TYPES,
    **coverage.TYPES,
    **neighbours.TYPES,
    **zeros.TYPES,
    **pairs.TYPES,
    **parts.TYPES,
    **hierarchies.TYPES,
    **pooled.TYPES,
    **subsets.TYPES,
    **disclosure.TYPES,
    **exchanges.TYPES,
    **dates.TYPES,
    **plausibility.TYPES,
    **numerals.TYPES,
}
