"""How well an unknown file is read: its true cells, what they say, and what is asked.

`python tests/unknown/measuring.py` prints it for each file of all sets, untouched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
from officer import places
from printing import FIELDS, UNKNOWN, TrueCell, Unknown, truth, written

from tallymark.ingest import draft
from tallymark.model.draft import Draft

DEPENDS = {
    "period": ("period", "calendar"),
    "area": ("area",),
    "stage": ("stage",),
    "unit": ("counting_unit",),
    "sex": ("sex",),
    "stat": ("statistic", "numbers"),
    "value": ("numbers", "gap"),
}
"""Guesses that, while open, say that a reading is not sure; so do those of a column."""
OF_A_TABLE = ("column", "label", "header", "rows", "table")


@dataclass
class Measure:
    """Counts over the true cells of a file."""

    n_cells: int = 0
    n_values: int = 0
    """Cells with the right value, or rightly without one, at the right address."""
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    wrong_and_sure: list[str] = field(default_factory=list)
    wrong_and_asked: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    """Figures where no figure is."""
    needless: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    problems: tuple[str, ...] = ()
    seconds: float = 0.0

    def share(self, name: str) -> float:
        return self.right[name] / self.of[name] if self.of[name] else 1.0


def measured(unknown: Unknown, path: Path) -> tuple[Measure, Draft]:
    """Return how well the guesses alone read a file."""
    start = perf_counter()
    held = draft(path)
    seconds = perf_counter() - start
    rows = [] if held.submission is None else held.submission.observations.to_pylist()
    true = truth(unknown)
    at = places(held, true)
    result = compared(true, rows, held, at)
    result.problems, result.seconds = held.problems, seconds
    open_ = [guess for guess in held.guesses if guess.needs_you]
    asked = {guess.aspect for guess in open_}
    result.unasked = [one for one in unknown.asks.split() if one not in asked]
    expected = {*unknown.asks.split(), *_unknowable(true)}
    result.needless = [g.id for g in open_ if g.aspect not in expected | {"scope"}]
    return result, held


def _unknowable(true: Mapping[str, TrueCell]) -> Iterator[str]:
    for name, aspects in DEPENDS.items():
        if any(cell.said.get(name) in ("?", "*", None) for cell in true.values()):
            yield from aspects


def compared(
    true: Mapping[str, TrueCell],
    rows: Iterable[Mapping[str, Any]],
    held: Draft | None = None,
    at: Mapping[str, tuple[int, int, int]] | None = None,
) -> Measure:
    """Compare what was read with what is true, cell by cell."""
    result = Measure(n_cells=len(true))
    read = {}
    for row in rows:
        read.setdefault(row["source_ref"], row)
    for address, cell in true.items():
        row = read.get(address)
        if row is None:
            result.absent.append(address)
            continue
        unsure = set()
        if held is not None and at is not None:
            around = held.guesses_about(*at[address])
            unsure = {guess.aspect for guess in around if guess.needs_you}
        for name, wanted, got in _fields(cell, row):
            _count(result, name, wanted, got, address, unsure)
    result.extra = [
        address
        for address, row in read.items()
        if address not in true and row["obs_value"] is not None
    ]
    return result


def _fields(cell: TrueCell, row: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    yield "value", cell.value, row["obs_value"]
    if cell.reason:
        is_known = row["missing_reason"] in cell.reason.split()
        yield "gap", cell.reason, cell.reason if is_known else row["missing_reason"]
    for name, column in FIELDS.items():
        wanted = cell.said.get(name)
        if wanted not in (None, "*"):
            nothing = UNKNOWN.get(name, "_T")
            yield name, nothing if wanted == "?" else wanted, row[column]


def _count(
    result: Measure, name: str, wanted: Any, got: Any, address: str, unsure: set[str]
) -> None:
    result.of[name] += 1
    is_right = (
        abs(got - wanted) < 1e-9
        if None not in (got, wanted) and name == "value"
        else got == wanted
    )
    result.right[name] += is_right
    result.n_values += is_right and name == "value"
    is_nothing = got in (None, UNKNOWN.get(name), "_T") or name == "gap"
    if is_right or is_nothing:
        return
    said = f"{address} {name} {got} for {wanted}"
    if unsure & {*DEPENDS.get(name, ()), *OF_A_TABLE}:
        result.wrong_and_asked.append(said)
    else:
        result.wrong_and_sure.append(said)


def main() -> None:
    """Print how well each file is read by guesses alone, and all of them together."""
    whole, sets = Measure(), (FIRST, SECOND, THIRD, FORMS)
    with TemporaryDirectory() as folder:
        for unknown in (one for many in sets for one in many):
            found, _ = measured(unknown, written(unknown, Path(folder)))
            wrong, asked = found.wrong_and_sure, found.needless
            click.echo(
                f"{unknown.name}: {found.n_values} of {found.n_cells} figures,"
                f" {len(wrong)} wrong and sure, needless {asked}, {found.seconds:.2f} s"
            )
            whole.right += found.right
            whole.of += found.of
            whole.n_cells += found.n_cells
            whole.wrong_and_sure += wrong
    shares = {name: f"{whole.share(name):.1%}" for name in whole.of}
    click.echo(f"{whole.n_cells} figures: {shares}")
    click.echo(f"wrong and sure: {whole.wrong_and_sure}")


if __name__ == "__main__":
    from first_set import FIRST
    from forms_set import FORMS
    from second_set import SECOND
    from third_set import THIRD

    main()
