"""`tallymark facts` and `tallymark iccs`: what is known of a country, and of its law."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tallymark.cli.ending import OK
from tallymark.cli.reading import own_option
from tallymark.environment import own_folder
from tallymark.errors import UsageError

FACTS_FORMATS = ("text", "csv", "json")
ICCS_FORMATS = ("text", "csv", "xlsx")
_ENDINGS = {".txt": "text", ".csv": "csv", ".json": "json", ".xlsx": "xlsx"}


@click.command()
@click.argument("country", metavar="COUNTRY")
@click.option(
    "--unverified",
    is_flag=True,
    help="List what has no source yet: what to verify, why, and where to look.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FACTS_FORMATS),
    help="text if nothing says otherwise; the ending of -o does, too.",
)
@click.option("-o", "--output", metavar="FILE", help="Write it here instead.")
@own_option
def facts(
    *,
    country: str,
    unverified: bool,
    format_: str | None,
    output: str | None,
    own: str | None,
) -> int:
    """Tell the sourced facts about a COUNTRY, by its code of three letters.

    Only these act and are printed. What has no source counts as unknown.
    """
    from tallymark import pipeline

    name = _format(format_, output, FACTS_FORMATS)
    sheet = pipeline.facts(country, is_unverified=unverified, own=own_folder(own))
    _put(pipeline.facts_as(sheet, name), output)
    return OK


@click.command()
@click.argument("country", metavar="COUNTRY")
@click.option(
    "--format",
    "format_",
    type=click.Choice(ICCS_FORMATS),
    help="text if nothing says otherwise; the ending of -o does, too.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write it here; xlsx is never printed."
)
@own_option
def iccs(
    *, country: str, format_: str | None, output: str | None, own: str | None
) -> int:
    """Set the offences of a COUNTRY beside ICCS codes, for it to confirm."""
    from tallymark import pipeline

    name = _format(format_, output, ICCS_FORMATS)
    if name == "xlsx" and output is None:
        raise UsageError(
            "a workbook cannot be printed.", hint=f"Add -o iccs-{country.upper()}.xlsx."
        )
    table = pipeline.iccs(country.upper(), own=own_folder(own))
    _put(pipeline.iccs_as(table, name), output)
    return OK


def _format(named: str | None, output: str | None, known: tuple[str, ...]) -> str:
    """Return the format: the one that is named, else that of the file's ending."""
    if named is not None:
        return named
    if output is None:
        return known[0]
    ending = Path(output).suffix.lower()
    if _ENDINGS.get(ending) not in known:
        endings = [e for e, name in _ENDINGS.items() if name in known]
        raise UsageError(
            f"{output} names no format.", hint=f"Known are: {', '.join(endings)}."
        )
    return _ENDINGS[ending]


def _put(content: bytes, output: str | None) -> None:
    from tallymark.present.writing import write_files

    if output is None:
        click.echo(content.decode(), nl=False, file=sys.stdout)
        return
    target = Path(output)
    for path in write_files(target.parent, {target.name: content}):
        click.echo(f"Written: {path}", err=True)
