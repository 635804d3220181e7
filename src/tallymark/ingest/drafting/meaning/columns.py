"""What a column of a table holds, judged from its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tallymark.ingest.amounts import amount_reader
from tallymark.ingest.digits import plain_text, visible_text
from tallymark.ingest.drafting.meaning.areas_named import areas_of_labels
from tallymark.ingest.drafting.meaning.codes_named import (
    gap_named,
    label_code,
    sexes_of_letters,
)
from tallymark.ingest.drafting.meaning.headings import heading_readings, shortened
from tallymark.ingest.drafting.meaning.periods_named import is_period
from tallymark.ingest.drafting.meaning.texts import parts_of, words_of
from tallymark.ingest.drafting.meaning.wordings import meaning_of
from tallymark.ingest.ranges import range_reader
from tallymark.ingest.rules import NumberRule, RangeRule
from tallymark.model.draft import Role
from tallymark.model.grid import Value, text_of

_MOST_VALUES = 2_000
"""Values of a column that are looked at."""
_MOST_LABELS = 300
_MOST = 0.6
"""Share of the labels from which on they say what the column is."""
_LONG_NOTE = 60
_MANY_ROWS = 12
"""Rows from which on growing numbers are codes rather than counts."""
_MOST_WORDS = 7
"""Words of a label that is a code and no more."""
_YEARS = (range(1900, 2101), range(2443, 2651))
_RULE = NumberRule(
    percent=True, ranges=RangeRule(), negative=("parentheses", "trailing")
)
_FIGURE_FIELDS = {"stage", "counting_unit", "statistic", "sex", "age_group", "period"}
_CODE = re.compile(r"0\d+|[A-Z]{0,4}\d[\d.]*[A-Z]?")

Judged = tuple[Role, str, bool]


class _Column(NamedTuple):
    heading: str
    said: str
    """The role that the heading names, or ""."""
    texts: Sequence[str]
    labels: Sequence[str]
    """Distinct texts that are no numbers and no gaps."""
    n_numbers: int
    n_dates: int
    n_gaps: int


def column_role(heading: str, values: Sequence[Value]) -> tuple[Role, str, bool]:
    """Return what a column holds, why, and whether no other reading is usual.

    >>> column_role("Year", [2017.0, 2018.0])[0], column_role("", [3.0, 2018.0])[0]
    ('period', 'figures')
    >>> column_role("S/N", [1.0, 2.0])[0], column_role("Sexo", ["Feminino"])[0]
    ('ignored', 'sex')
    """
    column = _column(heading, values)
    for judge in (_empty, _dates, _numbers, _noted, _labels, _headed):
        found = judge(column)
        if found is not None:
            return found
    return "breakdown", "its cells are texts of no known kind", False


def _column(heading: str, values: Sequence[Value]) -> _Column:
    filled = [v for v in values[:_MOST_VALUES] if text_of(v)]
    texts = [text_of(v) for v in filled]
    is_number = _number_test()
    numeric = [
        (isinstance(v, int | float) and not isinstance(v, bool)) or is_number(t)
        for v, t in zip(filled, texts, strict=True)
    ]
    others = [t for t, n in zip(texts, numeric, strict=True) if not n]
    gaps = [t for t in others if gap_named(t) is not None]
    labels = [t for t in dict.fromkeys(others) if gap_named(t) is None]
    return _Column(
        heading=heading,
        said=heading_role(heading),
        texts=texts,
        labels=labels[:_MOST_LABELS],
        n_numbers=sum(numeric),
        n_dates=sum(isinstance(v, date) for v in filled),
        n_gaps=len(gaps),
    )


def heading_role(heading: str) -> str:
    """Return the role of a column that a heading names as a whole, or "".

    >>> heading_role("ปี พ.ศ. / Year (B.E.)"), heading_role("Persons charged")
    ('period', '')
    """
    for text in parts_of(heading):
        meaning = meaning_of("column", text)
        if meaning is not None:
            return meaning.value
    return ""


def _number_test() -> Callable[[str], bool]:
    read_amount = amount_reader(_RULE)
    read_range = range_reader(_RULE, read_amount)

    def test(text: str) -> bool:
        if not any(map(str.isdecimal, text)) and not any(
            "\u1369" <= c <= "\u137c" for c in text
        ):
            return False
        shown = plain_text(visible_text(text))
        if read_amount(shown) is not None:
            return True
        return len(shown) < 40 and read_range(shown) is not None

    return test


def _empty(column: _Column) -> Judged | None:
    if column.texts:
        return None
    if column.said == "notes":
        return "notes", "its heading names notes", True
    return "ignored", "its cells are empty", True


def _dates(column: _Column) -> Judged | None:
    if column.n_dates * 2 <= len(column.texts):
        return None
    return "period", "its cells are dates", column.said == "period"


def _numbers(column: _Column) -> Judged | None:
    """Judge a column whose cells are numbers, or gaps in their place."""
    n = len(column.texts)
    if column.n_numbers + column.n_gaps < _MOST * n:
        return None
    if not column.n_numbers:
        return _gaps(column)
    said = _quoted(column)
    if column.said == "age_group":
        return "age_group", f"its heading is {said}, and its cells are ages", True
    if column.said == "ignored":
        return (
            "ignored",
            f"its heading is {said}: it counts the rows, or holds codes",
            True,
        )
    if column.said == "code":
        return _codes(column)
    if column.said in ("breakdown", "offence", "area", "stage", "sex"):
        role: Role = "breakdown"
        return role, f"its heading is {said}: its numbers are codes", False
    if (found := _years(column)) is not None:
        return found
    if _is_row_number(column):
        return "ignored", "its cells count the rows", column.heading.strip() == ""
    if _has_leading_zeros(column):
        return "breakdown", "its cells are codes with a leading zero", False
    if column.said == "notes":
        return "notes", f"its heading is {said}", False
    if _is_in_order(column):
        return "breakdown", "its numbers stand in order, as codes do", False
    return "figures", "its cells are numbers", True


def _codes(column: _Column) -> Judged:
    said = f"its heading is {_quoted(column)}"
    if len(set(column.texts)) == len(column.texts):
        return "ignored", f"{said}, and each row has its own", True
    return "breakdown", f"{said}: its cells are codes", True


def _is_in_order(column: _Column) -> bool:
    """Tell whether many whole numbers only grow, under a heading that says nothing."""
    numbers = [int(text) for text in column.texts if text.isdecimal()]
    if len(numbers) < max(_MANY_ROWS, len(column.texts)) or column.said:
        return False
    is_growing = all(a <= b for a, b in pairwise(numbers))
    return (
        is_growing
        and len(set(numbers)) > _MANY_ROWS // 2
        and not heading_readings(column.heading)
    )


def _gaps(column: _Column) -> Judged | None:
    """Judge a column in which no cell is a number, and most say why."""
    fields = {r.field for r in heading_readings(column.heading)} & _FIGURE_FIELDS
    if not fields or column.said not in ("", "figures"):
        return None
    return "figures", "its cells say why there is no number", "period" in fields


def _years(column: _Column) -> Judged | None:
    numbers = [text for text in column.texts if text.isdecimal()]
    is_years = (
        len(numbers) == column.n_numbers
        and all(
            any(int(plain_text(text)) in years for years in _YEARS)
            for text in numbers
            if len(text) == 4
        )
        and all(len(text) == 4 for text in numbers)
    )
    if column.said == "period":
        return "period", f"its heading is {_quoted(column)}", True
    if not is_years or not numbers:
        return None
    fields = {r.field for r in heading_readings(column.heading)} & _FIGURE_FIELDS
    years = [int(plain_text(text)) for text in numbers]
    is_run = sorted(set(years)) == list(range(min(years), max(years) + 1))
    if fields or column.said == "figures":
        return (
            "figures",
            "its heading names figures, though all may be years",
            len(years) < 3,
        )
    if len(years) > 1 and is_run:
        return "period", "its cells are years, one after another", True
    return "period", "its cells may be years", False


def _is_row_number(column: _Column) -> bool:
    if column.said or heading_readings(column.heading):
        return False
    numbers = [text for text in column.texts if text.isdecimal()]
    n = len(numbers)
    return (
        n > 2
        and n == len(column.texts)
        and [int(t) for t in numbers]
        in (
            list(range(1, n + 1)),
            list(range(n)),
        )
    )


def _has_leading_zeros(column: _Column) -> bool:
    zeros = [t for t in column.texts if len(t) > 1 and t[0] == "0" and t.isdecimal()]
    return len(zeros) * 4 >= len(column.texts)


def _noted(column: _Column) -> Judged | None:
    if column.said == "notes":
        return "notes", f"its heading is {_quoted(column)}", True
    longest = sorted(map(len, column.labels))
    if longest and longest[len(longest) // 2] > _LONG_NOTE and not column.said:
        return "notes", "its cells are long texts", len(longest) > 2
    return None


def _labels(column: _Column) -> Judged | None:
    """Judge a column by what its labels say."""
    labels = column.labels
    if not labels:
        return None
    if column.said == "ignored" and all(_CODE.fullmatch(label) for label in labels):
        return "ignored", f"its heading is {_quoted(column)}", True
    if column.said == "code":
        return _codes(column)
    areas = areas_of_labels(labels)
    shares: dict[Role, float] = {
        "area": _share(labels, lambda t: areas[t] is not None),
        "period": _share(labels, is_period),
        **{role: _share(labels, _coded(role)) for role in _CODED},
    }
    if sexes_of_letters(labels):
        shares["sex"] = 1.0
    best = max(shares, key=lambda role: (shares[role], role == column.said))
    if column.said in shares and shares[column.said] >= _MOST / 2:  # type: ignore[index]
        best = column.said  # type: ignore[assignment]
    if shares[best] < _MOST and column.said != best:
        return None
    if shares[best] < _MOST / 2:
        return None
    is_sure = column.said == best or (
        shares[best] >= 0.9
        and len(labels) > 1
        and not column.said
        and best != "offence"
    )
    shown = ", ".join(f"“{shortened(label)}”" for label in labels[:2])
    why = f"its cells are such as {shown}"
    if column.said == best:
        why = f"its heading is {_quoted(column)}, and {why}"
    return best, why, is_sure


_CODED: tuple[Role, ...] = (
    "sex",
    "age_group",
    "stage",
    "statistic",
    "counting_unit",
    "offence",
)


def _coded(role: Role) -> Callable[[str], bool]:
    def test(label: str) -> bool:
        named = label_code(role, label)
        if named is None or named.value in ("_T", "_U", "_O"):
            return False
        is_short = len(words_of(label)) <= _MOST_WORDS
        return meaning_of(role, label) is not None or (named.is_sure and is_short)

    return test


def _share(labels: Sequence[str], test: Callable[[str], bool]) -> float:
    """Return the share of labels that pass, of those that are not totals or unknown."""
    named = [t for t in labels if meaning_of("any", t) is None]
    return sum(map(test, named)) / len(named) if named else 0.0


def _headed(column: _Column) -> Judged | None:
    """Judge a column by its heading alone."""
    said = _quoted(column)
    if column.said in (
        "area",
        "breakdown",
        "counting_unit",
        "scope",
        "statistic",
        "figures",
    ):
        return "breakdown", f"its heading is {said}", column.said == "breakdown"
    if column.said == "ignored":
        return "ignored", f"its heading is {said}", len(column.labels) > 1
    if column.said in ("period", "sex", "age_group", "stage", "offence"):
        return column.said, f"its heading is {said}", False  # type: ignore[return-value]
    return None


def _quoted(column: _Column) -> str:
    return f"“{shortened(column.heading)}”"
