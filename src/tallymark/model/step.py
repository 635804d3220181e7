"""What was done to figures, step by step: enough to tell of it, and to do it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Step:
    """One operation on figures: its name, its arguments, and the figures before it.

    `before` holds one figure table per operand; it is asked only to tell where a result
    comes from.
    """

    operation: str
    arguments: Mapping[str, str]
    before: tuple[pa.Table, ...]
    numbers: Mapping[str, float] = field(default_factory=dict)
    """Numbers that came from no file, by name (`KEN 2019`): held to do it again."""

    def __str__(self) -> str:
        """Return the step in one line: `where ref_area=KEN,UGA`."""
        told = [f"{name}={value}" for name, value in self.arguments.items()]
        return " ".join([self.operation, *told])
