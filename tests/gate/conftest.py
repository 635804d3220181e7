"""The command line, and a folder as it grows over years: broken files, pairs, others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tallymark.cli import main

ROOT = Path(__file__).parents[2]
POINTER = (
    f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
)


class Ended(NamedTuple):
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """A function: run `tallymark` with these arguments in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ended(ended.value.code, captured.out, captured.err)

    return command


@pytest.fixture
def legacy(tmp_path):
    """A function: make the folder `data` with so many files."""

    def make(n):
        make_legacy(tmp_path / "data", n)
        return tmp_path / "data"

    return make


@pytest.fixture
def sent(tmp_path):
    """A function: put the file of a sample series into the folder `data`."""

    def put(series, name=None):
        (path,) = (p for p in sample_files() if p.parent.name == series)
        (tmp_path / "data").mkdir(exist_ok=True)
        return Path(shutil.copy(path, tmp_path / "data" / (name or path.name)))

    return put


def sample_files() -> list[Path]:
    """The sent files of the sample data, of the small kinds."""
    found = sorted((ROOT / "sample_data").glob("*/*"))
    return [
        p for p in found if p.suffix in (".xlsx", ".csv") and p.name != "expected.csv"
    ]


def make_legacy(folder: Path, n: int) -> None:
    """Write `n` files: a quarter known, half unmatched, the others no good."""
    folder.mkdir(parents=True)
    known = sample_files()
    for i, path in enumerate(known[: n // 4]):
        place = folder / f"{i:02d}"
        place.mkdir()
        shutil.copy(path, place / path.name)
    for i in range(n // 2):
        rows = [
            f"Unit,Cases {2000 + i}",
            *(f"Post {k},{100 + i * 7 + k}" for k in range(4)),
        ]
        (folder / f"unmatched-{i:03d}.csv").write_text("\n".join(rows) + "\n")
    n_made = len(known[: n // 4]) + n // 2
    for i in range(n - n_made - 2):
        if i % 3 == 0:
            (folder / f"broken-{i:03d}.xlsx").write_bytes(
                b"PK\x03\x04" + bytes([i]) * 90
            )
        elif i % 3 == 1:
            (folder / f"pointer-{i:03d}.xlsx").write_text(
                POINTER.replace("123", str(i))
            )
        else:
            (folder / f"picture-{i:03d}.jpg").write_bytes(b"\xff\xd8\xff" + bytes([i]))
    make_pair(folder)


def make_pair(folder: Path) -> None:
    """Write two versions of one publication, which give the same figures."""
    path = ROOT / "sample_data/gbr_scotgov_recorded_crime"
    (sent,) = (
        p for p in path.iterdir() if p.suffix == ".csv" and p.name != "expected.csv"
    )
    text = sent.read_text(encoding="utf-8")
    (folder / "scotland-v9.csv").write_text(text + "\n", encoding="utf-8")
    (folder / "scotland-v10.csv").write_text(text + "\n\n", encoding="utf-8")
