"""A check as tests: one for each file and expectation, one for each over all files.

Hides which findings answer which test. Reading comes first and says which tests there
are; the check itself waits until the first test asks for its answer.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tallymark.errors import (
    DocumentError,
    NoAdapterError,
    TallymarkError,
    UsageError,
)
from tallymark.model.ci_report import CiReport, nothing
from tallymark.model.configuration import Configuration
from tallymark.model.finding import Outcome, Status
from tallymark.model.submission import Submissions
from tallymark.model.verdict import Verdict
from tallymark.pipeline.checking import CELL_SUITE, check_all
from tallymark.pipeline.gating import judge, keep_for
from tallymark.pipeline.reading import read
from tallymark.pipeline.selecting import files_to_check, is_whole, looked_at

if TYPE_CHECKING:  # the check loads on use
    from tallymark.check import Suite
    from tallymark.present.ci.digest import CiDigest, Entry

READ, CHECKED = "read", "checked"
"""Tests that are no expectation: of a file that it was read, of all that any was
checked."""
_TOLD_ELSEWHERE = ("unread", "crashed", "not-run")
"""Faults of which the test of their file or expectation tells."""
_MOST_TOLD = 20
"""Findings that one test tells in full; it gives the number of the others."""


class Kind(StrEnum):
    """How a test ends."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    SKIPPED = "skipped"
    KNOWN = "known"
    """It failed, and a waiver or the baseline says that it may."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a test ended, and in words what was found or why nothing was asked."""

    kind: Kind = Kind.PASSED
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be tested, and how.

    Without `paths` it is the files that the settings include. `root` is the folder that
    paths are told from. Unless `show_values`, texts quote no file that holds a small or
    confidential figure. `today` decides which waivers are over.
    """

    paths: tuple[str, ...]
    configuration: Configuration = field(default_factory=Configuration)
    today: date
    own: Path | None = None
    cache: Path | None = None
    jobs: int | None = None
    root: str = "."
    show_values: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which tests there are; their answers come from one check, made once, on demand.

    `files` has the names of each file's tests by its absolute path, in order; `whole`
    the names of those over all files.
    """

    wanted: Wanted
    submissions: Submissions
    files: Mapping[str, tuple[str, ...]]
    whole: tuple[str, ...]
    unread: Mapping[str, TallymarkError] = field(default_factory=dict)
    """Files that could not be read, by absolute path."""
    stopped: TallymarkError | None = None
    """Why there is no test but one that tells of it."""

    def answer(self, name: str, path: str | None = None) -> Answer:
        """Return how a test ended: of a file by its absolute path, else of all files."""
        if self.stopped is not None:
            return Answer(kind=Kind.FAILED, text=self._why(self.stopped))
        if path is not None and path in self.unread:
            return self._unread(self.unread[path])
        if name == READ:
            return Answer()
        if name == CHECKED:
            return self._checked()
        outcome = self._outcomes.get(name)
        if outcome is None:  # of a file that somebody has described, none is guessed
            return Answer(kind=Kind.SKIPPED, text="not asked of this file")
        if outcome in self.verdict.unmet and outcome.status is not Status.CRASHED:
            return Answer(
                kind=Kind.FAILED, text=f"required, and not run: {outcome.reason}"
            )
        return _answer(outcome, self._told(name, path))

    def _unread(self, error: TallymarkError) -> Answer:
        kind = Kind.SKIPPED if isinstance(error, NoAdapterError) else Kind.FAILED
        return Answer(kind=kind, text=self._why(error))

    def _why(self, error: TallymarkError) -> str:
        """Return what is said of an error; one of a document quotes no figure."""
        from tallymark.present.ci.faults import error_text

        if isinstance(error, DocumentError | UsageError):
            return str(error)
        return error_text(error, may_show=self.wanted.show_values)

    def fault(self, error: Exception) -> str:
        """Return what is said of an error that the check raised, as of one of a file."""
        if isinstance(error, TallymarkError):
            return self._why(error)
        kind = type(error).__name__
        return f"A fault of Tallymark was met: {kind}. `tallymark check` says more."

    def _checked(self) -> Answer:
        """Tell of what belongs to no file: folders, and that nothing was looked at."""
        placed = set(self.unread)
        said = [
            self._why(e)
            for e in self.submissions.errors
            if _absolute(e.where) not in placed
        ]
        faults = [f for f in self._digest.faults if f.kind not in _TOLD_ELSEWHERE]
        said += [fault.message for fault in faults]
        said += [_text(e) for e in self._unplaced if e.is_blocking]
        if said:
            return Answer(kind=Kind.FAILED, text="\n\n".join(said))
        return Answer()

    def _told(self, name: str, path: str | None) -> list[Entry]:
        return self._entries.get((name, path), [])

    @property
    def verdict(self) -> Verdict:
        """What the check found; one that failed is not made anew for each test."""
        if isinstance(self._ended, Exception):
            # Each raise adds frames to an error: a hundred tests, and telling takes minutes.
            raise self._ended.with_traceback(self._trace)
        return self._ended

    @cached_property
    def _trace(self) -> TracebackType | None:
        """Where the check failed, as it was before any test told of it."""
        return getattr(self._ended, "__traceback__", None)

    @cached_property
    def _ended(self) -> Verdict | Exception:
        try:
            return self._judged()
        except Exception as error:  # noqa: BLE001  # raised again for each test
            return error

    def _judged(self) -> Verdict:
        read_, settings = self.submissions, self.wanted.configuration
        if not read_.items:
            return Verdict(findings=nothing().findings, fail_on=settings.fail_on)
        found = check_all(
            read_, (), settings.suites or None, keep=keep_for(settings, None)
        )
        return judge(
            found,
            settings,
            today=self.wanted.today,
            files=looked_at(read_),
            is_whole=is_whole(settings, self.wanted.paths, read_),
        )

    @cached_property
    def _digest(self) -> CiDigest:
        from tallymark.model.report import Report
        from tallymark.present.ci.digest import digest_of

        verdict = self.verdict
        report = Report(findings=verdict.findings, submissions=self.submissions)
        return digest_of(
            CiReport(
                verdict=verdict,
                report=report,
                root=self.wanted.root,
                show_values=self.wanted.show_values,
            )
        )

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        findings = self.verdict.findings
        early = () if findings.previews is None else findings.previews.outcomes
        return {o.expectation: o for o in (*findings.outcomes, *early)}

    @cached_property
    def _entries(self) -> dict[tuple[str, str | None], list[Entry]]:
        """What was found, by the tests that tell of it."""
        found: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
        for entry in self._digest.entries:
            for path in self._places(entry):
                found[entry.finding.expectation, path].append(entry)
        return found

    @cached_property
    def _unplaced(self) -> list[Entry]:
        return [entry for entry in self._digest.entries if not self._places(entry)]

    def _places(self, entry: Entry) -> list[str | None]:
        """Return the tests of its expectation that tell of a finding: null is all files."""
        name = entry.finding.expectation
        if name in self.whole:
            return [None]
        places = (path for told in entry.paths for path in self._by_told[told])
        return [path for path in places if name in self.files[path]]

    @cached_property
    def _by_told(self) -> dict[str, list[str]]:
        """The files by how reports call them: two elsewhere may have one name."""
        from tallymark.present.ci.places import told_path

        found: dict[str, list[str]] = defaultdict(list)
        for path in self.files:
            found[told_path(path, self.wanted.root)].append(path)
        return found


def plan(wanted: Wanted) -> Plan:
    """Read the files that are wanted, and return the tests of them.

    Where nothing can be tested, since a suite is faulty or versions of a file compete,
    one test is left that fails for that reason.
    """
    try:
        return _plan(wanted)
    except TallymarkError as error:
        return Plan(
            wanted=wanted,
            submissions=Submissions(()),
            files={},
            whole=(CHECKED,),
            stopped=error,
        )


def _plan(wanted: Wanted) -> Plan:
    from tallymark import gate
    from tallymark.check import load_suites

    settings = wanted.configuration
    if settings.waivers is not None:  # a faulty one is told once, not by each test
        gate.read_waivers(settings.waivers)
    if settings.baseline is not None:
        gate.read_baseline(settings.baseline)
    named = settings.suites or None
    suites = load_suites(named)
    paths = files_to_check(settings, wanted.paths)
    submissions = read(
        paths,
        own=wanted.own,
        cache=wanted.cache,
        jobs=wanted.jobs,
        not_personal=settings.not_personal,
    )
    of_file, whole = _names(suites)
    of_cells, _ = _names(load_suites([CELL_SUITE]))
    tests: dict[str, tuple[str, ...]] = {}
    for one in submissions:
        also = of_cells if one.is_own and named is None else ()
        tests[_absolute(one.path)] = (READ, *dict.fromkeys((*of_file, *also)))
    unread = {_absolute(e.where): e for e in submissions.errors if _is_file(e.where)}
    tests |= dict.fromkeys(unread, (READ,))
    return Plan(
        wanted=wanted,
        submissions=submissions,
        files=dict(sorted(tests.items())),
        whole=(*(whole if submissions.items else ()), CHECKED),
        unread=unread,
    )


def _names(suites: Sequence[Suite]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the expectations that are asked of each file, and those of all together."""
    placed = [e for suite in suites for e in suite.expectations]
    alone = (e.slug for e in placed if e.type.reach == "submission")
    return tuple(alone), tuple(e.slug for e in placed if e.type.reach != "submission")


def _answer(outcome: Outcome, entries: Sequence[Entry]) -> Answer:
    from tallymark.present.ci.faults import reason_of

    if outcome.status is Status.CRASHED:
        return Answer(kind=Kind.CRASHED, text=reason_of(outcome))
    if outcome.status in (Status.NOT_RUN, Status.NOT_APPLICABLE):
        how = outcome.status.value.replace("_", " ")
        return Answer(kind=Kind.SKIPPED, text=f"{how}: {reason_of(outcome)}")
    if not entries:
        return Answer()
    if any(entry.is_blocking for entry in entries):
        return Answer(kind=Kind.FAILED, text=_texts(entries))
    if loud := [entry for entry in entries if not entry.is_silent]:
        severity = outcome.severity.value
        return Answer(
            kind=Kind.SKIPPED,
            text=f"{severity}, which stops nothing: {_in_short(loud)}",
        )
    is_early = any(entry.preview for entry in entries)
    kind = Kind.SKIPPED if is_early else Kind.KNOWN
    return Answer(kind=kind, text=_in_short(entries))


def _in_short(entries: Sequence[Entry]) -> str:
    first = entries[0]
    more = f" (and {len(entries) - 1:,} more)" if len(entries) > 1 else ""
    return f"{first.place}{more}: {first.message}"


def _texts(entries: Sequence[Entry]) -> str:
    """Return what was found, what fails the test before what does not."""
    ordered = sorted(entries, key=lambda entry: not entry.is_blocking)
    said = [_text(entry) for entry in ordered[:_MOST_TOLD]]
    n_more = len(ordered) - len(said)
    return "\n\n".join([*said, f"and {n_more:,} more"] if n_more > 0 else said)


def _text(entry: Entry) -> str:
    finding = entry.finding
    place = ", ".join((*entry.paths, *((entry.place,) if entry.cells else ())))
    said = {
        "Where": place,
        "Found": entry.found,
        "Expected": entry.expected,
        "Why": finding.why,
        "What to do": finding.action,
        "Ask": entry.ask,
        "Standing": entry.told,
    }
    head = f"{finding.severity.value}, {entry.place}: {entry.promise}"
    lines = [f"  {name + ':':<12}{text}" for name, text in said.items() if text]
    return "\n".join([head, *lines])


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100  # resolve() would follow links


def _is_file(where: str) -> bool:
    return bool(where) and os.path.isfile(where)  # noqa: PTH113  # is_file() may raise
