"""Tallymark makes national case counts safe to use.

    import tallymark as tm
    submissions = tm.read("sample_data/ncmec_cybertips")
    findings = tm.check(submissions)
    figures = tm.interpret(submissions, findings)
    tm.table(figures, rows="ref_area", columns="time_period")

Names load on first use: importing the package costs nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "read": "tallymark.pipeline",
    "check": "tallymark.pipeline",
    "interpret": "tallymark.pipeline",
    "table": "tallymark.pipeline",
    "Figures": "tallymark.results",
    "Table": "tallymark.results",
    "Submissions": "tallymark.model.submission",
    "Findings": "tallymark.model.finding",
    "TallymarkError": "tallymark.errors",
}

__all__ = ["__version__", *_HOMES]  # the keys are names


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tallymark' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Face(ModuleType):
    """Keeps `tm.check` and `tm.interpret` the verbs when the stages so named load.

    Python would put the stage in the verb's place; a stage is imported by its full
    path (`from tallymark.check import load_suites`), which does not ask here.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
