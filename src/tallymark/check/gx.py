"""The suites under Great Expectations itself: its classes for Tallymark's own types.

Never imported by the command line: Great Expectations takes seconds to import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import new_class
from typing import Any

import great_expectations as gx
from great_expectations.expectations import registry
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.row_conditions import RowConditionType

from tallymark.check import check
from tallymark.check.arguments import kwarg_problems
from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectation import Expectation, Meaning, Suite
from tallymark.check.expectations import TYPES
from tallymark.check.rule import ExpectationType
from tallymark.check.suite_reading import read_suite
from tallymark.documents import DocumentFolder
from tallymark.errors import DocumentError, Problem
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.context import Reference
from tallymark.model.country import Country
from tallymark.model.finding import Status
from tallymark.model.series import Series, Source
from tallymark.model.submission import HEADING_SCHEMA, LOSS_SCHEMA

_REFERENCE = Path(__file__).parents[1] / "reference"
_GIVEN = {"losses": LOSS_SCHEMA, "headings": HEADING_SCHEMA}
_SHOWN = 20
"""How many findings a result tells; their number is complete."""


def load_suite(
    path: str | Path,
    *,
    losses: Sequence[Mapping[str, Any]] | None = None,
    headings: Sequence[Mapping[str, Any]] | None = None,
) -> gx.ExpectationSuite:
    """Return a suite file as Great Expectations' own suite, with nothing left out.

    `losses` and `headings` are the rows of those tables of `Submissions`. Without them
    the expectations that ask for them raise when they are validated: nobody has looked.

    Raises:
        DocumentError: the suite is faulty, or Great Expectations left a type out.
    """
    register_types()
    path = Path(path)
    read_suite(path)
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry in content["expectations"]:
        for name, rows in (("losses", losses), ("headings", headings)):
            if rows is not None and name in TYPES[entry["type"]].relations:
                entry["kwargs"][name] = [dict(row) for row in rows]
    suite = gx.ExpectationSuite(**content)
    declared, loaded = content["meta"]["n_expectations"], len(suite.expectations)
    if loaded != declared:
        said = f"{declared} expectations declared, Great Expectations loaded {loaded}"
        raise DocumentError(path.name, [Problem(said, "$.meta.n_expectations")])
    return suite


@cache
def register_types() -> None:
    """Make Tallymark's own types known to Great Expectations, once."""
    known = registry.list_registered_expectation_implementations()
    for name, type_ in TYPES.items():
        if name not in known:
            _expectation_class(type_)


def _expectation_class(type_: ExpectationType) -> None:
    """Define the class of a type; Great Expectations registers it by its name."""
    arguments = [*type_.kwargs, *(n for n in _GIVEN if n in type_.relations)]
    fields: dict[str, Any] = dict.fromkeys(arguments, Any)
    defaults: dict[str, Any] = dict.fromkeys(arguments)
    if type_.takes_mostly:
        fields["mostly"], defaults["mostly"] = float, 1.0
    if type_.takes_condition:
        fields |= {"row_condition": RowConditionType, "condition_parser": Any}
        defaults |= {"row_condition": None, "condition_parser": None}

    def _validate(
        self: Any,
        metrics: object,
        runtime_configuration: object = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        del metrics, runtime_configuration
        frame = execution_engine.get_domain_records({})
        given = {name: getattr(self, name) for name in fields}
        return _result(type_, self, given, frame)

    def body(namespace: dict[str, Any]) -> None:
        namespace |= defaults
        namespace["__annotations__"] = fields
        namespace["__doc__"] = type_.promise
        namespace["__module__"] = __name__
        namespace["domain_keys"] = ("batch_id", "table")
        namespace["success_keys"] = tuple(fields)
        # A frame is looked at as a whole; one metric makes GX load it.
        namespace["metric_dependencies"] = ("table.row_count",)
        namespace["_validate"] = _validate

    name = "".join(word.capitalize() for word in type_.name.split("_"))
    new_class(name, (BatchExpectation,), {}, body)


def _result(
    type_: ExpectationType, expectation: Any, given: dict[str, Any], frame: Any
) -> dict[str, Any]:
    one = _read(type_, expectation, given)
    relations = {"observations": frame}
    for name, schema in _GIVEN.items():
        if (rows := given.get(name)) is not None:
            columns = {n: [row.get(n) for row in rows] for n in schema.names}
            relations[name] = arrow_table(columns, schema)
    findings = check(relations, [_suite_of(one)], reference=_reference())
    (outcome,) = findings.outcomes
    if outcome.status in (Status.NOT_RUN, Status.CRASHED):
        raise ValueError(f"{one.slug}: {outcome.status.value}: {outcome.reason}")
    return {
        "success": outcome.status is not Status.FAILED,
        "result": {
            "observed_value": outcome.n_failed,
            "element_count": outcome.n_checked,
            "unexpected_count": outcome.n_failed,
            "details": {
                "findings": [
                    {"where": str(finding.location), "found": finding.found}
                    for finding in findings.items[:_SHOWN]
                ]
            },
        },
    }


def _read(
    type_: ExpectationType, expectation: Any, given: dict[str, Any]
) -> Expectation:
    kwargs = {n: given[n] for n in type_.kwargs if given[n] is not None}
    problems = list(kwarg_problems(type_, kwargs, "$.kwargs"))
    condition = given.get("row_condition")
    if condition is not None:
        node = condition if isinstance(condition, str) else condition.dict()
        condition = parse_row_condition(node, "$.kwargs.row_condition", problems)
    if problems:
        raise DocumentError(type_.name, problems)
    said = {"slug": type_.name.replace("_", "-"), "promise": type_.promise}
    said |= {k: v for k, v in (expectation.meta or {}).items() if k in said}
    rest: dict[str, Any] = dict.fromkeys(("why", "action", "example", "dimension"), "")
    return Expectation(
        type=type_,
        kwargs=kwargs,
        severity=Severity(expectation.severity.value),
        mostly=given.get("mostly", 1.0),
        row_condition=condition,
        meaning=Meaning(version=1, source=Source(title=""), ask={}, **said, **rest),
    )


def _suite_of(one: Expectation) -> Suite:
    return Suite(
        name=one.slug,
        version=1,
        title="",
        source=one.meaning.source,
        sha256="",
        expectations=(one,),
    )


@cache
def _reference() -> Reference:
    """Return the series and countries that Tallymark knows."""
    return Reference(
        series=DocumentFolder(_REFERENCE / "series", Series),
        countries=DocumentFolder(_REFERENCE / "countries", Country),
    )
