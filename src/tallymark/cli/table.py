"""`tallymark table`: figures set out with their caveats."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from tallymark.cli.console import complain, print_out
from tallymark.cli.ending import NOTHING_CHECKED, unread_code
from tallymark.cli.reading import (
    Reading,
    conditions,
    dimensions,
    read,
    reading_options,
)

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.submission import Submissions


@click.command()
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
        print_out(str(laid_out))
    else:
        for path in laid_out.save(output):
            click.echo(f"Written: {path}", err=True)
    for hint in laid_out.hints():
        click.echo(f"Note: {hint}", err=True)
    return unread_code(submissions.errors)


def _read(reading: Reading) -> Submissions:
    submissions = read(reading)
    for error in submissions.errors:
        complain(error)
    if not submissions.items:
        sys.exit(unread_code(submissions.errors) or NOTHING_CHECKED)
    return submissions
