"""What a column of figures does not do, and the one line that does it safely."""

from __future__ import annotations

PLAIN = "`figures.to_pandas(plain=True)` gives bare numbers, with the caveats as text"
_FIGURES = "with `figures = Figures.from_pandas(frame)`"
_SUM = f"{_FIGURES}, `figures.sum(by=[...])` adds what may be added"
_RANK = f"{_FIGURES}, `figures.rank()` gives ranks with their uncertainty"
_COMPARE = f"{_FIGURES}, `figures.compare(areas)` says what may stand side by side"
_CHANGE = f"{_FIGURES}, `figures.change()` gives it with what chance alone does"
_RATIO = f"{_FIGURES}, `figures.ratio(stage_a, stage_b)` or `figures.rate(population)`"
_OTHER_COLUMN = "use the columns beside it, such as `frame['ref_area']`"
_GAP = "`dropna()` leaves such rows out, knowingly"

_INSTEAD: dict[str, str] = {
    **dict.fromkeys(
        ["min", "max", "argmin", "argmax", "rank", "sort", "quantile", "median"], _RANK
    ),
    **dict.fromkeys(["compare"], _COMPARE),
    **dict.fromkeys(["cumsum"], _SUM),
    **dict.fromkeys(["diff", "pct_change", "subtract"], _CHANGE),
    **dict.fromkeys(["divide", "multiply"], _RATIO),
    **dict.fromkeys(["equal values", "hash"], _OTHER_COLUMN),
    **dict.fromkeys(["gap", "fill"], _GAP),
}


def refused(what: str, operation: str) -> TypeError:
    """Return the error for an operation: what is not done, and the safe call.

    >>> print(refused("figures are not ranked by value", "rank"))
    figures are not ranked by value; with `figures = Figures.from_pandas(frame)`, \
`figures.rank()` gives ranks with their uncertainty
    """
    return TypeError(f"{what}; {_INSTEAD.get(operation, PLAIN)}")
