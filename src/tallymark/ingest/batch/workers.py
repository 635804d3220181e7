"""Reading in several processes, so that a file can cost no more than its own result.

Hides the processes and their messages: pickles between one program's own processes,
never kept. They are started afresh, never forked, and know nothing of the caller's
script, which therefore needs no guard.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, cast

from tallymark.errors import SourceError
from tallymark.ingest.batch.packing import pack, unpack
from tallymark.ingest.reading import Order, Result, file_reader
from tallymark.model.submission import Submission

_START = (
    "import sys; sys.path[:] = sys.argv[1:];"
    "from tallymark.ingest.batch.workers import serve; serve()"
)
_READY = "ready"
_BROKEN_OFF = (EOFError, OSError, pickle.UnpicklingError)
"""What a message to or from a process that has died may raise."""

Task = tuple[int, Path]
"""A file and its place among the files of the run."""


def read_in_parallel(
    waiting: deque[Task], order: Order, n_workers: int
) -> Iterator[tuple[int, Result]]:
    """Give what each waiting file gives, as it comes; a lost process costs one file.

    Files stay in `waiting` if no process can be started.
    """
    crew = _Crew(waiting=waiting, order=order)
    threads = [
        threading.Thread(target=_serve_one, args=[crew]) for _ in range(n_workers)
    ]
    for thread in threads:
        thread.start()
    try:
        n_serving = n_workers
        while n_serving:
            result = crew.found.get()
            if result is None:
                n_serving -= 1
            else:
                yield result
    finally:
        if n_serving:  # the caller was stopped, and so is all that it asked for
            waiting.clear()
            for worker in list(crew.running):
                worker.process.kill()
        for thread in threads:
            thread.join()


@dataclass(frozen=True, eq=False)
class _Worker:
    """A process, what it is asked, and what it answers."""

    process: subprocess.Popen[bytes]
    asked: IO[bytes]
    answers: IO[bytes]


@dataclass(frozen=True, kw_only=True)
class _Crew:
    """What the threads share, each of which serves one process."""

    waiting: deque[Task]
    order: Order
    found: SimpleQueue[tuple[int, Result] | None] = field(default_factory=SimpleQueue)
    running: set[_Worker] = field(default_factory=set)


def _serve_one(crew: _Crew) -> None:
    worker = None
    try:
        worker = _started(crew)
        while worker is not None and (task := _next(crew.waiting)) is not None:
            n, path = task
            result = _answer(worker, path)
            if result is None:
                code = _end(worker, crew)
                result = _lost(path, code)
                worker = _started(crew) if crew.waiting else None
            crew.found.put((n, result))
    finally:
        if worker is not None:
            _end(worker, crew)
        crew.found.put(None)


def _next(waiting: deque[Task]) -> Task | None:
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _started(crew: _Crew) -> _Worker | None:
    """Return a process that is ready to read, or None if none can be had."""
    if not sys.executable:
        return None
    try:
        process = subprocess.Popen(  # noqa: S603  # this very program
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the caller, who ends the others
        )
    except OSError:
        return None
    pipes = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    worker = _Worker(process, *pipes)
    crew.running.add(worker)
    if _exchange(worker, crew.order) == _READY:
        return worker
    _end(worker, crew)
    return None


def _answer(worker: _Worker, path: Path) -> Result | None:
    message = _exchange(worker, path)
    if message is None:
        return None
    if isinstance(message, bytes):
        return unpack(message, path)
    kind, said, told = message
    error = kind.__new__(kind, *said)
    error.__dict__.update(told)
    return cast("Result", error)


def _exchange(worker: _Worker, message: object) -> Any:
    """Send a message and return the answer, or None if the process has ended."""
    try:
        _send(worker.asked, message)
        return pickle.load(worker.answers)  # noqa: S301  # from our own process
    except _BROKEN_OFF:
        return None


def _end(worker: _Worker, crew: _Crew) -> int:
    """Let a process end and return its exit code, or the signal that ended it."""
    with contextlib.suppress(OSError):
        worker.asked.close()
    code = worker.process.wait()
    worker.answers.close()
    crew.running.discard(worker)
    return code


def _lost(path: Path, code: int) -> SourceError:
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    return SourceError(
        f"The process that read this file has ended before it was done ({how}).",
        where=str(path),
        hint="Mostly memory has run out: read it alone, or use fewer --jobs.",
    )


def serve() -> None:
    """Read, as the process that was started, what is asked for on standard input."""
    gc.set_threshold(100_000)  # as in the command line: most of it is short-lived
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that nothing a library prints comes in between
    read = file_reader(pickle.load(asked))  # noqa: S301  # from our own caller
    _send(answers, _READY)
    with contextlib.suppress(EOFError, BrokenPipeError):  # the caller has ended
        while True:
            result = read(pickle.load(asked))  # noqa: S301  # see above
            _send(answers, _message(result))


def _message(result: Result) -> object:
    """Return a result as what can be sent: an error has more than its class takes."""
    if isinstance(result, Submission):
        return pack(result)
    return type(result), result.args, result.__dict__


def _send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe)
    pipe.flush()
