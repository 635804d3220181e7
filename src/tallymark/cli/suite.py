"""`tallymark suite` and `diff-verdicts`: suites by themselves, and what they change."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tallymark.cli.console import format_option
from tallymark.cli.ending import FOUND, OK

WORSE = 1


@click.group()
def suite() -> None:
    """Look after suites of expectations."""


@suite.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@format_option("How the flaws are printed.", "text", "json")
def lint(*, names: Sequence[str], format_: str) -> int:
    """Name expectations that contradict each other, say nothing new, or cannot fail.

    NAME is a shipped suite or the path of a file; all shipped ones if none is given.
    """
    from tallymark import pipeline

    flaws = pipeline.lint_suites(names or None)
    click.echo(pipeline.flaws_as(flaws, format_), nl=False)
    return FOUND if flaws else OK


@click.command("diff-verdicts")
@click.argument("old")
@click.argument("new")
@click.option(
    "--on",
    multiple=True,
    metavar="PATH",
    help="Run OLD and NEW, which are suites, over this file or folder.",
)
@format_option("How the differences are printed.", "text", "json")
def diff_verdicts(*, old: str, new: str, on: Sequence[str], format_: str) -> int:
    """Name what ends otherwise in NEW than in OLD: expectations and findings.

    OLD and NEW are two findings.json; with --on, two suites or versions of one
    (observations@1). The exit code is 1 if an expectation fails that did not.
    """
    from tallymark import pipeline

    changes = pipeline.diff_verdicts(old, new, on)
    click.echo(pipeline.verdict_changes_as(changes, format_), nl=False)
    return WORSE if changes.is_worse else OK
