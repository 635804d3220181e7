"""`tallymark suite`: what can be said of suites without any data."""

from __future__ import annotations

from collections.abc import Sequence

import click

CLEAN, FLAWED = 0, 1


@click.group()
def suite() -> None:
    """Look after suites of expectations."""


@suite.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the flaws are printed.",
)
def lint(*, names: Sequence[str], format_: str) -> int:
    """Name expectations that contradict each other, say nothing new, or cannot fail.

    NAME is a shipped suite or the path of a file; all shipped ones if none is given.
    """
    from tallymark import pipeline

    flaws = pipeline.lint_suites(names or None)
    click.echo(pipeline.flaws_as(flaws, format_), nl=False)
    return FLAWED if flaws else CLEAN
