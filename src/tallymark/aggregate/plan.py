"""How a series is counted in an extract: its definition, put to the mapping.

Hides which question of the definition is answered where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

from tallymark.aggregate.mapping import MOST_CELLS, ExtractMapping
from tallymark.aggregate.parts import Dimension, dimensions_of, tables_of
from tallymark.aggregate.periods import Period, covered_periods
from tallymark.aggregate.rules import Rule, rules_of, same_problems, unanswered
from tallymark.aggregate.soundness import problems_of
from tallymark.errors import DocumentError, Problem
from tallymark.model.codes import Calendar, CountingUnit, Scope, Stage
from tallymark.model.series import Series


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that the counting needs beside the extract."""

    mapping: ExtractMapping
    series: Series
    """The definition with the answers that the mapping gave."""
    counting_unit: CountingUnit
    scope: Scope
    calendar: Calendar
    stages: tuple[Stage, ...]
    periods: tuple[Period, ...]
    dimensions: tuple[Dimension, ...]
    rules: tuple[Rule, ...]
    is_principal: bool
    """Whether a unit counts under one offence; else once under each, without a total."""
    tables: tuple[tuple[int, ...], ...]
    """The dimensions that part each printed table, by their places; margins included."""

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """What a step in each dimension adds to the number of a combination."""
        sizes = [len(d.codes) for d in self.dimensions]
        return tuple(prod(sizes[i + 1 :]) for i in range(len(sizes)))

    @cached_property
    def n_combinations(self) -> int:
        """How many combinations of codes there are."""
        return prod(len(d.codes) for d in self.dimensions)

    def event_column(self, stage: Stage, rule: Rule) -> str:
        """Return the column with the day that assigns the period."""
        event = (self.mapping.stages or {})[stage]
        return event.date or getattr(event, rule.stage_of_counting or "", "") or ""


def plan_of(mapping: ExtractMapping, series: Series, *, file: str) -> Plan:
    """Return how a series is counted in an extract.

    Raises:
        DocumentError: with all that the mapping lacks or contradicts.
    """
    problems = problems_of(mapping)
    if problems:
        raise DocumentError(file, problems)
    unit = _said(mapping, series, "counting_unit", problems)
    scope = _said(mapping, series, "scope", problems)
    stages = _stages(mapping, series, problems)
    problems += _online_problems(mapping, series, scope)
    calendar, periods = _periods(mapping, series, problems)
    if problems:
        raise DocumentError(file, problems)
    counted = CountingUnit(unit)
    rules, versions = rules_of(mapping, series, counted, (stages, periods), problems)
    problems += same_problems(mapping, rules)
    # An offence is one unit under one code; other units may come under several.
    is_principal = (
        mapping.offence is None
        or counted is CountingUnit.OFFENCE
        or any(rule.principal_offence != "no" for rule in rules)
    )
    is_apart = any(rule.attempts == "separate" for rule in rules)
    parted = dimensions_of(mapping, series, problems, is_attempt_apart=is_apart)
    tables = tables_of(mapping, parted, is_principal=is_principal)
    n_cells = sum(prod(len(parted[i].codes) for i in table) for table in tables)
    if n_cells * len(stages) * len(periods) > MOST_CELLS:
        many = f"this makes more than {MOST_CELLS:,} counts: ask for fewer"
        problems.append(Problem(many, "$.tables"))
    if problems:
        raise DocumentError(file, list(dict.fromkeys(problems)))
    return Plan(
        mapping=mapping,
        series=replace(series, definitions=(*versions, *series.definitions)),
        counting_unit=counted,
        scope=Scope(scope),
        calendar=calendar,
        stages=stages,
        periods=tuple(periods),
        dimensions=parted,
        rules=tuple(rules),
        is_principal=is_principal,
        tables=tables,
    )


def _said(
    mapping: ExtractMapping, series: Series, name: str, problems: list[Problem]
) -> str:
    """Return what the definition says, or the mapping where the definition leaves it."""
    defined, mapped = getattr(series, name), getattr(mapping, name)
    if defined not in ("varies", "unknown"):
        if mapped not in (None, defined):
            problems.append(Problem(f"the definition says {defined}", f"$.{name}"))
        return str(defined)
    if mapped is None:
        problems.append(
            Problem(
                f"the definition of {series.id} leaves it open: say it here",
                f"$.{name}",
            )
        )
    return str(mapped)


def _stages(
    mapping: ExtractMapping, series: Series, problems: list[Problem]
) -> tuple[Stage, ...]:
    if mapping.stage_column is not None:
        named = set(mapping.stage_column.codes.values())
        path = "$.stage_column.codes"
    else:
        named, path = set(mapping.stages or ()), "$.stages"
    if series.stage not in ("varies", "unknown") and named != {series.stage}:
        problems.append(
            Problem(f"the definition of {series.id} counts {series.stage} alone", path)
        )
    return tuple(stage for stage in Stage if stage in named)


def _online_problems(
    mapping: ExtractMapping, series: Series, scope: str
) -> Iterator[Problem]:
    if scope == Scope.OCSEA and mapping.online is None:
        yield Problem(
            "the series counts online cases alone: name the column that marks them, or"
            " say `all` if every row is one",
            "$.online",
        )
    if mapping.online is not None and scope not in (Scope.OCSEA, Scope.CYBERTIP):
        yield Problem(f"the series counts {scope}, online or not", "$.online")
    if mapping.online is not None and series.online_marker == "no":
        yield Problem("the definition says that nothing marks online cases", "$.online")


def _periods(
    mapping: ExtractMapping, series: Series, problems: list[Problem]
) -> tuple[Calendar, list[Period]]:
    given = mapping.answers.given()
    asked: dict[str, str | int] = {}
    for name, answer in (
        ("calendar", series.calendar.name),
        ("first_month", series.calendar.first_month),
    ):
        asked[name] = given.get(name, answer)
        if asked[name] == "unknown":
            problems.append(unanswered(name, series.id))
        elif answer not in ("unknown", asked[name]):
            problems.append(
                Problem(f"the definition says {answer}", f"$.answers.{name}")
            )
    if "unknown" in asked.values():
        return Calendar.GREGORIAN, []
    calendar = Calendar(str(asked["calendar"]))
    try:
        periods = covered_periods(
            mapping.coverage.start,
            mapping.coverage.end,
            calendar=calendar,
            first_month=int(asked["first_month"]),
            freq=mapping.frequency,
        )
    except ValueError as error:
        problems.append(Problem(str(error), "$.frequency"))
        return calendar, []
    if not periods:
        problems.append(
            Problem(
                "no period of the series lies wholly within these days", "$.coverage"
            )
        )
    return calendar, periods
