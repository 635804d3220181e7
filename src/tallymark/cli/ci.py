"""The options of `check` for builds: which reports, where to, and what they may say.

Hides that a build's log, its reports and its caches are read by more people than the
data are: without --show-values none of them gets a value that is to be withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from tallymark.cli.reading import Checking
from tallymark.environment import build_time, repository
from tallymark.errors import (
    ColumnTypeError,
    DocumentError,
    FaultError,
    SourceError,
    TallymarkError,
    UsageError,
)
from tallymark.model.configuration import Configuration
from tallymark.present import FORMATS

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.ci_report import CiReport
    from tallymark.model.draft import Draft
    from tallymark.model.finding import Outcome
    from tallymark.model.submission import Submissions
    from tallymark.model.verdict import Verdict

Command = TypeVar("Command", bound=Callable[..., Any])

_LOG = "text"
CI_FORMATS = tuple(name for kind, name in FORMATS if kind == "ci" and name != _LOG)
"""What `--report` and `--format` take; all but the log's own form."""
PRINTED = tuple(name for kind, name in FORMATS if kind == "findings" and name != "html")
"""Forms of findings for a terminal or a program; the page is for --out."""
_STDOUT = "-"

_OPTIONS = (
    click.option(
        "--report",
        multiple=True,
        metavar="FORMAT=FILE",
        help="Write a report for a build: " + ", ".join(CI_FORMATS) + ". Without FILE,"
        " or with -, it is printed.",
    ),
    click.option(
        "--show-values",
        is_flag=True,
        help="Show small and confidential values in reports for builds, too.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The reports that are asked for, by path, and the format that is printed."""

    files: Mapping[Path, str]
    printed: str
    """Empty if what is printed is none of them, and may show values."""
    show_values: bool

    def careful(self, checking: Checking) -> Checking:
        """Return how to check so that all is told, and nothing of it is kept.

        Raises:
            UsageError: a cache is named, which would keep values.
        """
        told = checking.copy()
        context = click.get_current_context()
        is_table = bool(checking["table"])
        if not is_table and (
            context.get_parameter_source("keep") is not ParameterSource.COMMANDLINE
        ):
            told["keep"] = None
        if self.show_values:
            return told
        if checking["cache"] is not None:
            raise UsageError(
                "a cache keeps the values that reports for a build withhold.",
                hint="Leave --cache out, or add --show-values.",
            )
        told["no_cache"] = True
        return told

    @contextmanager
    def failures_told(self) -> Iterator[None]:
        """Write reports of a check that ends early, too; say of why no more than they.

        Raises:
            TallymarkError: as the check did, without what it may quote of a file.
            RuntimeError: named after an error that was not raised on purpose.
        """
        try:
            yield
        except TallymarkError as error:
            self._tell_failure(error)
            raise self.cautious(error) from error
        except Exception as error:  # a bug leaves its reports, too
            is_asked = click.get_current_context().find_root().params["traceback"]
            if is_asked or str(error) == "Query interrupted":
                raise
            self._tell_failure(FaultError("A fault of Tallymark was met."))
            raise RuntimeError(type(error).__name__) from error

    def cautious(self, error: TallymarkError) -> TallymarkError:
        """Return an error that says no more than a report may."""
        from tallymark.present.ci.faults import error_text

        if self.show_values or isinstance(
            error, UsageError | DocumentError | ColumnTypeError
        ):
            return error  # of options, documents and columns; they quote no data
        kind = FaultError if isinstance(error, FaultError) else SourceError
        return kind(error_text(error, may_show=False), where=error.where)

    def _tell_failure(self, error: TallymarkError) -> None:
        from tallymark.model.submission import Submissions

        none = Submissions((), errors=(error,))
        telling = Telling(asked=self, format_=_LOG, guess=False, told=Configuration())
        click.echo(telling.of_nothing(none), nl=False)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How a check is told of: printed, and in the reports that are asked for."""

    asked: Asked | None
    format_: str
    guess: bool
    told: Configuration = field(default_factory=Configuration)
    """The settings of the check."""

    @property
    def is_for_programs(self) -> bool:
        """Whether what is printed is no text for people, or a report of its own."""
        return self.format_ != _LOG or self.asked is not None

    def of(
        self,
        verdict: Verdict,
        submissions: Submissions,
        drafts: Sequence[Draft] = (),
    ) -> str:
        """Write the reports on files; return what is to be printed."""
        from tallymark.pipeline import findings_as

        record = self._record(verdict, submissions, drafts)
        if (said := self._reported(record)) is not None:
            return said
        return findings_as(
            verdict.findings,
            self.format_,
            drafts,
            submissions,
            is_guess_asked=self.guess,
        )

    def of_table(
        self, verdict: Verdict, paths: Sequence[str], *, is_keyed: bool
    ) -> str:
        """Write the reports on a table; return what is to be printed."""
        from tallymark.model.submission import Submissions
        from tallymark.pipeline import findings_as

        record = self._record(verdict, Submissions(()))
        record = replace(record, tables=tuple(paths), is_keyed=is_keyed)
        if (said := self._reported(record)) is not None:
            return said
        return findings_as(verdict.findings, self.format_)

    def of_nothing(self, submissions: Submissions) -> str:
        """Write the reports where nothing could be checked; return what is printed."""
        from tallymark.model.ci_report import nothing
        from tallymark.model.verdict import Verdict

        record = self._record(Verdict(findings=nothing().findings), submissions)
        return self._reported(record) or ""

    def standings(self, verdict: Verdict) -> str:
        """Return how findings stand; nothing where reports say it without values."""
        from tallymark.pipeline import verdict_text

        if self.asked is not None and not self.asked.show_values:
            return ""
        return verdict_text(verdict)

    def error(self, error: TallymarkError) -> TallymarkError:
        """Return an error as it may be printed."""
        return error if self.asked is None else self.asked.cautious(error)

    def reason(self, outcome: Outcome) -> str:
        """Return why an expectation did not answer, as it may be printed."""
        from tallymark.present.ci.faults import reason_of

        if self.asked is None or self.asked.show_values:
            return outcome.reason
        return reason_of(outcome)

    def _record(
        self,
        verdict: Verdict,
        submissions: Submissions,
        drafts: Sequence[Draft] = (),
    ) -> CiReport:
        from tallymark.model.ci_report import CiReport
        from tallymark.model.report import Report

        return CiReport(
            verdict=verdict,
            report=Report(
                findings=verdict.findings,
                submissions=submissions,
                drafts=tuple(drafts),
            ),
            root=str(repository()),
            origin=_origin(self.told),
            waivers=str(self.told.waivers or ""),
            show_values=self.asked is not None and self.asked.show_values,
            time=_time(),
        )

    def _reported(self, record: CiReport) -> str | None:
        """Write the reports; return the printed one, null if that is no report."""
        from tallymark import pipeline

        if self.asked is None:
            return None
        for path in pipeline.save_ci_reports(record, self.asked.files):
            click.echo(f"Written: {path}", err=True)
        if not self.asked.printed:
            return None
        return pipeline.ci_report_as(record, self.asked.printed)


def reporting_options(command: Command) -> Command:
    """Give a command the options on reports for builds."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked_reports(
    reports: Sequence[str], format_: str, *, show_values: bool
) -> Asked | None:
    """Return the reports that options ask for; none if it is no check for a build.

    Raises:
        UsageError: there is no such format, two would be printed or are to stand in
            one file, or another format would print what the reports withhold.
    """
    pairs = [_pair(text) for text in reports]
    printed = [name for name, file in pairs if file == _STDOUT]
    if format_ in CI_FORMATS:
        printed.insert(0, format_)
    if not pairs and not printed:
        return None
    if len(printed) > 1:
        raise UsageError(
            f"{printed[0]} and {printed[1]} would both be printed.",
            hint=f"Give one of them a file: --report {printed[1]}=FILE",
        )
    if not printed and format_ != _LOG and not show_values:
        raise UsageError(
            f"--format {format_} prints values, which a build's log must not show.",
            hint="Leave it out, or add --show-values.",
        )
    files = [(Path(file), name) for name, file in pairs if file != _STDOUT]
    if len({path for path, _ in files}) < len(files):
        raise UsageError("two reports are to stand in one file.")
    log = "" if show_values else _LOG
    return Asked(
        files=dict(files), printed=printed[0] if printed else log,
        show_values=show_values,
    )  # fmt: skip


def _pair(text: str) -> tuple[str, str]:
    """Return format and file of `--report FORMAT=FILE`.

    Raises:
        UsageError: there is no such format.
    """
    name, _, file = text.partition("=")
    if name not in CI_FORMATS:
        raise UsageError(
            f"there is no report {name!r}.",
            hint=f"Known are: {', '.join(CI_FORMATS)}.",
        )
    return name, file or _STDOUT


def _origin(configuration: Configuration) -> str:
    """Return the file of the settings; its usual name if there is none."""
    return str(configuration.file or "pyproject.toml")


def _time() -> str:
    """Return the time that reproducible builds are given; no clock is asked."""
    time = build_time()
    return "NA" if time is None else time.strftime("%Y%m%dT%H%M%S+0000")
