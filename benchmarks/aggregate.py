"""Count an invented extract of ten million rows: time and memory of the whole process.

    python benchmarks/aggregate.py [--rows N] [--rounds N]

By itself, not part of `make bench`. Beside it stands DuckDB's own plain grouping of the
same columns: what reading them and telling units apart costs without any rule.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb

DATA = Path(__file__).parent / "data"
MAPPING = """
version: 1
title: An invented register of persons
series: xaa_case_data
counting_unit: PERSON
unit: {columns: [person]}
stages:
  RECORDED: {input: reported_on}
  CONVICTED: {date: convicted_on}
area: {column: district, total: XAA, codes: {N: XAA_N, S: XAA_S, W: XAA_W}}
offence:
  column: law
  codes:
    A: {iccs: "030221", rank: 2}
    B: {iccs: "030223", rank: 1}
    X: {rank: 3}
sex: {column: sex, codes: {f: F, m: M}}
age: {column: age}
coverage: {start: 2017-01-01, end: 2019-12-31}
answers: {attempts: included, multiple: counted_once}
tables: [[sex, age_group], [ref_area, offence]]
"""
PLAIN = (
    "select y, district, law, sex, age < 18 as child, count(distinct person) "
    "from (select *, year(reported_on) as y from '{0}') group by all"
)


def make(path: Path, n: int) -> None:
    """Write an extract in which every fifth person stands in more than one row."""
    duckdb.sql("select setseed(0.5)")
    duckdb.sql(
        f"copy (select 'P' || (random() * {n * 4 // 5})::bigint as person, "
        "date '2016-11-01' + (random() * 1200)::int as reported_on, "
        "case when random() < 0.3 then date '2017-02-01' + (random() * 900)::int end "
        "as convicted_on, ['N', 'S', 'W'][1 + floor(random() * 3)::int] as district, "
        "['A', 'B', 'X'][1 + floor(random() * 3)::int] as law, "
        "['f', 'm', null][1 + floor(random() * 3)::int] as sex, "
        f"(random() * 70)::int as age from range({n})) to '{path}'"
    )


def cost(command: list[str]) -> tuple[float, float, float]:
    """Return seconds, seconds of the processors, and the most MiB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:3]} ended with {status}")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    DATA.mkdir(exist_ok=True)
    extract, mapping = DATA / f"extract-{given.rows}.parquet", DATA / "extract.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    if not extract.exists():
        make(extract, given.rows)
    tool = str(Path(sys.executable).with_name("tallymark"))
    counts = str(DATA / "counts.parquet")
    plain = f"import duckdb; duckdb.sql('set threads=2'); duckdb.sql('''{PLAIN}''').fetchall()"
    commands = {
        "tallymark aggregate": [
            tool, "aggregate", str(extract), "--mapping", str(mapping), "-o", counts,
        ],
        "plain grouping": [sys.executable, "-c", plain.format(extract)],
    }  # fmt: skip
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(given.rounds):
        for name, command in commands.items():
            taken[name].append(cost(command))
    print(f"{given.rows:,} rows; medians of {given.rounds} rounds")
    for name, costs in taken.items():
        seconds, busy, memory = (
            sorted(c)[len(c) // 2] for c in zip(*costs, strict=True)
        )
        print(f"{name:20} {seconds:6.1f} s  {busy:6.1f} s CPU  {memory:6.0f} MiB")


if __name__ == "__main__":
    main()
