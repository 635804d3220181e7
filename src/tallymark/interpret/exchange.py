"""Figures as files that keep their caveats: Parquet, and CSV with a side file.

Hides the layout of both. Files hold slugs, never bits; a CSV without its side file, or
one that was changed since, is not read.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import caveat_texts, with_slugs
from tallymark.model.columns import arrow_column
from tallymark.model.figure import MASKS, Judgement, figure_schema

SIDE_FILE = ".caveats.json"
"""What the side file's name adds to that of its CSV."""

_SCHEMA = "tallymark-caveats-1"
_LISTS = (*MASKS, "obs_ids")
_WORDS = [judgement.name for judgement in Judgement]


def parquet_bytes(figures: pa.Table, catalogue: Catalogue) -> bytes:
    """Return a Parquet file of figures: one row each, caveats as lists of slugs."""
    saved = with_slugs(figures, catalogue.order).replace_schema_metadata(
        {"tallymark.catalogue": catalogue.sha256}
    )
    file = io.BytesIO()
    pyarrow.parquet.write_table(saved, file)
    return file.getvalue()


def read_parquet(path: Path) -> pa.Table:
    """Return the figures in a Parquet file, with slugs, as `Figures.to_arrow` gives them.

    Raises:
        UsageError: it cannot be read, or is no Parquet file.
    """
    try:
        return pyarrow.parquet.ParquetFile(pa.BufferReader(_content(path))).read()
    except pa.ArrowInvalid as error:
        raise UsageError(
            "is not a Parquet file.",
            where=str(path),
            hint="Name one that `to_parquet` wrote.",
        ) from error


def csv_files(figures: pa.Table, catalogue: Catalogue) -> dict[str, bytes]:
    """Return a CSV, one row per figure, and its side file, by what their names end in.

    The CSV tells the caveats' slugs beside each number; the side file says for each row
    which are inherited, found or resolved, and from which observations it came.
    """
    saved = with_slugs(figures, catalogue.order)
    lists = {name: saved[name].to_pylist() for name in _LISTS}
    words = arrow_column(_WORDS, pa.string()).take(saved["judgement"])
    plain = saved.drop_columns(list(_LISTS))
    at = plain.schema.get_field_index("judgement")
    plain = plain.set_column(at, "judgement", words)
    file = io.BytesIO()
    said = caveat_texts(figures, catalogue)
    pyarrow.csv.write_csv(plain.append_column("caveats", said), file)
    csv = file.getvalue()
    return {"": csv, SIDE_FILE: _side_file(csv, lists, catalogue)}


def read_csv(path: Path) -> pa.Table:
    """Return the figures in a CSV and its side file, with slugs, as in `read_parquet`.

    Raises:
        UsageError: a file cannot be read, or the side file is of another CSV.
    """
    csv = _content(path)
    side = _parsed(path.with_name(path.name + SIDE_FILE))
    if side["csv_sha256"] != hashlib.sha256(csv).hexdigest():
        raise UsageError(
            "does not fit its side file: one of the two was changed since.",
            where=str(path),
            hint="Write both again with `to_csv`, and edit a copy.",
        )
    table = pyarrow.csv.read_csv(pa.BufferReader(csv), convert_options=_as_written())
    words = pc.index_in(table["judgement"], arrow_column(_WORDS, pa.string()))
    at = table.schema.get_field_index("judgement")
    table = table.set_column(at, "judgement", words).drop_columns(["caveats"])
    for name, values in _lists(side).items():
        table = table.append_column(name, arrow_column(values, pa.list_(pa.string())))
    return table


def _side_file(
    csv: bytes, lists: dict[str, list[list[str]]], catalogue: Catalogue
) -> bytes:
    carried = zip(*(map(tuple, lists[mask]) for mask in MASKS), strict=True)
    numbers: dict[Any, int] = {}
    which = [numbers.setdefault(masks, len(numbers)) for masks in carried]
    slugs = {slug for masks in numbers for mask in masks for slug in mask}
    rows = zip(which, lists["obs_ids"], strict=True)
    document = {
        "schema": _SCHEMA,
        "csv_sha256": hashlib.sha256(csv).hexdigest(),
        "catalogue": catalogue.sha256,
        "caveats": {
            slug: catalogue.caveats[slug].sentence()
            for slug in catalogue.heaviest_first(slugs)
        },
        "carried": [dict(zip(MASKS, masks, strict=True)) for masks in numbers],
        "figures": [{"carried": n, "obs_ids": obs_ids} for n, obs_ids in rows],
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _parsed(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        raise UsageError(
            "is not there, or is no side file: without it the caveats are not known.",
            where=str(path),
            hint="`to_csv` writes it beside the CSV; keep the two together.",
        )
    return document


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError("cannot be read.", where=str(path)) from error


def _lists(side: dict[str, Any]) -> dict[str, Sequence[list[str]]]:
    carried, figures = side["carried"], side["figures"]
    of_masks = {
        mask: [carried[row["carried"]][mask] for row in figures] for mask in MASKS
    }
    return {**of_masks, "obs_ids": [row["obs_ids"] for row in figures]}


def _as_written() -> Any:
    types = {field.name: field.type for field in figure_schema(1)}
    return pyarrow.csv.ConvertOptions(
        column_types={**types, "judgement": pa.string()},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
