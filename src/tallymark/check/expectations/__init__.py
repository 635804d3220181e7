"""The registry of expectation types, by the names that suites call them."""

from __future__ import annotations

from tallymark.check.expectations import (
    aggregates,
    disclosure,
    figures,
    gaps,
    layout,
    neighbours,
    outliers,
    pairs,
    parts,
    patterns,
    repeats,
    series,
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
    **neighbours.TYPES,
    **zeros.TYPES,
    **pairs.TYPES,
    **parts.TYPES,
    **disclosure.TYPES,
}
