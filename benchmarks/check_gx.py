"""Check a Parquet file with Great Expectations on pandas: check_gx.py FILE SUITE."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.expectation_configuration import (
    ExpectationConfiguration,
)
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

STAGES = [
    "REPORTED", "RECORDED", "INVESTIGATED", "REFERRED", "FORMAL_CONTACT", "ARRESTED",
    "CHARGED", "PROSECUTED", "BROUGHT_TO_COURT", "CONVICTED",
]  # fmt: skip
SAME_CASES = [
    "series_id", "ref_area", "time_period", "counting_unit", "scope", "offence", "sex",
    "age_group", "breakdown", "statistic",
]  # fmt: skip


class LaterNotAbove(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.later_stage_not_above_earlier"
    condition_domain_keys = (
        "batch_id", "table", "column_list", "row_condition", "condition_parser",
        "ignore_row_if",
    )  # fmt: skip
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, frame: pd.DataFrame, **_: Any) -> pd.Series:  # noqa: N805  # GX's
        """True where no earlier stage of the same cases counts less."""
        at = frame["stage"].map({stage: n for n, stage in enumerate(STAGES)})
        staged = frame[at.notna() & frame["obs_value"].notna()]
        cases = staged.groupby(SAME_CASES, dropna=False, sort=False).ngroup()
        keyed = pd.DataFrame({"case": cases, "at": at, "n": staged["obs_value"]})
        keyed = keyed.dropna()
        least = keyed.groupby(["case", "at"])["n"].min().unstack()
        before = (
            least.cummin(axis=1).ffill(axis=1).shift(axis=1).stack().rename("before")
        )
        compared = keyed.join(before, on=["case", "at"])
        good = pd.Series(data=True, index=frame.index)
        good[compared.index[compared["n"] > compared["before"]]] = False
        return good


class ExpectLaterStageNotAboveEarlier(MulticolumnMapExpectation):
    map_metric = LaterNotAbove.condition_metric_name
    column_list: list[str] = [*SAME_CASES, "stage", "obs_value"]  # noqa: RUF012  # a field
    ignore_row_if: str = "never"


def main() -> None:
    path, suite_path = Path(sys.argv[1]), Path(sys.argv[2])
    entries = json.loads(suite_path.read_text(encoding="utf-8"))["expectations"][1:]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = None
    suite = gx.ExpectationSuite(name="shared-rules")
    for entry in entries:
        suite.add_expectation_configuration(ExpectationConfiguration(**entry))
    source = context.data_sources.add_pandas("pandas").add_dataframe_asset("frame")
    batches = source.add_batch_definition_whole_dataframe("all")

    begin = time.perf_counter()
    frame = pd.read_parquet(path)
    result = batches.get_batch({"dataframe": frame}).validate(
        suite,
        result_format={
            "result_format": "SUMMARY",
            "unexpected_index_column_names": ["obs_id"],
        },
    )
    seconds = time.perf_counter() - begin
    n_failed = {}
    for found in result.results:
        slug = found.expectation_config.meta["slug"]
        if found.exception_info.get("raised_exception", True):
            raise SystemExit(f"{slug}: {found.exception_info}")
        n_failed[slug] = found.result.get("unexpected_count", int(not found.success))
    print(json.dumps({"seconds": seconds, "n_failed": n_failed}))


if __name__ == "__main__":
    main()
