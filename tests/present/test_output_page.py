"""docs/reference/output.md tells of every format, letter and field there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from tallymark.present import FORMATS, render
from tallymark.present.cells import State
from tallymark.present.table.csv import NOTES, VALUES
from tallymark.present.wording import LETTERS

PAGE = (Path(__file__).parents[2] / "docs/reference/output.md").read_text("utf-8")
QUOTED = set(re.findall(r"`([^`\n]+)`", re.sub(r"(?s)```.*?```", "", PAGE)))


@pytest.mark.parametrize(("kind", "name"), FORMATS)
def test_every_format_has_its_row(kind, name) -> None:
    assert re.search(rf"^\| {kind} \| `{name}` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_has_its_row(letter) -> None:
    assert f"| `{letter}` | {LETTERS[letter]} |" in PAGE


def test_every_column_of_the_csv_is_named() -> None:
    assert {*VALUES, *NOTES, *get_args(State)} <= QUOTED


def test_every_field_of_the_json_is_named(finding, report) -> None:
    document = json.loads(render("findings", "json", report(finding()))[""])
    fields = {*document, *document["summary"]}
    for name in ("suites", "expectations", "findings"):
        fields |= document[name][0].keys()
    assert fields <= QUOTED
