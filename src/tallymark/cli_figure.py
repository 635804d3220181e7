"""`why`, `cite`, `reproduce`, `verify`, `fill`: what stands behind printed figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from tallymark.cli_reading import Reading, read, reading_options
from tallymark.errors import UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.results import Figures

OK, DIFFERS, UNUSABLE = 0, 1, 2

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


@click.command()
@click.argument("cell")
@reading_options
@_where
@_by
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
@click.option("--all", "is_full", is_flag=True, help="Every part and every fact.")
def why(
    *,
    cell: str,
    where: Sequence[str],
    by: str,
    format_: str,
    is_full: bool,
    **reading: Unpack[Reading],
) -> int:
    """Tell where a figure comes from, and what raised each of its caveats.

    CELL is an id from a table (KEN-2018-CONVICTED·7f3a), a name (KEN-2018-CONVICTED),
    or '-' where --where names the dimensions.
    """
    from tallymark import pipeline

    figures = _figures(reading)
    found = pipeline.why(figures, _cell(cell), conditions(where), dimensions(by))
    click.echo(
        found.to_json() if format_ == "json" else found.to_text(all_parts=is_full),
        nl=False,
    )
    return OK


def _cell(text: str) -> str:
    return "" if text == "-" else text


def _figures(reading: Reading) -> Figures:
    """Return the figures of the files; one that cannot be read stops the command."""
    from tallymark import pipeline

    submissions = read(reading)
    if submissions.errors:
        raise submissions.errors[0]
    return pipeline.interpret(submissions, pipeline.check(submissions, keep=None))


def conditions(where: Sequence[str]) -> dict[str, list[str]]:
    """Return `NAME=VALUE` options by name.

    Raises:
        UsageError: one has another form.
    """
    found: dict[str, list[str]] = {}
    for condition in where:
        name, sign, value = condition.partition("=")
        if not sign:
            raise UsageError(
                f"--where {condition!r} is not NAME=VALUE.", hint="e.g. stage=CONVICTED"
            )
        found.setdefault(name, []).extend(value.split(","))
    return found


def dimensions(text: str) -> list[str]:
    """Return names that commas part."""
    return [name.strip() for name in text.split(",") if name.strip()]
