"""Observations and suites in, findings out: what is amiss, where, and what to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.check.expectation import Expectation, Suite
from tallymark.check.pieces.row_table import RowTable, is_small
from tallymark.check.suite import load_suites, refuse_shared_slugs
from tallymark.engine import Engine
from tallymark.model.cells import CellTable
from tallymark.model.context import Reference
from tallymark.model.draft import Draft
from tallymark.model.finding import Findings
from tallymark.model.flaw import Flaw

if TYPE_CHECKING:  # to look an expectation up takes none of it
    from tallymark.check.report import Told
    from tallymark.check.run.sources import Sources
    from tallymark.model.verdict_change import RecordedVerdict, VerdictChanges

__all__ = [
    "Expectation",
    "RowTable",
    "Suite",
    "changes_between",
    "check",
    "check_confirmed",
    "check_draft",
    "lint_suites",
    "load_suites",
    "together",
    "verdict_of",
]

_CONFIRMED = "expect_readings_to_be_confirmed"


def check(
    relations: Mapping[str, Any],
    suites: Sequence[Suite],
    *,
    reference: Reference,
    keep: int | None = 1000,
    engine: Engine | None = None,
) -> Findings:
    """Return what the suites find in `relations`.

    `observations` is an Arrow table, dataset or stream, a pandas or Polars frame, a
    DuckDB relation, a Spark DataFrame or Parquet by path, or a `RowTable` of these;
    `losses` and `regions` are what ingest says of cells and regions. An expectation
    that needs what is not there is not run, and its outcome says why.

    Statements go to `engine`, which is closed at the end; without one, to Spark if it
    holds the observations, else to DuckDB. What is found is the same on each.

    Of each expectation the first `keep` rows found (by file and observation) become
    findings. Counts and flags are complete whatever `keep` is.

    Raises:
        UsageError: two suites share a slug.
        SourceError: a relation cannot be read.
    """
    refuse_shared_slugs(suites)
    opened = _open(relations["observations"], engine)
    # All of this loads on use: to look an expectation up takes none of it.
    from tallymark.check.report import report  # noqa: PLC0415  # loads on use
    from tallymark.check.run import run_plan  # noqa: PLC0415  # loads on use
    from tallymark.check.run.plan import columns_of, plan_suites  # noqa: PLC0415  # loads on use
    from tallymark.check.run.sources import open_sources  # noqa: PLC0415  # loads on use

    with ExitStack() as kept, closing(opened()) as engine:
        folder = partial(_temporary_folder, kept)
        named = {c for s in suites for e in s.expectations for c in columns_of(e)}
        sources = open_sources(engine, relations, reference, folder=folder, named=named)
        plan = plan_suites(suites, sources)
        sources.context = plan.context
        results = run_plan(plan, sources, keep)
    return report(suites, plan, results, rows=_told(sources))


def check_draft(
    draft: Draft,
    cells: CellTable,
    suites: Sequence[Suite],
    *,
    reference: Reference,
    keep: int | None = 1000,
) -> Findings:
    """Return what suites find in a file that is read with guesses.

    Suites about cells are run over its cells; of the others, the expectations that need
    no definition over the figures as they are guessed. Their findings name the guesses
    on which they rest. The other expectations are not run.
    """
    from tallymark.check.guessed import (  # noqa: PLC0415  # few files are guessed
        needing_none,
        put_off,
        with_conditions,
    )

    found: list[Findings] = []
    if any(suite.rows == "cells" for suite in suites):
        seen = _check_cells(
            cells, draft.grid.file, suites, reference=reference, keep=keep
        )
        found.append(seen)
    plain = needing_none(suites)
    if plain and draft.submission is not None:
        relations = {
            name: getattr(draft.submission, name)
            for name in ("observations", "losses", "regions", "headings")
        }
        guessed = check(relations, plain, reference=reference, keep=keep)
        found.append(with_conditions(guessed, draft, plain))
    return together([*found, put_off(suites, draft)])


def check_confirmed(
    cells: CellTable,
    file: str,
    suites: Sequence[Suite],
    *,
    reference: Reference,
    keep: int | None = 1000,
) -> Findings:
    """Return what suites about cells find in a file that somebody has described."""
    looked = [
        replace(suite, expectations=_but(suite.expectations, _CONFIRMED))
        for suite in suites
    ]
    return _check_cells(cells, file, looked, reference=reference, keep=keep)


def _but(expectations: Sequence[Expectation], name: str) -> tuple[Expectation, ...]:
    return tuple(e for e in expectations if e.type.name != name)


def _check_cells(
    cells: CellTable,
    file: str,
    suites: Sequence[Suite],
    *,
    reference: Reference,
    keep: int | None,
) -> Findings:
    from tallymark.check.guessed import told_of_cells  # noqa: PLC0415  # few files need it

    about_cells = [suite for suite in suites if suite.rows == "cells"]
    relations = {"observations": cells.cells}
    seen = check(relations, about_cells, reference=reference, keep=keep)
    return told_of_cells(seen, cells, file)


def together(several: Sequence[Findings]) -> Findings:
    """Return what several checks found as one, each expectation with one outcome."""
    from tallymark.check.guessed import joined  # noqa: PLC0415  # few files need it

    return several[0] if len(several) == 1 else joined(several)


def lint_suites(suites: Sequence[Suite]) -> tuple[Flaw, ...]:
    """Return what in suites contradicts itself, says nothing new or can never fail.

    A preview that is over is a flaw, too.
    """
    from tallymark import __version__  # noqa: PLC0415  # a check does without
    from tallymark.check.lint import find_flaws  # noqa: PLC0415  # a check does without

    return find_flaws(suites, __version__)


def verdict_of(document: Any, file: str) -> RecordedVerdict:
    """Return what the content of a findings.json says of its check.

    Raises:
        DocumentError: it is something else.
    """
    from tallymark.check import verdict_changes  # noqa: PLC0415  # a check does without

    return verdict_changes.verdict_of(document, file)


def changes_between(old: RecordedVerdict, new: RecordedVerdict) -> VerdictChanges:
    """Return which expectations end otherwise, and which findings differ."""
    from tallymark.check import verdict_changes  # noqa: PLC0415  # a check does without

    return verdict_changes.changes_between(old, new)


def _told(sources: Sources) -> Told:
    if sources.key:
        return "named"
    return "figures" if "obs_id" in sources.columns else "values"


def _temporary_folder(kept: ExitStack) -> Path:
    import tempfile  # noqa: PLC0415  # few sources need it

    return Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="tallymark-")))


def _open(given: Any, engine: Engine | None) -> Callable[[], Engine]:
    """Begin to open the engine that checks a source; the function waits for it."""
    from tallymark.engine.duckdb import DuckDB, connect_ahead  # noqa: PLC0415  # on use

    if engine is not None:
        return lambda: engine
    source = given.source if isinstance(given, RowTable) else given
    if type(source).__module__.startswith("pyspark."):
        from tallymark.engine.spark import Spark  # noqa: PLC0415  # an extra

        return lambda: Spark.beside(source)
    # On a small table two threads wait for each other longer than they work.
    connecting = connect_ahead(threads=1 if is_small(source) else 2)
    return lambda: DuckDB(connecting())
