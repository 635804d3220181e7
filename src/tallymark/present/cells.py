"""How one figure prints: its number or bounds, its letters, its completeness."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tallymark.model.codes import MISSING_TO_SDMX, MissingReason, Use
from tallymark.model.figure import Figure, Judgement
from tallymark.model.table import Cell
from tallymark.present import wording

State = Literal["value", "bounds", "missing", "refused", "no_entry"]

_MAX_DECIMALS = 6
_FREE = "F"
_NORMAL = "A"


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
        return Printed("refused", wording.refused(use))
    if cell.value is not None:
        text = number(cell.value)
        if {cell.low, cell.high} - {None, cell.value}:
            text += f" ({_bounds(cell)})"
        return Printed("value", text, letters(cell), _completeness(cell))
    bounds = _bounds(cell)
    if bounds:
        return Printed("bounds", bounds, letters(cell), _completeness(cell))
    if not cell.obs_ids:
        text = wording.NO_ENTRY
        return Printed("no_entry", text, letters(cell), _completeness(cell))
    return Printed("missing", "", letters(cell), _completeness(cell))


def number(value: float) -> str:
    """Return a number as it is printed: counts whole, others with their decimals.

    A rate with more than six decimals is a quotient that nobody rounded; it prints
    with two, or with three digits where it is below one.

    >>> number(15054.0), number(4.5), number(12.3456789), number(0.00123456789)
    ('15,054', '4.5', '12.35', '0.00123')
    """
    exact = Decimal(repr(float(value)))
    if exact == exact.to_integral_value():
        return f"{int(exact):,}"
    if not _is_quotient(exact):
        return f"{exact:,f}"
    places = 2 if abs(exact) >= 1 else 2 - exact.adjusted()
    return f"{exact:,.{places}f}"


def is_rounded(figure: Figure) -> bool:
    """Whether a number of the figure prints with fewer decimals than it has."""
    numbers = (figure.value, figure.low, figure.high)
    return any(n is not None and _is_quotient(Decimal(repr(float(n)))) for n in numbers)


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
    says_enough = reason in (None, MissingReason.RANGE) and _bounds(figure)
    if figure.value is not None or says_enough:
        return ""
    return wording.REASON_LETTERS.get(MissingReason(reason or "UNKNOWN"), "x")


def reason_text(figure: Figure) -> str:
    """Return in words why a figure has no number."""
    if not figure.obs_ids:
        return "expected, but not in the files"
    if figure.missing_reason is None:
        return "its parts are missing for different reasons"
    return wording.REASONS[MissingReason(figure.missing_reason)]


def _is_quotient(exact: Decimal) -> bool:
    exponent = exact.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > _MAX_DECIMALS


def _bounds(figure: Figure) -> str:
    """Return what is known of the number; that a count is at least zero says nothing."""
    low, high = figure.low, figure.high
    if high is None:
        if low is None or (low == 0 and figure.n_present == 0):
            return ""
        return f"≥ {number(low)}"
    if low is None:
        return f"≤ {number(high)}"
    if low == high:
        return number(low)
    return f"{number(low)}–{number(high)}"


def _completeness(figure: Figure) -> str:
    if figure.n_declared < 2 or figure.n_present == figure.n_declared:
        return ""
    return f"{figure.n_present:,} of {figure.n_declared:,}"
