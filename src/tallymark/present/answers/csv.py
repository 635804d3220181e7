"""Answers as CSV, one row per question; its columns are those of the record."""

from __future__ import annotations

import csv
import io

from tallymark.model.answer import COLUMNS, Answers
from tallymark.present.table.csv import guarded


def render(answers: Answers) -> dict[str, bytes]:
    """Return the answers; a question without one has an empty field."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        writer.writerow([guarded(getattr(answer, name)) for name in COLUMNS])
    return {"": text.getvalue().encode()}
