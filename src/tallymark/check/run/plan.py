"""Suites to one plan: which expectations can run on what is there, and their rules.

An expectation that wants an absent column or relation is not run, and the reason is
kept. Row rules are to be run together; the others one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tallymark.check.expectation import Expectation, Suite
from tallymark.check.rule import QueryRule, RowRule, Rows, Rule
from tallymark.check.run.sources import Sources, holding
from tallymark.engine.condition import condition_sql
from tallymark.engine.sql import identifiers
from tallymark.model.condition import fields_of
from tallymark.model.context import CONTEXT_COLUMNS, CONTEXT_KEY

_GIVEN = frozenset({"losses", "headings"})
_CONTEXT = frozenset(CONTEXT_COLUMNS)


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """One rule of an expectation, and the relations in which it looks.

    `subject_rows` holds the rows by which its subject is known, `rows` those by which
    its failures are.
    """

    expectation: Expectation
    rule: RowRule | QueryRule
    subject_rows: str
    rows: str
    relations: frozenset[str]
    within: str = "true"
    """The row condition, over the first of these."""

    @property
    def slug(self) -> str:
        """The expectation's slug."""
        return self.expectation.slug


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The steps that can be taken, and the reasons why others cannot, by slug."""

    steps: tuple[Step, ...]
    not_run: dict[str, str]

    @property
    def context(self) -> tuple[str, ...]:
        """The dotted columns that the steps read."""
        wanted = {c for step in self.steps for c in columns_of(step.expectation)}
        return tuple(sorted(wanted & _CONTEXT))


def plan_suites(suites: Sequence[Suite], sources: Sources) -> Plan:
    """Return the plan for suites over what the sources hold."""
    steps: list[Step] = []
    not_run: dict[str, str] = {}
    for suite in suites:
        for expectation in suite.expectations:
            if reason := _hindrance(expectation, sources):
                not_run[expectation.slug] = reason
            else:
                steps.extend(_steps(expectation, sources))
    return Plan(steps=tuple(steps), not_run=not_run)


def _hindrance(expectation: Expectation, sources: Sources) -> str:
    """Return why an expectation cannot be run, or nothing."""
    condition = expectation.row_condition
    if isinstance(condition, str):
        return f"the row condition {condition!r} is meant for another engine"
    wanted = set(columns_of(expectation))
    if not sources.has_context and not _CONTEXT.isdisjoint(wanted):
        wanted = (wanted - _CONTEXT) | set(CONTEXT_KEY)
    if absent := ", ".join(sorted(wanted.difference(sources.columns))):
        return f"the observations have no column {absent}"
    given = _GIVEN & set(expectation.type.relations)
    if lacking := ", ".join(sorted(given - sources.given)):
        return f"no {lacking} were handed over with the observations"
    return ""


def columns_of(expectation: Expectation) -> tuple[str, ...]:
    """Return the columns that an expectation reads, dotted ones too."""
    columns = expectation.type.columns(expectation.kwargs)
    condition = expectation.row_condition
    if condition is None or isinstance(condition, str):
        return columns
    return (*columns, *sorted(fields_of(condition)))


def _steps(expectation: Expectation, sources: Sources) -> Iterator[Step]:
    condition = expectation.row_condition
    if isinstance(condition, str):
        raise TypeError(f"{expectation.slug} cannot be run here: {condition!r}")
    relation = holding(columns_of(expectation))
    named = expectation.type.named_columns(expectation.kwargs)
    asked = fields_of(condition) if condition else frozenset()
    subject_rows = holding(asked.union(named))
    where = condition_sql(condition) if condition else ""
    # A rule may call what it makes like a column that only others ask for.
    strange = sorted(sources.own.difference(columns_of(expectation)))
    given = Rows(
        sql=_narrowed(relation, where, strange),
        plain=_narrowed(subject_rows, where, strange),
        columns=sources.columns,
        where=where or "true",
        placed_by=sources.placed_by,
    )
    rules = expectation.type.rule(expectation.kwargs, given)
    for rule in rules if isinstance(rules, tuple) else (rules,):
        narrowed = rule
        if where and not (isinstance(rule, QueryRule) and rule.counted):
            subject = "" if rule.subject == "true" else f" and ({rule.subject})"
            narrowed = replace(rule, subject=where + subject)
        yield Step(
            expectation=expectation,
            rule=narrowed,
            subject_rows=_counted_in(rule) or subject_rows,
            rows=relation,
            within="true" if _counted_in(rule) else given.where,
            relations=frozenset(
                {*expectation.type.relations, relation, subject_rows} - {"obs"}
            ),
        )


def _narrowed(relation: str, where: str, but: Sequence[str]) -> str:
    """Return a relation without columns, and of its rows those that are meant."""
    if not where and not but:
        return relation
    columns = f"* exclude ({identifiers(but)})" if but else "*"
    return f"(select {columns} from {relation} where {where or 'true'})"


def _counted_in(rule: Rule) -> str | None:
    return rule.counted_in if isinstance(rule, QueryRule) else None
