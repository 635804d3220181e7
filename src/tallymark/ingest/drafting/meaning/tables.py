"""What titles, the sheet's name and the file's name say of a whole table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from tallymark.ingest.drafting.meaning.headings import heading_readings, shortened
from tallymark.ingest.drafting.reading import TextReading

_FIELDS = ("area", "period", "stage", "counting_unit", "scope", "statistic")
"""Fields that a title may say of all figures of its table."""


def table_readings(
    texts: Sequence[str], sheet_name: str, file_name: str
) -> tuple[TextReading, ...]:
    """Return what titles, sheet name and file name say of a whole table.

    One reading a field at the most. `texts` stand in order of trust, the nearest title
    first; the sheet's name goes behind them, the file's name last. Where two of them
    say different things of a field, the reading is not sure.

    >>> [r.value for r in table_readings(["Convictions in Uganda"], "2018", "UGA.xlsx")]
    ['UGA', '2018', 'CONVICTED', 'PERSON']
    """
    found: dict[str, list[TextReading]] = {}
    for text, place in _sources(texts, sheet_name, file_name):
        for reading in heading_readings(text):
            if reading.field in _FIELDS:
                why = f"{place} says “{shortened(text)}”"
                found.setdefault(reading.field, []).append(
                    TextReading(**{**vars(reading), "why": why})
                )
    return tuple(_of_all(found[field]) for field in _FIELDS if field in found)


def _sources(
    texts: Sequence[str], sheet_name: str, file_name: str
) -> Iterator[tuple[str, str]]:
    yield from ((text, "a text above it") for text in texts)
    yield sheet_name, "the sheet's name"
    yield PurePath(file_name).stem, "the file's name"


def _of_all(readings: Sequence[TextReading]) -> TextReading:
    """Return the first reading, sure only where no other source says another."""
    first = next((r for r in readings if r.is_sure), readings[0])
    values = dict.fromkeys(r.value for r in readings if r.is_sure or r is first)
    if len(values) == 1:
        return first
    choices = tuple({first.value: None, **values})
    return TextReading(**{**vars(first), "is_sure": False, "choices": choices})
