"""`tallymark adapters` and `tallymark about`: what there is, and what it is for."""

from __future__ import annotations

import click

from tallymark.cli.ending import OK
from tallymark.cli.reading import own_option
from tallymark.environment import own_folder


@click.command()
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


@click.command()
@click.argument("slug")
def about(*, slug: str) -> int:
    """Tell of an expectation or a caveat: what, why, source, example."""
    from tallymark import pipeline

    click.echo(pipeline.about(slug), nl=False)
    return OK
