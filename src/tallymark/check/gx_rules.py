"""Expectation types that only Great Expectations knows, run by it over a frame.

Loads on use alone: Great Expectations takes seconds to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.expectations import registry

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What Great Expectations says of one expectation; `crash` if it could not."""

    has_passed: bool = False
    n_checked: int = 0
    n_failed: int = 0
    rows: tuple[int, ...] = ()
    """The first rows that are not as expected, from 1."""
    observed: str = ""
    crash: str = ""


def arguments_of(name: str) -> tuple[str, ...] | None:
    """Return the arguments that a type takes; null if there is no such type."""
    if name not in registry.list_registered_expectation_implementations():
        return None
    return tuple(registry.get_expectation_impl(name).__fields__)


def run(frame: pd.DataFrame, name: str, kwargs: Mapping[str, Any]) -> Answer:
    """Return what one expectation says of a frame."""
    made = registry.get_expectation_impl(name)(**kwargs)
    found = _batch(frame).validate(made, result_format="COMPLETE")
    raised = found.exception_info or {}
    problems = [raised] if "raised_exception" in raised else list(raised.values())
    if told := [p for p in problems if p.get("raised_exception")]:
        return Answer(crash=str(told[0].get("exception_message")).partition("\n")[0])
    result = found.result or {}
    index = result.get("unexpected_index_list") or ()
    observed = result.get("observed_value")
    return Answer(
        has_passed=bool(found.success),
        n_checked=int(result.get("element_count") or len(frame)),
        n_failed=int(result.get("unexpected_count") or (not found.success)),
        rows=tuple(int(i) + 1 for i in list(index)[:_SHOWN] if isinstance(i, int)),
        observed="" if observed is None else str(observed),
    )


@cache
def _context() -> Any:
    return gx.get_context(mode="ephemeral")


def _batch(frame: pd.DataFrame) -> Any:
    source = _context().data_sources.add_or_update_pandas("contract")
    asset = source.add_dataframe_asset("table")
    definition = asset.add_batch_definition_whole_dataframe("all")
    return definition.get_batch(batch_parameters={"dataframe": frame})
