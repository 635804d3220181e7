"""Time the whole report on each real file as if no adapter fitted it.

    python benchmarks/unknown_files.py FOLDER [NAME…]

Each file is read in a process of its own, which starts cold and knows no adapter, and
writes text, page, return.xlsx and mapping.xlsx. Printed: seconds, findings, sizes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HIDDEN = """
import sys, tempfile
from pathlib import Path
from tallymark import ingest
ingest.BUILT_IN = Path(tempfile.mkdtemp())
from tallymark.cli import program
sys.argv[0] = "tallymark"
program()
"""
"""The command line where no adapter is known."""


def main(folder: Path, names: list[str]) -> None:
    slowest = 0.0
    for path in sorted(folder.iterdir()):
        if names and path.name not in names:
            continue
        with tempfile.TemporaryDirectory() as out:
            start = time.perf_counter()
            ended = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "tallymark",
                    "check",
                    path,
                    "--guess",
                    "--out",
                    out,
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            seconds = time.perf_counter() - start
            slowest = max(slowest, seconds)
            print(
                f"{seconds:6.2f} s  exit {ended.returncode}  {path.name}  {_told(out)}"
            )
            if ended.returncode != 1:
                print(ended.stderr[-500:])
    print(f"{slowest:6.2f} s  the slowest")


def _told(out: str) -> str:
    findings = Path(out) / "findings.json"
    if not findings.exists():
        return "no report"
    found = json.loads(findings.read_text("utf-8"))["summary"]["findings"]
    sizes = ", ".join(
        f"{path.suffix[1:]} {path.stat().st_size / 1e6:.1f} MB"
        for path in sorted(Path(out).iterdir())
        if path.name in ("findings.html", "return.xlsx", "mapping.xlsx")
    )
    return f"{found}  {sizes}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
