"""The registry of expectation types, by the names that suites call them."""

from __future__ import annotations

from tallymark.check.expectations import (
    column,
    disclosure,
    figures,
    gaps,
    pairs,
    parts,
    row,
    series,
    table,
    zeros,
)

TYPES = {
    **figures.TYPES,
    **row.TYPES,
    **column.TYPES,
    **table.TYPES,
    **series.TYPES,
    **gaps.TYPES,
    **zeros.TYPES,
    **pairs.TYPES,
    **parts.TYPES,
    **disclosure.TYPES,
}
