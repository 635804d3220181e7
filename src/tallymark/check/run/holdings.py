"""What the columns hold at all, and what of an aggregate that leaves to reckon.

To plan aggregates takes longer than to reckon them for a small table; for a large one,
to reckon them. Most ask for what a file does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from tallymark.engine import Engine
from tallymark.engine.sql import identifier
from tallymark.model.context import CONTEXT_COLUMNS
from tallymark.model.observation import COLUMNS

_NAME = r'(\w+|"[^"]+")'
_LIST = r"\('[^']*'(?:, '[^']*')*\)"
_ATOM = re.compile(
    rf"{_NAME} (?:(is null|is not null)|(=|<>) ('[^']*')|(in|not in) ({_LIST}))"
)
"""A condition on one column, which may hold for all rows alike."""
_QUOTED = re.compile("'([^']*)'")
_PIECE = re.compile(r"""'[^']*'|"[^"]*"|\w+|\s+|.""", re.DOTALL)
_FILTER = " filter (where "
_KNOWN = frozenset({*COLUMNS, *CONTEXT_COLUMNS})


class Held(NamedTuple):
    """How many of so many rows are filled; of text, the lowest and highest value."""

    n_rows: int
    n_filled: int
    low: str | None = None
    high: str | None = None

    def is_only(self, values: Collection[str]) -> bool:
        """Say whether each value there is one of these, as far as that is known."""
        return self.low == self.high and self.low in values

    def is_none(self, values: Collection[str]) -> bool:
        """Say whether no value there is one of these, as far as that is known."""
        if self.low is None or self.high is None:
            return False
        return not any(self.low <= value <= self.high for value in values)


Holdings = Mapping[str, Held]
"""What columns hold, by column."""


def holdings(engine: Engine, relation: str, aggregates: Sequence[str]) -> Holdings:
    """Return what the columns of a relation hold that aggregates over it ask for."""
    compared: dict[str, bool] = {}
    for name, is_filled, *_ in _ATOM.findall(" ".join(aggregates)):
        column = name.strip('"')
        if column in _KNOWN:
            compared[column] = compared.get(column, False) or not is_filled
    asked = ["count(*)"]
    for column, by_value in compared.items():
        quoted = identifier(column)
        asked.append(f"count({quoted})")
        asked += [f"min({quoted})", f"max({quoted})"] if by_value else ["null", "null"]
    ((n_rows, *counted),) = engine.rows(f"select {', '.join(asked)} from {relation}")
    found = zip(compared, counted[::3], counted[1::3], counted[2::3], strict=True)
    return {
        column: Held(n_rows, n_filled, low, high)
        for column, n_filled, low, high in found
        if isinstance(low, str | None)
    }


def left_to_reckon(aggregate: str, held: Holdings) -> str:
    """Return an aggregate without the conditions that hold for all rows or for none.

    >>> held = {"sex": Held(9, 9, "F", "M"), "statistic": Held(9, 9, "COUNT", "COUNT")}
    >>> left_to_reckon("count(*) filter (where sex = '_T' and n > 3)", held)
    '0'
    >>> left_to_reckon("count(*) filter (where statistic = 'COUNT' and n > 3)", held)
    'count(*) filter (where n > 3)'
    """
    before, sign, after = aggregate.partition(_FILTER)
    if not sign or "select" in aggregate:
        return aggregate
    condition, rest = _up_to_bracket(after)
    rest = left_to_reckon(rest, held)
    left = _left_of(condition, held)
    if before.endswith("count(*)") and left in ("true", "false"):
        counted = "count(*)" if left == "true" else "0"
        return before.removesuffix("count(*)") + counted + rest
    return f"{before}{_FILTER}{left}){rest}"


def _left_of(condition: str, held: Holdings) -> str:
    """Return a condition that is true of the same rows."""
    left: list[str] = []
    for part in _conjuncts(condition):
        known = part
        if part.startswith("(") and _up_to_bracket(part[1:]) == (part[1:-1], ""):
            known = _left_of(part[1:-1], held)
        elif atom := _ATOM.fullmatch(part):
            known = _truth(atom, held) or part
        if known == "false":
            return known
        if known != "true":
            left.append(part)
    return " and ".join(left) or "true"


def _truth(atom: re.Match[str], held: Holdings) -> str:
    """Return `true` or `false` if that is what a condition comes to in every row."""
    name, fill, sign, value, among, values = atom.groups()
    column = held.get(name.strip('"'))
    if column is None:
        return ""
    is_full, is_empty = column.n_filled == column.n_rows, column.n_filled == 0
    if fill:
        is_true = is_empty if fill == "is null" else is_full
        is_false = is_full if fill == "is null" else is_empty
    else:
        listed = _QUOTED.findall(value or values)
        are_wanted = (sign or among) in ("=", "in")
        only, none = column.is_only(listed), column.is_none(listed)
        is_true = is_full and (only if are_wanted else none)
        is_false = is_empty or (none if are_wanted else only)
    return "false" if is_false else "true" if is_true else ""


def _conjuncts(condition: str) -> list[str]:
    """Return the conditions that are joined by `and`; the whole if `or` joins them."""
    parts = [""]
    is_between = False
    for piece, depth in _with_depth(condition):
        word = piece.lower() if depth == 0 else ""
        if word == "or":
            return [condition]
        if word == "and" and not is_between:
            parts.append("")
            continue
        if word in ("and", "between"):
            is_between = word == "between"
        parts[-1] += piece
    return [part.strip() for part in parts]


def _up_to_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the bracket that closes, and what after it."""
    before = ""
    for piece, depth in _with_depth(text):
        if depth < 0:
            return before, text[len(before) + 1 :]
        before += piece
    return text, ""


def _with_depth(text: str) -> Iterator[tuple[str, int]]:
    """Return the pieces of SQL, each with the number of brackets that are open around it."""
    depth = 0
    for piece in _PIECE.findall(text):
        depth += piece in "([" or piece.lower() == "case"
        depth -= piece in ")]" or piece.lower() == "end"
        yield piece, depth
