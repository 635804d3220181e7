"""`tallymark answers`: what senders wrote into the workbooks that came back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tallymark.cli.console import format_option
from tallymark.cli.ending import OK, UNUSABLE
from tallymark.cli.reading import own_option
from tallymark.environment import own_folder
from tallymark.errors import UsageError


@click.group()
def answers() -> None:
    """Take back the answers of senders; none of them silences a finding."""


@answers.command()
@click.argument("paths", nargs=-1, required=True, metavar="RETURN.XLSX…")
@format_option("How the answers are printed or written.", "text", "csv", "json")
@click.option("-o", "--output", metavar="FILE", help="Write them here instead.")
def read(*, paths: Sequence[str], format_: str, output: str | None) -> int:
    """Print each question's fingerprint with its answer and the sender's words."""
    from tallymark import pipeline

    taken = pipeline.read_answers(paths)
    for error in taken.errors:
        click.echo(f"Error: {error}", err=True)
    for note in taken.notes:
        click.echo(f"Note: {note}", err=True)
    if not taken and taken.errors:
        return UNUSABLE
    if output is None:
        click.echo(pipeline.answers_as(taken, format_), nl=False)
    else:
        for path in pipeline.save_answers(taken, format_, Path(output)):
            click.echo(f"Written: {path}", err=True)
    return UNUSABLE if taken.errors else OK


@answers.command()
@click.argument("path", metavar="SHEET")
@own_option
@click.option(
    "--save", is_flag=True, help="Write new answers into the countries of --own."
)
def capacity(*, path: str, own: str | None, save: bool) -> int:
    """Set answers to the five questions on capacity against the facts that are known.

    SHEET has a row an answer, under Country, Question, Answer, From, To, Source. An
    answer is a fact, no figure: it counts once it stands among the facts.
    """
    from tallymark import pipeline

    folder = own_folder(own)
    if save and folder is None:
        raise UsageError(
            "--save needs a folder of your own.", hint="Name it with --own DIR."
        )
    sheet = pipeline.compare_capacity(path, folder)
    click.echo(pipeline.capacity_as_text(sheet), nl=False)
    if save and folder is not None:
        for written in pipeline.save_capacity(sheet, folder):
            click.echo(f"Written: {written}", err=True)
    return OK
