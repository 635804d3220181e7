"""Check a Parquet file with all shipped suites: check_all.py FILE.

Its last line says how long the check took, by how much the process grew at most, and
how many findings and failures there were.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

import tallymark as tm

MIB = 1024 if sys.platform != "darwin" else 1024**2
"""How the system counts memory, in parts of a MiB."""
FEW = 20_000


def main() -> None:
    path = Path(sys.argv[1])
    # Few observations come as a table, as they do from a workbook.
    is_small = pq.read_metadata(path).num_rows <= FEW
    source = pq.read_table(path) if is_small else path
    tm.check  # noqa: B018  # loads what it needs, which is not the check's own time
    before = _peak()
    begin = time.perf_counter()
    findings = tm.check(source)
    seconds = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "seconds": seconds,
                "peak_mib": _peak(),
                "grown_mib": _peak() - before,
                "n_checked": sum(o.n_checked > 0 for o in findings.outcomes),
                "n_crashed": sum(o.status == "crashed" for o in findings.outcomes),
                "n_found": sum(o.n_failed for o in findings.outcomes),
            }
        )
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB


if __name__ == "__main__":
    main()
