"""`tallymark baseline`: what is known of a folder, which shrinks and seldom grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from tallymark.cli.console import complain
from tallymark.cli.ending import NOTHING_CHECKED, OK, broken_code
from tallymark.cli.gate import Gate, configured, gate_options
from tallymark.cli.reading import (
    Reading,
    Tabled,
    all_of_table_options,
    declaration,
    declarations,
    is_table,
    read,
)
from tallymark.environment import today
from tallymark.errors import SourceError, TallymarkError, UsageError
from tallymark.model.configuration import Configuration

if TYPE_CHECKING:  # the stages load on use
    from tallymark.pipeline import Judged

    Change = Callable[[Configuration, Judged], tuple[int, bytes]]

USUAL = "baseline.json"


class _Run(Tabled, Gate):
    """What the options of a run say."""


class _Place(TypedDict):
    baseline: str | None


@click.group()
def baseline() -> None:
    """Keep what is known of a folder, so that only what is new stops a build."""


@baseline.command()
@all_of_table_options
@gate_options
def create(**run: Unpack[_Run]) -> int:
    """Write a first baseline of all that is found now, but for what is waived."""
    from tallymark import pipeline

    configuration = _configured(run)
    target = _target(configuration)
    if target.exists():
        raise UsageError(
            "there is a baseline already.",
            where=str(target),
            hint="`tallymark baseline shrink` takes out what is gone,"
            " `tallymark baseline accept` takes in what is new.",
        )
    judged = _judged(run, configuration, is_new=True)
    if not judged.verdict.is_checked:
        return _nothing(judged, target)
    n, content = pipeline.new_baseline(judged)
    _write(target, content)
    click.echo(f"{_findings(n)} written to {target}")
    return _code(judged)


@baseline.command()
@all_of_table_options
@gate_options
def shrink(**run: Unpack[_Run]) -> int:
    """Take out of the baseline what is gone. Nothing is added: this may run in CI."""
    from tallymark import pipeline

    if run["cache"] is None:  # caches travel with builds
        run["no_cache"] = True
    return _change(run, pipeline.shrink, "taken out of", "Nothing is gone")


@baseline.command()
@all_of_table_options
@gate_options
@click.option(
    "--accept",
    metavar="REASON",
    required=True,
    help="Why what is new may stay; it is written beside each finding.",
)
def accept(*, accept: str, **run: Unpack[_Run]) -> int:
    """Take into the baseline what is new or has drifted, with a reason."""
    from tallymark import pipeline

    grow = partial(pipeline.grow, reason=accept, day=today())
    told = f": {accept.strip()}"
    return _change(run, grow, "accepted into", "Nothing is new", told)


@baseline.command()
@click.option("--baseline", metavar="FILE", help="The baseline to show.")
def show(**place: Unpack[_Place]) -> int:
    """Tell what the baseline holds, by expectation and file."""
    from tallymark import pipeline

    found = configured({"suite": (), "waivers": None, **place})
    click.echo(pipeline.baseline_text(_target(found)), nl=False)
    return OK


def _change(run: _Run, change: Change, done: str, none: str, told: str = "") -> int:
    """Write the baseline that `change` makes, if it changes anything."""
    configuration = _configured(run)
    target = _target(configuration)
    judged = _judged(run, configuration)
    if not judged.verdict.is_checked:
        return _nothing(judged, target)
    n, content = change(configuration, judged)
    if n:
        _write(target, content)
        click.echo(f"{_findings(n)} {done} {target}{told}")
    else:
        click.echo(f"{none}; {target} is left as it is.")
    return _code(judged)


def _configured(run: _Run) -> Configuration:
    found = configured(
        {
            "suite": run["suite"],
            "waivers": run["waivers"],
            "baseline": run["baseline"],
        }
    )
    return replace(found, baseline=_target(found))


def _target(configuration: Configuration) -> Path:
    return configuration.baseline or configuration.folder / USUAL


def _judged(run: _Run, configuration: Configuration, *, is_new: bool = False) -> Judged:
    """Read and check the files that are named, or those of the settings."""
    from tallymark import pipeline
    from tallymark.model.draft import Unknown

    if not is_new and not _target(configuration).exists():
        raise UsageError(
            "there is no baseline.",
            where=str(_target(configuration)),
            hint="`tallymark baseline create` writes one.",
        )
    if is_new:
        configuration = replace(configuration, baseline=None)
    if run["table"] or run["key"]:
        is_table(run)
        return pipeline.judge_table(
            [*run["table"], *run["paths"]],
            configuration,
            today=today(),
            key=run["key"],
            where={"engine": run["engine"], "master": run["master"]},
        )
    paths = pipeline.files_to_check(configuration, run["paths"])
    not_personal = declarations(configuration, run["not_personal"])
    unknown = Unknown()
    reading: Reading = {
        "paths": [str(path) for path in paths],
        "adapter": run["adapter"],
        "own": run["own"],
        "not_personal": not_personal,
        "replaces": run["replaces"],
        "jobs": run["jobs"],
        "cache": run["cache"],
        "no_cache": run["no_cache"],
    }
    submissions, drafts = pipeline.with_drafts(
        read(reading, unknown),
        unknown,
        not_personal=dict(map(declaration, not_personal)),
    )
    for error in submissions.errors:
        complain(_cautious(error))
    return pipeline.judge_read(
        submissions,
        drafts,
        configuration,
        today=today(),
        is_whole=pipeline.is_whole(configuration, run["paths"], submissions),
    )


def _cautious(error: TallymarkError) -> TallymarkError:
    """Return an error that quotes no cell: builds show what is printed here."""
    from tallymark.present.ci.faults import error_text

    return SourceError(error_text(error, may_show=False), where=error.where)


def _code(judged: Judged) -> int:
    return broken_code(judged.report.submissions.errors, judged.report.findings)


def _nothing(judged: Judged, target: Path) -> int:
    click.echo(f"Nothing was checked; {target} is left as it is.", err=True)
    return _code(judged) or NOTHING_CHECKED


def _write(target: Path, content: bytes) -> None:
    from tallymark.present.writing import write_files

    write_files(target.parent, {target.name: content})


def _findings(n: int) -> str:
    return "1 finding" if n == 1 else f"{n:,} findings"
