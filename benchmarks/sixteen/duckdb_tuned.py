"""DuckDB, its statements tuned by hand: duckdb_tuned.py TABLE ANSWER.

One scan keeps the rows at fault, with a bit for each rule. Groupings run on a hash of
64 bits, which only preselects: what it leaves is grouped again on the real columns.
"""

from __future__ import annotations

import duckdb
from checks import (
    ABOVE,
    COLUMNS,
    GROUP,
    KEEP,
    KEY,
    PLACE,
    PRESENT,
    UNIQUE,
    Answer,
    arguments,
    groups_of,
    rows_of,
    write_answer,
)
from sql_rules import conditions

MATCHES = "regexp_full_match({column}, '{form}')"
CONVICTED = "max(value) filter (where measure = 'convicted')"
CHARGED = "{} (value) filter (where measure = 'charged')"


def main() -> None:
    table, out = arguments()
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    connection.execute(
        "create view t as select *, file_row_number nth "
        f"from read_parquet('{table}', file_row_number = true)"
    )
    held = [row[0] for row in connection.execute("describe t").fetchall()]
    answer = {PRESENT: rows_of(len(set(COLUMNS) - set(held)))}
    answer |= look_at_rows(connection)
    answer |= look_at_keys(connection)
    answer |= look_across_rows(connection)
    write_answer(answer, out)


def look_at_rows(connection: duckdb.DuckDBPyConnection) -> Answer:
    rules = conditions(MATCHES)
    bits = " | ".join(
        f"(case when {condition} then {1 << i} else 0 end)"
        for i, condition in enumerate(rules.values())
    )
    place = ", ".join(PLACE)
    connection.execute(
        f"create temp table faulty as select nth, {place}, bits "
        f"from (select nth, {place}, {bits} bits from t) where bits > 0"
    )
    counted = ", ".join(
        f"count(*) filter (where bits & {1 << i} > 0)" for i in range(len(rules))
    )
    counts = connection.execute(f"select {counted} from faulty").fetchone() or ()
    answer: Answer = {}
    for i, (name, count) in enumerate(zip(rules, counts, strict=True)):
        first = f"where bits & {1 << i} > 0 order by nth limit {KEEP}"
        keys = connection.execute(f"select {place} from faulty {first}").fetchall()
        answer[name] = rows_of(count, keys)
    return answer


def look_at_keys(connection: duckdb.DuckDBPyConnection) -> Answer:
    key = ", ".join(KEY)
    connection.execute(
        f"create temp table shared as select hash({key}) h from t "
        "group by h having count(*) > 1"
    )
    found = connection.execute(
        f"select {key}, count(*) n from t where hash({key}) in (from shared) "
        "group by all having n > 1"
    ).fetchall()
    count = sum(row[-1] for row in found)
    return {UNIQUE: groups_of(count, [row[:-1] for row in found[:KEEP]])}


def look_across_rows(connection: duckdb.DuckDBPyConnection) -> Answer:
    """The least charged preselects: groups of one hash can then hide no group."""
    group = ", ".join(GROUP)
    either = "where measure in ('convicted', 'charged')"
    connection.execute(
        f"create temp table doubtful as select hash({group}) h from t {either} "
        f"group by h having {CONVICTED} > {CHARGED.format('min')}"
    )
    found = connection.execute(
        f"select {group} from t {either} and hash({group}) in (from doubtful) "
        f"group by all having {CONVICTED} > {CHARGED.format('max')}"
    ).fetchall()
    return {ABOVE: groups_of(len(found), found[:KEEP])}


if __name__ == "__main__":
    main()
