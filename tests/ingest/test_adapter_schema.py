"""The JSON Schema for editors accepts what the loader accepts, and refuses slips."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tallymark.documents import read_document
from tallymark.ingest.adapter.loading import BUILT_IN
from tallymark.ingest.adapter.schema import adapter_schema

VALIDATOR = Draft202012Validator(adapter_schema())
DOCUMENTS = sorted(BUILT_IN.glob("*.yaml")) + sorted(
    (Path(__file__).parents[1] / "real/adapters").glob("*.yaml")
)
SMALL: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "title": "x",
    "source": {"title": "x"},
    "vintage": None,
    "tables": [
        {
            "name": "t",
            "header": ["Year", {"group": [{"name": "n", "pattern": ".*"}]}],
            "values": ["n"],
            "above": ["Police", {"pattern": "Table.*"}],
            "lookups": [
                {"combine": [{"column": "Year"}, {"header": 0}], "parse": "period"},
                {"constant": {"stage": "CHARGED"}, "when": {"Year": ["2017", "2018"]}},
                {"cell": {"text": "Area", "right": 1}, "field": "ref_area"},
                {"column": "Year", "field": "sex", "map": {"x": "M"}, "others": "F"},
            ],
        }
    ],
}


def plain(content: Any) -> Any:
    """Return dates as texts, as an editor's JSON has them."""
    if isinstance(content, dict):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [plain(part) for part in content]
    is_json = content is None or isinstance(content, str | int | float)
    return content if is_json else str(content)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(adapter_schema())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_adapter_fits_the_schema(path: Path) -> None:
    errors = [
        f"{error.json_path}: {error.message}"
        for error in VALIDATOR.iter_errors(plain(read_document(path)))
    ]
    assert errors == []


def test_short_forms_fit_the_schema() -> None:
    assert list(VALIDATOR.iter_errors(SMALL)) == []


@pytest.mark.parametrize(
    ("place", "slip"),
    [
        ((), {"titel": "x"}),
        (("tables", 0), {"rows": {"until": "bottom"}}),
        (("tables", 0), {"occurs": "twice"}),
        (("tables", 0, "lookups", 0), {"parse": "date"}),
        (("tables", 0, "lookups", 1), {"whn": {}}),
        (("tables", 0, "lookups", 2), {"cell": {"text": "Area", "left": 1}}),
        (("tables", 0, "header", 1), {"many": True}),
    ],
)
def test_a_slip_is_seen_in_the_editor(place: tuple[Any, ...], slip: object) -> None:
    document = copy.deepcopy(SMALL)
    part: Any = document
    for step in place:
        part = part[step]
    part.update(slip)
    assert list(VALIDATOR.iter_errors(document))
