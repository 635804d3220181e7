"""What came of a mapping workbook: an own adapter, or further guesses to decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallymark.model.draft import Guess
from tallymark.model.submission import Submission


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """An adapter that was accepted, and tried on its file.

    Where the decisions raised further guesses that need somebody, `opened` has them,
    and nothing but a further workbook was written. Else `submission` is what the
    adapter reads in the file, and `unknown` the questions of the definition without an
    answer.
    """

    adapter: str
    file: Path
    written: tuple[Path, ...]
    is_replaced: bool = False
    """Whether it takes the place of one that was accepted before from the same file."""
    opened: tuple[Guess, ...] = ()
    problems: tuple[str, ...] = ()
    """What could not be read even with the decisions."""
    submission: Submission | None = None
    unknown: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Cells with numbers that the guesses read, and the decisions do not."""
