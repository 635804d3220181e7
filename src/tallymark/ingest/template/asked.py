"""What a request comes to: its periods as they are printed, its texts, its questions.

The same for writing a template and for reading it back.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from tallymark.documents import (
    REFERENCE,
    definition_questions,
    load,
    read_code_list,
)
from tallymark.errors import UsageError
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.areas import nearest_area, read_area
from tallymark.ingest.periods import read_period
from tallymark.ingest.periods.calendars import MAIN_MONTHS
from tallymark.model.codes import Calendar, Stage
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.series import Series
from tallymark.model.template import (
    DEFAULT_STAGES,
    FIRST_MONTHS,
    AskedPeriod,
    Request,
    Template,
    TemplateContent,
)

CAPACITY_FIELDS = "capacity."
_ELSEWHERE = ("source_type", "counting_unit", "scope")
"""Questions that the series answers, or each sheet of figures for its own rows."""
_MOST_YEARS = 20


def template_for(request: Request, series: Mapping[str, Series]) -> Template:
    """Return the template of a request; series without stages ask those they expect.

    Raises:
        UsageError: there is no such series, or the request cannot be met.
    """
    if request.first_year > request.last_year:
        raise UsageError("The last year lies before the first.")
    if request.last_year - request.first_year >= _MOST_YEARS:
        raise UsageError(f"A template asks for {_MOST_YEARS} years at most.")
    asked = []
    for name, stages in request.series:
        if name not in series:
            near = difflib.get_close_matches(name, list(series), 1)
            hint = f"Did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"There is no series {name!r}.", hint=hint)
        asked.append((name, stages or _stages(series[name])))
    titles = {name: series[name].title for name, _ in asked}
    return template_of(replace(request, series=tuple(asked)), titles)


def _stages(series: Series) -> tuple[Stage, ...]:
    """Return the stages that a series is expected to give, else the usual ones."""
    stages: tuple[Stage, ...] = ()
    if series.expected.stages != "unknown":
        stages = series.expected.stages
    elif isinstance(series.stage, Stage):
        stages = (series.stage,)
    return tuple(s for s in stages if s is not Stage.OTHER) or DEFAULT_STAGES


def template_of(request: Request, titles: Mapping[str, str]) -> Template:
    """Return all that a template of this request holds; `titles` are those of its series.

    Raises:
        UsageError: the area is not known, or the calendar has no such years.
    """
    name, alpha2 = _area(request.area)
    questions = definition_questions()
    return Template(
        request=request,
        area_name=name,
        area_alpha2=alpha2,
        titles=titles,
        periods=tuple(_periods(request)),
        content=_content(),
        definition=tuple(
            q for q in questions if not is_capacity(q) and q.field not in _ELSEWHERE
        ),
        capacity=tuple(q for q in questions if is_capacity(q)),
    )


@cache
def _content() -> TemplateContent:
    return load(REFERENCE / "template.yaml", TemplateContent)


def is_capacity(question: DefinitionQuestion) -> bool:
    """Tell whether a question is one about what the country's authorities can do."""
    return question.field.startswith(CAPACITY_FIELDS)


def period_rule(request: Request) -> PeriodRule:
    """Return how the headings of a template's periods are read."""
    return PeriodRule(
        calendar=request.calendar,
        first_month=month_of(request.first_month, request.calendar),
        named_by="first",
    )


def month_of(gregorian: int, calendar: Calendar) -> int:
    """Return the month of a calendar that begins in a Gregorian month.

    >>> month_of(7, Calendar.ETHIOPIAN), month_of(7, Calendar.GREGORIAN)
    (11, 7)
    """
    if calendar is not Calendar.ETHIOPIAN:
        return gregorian
    return (gregorian - FIRST_MONTHS[calendar]) % MAIN_MONTHS + 1


def _periods(request: Request) -> Iterator[AskedPeriod]:
    rule = period_rule(request)
    for year in range(request.first_year, request.last_year + 1):
        label = str(year)
        if rule.first_month != 1:
            label = f"{year}/{(year + 1) % 100:02}"
        try:
            period = read_period(label, rule)
        except ValueError as error:
            raise UsageError(
                f"The year {label} cannot be asked for: {error}."
            ) from error
        yield AskedPeriod(label=label, start=period.start, end=period.end)


def _area(code: str) -> tuple[str, str]:
    for row in read_code_list(REFERENCE / "areas.csv"):
        if row["code"] == code:
            return row["name"], row["alpha2"]
    meant = read_area(code) or read_area(nearest_area(code.title()))
    hint = f"Did you mean {meant}? " if meant else ""
    raise UsageError(
        f"There is no area {code!r}.",
        hint=f"{hint}Write its ISO 3166-1 alpha-3 code: KEN, NAM, VNM.",
    )
