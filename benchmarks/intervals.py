"""Time intervals of many counts: intervals.py [N]. Needs no other file.

Writes N counts as Parquet, reads them, and finds Garwood's interval of each, three kinds
of counts in turn; then the exact ratio of a tenth as many pairs. Prints seconds of processor time, and the
seconds that the intervals take beyond reading.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tallymark.stats.poisson import garwood
from tallymark.stats.rate_ratio import exact_conditional

KINDS = {
    "mostly small": lambda draw, n: draw.negative_binomial(0.5, 0.01, n),
    "up to 100,000": lambda draw, n: draw.integers(0, 100_000, n),
    "up to 3 million": lambda draw, n: np.exp(draw.uniform(0, 15, n)).round(),
}


def main(n: int) -> None:
    draw = np.random.default_rng(20261122)
    print(f"{n:,} counts | reading (s) | intervals (s)")
    for kind, counts in KINDS.items():
        column = np.asarray(counts(draw, n), dtype=np.float64)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "counts.parquet"
            pq.write_table(pa.table({"n": column}), path)
            reading, read = timed(lambda path=path: pq.read_table(path)["n"].to_numpy())
        seconds, _ = timed(lambda read=read: garwood(read))
        print(f"{kind} | {reading:.2f} | {seconds:.2f}")
    pairs = draw.poisson(100, n // 10), draw.poisson(80, n // 10)
    seconds, _ = timed(lambda: exact_conditional(*pairs, 8.31, 8.28))
    print(f"{n // 10:,} pairs, exact ratio | | {seconds:.2f}")


def timed(run: Callable[[], object]) -> tuple[float, object]:
    """The best of three runs, and what it gave."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        result = run()
        best = min(best, time.process_time() - begin)
    return best, result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
