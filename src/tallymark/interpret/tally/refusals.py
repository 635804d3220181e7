"""What a column of figures does not do, and the one line that does it safely."""

from __future__ import annotations

PLAIN = "`figures.to_pandas(plain=True)` gives bare numbers, with the caveats as text"
_FIGURES = "with `figures = Figures.from_pandas(frame)`"
_SUM = f"{_FIGURES}, `figures.sum(by=[...])` adds what may be added"
_RANK = f"{_FIGURES}, `figures.rank()` gives ranks with their uncertainty"
_COMPARE = f"{_FIGURES}, `figures.compare(areas)` says what may stand side by side"
_QUOTIENT = (
    f"{_FIGURES}, `figures.change()`, `figures.ratio(a, b)` and "
    "`figures.rate(population, source=...)` give quotients"
)
_OTHER_COLUMN = "use the columns beside it, such as `frame['ref_area']`"
_GAP = "`dropna()` leaves such rows out, knowingly"

_INSTEAD: dict[str, str] = {
    **dict.fromkeys(
        ["min", "max", "argmin", "argmax", "rank", "sort", "quantile", "median"], _RANK
    ),
    "compare": _COMPARE,
    "cumsum": _SUM,
    **dict.fromkeys(["divide", "multiply"], _QUOTIENT),
    "equal values": _OTHER_COLUMN,
    "gap": _GAP,
}


def refused(what: str, operation: str) -> TypeError:
    """Return the error for an operation: what is not done, and the safe call.

    >>> print(refused("figures are not ranked by value", "rank"))
    figures are not ranked by value; with `figures = Figures.from_pandas(frame)`, \
`figures.rank()` gives ranks with their uncertainty
    """
    return TypeError(f"{what}; {_INSTEAD.get(operation, PLAIN)}")
