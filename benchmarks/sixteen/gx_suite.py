"""The checks as a suite of Great Expectations, and its result as an answer."""

from __future__ import annotations

import os
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import great_expectations.expectations as gxe
from checks import (
    ABOVE,
    COLUMNS,
    FILLED,
    FORMS,
    KEEP,
    KEY,
    LISTS,
    PLACE,
    PRESENT,
    RANGES,
    STATUS,
    UNIQUE,
    WITHOUT_VALUE,
    Answer,
    groups_of,
    rows_of,
)
from great_expectations.expectations.row_conditions import Column


def make_suite(above: Any) -> gx.ExpectationSuite:
    """Return the suite; the check across rows differs by engine."""
    named = {PRESENT: gxe.ExpectTableColumnsToMatchSet(
        column_set=COLUMNS, exact_match=False
    )}  # fmt: skip
    for column in FILLED:
        named[f"filled {column}"] = gxe.ExpectColumnValuesToNotBeNull(column=column)
    for column, allowed in LISTS.items():
        named[f"list {column}"] = gxe.ExpectColumnValuesToBeInSet(
            column=column, value_set=allowed
        )
    for column, (low, high) in RANGES.items():
        named[f"range {column}"] = gxe.ExpectColumnValuesToBeBetween(
            column=column, min_value=low, max_value=high
        )
    for column, form in FORMS.items():
        named[f"form {column}"] = gxe.ExpectColumnValuesToMatchRegex(
            column=column, regex=form
        )
    named[STATUS] = gxe.ExpectColumnValuesToBeInSet(
        column="obs_status",
        value_set=WITHOUT_VALUE,
        row_condition=Column("value").is_null(),
    )
    named[UNIQUE] = gxe.ExpectCompoundColumnsToBeUnique(column_list=KEY)
    named[ABOVE] = above
    suite = gx.ExpectationSuite(name="sixteen")
    for name, expectation in named.items():
        expectation.meta = {"name": name}
        suite.add_expectation(expectation)
    return suite


def run_suite(
    context: Any, asset: Any, frame: Any, suite: gx.ExpectationSuite
) -> Answer:
    """Return what the suite finds, with the places of the rows that fail."""
    context.variables.progress_bars = None
    batches = asset.add_batch_definition_whole_dataframe("all")
    checked = batches.get_batch({"dataframe": frame}).validate(
        suite,
        result_format={
            "result_format": "COMPLETE",
            "partial_unexpected_count": KEEP,
            "unexpected_index_column_names": PLACE,
        },
    )
    answer: Answer = {}
    for result in checked.results:
        name = result.expectation_config.meta["name"]
        if result.exception_info.get("raised_exception", True):
            raise SystemExit(f"{name}: {result.exception_info}")
        found = result.result
        if "unexpected_count" in found:
            rows = (found.get("unexpected_index_list") or [])[:KEEP]
            keys = [[row[column] for column in PLACE] for row in rows]
            answer[name] = rows_of(found["unexpected_count"], keys)
        elif name == PRESENT:
            answer[name] = rows_of(int(not result.success))
        else:
            groups = found.get("details", {}).get("unexpected_rows", [])
            keys = [list(row.values()) for row in groups[:KEEP]]
            answer[name] = groups_of(found["observed_value"], keys)
    return answer
