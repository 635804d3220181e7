"""All benign changes."""

from __future__ import annotations

from corpus.benign import figures, files

BENIGN = (*figures.BENIGN, *files.BENIGN)
