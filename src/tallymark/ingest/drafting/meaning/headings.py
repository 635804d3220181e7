"""What one heading, title, sheet name or label of a row says of the figures under it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tallymark.ingest.drafting.meaning.areas_named import areas_in
from tallymark.ingest.drafting.meaning.codes_named import (
    CODE_FIELDS,
    code_named,
    words_for,
)
from tallymark.ingest.drafting.meaning.periods_named import period_part, periods_in
from tallymark.ingest.drafting.meaning.texts import CACHED, LONGEST, plain
from tallymark.ingest.drafting.meaning.wordings import meaning_of
from tallymark.ingest.drafting.reading import TextReading

_FEWEST_WORDS, _MOST_WORDS = 14, 24
"""Words of a text that is a sentence, if it has its mark at the end, and in any case."""

_CODE = 3
"""Letters of a short month that may be the code of a country: HUN."""

_LONGEST_SHOWN = 80
"""Characters of a text that are shown in a reason."""


@lru_cache(maxsize=CACHED)
def heading_readings(text: str) -> tuple[TextReading, ...]:
    """Return all that one heading, title, sheet name or row label says.

    One reading a field at the most, in the order period, area, then codes. The value of
    a period is the text as printed.

    >>> [(r.field, r.value) for r in heading_readings("Persons charged in Kenya, 2018")]
    [('period', '2018'), ('area', 'KEN'), ('stage', 'CHARGED'), ('counting_unit', 'PERSON')]
    """
    text = text[:LONGEST]
    if not (any(map(str.isalnum, text)) or "%" in text):
        return ()
    readings = tuple(_readings(text))
    if not _is_sentence(text):
        return readings
    return tuple(TextReading(**{**vars(r), "is_sure": False}) for r in readings)


def _is_sentence(text: str) -> bool:
    """Tell whether a text tells of figures rather than naming them."""
    n_words = len(text.split())
    return n_words > _MOST_WORDS or (
        n_words > _FEWEST_WORDS and text.rstrip()[-1] in ".,;"
    )


def _readings(text: str) -> Iterator[TextReading]:
    periods = periods_in(text)
    if periods:
        values = tuple(period.text for period in periods)
        is_sure = periods[0].is_sure and len(values) == 1
        yield _reading(text, "period", values, is_sure=is_sure)
    elif part := period_part(text).replace("number", ""):
        yield _reading(text, part, (plain(text),), is_sure=len(plain(text)) > _CODE)
    areas = areas_in(text)
    if areas:
        values = tuple(area.value for area in areas)
        is_sure = areas[0].is_sure and len(values) == 1
        yield _reading(text, "area", values, is_sure=is_sure)
    for field in CODE_FIELDS:
        named = code_named(field, text)
        if named is not None:
            values = named.choices or (named.value,)
            yield _reading(text, field, values, is_sure=named.is_sure)
    total = meaning_of("any", text)
    if total is not None and total.value == "_T":
        yield _reading(text, "is_total", ("true",), is_sure=True)


def _reading(
    text: str, field: str, values: tuple[str, ...], *, is_sure: bool
) -> TextReading:
    return TextReading(
        field=field,
        value=values[0],
        words=said(field, values[0]),
        why=f"“{shortened(text)}” says so" if is_sure else f"“{shortened(text)}”",
        is_sure=is_sure,
        choices=values if len(values) > 1 else (),
    )


def said(field: str, value: str) -> str:
    """Return what figures with a reading are, to complete "C4:C40 is …"."""
    if field == "period":
        return f"the period {value}"
    if field in ("month", "quarter", "half"):
        return f"the {field} {value}"
    if field == "is_total":
        return "a total"
    return f"the area {value}" if field == "area" else words_for(field, value)


def shortened(text: str) -> str:
    """Return a text, cut where it is too long to be shown."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
