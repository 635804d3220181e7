"""Data contracts held to data, and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.errors import DocumentError, Problem, SourceError
from tallymark.model.contract import ContractChanges, ExpectationRule, View
from tallymark.model.submission import Submissions

if TYPE_CHECKING:  # the stages load on use
    from tallymark.check import Expectation, RowTable
    from tallymark.model.contract import ContractPlan
    from tallymark.model.finding import Finding, Findings, Outcome

_COMMON = ("mostly", "row_condition", "condition_parser")


def check_contract(
    path: Path,
    source: Submissions | str | Sequence[str],
    *,
    table: str | None = None,
    key: Sequence[str] = (),
    keep: int | None = 1000,
) -> Findings:
    """Hold what was read, or Parquet by path, to a contract.

    `table` names one of the contract's tables, if it has several. A rule that is not
    run has an outcome that says why.

    Raises:
        DocumentError: the contract is faulty.
        UsageError: it has no such table, or several.
        SourceError: the Parquet cannot be read.
        PersonalDataError: the table looks like a list of persons.
    """
    from tallymark.contract import columns_of, plain_of, plan_of, read_contract
    from tallymark.engine import EngineError
    from tallymark.pipeline.checking import versions_of

    contract = read_contract(path, with_rules=False)
    rows = versions_of(source) if isinstance(source, Submissions) else source
    try:
        columns = columns_of(rows)
    except EngineError as error:
        raise SourceError(str(error), where=str(source)) from error
    plan = plan_of(contract, columns, _arguments_of, table)
    made_from = hashlib.sha256(path.read_bytes()).hexdigest()
    is_path = not isinstance(source, Submissions)
    checked = plain_of(rows, columns) if is_path else source
    return _run(plan, source, (checked, rows), (key, keep, made_from))


def _arguments_of(name: str) -> Collection[str] | None:
    """Return the arguments that a type takes, here or in Great Expectations."""
    from tallymark.check.expectations import TYPES

    if (type_ := TYPES.get(name)) is not None:
        return (*type_.kwargs, *_COMMON)
    from tallymark.check import gx_rules

    return gx_rules.arguments_of(name)


def _run(
    plan: ContractPlan,
    source: Submissions | str | Sequence[str],
    tables: tuple[Any, Any],
    settings: tuple[Sequence[str], int | None, str],
) -> Findings:
    from tallymark.check.expectations import TYPES
    from tallymark.check.report import in_order
    from tallymark.contract import measure
    from tallymark.contract.measuring import outcome_of
    from tallymark.model.finding import Status, SuiteUsed

    (checked, rows), (key, keep, sha256) = tables, settings
    file = "" if isinstance(source, Submissions) else _shown(source)
    ours: list[Expectation] = []
    told: list[tuple[Outcome, Finding | None]] = []
    for rule in plan.expectations:
        if rule.type not in TYPES:
            continue
        try:
            ours.append(_expectation(rule))
        except DocumentError as error:
            said = "; ".join(f"{p.path} {p.what}" for p in error.problems)
            told.append((outcome_of(rule, Status.NOT_RUN, reason=said), None))
    found = _checked(plan, ours, checked, (key, keep))
    # Only now: the check has looked whether it is a list of persons.
    others = [rule for rule in plan.expectations if rule.type not in TYPES]
    told += [_in_gx(rule, rows, file) for rule in others]
    told += measure(rows, plan.numbers, plan.names, file)
    told += [
        (outcome_of(rule, Status.NOT_RUN, reason=rule.reason), None)
        for rule in plan.silent
    ]
    items = [*found.items, *(finding for _, finding in told if finding is not None)]
    used = SuiteUsed(name=plan.name, version=plan.version, sha256=sha256)
    outcomes = (*found.outcomes, *(outcome for outcome, _ in told))
    return replace(
        found,
        suites=(used,),
        outcomes=tuple(replace(o, suite=plan.name) for o in outcomes),
        items=tuple(sorted(items, key=in_order)),
    )


def _checked(
    plan: ContractPlan,
    expectations: Sequence[Expectation],
    source: Submissions | str | Sequence[str],
    settings: tuple[Sequence[str], int | None],
) -> Findings:
    from tallymark.check import RowTable, Suite
    from tallymark.check import check as run_suites
    from tallymark.documents import load_reference
    from tallymark.model.series import Source
    from tallymark.pipeline.checking import screen_for, versions_of

    key, keep = settings
    relations: dict[str, Any]
    if isinstance(source, Submissions):
        reference = load_reference(
            own_series=source.series, own_countries=source.countries
        )
        names = ("losses", "regions", "headings")
        relations = {name: getattr(source, name) for name in names}
        relations["observations"] = versions_of(source)
    else:
        reference = load_reference()
        screen = screen_for(source, is_suite_named=True)
        table: RowTable = RowTable(source=source, key=tuple(key), screen=screen)
        relations = {"observations": table}
    suite = Suite(
        name=plan.name,
        version=1,
        title="",
        source=Source(title=plan.name),
        sha256="",
        rows="observations" if isinstance(source, Submissions) else "table",
        expectations=tuple(expectations),
    )
    return run_suites(relations, [suite], reference=reference, keep=keep)


def _expectation(rule: ExpectationRule) -> Expectation:
    """Return a rule as an expectation.

    Raises:
        DocumentError: its arguments do not fit its type.
    """
    from tallymark.check import Expectation
    from tallymark.check.arguments import kwarg_problems
    from tallymark.check.conditions import parse_row_condition
    from tallymark.check.expectation import Meaning
    from tallymark.check.expectations import TYPES
    from tallymark.contract.measuring import ACTION
    from tallymark.model.series import Source

    type_, problems = TYPES[rule.type], list[Problem]()
    kwargs = {k: v for k, v in rule.kwargs.items() if k not in _COMMON}
    kwargs = {k: v for k, v in kwargs.items() if k in type_.kwargs or k != "column"}
    problems += kwarg_problems(type_, kwargs, "kwargs", {})
    node, condition = rule.kwargs.get("row_condition"), None
    if node is not None:
        condition = parse_row_condition(node, "kwargs.row_condition", problems)
    mostly = rule.kwargs.get("mostly", 1.0)
    if not isinstance(mostly, int | float) or not 0 <= mostly <= 1:
        problems.append(Problem(f"cannot be {mostly!r:.40}", "kwargs.mostly"))
    if problems:
        raise DocumentError(rule.slug, problems)
    meaning = Meaning(
        slug=rule.slug,
        version=1,
        promise=rule.promise,
        why=rule.why or "The contract promises it to those who use the data.",
        action=ACTION,
        ask={},
        example="",
        dimension="DATA_VAL_SOURCE",
        source=Source(title=""),
    )
    return Expectation(
        type=type_,
        kwargs=kwargs,
        severity=rule.severity,
        meaning=meaning,
        mostly=mostly,
        row_condition=condition,
    )


def _in_gx(
    rule: ExpectationRule, rows: Any, file: str
) -> tuple[Outcome, Finding | None]:
    """Run a type that only Great Expectations knows, by it."""
    from tallymark.check import gx_rules
    from tallymark.contract.measuring import finding_of, outcome_of
    from tallymark.engine.duckdb import connect
    from tallymark.model.finding import Status

    connection = connect({"rows_of_contract": rows})
    try:
        frame = connection.sql("select * from rows_of_contract").to_df()
        answer = gx_rules.run(frame, rule.type, rule.kwargs)
    except (TypeError, ValueError) as error:  # pydantic's is a ValueError
        said = f"its arguments do not fit: {str(error).partition(chr(10))[0]}"
        return outcome_of(rule, Status.NOT_RUN, reason=said), None
    finally:
        connection.close()
    if answer.crash:
        return outcome_of(rule, Status.CRASHED, reason=answer.crash), None
    status = Status.PASSED if answer.has_passed else Status.FAILED
    n_failed = 0 if answer.has_passed else answer.n_failed
    outcome = outcome_of(rule, status, n_checked=answer.n_checked, n_failed=n_failed)
    if answer.has_passed:
        return outcome, None
    outcome = replace(outcome, n_listed=n_failed)  # one finding tells of all rows
    found = f"{n_failed:,} of {answer.n_checked:,} rows are not as expected"
    cells = [f"row {n}" for n in answer.rows]
    if answer.observed and not cells:
        found = f"found {answer.observed}"
    return outcome, finding_of(rule, found, rule.promise, file, cells)


def _shown(source: str | Sequence[str]) -> str:
    return source if isinstance(source, str) else " ".join(source)


def diff_contracts(old: Path, new: Path, view: View | None = None) -> ContractChanges:
    """Return what differs between two contracts; of one view only, if named.

    Raises:
        DocumentError: one of them is faulty.
    """
    from tallymark.contract import changes_between, read_contract

    changes = changes_between(read_contract(old), read_contract(new))
    return changes if view is None else replace(changes, views=(view,))


def contract_changes_as(changes: ContractChanges, name: str) -> str:
    """Return what differs between two contracts as `text` or `json`."""
    from tallymark.present import render

    return render("contract changes", name, changes)[""].decode()
