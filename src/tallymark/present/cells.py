"""How one figure prints: its number or bounds, its letters, its completeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tallymark.model.codes import MISSING_TO_SDMX, MissingReason, Use
from tallymark.model.figure import Figure, Judgement
from tallymark.model.table import Cell
from tallymark.model.words import is_quotient, number_text
from tallymark.present import wording

State = Literal["value", "bounds", "missing", "not_calculated", "no_entry"]

_FREE = "F"
_NORMAL = "A"
_PERCENTAGES = ("PERCENT", "PERCENT_CHANGE")


@dataclass(frozen=True)
class Printed:
    """A cell as it stands on paper, without its marks.

    `letters` are status letters; `completeness` ("7 of 12") is empty where nothing
    is missing from the figure.
    """

    state: State
    text: str
    letters: tuple[str, ...] = ()
    completeness: str = ""

    def __str__(self) -> str:
        parts = (f"({self.completeness})",) if self.completeness else ()
        return " ".join(part for part in (self.text, *self.letters, *parts) if part)


def printed(cell: Cell, use: Use = Use.SHOW) -> Printed:
    """Return a cell as it is printed; a refused figure says in which way, by `use`."""
    if cell is None:
        return Printed("no_entry", wording.NO_ENTRY)
    if cell.judgement is Judgement.REFUSED:
        return Printed("not_calculated", wording.refused(use))
    if cell.value is not None:
        text = number_text(cell.value) + _sign(cell)
        if {cell.low, cell.high} - {None, cell.value}:
            text += f" ({cell.bounds}{_sign(cell)})"
        return Printed("value", text, letters(cell), _completeness(cell))
    if cell.bounds:
        text = cell.bounds + _sign(cell)
        return Printed("bounds", text, letters(cell), _completeness(cell))
    if not cell.obs_ids:
        text = wording.NO_ENTRY
        return Printed("no_entry", text, letters(cell), _completeness(cell))
    return Printed("missing", "", letters(cell), _completeness(cell))


def _sign(figure: Figure) -> str:
    """Return the sign that tells a percentage from a number of another kind beside it."""
    return "%" if figure.type.get("statistic") in _PERCENTAGES else ""


def is_rounded(figure: Figure) -> bool:
    """Whether a number of the figure prints with fewer decimals than it has."""
    numbers = (figure.value, figure.low, figure.high)
    return any(n is not None and is_quotient(n) for n in numbers)


def letters(figure: Figure) -> tuple[str, ...]:
    """Return the letters of a figure's missing reason and statuses, in that order.

    A status that only repeats the missing reason is left out; one that has no letter
    prints as its SDMX capital, so that none is lost.
    """
    found = [missing_letter(figure)]
    statuses = (figure.obs_status or "").split()
    if figure.value is None:
        told = set(MISSING_TO_SDMX.values())
        statuses = [status for status in statuses if status not in told]
    found += [wording.STATUS_LETTERS.get(s, s) for s in statuses if s != _NORMAL]
    if figure.conf_status not in (None, "", _FREE):
        found.append("c")
    return tuple(dict.fromkeys(filter(None, found)))


def missing_letter(figure: Figure) -> str:
    """Return c, z or x for a number that is missing; nothing where bounds say enough."""
    reason = figure.missing_reason
    says_enough = reason in (None, MissingReason.RANGE) and figure.bounds
    if figure.value is not None or says_enough:
        return ""
    return wording.REASON_LETTERS.get(MissingReason(reason or "UNKNOWN"), "x")


def reason_text(figure: Figure) -> str:
    """Return in words why a figure has no number."""
    if not figure.obs_ids:
        return "expected, but not read in the files"
    if figure.missing_reason is None:
        return "its parts are missing for different reasons"
    return wording.REASONS[MissingReason(figure.missing_reason)]


def _completeness(figure: Figure) -> str:
    if figure.n_declared < 2 or figure.n_present == figure.n_declared:
        return ""
    return f"{figure.n_present:,} of {figure.n_declared:,}"
