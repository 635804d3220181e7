"""What a request comes to: its periods as they are printed, its texts, its questions.

The same for writing a template and for reading it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.documents import (
    REFERENCE,
    definition_questions,
    load,
    read_code_list,
)
from tallymark.errors import UsageError
from tallymark.ingest.calendars import MAIN_MONTHS
from tallymark.ingest.periods import read_period
from tallymark.ingest.rules import PeriodRule
from tallymark.model.codes import Calendar
from tallymark.model.definition import DefinitionQuestion
from tallymark.model.template import AskedPeriod, Request, Template, TemplateContent

CAPACITY_FIELDS = "capacity."
_ELSEWHERE = ("counting_unit", "scope")
"""Questions that each sheet of figures asks by itself, for its own rows."""
_FIRST_ETHIOPIAN_MONTH = 9
"""The Gregorian month in which the Ethiopian year begins."""


def template_of(request: Request, titles: dict[str, str]) -> Template:
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
        content=load(REFERENCE / "template.yaml", TemplateContent),
        definition=tuple(
            q for q in questions if not is_capacity(q) and q.field not in _ELSEWHERE
        ),
        capacity=tuple(q for q in questions if is_capacity(q)),
    )


def is_capacity(question: DefinitionQuestion) -> bool:
    """Tell whether a question is one about what the country's authorities can do."""
    return question.field.startswith(CAPACITY_FIELDS)


def period_rule(request: Request) -> PeriodRule:
    """Return how the headings of a template's periods are read.

    >>> from tallymark.model.codes import Calendar
    >>> month_of(7, Calendar.ETHIOPIAN)
    11
    """
    return PeriodRule(
        calendar=request.calendar,
        first_month=month_of(request.first_month, request.calendar),
        named_by="first",
    )


def month_of(gregorian: int, calendar: Calendar) -> int:
    """Return the month of a calendar that begins in a Gregorian month."""
    if calendar is not Calendar.ETHIOPIAN:
        return gregorian
    return (gregorian - _FIRST_ETHIOPIAN_MONTH) % MAIN_MONTHS + 1


def first_month_of(calendar: Calendar) -> int:
    """Return the Gregorian month in which a calendar's own year begins."""
    return _FIRST_ETHIOPIAN_MONTH if calendar is Calendar.ETHIOPIAN else 1


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
    raise UsageError(
        f"There is no area {code!r}.",
        hint="Write its ISO 3166-1 alpha-3 code: KEN, NAM, VNM.",
    )
