"""Tallymark makes national case counts safe to use.

    import tallymark as tm
    submissions = tm.read("sample_data/ncmec_cybertips")
    findings = tm.check(submissions)
    figures = tm.interpret(submissions, findings)
    tm.table(figures, rows="ref_area", columns="time_period")

Names load on first use: importing the package costs nothing. Where pandas is loaded
before it, pandas learns the name of the dtype `tally`, and reads it from Parquet files.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "read": "tallymark.pipeline",
    "aggregate": "tallymark.pipeline",
    "draft": "tallymark.pipeline",
    "check": "tallymark.pipeline",
    "interpret": "tallymark.pipeline",
    "table": "tallymark.pipeline",
    "claim": "tallymark.pipeline",
    "read_answers": "tallymark.pipeline",
    "Figures": "tallymark.results",
    "Table": "tallymark.results",
    "Submissions": "tallymark.model.submission",
    "Findings": "tallymark.model.finding",
    "Answers": "tallymark.model.answer",
    "TallymarkError": "tallymark.errors",
}

__all__ = ["__version__", *_HOMES]  # the keys are names


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tallymark' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Verb(ModuleType):
    """A stage that has the name of a verb, and does what the verb does when called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        verb = self.__name__.rpartition(".")[2]
        return getattr(import_module(_HOMES[verb]), verb)(*args, **kwargs)


class _Face(ModuleType):
    """Keeps `tm.check` and `tm.interpret` callable when the stages so named load.

    Python then puts the stage in the verb's place; so the stage becomes the verb, too.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
if "pandas" in sys.modules:
    import_module("tallymark.interpret.tally.dtype")
