"""The command line: options in, one verb of the pipeline, text and exit code out.

Exit codes, highest first: 5 internal error, 3 a check crashed, 2 usage, document or
file, 1 findings at or above --fail-on, 4 nothing was checked, 0.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Unpack

import click

from tallymark import __version__
from tallymark.cli_adapt import adapt
from tallymark.cli_adopt import adopt
from tallymark.cli_aggregate import aggregate
from tallymark.cli_answers import answers
from tallymark.cli_baseline import baseline
from tallymark.cli_beside import beside
from tallymark.cli_ci import (
    CI_FORMATS,
    PRINTED,
    Telling,
    asked_reports,
    reporting_options,
)
from tallymark.cli_claim import claim
from tallymark.cli_console import escape_on_streams, tell_of_escapes
from tallymark.cli_contract import contract as contract_group
from tallymark.cli_facts import facts, iccs
from tallymark.cli_figure import cite, fill, reproduce, verify, why
from tallymark.cli_gate import (
    INTERNAL,
    NOTHING_CHECKED,
    OK,
    UNUSABLE,
    Gate,
    Stops,
    configured,
    exit_code,
    gate_options,
    stop_options,
    today,
)
from tallymark.cli_reading import (
    Checking,
    Reading,
    cache,
    conditions,
    declaration,
    dimensions,
    is_table,
    own_folder,
    own_option,
    read,
    reading_options,
    table_or_reading_options,
)
from tallymark.cli_suite import diff_verdicts
from tallymark.cli_suite import suite as suite_group
from tallymark.cli_template import template
from tallymark.errors import FaultError, TallymarkError
from tallymark.model.letters import legible_name
from tallymark.model.question import LANGUAGES

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.configuration import Configuration
    from tallymark.model.submission import Submissions
    from tallymark.model.verdict import Verdict


class _Run(Checking, Gate, Stops):
    """What the options say of a check, and of what stops a build."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="tallymark %(version)s")
@click.option("--traceback", is_flag=True, help="Show where an internal error arose.")
def cli(*, traceback: bool) -> None:
    """National case counts, checked, and never without their caveats."""
    del traceback  # `main` and `_complain` look for it


@cli.command()
@table_or_reading_options
@gate_options
@click.option(
    "--format",
    "format_",
    type=click.Choice([*PRINTED, *CI_FORMATS]),
    default="text",
)
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
    not_personal = dict(map(declaration, run["not_personal"]))
    unknown = Unknown(is_all=telling.guess)
    submissions, drafts = pipeline.with_drafts(
        read(chosen, unknown), unknown, not_personal=not_personal
    )
    for error in submissions.errors:
        _complain(telling.error(error))
    if not submissions.items and not drafts:
        _print(telling.of_nothing(submissions))
        click.echo("Nothing was checked.", err=True)
        return _code_of(submissions.errors) or NOTHING_CHECKED
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
    _print(telling.of(verdict, submissions, drafts))
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
    return exit_code(submissions.errors, verdict)


@cli.command()
@reading_options
@click.option("--rows", default="ref_area", show_default=True, metavar="DIMENSION")
@click.option(
    "--columns", default="time_period", show_default=True, metavar="DIMENSION"
)
@click.option(
    "--where", multiple=True, metavar="NAME=VALUE", help="Only these figures."
)
@click.option(
    "--order",
    type=click.Choice(["label", "value"]),
    default="label",
    show_default=True,
    help="Order of the rows; by value is a ranking, and judged as one.",
)
@click.option(
    "--caveats",
    multiple=True,
    metavar="FOLDER",
    help="Folder with caveats of your own.",
)
@click.option(
    "--contract",
    multiple=True,
    metavar="FILE",
    help="Data contract whose limitations are caveats of the figures.",
)
@click.option("-o", "--output", metavar="FILE", help="Write .html, .md or .csv.")
def table(
    *,
    rows: str,
    columns: str,
    where: Sequence[str],
    order: str,
    caveats: Sequence[str],
    contract: Sequence[str],
    output: str | None,
    **reading: Unpack[Reading],
) -> int:
    """Set figures out in a table, with the caveats they must be read with."""
    from tallymark import pipeline

    submissions = _read(reading)
    findings = pipeline.check(submissions, keep=0)
    figures = pipeline.interpret(submissions, findings, caveats=(*caveats, *contract))
    figures = figures.where(**conditions(where))
    if order == "value":
        figures.require("ranking")
    laid_out = pipeline.table(figures, dimensions(rows), dimensions(columns))
    if output is None:
        _print(str(laid_out))
    else:
        for path in laid_out.save(output):
            click.echo(f"Written: {path}", err=True)
    for hint in laid_out.hints():
        click.echo(f"Note: {hint}", err=True)
    return _code_of(submissions.errors)


@cli.command()
@own_option
def adapters(*, own: str | None) -> int:
    """List the publications that can be read, and their adapters."""
    from tallymark import ingest

    folder = own_folder(own)
    n_shipped = len(ingest.adapters())
    known = ingest.adapters(own=folder)
    width = max(len(adapter.id) for adapter in known)
    for n, adapter in enumerate(known):
        mark = "" if n < n_shipped else f" [own, in {folder}]"
        click.echo(f"{adapter.id:{width}}  {adapter.title} ({adapter.publisher}){mark}")
    return OK


@cli.command()
@click.argument("slug")
def about(*, slug: str) -> int:
    """Tell of an expectation or a caveat: what, why, source, example."""
    from tallymark import pipeline

    click.echo(pipeline.about(slug), nl=False)
    return OK


cli.add_command(adapt)
cli.add_command(adopt)
cli.add_command(aggregate)
cli.add_command(answers)
cli.add_command(baseline)
cli.add_command(beside)
cli.add_command(cache)
cli.add_command(claim)
cli.add_command(contract_group)
cli.add_command(diff_verdicts)
cli.add_command(suite_group)
cli.add_command(cite)
cli.add_command(facts)
cli.add_command(fill)
cli.add_command(iccs)
cli.add_command(reproduce)
cli.add_command(template)
cli.add_command(verify)
cli.add_command(why)


def program() -> NoReturn:
    """Run the command line as a process of its own, which starts and ends quickly.

    The process is short: looking for garbage while modules load, and taking them apart
    one by one at the end, would take a fifth of the time of a small check.
    """
    gc.set_threshold(100_000)
    escapes = escape_on_streams()
    try:
        main()
    except SystemExit as ended:
        tell_of_escapes(escapes)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # null if the caller closed it
                with contextlib.suppress(OSError):
                    stream.flush()
        os._exit(ended.code if isinstance(ended.code, int) else INTERNAL)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; every way it ends has its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = cli.main(given, prog_name="tallymark", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = UNUSABLE
    except click.ClickException as error:
        error.show()
        code = UNUSABLE
    except TallymarkError as error:
        _complain(error)
        code = UNUSABLE
    except OSError as error:  # a full disk, or an output that was closed
        click.echo(f"Error: {error.strerror}: {error.filename or 'output'}", err=True)
        code = UNUSABLE
    except Exception as error:  # the face: a bug is told as one, with its own exit code
        if _is_stopped(error):
            click.echo("Stopped.", err=True)
            sys.exit(UNUSABLE)
        if "--traceback" in given:
            raise
        click.echo(
            f"Internal error: {type(error).__name__}: {error}\n"
            "This is a fault of tallymark, not of your file. "
            "`tallymark --traceback …` shows where it arose.",
            err=True,
        )
        code = INTERNAL
    sys.exit(code)


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
    _print(telling.of_table(verdict, paths, is_keyed=bool(run["key"])))
    click.echo(telling.standings(verdict), nl=False, err=telling.is_for_programs)
    if out is not None:
        for path in pipeline.save_table_findings(
            verdict.findings, Path(out), paths, run["key"]
        ):
            click.echo(f"Written: {path}", err=True)
    return verdict


def _read(reading: Reading) -> Submissions:
    submissions = read(reading)
    for error in submissions.errors:
        _complain(error)
    if not submissions.items:
        sys.exit(_code_of(submissions.errors) or NOTHING_CHECKED)
    return submissions


def _code_of(errors: Sequence[TallymarkError]) -> int:
    if any(isinstance(error, FaultError) for error in errors):
        return INTERNAL
    return UNUSABLE if errors else OK


def _is_stopped(error: Exception) -> bool:
    """Tell whether it is how the engine says that somebody pressed Ctrl-C."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"


def _print(text: str) -> None:
    """Print a result; a reader who leaves early has seen enough, and is no error."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: TallymarkError) -> None:
    click.echo(legible_name(f"Error: {error}"), err=True)
    context = click.get_current_context(silent=True)
    is_asked = context is not None and context.find_root().params["traceback"]
    if is_asked and isinstance(error, FaultError):
        click.echo(error.trace, err=True)
