"""The command line: options in, one verb of the pipeline, text and exit code out.

Exit codes, highest first: 5 internal error, 3 a check crashed, 2 usage, document or
file, 1 findings at or above --fail-on, 4 nothing was checked, 0.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from tallymark import __version__
from tallymark.cli.adapt import adapt
from tallymark.cli.adopt import adopt
from tallymark.cli.aggregate import aggregate
from tallymark.cli.answers import answers
from tallymark.cli.baseline import baseline
from tallymark.cli.beside import beside
from tallymark.cli.catalogue import about, adapters
from tallymark.cli.check import check
from tallymark.cli.claim import claim
from tallymark.cli.console import complain, escape_on_streams, tell_of_escapes
from tallymark.cli.contract import contract
from tallymark.cli.ending import INTERNAL, UNUSABLE
from tallymark.cli.facts import facts, iccs
from tallymark.cli.figure import cite, fill, reproduce, verify, why
from tallymark.cli.reading import cache
from tallymark.cli.suite import diff_verdicts, suite
from tallymark.cli.table import table
from tallymark.cli.template import template
from tallymark.errors import TallymarkError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="tallymark %(version)s")
@click.option("--traceback", is_flag=True, help="Show where an internal error arose.")
def cli(*, traceback: bool) -> None:
    """National case counts, checked, and never without their caveats."""
    del traceback  # `main` and `complain` look for it


cli.add_command(about)
cli.add_command(adapt)
cli.add_command(adapters)
cli.add_command(adopt)
cli.add_command(aggregate)
cli.add_command(answers)
cli.add_command(baseline)
cli.add_command(beside)
cli.add_command(cache)
cli.add_command(check)
cli.add_command(claim)
cli.add_command(contract)
cli.add_command(diff_verdicts)
cli.add_command(suite)
cli.add_command(cite)
cli.add_command(facts)
cli.add_command(fill)
cli.add_command(iccs)
cli.add_command(reproduce)
cli.add_command(table)
cli.add_command(template)
cli.add_command(verify)
cli.add_command(why)


def program() -> NoReturn:
    """Run the command line as a process of its own, which starts and ends quickly.

    The process is short: looking for garbage while modules load, and taking them apart
    one by one at the end, would take a fifth of the time of a small check.
    """
    gc.set_threshold(100_000)
    escapes = escape_on_streams()
    try:
        main()
    except SystemExit as ended:
        tell_of_escapes(escapes)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # null if the caller closed it
                with contextlib.suppress(OSError):
                    stream.flush()
        os._exit(ended.code if isinstance(ended.code, int) else INTERNAL)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; every way it ends has its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = cli.main(given, prog_name="tallymark", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = UNUSABLE
    except click.ClickException as error:
        error.show()
        code = UNUSABLE
    except TallymarkError as error:
        complain(error)
        code = UNUSABLE
    except OSError as error:  # a full disk, or an output that was closed
        click.echo(f"Error: {error.strerror}: {error.filename or 'output'}", err=True)
        code = UNUSABLE
    except Exception as error:  # the face: a bug is told as one, with its own exit code
        if _is_stopped(error):
            click.echo("Stopped.", err=True)
            sys.exit(UNUSABLE)
        if "--traceback" in given:
            raise
        click.echo(
            f"Internal error: {type(error).__name__}: {error}\n"
            "This is a fault of tallymark, not of your file. "
            "`tallymark --traceback …` shows where it arose.",
            err=True,
        )
        code = INTERNAL
    sys.exit(code)


def _is_stopped(error: Exception) -> bool:
    """Tell whether it is how the engine says that somebody pressed Ctrl-C."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"
