"""`tallymark beside`: which figures may stand beside those of a country."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from tallymark.cli_reading import Reading, read, reading_options

OK, UNUSABLE = 0, 2


@click.command()
@click.argument("area", metavar="COUNTRY")
@reading_options
@click.option("-o", "--output", metavar="FILE", help="Write .html, .md or .txt.")
def beside(*, area: str, output: str | None, **reading: Unpack[Reading]) -> int:
    """Say what is known of a COUNTRY's capacity, and what its figures compare with.

    COUNTRY is a code of three letters; the files hold its figures and those of others.
    """
    from tallymark import pipeline
    from tallymark.present.writing import write_files

    submissions = read(reading)
    figures = pipeline.interpret(submissions, pipeline.check(submissions, keep=0))
    record = pipeline.beside(figures, area.upper())
    for error in submissions.errors:
        click.echo(f"Error: {error}", err=True)
    if output is None:
        click.echo(pipeline.beside_as(record, "text").decode(), nl=False)
    else:
        target = Path(output)
        ending = target.suffix.lower().removeprefix(".")
        page = pipeline.beside_as(record, "text" if ending == "txt" else ending)
        for path in write_files(target.parent, {target.name: page}):
            click.echo(f"Written: {path}", err=True)
    return UNUSABLE if submissions.errors else OK
