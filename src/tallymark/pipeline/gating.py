"""A run held against what a project knows: settings, waivers and a baseline.

It hides how findings are gathered to be compared one by one, and where that ends.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tallymark.errors import UsageError
from tallymark.model.configuration import Configuration
from tallymark.model.finding import Findings, Outcome, Status
from tallymark.model.verdict import Verdict
from tallymark.pipeline.checking import check, check_all
from tallymark.pipeline.reading import read, with_drafts
from tallymark.pipeline.selecting import (
    files_to_check,
    is_whole,
    looked_at,
    table_files,
)

if TYPE_CHECKING:  # a check without a gate does without them
    from tallymark.model.draft import Draft
    from tallymark.model.report import Report
    from tallymark.model.submission import Submissions

MOST_COMPARED = 100_000
"""Findings that can be held against a baseline one by one."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The verdict of a run, and the files that it is about."""

    verdict: Verdict
    report: Report
    files: Mapping[str, str]
    """The paths of the files that were looked at, by the names findings give them."""
    folder: Path
    """The folder of the settings, from which a baseline has its paths."""


def judge_run(
    configuration: Configuration,
    paths: Sequence[str | Path] = (),
    *,
    today: date,
    own: str | Path | None = None,
    cache: str | Path | None = None,
    jobs: int | None = None,
) -> Judged:
    """Read and check files, and hold what is found against waivers and the baseline.

    Without `paths` it is the files that the settings include. A file that no adapter
    fits is read with guesses.

    Raises:
        UsageError: there is nothing to check, or too much to compare.
        DocumentError: a suite, the waivers or the baseline are faulty.
    """
    from tallymark.model.draft import Unknown

    unknown = Unknown()
    wanted = files_to_check(configuration, paths)
    declared = configuration.not_personal
    read_ = read(
        wanted,
        own=own,
        not_personal=declared,
        cache=cache,
        jobs=jobs,
        unknown=unknown,
    )
    submissions, drafts = with_drafts(read_, unknown, not_personal=declared)
    return judge_read(
        submissions,
        drafts,
        configuration,
        today=today,
        is_whole=is_whole(configuration, paths, submissions),
    )


def judge_read(
    submissions: Submissions,
    drafts: Sequence[Draft],
    configuration: Configuration,
    *,
    today: date,
    is_whole: bool = True,
) -> Judged:
    """Check what was read, and hold what is found against waivers and the baseline.

    Raises:
        UsageError: there is too much to compare.
        DocumentError: a suite, the waivers or the baseline are faulty.
    """
    from tallymark.model.report import Report

    report = Report(findings=_nothing(), submissions=submissions, drafts=tuple(drafts))
    findings = report.findings
    if submissions.items or drafts:
        findings = check_all(
            submissions,
            drafts,
            configuration.suites or None,
            keep=keep_for(configuration, None),
        )
    files = looked_at(submissions, drafts)
    verdict = judge(
        findings,
        configuration,
        today=today,
        files=files,
        is_whole=is_whole,
    )
    return Judged(
        verdict=verdict,
        report=replace(report, findings=verdict.findings),
        files=files,
        folder=configuration.folder,
    )


def judge_table(
    paths: Sequence[str],
    configuration: Configuration,
    *,
    today: date,
    key: Sequence[str] = (),
    where: Mapping[str, str | None] = MappingProxyType({}),
) -> Judged:
    """Check the rows of a table, and hold what is found against what is known.

    `key` and `where` (`engine`, `master`) are as in `check`.

    Raises:
        UsageError: there is too much to compare, or no suite about such rows is named.
        DocumentError: a suite, the waivers or the baseline are faulty.
    """
    from tallymark.model.report import Report

    findings = check(
        paths[0] if len(paths) == 1 else paths,
        configuration.suites or None,
        key=key,
        keep=keep_for(configuration, None),
        engine=where.get("engine") or "duckdb",
        master=where.get("master"),
    )
    files = table_files(paths)
    verdict = judge(findings, configuration, today=today, files=files)
    return Judged(
        verdict=verdict,
        report=Report(findings=verdict.findings),
        files=files,
        folder=configuration.folder,
    )


def judge(
    findings: Findings,
    configuration: Configuration,
    *,
    today: date,
    files: Mapping[str, str],
    is_whole: bool = True,
) -> Verdict:
    """Return what findings mean for a build, under the settings of a project.

    `files` are the paths of those that were looked at, by their names; not `is_whole` are some of
    those that the settings are about.

    Raises:
        DocumentError: the waivers or the baseline are faulty.
        UsageError: an expectation is required that was not asked for, or there are
            more findings than can be compared.
    """
    from tallymark import gate

    if configuration.is_comparing:
        refuse_too_many(findings)
    waivers, baseline = configuration.waivers, configuration.baseline
    verdict = gate.judge(
        findings,
        today=today,
        waivers=() if waivers is None else gate.read_waivers(waivers),
        baseline=() if baseline is None else gate.read_baseline(baseline),
        fail_on=configuration.fail_on,
        files=gate.looked(files, configuration.folder),
        is_whole=is_whole,
    )
    return replace(
        verdict,
        unmet=tuple(_unmet(findings, configuration.require)),
        is_compared=configuration.is_comparing,
        do_stale_waivers_stop=configuration.do_stale_waivers_stop,
    )


def keep_for(configuration: Configuration, keep: int | None) -> int | None:
    """Return how many findings an expectation keeps: all, where they are compared."""
    return MOST_COMPARED + 1 if configuration.is_comparing else keep


def verdict_text(verdict: Verdict) -> str:
    """Return in a few lines how findings stand against waivers and baseline."""
    from tallymark.present.verdict_text import render

    return render(verdict)


def refuse_too_many(findings: Findings) -> None:
    """Refuse findings of which there are more than can be compared.

    Raises:
        UsageError: there are.
    """
    n = sum(o.n_failed for o in findings.outcomes if o.status is Status.FAILED)
    is_cut = any(o.n_listed < o.n_failed for o in findings.outcomes)
    if len(findings) > MOST_COMPARED or (is_cut and n > MOST_COMPARED):
        raise UsageError(
            f"{n:,} findings are too many to compare one by one; at most"
            f" {MOST_COMPARED:,} can be.",
            hint="Check fewer files, or without waivers and baseline.",
        )


def _unmet(findings: Findings, required: Sequence[str]) -> Iterator[Outcome]:
    """Yield the outcomes of required expectations that did not run."""
    ended = {outcome.expectation: outcome for outcome in findings.outcomes}
    for slug in required if ended else ():
        if slug not in ended:
            near = difflib.get_close_matches(slug, ended, 3, 0.4)
            raise UsageError(
                f"the expectation {slug!r} is required and was not asked for.",
                hint=f"Nearest: {', '.join(near)}." if near else "Name its suite.",
            )
        if ended[slug].status in (Status.NOT_RUN, Status.CRASHED):
            yield ended[slug]


def _nothing() -> Findings:
    from tallymark.model.columns import empty_table
    from tallymark.model.finding import FLAG_SCHEMA

    flags = empty_table(FLAG_SCHEMA)
    return Findings(suites=(), outcomes=(), items=(), flags=flags)
