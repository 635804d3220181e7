"""A submission's file is read once more as it was, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tallymark.errors import PersonalDataError, SourceError
from tallymark.ingest import grid, read
from tallymark.model.submission import Submission

ROWS = "Area,Year,Sex,Offence,Cases\nCôte d'Ivoire,2018,Total,Rape,3\n"
PERSONS = "First name,Surname,Date of birth\n" + "".join(
    f"Ama{n},Doe{n},19{n}-02-03\n" for n in range(60, 90)
)


@pytest.fixture
def submission(
    tmp_path: Path, folder: Callable[..., Path], long_document: str
) -> Submission:
    document = long_document.replace("tables:", "reader: {encoding: cp850}\ntables:")
    path = tmp_path / "t.csv"
    path.write_bytes(ROWS.encode("cp850"))
    (found,) = read([path], folder=folder(document), not_personal={"t.csv": "counts"})
    return found


def test_the_reader_is_told_the_same_of_the_file(submission: Submission) -> None:
    again = grid(submission)
    assert (again.file, again.sha256) == ("t.csv", submission.sha256)
    assert again.sheets[0].value(1, 0) == "Côte d'Ivoire"


def test_a_file_that_has_changed_is_told(submission: Submission) -> None:
    with Path(submission.path).open("ab") as file:
        file.write(b"KEN,2018,Total,Rape,4\n")
    with pytest.raises(SourceError, match="has changed since it was read") as caught:
        grid(submission)
    assert caught.value.where == submission.path


def test_a_file_that_is_gone_is_told(submission: Submission) -> None:
    Path(submission.path).unlink()
    with pytest.raises(SourceError, match="no such file"):
        grid(submission)


def test_the_gate_stands_there_still_but_for_what_was_declared(
    tmp_path: Path, submission: Submission
) -> None:
    persons = tmp_path / "list.csv"
    persons.write_text(PERSONS)
    moved = {"file": "list.csv", "path": str(persons)}
    with pytest.raises(PersonalDataError):
        grid(replace(submission, **moved))
    declared = {"list.csv": "made up"}
    with pytest.raises(SourceError, match="has changed"):
        grid(replace(submission, **moved, not_personal=declared))
