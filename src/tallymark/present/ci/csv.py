"""A verdict as CSV: one error or finding a row, which no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io

from tallymark.model.ci_report import CiReport
from tallymark.present.ci.rows import COLUMNS, Row, Told, rows
from tallymark.present.table.csv import guarded
from tallymark.present.wording import one_line


def render(record: CiReport) -> dict[str, bytes]:
    """Return a heading and the rows; several cells or files of a row are lines."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_fields(row) for row in rows(record))
    return {"": text.getvalue().encode()}


def _fields(row: Row) -> list[str | int | float | None]:
    return [guarded(_field(value)) for value in row.values()]


def _field(told: Told) -> str | None:
    if isinstance(told, bool):
        return str(told).lower()
    if isinstance(told, list):
        return "\n".join(map(one_line, told))
    return told
