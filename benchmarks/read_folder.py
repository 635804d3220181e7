"""Read a folder of files in a process of its own, and say how long that took.

python benchmarks/read_folder.py FOLDER JOBS [CACHE]
"""

from __future__ import annotations

import json
import sys
import time


def main(folder: str, jobs: int, cache: str | None = None) -> None:
    import tallymark as tm
    from tallymark import ingest  # noqa: F401  # imports are not part of the time

    begin = time.perf_counter()
    found = tm.read(folder, jobs=jobs, cache=cache)
    seconds = time.perf_counter() - begin
    if found.errors:
        print(*found.errors, sep="\n")
        raise SystemExit(2)
    said = {
        "seconds": seconds,
        "n_files": len(found),
        "n_rows": len(found.observations),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    place, n_jobs, *kept = sys.argv[1:]
    main(place, int(n_jobs), *kept[:1])
