"""Tallymark makes national case counts safe to use.

    import tallymark as tm
    submissions = tm.read("sample_data/ncmec_cybertips")
    findings = tm.check(submissions)
    figures = tm.interpret(submissions, findings)
    tm.table(figures, rows="ref_area", columns="time_period")

Names load on first use: importing the package costs nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "read": "tallymark.pipeline",
    "check": "tallymark.pipeline",
    "interpret": "tallymark.pipeline",
    "table": "tallymark.pipeline",
    "Figures": "tallymark.pipeline",
    "Submissions": "tallymark.model.submission",
    "Findings": "tallymark.model.finding",
    "Table": "tallymark.model.table",
    "TallymarkError": "tallymark.errors",
}

__all__ = [  # the keys are names
    "__version__",
    *_HOMES,
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tallymark' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
