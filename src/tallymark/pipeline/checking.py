"""Suites over what was read; suites, expectations and caveats themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    from tallymark.model.flaw import Flaw

CELL_SUITE = "workbook"
"""The suite about cells, which is run over every file that is read with guesses."""


def check_all(
    submissions: Submissions,
    drafts: Sequence[Draft],
    suite: str | Path | Sequence[str | Path] | None = None,
    *,
    keep: int | None = 1000,
) -> Findings:
    """Run suites over what was read, and over what was read with guesses.

    Of drafts the suite `workbook` looks at the cells, whatever suites are named; their
    figures are checked by what needs no definition. It looks at the cells of files that
    an adapter of the user's own reads, too: nobody has looked at their like before.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite.
    """
    from tallymark import ingest
    from tallymark.check import check_confirmed, check_draft, load_suites, together

    named = [suite] if isinstance(suite, str | Path) else suite
    known = load_suites(None if named is None else [str(name) for name in named])
    cells = load_suites([CELL_SUITE])
    suites = (*cells, *(s for s in known if s.name != cells[0].name))
    reference = load_reference(
        own_series=submissions.series, own_countries=submissions.countries
    )
    found = [check(submissions, suite, keep=keep)] if submissions.items else []
    found += [
        check_draft(d, ingest.cells(d), suites, reference=reference, keep=keep)
        for d in drafts
    ]
    own = [s for s in submissions if s.is_own] if named is None else ()
    for one in own:
        guessed = draft(one.path, not_personal=dict(one.not_personal))
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
    keep: int | None = 1000,
) -> Findings:
    """Run suites over submissions, or over any table with the observation columns.

    `source` is what `read` or `draft` returned, an Arrow table, a pandas or Polars frame,
    a DuckDB relation, or the path of a Parquet file. `suite` names one or several suites;
    all shipped ones if not given. At most `keep` findings an expectation are kept, their
    full number stands in the outcomes.

    Raises:
        DocumentError: a suite is faulty.
        UsageError: there is no such suite.
    """
    from tallymark.check import check as run_suites
    from tallymark.check import load_suites

    if isinstance(source, Draft):
        return check_all(Submissions(()), (source,), suite, keep=keep)
    named = [suite] if isinstance(suite, str | Path) else suite
    suites = load_suites(None if named is None else [str(name) for name in named])
    relations = {"observations": source}
    reference = load_reference(series)
    if isinstance(source, Submissions):
        reference = load_reference(series, source.series, source.countries)
        relations = {
            "observations": _versions(source),
            "losses": source.losses,
            "regions": source.regions,
            "headings": source.headings,
        }
    return run_suites(relations, suites, reference=reference, keep=keep)


def _versions(submissions: Submissions) -> pa.Table:
    """Return all figures with a value, older ones too; older gaps ask for nothing."""
    import pyarrow as pa

    replaced = submissions.replaced
    if not replaced.num_rows:
        return submissions.observations
    told = replaced.filter(replaced["missing_reason"].is_null())
    return pa.concat_tables([submissions.observations, told])


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


def about(slug: str) -> str:
    """Return what an expectation or a caveat is, why it is, and an example.

    Raises:
        UsageError: nothing has that slug; the nearest are named.
    """
    from tallymark.check import load_suites
    from tallymark.interpret import load_catalogue
    from tallymark.present.about import about_caveat, about_text, source_text

    caveats = load_catalogue().caveats
    suites = load_suites(with_all=True)
    expectations = {e.slug: e for suite in suites for e in suite.expectations}
    if slug in caveats:
        return about_caveat(caveats[slug])
    if slug not in expectations:
        raise _unknown_slug(slug, [*caveats, *expectations])
    expectation = expectations[slug]
    meaning = expectation.meaning
    return about_text(
        slug,
        f"expectation, {expectation.severity}, {meaning.dimension}",
        {
            "Promise": meaning.promise,
            "Why": meaning.why,
            "What to do": meaning.action,
            "Ask": meaning.ask["en"],
            "Example": meaning.example,
            "Source": source_text([meaning.source]),
        },
    )


def _unknown_slug(slug: str, known: Sequence[str]) -> UsageError:
    import difflib

    near = difflib.get_close_matches(slug, known, 3, 0.4)
    return UsageError(
        f"there is no expectation and no caveat {slug!r}.",
        hint=f"Nearest: {', '.join(near)}." if near else "See docs/reference.",
    )
