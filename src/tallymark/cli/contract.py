"""`tallymark contract`: data contracts made, looked through, held to data, compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

import click

from tallymark.cli.ci import CI_FORMATS, Telling, asked_reports, reporting_options
from tallymark.cli.console import format_option
from tallymark.cli.ending import FOUND, NOTHING_CHECKED, OK, UNUSABLE, exit_code
from tallymark.cli.reading import (
    Checking,
    is_table,
    own_option,
    read,
    table_or_reading_options,
)
from tallymark.environment import own_folder
from tallymark.errors import TallymarkError, UsageError
from tallymark.model.configuration import FAIL_ON, Configuration, least_severity

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.contract import View
    from tallymark.model.finding import Status
    from tallymark.model.submission import Submissions
    from tallymark.model.verdict import Verdict

_FORMAT = format_option("How the changes are printed.", "text", "json")


@click.group()
def contract() -> None:
    """Make, check and compare data contracts (Open Data Contract Standard)."""


@contract.command()
@click.option("--suite", multiple=True, metavar="NAME", help="Suite; all if none.")
@click.option("--series", multiple=True, metavar="ID", help="Series that it is about.")
@click.option(
    "--contract-version",
    metavar="X.Y.Z",
    help="Version of the contract; without it that of the file at -o, else 1.0.0.",
)
@own_option
@click.option(
    "-o", "--output", metavar="FILE", help="Write it here, not to the screen."
)
def init(
    *,
    suite: Sequence[str],
    series: Sequence[str],
    contract_version: str | None,
    own: str | None,
    output: str | None,
) -> int:
    """Make a contract of suites and series definitions, which stay the truth."""
    from tallymark import pipeline

    before = Path(output) if output is not None else Path()
    version = contract_version or pipeline.contract_version_of(before)
    text = pipeline.make_contract(
        suite or None, series, own_folder(own), version=version
    )
    if not series:
        said = "No series is named: the contract states no limitations (--series ID)."
        click.echo(said, err=True)
    if output is None:
        click.echo(text, nl=False)
    else:
        from tallymark.present.writing import write_files

        write_files(Path(), {output: text.encode()})
        click.echo(f"Written: {output}", err=True)
    return OK


@contract.command()
@click.argument("file")
@own_option
def lint(*, file: str, own: str | None) -> int:
    """Name all that is wrong in a contract, and whether it differs from its sources."""
    from tallymark import pipeline

    flaws = pipeline.contract_flaws(Path(file), own_folder(own))
    for flaw in flaws:
        click.echo(f"{file}: {flaw.path}: {flaw.what}")
    for remark in pipeline.contract_remarks(Path(file)):
        click.echo(f"{file}: note: {remark.path}: {remark.what}")
    if not flaws:
        click.echo(f"{file}: nothing is wrong.")
    return FOUND if flaws else OK


@contract.command()
@click.argument("contract")
@table_or_reading_options
@click.option("--object", "table_name", metavar="NAME", help="Table of the contract.")
@click.option(
    "--require-all", is_flag=True, help="Exit code 1 if a rule could not be run."
)
@format_option("How the findings are printed.", "text", "json", *CI_FORMATS)
@reporting_options
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="critical",
    show_default=True,
    help="Least severity that gives exit code 1; error is critical.",
)
def check(
    *,
    contract: str,
    table_name: str | None,
    require_all: bool,
    format_: str,
    report: Sequence[str],
    show_values: bool,
    fail_on: str,
    **checking: Unpack[Checking],
) -> int:
    """Hold files, or with --table Parquet, to a contract; say what was not run."""
    if checking["engine"] != "duckdb":
        raise UsageError("a contract is checked by DuckDB.", hint="Leave --engine out.")
    asked = asked_reports(report, format_, show_values=show_values)
    telling = Telling(asked=asked, format_=format_, guess=False, told=Configuration())
    held = _Held(contract, table_name, fail_on, require_all)
    if asked is None:
        return _check(held, checking, telling)
    with asked.failures_told():
        return _check(held, asked.careful(checking), telling)


class _Held(NamedTuple):
    """What files are held to, and what of that gives exit code 1."""

    contract: str
    table: str | None
    fail_on: str
    is_all_required: bool

    def verdict(
        self, source: Submissions | str | Sequence[str], checking: Checking
    ) -> Verdict:
        """Return what of a source is not as the contract says, and what of it stops."""
        from tallymark import pipeline
        from tallymark.model.verdict import Verdict

        findings = pipeline.check_contract(
            Path(self.contract),
            source,
            table=self.table,
            key=checking["key"],
            keep=checking["keep"],
        )
        silent = [o for o in findings.outcomes if o.status in _silent()]
        return Verdict(
            findings=findings,
            fail_on=least_severity(self.fail_on),
            unmet=tuple(silent) if self.is_all_required else (),
        )


def _check(held: _Held, checking: Checking, telling: Telling) -> int:
    from tallymark import pipeline

    for remark in pipeline.contract_remarks(Path(held.contract)):
        click.echo(f"Note: {held.contract}: {remark.path}: {remark.what}", err=True)
    if is_table(checking):
        paths = [*checking["table"], *checking["paths"]]
        verdict = held.verdict(paths[0] if len(paths) == 1 else paths, checking)
        is_keyed = bool(checking["key"])
        click.echo(telling.of_table(verdict, paths, is_keyed=is_keyed), nl=False)
        return _ended((), verdict, telling)
    submissions = read(checking)
    for error in submissions.errors:
        click.echo(f"Error: {telling.error(error)}", err=True)
    if not submissions.items:
        click.echo(telling.of_nothing(submissions), nl=False)
        return UNUSABLE if submissions.errors else NOTHING_CHECKED
    verdict = held.verdict(submissions, checking)
    click.echo(telling.of(verdict, submissions), nl=False)
    return _ended(submissions.errors, verdict, telling)


def _silent() -> tuple[Status, ...]:
    """Return how a rule ends that tells nothing of the data."""
    from tallymark.model.finding import Status

    return Status.NOT_RUN, Status.CRASHED


def _ended(errors: Sequence[TallymarkError], verdict: Verdict, telling: Telling) -> int:
    """Tell loudly what was not run, and return the exit code."""
    outcomes = verdict.findings.outcomes
    silent = [o for o in outcomes if o.status in _silent()]
    if silent:
        said = f"NOT RUN: {len(silent):,} of {len(outcomes):,} rules of the contract"
        click.echo(f"{said}:", err=True)
    for outcome in silent:
        click.echo(f"  {outcome.expectation}: {telling.reason(outcome)}", err=True)
    return exit_code(errors, verdict)


@contract.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--view",
    type=click.Choice(["consumer", "producer"]),
    help="Whose work counts; both if not given.",
)
@_FORMAT
def diff(*, old: str, new: str, view: View | None, format_: str) -> int:
    """Name what differs in NEW, and whose work it breaks; exit code 1 if any."""
    from tallymark import pipeline

    changes = pipeline.diff_contracts(Path(old), Path(new), view)
    click.echo(pipeline.contract_changes_as(changes, format_), nl=False)
    return FOUND if changes.breaking else OK
