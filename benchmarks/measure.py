"""One process measured as a whole: seconds, processor seconds, peak memory of its tree.

The kernel tells the peak of one process exactly, if it is above our own. Where a
process starts others (Spark runs in a Java machine), the sum over them is looked at
twenty times a second.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MOST_MIB = 12 * 1024
"""A run that holds more is stopped, before the machine is short of memory."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A process that has ended."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    status: int
    out: str
    err: str


@dataclass
class _Tree:
    """What was seen of a process and all it started."""

    peak: int = 0
    cpu: dict[int, float] = field(default_factory=dict)

    def look(self, root: int) -> None:
        held = 0
        for process in _below(root):
            try:
                stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
            except OSError:  # it has ended since
                continue
            fields = stat.rpartition(")")[2].split()
            self.cpu[process] = (int(fields[11]) + int(fields[12])) / TICKS
            held += int(fields[21]) * PAGE
        self.peak = max(self.peak, held, _highest(root))


def run(
    command: Sequence[str],
    *,
    limit: float = 900,
    settings: Mapping[str, str] | None = None,
) -> Run:
    """Run a command to its end; after `limit` seconds, or with 12 GiB, it is killed: status -9."""
    # Byte code is written and used, as in any installation.
    environment = {
        k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"
    } | dict(settings or {})
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, env=environment, start_new_session=True
        )
        tree, ended = _Tree(), threading.Event()
        watch = threading.Thread(
            target=_watch, args=(process.pid, tree, ended, begin + limit)
        )
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watch.join()
        out.seek(0)
        err.seek(0)
        return Run(
            seconds=seconds,
            cpu_seconds=max(usage.ru_utime + usage.ru_stime, sum(tree.cpu.values())),
            peak_mib=max(_own_peak(usage), tree.peak) / 2**20,
            status=process.returncode,
            out=out.read().decode(errors="replace"),
            err=err.read().decode(errors="replace"),
        )


def _own_peak(usage: resource.struct_rusage) -> int:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage.ru_maxrss * 1024 if usage.ru_maxrss > held else 0


def _highest(process: int) -> int:
    """Return the most memory that a process has held, in bytes.

    What the kernel tells at its end is at least what its parent held when it began.
    """
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:  # it has ended
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


def _watch(root: int, tree: _Tree, ended: threading.Event, until: float) -> None:
    while not ended.wait(0.05):
        tree.look(root)
        if time.perf_counter() > until or tree.peak > MOST_MIB * 2**20:
            os.killpg(root, 9)


def _below(root: int) -> list[int]:
    """Return a process and all processes that it started."""
    found, left = [], [root]
    while left:
        process = left.pop()
        found.append(process)
        for listed in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                left += [int(child) for child in listed.read_text().split()]
            except OSError:  # it has ended since
                continue
    return found
