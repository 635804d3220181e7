"""A country's offences and their ICCS codes as CSV, one row an offence."""

from __future__ import annotations

import csv
import io

from tallymark.model.correspondence import CorrespondenceTable
from tallymark.present.iccs.rows import COLUMNS, row_of
from tallymark.present.table.csv import guarded


def render(table: CorrespondenceTable) -> dict[str, bytes]:
    """Return the offences in the order of the document."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("iso3", *COLUMNS))
    for offence in table.correspondence.offences:
        row = row_of(offence, table)
        cells = [guarded(row[name]) for name in COLUMNS]
        writer.writerow([table.correspondence.iso3, *cells])
    return {"": text.getvalue().encode()}
