"""Where the time of one check goes: start, imports, statements, report; and operators.

python benchmarks/phases.py [--rows 500 10000000]

One process tells how long each statement takes, by DuckDB's own profile; imports are
told by `python -X importtime`. Results go to benchmarks/measured.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import measured
from contest import SELF, SMALLEST
from measure import run
from sweeps import check
from tables import HERE, table_of
from timing import PYTHON

TOLD = HERE / "data" / "phases.json"
ROUNDS = 5
START, IMPORTS, SUITE = "start of Python", "imports", "reading the suite"
FIRST = "opening the table"
ROWS = "rules of rows: counts and rows"
UNIQUE, ACROSS = "uniqueness", "classes across rows"
REST = "planning, report, ending"
PHASES = (START, IMPORTS, SUITE, FIRST, ROWS, UNIQUE, ACROSS, REST)
READS = ("rows", "records", "query")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[SMALLEST, 10**7])
    parser.add_argument("--inside", type=Path, help="trace one table here")
    given = parser.parse_args()
    if given.inside:
        trace(given.inside)
        return
    found = measured.load().get("phases", {}).get("tables", {})
    for n in given.rows:
        found[str(n)] = {"date": measured.today(), **phases_of(table_of(n))}
    measured.record("phases", {"tables": found})


def phases_of(table: Path) -> dict[str, Any]:
    """Return the median phases of a check, and the time of DuckDB's operators."""
    start = statistics.median(run([PYTHON, "-c", ""]).seconds for _ in range(ROUNDS))
    command = check(table)
    imports = statistics.median(import_time(command) for _ in range(ROUNDS))
    whole = statistics.median(run(command).seconds for _ in range(ROUNDS))
    traced = run([PYTHON, str(Path(__file__)), "--inside", str(table)])
    if traced.status not in (0, 1):
        raise SystemExit(traced.err)
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    parts = {START: start, IMPORTS: max(0.0, imports - start), **told["phases"]}
    parts[REST] = max(0.0, whole - sum(parts.values()))
    return {"seconds": whole, "phases": parts, "operators": told["operators"]}


def import_time(command: list[str]) -> float:
    told = run([command[0], "-X", "importtime", *command[1:]]).err
    return sum(int(spent) for spent in SELF.findall(told)) / 1_000_000


@dataclass
class Trace:
    """Seconds by phase, and processor seconds by operator of DuckDB."""

    phases: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys((SUITE, FIRST, ROWS, UNIQUE, ACROSS), 0.0)
    )
    operators: Counter[str] = field(default_factory=Counter)
    made: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def timed(self, method: Any, phase: str = "") -> Any:
        """Return a function that also tells its time; one that it calls does not."""

        def run_it(*arguments: Any, **named: Any) -> Any:
            self.depth += 1
            if not phase:
                arguments[0].connection.execute("pragma enable_profiling = 'no_output'")
            begin = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                self.depth -= 1
                seconds = time.perf_counter() - begin
                if not self.depth and phase:
                    self.phases[phase] += seconds
                elif not self.depth:
                    self.phases[self.phase_of(*map(str, arguments[1:]))] += seconds
                    add_operators(self.operators, arguments[0])

        return run_it

    def phase_of(self, name: str, sql: str = "") -> str:
        """Say by a statement's own words, or those of a table it reads, what it is for."""
        words = (sql or name).lower()
        for table, phase in self.made.items():
            if table in words:
                return phase
        if "tallymark_marks" in words:
            return ROWS
        if "hash(" not in words and "group by" not in words:
            return ROWS if " where " in words or "(where " in words else FIRST
        phase = ACROSS if "'convicted'" in words else UNIQUE
        if sql:
            self.made[name] = phase
        return phase


def trace(table: Path) -> None:
    """Run the check in this process, and write how long its statements take."""
    import tallymark.pipeline  # noqa: F401  # each module that names load_suites
    from tallymark.check import suite
    from tallymark.cli import program
    from tallymark.engine.duckdb import DuckDB

    told = Trace()
    for name in ("register", "create_view", "columns", "create_table", *READS):
        setattr(DuckDB, name, told.timed(getattr(DuckDB, name)))
    load = suite.load_suites
    for module in list(sys.modules.values()):
        if getattr(module, "load_suites", None) is load:
            module.load_suites = told.timed(load, SUITE)  # type: ignore[attr-defined]
    sys.argv = ["tallymark", *check(table)[3:]]
    os._exit = sys.exit  # type: ignore[assignment]  # what is told is written after
    try:
        program()
    finally:
        text = json.dumps({"phases": told.phases, "operators": told.operators})
        TOLD.write_text(text, encoding="utf-8")


def add_operators(operators: Counter[str], engine: Any) -> None:
    """Add the processor seconds of each operator of the last statement."""
    try:
        told = engine.connection.get_profiling_information(format="json")
    except Exception:  # noqa: BLE001  # no statement ran, so there is no profile
        return
    left = list(json.loads(told).get("operator", []))
    while left:
        operator = left.pop()
        operators[operator["type"]] += operator["timing"]
        left += operator.get("children", [])


if __name__ == "__main__":
    main()
