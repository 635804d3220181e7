"""What a check found, as the reports of a build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.errors import UsageError

if TYPE_CHECKING:  # a check without reports does without it
    from tallymark.model.ci_report import CiReport


def ci_formats() -> tuple[str, ...]:
    """Return the names of the formats that a build is told in."""
    from tallymark.present import FORMATS

    return tuple(name for kind, name in FORMATS if kind == "ci")


def ci_report_as(record: CiReport, name: str) -> str:
    """Return a report as text.

    Raises:
        UsageError: there is no such format.
    """
    from tallymark.present import render

    return render("ci", name, record)[""].decode()


def save_ci_reports(record: CiReport, wanted: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write reports, each a format by its path, and return the paths: all, or none.

    Raises:
        UsageError: a file cannot be written, or there is no such format.
    """
    from tallymark.present import render
    from tallymark.present.writing import write_files

    files = {str(path): render("ci", name, record)[""] for path, name in wanted.items()}
    for path in wanted:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"the folder cannot be made: {error.strerror or error}.",
                where=str(path.parent),
                hint="Write somewhere else.",
            ) from error
    return write_files(Path(), files)
