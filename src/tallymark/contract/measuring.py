"""Rules that hold a number to a bound, run on the table; findings come out.

A contract's own statement runs on a copy of the table, in a database that can reach
nothing else and whose settings are locked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from threading import Timer
from typing import Any

import duckdb

from tallymark.contract.nested import is_nested
from tallymark.contract.planning import TABLE
from tallymark.contract.statement import refusal
from tallymark.engine.duckdb import register
from tallymark.engine.sql import identifier
from tallymark.model.contract import NumberRule, Rule
from tallymark.model.finding import Finding, Location, Outcome, Status
from tallymark.model.observation import KEY

Told = tuple[Outcome, Finding | None]
ACTION = "Correct the data, or agree on a new version of the contract."
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
    locked = duckdb.connect()
    try:
        register(connection, TABLE, source)
        if any(rule.is_given for rule in rules):
            copied = connection.sql(f"select * from {TABLE}").to_arrow_table()
            locked.register("given_once", copied)
            locked.execute(f"create table {TABLE} as select * from given_once")
            locked.unregister("given_once")
            for name in names:
                view = f"create view {identifier(name)} as from {TABLE}"
                locked.execute(view)
            for lock in _LOCKS:
                locked.execute(lock)
        own = [name.lower() for name in (TABLE, *names)]
        return [
            _refused(rule, own, connection)
            or _told(locked if rule.is_given else connection, rule, file)
            for rule in rules
        ]
    finally:
        connection.close()
        locked.close()


def columns_of(source: Any) -> dict[str, str]:
    """Return the columns of a table, with DuckDB's names of their types."""
    connection = duckdb.connect()
    try:
        register(connection, TABLE, source)
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


def _refused(
    rule: NumberRule, names: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> Told | None:
    said = refusal(connection, rule.sql, names) if rule.is_given else ""
    return (outcome_of(rule, Status.NOT_RUN, reason=said), None) if said else None


def _told(connection: duckdb.DuckDBPyConnection, rule: NumberRule, file: str) -> Told:
    try:
        row = _one_row(connection, rule.sql)
    except duckdb.Error as error:
        return outcome_of(rule, Status.CRASHED, reason=_reason(error)), None
    number = row[0] if row is not None and len(row) == 1 else None
    is_number = isinstance(number, int | float | Decimal | None) and number == number
    if row is not None and (len(row) != 1 or not is_number):
        said = "its query does not give one number"
        return outcome_of(rule, Status.CRASHED, reason=said), None
    if number is None:
        said = "nothing to look at"
        return outcome_of(rule, Status.NOT_APPLICABLE, reason=said), None
    return _held(rule, number, file)


def _reason(error: duckdb.Error) -> str:
    """Return what DuckDB says of names in a query; other errors may quote values."""
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException):
        return str(error).strip().partition("\n")[0]
    return f"its query failed: {type(error).__name__}"


def _one_row(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...] | None:
    """Return the only row of a result, none if it has none.

    Raises:
        duckdb.Error: it cannot be run, takes too long, or has several rows.
    """
    timer = Timer(_SECONDS, connection.interrupt)
    timer.start()
    try:
        rows = connection.execute(sql).fetchmany(2)
    finally:
        timer.cancel()
    if len(rows) > 1:
        raise duckdb.InvalidInputException("its query gives several rows")
    return rows[0] if rows else None


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
