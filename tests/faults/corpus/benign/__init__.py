"""All benign changes, by topic."""

from __future__ import annotations

from corpus.benign import breaks, files, gaps, hiding, known, order, values

BENIGN = (
    *order.BENIGN,
    *breaks.BENIGN,
    *gaps.BENIGN,
    *values.BENIGN,
    *hiding.BENIGN,
    *known.BENIGN,
    *files.BENIGN,
)
