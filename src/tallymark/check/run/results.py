"""What running a plan has given so far, and what it runs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

from tallymark.check.run.plan import Step
from tallymark.check.run.sources import Sources
from tallymark.engine import Engine
from tallymark.model.observation import COLUMNS, KEY

PLACE = ("source_file", "obs_id")
_FEW_ROWS = 20_000
"""Rows up to which statements are planned longer than they run."""

Found = Sequence[Mapping[str, Any]]


class Place(NamedTuple):
    """Where a figure stands, and which it is."""

    file: str | None
    cell: str | None
    obs: str | None


def places_of(row: Mapping[str, Any]) -> list[Place]:
    """Return where the figures that a row found is about stand."""
    listed = row.get("places")
    if isinstance(listed, list):  # a table may have a column of that name
        return [Place(p["file"], p["cell"], p["obs"]) for p in listed]
    return [Place(row.get("source_file"), row.get("source_ref"), row.get("obs_id"))]


@dataclass
class Result:
    """What running one expectation gave: counts, rows found, observations flagged."""

    n_rows: int = 0
    n_checked: int = 0
    n_failed: int = 0
    found: Found = ()
    flags: pa.Table | None = None
    """Observations flagged, each once; none if there are none."""
    is_doubtful: bool = False
    """Whether there are rows to look at in which something might be found."""
    has_failed: bool = False
    crash: str = ""


@dataclass
class Run:
    """One run of a plan: what it runs on, how many rows it keeps, what it has found."""

    sources: Sources
    keep: int | None
    results: dict[Step, Result] = field(default_factory=dict)
    prepared: dict[str, int] = field(default_factory=dict)
    """Temporary tables made so far, and their numbers of rows."""

    @property
    def engine(self) -> Engine:
        """Where the statements go."""
        return self.sources.engine

    @property
    def names_none(self) -> bool:
        """Whether no row has a name by which it could be flagged."""
        return "obs_id" not in self.sources.columns

    @cached_property
    def empty(self) -> frozenset[str]:
        """Columns of the observation table that are null, since they did not come."""
        made = () if self.sources.placed_by else ("source_ref",)
        return frozenset(COLUMNS) - {*self.sources.columns, *made}

    @cached_property
    def is_large(self) -> bool:
        """Whether statements run longer than they are planned."""
        ((n_rows,),) = self.engine.rows("select count(*) from obs")
        return int(n_rows) > _FEW_ROWS

    def shown(self, step: Step) -> tuple[str, ...]:
        """Return the columns that a finding on a row says something of, as rows are ordered."""
        own = step.expectation.type.columns(step.expectation.kwargs)
        return tuple(
            dict.fromkeys((*PLACE, *self.sources.placed_by, "source_ref", *KEY, *own))
        )
