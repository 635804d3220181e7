"""Many files: whatever reads them, the same results in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest

from tallymark.errors import FaultError, SourceError
from tallymark.ingest import Batch, batch, read, reading
from tallymark.ingest.batch import workers
from tallymark.model.submission import Submission, Submissions

HEADER = "Area,Year,Sex,Offence,Cases\n"

FILES = {
    "a.csv": HEADER + "KEN,2018,Total,Rape,3\nKEN,2019,Total,Rape,<5\n",
    "b.csv": "",
    "c.csv": HEADER.replace("Cases", "Number"),
    "d.csv": HEADER + "UGA,2018,Total,Rape,:\nXYZ1,2018,Total,Rape,4\n",
    "e.xlsx": "PK and no more",
    "f.csv": HEADER,
    "g.csv": HEADER + "KEN,2018,Total,Rape,3\nKEN,2019,Total,Rape,<5\n",
    "h.csv": HEADER + "".join(f"X{c}A,2018,Total,Rape,1\n" for c in "BCDEFG"),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of files, some broken, one sent twice."""
    place = tmp_path / "sent"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are started however little there is to read."""
    monkeypatch.setattr(batch, "pays", lambda *_: True)


def told(submissions: Submissions) -> list[object]:
    """Return all that submissions say, so that it can be compared."""
    items = [
        {
            field.name: value.to_pylist() if isinstance(value, pa.Table) else value
            for field in fields(Submission)
            for value in [getattr(item, field.name)]
        }
        for item in submissions
    ]
    errors = [(type(error), error.__dict__) for error in submissions.errors]
    return [*items, *errors, submissions.notes]


def test_one_process_several_and_the_cache_give_the_same(
    place: Path,
    tmp_path: Path,
    folder: Callable[..., Path],
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adapters = folder(long_document)
    cache = tmp_path / "cache"
    alone = read([place], folder=adapters, batch=Batch(jobs=1))
    assert [item.file for item in alone] == ["a.csv", "d.csv", "f.csv", "h.csv"]
    assert [Path(e.where).name for e in alone.errors] == [
        "b.csv", "c.csv", "e.xlsx", "g.csv",
    ]  # fmt: skip
    cold = read([place], folder=adapters, batch=Batch(jobs=1, cache=cache))
    warm = read([place], folder=adapters, batch=Batch(jobs=1, cache=cache))
    monkeypatch.setattr(batch, "pays", lambda *_: True)
    several = read([place], folder=adapters, batch=Batch(jobs=3))
    assert told(cold) == told(warm) == told(several) == told(alone)
    schemas = {item.observations.schema for item in (*alone, *warm, *several)}
    assert len(schemas) == 1


def test_a_process_that_is_killed_costs_its_own_file_only(
    place: Path,
    at_once: None,
    folder: Callable[..., Path],
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killing = (
        "import os, sys; sys.path[:] = sys.argv[1:]\n"
        "from tallymark.ingest import reading\n"
        "from tallymark.ingest.batch import workers\n"
        "usual = reading.read_grid\n"
        "def read_grid(path, **options):\n"
        "    if path.name == 'd.csv': os.kill(os.getpid(), 9)\n"
        "    return usual(path, **options)\n"
        "reading.read_grid = read_grid\n"
        "workers.serve()"
    )
    monkeypatch.setattr(workers, "_START", killing)
    found = read([place], folder=folder(long_document), batch=Batch(jobs=2))
    assert [item.file for item in found] == ["a.csv", "f.csv", "h.csv"]
    [lost] = [e for e in found.errors if e.where == str(place / "d.csv")]
    assert isinstance(lost, SourceError)
    assert "has ended before it was done (signal 9)" in lost.what


def test_without_any_process_the_files_are_read_all_the_same(
    place: Path,
    at_once: None,
    folder: Callable[..., Path],
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    adapters = folder(long_document)
    alone = read([place], folder=adapters, batch=Batch(jobs=1))
    monkeypatch.setattr(sys, "executable", str(place / "no-such-python"))
    assert told(read([place], folder=adapters, batch=Batch(jobs=2))) == told(alone)
    monkeypatch.setattr(sys, "executable", sys.executable)
    monkeypatch.setattr(workers, "_START", "raise SystemExit(3)")
    assert told(read([place], folder=adapters, batch=Batch(jobs=2))) == told(alone)


def test_a_fault_met_on_one_file_is_told_without_the_cells_of_the_file(
    place: Path,
    folder: Callable[..., Path],
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = reading.read_grid

    def read_grid(path: Path, **options: object) -> object:
        if path.name == "d.csv":
            raise IndexError("what a cell holds")
        return usual(path, **options)

    monkeypatch.setattr(reading, "read_grid", read_grid)
    found = read([place], folder=folder(long_document))
    assert [item.file for item in found] == ["a.csv", "f.csv", "h.csv"]
    [fault] = [e for e in found.errors if isinstance(e, FaultError)]
    assert fault.where == str(place / "d.csv")
    assert "(IndexError in test_batch.py, line " in fault.what
    assert "what a cell holds" not in str(fault)
    assert "what a cell holds" in fault.trace


def test_an_error_that_is_kept_holds_no_cells(
    place: Path, folder: Callable[..., Path], long_document: str
) -> None:
    for error in read([place], folder=folder(long_document)).errors:
        link: BaseException | None = error
        while link is not None:
            assert link.__traceback__ is None
            link = link.__cause__ or link.__context__


def test_progress_is_told_for_every_file_kept_or_not(
    place: Path, tmp_path: Path, folder: Callable[..., Path], long_document: str
) -> None:
    adapters, cache = folder(long_document), tmp_path / "cache"
    heard: list[tuple[int, int]] = []
    how = Batch(cache=cache, progress=lambda *n: heard.append(n))
    every = [(n, len(FILES)) for n in range(1, len(FILES) + 1)]
    read([place], folder=adapters, batch=how)
    assert heard == every
    read([place], folder=adapters, batch=how)
    assert heard == every * 2


def test_processes_are_started_where_the_rest_takes_long() -> None:
    assert not batch.pays(0.0, 0, 1000, 2)
    assert not batch.pays(batch.LOOK / 2, 1, 1000, 2)
    assert not batch.pays(5.0, 10, 1000, 1)
    assert batch.pays(5.0, 1, 3, 3)
    assert 1 <= batch.usable_processors() <= (os.cpu_count() or 1)


STOPPED = """
import sys
from tallymark.cli import main
from tallymark.ingest import batch
batch.pays = lambda *_: True
main(["check", "--no-cache", "--jobs", "2", "--adapter", *sys.argv[1:]])
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs files that never end")
def test_ctrl_c_stops_all_processes(tmp_path: Path, long_document: str) -> None:
    adapter = tmp_path / "long.yaml"
    adapter.write_text(long_document, encoding="utf-8")
    endless = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in endless:
        os.mkfifo(path)
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, adapter, *endless],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        held = [in_time(path, writing_end) for path in endless]
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said.split()) == (2, ["Stopped."])
    for pipe in held:
        os.close(pipe)
    assert [writing_end(path) for path in endless] == [None, None]


def in_time(path: Path, of: Callable[[Path], int | None]) -> int:
    end = time.monotonic() + 20
    while (found := of(path)) is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def writing_end(pipe: Path) -> int | None:
    """Open a pipe for writing, or return None if nobody reads it."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None
