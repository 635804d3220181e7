"""Suites over what was read; suites, expectations and caveats themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.model.draft import Draft
from tallymark.model.finding import Findings
from tallymark.model.series import Series
from tallymark.model.submission import Submissions
from tallymark.pipeline.reading import draft

if TYPE_CHECKING:  # a check does without them
    import pyarrow as pa

    from tallymark.check.expectation import Expectation, Suite
    from tallymark.engine import Engine
    from tallymark.model.flaw import Flaw

_OF_OBSERVATIONS = {"obs_id", "series_id"}
_ENGINES = ("duckdb", "spark")
CELL_SUITE = "workbook"
"""The suite about cells, which is run over every file that is read with guesses."""


def check_all(
    submissions: Submissions,
    drafts: Sequence[Draft],
    suite: str | Path | Sequence[str | Path] | None = None,
    *,
    keep: int | None = 1000,
    engine: str = "duckdb",
    master: str | None = None,
) -> Findings:
    """Run suites over what was read, and over what was read with guesses.

    `engine` and `master` are as in `check`; guesses are checked on this machine.
    Of drafts the suite `workbook` looks at the cells, whatever suites are named; their
    figures are checked by what needs no definition. It looks at the cells of files that
    an adapter of the user's own reads, too: nobody has looked at their like before.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite or engine.
    """
    from tallymark import ingest
    from tallymark.check import check_confirmed, check_draft, load_suites, together

    named = [suite] if isinstance(suite, str | Path) else suite
    known = load_suites(None if named is None else [str(name) for name in named])
    pinned = tuple(s for s in known if s.name == CELL_SUITE)
    cells = pinned or load_suites([CELL_SUITE])
    suites = (*cells, *(s for s in known if s.name != CELL_SUITE))
    reference = load_reference(
        own_series=submissions.series, own_countries=submissions.countries
    )
    found = []
    if submissions.items:
        found.append(check(submissions, suite, keep=keep, engine=engine, master=master))
    found += [
        check_draft(d, ingest.cells(d), suites, reference=reference, keep=keep)
        for d in drafts
    ]
    own = [s for s in submissions if s.is_own] if named is None else ()
    for one in own:
        guessed = draft(one.path, not_personal=dict(one.not_personal))
        guessed = replace(guessed, grid=replace(guessed.grid, file=one.file))
        seen = check_confirmed(
            ingest.cells(guessed), one.file, cells, reference=reference, keep=keep
        )
        found.append(seen)
    return together(found)


def check(
    source: Any,
    suite: str | Path | Sequence[str | Path] | None = None,
    series: Mapping[str, Series] | None = None,
    *,
    key: str | Sequence[str] | None = None,
    engine: str = "duckdb",
    master: str | None = None,
    keep: int | None = 1000,
) -> Findings:
    """Run suites over submissions, or over any table of rows as it stands.

    `source` is what `read` or `draft` returned; a pandas or Polars frame (lazy, too), an
    Arrow table, dataset or stream, a DuckDB relation, a Spark DataFrame; or the path of
    a Parquet file, of a folder of them, a pattern, or a list of these, which are not
    loaded. `suite` names one or several suites; all shipped ones if not given.

    `key` names the columns that say which row of a table it is. Without it a finding
    names `source_ref`, or the file and row of Parquet. With `engine="spark"` the rows
    are checked on the Spark of `master`; a Spark DataFrame is checked where it is. At
    most `keep` findings an expectation are kept, their full number stands in the
    outcomes.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite or engine, or Spark cannot be started.
        SourceError: the table cannot be read, or has no column of the key.
        PersonalDataError: the table looks like a list of persons.
    """
    from tallymark.check import RowTable, load_suites
    from tallymark.check import check as run_suites

    if isinstance(source, Draft):
        return check_all(Submissions(()), (source,), suite, keep=keep)
    named = [suite] if isinstance(suite, str | Path) else suite
    suites = load_suites(None if named is None else [str(name) for name in named])
    reference = load_reference(series)
    if isinstance(source, Submissions):
        reference = load_reference(series, source.series, source.countries)
        if source.replaced.num_rows:
            suites = tuple(map(_by_version, suites))
        relations = {
            "observations": versions_of(source),
            "losses": source.losses,
            "regions": source.regions,
            "headings": source.headings,
        }
    else:
        table = RowTable(
            source=source,
            key=(key,) if isinstance(key, str) else tuple(key or ()),
            screen=screen_for(source, is_suite_named=suite is not None),
        )
        relations = {"observations": table}
    opened = _engine(engine, master, source)
    return run_suites(relations, suites, reference=reference, keep=keep, engine=opened)


def save_table_findings(
    findings: Findings, folder: Path, paths: Sequence[str], key: Sequence[str] = ()
) -> tuple[Path, ...]:
    """Write `findings.html` and `findings.json` on a table, with their provenance.

    There is no return workbook: a row has no cell that a sender could look up.

    Raises:
        UsageError: the folder cannot be made or written to.
    """
    from tallymark.model.report import Report
    from tallymark.model.step import Step
    from tallymark.outputs import provenance_of, save
    from tallymark.pipeline.reporting import report_files

    none = Submissions(())
    files = report_files(Report(findings=findings, submissions=none))
    said = {"table": " ".join(paths), "key": " ".join(key)}
    step = Step(operation="check_table", arguments=said, before=())
    made_from = provenance_of(none, findings, (step,))
    return save(folder / "findings", files, made_from)


def screen_for(
    source: Any, *, is_suite_named: bool
) -> Callable[[Mapping[str, Sequence[object]]], None]:
    """Return the gate for a table of rows."""
    where = str(source) if isinstance(source, str | Path) else ""

    def screen(columns: Mapping[str, Sequence[object]]) -> None:
        from tallymark.ingest.person_gate.extract import screen_table

        screen_table(columns, where)
        if not (is_suite_named or columns.keys() >= _OF_OBSERVATIONS):
            raise UsageError(
                "the table has not the columns of observations, which the shipped "
                "suites are about.",
                where=where,
                hint="Name a suite of your own.",
            )

    return screen


def _engine(name: str, master: str | None, source: Any) -> Engine | None:
    """Return the engine that is asked for; none if it follows from the source.

    Raises:
        UsageError: there is no such engine, or it cannot be started.
    """
    if name not in _ENGINES:
        raise UsageError(
            f"there is no engine {name!r}.", hint=f"There are {', '.join(_ENGINES)}."
        )
    if name == "duckdb":
        if master is not None:
            raise UsageError("a master is for the engine spark.", hint="--engine spark")
        return None
    if type(source).__module__.startswith("pyspark."):
        return None
    from tallymark.engine.spark import Spark

    return Spark.started(master or "local[*]", source=source)


def versions_of(submissions: Submissions) -> pa.Table:
    """Return all figures with a value, older ones too; older gaps ask for nothing."""
    import pyarrow as pa

    replaced = submissions.replaced
    if not replaced.num_rows:
        return submissions.observations
    told = replaced.filter(replaced["missing_reason"].is_null())
    return pa.concat_tables([submissions.observations, told])


def _by_version(suite: Suite) -> Suite:
    """Return a suite by which a figure may stand once in each version of a file.

    Files of a run give a figure twice only where one replaces the other, as an adapter
    or the user declared. Their days of publication may be alike, or not known.
    """
    return replace(suite, expectations=tuple(map(_once_a_file, suite.expectations)))


def _once_a_file(expectation: Expectation) -> Expectation:
    names = expectation.kwargs.get("column_list", ())
    if not expectation.type.name.endswith("_to_be_unique") or "vintage" not in names:
        return expectation
    kwargs = {**expectation.kwargs, "column_list": [*names, "source_file"]}
    return replace(expectation, kwargs=kwargs)


def lint_suites(names: Sequence[str | Path] | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with suites by themselves; all shipped ones if not named.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite, or two share an expectation's slug.
    """
    from tallymark.check import lint_suites as find_flaws
    from tallymark.check import load_suites

    return find_flaws(load_suites(None if names is None else [str(n) for n in names]))


def flaws_as(flaws: Sequence[Flaw], name: str) -> str:
    """Return flaws of suites as `text` or `json`."""
    from tallymark.present import render

    return render("flaws", name, flaws)[""].decode()


def about_expectation(expectation: Expectation) -> str:
    """Return what an expectation is, why it is, and whether it counts by now."""
    from tallymark.present.about import about_text, source_text

    meaning = expectation.meaning
    early = (
        f"It will count from version {meaning.preview}. Until then it stops nothing,"
        " and no caveat comes of it."
    )
    return about_text(
        expectation.slug,
        f"expectation, {expectation.severity}, {meaning.dimension}",
        {
            "Promise": meaning.promise,
            **({"Preview": early} if meaning.preview else {}),
            "Why": meaning.why,
            "What to do": meaning.action,
            "Ask": meaning.ask["en"],
            "Example": meaning.example,
            "Source": source_text([meaning.source]),
        },
    )


def about(slug: str) -> str:
    """Return what an expectation or a caveat is, why it is, and an example.

    Raises:
        UsageError: nothing has that slug; the nearest are named.
    """
    from tallymark.check import load_suites
    from tallymark.interpret import load_catalogue
    from tallymark.present.about import about_caveat

    caveats = load_catalogue().caveats
    suites = load_suites(with_all=True)
    expectations = {e.slug: e for suite in suites for e in suite.expectations}
    if slug in caveats:
        return about_caveat(caveats[slug])
    if slug not in expectations:
        raise _unknown_slug(slug, [*caveats, *expectations])
    return about_expectation(expectations[slug])


def _unknown_slug(slug: str, known: Sequence[str]) -> UsageError:
    import difflib

    near = difflib.get_close_matches(slug, known, 3, 0.4)
    return UsageError(
        f"there is no expectation and no caveat {slug!r}.",
        hint=f"Nearest: {', '.join(near)}." if near else "See docs/reference.",
    )
