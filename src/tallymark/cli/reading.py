"""How commands read files: their options, the cache of this user, a progress bar.

Hides when a cache is used and when a bar is shown.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from tallymark.cli.ending import OK
from tallymark.environment import default_cache, own_folder
from tallymark.errors import UsageError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.configuration import Configuration
    from tallymark.model.draft import Unknown
    from tallymark.model.submission import Submissions

Command = TypeVar("Command", bound=Callable[..., Any])
Progress = Callable[[int, int], None]

PATIENCE = 1.0
"""Seconds after which a bar shows how far it is."""


class Reading(TypedDict):
    """What the options say of the files to read."""

    paths: Sequence[str]
    adapter: str | None
    own: str | None
    not_personal: Sequence[str]
    replaces: Sequence[str]
    jobs: int | None
    cache: str | None
    no_cache: bool


own_option = click.option(
    "--own",
    metavar="DIR",
    help="Folder with adapters, series and countries of your own; ./tallymark if it"
    " is there.",
)

not_personal_option = click.option(
    "--not-personal",
    multiple=True,
    metavar="SHEET=REASON",
    help="Read this sheet though it looks like a list of persons.",
)

_PATHS = "FILE_OR_FOLDER…"
_OPTIONS = (
    click.option("--adapter", metavar="ID", help="Read with this adapter."),
    own_option,
    not_personal_option,
    click.option(
        "--replaces",
        multiple=True,
        metavar="NEWER=OLDER",
        help="The first of these files is a newer version of the second.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Read many files in N processes; as many as processors if not given.",
    ),
    click.option(
        "--cache", metavar="DIR", help="Keep what was read here, for the next run."
    ),
    click.option("--no-cache", is_flag=True, help="Read every file anew."),
)


_TABLE_NAMES = (
    click.option(
        "--table",
        multiple=True,
        metavar="PATH",
        help="Check the rows of this Parquet file or folder as they stand.",
    ),
    click.option(
        "--key", multiple=True, metavar="NAME", help="Column that names a row of it."
    ),
)
_KEEP = click.option(
    "--keep",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Rows told of each expectation, the lowest; counts are complete.",
)
_ENGINE = (
    click.option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        default="duckdb",
        show_default=True,
        help="Where the rows are checked.",
    ),
    click.option(
        "--master", metavar="URL", help="Spark to check on, e.g. local[2]; else here."
    ),
)


class Tabled(Reading):
    """What the options say of the files or the table to check, and of where."""

    table: Sequence[str]
    key: Sequence[str]
    engine: str
    master: str | None


class Checking(Tabled):
    """The same, and how much is kept of what is found."""

    keep: int | None


def reading_options(command: Command) -> Command:
    """Give a command the arguments of `Reading`."""
    return _with(command, is_required=True)


def table_or_reading_options(command: Command) -> Command:
    """Give a command the arguments of `Checking`."""
    return _with(command, *_TABLE_NAMES, _KEEP, *_ENGINE, is_required=False)


def all_of_table_options(command: Command) -> Command:
    """Give a command the arguments of `Tabled`: all that is found is kept."""
    return _with(command, *_TABLE_NAMES, *_ENGINE, is_required=False)


def _with(
    command: Command, *options: Callable[[Command], Command], is_required: bool
) -> Command:
    paths = click.argument("paths", nargs=-1, required=is_required, metavar=_PATHS)
    given: tuple[Callable[[Command], Command], ...] = (paths, *_OPTIONS, *options)
    for option in reversed(given):
        command = option(command)
    return command


def is_table(checking: Tabled) -> bool:
    """Tell whether a table is to be checked, and not files that adapters read.

    Raises:
        UsageError: neither is named, or an option is given that is for the other.
    """
    if not checking["table"]:
        if checking["key"]:
            raise UsageError("--key is for --table.", hint="Files name their cells.")
        if not checking["paths"]:
            raise UsageError(
                "no file is named.", hint="tallymark check FILE, or --table PATH"
            )
        return False
    for_files = {
        "--adapter": checking["adapter"],
        "--own": checking["own"],
        "--not-personal": checking["not_personal"],
        "--replaces": checking["replaces"],
        "--cache": checking["cache"],
    }
    if given := [option for option, value in for_files.items() if value]:
        raise UsageError(
            f"{given[0]} is for files that are read, not for --table.",
            hint="Rows of a table are checked as they stand.",
        )
    return True


def read(reading: Reading, unknown: Unknown | None = None) -> Submissions:
    """Return what the files say, and tell on standard error how it went.

    `unknown` is for `pipeline.with_drafts`, as in `pipeline.read`.

    Raises:
        TallymarkError: as `pipeline.read` does.
    """
    return read_with(own_folder(reading["own"]), reading, unknown)


def read_with(
    own: Path | None, reading: Reading, unknown: Unknown | None
) -> Submissions:
    """Return what `read` does, with a folder of own documents that was told of."""
    from tallymark import pipeline

    declared = dict(declaration(text) for text in reading["not_personal"])
    with _bar() as progress:
        submissions = pipeline.read(
            list(reading["paths"]),
            reading["adapter"],
            own=own,
            not_personal=declared,
            replaces=[_replacement(text) for text in reading["replaces"]],
            jobs=reading["jobs"],
            cache=_folder(reading),
            progress=progress,
            unknown=unknown,
        )
    n_files = Counter(name for item in submissions for name in item.not_personal)
    for name, reason in declared.items():
        click.echo(
            f"Note: sheet {name!r} was declared to be no list of persons ({reason});"
            f" {n_files[name]:,} of the files that were read have it.",
            err=True,
        )
    for note in submissions.notes:
        click.echo(f"Note: {note}", err=True)
    return submissions


def declaration(text: str) -> tuple[str, str]:
    """Return sheet and reason of `--not-personal SHEET=REASON`.

    Raises:
        UsageError: it has another form.
    """
    name, _, reason = text.partition("=")
    if not name or not reason.strip():
        raise UsageError(
            f"--not-personal {text!r} is not SHEET=REASON.",
            hint="e.g. --not-personal 'Annex 2=one row per district'",
        )
    return name, reason.strip()


def declarations(configuration: Configuration, said: Sequence[str]) -> tuple[str, ...]:
    """Return what `--not-personal` says, after what the settings declare."""
    settled = configuration.not_personal.items()
    return (*(f"{sheet}={reason}" for sheet, reason in settled), *said)


def _replacement(text: str) -> tuple[str, str]:
    newer, _, older = text.partition("=")
    if not newer or not older:
        raise UsageError(
            f"--replaces {text!r} is not NEWER=OLDER.",
            hint="e.g. --replaces report-2020.xlsx=report-2019.xlsx",
        )
    return newer, older


def _folder(reading: Reading) -> Path | None:
    """Return the cache to use: by itself only for folders and several files."""
    if reading["no_cache"]:
        return None
    if reading["cache"] is not None:
        return Path(reading["cache"])
    paths = reading["paths"]
    is_folder = len(paths) == 1 and os.path.isdir(paths[0])  # noqa: PTH112  # is_dir() may raise
    return default_cache() if is_folder or len(paths) > 1 else None


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """Give what is to be told of progress; a bar shows it once reading takes long."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    start = time.monotonic()
    with ExitStack() as stack:
        bars: list[Any] = []

        def told(n_done: int, n_files: int) -> None:
            if not bars and n_done < n_files and time.monotonic() - start > PATIENCE:
                shown = click.progressbar(
                    length=n_files, label="Reading", file=sys.stderr, show_pos=True
                )
                bars.append(stack.enter_context(shown))
            for bar in bars:
                bar.update(n_done - bar.pos)

        yield told


_cache_option = click.option("--cache", metavar="DIR", help="Another cache folder.")


@click.group()
def cache() -> None:
    """The cache of what was read: figures and labels of tables, on this machine only."""


@cache.command()
@_cache_option
def info(*, cache: str | None) -> int:
    """Tell where the cache is and how much it holds."""
    from tallymark.ingest.batch.cache import size

    folder = default_cache() if cache is None else Path(cache)
    n_files, n_bytes = size(folder)
    click.echo(f"{folder}: {n_files:,} files read, {n_bytes / 1e6:,.1f} MB")
    return OK


@cache.command()
@_cache_option
def clear(*, cache: str | None) -> int:
    """Remove all that the cache holds."""
    from tallymark.ingest.batch.cache import empty

    folder = default_cache() if cache is None else Path(cache)
    click.echo(f"{folder}: {empty(folder):,} files removed")
    return OK


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
