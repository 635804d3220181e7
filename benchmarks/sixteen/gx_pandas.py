"""Great Expectations on pandas: gx_pandas.py TABLE ANSWER.

It has no rule across rows on pandas: a class of a few statements is added.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from checks import GROUP, arguments, write_answer
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)
from gx_suite import gx, make_suite, run_suite


class NotAboveCharged(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.convicted_not_above_charged"
    condition_domain_keys = (
        "batch_id", "table", "column_list", "row_condition", "condition_parser",
        "ignore_row_if",
    )  # fmt: skip
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, frame: pd.DataFrame, **_: Any) -> pd.Series:  # noqa: N805  # GX's
        """True except where convicted are above the most charged of the group."""
        charged = frame[frame["measure"] == "charged"]
        most = charged.groupby(GROUP, dropna=False, sort=False)["value"].max()
        convicted = frame[frame["measure"] == "convicted"].reset_index(names="row")
        both = convicted.merge(most.rename("most").reset_index(), on=GROUP, how="left")
        good = pd.Series(data=True, index=frame.index)
        good[both["row"][both["value"] > both["most"]]] = False
        return good


class ExpectConvictedNotAboveCharged(MulticolumnMapExpectation):
    map_metric = NotAboveCharged.condition_metric_name
    column_list: list[str] = [*GROUP, "measure", "value"]  # noqa: RUF012  # a field
    ignore_row_if: str = "never"


def main() -> None:
    table, out = arguments()
    frame = pd.read_parquet(table)
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("table")
    suite = make_suite(ExpectConvictedNotAboveCharged())
    write_answer(run_suite(context, asset, frame, suite), out)


if __name__ == "__main__":
    main()
