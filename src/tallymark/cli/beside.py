"""`tallymark beside`: which figures may stand beside those of a country."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from tallymark.cli.ending import OK, UNUSABLE
from tallymark.cli.reading import Reading, read, reading_options
from tallymark.errors import UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.results import CountryPage


_ENDINGS: dict[str, Callable[[CountryPage], str]] = {
    ".html": lambda page: page.to_html(),
    ".md": lambda page: page.to_markdown(),
    ".txt": str,
}


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

    if output is not None and Path(output).suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"{output} names no format.", hint=f"Known are: {', '.join(_ENDINGS)}."
        )
    submissions = read(reading)
    figures = pipeline.interpret(submissions, pipeline.check(submissions, keep=0))
    page = figures.beside(area.upper())
    for error in submissions.errors:
        click.echo(f"Error: {error}", err=True)
    if output is None:
        click.echo(str(page), nl=False)
    else:
        target = Path(output)
        content = _ENDINGS[target.suffix.lower()](page).encode()
        for path in write_files(target.parent, {target.name: content}):
            click.echo(f"Written: {path}", err=True)
    return UNUSABLE if submissions.errors else OK
