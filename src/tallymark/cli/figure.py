"""`why`, `cite`, `reproduce`, `verify`, `fill`: what stands behind printed figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from tallymark.cli.console import format_option
from tallymark.cli.ending import FOUND, OK, UNUSABLE
from tallymark.cli.reading import (
    Reading,
    conditions,
    dimensions,
    own_option,
    read,
    reading_options,
)
from tallymark.environment import own_folder

if TYPE_CHECKING:  # the stages load on use
    from tallymark.results import Figures


_where = click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="The figure's dimensions, as far as CELL does not name them.",
)
_by = click.option(
    "--by",
    default="ref_area,time_period",
    show_default=True,
    metavar="DIMENSIONS",
    help="Rows and columns of the table that printed the id of a sum.",
)
_caveats = click.option(
    "--caveats",
    multiple=True,
    metavar="PATH",
    help="Folder with caveats of your own, or a data contract.",
)


@click.command()
@click.argument("cell")
@reading_options
@_where
@_by
@_caveats
@format_option("How it is printed.", "text", "json")
@click.option("--all", "is_full", is_flag=True, help="Every part and every fact.")
def why(
    *,
    cell: str,
    where: Sequence[str],
    by: str,
    caveats: Sequence[str],
    format_: str,
    is_full: bool,
    **reading: Unpack[Reading],
) -> int:
    """Tell where a figure comes from, and what raised each of its caveats.

    CELL is an id from a table (KEN-2018-CONVICTED·7f3a), a name (KEN-2018-CONVICTED),
    or '-' where --where names the dimensions.
    """
    from tallymark import pipeline

    figures = _figures(reading, caveats)
    found = pipeline.why(figures, _cell(cell), conditions(where), dimensions(by))
    click.echo(
        found.to_json() if format_ == "json" else found.to_text(all_parts=is_full),
        nl=False,
    )
    return OK


@click.command()
@click.argument("cell")
@reading_options
@_where
@_by
@_caveats
@format_option("How it is printed.", "text", "bibtex", "csl-json")
def cite(
    *,
    cell: str,
    where: Sequence[str],
    by: str,
    caveats: Sequence[str],
    format_: str,
    **reading: Unpack[Reading],
) -> int:
    """Return what to cite for a figure: its sources, and this tool.

    CELL is named as for `tallymark why`.
    """
    from tallymark import pipeline
    from tallymark.present import render

    figures = _figures(reading, caveats)
    found = pipeline.cite(figures, _cell(cell), conditions(where), dimensions(by))
    click.echo(render("citation", format_, found.record)[""].decode(), nl=False)
    return OK


@click.command()
@click.argument("output", nargs=-1, required=True, metavar="OUTPUT…")
@click.option(
    "--provenance",
    metavar="FILE",
    help="What was printed, if it does not stand beside the output.",
)
@click.option(
    "--figures",
    "data",
    multiple=True,
    metavar="FILE_OR_FOLDER",
    help="Hold the output against these files as they are today.",
)
@_caveats
@own_option
def verify(
    *,
    output: Sequence[str],
    provenance: str | None,
    data: Sequence[str],
    caveats: Sequence[str],
    own: str | None,
) -> int:
    """Say whether a printed output still says what was printed, with all its notes.

    OUTPUT is a .html, .md, .csv or .docx file. Exit code 1 if a number changed, or a
    caveat was cut out.
    """
    from tallymark.present import render
    from tallymark.reproduction import verify as find_differences

    named = None if provenance is None else Path(provenance)
    held = own_folder(own) if data else None
    code = OK
    for path in output:
        found = find_differences(
            Path(path), named, [Path(p) for p in data], caveats=caveats, own=held
        )
        click.echo(render("verification", "text", found)[""].decode(), nl=False)
        if not found.is_sound:
            code = FOUND
    return code


@click.command()
@click.argument("provenance", metavar="X.provenance.json")
@click.option(
    "--data", metavar="FOLDER", help="Where the inputs are; beside X if not given."
)
@_caveats
@own_option
def reproduce(
    *, provenance: str, data: str | None, caveats: Sequence[str], own: str | None
) -> int:
    """Make an output again, and say "identical", or what changed and which figures moved.

    Exit code 1 if the output is another one, 2 if an input is missing.
    """
    from tallymark.present import render
    from tallymark.reproduction import reproduce as make_again

    folder = None if data is None else Path(data)
    made = make_again(Path(provenance), folder, caveats=caveats, own=own_folder(own))
    click.echo(render("reproduction", "text", made)[""].decode(), nl=False)
    if made.missing or made.missing_documents:
        return UNUSABLE
    return OK if made.is_identical else FOUND


@click.command()
@click.argument("text", metavar="REPORT.md")
@click.option(
    "--figures",
    "data",
    multiple=True,
    required=True,
    metavar="FILE_OR_FOLDER",
    help="The files that the figures are taken from.",
)
@_by
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="Write the filled text here."
)
@_caveats
@own_option
def fill(
    *,
    text: str,
    data: Sequence[str],
    by: str,
    output: str,
    caveats: Sequence[str],
    own: str | None,
) -> int:
    """Put figures, with their notes, into a Markdown text.

    {{figure KEN 2018 CONVICTED}} becomes the figure and its marks, {{note ...}} its
    notes in words; {{notes}} says where all notes stand, at the end if it is not there.
    """
    from tallymark.reproduction import fill as fill_text

    paths = fill_text(
        Path(text),
        [Path(p) for p in data],
        Path(output),
        by=dimensions(by),
        caveats=caveats,
        own=own_folder(own),
    )
    for path in paths:
        click.echo(f"Written: {path}", err=True)
    return OK


def _cell(text: str) -> str:
    return "" if text == "-" else text


def _figures(reading: Reading, caveats: Sequence[str]) -> Figures:
    """Return the figures of the files; one that cannot be read stops the command."""
    from tallymark import pipeline

    submissions = read(reading)
    if submissions.errors:
        raise submissions.errors[0]
    findings = pipeline.check(submissions, keep=None)
    return pipeline.interpret(submissions, findings, caveats=caveats)
