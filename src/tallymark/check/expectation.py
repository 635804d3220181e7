"""Expectations and suites as records: what was promised, and what to do if not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tallymark.check.rule import ExpectationType
from tallymark.model.codes import Severity
from tallymark.model.condition import Condition
from tallymark.model.series import Source

Rows = Literal["observations", "cells", "table"]
ROWS = ("observations", "cells", "table")
"""What a row is that a suite looks at: `table` is one of any columns."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an expectation is for, in words; a suite file keeps it under `meta`."""

    slug: str
    version: int
    promise: str
    why: str
    action: str
    ask: Mapping[str, str]
    """A neutral question to the sender, by language, its closed answers in brackets."""
    example: str
    dimension: str
    """An ESMS concept, such as COMPAR_TIME."""
    source: Source
    needs_definition: bool = True
    """Whether it asks for more than what is printed: what the figures count, and where.

    Without such need it is run over figures that were read with guesses, too.
    """
    since: int = 1
    """First version of its suite in which it counts."""
    until: int | None = None
    """Last version of its suite in which it stands; null if it still does."""
    preview: str = ""
    """From which version of Tallymark it counts, until then it is only told."""


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One promise about the observations, and what to do where it is not kept."""

    type: ExpectationType
    kwargs: Mapping[str, Any]
    severity: Severity
    meaning: Meaning
    mostly: float = 1.0
    """Least share of what is looked at that must be right."""
    row_condition: Condition | str | None = None
    """Text if it is meant for another engine and cannot be translated."""

    @property
    def slug(self) -> str:
        """The expectation's name, stable once released."""
        return self.meaning.slug


@dataclass(frozen=True, kw_only=True)
class Suite:
    """A named list of expectations, and the hash of the file it was read from."""

    name: str
    version: int
    title: str
    source: Source
    sha256: str
    includes: tuple[str, ...] = ()
    """Names of the suites whose expectations it has besides its own."""
    rows: Rows = "observations"
    """What it is about: observations, or the cells of a file that is read with guesses."""
    expectations: tuple[Expectation, ...]
