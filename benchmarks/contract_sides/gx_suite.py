"""A contract's rules as a suite of Great Expectations: gx_suite.py CONTRACT SUITE.

Great Expectations reads no such contract. Each rule whose meaning one of its own
expectations has becomes that expectation, as one would write it by hand; `meta.rule`
is the rule's name. What has none is left out, and named.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.exceptions import ExpectationNotFoundError
from great_expectations.expectations.registry import get_expectation_impl
from ruamel.yaml import YAML

Rules = Iterator[tuple[str, Any]]
"""Rules by name, each with its expectation, or why there is none."""
LIMITS = {
    "minimum": ("min_value", None),
    "maximum": ("max_value", None),
    "exclusiveMinimum": ("min_value", "strict_min"),
    "exclusiveMaximum": ("max_value", "strict_max"),
}
TYPES = {
    "string": ["str"],
    "integer": ["int32", "int64", "float64"],  # of fractions, if a cell is empty
    "number": ["float64", "int32", "int64"],
    "boolean": ["bool"],
    "date": ["date"],
}


def main() -> None:
    contract = YAML(typ="safe").load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    gx.get_context(mode="ephemeral")  # a suite wants one
    suite, left_out = gx.ExpectationSuite(name="contract"), {}
    for name, made in rules_of(contract):
        if isinstance(made, str):
            left_out[name] = made
        else:
            made.meta = {"rule": name}
            suite.add_expectation(made)
    content = {"suite": suite.to_json_dict(), "left_out": left_out}
    Path(sys.argv[2]).write_text(json.dumps(content, default=str), encoding="utf-8")


def rules_of(contract: Mapping[str, Any]) -> Rules:
    table, _ = contract["schema"]
    for rule in table["quality"]:
        yield rule["id"], quality(rule, {})
    for entry in table["properties"]:
        column = entry["name"]
        yield f"{column}-present", gxe.ExpectColumnToExist(column=column)
        yield from of_column(entry, column)
        for rule in entry.get("quality", ()):
            yield rule["id"], quality(rule, {"column": column})
        for link in entry.get("relationships", ()):
            # The other table is read when the suite runs, and given as a parameter.
            yield (
                f"{column}-relationship",
                gxe.ExpectColumnValuesToBeInSet(
                    column=column,
                    value_set={"$PARAMETER": link["to"].partition(".")[0]},
                ),
            )
    for promise in contract["slaProperties"]:
        oldest = date.today() - timedelta(days=promise["value"])  # noqa: DTZ011
        yield (
            promise["id"],
            gxe.ExpectColumnMaxToBeBetween(
                column=promise["element"].partition(".")[2], min_value=oldest
            ),
        )


def of_column(entry: Mapping[str, Any], column: str) -> Rules:
    """Yield what a property says of its column, its quality rules left out."""
    yield (
        f"{column}-type",
        gxe.ExpectColumnValuesToBeInTypeList(
            column=column, type_list=TYPES[entry["logicalType"]]
        ),
    )
    if entry.get("required"):
        yield f"{column}-required", gxe.ExpectColumnValuesToNotBeNull(column=column)
    if entry.get("unique") or entry.get("primaryKey"):
        yield f"{column}-unique", gxe.ExpectColumnValuesToBeUnique(column=column)
    if values := entry.get("enum"):
        yield (
            f"{column}-listed",
            gxe.ExpectColumnValuesToBeInSet(
                column=column, value_set=[value["value"] for value in values]
            ),
        )
    options = entry.get("logicalTypeOptions", {})
    for name, (limit, strict) in LIMITS.items():
        if name in options:
            bound = options[name]
            if entry["logicalType"] == "date":
                bound = date.fromisoformat(bound)
            more = {strict: True} if strict else {}
            yield (
                f"{column}-within-limits",
                gxe.ExpectColumnValuesToBeBetween(
                    column=column, **{limit: bound}, **more
                ),
            )
    if "maxLength" in options:
        yield (
            f"{column}-length",
            gxe.ExpectColumnValueLengthsToBeBetween(
                column=column, max_value=options["maxLength"]
            ),
        )
    if "pattern" in options:
        yield (
            f"{column}-form",
            gxe.ExpectColumnValuesToMatchRegex(column=column, regex=options["pattern"]),
        )
    if "multipleOf" in options:
        yield f"{column}-multipleof", "no expectation of its own"


def quality(rule: Mapping[str, Any], about: Mapping[str, Any]) -> Any:
    """Return the expectation that a quality rule is, or why there is none."""
    if rule["type"] == "library":
        return library(rule, about)
    if rule["type"] == "sql":
        return "SQL needs a data source of SQL or Spark"
    if rule["type"] == "text":
        return "text for readers"
    if rule["engine"] != "greatExpectations":
        return "a rule of another tool"
    said = rule["implementation"]
    try:
        type_ = get_expectation_impl(said["type"])
    except ExpectationNotFoundError:
        return "no expectation of its own"
    takes = about if "column" in type_.__fields__ else {}
    return type_(**takes, **said["kwargs"])


def library(rule: Mapping[str, Any], about: Mapping[str, Any]) -> Any:
    more = rule.get("arguments", {})
    metric = rule["metric"]
    if metric == "rowCount":
        least = rule["mustBeGreaterOrEqualTo"]
        return gxe.ExpectTableRowCountToBeBetween(min_value=least)
    if metric == "duplicateValues":
        return gxe.ExpectCompoundColumnsToBeUnique(column_list=more["properties"])
    if metric == "nullValues":
        mostly = 1 - rule["mustBeLessThan"] / 100
        return gxe.ExpectColumnValuesToNotBeNull(**about, mostly=mostly)
    if metric == "missingValues":
        marks = more["missingValues"]
        return gxe.ExpectColumnValuesToNotBeInSet(**about, value_set=marks)
    if "pattern" in more:
        return gxe.ExpectColumnValuesToMatchRegex(**about, regex=more["pattern"])
    return gxe.ExpectColumnValuesToBeInSet(**about, value_set=more["validValues"])


if __name__ == "__main__":
    main()
