"""A table's CSV and its side file of notes against the provenance, by figures' ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.table.csv import NOTES, VALUES, guarded
from tallymark.present.wording import one_line

Expected = Mapping[str, Any]
Row = Mapping[str, str]
_NUMBERS = ("value", "low", "high")
_TEXTS = ("state", "status")
_MORE = "after the last"


def csv_differences(
    expected: Expected, content: bytes, notes: bytes | None
) -> tuple[tuple[Difference, ...], int]:
    """Return how a CSV and its notes differ from what was printed, and its figures."""
    rows = _rows(content)
    cells = {_key(expected, cell): cell for cell in expected["cells"]}
    found = list(_added_columns(expected, rows))
    standing: list[Expected] = []
    for number, row in enumerate(rows, start=2):
        key = (
            row.get("id", ""),
            *(row.get(name, "") for name in _dimensions(expected)),
        )
        cell = cells.pop(key, None)
        if cell is None:
            where = f"line {number} {row.get('id', '')}".strip()
            found.append(
                _difference(Change.FIGURE_UNKNOWN, where, "", row.get("value", ""))
            )
        else:
            standing.append(cell)
            found += _row_differences(expected, cell, row)
    found += [
        _difference(Change.FIGURE_REMOVED, cell["id"], cell["printed"], "")
        for cell in cells.values()
        if cell["id"]
    ]
    needed = {n for cell in standing for n in cell["notes"]}
    found += _note_differences(expected, needed, _rows(notes or b""))
    return tuple(found), sum(1 for cell in standing if cell["id"])


def _rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = "," if "," in first else ";" if ";" in first else "\t"
    rows = csv.DictReader(
        io.StringIO(text, newline=""), restkey=_MORE, restval="", delimiter=delimiter
    )
    return [
        {k: v if isinstance(v, str) else ", ".join(v) for k, v in row.items()}
        for row in rows
    ]


def _added_columns(expected: Expected, rows: Sequence[Row]) -> Iterator[Difference]:
    known = {*_dimensions(expected), *VALUES}
    added = dict.fromkeys(name for row in rows for name in row if name not in known)
    for name in added:
        texts = [row[name] for row in rows if row.get(name)]
        if texts:
            where = f"column {name}"
            yield _difference(Change.FIGURE_UNKNOWN, where, "", ", ".join(texts[:4]))


def _dimensions(expected: Expected) -> list[str]:
    """Return the columns of labels, in order: what tells cells without a figure apart."""
    names = [*expected["dimensions"][0], *expected["dimensions"][1]]
    return [column for name in names for column in (name, f"{name}_label")]


def _key(expected: Expected, cell: Expected) -> tuple[str, ...]:
    i, j = cell["at"]
    labels = [*expected["rows"][i], *expected["columns"][j]]
    return (cell["id"], *(str(guarded(text)) for label in labels for text in label))


def _row_differences(
    expected: Expected, cell: Expected, row: Row
) -> Iterator[Difference]:
    where = cell["id"] or "a cell without a figure"
    for name in _NUMBERS:
        wanted = "" if cell.get(name) is None else str(cell[name])
        if wanted != (found := row.get(name, "")):
            yield _difference(Change.NUMBER_CHANGED, f"{where} {name}", wanted, found)
            break  # the bounds of a number are mostly the number itself
    parts = [str(n) for n in cell.get("parts", ("", "", ""))]
    texts = [*(cell[name] for name in _TEXTS), *parts]
    columns = (*_TEXTS, "n_present", "n_declared", "n_observations")
    for name, text in zip(columns, texts, strict=True):
        if row.get(name, "") != text:
            yield _difference(
                Change.NUMBER_CHANGED, f"{where} {name}", text, row.get(name, "")
            )
    if row.get("missing_reason", "") != (cell.get("missing_reason") or ""):
        yield _difference(
            Change.NUMBER_CHANGED, f"{where} missing_reason",
            cell.get("missing_reason") or "", row.get("missing_reason", ""),
        )  # fmt: skip
    slugs = {note["number"]: note["slug"] for note in expected["notes"]}
    for name, listed in (
        ("marks", {str(n) for n in cell["notes"]}),
        ("caveats", {slugs[n] for n in cell["notes"]}),
        ("resolved", set(cell.get("resolved", ()))),
    ):
        held = set(row.get(name, "").split())
        for lost in sorted(listed - held):
            yield _difference(Change.CAVEAT_MISSING, f"{where} {name}", lost, "")
        for other in sorted(held - listed):
            yield _difference(Change.NOTE_CHANGED, f"{where} {name}", "", other)


def _note_differences(
    expected: Expected, needed: set[int], rows: Sequence[Row]
) -> Iterator[Difference]:
    wanted = {
        (note["number"], one_line(note["slug"])): _note_row(note)
        for note in expected["notes"]
    }
    said = _said_rows(expected)
    held = set()
    for row in rows:
        told = tuple(one_line(row.get(name, "")) for name in NOTES)
        if told in said or told in wanted.values():
            held.add(told)
        elif any(told):
            kind = f"{told[0]} {told[1]}".strip()
            where = f"the file of notes, {kind}"
            yield _difference(Change.NOTE_CHANGED, where, "", " ".join(told[2:]))
    for (number, slug), row_of_note in wanted.items():
        if number in needed and row_of_note not in held:
            where = f"note {number} {slug}"
            yield _difference(Change.CAVEAT_MISSING, where, row_of_note[3], "")
    for row_said in said if needed else []:
        if row_said not in held:
            where = f"the file of notes, {row_said[0]}"
            yield _difference(Change.CAVEAT_MISSING, where, row_said[3], "")


def _note_row(note: Expected) -> tuple[str, ...]:
    limits, n_figures = " ".join(note["limits"]), str(note["n_figures"])
    texts = (str(note["number"]), note["slug"], note["sentence"], note["weight"])
    return "note", *(str(guarded(t)) for t in (*texts, limits, n_figures))


def _said_rows(expected: Expected) -> list[tuple[str, ...]]:
    said = [
        ("caption", "", expected["title"]),
        ("counted", "", expected["counted"]),
        *(("not for", "", sentence) for sentence in expected["warnings"]),
        *(("key", symbol, meaning) for symbol, meaning in expected["key"]),
        *(("source", "", line) for line in expected["sources"]),
    ]
    return [
        (kind, *(one_line(str(guarded(t))) for t in (mark, "", text, "", "", "")))
        for kind, mark, text in said
    ]


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
