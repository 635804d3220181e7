"""What a reader must name to cite a figure: the data behind it, and the tool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One thing to cite; dates are those of the source, never of the day of citing."""

    key: str
    kind: str
    """`dataset` or `software`."""
    title: str
    publisher: str | None = None
    issued: date | None = None
    """Day of publication or receipt as declared; null if the source tells none."""
    accessed: date | None = None
    url: str | None = None
    version: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """What stands behind one figure, or behind all figures if `figure` is empty."""

    figure: str
    references: tuple[Reference, ...]
