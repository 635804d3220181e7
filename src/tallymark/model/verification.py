"""What a look at a printed output found: which figures and notes are not what they were."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """How an output differs from what was printed; the last is no fault."""

    NUMBER_CHANGED = "number changed"
    CAVEAT_MISSING = "caveat missing"
    NOTE_CHANGED = "note text changed"
    FIGURE_UNKNOWN = "figure unknown"
    FIGURE_REMOVED = "figure removed"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One place in an output that is not as it was printed."""

    change: Change
    where: str
    printed: str
    """What was printed."""
    found: str
    """What stands there now; empty if nothing does."""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The differences of an output, of whose figures `n_found` of `n_printed` stand."""

    file: str
    n_printed: int
    n_found: int
    differences: tuple[Difference, ...]
    unsure: tuple[str, ...] = ()
    """What could not be looked at, and why."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong: a figure that was taken out as a whole is not."""
        return self.n_found > 0 and all(
            d.change is Change.FIGURE_REMOVED for d in self.differences
        )
