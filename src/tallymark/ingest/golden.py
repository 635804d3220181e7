"""What an adapter gives held against a golden file: `expected.csv`, a row per figure.

Hides how rows are known again, by their cells, and how values are written in it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tallymark.documents import read_document
from tallymark.documents.own import GOLDEN
from tallymark.errors import DocumentError, Problem, SourceError, UsageError
from tallymark.ingest.files import files_of
from tallymark.ingest.reading import Order, prepare
from tallymark.ingest.recognition import AdapterSummary
from tallymark.model.grid import text_of
from tallymark.model.observation import COLUMNS
from tallymark.model.submission import Submission

EXPECTED = "expected.csv"
USUAL_COLUMNS = (
    "series_id",
    "source_ref",
    "ref_area",
    "time_period",
    "period_start",
    "period_end",
    "calendar",
    "stage",
    "counting_unit",
    "scope",
    "offence",
    "sex",
    "age_group",
    "breakdown",
    "obs_value",
    "value_low",
    "value_high",
    "missing_reason",
    "raw_value",
)
"""What a new golden file holds; one that is there keeps the columns it has."""

Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Golden:
    """An adapter's golden file, and the file that must give it."""

    adapter: str
    input: Path
    expected: Path
    own: Path | None = None
    """The folder of own documents, if the adapter stands there."""
    not_personal: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell that gave something else than expected; a null column is the whole row."""

    ref: str
    column: str | None
    expected: str | None
    got: str | None

    def __str__(self) -> str:
        if self.column is not None:
            return f"{self.ref} {self.column}: expected {self.expected!r}, got {self.got!r}"
        what = "expected, not read" if self.got is None else "read, not expected"
        return f"{self.ref}: {what}: {self.expected or self.got}"


def goldens(known: Sequence[AdapterSummary]) -> list[Golden]:
    """Return the golden files of the sample data, each with the adapter that gives it.

    That is the one that knows its series; of several, the one that fits its input.

    Raises:
        DocumentError: a golden file cannot be read.
        UsageError: beside a golden file stands no input, or more than one.
    """
    found = []
    for expected in sorted(samples_folder().glob(f"*/{EXPECTED}")):
        series = {row.get("series_id") for row in _read(expected)}
        fitting = [adapter.id for adapter in known if series <= set(adapter.series)]
        inputs = files_of([expected.parent], [])
        if len(inputs) != 1:
            raise UsageError(
                f"{len(inputs)} files stand beside the golden file, not one.",
                where=str(expected),
            )
        found += [
            Golden(adapter=adapter, input=inputs[0], expected=expected)
            for adapter in _narrowed(fitting, inputs[0])
        ]
    return sorted(found, key=lambda golden: (golden.adapter, golden.expected))


def own_goldens(own: Path) -> list[Golden]:
    """Return the golden files of own adapters, each with the file it was accepted from.

    Raises:
        DocumentError: what is kept beside a golden file cannot be read.
    """
    found = []
    for path in sorted((own / GOLDEN).glob("*.yaml")):
        kept = read_document(path)
        try:
            golden = Golden(
                adapter=kept["adapter"],
                input=path.parent / kept["input"],
                expected=path.with_suffix(".csv"),
                own=own,
                not_personal=dict(kept["not_personal"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            problem = Problem("needs adapter, input and not_personal")
            raise DocumentError(path.name, [problem]) from error
        found.append(golden)
    return found


def _narrowed(fitting: list[str], path: Path) -> list[str]:
    if len(fitting) < 2:
        return fitting
    try:
        recognised = prepare(Order(), path).adapter.id
    except SourceError:  # then each of them will tell why
        return fitting
    return [adapter for adapter in fitting if adapter == recognised] or fitting


def samples_folder() -> Path:
    """Return the folder of the sample data, which a checkout has and a wheel has not."""
    return Path(__file__).parents[3] / "sample_data"


def differences(submission: Submission, expected: Path) -> list[Difference]:
    """Return in which cells a submission is not what the golden file expects.

    Raises:
        DocumentError: the golden file cannot be read, or a column is not known.
    """
    rows = _read(expected)
    wanted = _by_cell(rows)
    got = _by_cell(_observed(submission, list(rows[0]) if rows else USUAL_COLUMNS))
    found: list[Difference] = []
    for key in dict.fromkeys([*wanted, *got]):
        found += _compared(key[0], wanted.get(key), got.get(key))
    return found


def golden_csv(submission: Submission, expected: Path) -> bytes:
    """Return the golden file that a submission would pass, in the columns it has now.

    Raises:
        DocumentError: there is one that cannot be read.
    """
    rows = _read(expected) if expected.exists() else []
    columns = list(rows[0]) if rows else USUAL_COLUMNS
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_observed(submission, columns))
    return written.getvalue().encode()


def n_unaccounted(submission: Submission) -> int:
    """Return how many numeric cells of the regions are neither figures nor losses."""
    table = submission.observations
    known = [
        table[name].to_pylist() for name in ("obs_value", "value_low", "value_high")
    ]
    refs = table["source_ref"].to_pylist()
    cells = {
        ref
        for ref, *numbers in zip(refs, *known, strict=True)
        if numbers != [None, None, None]
    }
    cells |= {
        ref
        for ref, kind in zip(
            submission.losses["source_ref"].to_pylist(),
            submission.losses["kind"].to_pylist(),
            strict=True,
        )
        if kind.startswith("number-") and kind != "number-not-read"
    }
    return max(0, submission.n_numeric - len(cells))


def _read(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = reader.fieldnames or [], list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DocumentError(path.name, [Problem(f"cannot be read: {error}")]) from error
    problems = [
        Problem(f"{name!r} is no column of the observation table", "line 1")
        for name in columns
        if name not in COLUMNS
    ]
    if "source_ref" not in columns:
        problems.append(Problem("the column 'source_ref' is missing", "line 1"))
    problems += [
        Problem(f"{len(columns)} fields are needed here", f"line {n}")
        for n, row in enumerate(rows, start=2)
        if None in row or None in row.values()
    ]
    if problems:
        raise DocumentError(path.name, problems)
    return rows


def _observed(submission: Submission, columns: Sequence[str]) -> list[Row]:
    values = submission.observations.select(columns).to_pylist()
    return [{name: text_of(value) for name, value in row.items()} for row in values]


def _by_cell(rows: Iterable[Row]) -> dict[tuple[str, int], Row]:
    """Return rows by their cell, and a number where a cell gives several figures."""
    n_of: Counter[str] = Counter()
    known = {}
    for row in rows:
        ref = row["source_ref"]
        known[ref, n_of[ref]] = row
        n_of[ref] += 1
    return known


def _compared(ref: str, wanted: Row | None, got: Row | None) -> Iterator[Difference]:
    if wanted is None or got is None:
        yield Difference(ref=ref, column=None, expected=_told(wanted), got=_told(got))
        return
    for column, value in wanted.items():
        if value != got[column]:
            yield Difference(ref=ref, column=column, expected=value, got=got[column])


def _told(row: Row | None) -> str | None:
    return None if row is None else " ".join(filter(None, row.values()))
