"""The sixteen checks as plain data, the same for every side, and how a side answers.

A check's name, the number that fails, and the first rows: by `submission_id` and
`source_cell`, or, where a side names groups, by the columns of the group.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

COLUMNS = [
    "submission_id", "ref_area", "year", "measure", "unit_of_count", "offence_code",
    "sex", "age_group", "value", "obs_status", "source_cell",
]  # fmt: skip
FILLED = ["submission_id", "ref_area", "year", "measure"]
LISTS = {
    "measure": [
        "recorded", "suspects", "charged", "prosecuted", "convicted", "imprisoned",
        "victims", "acquitted",
    ],
    "unit_of_count": ["PERSONS", "OFFENCES", "CASES", "INCIDENTS", "VICTIMS"],
    "sex": ["_T", "M", "F"],
    "age_group": ["_T", "Y0T14", "Y15T17", "Y18T24", "Y_GE25"],
}  # fmt: skip
FORMS = {
    "ref_area": "^[A-Z]{3}$",
    "source_cell": "^[A-Za-z0-9_ ]+![A-Z]{1,3}[0-9]+$",
}
RANGES = {"value": (0, 10_000_000), "year": (2000, 2030)}
WITHOUT_VALUE = ["M", "L"]
KEY = [
    "ref_area", "year", "measure", "unit_of_count", "offence_code", "sex", "age_group",
]  # fmt: skip
GROUP = ["ref_area", "year", "offence_code", "sex", "age_group"]
PLACE = ["submission_id", "source_cell"]

PRESENT, STATUS, UNIQUE, ABOVE = "columns", "status", "unique", "above"
NAMES = [
    PRESENT,
    *(f"filled {column}" for column in FILLED),
    *(f"list {column}" for column in LISTS),
    *(f"range {column}" for column in RANGES),
    *(f"form {column}" for column in FORMS),
    STATUS,
    UNIQUE,
    ABOVE,
]
KEEP = 20
"""Rows that each side names of each check."""

Answer = dict[str, dict[str, Any]]


def arguments() -> tuple[str, str]:
    """Return the table to check and where to write the answer."""
    return sys.argv[1], sys.argv[2]


def rows_of(count: int, keys: Iterable[Sequence[Any]] = ()) -> dict[str, Any]:
    """Return one check's answer whose keys name rows."""
    places = [[None if part != part else part for part in key] for key in keys]  # NaN
    return {"count": count, "keys": places, "by": "row"}


def groups_of(count: int, keys: Iterable[Sequence[Any]] = ()) -> dict[str, Any]:
    """Return one check's answer whose keys name groups."""
    return {"count": count, "keys": [list(key) for key in keys], "by": "group"}


def write_answer(answer: Mapping[str, Mapping[str, Any]], path: str) -> None:
    """Write what a side found, by check."""
    Path(path).write_text(json.dumps(answer, default=str), encoding="utf-8")
