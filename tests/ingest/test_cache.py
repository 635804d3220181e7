"""What was read before is taken again only if nothing that it depends on has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tallymark
from tallymark.errors import PersonalDataError
from tallymark.ingest import Batch, read, reading
from tallymark.ingest.batch import cache
from tallymark.ingest.batch.packing import pack, unpack
from tallymark.model.columns import arrow_table, empty_table
from tallymark.model.grid import PdfTable, ReaderOptions
from tallymark.model.observation import SCHEMA
from tallymark.model.series import Source
from tallymark.model.submission import LOSS_SCHEMA, REGION_SCHEMA, Submission

HEADER = "Area,Year,Sex,Offence,Cases\n"
Run = Callable[..., tuple[list[str], tuple[str, ...]]]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, area in (("a.csv", "KEN"), ("b.csv", "UGA")):
        text = HEADER + f"{area},2018,Total,Rape,3\n"
        (sent / name).write_text(text, encoding="utf-8")
    return sent


@pytest.fixture
def run(
    tmp_path: Path,
    sent: Path,
    folder: Callable[..., Path],
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """A function: read the folder with a cache; return which files were opened, and notes."""
    opened: list[str] = []
    usual = reading.read_grid

    def read_grid(path: Path, **options: object) -> object:
        opened.append(path.name)
        return usual(path, **options)

    monkeypatch.setattr(reading, "read_grid", read_grid)
    folder(long_document)

    def once(adapter: str | None = None, **declared: str) -> object:
        opened.clear()
        result = read(
            [sent],
            adapter,
            folder=tmp_path / "adapters",
            not_personal=declared,
            batch=Batch(jobs=1, cache=tmp_path / "cache"),
        )
        return list(opened), result.notes

    return once


def test_an_unchanged_file_is_not_read_again(run: Run, sent: Path) -> None:
    assert run()[0] == ["a.csv", "b.csv"]
    assert run()[0] == []
    (sent / "a.csv").touch()
    assert run()[0] == []
    with (sent / "a.csv").open("a") as file:
        file.write("KEN,2019,Total,Rape,3\n")
    assert run()[0] == ["a.csv"]
    (sent / "b.csv").rename(sent / "c.csv")
    assert run()[0] == ["c.csv"]


def test_a_change_of_adapters_reads_all_again(
    run: Run, tmp_path: Path, folder: Callable[..., Path], cross_document: str
) -> None:
    run()
    document = tmp_path / "adapters/long.yaml"
    document.write_text(document.read_text() + "# changed\n")
    assert len(run()[0]) == 2
    folder(cross_document)  # another one, that might fit now
    assert len(run()[0]) == 2
    assert len(run("long")[0]) == 2
    assert run("long")[0] == run()[0] == []


def test_a_change_of_the_program_or_of_what_is_declared_reads_all_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    assert len(run(Annex="one row per district")[0]) == 2
    assert run(Annex="one row per district")[0] == run()[0] == []
    monkeypatch.setattr(tallymark, "__version__", "99")
    assert len(run()[0]) == 2
    monkeypatch.setattr(cache, "_code", lambda: "another checkout")
    assert len(run()[0]) == 2


@pytest.mark.parametrize("n_kept", [0, 10, 40, -1])
def test_an_entry_cut_short_is_read_anew_and_written_anew(
    run: Run, tmp_path: Path, n_kept: int
) -> None:
    run()
    entries = sorted((tmp_path / "cache").iterdir())
    before = [entry.read_bytes() for entry in entries]
    entries[0].write_bytes(before[0][:n_kept])
    assert len(run()[0]) == 1
    assert [entry.read_bytes() for entry in entries] == before


def test_an_entry_of_another_program_is_ignored(run: Run, tmp_path: Path) -> None:
    run()
    first, second = sorted((tmp_path / "cache").iterdir())
    packed = b"neither Arrow nor JSON"
    digest = cache.hashlib.sha256(packed).digest()
    first.write_bytes(cache._MARK + digest + packed)
    second.write_bytes(b"PK" + second.read_bytes())
    assert len(run()[0]) == 2
    assert run()[0] == []


def test_a_folder_that_cannot_be_written_to_is_told_once(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    opened, notes = run()
    assert len(opened) == 2
    [note] = notes
    assert "What was read is not kept for the next run" in note
    assert str(tmp_path / "cache") in note


def test_what_can_be_read_only_once_or_is_too_large_is_left_to_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cache.Store(folder=tmp_path / "cache", run="")
    (tmp_path / "large.csv").write_text("12345")
    monkeypatch.setattr(cache, "MAX_FILE_BYTES", 4)
    monkeypatch.setattr(cache.hashlib, "file_digest", None)  # must not be called
    assert store.kept(tmp_path / "large.csv") is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert store.kept(tmp_path / "pipe.csv") is None
    assert store.kept(tmp_path / "gone.csv") is None
    assert store.kept(Path("a\0.csv")) is None


def test_what_is_refused_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_: object) -> object:
        raise PersonalDataError("It looks like a list of persons.", where=str(path))

    monkeypatch.setattr(reading, "read_grid", refuse)
    run()
    assert not (tmp_path / "cache").exists()


def test_the_oldest_go_first_and_nobody_else_may_read_them(
    run: Run, tmp_path: Path
) -> None:
    run()
    place = tmp_path / "cache"
    (place / "other.txt").write_text("not ours")
    entries = sorted(place.glob("*.read"))
    for age, entry in enumerate(entries):
        os.utime(entry, (1000 - age, 1000 - age))
        assert entry.stat().st_mode & 0o077 == 0
    n_files, n_bytes = cache.size(place)
    assert (n_files, n_bytes) == (2, sum(e.stat().st_size for e in entries))
    cache.Store(folder=place, run="").trim(limit=n_bytes - 1)
    assert list(place.glob("*.read")) == entries[:1]
    assert cache.empty(place) == 1
    assert [path.name for path in place.iterdir()] == ["other.txt"]
    assert cache.size(tmp_path / "never made") == (0, 0)


texts = st.none() | st.text(max_size=5)
numbers = st.none() | st.floats(allow_nan=False)
days = st.none() | st.dates()


tables = st.builds(
    PdfTable, pages=texts, box=st.none() | st.just((0.5, 1.0, 9.0, 9.5)),
    columns=st.none() | st.lists(st.floats(0, 9), max_size=2).map(tuple),
)  # fmt: skip
readers = st.builds(
    ReaderOptions, encoding=texts, delimiter=texts, styles=st.booleans(),
    pdf=st.lists(tables, max_size=2).map(tuple),
)  # fmt: skip


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    n_rows = draw(st.integers(0, 3))
    kinds = {"string": texts, "double": numbers, "date32[day]": days}
    columns = {
        field.name: [draw(kinds.get(str(field.type), st.none())) for _ in range(n_rows)]
        for field in SCHEMA
    }
    word = st.text(max_size=5)
    source = Source(
        title=draw(word), publisher=draw(texts), read=draw(days), url=draw(texts)
    )
    return Submission(
        file="a.csv", path="in/a.csv", sha256="aa", adapter=draw(word),
        adapter_version=draw(st.integers(0, 9)), layout=draw(word), source=source,
        observations=arrow_table(columns, SCHEMA),
        losses=empty_table(LOSS_SCHEMA), regions=empty_table(REGION_SCHEMA),
        n_numeric=draw(st.integers(0, 9)), ignored=tuple(draw(st.lists(word))),
        detected=draw(st.dictionaries(word, word)), replaces=tuple(draw(st.lists(word))),
        not_personal=draw(st.dictionaries(word, word)), reader=draw(readers),
    )  # fmt: skip


@given(submissions())
def test_what_is_packed_comes_out_again(submission: Submission) -> None:
    again = unpack(pack(submission), Path("other/a.csv"))
    assert pack(again) == pack(submission)
    for field in fields(Submission):
        if field.name != "path":
            assert getattr(again, field.name) == getattr(submission, field.name)
    assert again == replace(submission, path=str(Path("other/a.csv")))
