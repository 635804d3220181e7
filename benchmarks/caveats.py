"""All caveats over a million rows, against one look at every column of the same table.

    python benchmarks/caveats.py [PARQUET]

In one process, in turn, medians of three: `select min(c)` of every column, and
`attach_caveats`, which raises every caveat and makes and orders the table of figures.
Every expectation counts as answered, and the rows as those of a series that is
described, so that no condition is left out.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tallymark.check import load_suites
from tallymark.documents import load_reference
from tallymark.engine.duckdb import connect
from tallymark.interpret import attach_caveats, load_catalogue
from tallymark.model.columns import empty_table
from tallymark.model.finding import FLAG_SCHEMA, Findings, Outcome, Status

FOLDER = Path(__file__).parent
SERIES = "xaa_case_data"
ROUNDS = 3
AT_MOST = 6.0
"""Times as long as the look at every column."""


def main() -> int:
    """Print both times and their quotient; 1 if it is larger than it may be."""
    given = sys.argv[1:]
    path = Path(given[0]) if given else _generated(1_000_000)
    observations = pq.read_table(path)
    column = pa.repeat(SERIES, observations.num_rows)
    place = observations.schema.get_field_index("series_id")
    observations = observations.set_column(place, "series_id", column)
    findings, reference, catalogue = _answered(), load_reference(), load_catalogue()
    looks, attached = [], []
    for _ in range(ROUNDS):
        looks.append(_seconds(lambda: _look_at_every_column(observations)))
        attached.append(
            _seconds(
                lambda: attach_caveats(observations, findings, reference, catalogue)
            )
        )
    look, attach = statistics.median(looks), statistics.median(attached)
    said = {
        "rows": observations.num_rows,
        "caveats": len(catalogue.caveats),
        "min_of_every_column": round(look, 3),
        "attach_caveats": round(attach, 3),
        "times": round(attach / look, 2),
    }
    sys.stdout.write(json.dumps(said) + "\n")
    return int(attach / look > AT_MOST)


def _look_at_every_column(observations: pa.Table) -> None:
    columns = ", ".join(f'min("{name}")' for name in observations.column_names)
    connect({"observed": observations}).execute(
        f"select {columns} from observed"
    ).fetchall()


def _answered() -> Findings:
    outcomes = tuple(
        Outcome(
            expectation=expectation.slug,
            type=expectation.type.name,
            severity=expectation.severity,
            status=Status.PASSED,
        )
        for suite in load_suites()
        for expectation in suite.expectations
    )
    flags = empty_table(FLAG_SCHEMA)
    return Findings(suites=(), outcomes=outcomes, items=(), flags=flags)


def _generated(n_rows: int) -> Path:
    path = FOLDER / "data" / f"{n_rows}.parquet"
    if not path.exists():
        command = [sys.executable, str(FOLDER / "generate.py"), str(n_rows), str(path)]
        subprocess.run(command, check=True)
    return path


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
