"""What ingest returns for a file, and for several files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from tallymark.errors import TallymarkError
from tallymark.model.columns import empty_table
from tallymark.model.country import Country
from tallymark.model.grid import ReaderOptions
from tallymark.model.observation import SCHEMA
from tallymark.model.series import Series, Source

if TYPE_CHECKING:  # pandas loads on use
    import pandas as pd

LOSS_SCHEMA = pa.schema(
    [
        pa.field("source_file", pa.string()),
        pa.field("source_ref", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("raw_value", pa.string()),
        pa.field("detail", pa.string()),
        pa.field("series_id", pa.string()),
        pa.field("suggestion", pa.string()),
    ]
)
"""One row per cell that did not become what it should: kind `number-not-read`,
`number-outside-columns`, `number-below-table`, `label-not-mapped` or `period-not-read`."""

REGION_SCHEMA = pa.schema(
    [
        pa.field("source_file", pa.string()),
        pa.field("series_id", pa.string()),
        pa.field("region", pa.string()),
        pa.field("header", pa.string()),
    ]
)
"""One row per series and region of a sheet that holds its figures."""

HEADING_SCHEMA = pa.schema(
    [
        pa.field("source_file", pa.string()),
        pa.field("role", pa.string()),
        pa.field("source_ref", pa.string()),
        pa.field("text", pa.string()),
        pa.field("sheet", pa.string()),
        pa.field("column", pa.string()),
        pa.field("first_row", pa.int64()),
        pa.field("last_row", pa.int64()),
    ]
)
"""One row per text printed over or beside figures: role `sheet`, `title`, `column` or
`row`, its own cell, and which figures it is about. An address is `sheet`, column and row
(`Sheet!B12`, `R12C2`, `p3.t1.r12.c2`); `column` is null if it is about all columns. Texts
are cut at 200 characters; a long table names each of its rows' labels once."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One file read by one adapter.

    `n_numeric` counts the numeric cells of the declared regions: each is either a
    source cell of `observations` or of `replaced`, or a row of `losses`.
    """

    file: str
    path: str
    sha256: str
    adapter: str
    adapter_version: int
    layout: str
    """Fingerprint of the layout: anchors and headers, without figures or addresses."""
    source: Source
    observations: pa.Table
    losses: pa.Table
    regions: pa.Table
    n_numeric: int
    ignored: tuple[str, ...] = ()
    """Rows and columns that the adapter declares to be no figures, each with its reason."""
    detected: Mapping[str, str] = field(default_factory=dict)
    headings: pa.Table = field(default_factory=lambda: empty_table(HEADING_SCHEMA))
    replaced: pa.Table = field(default_factory=lambda: empty_table(SCHEMA))
    """Figures for which a newer version of the run stands: compared, never shown."""
    replaces: tuple[str, ...] = ()
    """Files of the run that this one was declared to replace as a whole."""
    replaces_adapters: tuple[str, ...] = ()
    """Adapters of whose earlier files this one replaces the figures that it prints."""
    reader: ReaderOptions = field(default_factory=ReaderOptions)
    """What the reader was told of the file; with it, the same cells are read again."""
    not_personal: Mapping[str, str] = field(default_factory=dict)
    """Sheets that were declared to be no lists of persons, each with the reason given."""
    adapter_hash: str = ""
    """Hash of the adapter's document, by which a changed one is known."""
    is_own: bool = False
    """Whether the adapter is the user's own, and none that is shipped."""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a template answers beside its figures, by whose answer it is and to what:
    `case_data_request online_marker`, `CAPACITY icse` → value, cell, and words with it."""


@dataclass(frozen=True)
class Submissions:
    """Several submissions in the order of their paths, and the files that failed."""

    items: tuple[Submission, ...]
    errors: tuple[TallymarkError, ...] = ()
    notes: tuple[str, ...] = ()
    """What is worth saying of the run itself; no figure depends on it."""
    series: Mapping[str, Series] = field(default_factory=dict)
    """Definitions of the user's own, which join the shipped ones; so do `countries`."""
    countries: Mapping[str, Country] = field(default_factory=dict)
    series_hashes: Mapping[str, str] = field(default_factory=dict)
    """A hash of the document of each own definition."""

    def __iter__(self) -> Iterator[Submission]:
        return iter(self.items)

    def __repr__(self) -> str:
        files = ", ".join(f"{s.file} ({s.observations.num_rows:,})" for s in self.items)
        n = len(self.errors)
        return f"<Submissions: {files or 'none'}; {n} error{'' if n == 1 else 's'}>"

    def __len__(self) -> int:
        return len(self.items)

    @property
    def observations(self) -> pa.Table:
        """All observations of the newest versions, in the order of files and cells."""
        return _concatenated([s.observations for s in self.items], SCHEMA)

    @property
    def replaced(self) -> pa.Table:
        """Figures of older versions, which are compared with newer ones and not shown."""
        return _concatenated([s.replaced for s in self.items], SCHEMA)

    @property
    def losses(self) -> pa.Table:
        """All cells that did not become what they should."""
        return _concatenated([s.losses for s in self.items], LOSS_SCHEMA)

    @property
    def regions(self) -> pa.Table:
        """Where each series' figures stand."""
        return _concatenated([s.regions for s in self.items], REGION_SCHEMA)

    @property
    def headings(self) -> pa.Table:
        """The texts printed over and beside the figures."""
        return _concatenated([s.headings for s in self.items], HEADING_SCHEMA)

    def to_arrow(self) -> pa.Table:
        """Return the observation table, one row per printed figure."""
        return self.observations

    def to_pandas(self) -> pd.DataFrame:
        """Return the observation table as a pandas DataFrame."""
        frame: pd.DataFrame = self.observations.to_pandas()
        return frame


def _concatenated(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables(tables) if tables else empty_table(schema)
