"""What is wrong with a caveat by itself: its shape, its conditions, its examples.

Hides which codes a field can hold, and how a condition is found that never holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_type_hints

import pyarrow as pa

from tallymark.errors import Problem
from tallymark.model.caveat import Caveat, Operation, Phase
from tallymark.model.claim import About
from tallymark.model.codes import (
    Calendar,
    CountingUnit,
    MissingReason,
    OffenceRelation,
    Scope,
    Stage,
    Statistic,
    Use,
)
from tallymark.model.condition import (
    Atom,
    Compare,
    Condition,
    HasFinding,
    IsNull,
    Pair,
    cases,
    fields_of,
    holds,
    walk,
)
from tallymark.model.context import (
    CONTEXT_SCHEMA,
    OBSERVATION_FIELDS,
    PAIR_FACTS,
    PAIR_FIELDS,
    RESULT_FIELDS,
    USE_FACTS,
    USE_FIELDS,
)
from tallymark.model.country import CAPACITY
from tallymark.model.figure import figure_schema
from tallymark.model.observation import SCHEMA
from tallymark.model.series import (
    Answer,
    Collection,
    CountingRule,
    Coverage,
    SourceType,
)

FIELDS: Mapping[Phase, frozenset[str]] = {
    "observation": OBSERVATION_FIELDS,
    "result": RESULT_FIELDS,
    "pair": PAIR_FIELDS,
    "use": USE_FIELDS,
}
"""Which fields a condition may name, by its phase."""

_CONFIDENTIAL = tuple("ACDEFGMNOST")
"""SDMX CL_CONF_STATUS 1.2."""
_LEVELS = ("country", "subnational", "region", "world")


def shape_problems(
    caveat: Caveat, stem: str, languages: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is missing in a document, or does not go together."""
    if caveat.slug != stem:
        yield Problem(f"slug {caveat.slug!r} is not the name of its file", "$.slug")
    for language in languages:
        if not caveat.text.get(language, "").strip():
            yield Problem("the sentence is missing", f"$.text.{language}")
    if not caveat.sources:
        yield Problem("at least one source is needed", "$.sources")
    yield from _example_shape(caveat)
    yield from _phase_shape(caveat)
    for phase, condition, path in _conditions(caveat):
        yield from _unknown_fields(phase, condition, path)
    if not caveat.limits or Use.SHOW in caveat.limits:
        yield Problem("name the uses it limits; showing is never limited", "$.limits")


def _phase_shape(caveat: Caveat) -> Iterator[Problem]:
    if (caveat.phase == "operation") != (caveat.applies_when is None):
        yield Problem(
            "a condition is needed, except in phase operation", "$.applies_when"
        )
    if (caveat.kind == "derived") != (caveat.phase == "result"):
        yield Problem("derived goes with phase result, and only with it", "$.kind")
    for phase in caveat.also_when:
        if phase == caveat.phase or phase in ("operation", "result"):
            yield Problem("no further condition goes here", f"$.also_when.{phase}")


def _example_shape(caveat: Caveat) -> Iterator[Problem]:
    for phase in (caveat.phase, *caveat.also_when):
        told = [e for e in caveat.examples if (e.phase or caveat.phase) == phase]
        if {e.holds for e in told} != {True, False}:
            yield Problem(
                f"one example that holds and one that does not, for phase {phase}",
                "$.examples",
            )
        if any(replace(e, holds=not e.holds) in told for e in told):
            yield Problem("one example cannot hold and not hold", "$.examples")


def _conditions(caveat: Caveat) -> Iterator[tuple[Phase, Condition, str]]:
    if caveat.applies_when is not None:
        yield caveat.phase, caveat.applies_when, "$.applies_when"
    for phase, condition in caveat.also_when.items():
        yield phase, condition, f"$.also_when.{phase}"


def _unknown_fields(phase: Phase, condition: Condition, path: str) -> Iterator[Problem]:
    nodes = list(walk(condition))
    sides = {node.field for node in nodes if isinstance(node, Pair)}
    named = (fields_of(condition) - sides) | {f"a.{name}" for name in sides}
    for name in sorted(named - FIELDS.get(phase, frozenset())):
        yield Problem(f"field {name!r} is not known in phase {phase}", path)
    if phase != "observation" and any(isinstance(n, HasFinding) for n in nodes):
        yield Problem("only an observation has findings to ask for", path)
    if phase != "pair" and sides:
        yield Problem("`same` and `differs` need phase pair", path)


def condition_problems(caveat: Caveat) -> Iterator[Problem]:
    """Yield codes that no field holds, and conditions that hold of nothing."""
    for _, condition, path in _conditions(caveat):
        wrong = list(_wrong_values(condition, path))
        yield from wrong
        if not wrong and not any(_is_possible(case) for case in cases(condition)):
            yield Problem("the condition contradicts itself and never holds", path)


def _wrong_values(condition: Condition, path: str) -> Iterator[Problem]:
    codes, types = _codes(), _types()
    for node in walk(condition):
        if not isinstance(node, Compare):
            continue
        name = _bare(node.field)
        values = node.value if isinstance(node.value, tuple) else (node.value,)
        for value in values:
            if name in codes and value not in codes[name]:
                yield Problem(f"{node.field!r} is never {value!r}", path)
            elif name in types and not _fits(value, types[name]):
                yield Problem(
                    f"{node.field!r} holds {types[name]}, not {value!r}", path
                )


def _fits(value: object, type_: pa.DataType) -> bool:
    if pa.types.is_boolean(type_):
        return isinstance(value, bool)
    if pa.types.is_string(type_):
        return isinstance(value, str)
    if pa.types.is_date(type_):
        return isinstance(value, date)
    return isinstance(value, int | float) and not isinstance(value, bool)


def example_problems(caveat: Caveat) -> Iterator[Problem]:
    """Yield the examples of which the condition says other than they do."""
    for n, example in enumerate(caveat.examples):
        phase = example.phase or caveat.phase
        condition = caveat.condition(phase)
        if condition is None:  # an operation raises it; its rules decide
            continue
        path = f"$.examples[{n}]"
        if len(example.rows) != 1:
            yield Problem("one row is needed", path)
            continue
        (row,) = example.rows
        unknown = sorted(set(row) - FIELDS[phase])
        if unknown:
            yield Problem(f"field {unknown[0]!r} is not known in phase {phase}", path)
        elif holds(condition, row) != example.holds:
            said = "holds" if example.holds else "does not hold"
            yield Problem(f"the condition contradicts that it {said}", path)


def _is_possible(case: Sequence[Atom]) -> bool:
    """Say whether tests can hold together, as far as one field at a time tells."""
    by_field: dict[str, list[Atom]] = {}
    for test, is_true in case:
        if (test, not is_true) in case:
            return False
        if isinstance(test, Compare | IsNull):
            by_field.setdefault(test.field, []).append((test, is_true))
        elif is_true and isinstance(test, Pair) and (_opposite(test), True) in case:
            return False
    return all(_has_value(tests) for tests in by_field.values())


def _opposite(test: Pair) -> Pair:
    return Pair(test.field, same=not test.same)


def _has_value(tests: Sequence[Atom]) -> bool:
    """Say whether some value, or null, passes all tests of one field."""
    field = next(test.field for test, _ in tests if isinstance(test, Compare | IsNull))
    return any(
        all(holds(test, {field: value}) == is_true for test, is_true in tests)
        for value in (None, *_values_to_try(field, tests))
    )


def _values_to_try(field: str, tests: Sequence[Atom]) -> Iterator[Any]:
    """Yield the values that tests name, and some beside and between them."""
    named: list[Any] = []
    for test, _ in tests:
        if isinstance(test, Compare):
            named += test.value if isinstance(test.value, tuple) else [test.value]
    codes = _codes().get(_bare(field))
    yield from named
    if codes is not None:
        yield from sorted(codes)
    elif not named:
        yield "anything"
    elif all(isinstance(value, str) for value in named):
        yield "".join(named) + "another"
    elif all(isinstance(value, bool) for value in named):
        yield from (True, False)
    elif all(isinstance(value, date) for value in named):
        yield from (day + timedelta(n) for day in named for n in (-1, 1))
    else:
        numbers = sorted(named)
        yield from (numbers[0] - 1, numbers[-1] + 1)
        yield from ((a + b) / 2 for a, b in pairwise(numbers))


def _bare(field: str) -> str:
    return field.removeprefix("a.").removeprefix("b.")


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """Return the codes that a field can hold, where they are listed."""
    told: dict[str, Iterable[str]] = {
        "stage": Stage,
        "counting_unit": CountingUnit,
        "scope": Scope,
        "statistic": Statistic,
        "missing_reason": MissingReason,
        "calendar": Calendar,
        "offence_relation": OffenceRelation,
        "area_level": _LEVELS,
        "conf_status": _CONFIDENTIAL,
        "series.source_type": get_args(SourceType),
        "series.scope": (*Scope, "varies", "unknown"),
        "series.presented_scope": (*Scope, "unknown"),
        "series.presented_unit": (*CountingUnit, "unknown"),
        "series.online_marker": get_args(Answer),
        "series.calendar": (*Calendar, "unknown"),
        "country.foreign_leads_over_half": get_args(Answer),
        "pair.operation": get_args(Operation),
        "use.kind": Use,
        "use.about": About,
        "use.unit": CountingUnit,
        "use.scope": Scope,
        "use.verb": ("helped",),
    }
    told |= {f"country.capacity.{question}": get_args(Answer) for question in CAPACITY}
    for record in (CountingRule, Coverage, Collection):
        hints = get_type_hints(record).items()
        told |= {f"series.{n}": get_args(t) for n, t in hints if get_args(t)}
    return {field: frozenset(map(str, codes)) for field, codes in told.items()}


@cache
def _types() -> Mapping[str, pa.DataType]:
    schemas = (SCHEMA, CONTEXT_SCHEMA, figure_schema(1), PAIR_FACTS, USE_FACTS)
    return {field.name: field.type for schema in schemas for field in schema}
