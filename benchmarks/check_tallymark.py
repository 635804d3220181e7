"""Check a Parquet file with Tallymark: check_tallymark.py FILE SUITE."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import tallymark as tm


def main() -> None:
    path, suite = Path(sys.argv[1]), sys.argv[2]
    tm.check  # noqa: B018  # loads what it needs, which is not the check's own time
    begin = time.perf_counter()
    findings = tm.check(path, suite=suite)
    seconds = time.perf_counter() - begin
    n_failed = {o.expectation: o.n_failed for o in findings.outcomes}
    print(json.dumps({"seconds": seconds, "n_failed": n_failed}))


if __name__ == "__main__":
    main()
