"""A table's CSV and its side file of notes against the provenance, by figures' ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.table_csv import guarded
from tallymark.present.wording import one_line

Expected = Mapping[str, Any]
Row = Mapping[str, str]
_NUMBERS = ("value", "low", "high")
_TEXTS = ("state", "status")


def csv_differences(
    expected: Expected, content: bytes, notes: bytes | None
) -> tuple[tuple[Difference, ...], int]:
    """Return how a CSV and its notes differ from what was printed, and its figures."""
    rows = _rows(content)
    cells = {_key(expected, cell): cell for cell in expected["cells"]}
    found: list[Difference] = []
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
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    return [{str(k): v for k, v in row.items() if isinstance(v, str)} for row in rows]


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
    ):
        held = set(row.get(name, "").split())
        for lost in sorted(listed - held):
            yield _difference(Change.CAVEAT_MISSING, f"{where} {name}", lost, "")
        for other in sorted(held - listed):
            yield _difference(Change.NOTE_CHANGED, f"{where} {name}", "", other)


def _note_differences(
    expected: Expected, needed: set[int], rows: Sequence[Row]
) -> Iterator[Difference]:
    held = {row.get("mark", ""): row for row in rows if row.get("kind") == "note"}
    for note in expected["notes"]:
        if note["number"] not in needed:
            continue
        where = f"note {note['number']} {note['slug']}"
        row = held.get(str(note["number"]))
        if row is None:
            yield _difference(Change.CAVEAT_MISSING, where, note["sentence"], "")
            continue
        wanted = (note["slug"], str(guarded(note["sentence"])), note["weight"])
        found = tuple(one_line(row.get(n, "")) for n in ("slug", "sentence", "weight"))
        if found != wanted:
            yield _difference(
                Change.NOTE_CHANGED, where, " ".join(wanted), " ".join(found)
            )
    said = {row.get("sentence") for row in rows}
    for sentence in (*expected["warnings"] * bool(needed), expected["title"]):
        if str(guarded(sentence)) not in said:
            yield _difference(Change.CAVEAT_MISSING, "the file of notes", sentence, "")


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
