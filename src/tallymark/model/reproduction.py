"""What came of making an output again: identical, or what changed and which figures moved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A figure that prints otherwise now; `now` is empty if it is gone, `then` if new."""

    id: str
    then: str
    now: str
    gained: tuple[str, ...] = ()
    """Slugs of the caveats that it carries now and did not."""
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reproduction:
    """An output made again from its inputs."""

    file: str
    outputs: tuple[str, ...]
    """The files that were made again."""
    changed_outputs: tuple[str, ...]
    """Those of them whose bytes are others."""
    causes: tuple[str, ...]
    """Which input, adapter, suite, rule, definition or caveat is another one, in words."""
    moved: tuple[Moved, ...] = ()
    missing: tuple[str, ...] = ()
    """Inputs that were not found, each with its name and hash; then nothing was made."""
    missing_documents: tuple[str, ...] = ()
    """Documents of the user's own that were not found; then nothing was made."""

    @property
    def is_identical(self) -> bool:
        """Whether every file came out as it was, byte for byte, and tells the same."""
        missing = self.missing or self.missing_documents
        changed = self.changed_outputs or missing or self.moved
        return bool(self.outputs) and not changed
