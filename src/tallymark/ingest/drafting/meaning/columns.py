"""What a column of a table holds, judged from its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from tallymark.ingest.drafting.meaning.areas_named import areas_of_labels
from tallymark.ingest.drafting.meaning.codes_named import (
    gap_named,
    label_code,
    sexes_of_letters,
)
from tallymark.ingest.drafting.meaning.headings import shortened
from tallymark.ingest.drafting.meaning.numeric_columns import (
    MOST,
    Column,
    Judged,
    number_test,
    of_codes,
    of_numbers,
)
from tallymark.ingest.drafting.meaning.periods_named import is_period, period_part
from tallymark.ingest.drafting.meaning.texts import parts_of, words_of
from tallymark.ingest.drafting.meaning.wordings import meaning_of
from tallymark.model.draft import Role
from tallymark.model.grid import Value, text_of

_MOST_VALUES, _MOST_LABELS = 2_000, 300
"""Values of a column, and distinct labels among them, that are looked at."""

_PLAIN = 0.9
"""Share of the labels from which on the heading need not say it, too."""
_LONG_NOTE = 60
_MOST_WORDS = 7
"""Words of a label that is a code and no more."""

_SAYS_LITTLE = frozenset({"_T", "_U", "_O", "COUNT"})
"""Codes that labels of any column may seem to name."""

_CODE = re.compile(r"[A-Z]{0,4}\d[\d.]*[A-Z]?")
_CODED: tuple[Role, ...] = (
    "sex",
    "age_group",
    "stage",
    "statistic",
    "counting_unit",
    "offence",
)


def column_role(heading: str, values: Sequence[Value]) -> tuple[Role, str, bool]:
    """Return what a column holds, why, and whether no other reading is usual.

    >>> column_role("Year", [2017.0, 2018.0])[0], column_role("", [3.0, 2018.0])[0]
    ('period', 'figures')
    >>> column_role("S/N", [1.0, 2.0])[0], column_role("Sexo", ["Feminino"])[0]
    ('ignored', 'sex')
    """
    column = _column(heading, values)
    for judge in (
        _of_nothing,
        _of_dates,
        of_numbers,
        _of_notes,
        _of_labels,
        _of_heading,
    ):
        found = judge(column)
        if found is not None:
            return found
    return "breakdown", "its cells are texts of no known kind", False


def heading_role(heading: str) -> str:
    """Return the role of a column that a heading names as a whole, or "".

    `code` is a role of its own here.

    >>> heading_role("ปี พ.ศ. / Year (B.E.)"), heading_role("Persons charged")
    ('period', '')
    """
    for text in parts_of(heading):
        meaning = meaning_of("column", text)
        if meaning is not None:
            return meaning.value
    return ""


def _column(heading: str, values: Sequence[Value]) -> Column:
    filled = [v for v in values[:_MOST_VALUES] if text_of(v)]
    texts = [text_of(v) for v in filled]
    is_number = number_test()
    numeric = [
        (isinstance(v, int | float) and not isinstance(v, bool)) or is_number(t)
        for v, t in zip(filled, texts, strict=True)
    ]
    others = [t for t, n in zip(texts, numeric, strict=True) if not n]
    labels = [t for t in dict.fromkeys(others) if gap_named(t) is None]
    return Column(
        heading=heading,
        said=heading_role(heading),
        texts=texts,
        labels=labels[:_MOST_LABELS],
        n_numbers=sum(numeric),
        n_dates=sum(isinstance(v, date) for v in filled),
        n_gaps=sum(gap_named(t) is not None for t in others),
    )


def _of_nothing(column: Column) -> Judged | None:
    if column.texts:
        return None
    if column.said == "notes":
        return "notes", "its heading names notes", True
    return "ignored", "its cells are empty", True


def _of_dates(column: Column) -> Judged | None:
    if column.n_dates * 2 <= len(column.texts):
        return None
    return "period", "its cells are dates", column.said == "period"


def _of_notes(column: Column) -> Judged | None:
    if column.said == "notes":
        return "notes", f"its heading is {column.quoted}", True
    lengths = sorted(map(len, column.labels))
    if lengths and lengths[len(lengths) // 2] > _LONG_NOTE and not column.said:
        return "notes", "its cells are long texts", len(lengths) > 2
    return None


def _of_labels(column: Column) -> Judged | None:
    """Judge a column by what its labels say."""
    labels = column.labels
    if not labels:
        return None
    if column.said == "code":
        return of_codes(column)
    if column.said == "ignored" and all(map(_CODE.fullmatch, labels)):
        return "ignored", f"its heading is {column.quoted}", True
    shares = _shares(labels)
    best = max(shares, key=lambda role: shares[role])
    said = cast("Role", column.said)
    if shares.get(said, 0.0) >= MOST / 2:
        best = said
    elif shares[best] < MOST:
        return None
    if said == "offence" and best in ("age_group", "sex", "stage"):
        best = said  # names of offences tell of ages: "rape of a child under 16"
    shown = ", ".join(f"“{shortened(label)}”" for label in labels[:2])
    if best == said:
        why = f"its heading is {column.quoted}, and its cells are such as {shown}"
        return best, why, True
    is_plain = shares[best] >= _PLAIN and len(labels) > 1 and best != "offence"
    return best, f"its cells are such as {shown}", is_plain and not said


def _shares(labels: Sequence[str]) -> dict[Role, float]:
    """Return for each role the share of the labels that it knows."""
    areas = areas_of_labels(labels)
    shares: dict[Role, float] = {
        "area": _share(labels, lambda label: areas[label] is not None),
        "period": _share(labels, _is_time),
    }
    shares |= {role: _share(labels, _coded(role)) for role in _CODED}
    if sexes_of_letters(labels):
        shares["sex"] = 1.0
    return shares


def _is_time(label: str) -> bool:
    return is_period(label) or period_part(label) in ("month", "quarter", "half")


def _coded(role: Role) -> Callable[[str], bool]:
    def test(label: str) -> bool:
        named = label_code(role, label)
        if named is None or meaning_of(role, label) is not None:
            return named is not None
        is_short = len(words_of(label)) <= _MOST_WORDS
        return named.is_sure and is_short and named.value not in _SAYS_LITTLE

    return test


def _share(labels: Sequence[str], test: Callable[[str], bool]) -> float:
    """Return the share of labels that pass, of those that are not totals or unknown."""
    named = [t for t in labels if meaning_of("any", t) is None]
    return sum(map(test, named)) / len(named) if named else 0.0


def _of_heading(column: Column) -> Judged | None:
    """Judge a column by its heading alone."""
    why = f"its heading is {column.quoted}"
    if column.said in ("period", "sex", "age_group", "stage", "offence"):
        return cast("Role", column.said), why, False
    if column.said == "ignored":
        return "ignored", why, len(column.labels) > 1
    if column.said:
        return "breakdown", why, column.said == "breakdown"
    return None
