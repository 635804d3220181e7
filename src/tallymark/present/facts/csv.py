"""Facts of a country as CSV, one row a fact."""

from __future__ import annotations

import csv
import io

from tallymark.model.fact_sheet import FactSheet, ListedFact
from tallymark.present.table.csv import guarded

COLUMNS = (
    "iso3", "country", "kind", "name", "value", "basis", "start", "end", "detail",
    "source_title", "source_publisher", "source_url", "source_where", "source_read",
    "caveats", "matters", "look",
)  # fmt: skip


def render(sheet: FactSheet) -> dict[str, bytes]:
    """Return the facts; the last three columns say what they decide and where to look."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in sheet.facts:
        row = {"iso3": sheet.iso3, "country": sheet.country, **row_of(fact)}
        writer.writerow([guarded(row[name]) for name in COLUMNS])
    return {"": text.getvalue().encode()}


def row_of(fact: ListedFact) -> dict[str, str]:
    """Return a fact by the names of the columns; what is not known is empty."""
    plain = ("kind", "name", "value", "basis", "start", "end", "detail")
    row = {name: _text(getattr(fact, name)) for name in plain}
    for name in ("title", "publisher", "url", "where", "read"):
        row[f"source_{name}"] = _text(getattr(fact.source, name, None))
    return {
        **row,
        "caveats": " ".join(fact.caveats),
        "matters": fact.matters,
        "look": fact.look,
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)
