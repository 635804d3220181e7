"""Outside contracts held to a table: each breach is found, and silence is told."""

from __future__ import annotations

import json
import sys

import pytest

from tallymark.cli import cli
from tallymark.errors import SourceError
from tallymark.model.codes import Severity
from tallymark.model.finding import Status
from tallymark.pipeline import check_contract

FAILED, PASSED = Status.FAILED, Status.PASSED


@pytest.mark.parametrize(
    ("entry", "slug", "status", "row"),
    [
        ({"name": "cook"}, "cook-present", FAILED, ""),
        ({"name": "dish", "required": True}, "dish-required", FAILED, "east"),
        ({"name": "side", "required": True}, "side-required", PASSED, ""),
        ({"name": "kitchen", "unique": True}, "kitchen-unique", FAILED, "K-03"),
        ({"name": "kitchen", "primaryKey": True}, "kitchen-key", FAILED, "K-03"),
        ({"name": "side", "enum": [{"value": v} for v in ("north", "south", "east")]},
         "side-listed", FAILED, "weast"),
        ({"name": "meals", "logicalType": "integer", "logicalTypeOptions":
          {"minimum": 0}}, "meals-within-limits", FAILED, "weast"),
        ({"name": "meals", "logicalType": "number", "logicalTypeOptions":
          {"exclusiveMaximum": 31}}, "meals-within-limits", PASSED, ""),
        ({"name": "day", "logicalType": "date", "logicalTypeOptions":
          {"maximum": "2018-12-31"}}, "day-within-limits", FAILED, "weast"),
        ({"name": "side", "logicalType": "string", "logicalTypeOptions":
          {"maxLength": 4}}, "side-length", FAILED, "north"),
        ({"name": "side", "logicalType": "string", "logicalTypeOptions":
          {"pattern": "^[nse][a-z]+$"}}, "side-form", FAILED, "weast"),
        ({"name": "side", "logicalType": "integer"}, "side-type", FAILED, ""),
        ({"name": "day", "logicalType": "date"}, "day-type", PASSED, ""),
        ({"name": "meals", "logicalType": "string"}, "meals-type", FAILED, ""),
        ({"name": "Koch", "physicalName": "kitchen"}, "kitchen-present", PASSED, ""),
    ],
)  # fmt: skip
def test_what_a_schema_asks_is_held_to_the_columns(ends, entry, slug, status, row):
    outcomes, items = ends([entry])
    assert outcomes[slug].status is status
    places = [str(f.location) for f in items if f.expectation == slug]
    assert row in " ".join(places)
    assert bool(places) == (status is FAILED)


def test_a_key_of_two_columns_is_one_rule(ends):
    keyed = [{"name": n, "primaryKey": True} for n in ("kitchen", "day")]
    outcomes, _ = ends(keyed)
    assert outcomes["primary-key"].status is PASSED
    assert "kitchen-key" not in outcomes


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ({"metric": "rowCount", "mustBe": 4}, PASSED),
        ({"metric": "rowCount", "mustBeBetween": [5, 9]}, FAILED),
        ({"metric": "rowCount", "mustNotBeBetween": [5, 9]}, PASSED),
        ({"metric": "rowCount", "mustNotBe": 4}, FAILED),
        ({"metric": "rowCount", "mustBeGreaterThan": 4}, FAILED),
        ({"metric": "rowCount", "mustBeGreaterOrEqualTo": 4}, PASSED),
        ({"metric": "duplicateValues", "mustBe": 0,
          "arguments": {"properties": ["kitchen", "day"]}}, PASSED),
        ({"metric": "duplicateValues", "mustBeLessOrEqualTo": 1,
          "arguments": {"properties": ["kitchen"]}}, PASSED),
    ],
)  # fmt: skip
def test_metrics_of_a_table(ends, rule, status):
    outcomes, _ = ends(quality=[{"id": "it", **rule}])
    assert outcomes["it"].status is status


@pytest.mark.parametrize(
    ("column", "rule", "status"),
    [
        ("dish", {"metric": "nullValues", "mustBe": 0}, FAILED),
        ("dish", {"metric": "nullValues", "mustBeLessThan": 25, "unit": "percent"}, FAILED),
        ("dish", {"metric": "nullValues", "mustBeLessOrEqualTo": 25, "unit": "percent"},
         PASSED),
        ("dish", {"rule": "nullValues", "mustBeLessThan": 2}, PASSED),
        ("kitchen", {"metric": "duplicateValues", "mustBeLessThan": 1}, FAILED),
        ("dish", {"metric": "missingValues", "mustBeLessThan": 3,
                  "arguments": {"missingValues": [None, "rice"]}}, PASSED),
        ("dish", {"metric": "missingValues", "mustBeLessThan": 2,
                  "arguments": {"missingValues": [None, "rice"]}}, FAILED),
        ("side", {"metric": "invalidValues", "mustBe": 0,
                  "arguments": {"validValues": ["north", "south", "east"]}}, FAILED),
        ("side", {"metric": "invalidValues", "mustBeLessThan": 2,
                  "arguments": {"pattern": "^[nse]"}}, PASSED),
    ],
)  # fmt: skip
def test_metrics_of_a_column(ends, column, rule, status):
    outcomes, _ = ends([{"name": column, "quality": [{"id": "it", **rule}]}])
    assert outcomes["it"].status is status


IN_SET = {"type": "expect_column_values_to_be_in_set",
          "kwargs": {"value_set": ["north", "south", "east"]}}  # fmt: skip


@pytest.mark.parametrize("engine", ["greatExpectations", "great-expectations", "GX"])
@pytest.mark.parametrize(
    "said",
    [
        IN_SET,
        json.dumps(IN_SET),
        "type: expect_column_values_to_be_in_set\nkwargs: {valueSet: [north, south, east]}",
        {"expectation_type": "expect_column_values_to_be_in_set",
         "kwargs": {**IN_SET["kwargs"], "column": "side"}},
    ],
    ids=["mapping", "json", "yaml", "old"],
)  # fmt: skip
def test_rules_of_great_expectations_run_here(ends, engine, said):
    rule = {"id": "it", "type": "custom", "engine": engine, "severity": "warning",
            "implementation": said}  # fmt: skip
    outcomes, items = ends([{"name": "side", "quality": [rule]}])
    assert (outcomes["it"].status, outcomes["it"].severity) == (
        FAILED,
        Severity.WARNING,
    )
    assert "weast" in str(items[0].location)


@pytest.mark.slow
def test_what_only_great_expectations_knows_runs_there(ends):
    said = {"type": "expect_column_values_to_be_dateutil_parseable"}
    rule = {"id": "it", "type": "custom", "engine": "gx", "implementation": said}
    outcomes, items = ends([{"name": "side", "quality": [rule]}])
    assert outcomes["it"].status is FAILED
    assert outcomes["it"].n_failed == 4
    assert [f.location.cells[0] for f in items] == ["row 1"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"type": "text", "description": "Zero means none."}, "for people to read"),
        ({"type": "custom", "engine": "soda", "implementation": "x"}, "engine is 'soda'"),
        ({"type": "custom", "engine": "gx", "implementation": "]["}, "names no `type`"),
        ({"type": "custom", "engine": "gx", "implementation":
          {"type": "expect_table_row_count_to_be_between", "kwargs": {"least": 1}}},
         "takes no 'least'"),
        ({"metric": "nullValues", "mustBe": 0}, "cannot be run as it stands"),
        ({"metric": "rowCount", "mustBe": 4, "unit": "bytes"}, "its unit is 'bytes'"),
        ({"type": "sql", "query": "select max({property}) from {object}", "mustBe": 1},
         "names a column"),
    ],
)  # fmt: skip
def test_what_is_not_run_is_told(ends, rule, said):
    outcomes, _ = ends(quality=[{"id": "it", **rule}])
    assert outcomes["it"].status is Status.NOT_RUN
    assert said in outcomes["it"].reason


def test_nothing_of_great_expectations_loads_for_types_known_here(ends):
    rule = {"id": "it", "type": "custom", "engine": "gx", "implementation": IN_SET}
    loaded = "great_expectations" in sys.modules
    ends([{"name": "side", "quality": [rule]}])
    assert ("great_expectations" in sys.modules) == loaded


def run(capsys, *arguments):
    code = cli.main([*map(str, arguments)], standalone_mode=False)
    return code, capsys.readouterr()


def test_exit_codes_tell_failures_and_what_was_not_run(contract, meals, capsys):
    text = {"type": "text", "description": "Zero means none."}
    rows = {"metric": "rowCount", "mustBe": 4}
    good = contract(quality=[text, rows])
    code, printed = run(capsys, "contract", "check", good, "--table", meals)
    assert (code, "NOT RUN: 1 of 2 rules" in printed.err) == (0, True)
    strict = ("contract", "check", good, "--table", meals, "--require-all")
    assert run(capsys, *strict)[0] == 1
    bad = contract(quality=[{**rows, "mustBe": 5}])
    assert run(capsys, "contract", "check", bad, "--table", meals)[0] == 1
    mild = contract(quality=[{**rows, "mustBe": 5, "severity": "warning"}])
    assert run(capsys, "contract", "check", mild, "--table", meals)[0] == 0
    silent = contract(quality=[text])
    assert run(capsys, "contract", "check", silent, "--table", meals)[0] == 4


def test_a_report_for_builds_comes_of_a_contract(contract, meals, tmp_path, capsys):
    bad = contract(quality=[{"metric": "rowCount", "mustBe": 5}])
    out = tmp_path / "out.xml"
    done = run(capsys, "contract", "check", bad, "--table", meals,
               "--report", f"junit={out}")  # fmt: skip
    assert done[0] == 1
    assert "<failure" in out.read_text(encoding="utf-8")


def test_a_measure_is_told_as_not_run(ends):
    measure = {"name": "mean_meals", "semanticType": "measure", "logicalType": "number"}
    outcomes, _ = ends([{"name": "dish"}, measure])
    assert outcomes["mean_meals-measure"].status is Status.NOT_RUN
    assert "no column" in outcomes["mean_meals-measure"].reason


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more", bytes(4000)])
def test_a_table_that_is_none_is_told(contract, tmp_path, content):
    path = tmp_path / "broken.parquet"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"broken\.parquet"):
        check_contract(contract(), str(path))
