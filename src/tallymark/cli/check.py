"""`tallymark check`: files, or the rows of a table, held to suites."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from tallymark.cli.ci import (
    CI_FORMATS,
    PRINTED,
    Telling,
    asked_reports,
    reporting_options,
)
from tallymark.cli.console import complain, format_option, print_out
from tallymark.cli.ending import NOTHING_CHECKED, exit_code, unread_code
from tallymark.cli.gate import Gate, Stops, configured, gate_options, stop_options
from tallymark.cli.reading import (
    Checking,
    declaration,
    declarations,
    is_table,
    read,
    table_or_reading_options,
)
from tallymark.environment import today
from tallymark.model.question import LANGUAGES

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.configuration import Configuration
    from tallymark.model.verdict import Verdict


class _Run(Checking, Gate, Stops):
    """What the options say of a check, and of what stops a build."""


@click.command()
@table_or_reading_options
@gate_options
@format_option("How the findings are printed.", *PRINTED, *CI_FORMATS)
@reporting_options
@click.option(
    "--out",
    metavar="DIR",
    help="Write findings, and return.xlsx unless --table, into this folder.",
)
@stop_options
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the questions in return.xlsx.",
)
@click.option(
    "--guess", is_flag=True, help="Read with guesses, though an adapter fits."
)
def check(
    *,
    format_: str,
    report: Sequence[str],
    show_values: bool,
    out: str | None,
    language: str,
    guess: bool,
    **run: Unpack[_Run],
) -> int:
    """Check what countries sent: what to ask back, in plain words, by cell.

    A file that no adapter fits is read with guesses; mapping.xlsx in the folder of
    --out holds them, to be confirmed. With --table the rows of Parquet files are
    checked as they stand, against a --suite of your own. Without FILE_OR_FOLDER, the
    files are checked that [tool.tallymark] of pyproject.toml includes.
    """
    asked = asked_reports(report, format_, show_values=show_values)
    with contextlib.nullcontext() if asked is None else asked.failures_told():
        configuration = configured(run, run)
    if asked is None and not (run["paths"] or run["table"]):
        usual = configuration.reports
        asked = asked_reports(usual, format_, show_values=show_values)
    telling = Telling(asked=asked, format_=format_, guess=guess, told=configuration)
    if asked is None:
        return _check(run, telling, out, language)
    with asked.failures_told():
        return _check({**run, **asked.careful(run)}, telling, out, language)


def _check(run: _Run, telling: Telling, out: str | None, language: str) -> int:
    from tallymark import pipeline
    from tallymark.model.draft import Unknown

    configuration = telling.told
    if run["table"] or run["key"]:
        is_table(run)
        return exit_code((), _check_table(run, configuration, telling, out))
    chosen = run.copy()
    paths = pipeline.files_to_check(configuration, run["paths"])
    chosen["paths"] = [str(path) for path in paths]
    chosen["not_personal"] = declarations(configuration, run["not_personal"])
    not_personal = dict(map(declaration, chosen["not_personal"]))
    unknown = Unknown(is_all=telling.guess)
    submissions, drafts = pipeline.with_drafts(
        read(chosen, unknown), unknown, not_personal=not_personal
    )
    for error in submissions.errors:
        complain(telling.error(error))
    if not submissions.items and not drafts:
        print_out(telling.of_nothing(submissions))
        click.echo("Nothing was checked.", err=True)
        return unread_code(submissions.errors) or NOTHING_CHECKED
    findings = pipeline.check_all(
        submissions,
        drafts,
        configuration.suites or None,
        keep=pipeline.keep_for(configuration, run["keep"]),
        engine=run["engine"],
        master=run["master"],
    )
    verdict = pipeline.judge(
        findings,
        configuration,
        today=today(),
        files=pipeline.looked_at(submissions, drafts),
        is_whole=pipeline.is_whole(configuration, run["paths"], submissions),
    )
    print_out(telling.of(verdict, submissions, drafts))
    click.echo(telling.standings(verdict), nl=False, err=telling.is_for_programs)
    if out is not None:
        for path in pipeline.save_findings(
            submissions,
            verdict.findings,
            Path(out),
            language=language,
            drafts=drafts,
            is_guess_asked=telling.guess,
        ):
            click.echo(f"Written: {path}", err=True)
    code = exit_code(submissions.errors, verdict)
    if code == NOTHING_CHECKED:
        click.echo("Nothing was checked: no figure was found.", err=True)
    return code


def _check_table(
    run: _Run, configuration: Configuration, telling: Telling, out: str | None
) -> Verdict:
    """Check the rows of a table, and tell what was found."""
    from tallymark import pipeline

    paths = [*run["table"], *run["paths"]]
    findings = pipeline.check(
        paths[0] if len(paths) == 1 else paths,
        configuration.suites or None,
        key=run["key"],
        keep=pipeline.keep_for(configuration, run["keep"]),
        engine=run["engine"],
        master=run["master"],
    )
    verdict = pipeline.judge(
        findings, configuration, today=today(), files=pipeline.table_files(paths)
    )
    print_out(telling.of_table(verdict, paths, is_keyed=bool(run["key"])))
    click.echo(telling.standings(verdict), nl=False, err=telling.is_for_programs)
    if out is not None:
        for path in pipeline.save_table_findings(
            verdict.findings, Path(out), paths, run["key"]
        ):
            click.echo(f"Written: {path}", err=True)
    return verdict
