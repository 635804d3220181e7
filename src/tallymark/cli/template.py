"""`tallymark template`: the workbook that a country fills in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from tallymark.cli.ending import OK
from tallymark.cli.reading import own_option
from tallymark.environment import own_folder
from tallymark.errors import UsageError
from tallymark.model.codes import Calendar, Stage

if TYPE_CHECKING:  # the stages load on use
    from tallymark.model.template import Request

Command = TypeVar("Command", bound=Callable[..., Any])

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_STAGES = tuple(stage.value for stage in Stage if stage is not Stage.OTHER)


class Wish(TypedDict):
    """What the options say of what is asked."""

    area: str
    years: str
    series: Sequence[str]
    stages: str
    language: str
    calendar: str
    first_month: int | None
    breakdown: str


_OPTIONS = (
    click.option(
        "--area", required=True, metavar="CODE", help="Of whom: KEN, NAM, VNM …"
    ),
    click.option(
        "--years",
        required=True,
        metavar="YEARS",
        help="2017-2019 or 2018, in the calendar that is asked; a year is named by"
        " the one in which it begins.",
    ),
    click.option(
        "--series",
        multiple=True,
        metavar="ID",
        help="Series to ask for; case_data_request if none.",
    ),
    click.option(
        "--stages",
        default="",
        metavar="STAGE,…",
        help="One sheet each; those that the series expects if not given.",
    ),
    click.option("--language", default="en", show_default=True, help="en, fr or pt."),
    click.option(
        "--calendar",
        type=click.Choice([calendar.value for calendar in Calendar]),
        default=Calendar.GREGORIAN.value,
        show_default=True,
    ),
    click.option(
        "--first-month",
        type=click.IntRange(1, 12),
        metavar="1-12",
        help="Gregorian month in which a year begins: 4 for April; if not given, that"
        " of the calendar's own year.",
    ),
    click.option(
        "--breakdown",
        default="",
        metavar="sex,age",
        help="Ask for the sex or age of the victims, too.",
    ),
)


def _wish_options(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@_wish_options
@own_option
@click.option("--asked-by", default="", metavar="TEXT", help="Who asks, and where.")
@click.option("--answer-by", default="", metavar="DAY", help="Until when.")
@click.option(
    "-o",
    "--output",
    metavar="FILE.xlsx",
    help="Write it here; template-AREA-YEARS.xlsx if not given.",
)
def template(
    *,
    own: str | None,
    asked_by: str,
    answer_by: str,
    output: str | None,
    **wish: Unpack[Wish],
) -> int:
    """Write the workbook that a country fills in; `check` and `table` read it back."""
    from tallymark import pipeline
    from tallymark.present.writing import write_files

    request = _request(wish)
    made = pipeline.template(
        request, own=own_folder(own), asked_by=asked_by, answer_by=answer_by
    )
    target = Path(output or f"template-{request.area}-{wish['years']}.xlsx")
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"{target} is no name of a workbook.", hint="End it in .xlsx.")
    if target.exists():
        raise UsageError(
            f"{target} is there already; it may be filled in, and is not overwritten.",
            hint="Name another file with -o.",
        )
    content = pipeline.template_as(made, "xlsx")
    for path in write_files(target.parent, {target.name: content}):
        click.echo(f"Written: {path}", err=True)
    for period in made.periods:
        click.echo(f"{period.label}: {period.start} to {period.end}", err=True)
    return OK


def _request(wish: Wish) -> Request:
    """Return what the options ask for.

    Raises:
        UsageError: years, stages or breakdowns are not written as they must be.
    """
    from tallymark.model.template import (
        BREAKDOWNS,
        DEFAULT_SERIES,
        FIRST_MONTHS,
        Request,
    )

    years = _YEARS.fullmatch(wish["years"])
    if years is None:
        raise UsageError(
            f"--years {wish['years']!r} are no years.", hint="Write 2017-2019 or 2018."
        )
    calendar = Calendar(wish["calendar"])
    stages = tuple(
        Stage(name) for name in _several(wish["stages"].upper(), _STAGES, "--stages")
    )
    parts = _several(wish["breakdown"].lower(), BREAKDOWNS, "--breakdown")
    return Request(
        area=wish["area"].upper(),
        calendar=calendar,
        first_month=wish["first_month"] or FIRST_MONTHS[calendar],
        first_year=int(years[1]),
        last_year=int(years[2] or years[1]),
        language=wish["language"],
        breakdowns=tuple(name for name in BREAKDOWNS if name in parts),
        series=tuple(
            (name, stages) for name in dict.fromkeys(wish["series"] or [DEFAULT_SERIES])
        ),
    )


def _several(text: str, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the words between commas.

    Raises:
        UsageError: one is not known.
    """
    words = tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    for word in words:
        if word not in known:
            raise UsageError(
                f"{option} has no {word!r}.", hint=f"Known are: {', '.join(known)}."
            )
    return words
