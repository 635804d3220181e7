"""A Submission as bytes and back: figures as Arrow batches, all else as JSON.

Hides the layout of the bytes. They run no code when they are read, and hold no path.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from tallymark.model.grid import PdfTable, ReaderOptions
from tallymark.model.observation import SCHEMA
from tallymark.model.series import Source
from tallymark.model.submission import (
    HEADING_SCHEMA,
    LOSS_SCHEMA,
    REGION_SCHEMA,
    Submission,
)

_TABLES = {
    "observations": SCHEMA,
    "replaced": SCHEMA,
    "losses": LOSS_SCHEMA,
    "regions": REGION_SCHEMA,
    "headings": HEADING_SCHEMA,
}
_PLAIN = [
    field.name
    for field in fields(Submission)
    if field.name not in {*_TABLES, "source", "reader", "path"}
]
_QUICK = 1
"""Level of compression: others take longer, and save little of so few bytes."""


def pack(submission: Submission) -> bytes:
    """Return a submission, but its path, as bytes; equal ones give equal bytes."""
    batches = [_batch(getattr(submission, name)) for name in _TABLES]
    source = asdict(submission.source)
    head = {
        "sizes": [len(batch) for batch in batches],
        "source": {**source, "read": source["read"] and source["read"].isoformat()},
        "reader": asdict(submission.reader),
        **{name: _plain(getattr(submission, name)) for name in _PLAIN},
    }
    return zlib.compress(
        b"\n".join([json.dumps(head).encode(), b"".join(batches)]), _QUICK
    )


def unpack(content: bytes, path: Path) -> Submission:
    """Return the submission that was packed, as that of the file at `path`."""
    told, _, rest = zlib.decompress(content).partition(b"\n")
    head = json.loads(told)
    tables, start = {}, 0
    buffer = pa.py_buffer(rest)
    for (name, schema), size in zip(_TABLES.items(), head["sizes"], strict=True):
        batch = pa.ipc.read_record_batch(buffer[start : start + size], schema)
        tables[name] = pa.Table.from_batches([batch])
        start += size
    source = head["source"]
    read = source["read"] and date.fromisoformat(source["read"])
    return Submission(
        path=str(path),
        source=Source(**{**source, "read": read}),
        reader=_reader(head["reader"]),
        **tables,
        **{name: _as_held(head[name]) for name in _PLAIN},
    )


def _batch(table: pa.Table) -> bytes:
    """Return the rows without their schema, which takes more than a small table."""
    batches = table.to_batches()
    if len(batches) != 1:
        columns = [column.combine_chunks() for column in table.columns]
        batches = [pa.RecordBatch.from_arrays(columns, schema=table.schema)]
    return bytes(batches[0].serialize())


def _reader(told: Mapping[str, Any]) -> ReaderOptions:
    tables = (
        PdfTable(**{name: _as_held(value) for name, value in table.items()})
        for table in told["pdf"]
    )
    return ReaderOptions(**{**told, "pdf": tuple(tables)})


def _plain(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else value


def _as_held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
