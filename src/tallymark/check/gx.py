"""The suites under Great Expectations itself: its classes for Tallymark's own types.

Never imported by the command line: Great Expectations takes seconds to import.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import new_class
from typing import Any

import great_expectations as gx
import pyarrow as pa
from great_expectations.expectations import registry
from great_expectations.expectations.expectation import (
    BatchExpectation,
    _format_map_output,
)
from great_expectations.expectations.expectation_configuration import (
    parse_result_format,
)
from great_expectations.expectations.row_conditions import RowConditionType

from tallymark.check import check
from tallymark.check.arguments import kwarg_problems
from tallymark.check.conditions import parse_row_condition
from tallymark.check.expectation import Expectation, Meaning, Suite
from tallymark.check.expectations import TYPES
from tallymark.check.rule import ExpectationType
from tallymark.check.suite_reading import included_paths, read_suite
from tallymark.check.suite_versions import parted
from tallymark.documents import load_reference, read_document
from tallymark.errors import DocumentError, Problem
from tallymark.model.codes import Severity
from tallymark.model.columns import arrow_table
from tallymark.model.context import Reference
from tallymark.model.finding import Findings, Status
from tallymark.model.series import Source
from tallymark.model.submission import (
    HEADING_SCHEMA,
    LOSS_SCHEMA,
    REGION_SCHEMA,
    Submissions,
)

_GIVEN = {"losses": LOSS_SCHEMA, "headings": HEADING_SCHEMA, "regions": REGION_SCHEMA}
"""What expectations ask for besides the observations: rows among their arguments."""

_SHOWN = 20
"""How many findings a result tells; their number is complete."""


def load_suite(
    path: str | Path, *, submissions: Submissions | None = None
) -> gx.ExpectationSuite:
    """Return a suite file as Great Expectations' own suite, with nothing left out.

    `@1` after the path pins a version. Previews, which Great Expectations would count,
    stay out. Of a suite that includes others their expectations come first.
    `submissions` are
    those whose observations are validated. Without them, expectations that ask what
    was lost in reading, or what stood in headings, raise: nobody has looked.

    Raises:
        DocumentError: the suite is faulty, or Great Expectations left a type out.
    """
    register_types()
    name, version = parted(str(path))
    path = Path(name)
    suite = read_suite(path, version)
    content = read_document(path)
    others = [read_document(other) for other, _ in included_paths(content, path)]
    counting = {e.slug for e in suite.expectations if not e.meaning.preview}
    entries = [
        entry
        for part in [*others, content]
        for entry in part["expectations"]
        if entry["meta"]["slug"] in counting
    ]
    given = _rows_of(submissions) if submissions is not None else {}
    for entry in entries:
        wanted = given.keys() & set(TYPES[entry["type"]].relations)
        entry["kwargs"] |= {name: given[name] for name in wanted}
    made = gx.ExpectationSuite(**{**content, "expectations": entries})
    declared, loaded = len(counting), len(made.expectations)
    if loaded != declared:
        said = f"{declared} expectations declared, Great Expectations loaded {loaded}"
        raise DocumentError(path.name, [Problem(said, "$.meta.n_expectations")])
    return made


def _rows_of(submissions: Submissions) -> dict[str, list[dict[str, Any]]]:
    return {name: getattr(submissions, name).to_pylist() for name in _GIVEN}


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
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        del metrics
        frame = execution_engine.get_domain_records({})
        findings = _found(type_, self, {n: getattr(self, n) for n in fields}, frame)
        wanted = parse_result_format(self._get_result_format(runtime_configuration))
        flags = findings.flags.select(["obs_id"])
        is_spark = type(frame).__module__.startswith("pyspark.")
        flagged = _flagged_in_spark if is_spark else _flagged_in_pandas
        return _result(findings, wanted, *flagged(frame, flags, wanted))

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


def _found(
    type_: ExpectationType, expectation: Any, given: dict[str, Any], frame: Any
) -> Findings:
    """Return what is found in a frame.

    Raises:
        ValueError: it was not run, or crashed.
    """
    one = _read(type_, expectation, given)
    relations = {"observations": frame}
    for name, schema in _GIVEN.items():
        if (rows := given.get(name)) is not None:
            columns = {n: [row.get(n) for row in rows] for n in schema.names}
            relations[name] = arrow_table(columns, schema)
    findings = check(relations, [_suite_of(one)], reference=_reference())
    (outcome,) = findings.outcomes
    if outcome.status in (Status.NOT_RUN, Status.CRASHED):
        said = outcome.status.value.replace("_", " ")
        raise ValueError(f"{one.slug}: {said}: {outcome.reason}")
    return findings


def _flagged_in_pandas(
    frame: Any, flags: pa.Table, wanted: dict[str, Any]
) -> tuple[list[Any], Any]:
    """Return the rows that findings are about: by what names them, and as a frame."""
    names = wanted.get("unexpected_index_column_names")
    flagged = set(flags["obs_id"].to_pylist())
    rows = frame[frame["obs_id"].isin(flagged)] if "obs_id" in frame else frame[:0]
    return rows[names].to_dict("records") if names else [*rows.index], rows


def _flagged_in_spark(
    frame: Any, flags: pa.Table, wanted: dict[str, Any]
) -> tuple[list[Any] | None, list[Any]]:
    """Return the same of a Spark DataFrame, where rows have no index of their own.

    They are found by Spark. No more are fetched than the format shows, in the order of
    `obs_id`.
    """
    names = wanted.get("unexpected_index_column_names")
    most = wanted["partial_unexpected_count"]
    if not flags.num_rows or "obs_id" not in frame.columns:
        return [] if names else None, []
    flagged = frame.sparkSession.createDataFrame(flags)
    rows = frame.join(flagged, "obs_id", "left_semi").orderBy("obs_id")
    index, shown = None, []
    if wanted["include_unexpected_rows"]:
        shown = rows.limit(most).collect()
    if names and wanted["result_format"] in ("SUMMARY", "COMPLETE"):
        told = rows if wanted["result_format"] == "COMPLETE" else rows.limit(most)
        index = [row.asDict() for row in told.select(names).collect()]
    return index, shown


def _result(
    findings: Findings, wanted: dict[str, Any], index: list[Any] | None, rows: Any
) -> dict[str, Any]:
    """Return a result in the format asked for, as Great Expectations lays it out.

    What is unexpected is a sentence with its place; its rows are the observations that
    it is about, which may be more or fewer.
    """
    (outcome,) = findings.outcomes
    told = [f"{f.location}: {f.found}".removeprefix(": ") for f in findings.items]
    n_elements = max(outcome.n_rows, outcome.n_checked)
    result: dict[str, Any] = _format_map_output(
        result_format=wanted,
        success=outcome.status is not Status.FAILED,
        element_count=n_elements,
        nonnull_count=outcome.n_checked,
        unexpected_count=outcome.n_failed,
        unexpected_list=told,
        unexpected_index_list=index,
        unexpected_index_column_names=wanted.get("unexpected_index_column_names"),
        unexpected_rows=rows,
    )
    shown = findings.items[:_SHOWN]
    details = [{"where": str(f.location), "found": f.found} for f in shown]
    result.setdefault("result", {})["details"] = {"findings": details}
    return result


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
    said: dict[str, Any] = {
        "slug": type_.name.replace("_", "-"),
        "promise": type_.promise,
    }
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
    return load_reference()
