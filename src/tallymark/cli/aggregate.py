"""`tallymark aggregate`: counts of an extract, made where it is held."""

from __future__ import annotations

import click

from tallymark.cli.ending import OK
from tallymark.cli.reading import own_option
from tallymark.environment import own_folder


@click.command()
@click.argument("extract", metavar="EXTRACT")
@click.option(
    "--mapping",
    required=True,
    metavar="FILE.yaml",
    help="The document that says which column holds what.",
)
@own_option
@click.option(
    "--threshold",
    type=int,
    metavar="N",
    help="Hide counts from 1 to below N; the mapping's, or 5, if not given.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Where the counting is done.",
)
@click.option(
    "--master", metavar="URL", help="The Spark that does it: local[2], spark://…"
)
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="Write .parquet or .csv."
)
def aggregate(
    *,
    extract: str,
    mapping: str,
    own: str | None,
    threshold: int | None,
    engine: str,
    master: str | None,
    output: str,
) -> int:
    """Count an EXTRACT with a row per incident or report, and hide small counts.

    EXTRACT is a Parquet file or a folder of them. No row and no id of it comes out.
    """
    from tallymark import pipeline

    submissions = pipeline.aggregate(
        extract,
        mapping,
        own=own_folder(own),
        threshold=threshold,
        engine=engine,
        master=master,
        output=output,
    )
    for note in submissions.notes:
        click.echo(f"Note: {note}", err=True)
    for name in (output, f"{output}.provenance.json"):
        click.echo(f"Written: {name}", err=True)
    return OK
