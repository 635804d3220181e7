"""Run all benchmarks in one go and write docs/explanation/performance.md.

python benchmarks/run.py --date 2026-11-22 [--rounds 5] [--rows 1000000]
"""

from __future__ import annotations

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

from generate import write_observations
from rules import write_rules
from timing import PYTHON, ROOT, TALLYMARK, Timing, interleaved
from workbook import write_workbook
from workbooks import write_countries, write_months

from readers import section, time_readers

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "explanation" / "performance.md"
PACKAGES = ["tallymark", "duckdb", "pyarrow", "pandas", "great-expectations"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="day of the run, for the page")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    start = time_cold_start(HERE / "data" / "500.xlsx", given.rounds)
    reading = time_readers(HERE / "data", max(3, given.rounds // 2))
    folders = time_folders(HERE / "data", max(3, given.rounds // 2))
    stage = time_check_stage(HERE / "data", given.rows, max(3, given.rounds // 2))
    PAGE.write_text(
        page(start, section(reading), folders, stage, given.rows, given.date),
        encoding="utf-8",
    )
    print(f"Written: {PAGE.relative_to(ROOT)}")


def time_cold_start(workbook: Path, rounds: int) -> dict[str, Timing]:
    """Time whole processes: help, a check of 500 rows, an import."""
    write_workbook(workbook)
    commands = {
        "help": [TALLYMARK, "--help"],
        "check": [TALLYMARK, "check", str(workbook), "--fail-on", "never"],
        "gx": [PYTHON, "-c", "import great_expectations"],
    }
    return interleaved(commands, rounds=rounds)


def time_folders(data: Path, rounds: int) -> dict[str, Timing]:
    """Time the reading of folders: by one process, by several, from the cache."""
    write_months(data / "months", 1000)
    write_countries(data / "countries", 100)
    commands = {}
    for folder in ("months", "countries"):
        read = [PYTHON, str(HERE / "read_folder.py"), str(data / folder)]
        commands[f"{folder} 1"] = [*read, "1"]
        commands[f"{folder} all"] = [*read, str(os.cpu_count())]
        commands[f"{folder} kept"] = [*read, "1", str(data / "cache")]
    return interleaved(commands, rounds=rounds)


def time_check_stage(folder: Path, n_rows: int, rounds: int) -> dict[str, Timing]:
    """Time the check of many observations, and see that both sides find the same."""
    observations, suite = folder / f"{n_rows}.parquet", folder / "shared-rules.json"
    write_observations(n_rows, observations)
    write_rules(suite)
    sides = {
        side: [PYTHON, str(HERE / f"check_{side}.py"), str(observations), str(suite)]
        for side in ("tallymark", "gx")
    }
    return interleaved(sides, rounds=rounds)


def page(
    start: dict[str, Timing],
    reading: str,
    folders: dict[str, Timing],
    stage: dict[str, Timing],
    n_rows: int,
    date: str,
) -> str:
    """Return the page with what was measured."""
    ours, theirs = stage["tallymark"], stage["gx"]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Performance

Written by `make bench`; [benchmarks/](../../benchmarks/README.md) says what is run and how.
Medians of runs that took turns; other machines have other times, the ratios should hold.

- {date}; {_machine()}; Python {platform.python_version()}
- {versions}

## From the command to the answer

Whole processes, with a warm disk cache.

| | seconds |
|---|---:|
| `tallymark --help` | {start["help"].wall:.3f} |
| `tallymark check` of a workbook with 500 rows | {start["check"].wall:.3f} |
| `import great_expectations`, in a fresh interpreter | {start["gx"].wall:.3f} |

The import takes {start["gx"].wall / start["check"].wall:.1f} times as long as the check, the check
{start["check"].wall / start["help"].wall:.1f} times as long as help.

{reading}
## Reading many workbooks

Reading alone, in seconds: 1,000 workbooks of 26 figures each, and 100 of 500. The last column is
a second run, in which no file has changed.

| | one process | {os.cpu_count()} processes | from the cache |
|---|---:|---:|---:|
{_folders(folders)}

## Checking {n_rows:,} observations

The same {len(ours.said["n_failed"]) - 1} rules, from the shipped suites: those of types that Great
Expectations has of its own, and one across rows (no later stage above an earlier one), which was
written for it as a custom expectation. Both read the same Parquet file, count every failing row
and name the first.

| | check alone, s | whole process, s |
|---|---:|---:|
| Tallymark | {ours.inner:.2f} | {ours.wall:.2f} |
| Great Expectations, pandas engine | {theirs.inner:.2f} | {theirs.wall:.2f} |
| ratio | {theirs.inner / ours.inner:.1f} | {theirs.wall / ours.wall:.1f} |

What each found:

| expectation | Tallymark | Great Expectations |
|---|---:|---:|
{_found(ours, theirs)}
"""


def _folders(folders: dict[str, Timing]) -> str:
    rows = []
    for folder, told in (("months", "1,000 small"), ("countries", "100 of 500 rows")):
        times = (folders[f"{folder} {way}"].inner for way in ("1", "all", "kept"))
        rows.append(f"| {told} | {' | '.join(f'{seconds:.2f}' for seconds in times)} |")
    return "\n".join(rows)


def _found(ours: Timing, theirs: Timing) -> str:
    rows = []
    for slug, n in ours.said["n_failed"].items():
        if slug in theirs.said["n_failed"]:
            rows.append(f"| `{slug}` | {n:,} | {theirs.said['n_failed'][slug]:,} |")
    return "\n".join(rows)


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
