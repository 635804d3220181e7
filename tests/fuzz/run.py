"""Fuzz every reader, and write down what was run and what came of it.

python tests/fuzz/run.py --date 2026-11-22 [--jobs 2] [--scale 1.0] [FORMAT ...]

Ten minutes for the formats that most senders use or that are hardest to read, two for the
others. Stops at the first input that lets anything but a TallymarkError escape, takes more
than 30 seconds, or more than the memory limit; the input is kept in the folder it names.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/explanation/fuzzing.md"
LONG, SHORT = 600, 120
SECONDS = {
    "xlsx": LONG,
    "sdmx_ml": LONG,
    "pdf": LONG,
    "px": LONG,
    "xls": SHORT,
    "xlsb": SHORT,
    "ods": SHORT,
    "docx": SHORT,
    "html": SHORT,
    "delimited": SHORT,
    "jsonstat": SHORT,
    "sdmx_csv": SHORT,
    "parquet": SHORT,
    "packed": SHORT,
}
LIMITS = ["-rss_limit_mb=2048", "-timeout=30", "-max_len=65536"]
"""Memory of the whole fuzzing process, which grows with its corpus; seconds for one input."""

_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_ROW = "| {} | {} | {:,} | {} |"


def main() -> None:
    options = _options()
    chosen = options.formats or list(SECONDS)
    with ThreadPoolExecutor(options.jobs) as pool:
        told = list(pool.map(lambda name: _fuzz(name, options.scale), chosen))
    rows = "\n".join(_ROW.format(*row) for row in told)
    if not options.formats:
        PAGE.write_text(_page(rows, options.date), encoding="utf-8")
    print(rows)
    sys.exit(any(outcome != "nothing escaped" for *_, outcome in told))


def _fuzz(name: str, scale: float) -> tuple[str, int, int, str]:
    """Return format, seconds, inputs tried, and what came of it."""
    seconds = max(1, int(SECONDS[name] * scale))
    folder = tempfile.mkdtemp(prefix=f"fuzz-{name}-")
    command = [sys.executable, str(HERE / "fuzz.py"), name, *LIMITS]
    command += [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", "-seed=1"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace"
    )
    match = _DONE.search(done.stderr)
    if match is not None and done.returncode == 0:
        return name, int(match[2]), int(match[1]), "nothing escaped"
    Path(folder, "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    return name, seconds, 0, f"stopped, exit {done.returncode}: see {folder}"


def _page(rows: str, date: str) -> str:
    return f"""# Fuzzing

Every reader is fed changed bytes, guided by the branches they reach (`make fuzz`, which runs `tests/fuzz/run.py`). Anything
but a `TallymarkError`, an input that takes more than 30 seconds, or a process that grows beyond 2 GiB with all it
keeps, would stop the run. Archives are changed member by member. A PDF is read in a process of its own, which the system ends
after 20 seconds or at 640 MiB; in this run, within one process, it is given ten seconds.

Run of {date}: Python {platform.python_version()}, atheris {version("atheris")}, {platform.machine()}.

| reader | seconds | inputs | outcome |
|---|---|---|---|
{rows}
"""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--date", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scale", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
