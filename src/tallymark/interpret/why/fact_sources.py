"""What stands behind the fields of a condition: the definition, the law, the answer.

Each is told in one line with its days and its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tallymark.model.context import Reference
from tallymark.model.country import CAPACITY, CapacityAnswer, Country
from tallymark.model.series import Series, Source

Row = Mapping[str, Any]
_CAPACITY = "country.capacity."
_LEGAL = ("country.law_changed", "country.statutes_not_in_force")
_CONDUCT = (
    "country.criminalised", "country.not_criminalised", "country.never_criminalised",
)  # fmt: skip

_QUESTIONS = {
    "unit": "a unit for these cases",
    "tips_direct": "reports received without a detour",
    "icse": "connected to the ICSE database",
    "proactive_victim_id": "victims identified without a complaint",
    "foreign_experience": "leads of foreign agencies worked with",
}


def facts_behind(
    fields: Iterable[str], row: Row, reference: Reference
) -> tuple[str, ...]:
    """Return the facts that the values of these fields rest on, in order, each once.

    `row` names series, area and period of the figure.
    """
    asked = sorted(fields)
    country = reference.countries.get(row.get("ref_area") or "")
    series = reference.series.get(row.get("series_id") or "")
    told: list[str] = []
    if series is not None and any(f.startswith("series.") for f in asked):
        told += _definition(series, row, asked)
    if country is not None:
        span = (row.get("period_start"), row.get("period_end"))
        for field in asked:
            told += _country_facts(country, field, row, span)
    elif any(f.startswith("country.capacity") for f in asked):
        told.append(f"no facts are on record for {row.get('ref_area') or 'the area'}")
    return tuple(dict.fromkeys(told))


def source_text(source: Source | None) -> str:
    """Return a source in brackets: who, what, where."""
    if source is None:
        return ""
    said = [source.publisher, source.title, source.where, source.url]
    return f" ({', '.join(part for part in said if part)})"


def _definition(series: Series, row: Row, asked: Iterable[str]) -> Iterator[str]:
    yield f"series {series.id}{source_text(series.source)}"
    version = series.version_at(row.get("ref_area"), row.get("period_start"))
    if version is not None and any("definition" in field for field in asked):
        days = _days(version.start, version.end)
        yield f"definition {version.id}{days}: {version.reason}" + source_text(
            version.source
        )


def _country_facts(
    country: Country, field: str, row: Row, span: tuple[date | None, date | None]
) -> Iterator[str]:
    if field.startswith(_CAPACITY):
        question = field.removeprefix(_CAPACITY)
        asked: tuple[str, ...] = (question,)
        if question == "unknown":
            asked = tuple(str(row.get(field) or " ".join(CAPACITY)).split(" "))
        for name in asked:
            yield from _answers(country, name, span)
    elif field in _LEGAL:
        titles = str(row.get(field) or "").split("; ")
        for law in country.statutes:
            if law.title in titles:
                yield (
                    f"{country.name}: {law.title}{_days(law.start, law.end)}"
                    + source_text(law.source)
                )
    elif field in _CONDUCT:
        conduct = str(row.get(field) or "").split(" ")
        for gap in country.legal_gaps:
            if gap.basis == "sourced" and gap.conduct in conduct:
                yield (
                    f"{country.name}: {gap.conduct} was no named offence"
                    f"{_days(gap.start, gap.end)}{source_text(gap.source)}"
                )


def _answers(
    country: Country, question: str, span: tuple[date | None, date | None]
) -> Iterator[str]:
    found = [
        answer
        for name, answers in country.capacity.items()
        if name == question
        for answer in answers
        if answer.basis == "sourced" and _touches(answer, span)
    ]
    said = _QUESTIONS.get(question, question)
    if not found:
        yield f"{country.name}: {said}: no sourced answer"
    for answer in found:
        yield (
            f"{country.name}: {said}: {answer.answer}"
            f"{_days(answer.start, answer.end)}{source_text(answer.source)}"
        )


def _touches(answer: CapacityAnswer, span: tuple[date | None, date | None]) -> bool:
    start, end = span
    if start is None or end is None:
        return True
    begins = answer.start is None or answer.start <= end
    return begins and (answer.end is None or answer.end >= start)


def _days(start: date | None, end: date | None) -> str:
    said = [f"from {start}"] * (start is not None) + [f"to {end}"] * (end is not None)
    return f", {' '.join(said)}" if said else ""
