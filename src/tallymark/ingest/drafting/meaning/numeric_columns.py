"""Whether numbers of a column are figures, or years, codes, ages and numbers of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tallymark.ingest.adapter.rules import NumberRule, RangeRule
from tallymark.ingest.drafting.meaning.headings import heading_readings, shortened
from tallymark.ingest.numbers.amounts import amount_reader
from tallymark.ingest.numbers.digits import plain_text, visible_text
from tallymark.ingest.numbers.ranges import range_reader
from tallymark.model.draft import Role

MOST = 0.6
"""Share of the cells from which on they say what the column is."""

_RULE = NumberRule(
    percent=True, ranges=RangeRule(), negative=("parentheses", "trailing")
)
_LONGEST_RANGE = 40
_HAS_DIGIT = re.compile("[\\d\u1369-\u137c]")
_YEARS = (range(1900, 2101), range(2443, 2651))
_YEAR_LENGTH = 4
_MANY_ROWS = 12
"""Rows from which on growing numbers are codes rather than counts."""

_FIGURE_FIELDS = {
    "stage",
    "counting_unit",
    "statistic",
    "sex",
    "age_group",
    "period",
    "is_total",
    "month",
    "quarter",
}
"""Fields of which a heading may speak that stands over figures."""

Judged = tuple[Role, str, bool]
"""A role, why, and whether no other is usual."""


class Column(NamedTuple):
    """A column as it is judged."""

    heading: str
    said: str
    """The role that the heading names, `code`, or ""."""
    texts: Sequence[str]
    """Of all filled cells."""
    labels: Sequence[str]
    """Distinct texts that are no numbers and no gaps."""
    n_numbers: int
    n_dates: int
    n_gaps: int

    @property
    def quoted(self) -> str:
        """Return the heading as a reason names it."""
        return f"“{shortened(self.heading)}”"


def number_test() -> Callable[[str], bool]:
    """Return the function that tells whether a text is a number, or a range of them."""
    read_amount = amount_reader(_RULE)
    read_range = range_reader(_RULE, read_amount)

    def test(text: str) -> bool:
        if not _HAS_DIGIT.search(text):
            return False
        shown = plain_text(visible_text(text))
        if read_amount(shown) is not None:
            return True
        return len(shown) < _LONGEST_RANGE and read_range(shown) is not None

    return test


def of_numbers(column: Column) -> Judged | None:
    """Judge a column whose cells are numbers, or gaps in their place."""
    if column.n_numbers + column.n_gaps < MOST * len(column.texts):
        return None
    if not column.n_numbers:
        return _of_gaps(column)
    judge = _BY_HEADING.get(column.said)
    found = judge(column) if judge else None
    return found or _of_values(column)


def _of_gaps(column: Column) -> Judged | None:
    """Judge a column in which no cell is a number, and most say why."""
    fields = {r.field for r in heading_readings(column.heading)} & _FIGURE_FIELDS
    if not fields or column.said not in ("", "figures"):
        return None
    return "figures", "its cells say why there is no number", "period" in fields


def _of_values(column: Column) -> Judged:
    years = _of_years(column)
    if years is not None:
        return years
    if _is_row_number(column):
        return "ignored", "its cells count the rows", not column.heading.strip()
    if _has_leading_zeros(column):
        return "breakdown", "its cells are codes with a leading zero", False
    is_named = bool(column.said or heading_readings(column.heading))
    if not is_named and len(column.texts) >= _MANY_ROWS and _is_in_order(column):
        return "breakdown", "its numbers stand in order, as codes do", False
    return "figures", "its cells are numbers", True


def _of_years(column: Column) -> Judged | None:
    years = [int(t) for t in _whole(column) if len(t) == _YEAR_LENGTH]
    is_year = [any(year in known for known in _YEARS) for year in years]
    if not years or len(years) < column.n_numbers or not all(is_year):
        return None
    fields = {r.field for r in heading_readings(column.heading)} & _FIGURE_FIELDS
    if fields or column.said == "figures":
        return "figures", "its heading names figures, though all may be years", False
    if len(years) > 1 and len(set(years)) == max(years) - min(years) + 1:
        return "period", "its cells are years, one after another", True
    return "period", "its cells may be years", False


def _whole(column: Column) -> list[str]:
    """Return the whole numbers, in plain digits."""
    return [t for t in map(plain_text, column.texts) if t.isdecimal()]


def _is_row_number(column: Column) -> bool:
    numbers = [int(text) for text in _whole(column)]
    if column.said or not len(numbers) == len(column.texts) > 2:
        return False
    is_count = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_count and numbers[0] in (0, 1) and not heading_readings(column.heading)


def _has_leading_zeros(column: Column) -> bool:
    zeros = [t for t in _whole(column) if len(t) > 1 and t[0] == "0"]
    return len(zeros) * 4 >= len(column.texts)


def _is_in_order(column: Column) -> bool:
    """Tell whether whole numbers only grow."""
    numbers = [int(text) for text in _whole(column)]
    is_growing = all(a <= b for a, b in pairwise(numbers))
    is_whole = len(numbers) == len(column.texts)
    return is_whole and is_growing and len(set(numbers)) > len(numbers) // 2


def _as_ages(column: Column) -> Judged:
    return "age_group", f"its heading is {column.quoted}, and its cells are ages", True


def _as_periods(column: Column) -> Judged:
    return "period", f"its heading is {column.quoted}", True


def _as_ignored(column: Column) -> Judged:
    why = f"its heading is {column.quoted}: it numbers the rows"
    return "ignored", why, True


def _as_notes(column: Column) -> Judged:
    return "notes", f"its heading is {column.quoted}", False


def _as_codes(column: Column) -> Judged | None:
    """Judge numbers under a heading that names labels: codes, or figures of these."""
    is_code = (
        _has_leading_zeros(column)
        or _is_in_order(column)
        or len(set(column.texts)) * 2 <= len(column.texts)
    )
    if is_code:
        why = f"its heading is {column.quoted}: its numbers are codes"
        return "breakdown", why, False
    return "figures", f"its cells are numbers, under {column.quoted}", False


def of_codes(column: Column) -> Judged:
    """Judge a column of codes: kept where rows share them."""
    why = f"its heading is {column.quoted}"
    if len(set(column.texts)) == len(column.texts):
        return "ignored", f"{why}, and each row has its own", True
    return "breakdown", f"{why}: its cells are codes", True


_BY_HEADING: Mapping[str, Callable[[Column], Judged | None]] = {
    "age_group": _as_ages,
    "period": _as_periods,
    "ignored": _as_ignored,
    "notes": _as_notes,
    "code": of_codes,
    "area": _as_codes,
    "breakdown": _as_codes,
    "offence": _as_codes,
    "stage": _as_codes,
    "sex": _as_codes,
}
