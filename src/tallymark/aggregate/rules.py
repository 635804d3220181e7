"""By which rule the units of each period are counted: the definition's, or the answer.

Nobody can count under a rule that is not known: each question that the counting needs
is answered by the definition or by the mapping, or the counting stops and names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.aggregate.mapping import AtStage, ExtractMapping
from tallymark.aggregate.periods import Period
from tallymark.errors import Problem
from tallymark.model.codes import Calendar, CountingUnit, Stage
from tallymark.model.series import (
    CountingRule,
    DefinitionChanges,
    DefinitionVersion,
    Series,
    SeriesCalendar,
    Source,
)

_OF_NO_OFFENCE = frozenset(
    {
        CountingUnit.REPORT,
        CountingUnit.FILE,
        CountingUnit.IP_ADDRESS,
        CountingUnit.NOTICE,
        CountingUnit.RESPONDENT,
        CountingUnit.UNSTATED,
    }
)
_COME_AGAIN = frozenset({CountingUnit.PERSON, CountingUnit.VICTIM})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How units are counted in some of the periods, by their places in the plan."""

    periods: tuple[int, ...]
    stage_of_counting: AtStage | None
    principal_offence: str
    attempts: str
    leaves_attempts_out: bool
    counts_each: bool


def rules_of(
    mapping: ExtractMapping,
    series: Series,
    unit: CountingUnit,
    at: tuple[Sequence[Stage], Sequence[Period]],
    problems: list[Problem],
) -> tuple[list[Rule], list[DefinitionVersion]]:
    """Return the rules of all periods, and the definition versions of the answers.

    `at` are the stages and the periods. What is lacking is added to `problems`.
    """
    stages, periods = at
    rules: list[Rule] = []
    versions: list[DefinitionVersion] = []
    for version, places in _versions(mapping, series, periods):
        as_of = series.as_of(version)
        needed = _needed(mapping, unit, stages)
        answers = _answered(as_of.counting_rule, mapping, needed, problems)
        rule = _rule(answers, mapping, unit, places)
        problems += _rule_problems(rule, mapping, unit, stages)
        rules.append(rule)
        held = [periods[i] for i in places]
        versions += _version(as_of, answers, version, held, mapping)
    return rules, versions


def _versions(
    mapping: ExtractMapping, series: Series, periods: Sequence[Period]
) -> list[tuple[DefinitionVersion | None, tuple[int, ...]]]:
    """Return the periods of each definition version, in order."""
    found: list[tuple[DefinitionVersion | None, tuple[int, ...]]] = []
    for i, period in enumerate(periods):
        version = series.version_at(mapping.total_area, period.start)
        if found and found[-1][0] == version:
            found[-1] = (version, (*found[-1][1], i))
        else:
            found.append((version, (i,)))
    return found


def _needed(
    mapping: ExtractMapping, unit: CountingUnit, stages: Sequence[Stage]
) -> set[str]:
    """Return the questions of the counting rule that this counting asks."""
    needed = set()
    if mapping.offence is not None and unit is not CountingUnit.OFFENCE:
        needed.add("principal_offence")
    if unit not in _OF_NO_OFFENCE:
        needed.add("attempts")
        if Stage.RECORDED in stages:
            needed.add("stage_of_counting")
    if any(event.date is None for event in (mapping.stages or {}).values()):
        needed.add("stage_of_counting")
    if unit in _COME_AGAIN:
        needed.add("multiple")
    return needed


def _answered(
    rule: CountingRule,
    mapping: ExtractMapping,
    needed: set[str],
    problems: list[Problem],
) -> CountingRule:
    """Return the rule with the mapping's answers where the definition has none."""
    given = mapping.answers.given()
    answers: dict[str, Any] = {}
    for name, answer in vars(rule).items():
        is_open = answer in ("unknown", "partial")
        if is_open and name in given:
            answers[name] = given[name]
        elif is_open and name in needed:
            problems.append(unanswered(name, mapping.series))
        elif not is_open and given.get(name, answer) != answer:
            problems.append(
                Problem(f"the definition says {answer}", f"$.answers.{name}")
            )
    return replace(rule, **answers)


def unanswered(question: str, series_id: str) -> Problem:
    """Return the problem of a question that nobody has answered."""
    return Problem(
        f"the definition of {series_id} does not answer `{question}`, and nothing can be"
        " counted without it: answer it here",
        f"$.answers.{question}",
    )


def _rule(
    rule: CountingRule,
    mapping: ExtractMapping,
    unit: CountingUnit,
    places: Sequence[int],
) -> Rule:
    at = rule.stage_of_counting
    return Rule(
        periods=tuple(places),
        stage_of_counting=None if at == "unknown" else at,
        principal_offence=rule.principal_offence,
        attempts=rule.attempts,
        leaves_attempts_out=rule.attempts == "excluded"
        and mapping.attempts is not None,
        counts_each=unit in _COME_AGAIN and rule.multiple == "counted_each",
    )


def _rule_problems(
    rule: Rule, mapping: ExtractMapping, unit: CountingUnit, stages: Sequence[Stage]
) -> Iterator[Problem]:
    is_apart = rule.attempts in ("excluded", "separate")
    if unit not in _OF_NO_OFFENCE and mapping.attempts is None and is_apart:
        yield Problem(
            f"attempts are {rule.attempts}: name the column that marks them",
            "$.attempts",
        )
    if rule.counts_each and not mapping.unit.event:
        yield Problem(
            "repeated acts are counted each: name the column that tells them apart",
            "$.unit.event",
        )
    is_ranked = rule.principal_offence == "yes" and unit is not CountingUnit.OFFENCE
    if mapping.offence is not None and is_ranked:
        for code, offence in mapping.offence.codes.items():
            if offence.rank is None or offence.rank < 1:
                yield Problem(
                    "only the most serious offence counts: give its rank, from 1 on",
                    f"$.offence.codes.{code}",
                )
    if unit not in _OF_NO_OFFENCE:
        yield from _day_problems(rule, mapping, stages)


def _day_problems(
    rule: Rule, mapping: ExtractMapping, stages: Sequence[Stage]
) -> Iterator[Problem]:
    """Yield what is wrong with the days that assign the periods."""
    at, column = rule.stage_of_counting, mapping.stage_column
    if at is None:
        return
    if column is not None and Stage.RECORDED in stages and column.counted_at != at:
        yield Problem(
            f"the definition counts at the stage `{at}`: name such days in `date`, and"
            " say so",
            "$.stage_column.counted_at",
        )
    for stage, event in (mapping.stages or {}).items():
        if stage is Stage.RECORDED and event.date is not None:
            yield Problem(
                "say at which stage of counting this is the day: `input`, `intermediate`"
                " or `output`",
                f"$.stages.{stage}.date",
            )
        elif event.date is None and getattr(event, at) is None:
            yield Problem(
                f"the definition counts at the stage `{at}`: name that day",
                f"$.stages.{stage}.{at}",
            )


def same_problems(mapping: ExtractMapping, rules: Sequence[Rule]) -> Iterator[Problem]:
    """Yield what one table cannot hold: rules by which other things would be parted."""
    attempts = {rule.attempts for rule in rules}
    principal = {rule.principal_offence for rule in rules}
    hint = "count up to the change and from it on, with two mappings"
    if "separate" in attempts and len(attempts) > 1:
        yield Problem(
            f"attempts are told apart in some periods only: {hint}", "$.coverage"
        )
    if mapping.offence is not None and {"yes", "no"} <= principal:
        yield Problem(f"the principal offence rule changes: {hint}", "$.coverage")


def _version(
    as_of: Series,
    rule: CountingRule,
    version: DefinitionVersion | None,
    periods: Sequence[Period],
    mapping: ExtractMapping,
) -> Iterator[DefinitionVersion]:
    """Yield the version that the mapping's answers make of the definition, if they do."""
    given = mapping.answers.given()
    calendar = SeriesCalendar(
        name=Calendar(str(given.get("calendar", as_of.calendar.name))),
        first_month=int(given.get("first_month", as_of.calendar.first_month)),
    )
    if rule == as_of.counting_rule and calendar == as_of.calendar:
        return
    changes = DefinitionChanges() if version is None else version.changes
    yield DefinitionVersion(
        id=f"{version.id if version else 'base'}-as-counted-{periods[0].text}",
        area=None if version is None else version.area,
        start=periods[0].start,
        end=periods[-1].end,
        is_break=version is not None and version.is_break,
        reason=f"Answered by whoever counted the extract: {mapping.title}",
        changes=replace(changes, counting_rule=rule, calendar=calendar),
        source=Source(title=mapping.title, publisher=as_of.provider),
    )
