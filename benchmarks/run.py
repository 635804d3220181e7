"""Run all benchmarks in one go and write docs/explanation/performance.md.

python benchmarks/run.py [--rounds 5] [--rows 1000000] [--only PART ...] [--page]

What each part measured is kept in benchmarks/measured.json; the page is made from it.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import measured
from contract_section import contracts_section
from engine_sections import (
    billion_section,
    contest_section,
    growth_section,
    phases_section,
)
from generate import write_observations
from rules import write_rules
from stage_sections import (
    folders_section,
    readers_section,
    stage_section,
    start_section,
)
from timing import PYTHON, ROOT, TALLYMARK, Timing, interleaved
from workbook import write_workbook
from workbooks import write_countries, write_months

from readers import time_readers

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "explanation" / "performance.md"
PICTURES = PAGE.parent / "pictures"
PACKAGES = ["tallymark", "duckdb", "pyarrow", "pandas", "great-expectations", "pyspark"]
SCRIPTS = ("contest", "sweeps", "phases", "contracts")
"""Parts in processes of their own, which record what they measure."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", choices=[*PARTS, *SCRIPTS])
    parser.add_argument("--page", action="store_true", help="measure nothing")
    given = parser.parse_args()
    wanted = [] if given.page else given.only or [*PARTS, *SCRIPTS]
    for name, part in PARTS.items():
        if name in wanted:
            print(f"{name} ...", flush=True)
            measured.record(name, part(given.rows, given.rounds))
    for name in SCRIPTS:
        if name in wanted:
            print(f"{name} ...", flush=True)
            subprocess.run([PYTHON, str(HERE / f"{name}.py")], check=True)
    PAGE.write_text(page(measured.load()), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")


def time_start(_: int, rounds: int) -> dict[str, Any]:
    """Time whole processes: help, a check of 500 rows, an import."""
    workbook = HERE / "data" / "500.xlsx"
    write_workbook(workbook)
    commands = {
        "help": [TALLYMARK, "--help"],
        "check": [TALLYMARK, "check", str(workbook), "--fail-on", "never"],
        "gx": [PYTHON, "-c", "import great_expectations"],
    }
    return _told(interleaved(commands, rounds=rounds))


def time_reading(_: int, rounds: int) -> dict[str, Any]:
    """Time the reading of one large workbook."""
    return _told(time_readers(HERE / "data", _fewer(rounds)))


def time_folders(_: int, rounds: int) -> dict[str, Any]:
    """Time the reading of folders: by one process, by several, from the cache."""
    data = HERE / "data"
    write_months(data / "months", 1000)
    write_countries(data / "countries", 100)
    commands = {}
    for folder in ("months", "countries"):
        read = [PYTHON, str(HERE / "read_folder.py"), str(data / folder)]
        commands[f"{folder} 1"] = [*read, "1"]
        commands[f"{folder} all"] = [*read, str(os.cpu_count())]
        commands[f"{folder} kept"] = [*read, "1", str(data / "cache")]
    timings = interleaved(commands, rounds=_fewer(rounds))
    return {"processes": os.cpu_count(), **_told(timings)}


def time_check_stage(n_rows: int, rounds: int) -> dict[str, Any]:
    """Time the check of many observations, and see that both sides find the same."""
    observations = HERE / "data" / f"{n_rows}.parquet"
    suite = HERE / "data" / "shared-rules.json"
    write_observations(n_rows, observations)
    write_rules(suite)
    sides = {
        side: [PYTHON, str(HERE / f"check_{side}.py"), str(observations), str(suite)]
        for side in ("tallymark", "gx")
    }
    return {"rows": n_rows, **_told(interleaved(sides, rounds=_fewer(rounds)))}


PARTS: Mapping[str, Callable[[int, int], dict[str, Any]]] = {
    "start": time_start,
    "reading": time_reading,
    "folders": time_folders,
    "stage": time_check_stage,
}


def _fewer(rounds: int) -> int:
    return max(3, rounds // 2)


def _told(timings: Mapping[str, Timing]) -> dict[str, Any]:
    return {"timings": {name: asdict(timing) for name, timing in timings.items()}}


def page(parts: dict[str, Any]) -> str:
    """Return the page with what was measured last, and draw its pictures."""
    sections: dict[str, Callable[[], str]] = {
        "start": lambda: start_section(parts["start"]),
        "contest": lambda: contest_section(parts["contest"]),
        "contracts": lambda: contracts_section(parts["contracts"]),
        "phases": lambda: phases_section(parts["phases"], PICTURES),
        "sweeps": lambda: growth_section(parts["sweeps"], PICTURES),
        "reading": lambda: readers_section(parts["reading"]),
        "folders": lambda: folders_section(parts["folders"]),
        "stage": lambda: stage_section(parts["stage"]),
    }
    body = [write() for name, write in sections.items() if name in parts]
    if {"contest", "sweeps"} <= parts.keys():
        body.append(billion_section(parts))
    dates = sorted({part["date"] for part in parts.values()})
    machines = "; ".join(sorted({part["machine"] for part in parts.values()}))
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Performance

Written by `make bench`; [benchmarks/](../../benchmarks/README.md) says what is run and how.
Medians of runs that took turns; other machines have other times, the ratios should hold.

- {" and ".join(dates)}; {machines}; Python {platform.python_version()}
- {versions}

{chr(10).join(body)}"""


if __name__ == "__main__":
    main()
