"""Observations and suites in, findings out: what does not fit, where, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tallymark.check.suite import (
    Expectation,
    Suite,
    load_suites,
    refuse_shared_slugs,
    suite_entry,
)
from tallymark.model.context import Reference
from tallymark.model.finding import Findings

__all__ = ["Expectation", "Suite", "check", "load_suites", "suite_entry"]


def check(
    relations: Mapping[str, Any],
    suites: Sequence[Suite],
    *,
    reference: Reference,
    keep: int | None = 1000,
) -> Findings:
    """Return what the suites find in `relations`.

    `observations` is an Arrow table, a pandas or Polars frame, a DuckDB relation or the
    path of a Parquet file, with columns of the observation table; `losses` and
    `regions` are what ingest says of cells and regions. An expectation that needs what
    is not there is not run, and its outcome says why.

    Of each expectation the first `keep` rows found (by file and observation) become
    findings. Counts and flags are complete whatever `keep` is.

    Raises:
        UsageError: two suites share a slug.
    """
    # The engine loads on use, so that looking up an expectation does not wait for it.
    from tallymark.check.plan import plan_suites  # noqa: PLC0415  # see above
    from tallymark.check.report import report  # noqa: PLC0415  # see above
    from tallymark.check.run import run_plan  # noqa: PLC0415  # see above
    from tallymark.check.sources import open_sources  # noqa: PLC0415  # see above

    refuse_shared_slugs(suites)
    sources = open_sources(relations, reference)
    with sources.connection:
        plan = plan_suites(suites, sources)
        sources.context = plan.context
        results = run_plan(plan, sources, keep)
    return report(suites, plan, results)
