"""A data contract as what is to be run of it, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tallymark.model.codes import Severity

View = Literal["consumer", "producer"]
"""Who reads the data, or who delivers them."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule of a contract has: its name, its promise and how grave it is."""

    slug: str
    promise: str
    severity: Severity
    why: str = ""
    column: str = ""
    """The column that it is about; empty if it is about the table."""


@dataclass(frozen=True, kw_only=True)
class ExpectationRule(Rule):
    """A rule that an expectation type stands for."""

    type: str
    kwargs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NumberRule(Rule):
    """A rule that holds one number, found by SQL, to a bound.

    `is_given` tells whether the contract brought the statement, which is not trusted.
    """

    sql: str
    operator: str
    bound: Any
    unit: str = "rows"
    is_given: bool = False


@dataclass(frozen=True, kw_only=True)
class SilentRule(Rule):
    """A rule that is not run, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ContractPlan:
    """What a contract asks of one table."""

    name: str
    version: str
    table: str
    names: tuple[str, ...] = ()
    """What the contract's own SQL may call the table, besides the words for it."""
    expectations: tuple[ExpectationRule, ...] = ()
    numbers: tuple[NumberRule, ...] = ()
    silent: tuple[SilentRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContractChange:
    """One difference between two contracts, and whose work it breaks."""

    path: str
    kind: str
    """`column removed`, `meaning changed`, ..."""
    what: str
    breaks: tuple[View, ...] = ()
    is_definition: bool = False
    """Whether the same name or code now means something else."""


@dataclass(frozen=True, kw_only=True)
class ContractChanges:
    """What differs between two contracts, breaking changes first."""

    old: str
    new: str
    items: tuple[ContractChange, ...] = ()
    views: tuple[View, ...] = field(default=("consumer", "producer"))

    @property
    def breaking(self) -> tuple[ContractChange, ...]:
        """The changes that break somebody's work, of those whose view is asked for."""
        return tuple(c for c in self.items if set(c.breaks) & set(self.views))
