"""Interleaved timing of whole processes, and of what a process says it took.

Runs take turns, so that a machine that slows down slows all of them; medians are
compared within one run only.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
TALLYMARK = str(Path(sys.executable).with_name("tallymark"))


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Median seconds of the whole process, and of the part that it timed itself."""

    wall: float
    inner: float | None
    said: dict[str, object]


def interleaved(
    commands: Mapping[str, Sequence[str]], *, rounds: int
) -> dict[str, Timing]:
    """Run every command once to warm the disk cache, then `rounds` times in turn.

    A command may close with a line of JSON, `{"seconds": ...}`: its time by itself.
    """
    runs: dict[str, list[tuple[float, dict[str, object]]]] = {n: [] for n in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            run = _run(command)
            if round_:
                runs[name].append(run)
    return {name: _median(found) for name, found in runs.items()}


def _run(command: Sequence[str]) -> tuple[float, dict[str, object]]:
    # Byte code is written and used, as in any installation.
    environment = {
        k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"
    }
    begin = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begin
    if done.returncode not in (0, 1):  # 1: findings, which these inputs have
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    last = done.stdout.rstrip().rpartition("\n")[2]
    said = json.loads(last) if last.startswith('{"seconds"') else {}
    return seconds, said


def _median(runs: list[tuple[float, dict[str, object]]]) -> Timing:
    inner = [float(str(said["seconds"])) for _, said in runs if "seconds" in said]
    return Timing(
        wall=statistics.median(seconds for seconds, _ in runs),
        inner=statistics.median(inner) if inner else None,
        said=runs[-1][1],
    )
