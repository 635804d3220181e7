"""What the sixteen checks must find, by plain statements, one a check: truth.py TABLE OUT.

Each check has its count of rows and of groups, and the keys of all of them. Nothing
here is shared with a side.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

FAILING = {
    "filled submission_id": "submission_id is null",
    "filled ref_area": "ref_area is null",
    "filled year": "year is null",
    "filled measure": "measure is null",
    "list measure": "measure <> 'recorded' and measure <> 'suspects' "
    "and measure <> 'charged' and measure <> 'prosecuted' and measure <> 'convicted' "
    "and measure <> 'imprisoned' and measure <> 'victims' and measure <> 'acquitted'",
    "list unit_of_count": "unit_of_count <> 'PERSONS' and unit_of_count <> 'OFFENCES' "
    "and unit_of_count <> 'CASES' and unit_of_count <> 'INCIDENTS' "
    "and unit_of_count <> 'VICTIMS'",
    "list sex": "sex <> '_T' and sex <> 'M' and sex <> 'F'",
    "list age_group": "age_group <> '_T' and age_group <> 'Y0T14' "
    "and age_group <> 'Y15T17' and age_group <> 'Y18T24' and age_group <> 'Y_GE25'",
    "range value": "value < 0 or value > 10000000",
    "range year": "year < 2000 or year > 2030",
    "form ref_area": "not regexp_matches(ref_area, '^[A-Z][A-Z][A-Z]$')",
    "form source_cell": "not regexp_matches(source_cell, "
    "'^[A-Za-z0-9_ ]+![A-Z][A-Z]?[A-Z]?[0-9]+$')",
    "status": "value is null and coalesce(obs_status, '') <> 'M' "
    "and coalesce(obs_status, '') <> 'L'",
}
KEY = "ref_area, year, measure, unit_of_count, offence_code, sex, age_group"
GROUP = "ref_area, year, offence_code, sex, age_group"


def main() -> None:
    table, out = sys.argv[1:]
    connection = duckdb.connect()
    connection.execute("set memory_limit = '8GB'")
    connection.execute(f"create view t as from '{table}'")
    truth = {"columns": told([], [])}
    for name, failing in FAILING.items():
        truth[name] = told(places(connection, f"t where {failing}"), [])
    repeated = f"select {KEY} from t group by {KEY} having count(*) > 1"
    above = f"""
        select {GROUP} from (
            select {GROUP}, max(value) filter (where measure = 'convicted') convicted,
                max(value) filter (where measure = 'charged') charged
            from t group by {GROUP})
        where convicted > charged"""
    truth["unique"] = across(connection, repeated, KEY, "true")
    at_fault = """measure = 'convicted' and value > (
        select max(o.value) from t o where o.measure = 'charged' and {same})""".format(
        same=same("o", "t", GROUP)
    )
    truth["above"] = across(connection, above, GROUP, at_fault)
    # A side may also name the row that the rows at fault are compared with.
    truth["above"]["beside"] = places(connection, "held t where measure = 'charged'")
    Path(out).write_text(json.dumps(truth), encoding="utf-8")


def across(
    connection: duckdb.DuckDBPyConnection, found: str, columns: str, condition: str
) -> dict[str, Any]:
    """Return the groups found, and the rows of them that meet a condition."""
    connection.execute(f"create or replace temp table found as {found}")
    connection.execute(
        "create or replace temp table held as "
        f"select t.* from t join found f on {same('t', 'f', columns)}"
    )
    groups = connection.execute("from found").fetchall()
    condition = condition.replace("from t o", "from held o")
    return told(places(connection, f"held t where {condition}"), groups)


def same(one: str, other: str, columns: str) -> str:
    return " and ".join(
        f"{one}.{column} is not distinct from {other}.{column}"
        for column in columns.split(", ")
    )


def places(connection: duckdb.DuckDBPyConnection, rows: str) -> list[Any]:
    return connection.execute(
        f"select submission_id, source_cell from {rows}"
    ).fetchall()


def told(rows: list[Any], groups: list[Any]) -> dict[str, Any]:
    return {"row": rows, "group": groups}


if __name__ == "__main__":
    main()
