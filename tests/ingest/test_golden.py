"""A golden file tells each cell that is not as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tallymark.errors import DocumentError
from tallymark.ingest import adapters, read
from tallymark.ingest.golden import (
    EXPECTED,
    Golden,
    differences,
    golden_csv,
    goldens,
    n_unaccounted,
    samples_folder,
)
from tallymark.model.submission import Submission

SAMPLES = goldens(adapters())
TEXT = "Area,Year,Sex,Offence,Cases\nKEN,2018,Total,Rape,3\nKEN,2019,Male,Rape,<5\n"
GOLDEN = """\
source_ref,time_period,obs_value,value_high
R2C5,2018,3,
R3C5,2019,,4
"""


@pytest.fixture
def submission(
    read_text: Callable[[str, str], Submission], long_document: str
) -> Submission:
    return read_text(long_document, TEXT)


@pytest.fixture
def told(submission: Submission, tmp_path: Path) -> Callable[[str], list[str]]:
    def compare(text: str) -> list[str]:
        path = tmp_path / "expected.csv"
        path.write_text(text, encoding="utf-8")
        return [str(difference) for difference in differences(submission, path)]

    return compare


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("2018,3", "2018,4", ["R2C5 obs_value: expected '4', got '3'"]),
        ("2019,,4", "2019,5,5", [
            "R3C5 obs_value: expected '5', got ''",
            "R3C5 value_high: expected '5', got '4'",
        ]),
        ("R2C5,2018,3,\n", "", ["R2C5: read, not expected: R2C5 2018 3"]),
        ("R3C5", "R9C5", [
            "R9C5: expected, not read: R9C5 2019 4",
            "R3C5: read, not expected: R3C5 2019 4",
        ]),
        ("R2C5,2018,3,\n", "R2C5,2018,3,\n" * 2, [
            "R2C5: expected, not read: R2C5 2018 3"
        ]),
    ],
)  # fmt: skip
def test_each_difference_is_told_by_cell(
    told: Callable[[str], list[str]], old: str, new: str, said: list[str]
) -> None:
    assert told(GOLDEN.replace(old, new)) == said


def test_a_golden_file_is_written_in_the_columns_that_it_has(
    submission: Submission, tmp_path: Path
) -> None:
    path = tmp_path / "expected.csv"
    path.write_text(GOLDEN.replace("2018,3", "2018,4"))
    assert golden_csv(submission, path) == GOLDEN.encode()
    path.write_bytes(golden_csv(submission, tmp_path / "new.csv"))
    assert differences(submission, path) == []
    assert path.read_text().startswith("series_id,source_ref,ref_area,")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source_ref,colour\n", "'colour' is no column"),
        ("obs_value\n3\n", "'source_ref' is missing"),
        ("source_ref,obs_value\nR2C5\n", "2 fields are needed here @ expected.csv line 2"),
        ("source_ref\nR2C5,3\n", "1 fields are needed here"),
    ],
)  # fmt: skip
def test_a_golden_file_with_faults_is_refused(
    told: Callable[[str], list[str]], text: str, problem: str
) -> None:
    with pytest.raises(DocumentError, match=problem):
        told(text)


def test_numbers_that_are_neither_figures_nor_losses_are_counted(
    submission: Submission,
) -> None:
    assert n_unaccounted(submission) == 0
    assert n_unaccounted(replace(submission, n_numeric=submission.n_numeric + 2)) == 2


@pytest.mark.parametrize("golden", SAMPLES, ids=lambda g: g.expected.parent.name)
def test_a_sample_gives_its_golden_file(golden: Golden) -> None:
    [submission] = read([golden.input], golden.adapter)
    assert differences(submission, golden.expected) == []
    assert golden_csv(submission, golden.expected) == golden.expected.read_bytes()
    assert n_unaccounted(submission) == 0


def test_every_sample_belongs_to_one_adapter() -> None:
    there = sorted(samples_folder().glob(f"*/{EXPECTED}"))
    assert sorted(golden.expected for golden in SAMPLES) == there
