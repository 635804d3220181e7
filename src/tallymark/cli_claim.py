"""`tallymark claim`: the claims of a text, held to figures and to quoted numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.claim import ClaimReport

OK, FAILED = 0, 1

_GRAVITY = ("contradicted", "refused", "cannot_tell")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--figures",
    multiple=True,
    metavar="FILE_OR_FOLDER",
    help="Data files to hold the claims to, instead of those that FILE names.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How the verdicts are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_GRAVITY, "never"]),
    default="refused",
    show_default=True,
    help="Least grave verdict that gives exit code 1.",
)
def claim(
    *, files: Sequence[str], figures: Sequence[str], format_: str, fail_on: str
) -> int:
    """Hold claims to figures: supported, contradicted, refused, or cannot tell."""
    from tallymark import pipeline

    code = OK
    for file in files:
        report = pipeline.claim(file, list(figures) or None)
        click.echo(pipeline.claims_as(report, format_), nl=False)
        if _fails(report, fail_on):
            code = FAILED
    return code


def _fails(report: ClaimReport, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    failing = _GRAVITY[: _GRAVITY.index(fail_on) + 1]
    return any(
        result.verdict is not None and result.verdict.value.lower() in failing
        for result in report
    )
