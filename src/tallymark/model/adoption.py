"""A folder that is checked for the first time: what is in it, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tallymark.model.codes import Severity
from tallymark.model.configuration import Configuration
from tallymark.model.finding import Findings


class Reading(StrEnum):
    """What became of a file of the folder."""

    READ = "read"
    GUESSED = "no adapter"
    """It was read with guesses, and is checked as far as that goes."""
    NO_TABLE = "not a table"
    MOVED = "other layout"
    """An adapter fits its kind, and its layout has moved."""
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    PERSONAL = "person-level"
    POINTER = "Git LFS pointer"
    COPY = "copy"
    """Byte for byte a file that was read."""
    OLDER = "other version"
    """It gives figures that a file with a later name gives, too."""

    @property
    def is_checked(self) -> bool:
        """Whether expectations looked at it."""
        return self in (Reading.READ, Reading.GUESSED)


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """What a first look at a folder gives.

    `files` is what became of each file, by its path under `configuration.folder`, and
    `reasons` why one was not read. `configuration` leaves these out.
    """

    configuration: Configuration
    files: Mapping[str, Reading]
    reasons: Mapping[str, str] = field(default_factory=dict)
    findings: Findings
    baseline: bytes
    """The file of a first baseline."""
    n_known: int
    target: Path
    """The file that the settings go into."""

    def n_of(self, reading: Reading) -> int:
        """Return how many files became this."""
        return sum(found is reading for found in self.files.values())

    @property
    def fail_on(self) -> Severity:
        """The severity to begin with: the stricter one once every file is read."""
        is_clean = all(
            reading in (Reading.READ, Reading.NO_TABLE)
            for reading in self.files.values()
        )
        return Severity.WARNING if is_clean else Severity.CRITICAL
