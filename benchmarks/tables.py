"""The tables that the sixteen checks are run on, written once each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def table_of(n: int, *, faulty: float | None = None, groups: int = 0) -> Path:
    """Return the table of `n` rows, written if it is not there.

    It is written by another process, so that this one stays small.
    """
    parts = [str(n)]
    options = []
    if faulty is not None:
        parts.append(f"faulty-{faulty:g}")
        options += ["--faulty", str(faulty)]
    if groups:
        parts.append(f"groups-{groups}")
        options += ["--groups", str(groups)]
    table = HERE / "data" / "sixteen" / f"{'-'.join(parts)}.parquet"
    if not table.is_file():
        script = str(HERE / "sixteen" / "table.py")
        command = [sys.executable, script, str(n), str(table), *options]
        subprocess.run(command, check=True)
    return table
