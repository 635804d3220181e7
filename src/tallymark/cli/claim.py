"""`tallymark claim`: the claims of a text, held to figures and to quoted numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from tallymark.cli.console import format_option
from tallymark.cli.ending import FOUND, NOTHING_CHECKED, OK
from tallymark.cli.reading import declaration, own_option
from tallymark.environment import own_folder
from tallymark.errors import UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.codes import Verdict


_GRAVITY = ("contradicted", "refused", "cannot_tell")


class Scanning(TypedDict):
    """How a report is scanned."""

    scan: bool
    language: str | None
    not_personal: Sequence[str]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--figures",
    multiple=True,
    metavar="FILE_OR_FOLDER",
    help="Data files to hold the claims to, instead of those that FILE names.",
)
@own_option
@click.option(
    "--scan",
    is_flag=True,
    help="Find the numbers in a report (.md, .txt, .docx, .html) by themselves.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "fr", "pt"]),
    help="With --scan: the language of the report; found out if not given.",
)
@click.option(
    "--not-personal",
    multiple=True,
    metavar="TABLE=REASON",
    help="With --scan: read this table though it looks like a list of persons.",
)
@format_option("How the verdicts are printed.", "text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice([*_GRAVITY, "never"]),
    default="refused",
    show_default=True,
    help="Least grave verdict that gives exit code 1.",
)
def claim(
    *,
    files: Sequence[str],
    figures: Sequence[str],
    own: str | None,
    format_: str,
    fail_on: str,
    **scanning: Unpack[Scanning],
) -> int:
    """Hold claims to figures: supported, contradicted, refused, or cannot tell.

    FILE is a claim file, or a Markdown text with claims in it. With --scan it is any
    report: its numbers are matched to figures, and those that are not are listed.
    """
    from tallymark import pipeline

    if scanning["scan"]:
        return _scanned(files, (figures, own), (format_, fail_on), scanning)
    held = own_folder(own)
    verdicts: list[Verdict | None] = []
    printed = []
    for file in files:
        report = pipeline.claim(file, list(figures) or None, own=held)
        printed.append(pipeline.claims_as(report, format_))
        verdicts += [result.verdict for result in report]
    _echo(printed, format_)
    if _fails(verdicts, fail_on):
        return FOUND
    return OK if verdicts else NOTHING_CHECKED


def _scanned(
    files: Sequence[str],
    held_to: tuple[Sequence[str], str | None],
    told: tuple[str, str],
    scanning: Scanning,
) -> int:
    from tallymark import pipeline

    figures, own = held_to
    if not figures:
        raise UsageError(
            "--scan is given no figures.",
            hint="Add --figures FILE_OR_FOLDER: the data files to hold the report to.",
        )
    held = pipeline.figures_of(list(figures), own_folder(own))
    format_, fail_on = told
    code = OK
    printed = []
    for file in files:
        scan = pipeline.scan(
            file,
            held,
            language=scanning["language"],
            not_personal=dict(map(declaration, scanning["not_personal"])),
        )
        printed.append(pipeline.scan_as(scan, format_))
        if _fails([matching.verdict for matching in scan.matchings], fail_on):
            code = FOUND
    _echo(printed, format_)
    return code


def _echo(printed: Sequence[str], format_: str) -> None:
    """Print what was found in each file; of several, JSON is a list."""
    if format_ == "json" and len(printed) > 1:
        printed = ["[\n", ",\n".join(text.strip() for text in printed), "\n]\n"]
    click.echo("".join(printed), nl=False)


def _fails(verdicts: Iterable[Verdict | None], fail_on: str) -> bool:
    if fail_on == "never":
        return False
    failing = _GRAVITY[: _GRAVITY.index(fail_on) + 1]
    return any(v is not None and v.value.lower() in failing for v in verdicts)
