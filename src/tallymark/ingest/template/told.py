"""Losses of a template that the mapping engine does not meet: gathered, then told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from tallymark.model.columns import arrow_table
from tallymark.model.submission import LOSS_SCHEMA


@dataclass(frozen=True, kw_only=True)
class Told:
    """The losses of one file, in the order in which they are met."""

    file: str
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def loss(
        self, where: str, kind: str, raw_value: str, detail: str, near: str = ""
    ) -> None:
        """Add one."""
        self.rows.append((where, kind, raw_value, detail, near))

    def added_to(self, losses: pa.Table) -> pa.Table:
        """Return losses of the mapping with these behind them."""
        if not self.rows:
            return losses
        refs, kinds, values, details, near = zip(*self.rows, strict=True)
        more = arrow_table(
            {
                "source_file": [self.file] * len(self.rows),
                "source_ref": list(refs),
                "kind": list(kinds),
                "raw_value": list(values),
                "detail": list(details),
                "series_id": [None] * len(self.rows),
                "suggestion": [text or None for text in near],
            },
            LOSS_SCHEMA,
        )
        return pa.concat_tables([losses, more]).combine_chunks()
