"""Where a figure comes from: the chain of operations back to source cells.

Records only; `interpret.why` finds them, `present` tells them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tallymark.model.caveat import Caveat
from tallymark.model.figure import Figure
from tallymark.model.series import Source


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The source cell of an observation, and what stood in it."""

    file: str
    sha256: str
    cell: str
    printed: str | None
    label: str | None
    """The offence or other label beside it, as printed; null if there is none."""
    adapter: str
    adapter_version: int
    source: Source


@dataclass(frozen=True, kw_only=True)
class Link:
    """A figure, the operation that gave it, and the figures it was made from.

    An observation has no operation and an origin; a cell that was declared and not sent
    has neither.
    """

    id: str
    figure: Figure
    operation: str = ""
    arguments: Mapping[str, str]
    raised: tuple[str, ...] = ()
    """Slugs of the caveats that no part carries."""
    parts: tuple[Link, ...] = ()
    origin: Origin | None = None

    def walk(self) -> Iterator[Link]:
        """Yield the link and all links behind it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def observations(self) -> Iterator[Link]:
        """Yield the links at the ends of the chain."""
        return (link for link in self.walk() if not link.parts)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One reason for which a caveat was raised, and the figures it was raised on."""

    caveat: str
    operation: str
    """The operation that raised it; empty where the source itself does."""
    reason: str
    """The condition in words, with the values that made it true."""
    facts: tuple[str, ...]
    """What the values rest on: the finding, the country fact, the definition."""
    figures: tuple[str, ...]
    """Ids of the figures."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """All that tells why a figure is what it is."""

    chain: Link
    caveats: tuple[Caveat, ...]
    """Heaviest first."""
    evidence: tuple[Evidence, ...]
    """In the order of the caveats; each caveat has at least one."""
    resolved: tuple[tuple[str, str], ...] = ()
    """Slugs of caveats that were cleared, and what cleared them."""

    def of(self, slug: str) -> tuple[Evidence, ...]:
        """Return what raised a caveat."""
        return tuple(item for item in self.evidence if item.caveat == slug)
