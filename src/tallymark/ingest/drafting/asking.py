"""One reading of a text put to the ledger as a guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args

from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.reading import TextReading
from tallymark.model.codes import (
    CountingUnit,
    Scope,
    Stage,
    Statistic,
)
from tallymark.model.draft import Aspect, Guess, Rectangle

SEXES = ("_T", "F", "M", "_O", "_U")

CHOICES: dict[str, tuple[str, ...]] = {
    "stage": tuple(code.value for code in Stage),
    "counting_unit": tuple(code.value for code in CountingUnit),
    "scope": tuple(code.value for code in Scope),
    "statistic": tuple(code.value for code in Statistic),
    "sex": SEXES,
}

_ASPECTS = {"ref_area": "area", "offence_label": "offence"}


def aspect_of(field: str) -> Aspect:
    """Return the aspect under which guesses on a field are listed."""
    part = field.partition(".")[0]
    name = _ASPECTS.get(part, part)
    return cast("Aspect", name) if name in get_args(Aspect) else "other"


def asked(
    ledger: Ledger,
    spot: tuple[str, str, tuple[Rectangle, ...]],
    reading: TextReading,
    *,
    needs_you: bool | None = None,
) -> str:
    """Return what holds of a field after the ledger was asked.

    `spot` is the guess's id, the printed region, and the figures that depend on it.
    """
    id_, region, about = spot
    choices = reading.choices or CHOICES.get(reading.field, ())
    known = CHOICES.get(reading.field, ())
    return ledger.settle(
        Guess(
            id=id_,
            aspect=aspect_of(reading.field),
            region=region,
            reading=reading.value,
            words=reading.words,
            why=reading.why,
            needs_you=not reading.is_sure if needs_you is None else needs_you,
            choices=choices,
            about=about,
        ),
        words=worded(reading.field),
        accepts=(lambda value: value in known) if known else None,
    )


def worded(field: str) -> Callable[[str], str]:
    """Return the function from a value that a person gives to words."""
    name = field.replace("_", " ")
    return lambda value: f"{name} {value}"


def unknown(field: str, value: str = "", why: str = "") -> TextReading:
    """Return the reading of a field that nothing says."""
    name = field.replace("_", " ")
    return TextReading(
        field=field,
        value=value,
        words=f"without {'an' if name[0] in 'aeio' else 'a'} {name} that is said",
        why=why or f"no heading, title or label says the {name}",
        is_sure=False,
    )


def best(readings: Sequence[TextReading]) -> dict[str, TextReading]:
    """Return the first reading of each field."""
    found: dict[str, TextReading] = {}
    for reading in readings:
        found.setdefault(reading.field, reading)
    return found
