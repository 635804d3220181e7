"""What the labels of a column or a header row stand for, once its role is known."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.ingest.drafting.meaning.areas_named import areas_of_labels
from tallymark.ingest.drafting.meaning.codes_named import (
    CODE_FIELDS,
    label_code,
    sexes_of_letters,
)
from tallymark.ingest.drafting.meaning.headings import said, shortened
from tallymark.ingest.drafting.meaning.periods_named import (
    is_period,
    period_part,
    periods_in,
)
from tallymark.ingest.drafting.meaning.texts import plain
from tallymark.ingest.drafting.reading import TextReading

_MONTHS, _QUARTERS = 12, 4


def label_readings(role: str, labels: Sequence[str]) -> dict[str, TextReading | None]:
    """Return the code that each distinct label of a column stands for; None if unknown.

    Where all labels of a column of periods are months, quarters or halves without a
    year, the readings have the field `month`, `quarter` or `half`.

    >>> found = label_readings("sex", ["Feminino", "Masculino", "?"])
    >>> [reading and reading.value for reading in found.values()]
    ['F', 'M', None]
    """
    distinct = list(dict.fromkeys(labels))
    if role == "area":
        return {
            label: area and _reading("area", label, area.value, is_sure=area.is_sure)
            for label, area in areas_of_labels(distinct).items()
        }
    if role == "period":
        return _periods(distinct)
    if role == "sex" and (letters := sexes_of_letters(distinct)):
        return {
            label: _reading("sex", label, letters[label], is_sure=True)
            if label in letters
            else _code(role, label)
            for label in distinct
        }
    if role in CODE_FIELDS:
        return {label: _code(role, label) for label in distinct}
    return dict.fromkeys(distinct)


def _periods(labels: Sequence[str]) -> dict[str, TextReading | None]:
    """Return the periods of labels, or the parts of a year where all are such parts."""
    found = {label: _period(label) for label in labels}
    filled = [label for label in labels if label.strip()]
    parts = {period_part(label) for label in filled}
    if len(parts) != 1 or any(found[label] for label in filled):
        return found
    (part,) = parts
    if part == "number":
        part = _part_of_numbers([int(plain(label)) for label in filled])
    if not part:
        return found
    is_sure = not any(map(str.isdecimal, map(plain, filled)))
    for label in filled:
        found[label] = _reading(part, label, plain(label), is_sure=is_sure)
    return found


def _part_of_numbers(numbers: Sequence[int]) -> str:
    if max(numbers) > _MONTHS:
        return ""
    return "month" if max(numbers) > _QUARTERS else "quarter"


def _period(label: str) -> TextReading | None:
    if is_period(label):
        return _reading("period", label, plain(label), is_sure=True)
    found = periods_in(label)
    if len(found) != 1:
        return None
    return _reading("period", label, found[0].text, is_sure=found[0].is_sure)


def _code(role: str, label: str) -> TextReading | None:
    named = label_code(role, label)
    if named is None:
        return None
    reading = _reading(role, label, named.value, is_sure=named.is_sure)
    return reading if not named.choices else _with_choices(reading, named.choices)


def _with_choices(reading: TextReading, choices: tuple[str, ...]) -> TextReading:
    return TextReading(**{**vars(reading), "choices": choices})


def _reading(field: str, label: str, value: str, *, is_sure: bool) -> TextReading:
    return TextReading(
        field=field,
        value=value,
        words=said(field, value),
        why=f"its label is “{shortened(label)}”",
        is_sure=is_sure,
    )
