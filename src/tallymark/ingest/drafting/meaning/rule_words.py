"""The rule of a table's periods as a person reads and chooses it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_ETHIOPIAN_MONTHS = [
    "Meskerem",
    "Tikimt",
    "Hidar",
    "Tahsas",
    "Tir",
    "Yekatit",
    "Megabit",
    "Miyazya",
    "Ginbot",
    "Sene",
    "Hamle",
    "Nehase",
]
_FORMS = {
    "named_by": "named by the {} year",
    "two_digits": "2009-10 is a {}",
    "one_digit": "2018/1 is a {}",
    "century": "years of two digits from {} on",
    "date_order": "dates {}",
}


_DAYS = {
    f"a day is the {day} of its {period}": {"named_by": f"{day}_day", "length": length}
    for day in ("first", "last")
    for period, length in (
        ("month", "P1M"),
        ("quarter", "P3M"),
        ("half year", "P6M"),
        ("year", "P1Y"),
    )
}
"""What a printed day is of the period that it stands for."""


class RulePart(NamedTuple):
    """Keys of a `period:` block with their values, and other values that are as likely."""

    block: Mapping[str, Any]
    why: str
    is_sure: bool = True
    others: tuple[Mapping[str, Any], ...] = ()


def period_words(block: Mapping[str, Any]) -> str:
    """Return a `period:` block as a person reads and chooses it.

    >>> period_words({"first_month": 4, "named_by": "first"})
    'gregorian; years from April; named by the first year'
    """
    calendar = block.get("calendar", "gregorian")
    months = _ETHIOPIAN_MONTHS if calendar == "ethiopian" else _MONTHS
    parts = [calendar]
    if "first_month" in block:
        parts.append(f"years from {months[block['first_month'] - 1]}")
    days = {key: block[key] for key in ("named_by", "length") if key in block}
    parts += [said for said, meant in _DAYS.items() if meant == days]
    for key, form in _FORMS.items():
        if key in block and not (key == "named_by" and "length" in block):
            parts.append(form.format(block[key]))
    return "; ".join(parts)


def period_block(words: str) -> dict[str, Any] | None:
    """Return the `period:` block that `period_words` says; None if it is none.

    >>> period_block("gregorian; years from April; named by the first year")
    {'first_month': 4, 'named_by': 'first'}
    """
    calendar, *rest = (part.strip() for part in words.split(";"))
    if calendar not in ("gregorian", "buddhist", "ethiopian"):
        return None
    block: dict[str, Any] = {}
    if calendar != "gregorian":
        block["calendar"] = calendar
    for part in rest:
        found = _part_block(part, calendar)
        if found is None:
            return None
        block.update(found)
    return block


def _part_block(part: str, calendar: str) -> dict[str, Any] | None:
    months = _ETHIOPIAN_MONTHS if calendar == "ethiopian" else _MONTHS
    if part in _DAYS:
        return dict(_DAYS[part])
    month = part.removeprefix("years from ")
    if month in months:
        return {"first_month": months.index(month) + 1}
    for key, form in _FORMS.items():
        before, after = form.split("{}")
        if part.startswith(before) and part.endswith(after):
            said = part[len(before) : len(part) - len(after)]
            return {key: int(said) if key == "century" else said}
    return None
