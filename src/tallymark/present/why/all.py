"""Why a figure is what it is, for the terminal, with every part and every fact."""

from __future__ import annotations

from tallymark.model.lineage import Why
from tallymark.present.why.text import text


def render(why: Why) -> dict[str, bytes]:
    """Return the figure's whole account as text."""
    return {"": text(why, is_full=True).encode()}
