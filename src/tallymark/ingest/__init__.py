"""Files into observations: every number with its cell, every loss told.

Hides readers, adapters and their choice. Names load on first use: the gate, which looks
at tables of rows as well, needs no reader and no adapter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallymark.ingest.batch import Batch
    from tallymark.ingest.capacity import read_capacity
    from tallymark.ingest.recognition import AdapterSummary
    from tallymark.ingest.reports import read_report
    from tallymark.ingest.returned.answers import read_answers
    from tallymark.ingest.template.asked import template_for
    from tallymark.ingest.verbs import (
        adapters,
        cells,
        draft,
        grid,
        read,
        same_file,
        trace,
        with_drafts,
    )

__all__ = [
    "AdapterSummary",
    "Batch",
    "adapters",
    "cells",
    "draft",
    "grid",
    "read",
    "read_answers",
    "read_capacity",
    "read_report",
    "same_file",
    "template_for",
    "trace",
    "with_drafts",
]

_HOMES = {
    "AdapterSummary": "tallymark.ingest.recognition",
    "Batch": "tallymark.ingest.batch",
    "read_answers": "tallymark.ingest.returned.answers",
    "read_capacity": "tallymark.ingest.capacity",
    "read_report": "tallymark.ingest.reports",
    "template_for": "tallymark.ingest.template.asked",
}
"""Where names are defined that are not in `verbs`."""


if not TYPE_CHECKING:  # else a name that is not there would be no error

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'tallymark.ingest' has no attribute {name!r}")
        home = import_module(_HOMES.get(name, "tallymark.ingest.verbs"))
        return getattr(home, name)
