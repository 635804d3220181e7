"""The sixteen checks, by Tallymark and its peers in turn, each a whole process.

python benchmarks/contest.py [--rows N ...] [--side NAME ...] [--rounds 3]

Writes what was measured to benchmarks/measured.json; `run.py --page` makes the page.
This process imports little: a process that it starts begins with its peak of memory.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import measured
from environments import python_of, versions_of
from judge import judge, load
from measure import Run, run
from tables import HERE, table_of
from timing import PYTHON

SUITE = HERE / "sixteen.json"
SIXTEEN = HERE / "sixteen"
KEY = ["--key", "submission_id", "--key", "source_cell"]
KEPT = ["--keep", "40"]
"""Rows of one key are told as one: of twins, 40 rows name the 20 places asked for."""
SPARK_SETTINGS = {"PYSPARK_SUBMIT_ARGS": "--driver-memory 4g pyspark-shell"}
SPARK_MASTER = "local[2]"
SELF = re.compile(r"^import time:\s+(\d+) \|", re.MULTILINE)
SMALLEST = 500
SLUGS = {
    "columns": "columns",
    "filled-submission-id": "filled submission_id",
    "filled-ref-area": "filled ref_area",
    "filled-year": "filled year",
    "filled-measure": "filled measure",
    "known-measure": "list measure",
    "known-unit-of-count": "list unit_of_count",
    "known-sex": "list sex",
    "known-age-group": "list age_group",
    "value-in-range": "range value",
    "year-in-range": "range year",
    "area-code": "form ref_area",
    "source-cell": "form source_cell",
    "missing-explained": "status",
    "row-once": "unique",
    "convicted-within-charged": "above",
}
"""The check that each expectation of the suite is."""
PLACE = re.compile(r"submission_id=(.*) source_cell=(.*)")
MISSING = ""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One way to run the sixteen checks."""

    name: str
    told: str
    script: str = ""
    arguments: tuple[str, ...] = ()
    environment: str = ""
    at_most: int = 10_000_000
    at_least: int = 1
    often_to: int = 1_000_000
    """Up to so many rows it takes each round; above, one."""


SIDES = [
    Side(
        name="floor",
        told="DuckDB reads all columns, checks nothing",
        script="floor.py",
        at_most=10**9,
        often_to=10**7,
    ),
    Side(
        name="duckdb",
        told="DuckDB, tuned by hand for these checks",
        script="duckdb_tuned.py",
        at_most=10**9,
        often_to=10**7,
    ),
    Side(name="tallymark", told="**Tallymark**", at_most=10**9, often_to=10**7),
    Side(
        name="soda",
        told="Soda on DuckDB",
        script="soda_contract.py",
        environment="soda",
    ),
    Side(
        name="dataframely",
        told="dataframely (Polars)",
        script="dataframely_schema.py",
        environment="dataframely",
    ),
    Side(
        name="pointblank",
        told="pointblank on Polars",
        script="pointblank_polars.py",
        environment="pointblank",
    ),
    Side(
        name="pandera-polars",
        told="pandera on Polars",
        script="pandera_polars.py",
        environment="pandera",
    ),
    Side(
        name="pandera-pandas",
        told="pandera on pandas",
        script="pandera_pandas.py",
        environment="pandera",
    ),
    Side(
        name="gx-pandas",
        told="Great Expectations on pandas",
        script="gx_pandas.py",
        environment="gx",
        often_to=500,
    ),
    Side(
        name="spark-sql",
        told="Spark SQL, written by hand for these checks",
        script="spark_sql.py",
        at_least=1_000_000,
        often_to=1,
    ),
    Side(
        name="tallymark-spark",
        told="**Tallymark on Spark**",
        arguments=("--engine", "spark", "--master", SPARK_MASTER),
        at_least=1_000_000,
        at_most=10**9,
        often_to=1,
    ),
    Side(
        name="gx-spark",
        told="Great Expectations on Spark",
        script="gx_spark.py",
        at_least=1_000_000,
        often_to=1,
    ),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [side.name for side in SIDES]
    parser.add_argument("--rows", type=int, nargs="+", default=[500, 10**6, 10**7])
    parser.add_argument("--side", nargs="+", choices=names, default=names)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    sides = [side for side in SIDES if side.name in given.side]
    found = measured.load().get("contest", {})
    tables, imports = found.get("tables", {}), found.get("imports", {})
    for n in given.rows:
        own = {
            "date": measured.today(),
            "bytes": table_of(n).stat().st_size,
            "sides": run_size(n, sides, given.rounds),
        }
        if str(n) in tables and len(sides) < len(SIDES):  # the others stay
            own["sides"] = tables[str(n)]["sides"] | own["sides"]
        tables[str(n)] = own
        if n == SMALLEST:
            imports |= {"bare": run([sys.executable, "-c", ""]).seconds}
            imports |= {side.name: import_seconds(side) for side in sides}
        measured.record(
            "contest",
            {"tables": tables, "imports": imports, "versions": versions()},
        )


def run_size(n: int, sides: list[Side], rounds: int) -> dict[str, Any]:
    """Return what each side took on a table of `n` rows, and whether it is right."""
    table = table_of(n)
    truth = HERE / "data" / "sixteen" / f"{n}.truth.json"
    if not truth.is_file():
        plain = [PYTHON, str(SIXTEEN / "truth.py"), str(table), str(truth)]
        subprocess.run(plain, check=True)
    measure_side(SIDES[0], table)  # warms the disk cache
    runs: dict[str, list[Run]] = {}
    taken: dict[str, Any] = {}
    for round_ in range(rounds):
        for side in sides:
            times = rounds if n <= side.often_to else 1
            if round_ >= times or not side.at_least <= n <= side.at_most:
                continue
            done, why = measure_side(side, table)
            if done is None or done.status not in (0, 1):
                taken[side.name] = {"why": why or last_line(done)}
                print(f"{n:,} {side.name}: {taken[side.name]['why']}", flush=True)
                continue
            runs.setdefault(side.name, []).append(done)
            print(f"{n:,} {side.name}: {done.seconds:.2f} s", flush=True)
    for side in sides:
        if own := runs.get(side.name):
            taken[side.name] = told(own) | {"verdict": verdict(side, truth)}
    return taken


def told(own: list[Run]) -> dict[str, Any]:
    return {
        "seconds": round(statistics.median(done.seconds for done in own), 3),
        "cpu": round(statistics.median(done.cpu_seconds for done in own), 3),
        "mib": round(max(done.peak_mib for done in own)),
        "runs": len(own),
    }


def measure_side(side: Side, table: Path) -> tuple[Run | None, str]:
    """Run a side once; without its environment, return the reason."""
    python, why = python_of(side.environment)
    if why:
        return None, why
    out = answer_of(side)
    out.unlink(missing_ok=True)
    settings = SPARK_SETTINGS if "spark" in side.name else {}
    done = run(command_of(side, python, table), settings=settings)
    if not side.script:
        out.write_text(done.out, encoding="utf-8")
    return done, ""


def command_of(side: Side, python: str, table: Path) -> list[str]:
    if side.script:
        return [
            python,
            str(SIXTEEN / side.script),
            str(table),
            str(answer_of(side)),
        ]
    checked = ["-m", "tallymark", "check", "--table", str(table), "--suite", str(SUITE)]
    return [python, *checked, *KEY, *KEPT, "--format", "json", *side.arguments]


def answer_of(side: Side) -> Path:
    return HERE / "data" / "sixteen" / f"answer-{side.name}.json"


def verdict(side: Side, truth: Path) -> str:
    """Say whether a side's last answer is right; the floor has none."""
    if side.name == "floor":
        return ""
    answer = load(answer_of(side))
    if not side.script:
        answer = own_answer(answer)
    return judge(load(truth), answer)


def own_answer(report: dict[str, Any]) -> dict[str, Any]:
    """Return Tallymark's report as an answer."""
    answer: dict[str, Any] = {
        SLUGS[told["expectation"]]: {"count": told["n_failed"], "keys": [], "by": "row"}
        for told in report["expectations"]
        if told["expectation"] in SLUGS and told["status"] in ("passed", "failed")
    }
    for found in report["findings"]:
        name = SLUGS[found["expectation"]]
        answer[name]["keys"] += [place_of(cell) for cell in found["cells"]]
    return answer


def place_of(cell: str) -> list[str | None]:
    """Return the values of the key, as they are printed."""
    printed = PLACE.fullmatch(cell)
    if printed is None:
        return [cell]
    return [None if value == MISSING else value for value in printed.groups()]


def last_line(done: Run | None) -> str:
    lines = (done.err if done else "").strip().splitlines()
    return lines[-1][:200] if lines else f"ended with {done.status if done else None}"


def import_seconds(side: Side) -> float | None:
    """Return the seconds that a side spends in imports, on the smallest table."""
    python, why = python_of(side.environment)
    if why:
        return None
    command = command_of(side, python, table_of(SMALLEST))
    told = run([python, "-X", "importtime", *command[1:]]).err
    return sum(int(spent) for spent in SELF.findall(told)) / 1_000_000


def versions() -> dict[str, str]:
    """Return the version of each package that a side is named for."""
    wanted = [
        ("", "tallymark"), ("", "duckdb"), ("", "pyspark"), ("gx", "pandas"),
        ("gx", "great_expectations"), ("pandera", "pandera"), ("pandera", "polars"),
        ("pointblank", "pointblank"), ("dataframely", "dataframely"),
        ("soda", "soda-core"),
    ]  # fmt: skip
    found = {}
    for environment, package in wanted:
        if environment:
            found[package] = versions_of(environment).get(package, "")
        else:
            ask = f"from importlib.metadata import version; print(version({package!r}))"
            found[package] = run([sys.executable, "-c", ask]).out.strip()
    return found


if __name__ == "__main__":
    main()
