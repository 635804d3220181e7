"""That the word lists hold what the code compares with, and load quickly."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tallymark.documents import read_code_list
from tallymark.ingest.areas import area_level
from tallymark.ingest.drafting import meaning
from tallymark.ingest.drafting.meaning.codes_named import CODE_FIELDS, words_for
from tallymark.ingest.drafting.meaning.texts import compact, folded
from tallymark.model.codes import CountingUnit, MissingReason, Scope, Stage, Statistic
from tallymark.model.draft import Role

FOLDER = Path(meaning.__file__).parent
CODES = {
    "stage": set(Stage),
    "counting_unit": set(CountingUnit),
    "scope": set(Scope),
    "statistic": set(Statistic),
    "gap": {*MissingReason, "zero"},
    "column": {*Role.__args__, "code"},
    "any": {"_T", "_U", "_O"},
}
SECONDS = 0.5
"""Far more than is needed on an idle machine, where it takes 0.03."""


def test_wordings_stand_as_they_are_compared() -> None:
    for row in read_code_list(FOLDER / "words.csv"):
        form = compact if row["field"] == "gap" else folded
        for wording in row["wordings"].split("|"):
            assert wording == form(wording), row["field"]
    for row in read_code_list(FOLDER / "area_names.csv"):
        for name in row["names"].split("|"):
            assert name == folded(name), row["code"]


def test_codes_are_codes() -> None:
    for row in read_code_list(FOLDER / "words.csv"):
        assert row["is_sure"] in ("yes", "no")
        assert row["value"] in CODES.get(row["field"], {row["value"]}), row["field"]
    for row in read_code_list(FOLDER / "area_names.csv"):
        assert row["code"] == "-" or area_level(row["code"])


def test_a_name_is_one_area() -> None:
    areas: dict[str, set[str]] = defaultdict(set)
    for row in read_code_list(FOLDER / "area_names.csv"):
        for name in row["names"].split("|"):
            areas[name].add(row["code"])
    assert {name for name, codes in areas.items() if len(codes) > 1} == set()


@pytest.mark.parametrize("field", CODE_FIELDS[:3])
def test_every_code_can_be_said(field: str) -> None:
    rows = read_code_list(FOLDER / "code_words.csv")
    said = {row["value"] for row in rows if row["field"] == field}
    assert said == CODES[field]
    assert all(words_for(field, code) for code in said)


def test_the_lists_load_quickly() -> None:
    program = (
        "import time; from tallymark.ingest.drafting import meaning;"
        "start = time.process_time(); meaning.heading_readings('Cases in Kenya, 2018');"
        "print(time.process_time() - start)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) < SECONDS


def test_many_labels_are_read_in_seconds() -> None:
    labels = [f"Place number {n} of Exampleland" for n in range(5_000)]
    assert meaning.column_role("Place", labels)[0] == "breakdown"
    assert len(meaning.label_readings("area", labels)) == len(labels)
