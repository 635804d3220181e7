"""A run held against what a project knows: settings, waivers and a baseline."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
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

if TYPE_CHECKING:  # a check without a gate does without them
    from tallymark.model.draft import Draft
    from tallymark.model.report import Report
    from tallymark.model.submission import Submissions
    from tallymark.model.verdict import Known

MOST_COMPARED = 100_000
"""Findings that can be held against a baseline one by one."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The verdict of a run, and the files that it is about."""

    verdict: Verdict
    report: Report
    tables: frozenset[str] = frozenset()
    """The names of the files whose rows were checked as they stand."""

    @property
    def files(self) -> frozenset[str]:
        """The names of the files that were looked at."""
        read_ = looked_at(self.report.submissions, self.report.drafts)
        return self.tables | read_


def read_configuration(folder: str | Path = ".") -> Configuration:
    """Return the settings of a folder, or of the nearest one above it that has some.

    Raises:
        DocumentError: with every problem of the settings.
        UsageError: a folder has settings in two files.
    """
    from tallymark.gate import read_configuration as read_settings

    return read_settings(Path(folder))


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
    verdict = judge(
        findings,
        configuration,
        today=today,
        files=looked_at(submissions, drafts),
        is_whole=is_whole,
    )
    return Judged(verdict=verdict, report=replace(report, findings=verdict.findings))


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
        tables=frozenset(files),
    )


def judge(
    findings: Findings,
    configuration: Configuration,
    *,
    today: date,
    files: Collection[str],
    is_whole: bool = True,
) -> Verdict:
    """Return what findings mean for a build, under the settings of a project.

    `files` are the names of the files that were looked at; not `is_whole` are some of
    those that the settings are about.

    Raises:
        DocumentError: the waivers or the baseline are faulty.
        UsageError: an expectation is required that was not asked for, or there are
            more findings than can be compared.
    """
    from tallymark import gate

    if configuration.is_comparing:
        _refuse_too_many(findings)
    waivers, baseline = configuration.waivers, configuration.baseline
    verdict = gate.judge(
        findings,
        today=today,
        waivers=() if waivers is None else gate.read_waivers(waivers),
        baseline=() if baseline is None else gate.read_baseline(baseline),
        fail_on=configuration.fail_on,
        files=files,
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


def looked_at(submissions: Submissions, drafts: Sequence[Draft] = ()) -> set[str]:
    """Return the names of the files that were read, as findings have them."""
    return {s.file for s in submissions} | {draft.grid.file for draft in drafts}


def is_whole(
    configuration: Configuration,
    paths: Sequence[str | Path],
    submissions: Submissions,
) -> bool:
    """Tell whether a run looked at all that the settings are about.

    Where no settings say what that is, folders are taken for all of it, single files
    for a part.
    """
    is_all = not paths or (
        not configuration.include and all(os.path.isdir(p) for p in paths)  # noqa: PTH112  # is_dir() may raise
    )
    return is_all and not submissions.errors and not configuration.is_suite_chosen


def table_files(paths: Sequence[str | Path]) -> set[str]:
    """Return the names by which findings call the files of a table."""
    folders = [Path(path) for path in paths if os.path.isdir(path)]  # noqa: PTH112  # is_dir() may raise
    inside = (path for folder in folders for path in folder.rglob("*.parquet"))
    return {"", *(Path(path).name for path in paths), *(path.name for path in inside)}


def verdict_text(verdict: Verdict) -> str:
    """Return in a few lines how findings stand against waivers and baseline."""
    from tallymark.present.verdict_text import render

    return render(verdict)


def baseline_text(path: Path) -> str:
    """Return what a baseline holds, for a terminal.

    Raises:
        DocumentError: the baseline is faulty, or there is none.
    """
    from tallymark import gate
    from tallymark.present.verdict_text import baseline_lines

    return baseline_lines(gate.read_baseline(path))


def files_to_check(
    configuration: Configuration, paths: Sequence[str | Path] = ()
) -> list[Path]:
    """Return the files and folders to read: the given ones, or those included.

    A file that is given outright is read though the settings exclude it. Waivers and
    baseline are never read as figures.

    Raises:
        UsageError: nothing is given, and nothing included is there.
    """
    wanted = [Path(path) for path in paths] or _included(configuration)
    left_out = _left_out(configuration)
    if not left_out:
        return wanted
    return [path for given in wanted for path in _parted(given, left_out)]


def shrink(configuration: Configuration, judged: Judged) -> tuple[int, bytes]:
    """Return how many findings leave the baseline, and the file without them.

    Raises:
        UsageError: no baseline is named, or nothing was checked.
    """
    from tallymark import gate

    baseline = _baseline(configuration, judged)
    kept = gate.shrunk(baseline, judged.verdict.gone)
    return judged.verdict.n_gone, gate.baseline_bytes(kept)


def grow(
    configuration: Configuration, judged: Judged, *, reason: str, day: date
) -> tuple[int, bytes]:
    """Return how many findings join the baseline, and the file with them.

    Raises:
        UsageError: no baseline is named, nothing was checked, or no reason is given.
    """
    from tallymark import gate

    if not reason.strip():
        raise UsageError("a reason is needed.", hint="--accept 'asked on 3 May'")
    baseline = _baseline(configuration, judged)
    grown = gate.accepted(
        baseline, judged.verdict, judged.files, reason=reason.strip(), day=day
    )
    n = sum(known.n for known in grown if known not in set(baseline))
    return n, gate.baseline_bytes(grown)


def new_baseline(judged: Judged) -> tuple[int, bytes]:
    """Return how many findings a first baseline holds, and its file.

    What a waiver names is left out: it comes back when the waiver is over.

    Raises:
        UsageError: nothing was checked, or there is more than can be compared.
    """
    from tallymark import gate

    _refuse_empty(judged)
    _refuse_too_many(judged.verdict.findings)
    found = [f for f in judged.verdict.findings.items if f.waiver is None]
    return len(found), gate.baseline_bytes(gate.known_of(found, judged.files))


def _baseline(configuration: Configuration, judged: Judged) -> tuple[Known, ...]:
    from tallymark import gate

    if configuration.baseline is None:
        raise UsageError("no baseline is named.", hint="--baseline FILE")
    _refuse_empty(judged)
    return gate.read_baseline(configuration.baseline)


def _refuse_empty(judged: Judged) -> None:
    if not judged.verdict.is_checked:
        raise UsageError("nothing was checked, so the baseline is left as it is.")


def _refuse_too_many(findings: Findings) -> None:
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


def _included(configuration: Configuration) -> list[Path]:
    from tallymark.ingest.files import sent_of

    if not configuration.include:
        raise UsageError(
            "no file is named.",
            hint="tallymark check FILE, --table PATH, or `include` in"
            " [tool.tallymark] of pyproject.toml.",
        )
    folder = configuration.folder
    found: dict[Path, None] = {}
    for pattern in configuration.include:
        if _is_pattern(pattern):
            matched = sorted(folder.glob(pattern))
            folders = [path for path in matched if path.is_dir()]
            files = sent_of([path for path in matched if path.is_file()])
            found |= dict.fromkeys([*folders, *files])
        else:
            found[folder / pattern] = None
    if not found:
        raise UsageError(
            f"nothing is there of what is included: {', '.join(configuration.include)}.",
            where=str(configuration.file or folder),
        )
    return list(found)


def _is_pattern(text: str) -> bool:
    return any(sign in text for sign in "*?[")


def _left_out(configuration: Configuration) -> set[str]:
    """Return the real paths of what is never read, folders and files."""
    folder = configuration.folder
    named = [configuration.waivers, configuration.baseline]
    found = [path for path in named if path is not None]
    for pattern in configuration.exclude:
        is_pattern = _is_pattern(pattern)
        found += folder.glob(pattern) if is_pattern else [folder / pattern]
    return {os.path.realpath(path) for path in found}


def _parted(given: Path, left_out: Collection[str]) -> Iterator[Path]:
    """Yield a path as it is, or the files of a folder that holds what is left out."""
    from tallymark.ingest.files import files_of

    root = os.path.realpath(given)
    inside = [path for path in left_out if path.startswith(root + os.sep)]
    if not given.is_dir() or not inside:
        yield given
        return
    for path in files_of([given], []):
        real = Path(os.path.realpath(path))
        if not any(str(place) in left_out for place in (real, *real.parents)):
            yield path


def _nothing() -> Findings:
    from tallymark.model.columns import empty_table
    from tallymark.model.finding import FLAG_SCHEMA

    flags = empty_table(FLAG_SCHEMA)
    return Findings(suites=(), outcomes=(), items=(), flags=flags)
