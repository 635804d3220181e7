"""What options and the settings of a project say of a run, as one configuration.

Hides where settings stand, and which of two words wins: flags do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from tallymark.model.configuration import FAIL_ON, Configuration, least_severity

Command = TypeVar("Command", bound=Callable[..., Any])


class Gate(TypedDict):
    """What the options say of suites, waivers and the baseline."""

    suite: Sequence[str]
    waivers: str | None
    baseline: str | None


class Stops(TypedDict):
    """What the options say of what stops a build."""

    fail_on: str | None
    require: Sequence[str]


_GATE = (
    click.option(
        "--suite",
        multiple=True,
        metavar="NAME",
        help="Suite to run; all if none is named.",
    ),
    click.option(
        "--waivers",
        metavar="FILE",
        help="Findings that need not stop anything until a day.",
    ),
    click.option(
        "--baseline",
        metavar="FILE",
        help="Findings that are known; only others stop a build.",
    ),
)
_STOPS = (
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Least severity that gives exit code 1.  [default: critical]",
    ),
    click.option(
        "--require",
        multiple=True,
        metavar="SLUG",
        help="Give exit code 1 if this expectation could not run.",
    ),
)


def gate_options(command: Command) -> Command:
    """Give a command the arguments of `Gate`."""
    for option in reversed(_GATE):
        command = option(command)
    return command


def stop_options(command: Command) -> Command:
    """Give a command the arguments of `Stops`."""
    for option in reversed(_STOPS):
        command = option(command)
    return command


def configured(gate: Gate, stops: Stops | None = None) -> Configuration:
    """Return the settings of the working folder, with what the options say instead.

    Raises:
        DocumentError: the settings are faulty.
        UsageError: a folder has settings in two files.
    """
    from tallymark import pipeline

    found = pipeline.read_configuration()
    if gate["suite"]:
        found = found.with_suites(gate["suite"])
    if gate["waivers"] is not None:
        found = replace(found, waivers=Path(gate["waivers"]))
    if gate["baseline"] is not None:
        found = replace(found, baseline=Path(gate["baseline"]))
    if stops is None:
        return found
    if (said := stops["fail_on"]) is not None:
        found = replace(found, fail_on=least_severity(said))
    if stops["require"]:
        found = replace(found, require=tuple(stops["require"]))
    return found
