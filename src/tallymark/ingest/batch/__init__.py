"""Many files: what was read before is taken from the cache, the rest is read.

Hides whether one process reads or several. Nothing here changes what a file gives, nor
the order: the clock decides only how many processes are worth their start.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tallymark.ingest.reading import Order, Result, file_reader
from tallymark.model.grid import Grid
from tallymark.model.submission import Submission

if TYPE_CHECKING:  # only runs with a cache load it
    from tallymark.ingest.batch.cache import Store

LOOK = 0.25
"""Seconds of reading after which it is known how long the rest would take."""

WORTH = 1.0
"""Seconds that further processes must save; their start takes about half of it."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """How a run over several files is carried out.

    `jobs` is the number of processes, null that of the usable processors. `cache` is
    the folder of what was read before, null for none. `progress` is called with the
    number of files done and of all files. `unknown` is told the cells of files that no
    adapter fits, by path, as far as this process reads them.
    """

    jobs: int | None = None
    cache: Path | None = None
    progress: Callable[[int, int], None] | None = None
    unknown: dict[str, Grid] | None = None


def read_files(
    files: Sequence[Path], order: Order, batch: Batch, notes: list[str]
) -> list[Result]:
    """Return what each file gives, in their order; `notes` are told of a useless cache.

    Raises:
        DocumentError: the adapter is faulty, or one of the folder is.
    """
    read = file_reader(order, batch.unknown)
    store = _store(batch, order)
    results: dict[int, Result] = {}
    waiting: deque[tuple[int, Path]] = deque()
    for n, path in enumerate(files):
        found = None if store is None else store.kept(path)
        if found is None:
            waiting.append((n, path))
        else:
            results[n] = found
            _tell(batch, len(results), len(files))
    n_new = len(waiting)
    with closing(_read(waiting, read, order, batch)) as new:
        for n, result in new:
            results[n] = result
            _tell(batch, len(results), len(files))
            store = _keep(store, result, notes)
    if store is not None and n_new:
        with suppress(OSError):  # then the next run holds it to its bounds
            store.trim()
    return [results[n] for n in range(len(files))]


def _store(batch: Batch, order: Order) -> Store | None:
    if batch.cache is None:
        return None
    from tallymark.ingest.batch.cache import open_store  # noqa: PLC0415  # a start does without

    return open_store(batch.cache, order)


def _keep(store: Store | None, result: Result, notes: list[str]) -> Store | None:
    """Keep what was read, and give up the store that cannot be written to."""
    if store is None or not isinstance(result, Submission):
        return store
    try:
        store.keep(result)
    except OSError as error:
        notes.append(
            f"What was read is not kept for the next run: {store.folder} cannot be"
            f" written to ({error.strerror})."
        )
        return None
    return store


def _tell(batch: Batch, n_done: int, n_files: int) -> None:
    if batch.progress is not None:
        batch.progress(n_done, n_files)


def _read(
    waiting: deque[tuple[int, Path]],
    read: Callable[[Path], Result],
    order: Order,
    batch: Batch,
) -> Generator[tuple[int, Result]]:
    """Give each file's result: one by one, and from several processes once that pays."""
    start, n_done = time.monotonic(), 0
    n_most = batch.jobs or usable_processors()
    while waiting:
        n_workers = min(n_most, len(waiting))
        seconds = time.monotonic() - start
        if n_workers > 1 and pays(seconds, n_done, len(waiting), n_workers):
            from tallymark.ingest.batch import workers  # noqa: PLC0415  # seldom needed

            yield from workers.read_in_parallel(waiting, order, n_workers)
            n_most = 1  # what is left could not be given to a process
        else:
            n, path = waiting.popleft()
            yield n, read(path)
            n_done += 1


def pays(seconds: float, n_done: int, n_left: int, n_workers: int) -> bool:
    """Tell whether the rest is worth further processes, by what was done so far.

    >>> pays(0.5, n_done=100, n_left=900, n_workers=2)
    True
    >>> pays(0.5, n_done=100, n_left=100, n_workers=2)
    False
    """
    if seconds < LOOK or n_done == 0:
        return False
    return seconds / n_done * n_left * (1 - 1 / n_workers) > WORTH


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
