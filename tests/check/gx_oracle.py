# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""What Great Expectations says of a table, on a pandas frame."""

from __future__ import annotations

import os
from functools import cache

import pyarrow as pa
from gx_draws import DATES, ORDER


@cache
def batches():
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("pandas")
    return source.add_dataframe_asset("table").add_batch_definition_whole_dataframe(
        "all"
    )


def validated(frame, name, kwargs, condition):
    from great_expectations.expectations.registry import get_expectation_impl

    batch = batches().get_batch(batch_parameters={"dataframe": frame})
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": ["obs_id"]}
    given = {**kwargs, **({"row_condition": condition} if condition else {})}
    return batch.validate(get_expectation_impl(name)(**given), result_format=wanted)


def compared(condition):
    """Yield the column and the sign of each comparison in a condition."""
    for part in (condition or {}).get("conditions", ()):
        yield from compared(part)
    if (condition or {}).get("type") == "comparison":
        yield condition["column"]["name"], condition["operator"]


def forms(column, name, kwargs, condition):
    """Return the forms of pandas in which GX reads a column of dates here."""
    wanted = {
        "datetime" if by in ORDER else "arrow"
        for c, by in compared(condition)
        if c == column
    }
    if column in kwargs.values() or column in kwargs.get("column_list", ()):
        if name.startswith(("expect_column_pair", "expect_multi", "expect_select")):
            wanted.add("object")
        elif "in_set" in name or "between" in name:
            wanted.add("arrow")
    return wanted


def frame_of(table, name, kwargs, condition):
    """Return a pandas frame, or nothing if GX wants dates in two forms at once."""
    import pandas as pd

    frame = table.to_pandas()
    for column in DATES:
        match sorted(forms(column, name, kwargs, condition)):
            case ["datetime"]:
                frame[column] = pd.to_datetime(frame[column])
            case ["arrow"]:
                arrow = pd.ArrowDtype(pa.date32())
                frame[column] = pd.array(table[column].to_pylist(), dtype=arrow)
            case [_, _, *_]:
                return None
    return frame


def raised(result):
    told = result.exception_info
    each = [told] if "raised_exception" in told else told.values()
    return "".join(e["exception_message"] for e in each if e["raised_exception"])
