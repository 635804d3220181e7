"""What an officer who knows the file says to each guess, filled into mapping.xlsx."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_to_tuple
from printing import FIELDS, TrueCell, Unknown, truth

from tallymark.cli import main
from tallymark.ingest import draft, read
from tallymark.model.draft import Decision, Draft, Guess
from tallymark.model.mapping_workbook import SAID

ASKED = {
    "period": "period",
    "area": "area",
    "stage": "stage",
    "counting_unit": "unit",
    "sex": "sex",
    "statistic": "stat",
}
ROUNDS = 4


def places(held: Draft, true: dict[str, TrueCell]) -> dict[str, tuple[int, int, int]]:
    """Return sheet, row and column of each true cell, counted from 0."""
    names = {sheet.name: n for n, sheet in enumerate(held.grid.sheets)}
    found = {}
    for address in true:
        if plain := re.fullmatch(r"R(\d+)C(\d+)", address):
            at = (0, int(plain[1]) - 1, int(plain[2]) - 1)
        elif printed := re.fullmatch(r"(.*t\d+)\.r(\d+)\.c(\d+)", address):
            at = (names.get(printed[1], 0), int(printed[2]) - 1, int(printed[3]) - 1)
        else:
            sheet, _, cell = address.rpartition("!")
            row, column = coordinate_to_tuple(cell)
            at = (names[sheet.strip("'")], row - 1, column - 1)
        found[address] = at
    return found


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who knows a file, and sees how it was read."""

    unknown: Unknown
    true: Mapping[str, TrueCell]
    at: Mapping[str, tuple[int, int, int]]
    rows: Mapping[str, Mapping[str, Any]]

    def decision(self, guess: Guess) -> tuple[str, str]:
        """Return what is chosen for a guess, and what is written beside it."""
        about = [
            address
            for address in self.true
            if any(part.holds(*self.at[address]) for part in guess.about)
        ]
        if guess.id in self.unknown.roles:
            return _unless_read(self.unknown.roles[guess.id], guess)
        if guess.aspect in ("table", "column"):
            return self._of_place(guess, about)
        if guess.aspect == "numbers" and (self.unknown.decimal or self.unknown.group):
            other = "," if self.unknown.group == "." else "."
            return _unless_read(self.unknown.decimal or other, guess)
        if guess.aspect == "gap":
            token = guess.id.partition("gap.")[2]
            reasons = self.unknown.gaps.get(token, guess.reading).split(" ")
            is_one = guess.reading in reasons
            return _unless_read(guess.reading if is_one else reasons[0], guess)
        name = ASKED.get(guess.aspect, "")
        return self._of_field(guess, about, name) if name else ("confirm", "")

    def _of_place(self, guess: Guess, about: Sequence[str]) -> tuple[str, str]:
        if guess.aspect == "table":
            return ("confirm", "") if about else ("ignore", "")
        named = guess.id.rpartition(".")[2]
        columns = {self.at[address][2] for address in about}
        own = column_index_from_string(named) - 1 if named.isalpha() else int(named) - 1
        if own in columns:
            return _unless_read("figures", guess)
        is_wrong = guess.reading == "figures" and not columns
        return ("ignore", "") if is_wrong else ("confirm", "")

    def _of_field(
        self, guess: Guess, about: Sequence[str], name: str
    ) -> tuple[str, str]:
        values = {self.true[address].said.get(name) for address in about}
        value = values.pop() if len(values) == 1 else None
        if value in (None, "*", "?"):
            return "confirm", ""
        read = {self.rows.get(address, {}).get(FIELDS[name]) for address in about}
        return ("confirm", "") if read == {value} else _unless_read(str(value), guess)


def _unless_read(wanted: str, guess: Guess) -> tuple[str, str]:
    if wanted == guess.reading:
        return "confirm", ""
    return ("ignore", "") if wanted in ("", "ignore") else ("change to", wanted)


def decisions(held: Draft, unknown: Unknown) -> dict[str, Decision]:
    """Return what the officer says to each guess of a draft, by its id."""
    true = truth(unknown)
    found = [] if held.submission is None else held.submission.observations.to_pylist()
    officer = Officer(
        unknown=unknown,
        true=true,
        at=places(held, true),
        rows={row["source_ref"]: row for row in reversed(found)},
    )
    said = ((guess.id, officer.decision(guess)) for guess in held.guesses)
    return {
        id_: Decision(id=id_, said=SAID[chosen], value=value)
        for id_, (chosen, value) in said
    }


def filled(path: Path, said: Mapping[str, Decision], name: str) -> None:
    """Write decisions into a workbook, row by row, as a person does."""
    book = openpyxl.load_workbook(path)
    sheet = book["Guesses"]
    rows = list(sheet.iter_rows())
    (head,) = (row for row in rows if any(cell.value == "seal" for cell in row))
    columns = {cell.value: n for n, cell in enumerate(head)}
    chosen = {value: key for key, value in SAID.items()}
    for row in rows[rows.index(head) + 1 :]:
        made = said.get(str(row[columns["id"]].value))
        if made is not None:
            row[columns["Decision"]].value = chosen[made.said]
            row[columns["Change to"]].value = made.value or None
    book["Definition"]["C6"] = f"unknown-{name.replace('_', '-')}"
    book.save(path)


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run a command in this process; return its exit code and what it prints."""
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            main([str(one) for one in arguments])
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()


def accepted(unknown: Unknown, path: Path, folder: Path) -> list[str]:
    """Decide in workbook after workbook till the adapter is written; return what is told."""
    mapping = folder / "mapping.xlsx"
    told = [run("adapt", "draft", path, "-o", mapping)[1]]
    said: dict[str, Decision] = {}
    for _ in range(ROUNDS):
        said |= decisions(draft(path, decisions=tuple(said.values())), unknown)
        filled(mapping, said, unknown.name)
        code, out = run("adapt", "accept", mapping, "--own", folder / "own")
        told.append(out)
        further = mapping.with_stem(f"mapping-{len(told)}")
        if code != 1 or not further.exists():
            break
        mapping = further
    return told


def observations(path: Path, own: Path) -> list[dict[str, Any]]:
    """Return what the accepted adapter reads in the file."""
    found = read([path], own=own)
    return [row for one in found for row in one.observations.to_pylist()]
