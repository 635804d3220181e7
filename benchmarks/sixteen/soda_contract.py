"""Soda on DuckDB: soda_contract.py TABLE ANSWER. It counts, and names no rows."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

os.environ["SODA_CORE_TELEMETRY_ENABLED"] = "false"

import duckdb
from checks import (
    ABOVE,
    COLUMNS,
    FILLED,
    FORMS,
    GROUP,
    KEY,
    LISTS,
    PRESENT,
    RANGES,
    STATUS,
    UNIQUE,
    Answer,
    arguments,
    rows_of,
    write_answer,
)
from soda_core.contracts import verify_contract_locally
from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBDataSourceImpl
from sql_rules import conditions

CONVICTED = "max(value) filter (where measure = 'convicted')"
CHARGED = "max(value) filter (where measure = 'charged')"


def contract() -> dict[str, Any]:
    key, group = ", ".join(KEY), ", ".join(GROUP)
    return {
        "dataset": "source/memory/main/t",
        "columns": [column_of(name) for name in COLUMNS],
        "checks": [
            {"schema": {"name": PRESENT}},
            failed_rows(STATUS, expression=conditions("")[STATUS]),
            failed_rows(
                UNIQUE,
                query=f"select * from t qualify count(*) over (partition by {key}) > 1",
            ),
            failed_rows(
                ABOVE,
                query=f"select {group} from t group by {group} "
                f"having {CONVICTED} > {CHARGED}",
            ),
        ],
    }


def failed_rows(name: str, **statement: str) -> dict[str, Any]:
    return {"failed_rows": {"name": name, "qualifier": name, **statement}}


def column_of(name: str) -> dict[str, Any]:
    rules: list[dict[str, Any]] = []
    if name in FILLED:
        rules.append({"missing": {"name": f"filled {name}"}})
    if name in LISTS:
        listed = {"name": f"list {name}", "valid_values": LISTS[name]}
        rules.append({"invalid": listed})
    if name in RANGES:
        low, high = RANGES[name]
        between = {"name": f"range {name}", "valid_min": low, "valid_max": high}
        rules.append({"invalid": between})
    if name in FORMS:
        form = {"regex": FORMS[name], "name": name}
        rules.append({"invalid": {"name": f"form {name}", "valid_format": form}})
    return {"name": name, **({"checks": rules} if rules else {})}


def main() -> None:
    table, out = arguments()
    connection = duckdb.connect()
    connection.execute(f"create view t as from '{Path(table).resolve()}'")
    source = DuckDBDataSourceImpl.from_existing_cursor(connection, "source")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.yml"
        path.write_text(json.dumps(contract()), encoding="utf-8")  # is YAML, too
        verified = verify_contract_locally(
            data_sources=[source], contract_file_path=str(path)
        )
    answer: Answer = {}
    for result in verified.contract_verification_results:
        for check in result.check_results:
            name = check.check.name
            told = check.diagnostic_metric_values or {}
            kind = "missing_count" if name.startswith("filled") else "invalid_count"
            count = told.get("failed_rows_count", told.get(kind))
            has_passed = name == PRESENT and check.outcome.name == "PASSED"
            answer[name] = rows_of(0 if has_passed else count)
    write_answer(answer, out)


if __name__ == "__main__":
    main()
