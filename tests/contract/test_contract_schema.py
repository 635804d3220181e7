"""Generated contracts, and what `lint` lets pass, held to the standard's JSON schema."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator

from tallymark import pipeline
from tallymark.contract import contract_problems
from tallymark.errors import TallymarkError

SCHEMA = json.loads(
    Path(__file__)
    .with_name("odcs")
    .joinpath("odcs-v3.2.0.schema.json")
    .read_text(encoding="utf-8")
)
STANDARD = Draft201909Validator(SCHEMA)
SUITES = sorted(
    path.stem for path in (Path(__file__).parents[2] / "expectations").glob("*.json")
)


@pytest.mark.parametrize("suite", SUITES)
def test_a_contract_of_every_shipped_suite_is_valid(suite):
    made = yaml.safe_load(pipeline.make_contract([suite], ["xaa_case_data"]))
    assert not [e.message for e in STANDARD.iter_errors(made)]
    assert not contract_problems(made)


@pytest.mark.parametrize(
    "series", ["deu_bka_pks", "phl_doj_ooc_tips", "interpol_icse", "usa_bjs_prison_custody"]
)  # fmt: skip
def test_a_contract_of_a_series_is_valid(series):
    made = yaml.safe_load(pipeline.make_contract(["observations"], [series]))
    assert not [e.message for e in STANDARD.iter_errors(made)]


SOUND = {
    "apiVersion": "v3.2.0", "kind": "DataContract", "id": "k", "version": "1.0.0",
    "tags": ["a"], "description": {"purpose": "p", "limitations": "l"},
    "team": {"name": "kitchen"}, "context": "Read with care.",
    "schema": [
        {
            "name": "meals", "logicalType": "object", "physicalName": "m1",
            "synonyms": [{"synonym": "dishes"}], "quality": [
                {"id": "ünit", "metric": "rowCount", "mustBeBetween": [1, 9]},
                {"type": "text", "description": "Warm."},
                {"type": "sql", "query": "select 1", "mustBe": 1, "severity": "high"},
                {"type": "custom", "engine": "soda", "implementation": "x"},
            ],
            "properties": [
                {"name": "n", "logicalType": "integer",
                 "logicalTypeOptions": {"multipleOf": 5, "format": "i32", "minimum": 0}},
                {"name": "day", "logicalType": "date",
                 "logicalTypeOptions": {"minimum": "2020-01-01", "format": "yyyy"}},
                {"name": "side", "logicalType": "string", "primaryKey": True,
                 "enum": [{"value": "n", "label": "North"}, {"value": None}],
                 "logicalTypeOptions": {"pattern": "^[ns]$", "maxLength": 3}},
                {"name": "lines", "logicalType": "array", "items":
                 {"logicalType": "object", "properties": [{"name": "id"}]},
                 "logicalTypeOptions": {"minItems": 1, "uniqueItems": True}},
                {"name": "words", "logicalType": "map", "map":
                 {"key": {"logicalType": "string"}, "value": {"logicalType": "number"}}},
                {"name": "place", "logicalType": "object", "logicalTypeOptions":
                 {"required": ["x"]}, "properties": [{"name": "x", "required": True}]},
            ],
        }
    ],
    "customProperties": [{"property": "p", "value": [1]}],
}  # fmt: skip
ODD = (None, "", "x", 0, -1, 2.5, True, [], [1], [2, 1], {}, {"a": 1}, "mustBe", "i7")


def nodes(tree, path=()):
    """Yield the path of every value of a document."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from nodes(value, (*path, key))


@st.composite
def bent(draw):
    """A sound contract with up to three values or keys changed."""
    made = copy.deepcopy(SOUND)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([*nodes(made)]))
        node = made
        for step in way:
            node = node[step]
        what = draw(st.sampled_from(["value", "key", "gone"]))
        if what == "value" or not isinstance(node, dict):
            node[last] = draw(st.sampled_from(ODD))
        else:
            old = node.pop(last)
            if what == "key":
                node[draw(st.sampled_from(["type", "mustBeLess", "items", "rule"]))] = (
                    old
                )
    return made


def test_a_sound_contract_passes_both():
    assert not [e.message for e in STANDARD.iter_errors(SOUND)]
    assert not contract_problems(SOUND)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("apiVersion",), "v9"),
        (("kind",), "Data"),
        (("schema", 0, "colour"), "red"),
        (("schema", 0, "logicalType"), "table"),
        (("schema", 0, "quality", 0, "id"), "a b"),
        (("schema", 0, "quality", 0, "metric"), "rows"),
        (("schema", 0, "quality", 0, "dimension"), "beauty"),
        (("schema", 0, "quality", 0, "mustBeLess"), 3),
        (("schema", 0, "quality", 0, "mustBeBetween"), [1]),
        (("schema", 0, "quality", 2, "query"), 3),
        (("schema", 0, "properties", 0, "requierd"), True),
        (("schema", 0, "properties", 0, "logicalType"), "int"),
        (("schema", 0, "properties", 0, "logicalTypeOptions", "format"), "int32"),
        (("schema", 0, "properties", 0, "logicalTypeOptions", "multipleOf"), 0),
        (("schema", 0, "properties", 0, "logicalTypeOptions", "minimum"), "none"),
        (("schema", 0, "properties", 2, "enum", 0), "n"),
        (("schema", 0, "properties", 2, "enum"), []),
        (("schema", 0, "properties", 3, "items", "colour"), "red"),
        (("schema", 0, "properties", 4, "map", "value"), 3),
        (("schema", 0, "properties", 5, "properties", 0, "required"), "yes"),
    ],
)
def test_what_the_schema_refuses_lint_names(path, value):
    made = copy.deepcopy(SOUND)
    node = made
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert [*STANDARD.iter_errors(made)]
    assert contract_problems(made)


@given(bent())
def test_lint_never_crashes_and_says_where(made):
    for problem in contract_problems(made):
        assert problem.path.startswith("$")
        assert problem.what


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bent())
def test_no_document_crashes_lint_check_or_diff(meals, tmp_path, made):
    path = tmp_path / "bent.yaml"
    path.write_text(yaml.safe_dump(made), encoding="utf-8")
    pipeline.contract_flaws(path)
    pipeline.contract_remarks(path)
    for run in (
        lambda: pipeline.check_contract(path, meals),
        lambda: pipeline.diff_contracts(path, path),
    ):
        with contextlib.suppress(TallymarkError):
            run()
