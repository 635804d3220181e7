"""Time all shipped suites on few and on many observations: seconds and peak memory.

python benchmarks/all_suites.py [--rounds 3] [--rows 500 10000 1000000]

Prints a table: synthetic observations of `generate.py`, about one in a thousand at
fault, and those of `steady.py`, of which most rules have little to say.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from timing import PYTHON, Timing, interleaved

HERE = Path(__file__).parent
KINDS = {"at fault": ("", "generate.py"), "steady": ("steady-", "steady.py")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, nargs="+", default=[500, 10_000, 1_000_000])
    given = parser.parse_args()
    print(table(time_all_suites(HERE / "data", given.rows, given.rounds)))


def time_all_suites(
    folder: Path, sizes: list[int], rounds: int
) -> dict[tuple[str, int], Timing]:
    """Time the check of tables of each kind and size, in turn."""
    commands = {}
    for n_rows in sizes:
        for kind, (prefix, script) in KINDS.items():
            path = folder / f"{prefix}{n_rows}.parquet"
            # In a process of its own: processes inherit the peak of who starts them.
            write = [PYTHON, str(HERE / script), str(n_rows), str(path)]
            subprocess.run(write, check=True)
            commands[kind, n_rows] = [PYTHON, str(HERE / "check_all.py"), str(path)]
    return interleaved(commands, rounds=rounds)


def table(timings: dict[tuple[str, int], Timing]) -> str:
    """Return what was measured as a table in Markdown."""
    lines = [
        "| observations | | check alone, s | whole process, s | peak memory, MiB "
        "| failures counted |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for (kind, n_rows), timing in timings.items():
        said = timing.said
        lines.append(
            f"| {n_rows:,} | {kind} | {timing.inner:.2f} | {timing.wall:.2f} "
            f"| {said['peak_mib']:,} | {said['n_found']:,} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
