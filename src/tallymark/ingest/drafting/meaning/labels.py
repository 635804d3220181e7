"""What the labels of a column or a header row stand for, once its role is known."""

from __future__ import annotations

from collections.abc import Sequence

from tallymark.ingest.drafting.meaning.areas_named import areas_of_labels
from tallymark.ingest.drafting.meaning.codes_named import CODE_FIELDS, label_code
from tallymark.ingest.drafting.meaning.headings import said, shortened
from tallymark.ingest.drafting.meaning.periods_named import is_period, periods_in
from tallymark.ingest.drafting.meaning.texts import plain
from tallymark.ingest.drafting.reading import TextReading


def label_readings(role: str, labels: Sequence[str]) -> dict[str, TextReading | None]:
    """Return the code that each distinct label of a column stands for; None if unknown.

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
        return {label: _period(label) for label in distinct}
    if role in CODE_FIELDS:
        return {label: _code(role, label) for label in distinct}
    return dict.fromkeys(distinct)


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
