"""The rules of the comparison: of the shipped suite, those that both sides can run.

They are the types that Great Expectations has of its own, and one rule across rows,
which `gx_pandas.py` writes for it.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
OF_GX = {
    "expect_column_pair_values_a_to_be_greater_than_b",
    "expect_column_values_to_be_between",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_unique",
    "expect_column_values_to_match_regex",
    "expect_column_values_to_not_be_null",
    "expect_compound_columns_to_be_unique",
    "expect_table_columns_to_match_set",
    "expect_table_row_count_to_be_between",
}
ACROSS_ROWS = "expect_later_stage_not_above_earlier"


def write_rules(path: Path) -> None:
    """Write the suite of shared rules to a file."""
    shipped = [
        json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((ROOT / "expectations").glob("*.json"))
    ]
    # One that includes others would bring them all.
    suite = dict(next(s for s in shipped if "includes" not in s["meta"]))
    suite["name"] = "shared-rules"
    loaded = suite["expectations"][0]
    shared = [
        entry
        for each in shipped
        for entry in each["expectations"]
        if entry["type"] in OF_GX | {ACROSS_ROWS}
    ]
    suite["expectations"] = [loaded, *shared]
    suite["meta"]["n_expectations"] = len(suite["expectations"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(suite, indent=1), encoding="utf-8")
