"""`tallymark adopt`: begin to check a folder, whatever it holds."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallymark.cli.ending import OK
from tallymark.cli.reading import (
    Reading,
    declaration,
    not_personal_option,
    own_option,
    read_with,
)
from tallymark.environment import own_folder, today

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.adoption import Adoption
    from tallymark.model.draft import Draft
    from tallymark.model.submission import Submissions


@click.command()
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--replace", is_flag=True, help="Replace settings and baseline that are there."
)
@own_option
@not_personal_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read many files in N processes; as many as processors if not given.",
)
def adopt(
    *,
    folder: str,
    replace: bool,
    own: str | None,
    not_personal: Sequence[str],
    jobs: int | None,
) -> int:
    """Look at a folder for the first time, and write settings and a baseline for it.

    What is found now is known from then on: `tallymark check` stops at what is new.
    No file of the folder is changed.
    """
    from tallymark import pipeline

    declared = dict(map(declaration, not_personal))
    documents = own_folder(own)

    def reading(paths: Sequence[Path]) -> tuple[Submissions, Sequence[Draft]]:
        from tallymark.model.draft import Unknown

        unknown = Unknown()
        if not paths:
            from tallymark.model.submission import Submissions

            return Submissions(()), ()
        asked: Reading = {
            "paths": [str(path) for path in paths],
            "adapter": None,
            "own": own,
            "not_personal": not_personal,
            "replaces": (),
            "jobs": jobs,
            "cache": None,
            "no_cache": False,
        }
        submissions = read_with(documents, asked, unknown)
        return pipeline.with_drafts(submissions, unknown, not_personal=declared)

    start = time.monotonic()
    adoption = pipeline.adopt(
        Path(folder), _home(folder), reading, today=today(), not_personal=declared
    )
    told = pipeline.adoption_text(adoption, time.monotonic() - start)
    click.echo(told, nl=False)
    _write(adoption, is_replaced=replace)
    return OK


def _home(folder: str) -> Path:
    """Return where settings go: here, or into a folder that is not below."""
    inside = os.path.relpath(os.path.realpath(folder), os.path.realpath("."))
    return Path(folder) if Path(inside).parts[:1] == ("..",) else Path()


def _write(adoption: Adoption, *, is_replaced: bool) -> None:
    from tallymark import pipeline
    from tallymark.present.writing import write_files

    settings = pipeline.settings_with(adoption, is_replaced=is_replaced)
    baseline = adoption.configuration.baseline
    files = {} if settings is None else {adoption.target.name: settings}
    if settings is None:
        click.echo(
            f"{adoption.target} has settings; they are left as they are."
            " --replace begins anew."
        )
    if baseline is not None and (is_replaced or not baseline.exists()):
        files[baseline.name] = adoption.baseline
    elif baseline is not None:
        click.echo(f"{baseline} is there; it is left as it is. --replace begins anew.")
    for path in write_files(adoption.configuration.folder, files):
        click.echo(f"Written: {path}")
