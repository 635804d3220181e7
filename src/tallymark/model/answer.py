"""Answers of a sender to the questions that findings ask, known by their fingerprints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pyarrow as pa

from tallymark.errors import TallymarkError
from tallymark.model.columns import arrow_table

if TYPE_CHECKING:  # pandas loads on use
    import pandas as pd

KEPT = ("expectation", "fingerprint", "evidence", "file", "address", "answers")
"""What a row of a return workbook carries so that its answer is known again; `answers`
are the closed ones in each language, English first."""

SEAL = "seal"
"""The column that shows whether one of `KEPT` was changed."""

LANGUAGES_APART, ANSWERS_APART = " | ", " / "


def seal(kept: Sequence[str]) -> str:
    """Return a short hash of a row's `KEPT` texts.

    >>> seal(["a", "b"]) == seal(["a", "c"])
    False
    """
    return hashlib.sha256("\x1f".join(kept).encode()).hexdigest()[:8]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a sender says to one question; an answer is never a waiver.

    `answer` is `yes`, `no`, `not_known`, or the question's closed answer in English;
    null if there is none. `words` are the sender's own, "" if there are none or if
    they seem to tell of a person.
    """

    file: str
    fingerprint: str
    evidence: str
    expectation: str
    address: str
    answer: str | None
    words: str
    workbook: str
    cell: str
    """Where the answer stands in the workbook that came back."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The answers of return workbooks, in the order of their rows.

    `notes` tell what could not be taken as it stands, `errors` which file could not be
    read.
    """

    items: tuple[Answer, ...]
    notes: tuple[str, ...] = ()
    errors: tuple[TallymarkError, ...] = ()

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        n = sum(answer.answer is not None for answer in self.items)
        return f"<Answers: {n:,} of {len(self):,} questions>"

    def to_arrow(self) -> pa.Table:
        """Return one row per question, in order."""
        columns = {
            name: [getattr(answer, name) for answer in self.items] for name in COLUMNS
        }
        return arrow_table(columns, _SCHEMA)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row per question as a pandas DataFrame."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame


COLUMNS = tuple(field.name for field in fields(Answer))

_SCHEMA = pa.schema([pa.field(name, pa.string()) for name in COLUMNS])
