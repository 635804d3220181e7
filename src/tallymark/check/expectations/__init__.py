"""The registry of expectation types, by the names that suites call them."""

from __future__ import annotations

from tallymark.check.expectations import (
    column,
    figures,
    pairs,
    parts,
    row,
    series,
    table,
)

TYPES = {
    **figures.TYPES,
    **row.TYPES,
    **column.TYPES,
    **table.TYPES,
    **series.TYPES,
    **pairs.TYPES,
    **parts.TYPES,
}
