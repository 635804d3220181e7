"""What a fault and a benign change are: records, found by tests and benchmarks alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.clean.reading import Corpus

Change = Callable[[Corpus], Corpus]
Where = Mapping[str, Any]
"""Values of observation columns; a text for a date, a tuple for several values."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a finding must point: the file, and a cell or a region of it."""

    file: str
    cell: str = ""
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A change for the worse, which expectations must raise it, and where.

    `at` chooses figures of the changed set, by their columns: one of their cells must
    be named. Or it is the place itself.
    """

    name: str
    says: str
    change: Change
    raises: tuple[str, ...]
    at: Where | Place
    tolerated: tuple[str, ...] = ()
    """Expectations that may be raised too, since they follow from it."""


@dataclass(frozen=True, kw_only=True)
class Benign:
    """A change that is no worse: nothing above info may be raised."""

    name: str
    says: str
    change: Change
