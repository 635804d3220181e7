"""What is printed: results, complaints, and letters that a console cannot show.

Hides codec error handlers and closed pipes. What is printed is never cut off by a
letter of a script.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from tallymark.errors import FaultError, TallymarkError
from tallymark.model.letters import escaped, legible_name

_HANDLER = "tallymark-escapes"

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(told: str, *names: str) -> Callable[[Command], Command]:
    """Give a command `--format`, by default the first name; `told` is its help."""
    choice = click.Choice(names)
    return click.option(
        "--format",
        "format_",
        type=choice,
        default=names[0],
        show_default=True,
        help=told,
    )


class Escapes:
    """Writes escapes for letters that an encoding has not, and counts the letters."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        """Return the escapes, and where to go on; what `codecs.register_error` asks for."""
        if not isinstance(error, UnicodeEncodeError):
            raise error
        letters = error.object[error.start : error.end]
        self.n += len(letters)
        return escaped(letters), error.end


def escape_on_streams() -> Escapes:
    """Let standard output and standard error escape what they cannot hold."""
    escapes = Escapes()
    codecs.register_error(_HANDLER, escapes)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stream may be closed
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)
    return escapes


def tell_of_escapes(escapes: Escapes) -> None:
    """Say on standard error that letters were escaped, if any were."""
    if not escapes.n:
        return
    click.echo(
        f"{escapes.n:,} letters that this console cannot show were printed as \\u0e01"
        " and the like. Files written with --out or -o hold them as they are;"
        " PYTHONIOENCODING=utf-8 prints them, if the console can.",
        err=True,
    )


def print_out(text: str) -> None:
    """Print a result; a reader who leaves early has seen enough, and is no error."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(error: TallymarkError) -> None:
    """Tell of an error; of a bug with where it arose, if that is asked."""
    click.echo(legible_name(f"Error: {error}"), err=True)
    context = click.get_current_context(silent=True)
    is_asked = context is not None and context.find_root().params["traceback"]
    if is_asked and isinstance(error, FaultError):
        click.echo(error.trace, err=True)
