"""What each cell of a file became, for a person who writes or checks an adapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tallymark.model.grid import Sheet


class Became(StrEnum):
    """What a cell was read as; the order is that in which they go before each other."""

    LOST = "lost"
    OBSERVATION = "observation"
    HEADING = "heading"
    LABEL = "label"
    NOTE = "note"
    IGNORED = "ignored"
    UNUSED = "unused"


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A cell's part: what it became, and the figure, field or reason in words."""

    became: Became
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetTrace:
    """A sheet and what its cells became, by (row, column); filled cells only."""

    sheet: Sheet
    cells: Mapping[tuple[int, int], Traced]


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What an adapter made of a file."""

    file: str
    adapter: str | None
    """Null: the file is shown as its reader sees it."""
    sheets: tuple[SheetTrace, ...]
    n_numeric: int
    """Numeric cells of the declared regions."""
    ignored: tuple[str, ...]
    """Rows, columns and sheets that are no figures, each with its reason."""
