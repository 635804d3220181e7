"""Rules that hold a number to a bound, run on the table; findings come out.

A contract's own statement runs on a copy of the table, in a database that can reach
nothing else and whose settings are locked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from threading import Timer
from typing import Any, NamedTuple

import duckdb

from tallymark.contract.nested import is_nested
from tallymark.contract.planning import TABLE
from tallymark.contract.statement import refusal
from tallymark.engine.duckdb import DuckDB, register
from tallymark.engine.sql import identifier
from tallymark.model.contract import NumberRule, Rule
from tallymark.model.finding import Finding, Location, Outcome, Status
from tallymark.model.observation import KEY

Told = tuple[Outcome, Finding | None]


class Unmeasured(NamedTuple):
    """Why a rule has no number."""

    status: Status
    reason: str


Number = int | float | Decimal | None | Unmeasured
ACTION = "Correct the data, or agree on a new version of the contract."
_NO_NUMBER = "its query does not give one number"
_SECONDS = 60.0
"""After which a contract's own statement is stopped."""
_LOCKS = (
    "set python_enable_replacements = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set memory_limit = '2GB'",
    "set temp_directory = ''",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_SIGNS: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "mustBe": ("{}", lambda n, b: n == b),
    "mustNotBe": ("not {}", lambda n, b: n != b),
    "mustBeGreaterThan": ("more than {}", lambda n, b: n > b),
    "mustBeGreaterOrEqualTo": ("{} or more", lambda n, b: n >= b),
    "mustBeLessThan": ("less than {}", lambda n, b: n < b),
    "mustBeLessOrEqualTo": ("{} or less", lambda n, b: n <= b),
    "mustBeBetween": ("from {0[0]} to {0[1]}", lambda n, b: b[0] <= n <= b[1]),
    "mustNotBeBetween": (
        "not from {0[0]} to {0[1]}", lambda n, b: not b[0] <= n <= b[1]
    ),
}  # fmt: skip


def measure(
    source: Any, rules: Sequence[NumberRule], names: Sequence[str] = (), file: str = ""
) -> list[Told]:
    """Return how each rule ended on a table, in their order.

    `source` is what `engine.duckdb.register` takes; `names` are further ones that a
    contract's own statement may call it; `file` says where it stands.
    """
    connection = duckdb.connect()
    try:
        register(connection, TABLE, source)
        numbers = _ours(connection, [rule for rule in rules if not rule.is_given])
        given = [rule for rule in rules if rule.is_given]
        if given:
            copied = connection.sql(f"select * from {TABLE}").to_arrow_table()
            with closing(_locked(copied, names)) as locked:
                own = [name.lower() for name in (TABLE, *names)]
                numbers |= {
                    rule.slug: _number_given(rule, own, connection, locked)
                    for rule in given
                }
        return [_told(rule, numbers[rule.slug], file) for rule in rules]
    finally:
        connection.close()


def _ours(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[NumberRule]
) -> dict[str, Number]:
    """Return the numbers of rules that are no contract's own statement, in one look."""
    if not rules:
        return {}
    together = ", ".join(f"({rule.sql})" for rule in rules)
    try:
        ((*row,),) = connection.execute(f"select {together}").fetchall()
    except duckdb.Error:  # one of them: each by itself, so that it fells no other
        return {rule.slug: _number(connection, rule.sql) for rule in rules}
    return {rule.slug: n for rule, n in zip(rules, row, strict=True)}


def _locked(table: Any, names: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """Return a database of its own with a copy of the table, that can reach no other."""
    connection = duckdb.connect()
    connection.register("given_once", table)
    connection.execute(f"create table {TABLE} as select * from given_once")
    connection.unregister("given_once")
    for name in names:
        connection.execute(f"create view {identifier(name)} as from {TABLE}")
    for lock in _LOCKS:
        connection.execute(lock)
    return connection


def columns_of(source: Any) -> dict[str, str]:
    """Return the columns of a table, with DuckDB's names of their types.

    Raises:
        EngineError: it cannot be read.
    """
    connection = duckdb.connect()
    try:
        DuckDB(connection).register(TABLE, source)
        relation = connection.table(TABLE)
        return dict(zip(relation.columns, map(str, relation.types), strict=True))
    finally:
        connection.close()


def plain_of(source: Any, columns: Mapping[str, str]) -> Any:
    """Return a table without its columns of lists or records; itself if it has none."""
    nested = [name for name, type_ in columns.items() if is_nested(type_)]
    if not nested:
        return source
    connection = duckdb.connect()
    try:
        register(connection, TABLE, source)
        left_out = ", ".join(map(identifier, nested))
        sql = f"select * exclude ({left_out}) from {TABLE}"
        return connection.sql(sql).to_arrow_table()
    finally:
        connection.close()


def _number_given(
    rule: NumberRule,
    names: Sequence[str],
    connection: duckdb.DuckDBPyConnection,
    locked: duckdb.DuckDBPyConnection,
) -> Number:
    if said := refusal(connection, rule.sql, names):
        return Unmeasured(Status.NOT_RUN, said)
    timer = Timer(_SECONDS, locked.interrupt)
    timer.start()
    try:
        return _number(locked, rule.sql)
    finally:
        timer.cancel()


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> Number:
    try:
        rows = connection.execute(sql).fetchmany(2)
    except duckdb.Error as error:
        return Unmeasured(Status.CRASHED, _reason(error))
    if len(rows) > 1:
        return Unmeasured(Status.CRASHED, "its query gives several rows")
    if rows and len(rows[0]) != 1:
        return Unmeasured(Status.CRASHED, _NO_NUMBER)
    return rows[0][0] if rows else None


def _told(rule: NumberRule, number: Number, file: str) -> Told:
    is_number = isinstance(number, int | float | Decimal | None) and number == number
    if not is_number and not isinstance(number, Unmeasured):
        number = Unmeasured(Status.CRASHED, _NO_NUMBER)
    if number is None:
        number = Unmeasured(Status.NOT_APPLICABLE, "nothing to look at")
    if isinstance(number, Unmeasured):
        return outcome_of(rule, number.status, reason=number.reason), None
    return _held(rule, number, file)


def _reason(error: duckdb.Error) -> str:
    """Return what DuckDB says of names in a query; other errors may quote values."""
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException):
        return str(error).strip().partition("\n")[0]
    return f"its query failed: {type(error).__name__}"


def _held(rule: NumberRule, number: Any, file: str) -> Told:
    words, test = _SIGNS[rule.operator]
    if test(number, rule.bound):
        return outcome_of(rule, Status.PASSED, n_checked=1), None
    unit = {"percent": " percent", "rows": " rows"}.get(rule.unit, "")
    shown = f"{number:,.4g}" if isinstance(number, float) else f"{number:,}"
    finding = finding_of(
        rule,
        f"{shown}{unit}",
        f"{words.format(rule.bound)}{unit}: {rule.promise}",
        file,
    )
    return outcome_of(rule, Status.FAILED, n_checked=1, n_failed=1), finding


def outcome_of(
    rule: Rule,
    status: Status,
    *,
    n_checked: int = 0,
    n_failed: int = 0,
    reason: str = "",
) -> Outcome:
    """Return how a rule ended; a rule that failed has one finding."""
    return Outcome(
        expectation=rule.slug,
        type=getattr(rule, "type", "contract"),
        severity=rule.severity,
        status=status,
        n_rows=n_checked,
        n_checked=n_checked,
        n_failed=n_failed,
        n_listed=min(n_failed, 1),
        reason=reason,
        promise=rule.promise,
    )


def finding_of(
    rule: Rule, found: str, expected: str, file: str, cells: Sequence[str] = ()
) -> Finding:
    """Return what one rule found in a table as a whole."""
    region = f"column {rule.column}" if rule.column else "the table"
    return Finding(
        expectation=rule.slug,
        severity=rule.severity,
        dimension="DATA_VAL_SOURCE",
        location=Location(file=file, cells=tuple(cells), region=region),
        found=found,
        expected=expected,
        why=rule.why or "The contract promises it to those who use the data.",
        action=ACTION,
        ask="",
        key={**dict.fromkeys(KEY), "source_ref": identifier(rule.column)},
    )
