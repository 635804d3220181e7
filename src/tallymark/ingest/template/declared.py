"""Answers of filled templates as a series definition and facts of a country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from tallymark.documents import load_reference
from tallymark.ingest.template.answers import UNKNOWN
from tallymark.ingest.template.asked import template_of
from tallymark.ingest.template.filled import MARK_ANSWER
from tallymark.model.country import CAPACITY as CAPACITY_QUESTIONS
from tallymark.model.country import CapacityAnswer, Country
from tallymark.model.series import (
    CountingRule,
    Coverage,
    DefinitionChanges,
    DefinitionVersion,
    Series,
    SeriesCalendar,
    Source,
)
from tallymark.model.submission import Submission, Submissions
from tallymark.model.template import CAPACITY, Template, read_mark

_GROUPS = {"counting_rule": CountingRule, "coverage": Coverage}


def with_declared(submissions: Submissions) -> Submissions:
    """Return submissions with what their templates answer, beside the user's own.

    A definition holds for the area and the years that were asked.
    """
    answered = [item for item in submissions if item.answers]
    if not answered:
        return submissions
    reference = load_reference(None, submissions.series, submissions.countries)
    series = dict(submissions.series)
    countries = dict(submissions.countries)
    for item in answered:
        template = _template(item)
        area = template.request.area
        for name, _ in template.request.series:
            known = series.get(name) or reference.series.get(name)
            if known is not None:
                version = _version(item, template, known)
                # The first that fits holds: what was answered for these very figures.
                held = (version, *known.definitions)
                series[name] = replace(known, definitions=held)
        known_facts = countries.get(area) or reference.countries.get(area)
        countries[area] = _with_capacity(item, template, known_facts)
    return replace(submissions, series=series, countries=countries)


def _template(item: Submission) -> Template:
    found = read_mark(item.answers[MARK_ANSWER]["value"])
    if found is None:  # the mark was read from the file a moment ago
        raise ValueError(item.path)
    return template_of(found[0], {})


def _version(item: Submission, template: Template, series: Series) -> DefinitionVersion:
    request, periods = template.request, template.periods
    said = _said(item.answers, series.id)
    changes = DefinitionChanges(
        **{
            name: _group(record, getattr(series, name), said, name)
            for name, record in _GROUPS.items()
        },
        statutes=tuple(said["statutes"].split("\n")) if "statutes" in said else None,
        child_age_below=_number(said.get("child_age_below")),
        online_marker=said.get("online_marker"),  # type: ignore[arg-type]  # a code
        calendar=_calendar(template, said),
    )
    span = f"{periods[0].label}-{periods[-1].label}".replace("/", "-")
    return DefinitionVersion(
        id=f"answered-{request.area.lower()}-{span}",
        area=request.area,
        start=periods[0].start,
        end=periods[-1].end,
        is_break=False,
        reason="As answered in the template.",
        changes=changes,
        source=_source(item, series.id),
    )


def _said(answers: Mapping[str, Mapping[str, str]], holder: str) -> dict[str, str]:
    """Return what is known of a holder's answers, by field."""
    return {
        key.partition(" ")[2]: answer["value"]
        for key, answer in answers.items()
        if key.partition(" ")[0] == holder and answer["value"] != UNKNOWN
    }


def _group(record: Any, known: Any, said: Mapping[str, str], name: str) -> Any:
    """Return a group of answers, those not given as they are known; null if none is."""
    given = {
        field.name: said[f"{name}.{field.name}"]
        for field in fields(record)
        if f"{name}.{field.name}" in said
    }
    return replace(known, **given) if given else None


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _calendar(template: Template, said: Mapping[str, str]) -> SeriesCalendar:
    """Return the calendar of the headings, unless an answer names another."""
    request = template.request
    asked = {"name": str(request.calendar), "first_month": str(request.first_month)}
    agrees = all(said.get(f"calendar.{key}", asked[key]) == asked[key] for key in asked)
    if not agrees:
        return SeriesCalendar(name="unknown", first_month="unknown")
    return SeriesCalendar(name=request.calendar, first_month=request.first_month)


def _with_capacity(
    item: Submission, template: Template, known: Country | None
) -> Country:
    request = template.request
    if known is None:
        known = Country(
            version=1,
            iso3=request.area,
            name=template.area_name,
            capacity=dict.fromkeys(CAPACITY_QUESTIONS, ()),
            source=item.source,
        )
    capacity = dict(known.capacity)
    said = _said(item.answers, CAPACITY)
    for question in CAPACITY_QUESTIONS:
        if question in said:
            told = item.answers[f"{CAPACITY} {question}"]
            answer = _capacity_answer(item, template, told)
            capacity[question] = (*capacity.get(question, ()), answer)
    return replace(known, capacity=capacity)


def _capacity_answer(
    item: Submission, template: Template, told: Mapping[str, str]
) -> CapacityAnswer:
    """Return an answer, which holds for the years asked, or from the day given on."""
    first, last = template.periods[0].start, template.periods[-1].end
    since = date.fromisoformat(told["since"]) if "since" in told else first
    remarks = [told[key] for key in ("evidence", "remarks") if key in told]
    return CapacityAnswer(
        answer=told["value"],  # type: ignore[arg-type]  # the code of a choice
        basis="sourced",
        start=since,
        end=max(last, since),
        detail="; ".join(remarks) or None,
        source=_source(item, told["cell"]),
    )


def _source(item: Submission, where: str) -> Source:
    return replace(item.source, where=f"{item.file}, {where}")
