"""SQL in, Arrow out. Knows dialects and connections; holds no rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:  # to name an engine takes no library
    import pyarrow as pa

Row = tuple[Any, ...]


class EngineError(Exception):
    """An engine refused a statement or a source; the text is what it says, in a line."""


class Engine(Protocol):
    """Where statements go. They are written as DuckDB reads them, on every engine.

    What an engine or a source refuses raises EngineError.
    """

    keeps_lowest: ClassVar[bool]
    """Whether `min(x, n)` gives the n lowest of what is scanned."""

    def register(self, name: str, source: Any) -> None:
        """Make a source visible to SQL under `name`."""

    def create_view(self, name: str, sql: str) -> None:
        """Make `name` stand for a query, which runs whenever it is read."""

    def create_table(self, name: str, sql: str) -> int:
        """Keep the result of a query as `name`; return its number of rows."""

    def create_repeated(self, name: str, sql: str) -> int:
        """Keep as `name` what a query gives more than once as `h`, each once."""

    def columns(self, name: str) -> dict[str, str]:
        """Return the columns of a relation and their types, as DuckDB spells them."""

    def rows(self, sql: str) -> Sequence[Row]:
        """Return the result of a query as Python tuples."""

    def records(self, sql: str) -> list[dict[str, Any]]:
        """Return the result of a query as one mapping per row."""

    def query(self, sql: str) -> pa.Table:
        """Return the result of a query as an Arrow table."""

    def close(self) -> None:
        """Let go of what was made; nothing can be asked afterwards."""
