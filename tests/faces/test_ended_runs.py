"""Runs that meet others, or an early end: no half file, and the same bytes next time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tallymark.environment import CACHE_VARIABLE

SAMPLES = Path(__file__).parents[2] / "sample_data"
FOLDERS = ("ken_ahtcpu_unit", "eth_ocsea_cases", "xaa_case_data")

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    for name in FOLDERS:
        shutil.copytree(SAMPLES / name, folder / name)
    return folder


@pytest.fixture
def begin(data, tmp_path):
    """A function: start a check of the folder, with findings in `out`."""

    def _begin(out):
        command = [sys.executable, "-m", "tallymark", "check", str(data)]
        return subprocess.Popen(
            [*command, "--out", str(out), "--fail-on", "never"],
            env=os.environ | {CACHE_VARIABLE: str(tmp_path / "cache")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return _begin


def ended(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    return out


def held(folder):
    """Return every file of a folder, but for the parts of a run that was killed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".part"
    }


def test_two_at_once_write_what_one_writes(begin, data, tmp_path):
    said = ended(begin(tmp_path / "alone"))
    shutil.rmtree(tmp_path / "cache")
    inputs = held(data)
    both = [begin(tmp_path / "shared") for _ in range(2)]
    assert [ended(process) for process in both] == [said, said]
    assert held(tmp_path / "shared") == held(tmp_path / "alone")
    assert held(data) == inputs


def test_a_killed_run_leaves_whole_files_and_the_next_is_as_ever(begin, data, tmp_path):
    began = time.monotonic()
    said = ended(begin(tmp_path / "whole"))
    took = time.monotonic() - began
    whole, inputs = held(tmp_path / "whole"), held(data)
    shutil.rmtree(tmp_path / "cache")
    out = tmp_path / "out"
    shares = [0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0]
    n_killed = 0
    for share in shares:
        process = begin(out)
        time.sleep(took * share)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        n_killed += process.returncode == -signal.SIGKILL
        left = held(out) if out.is_dir() else {}
        assert left.items() <= whole.items()
    assert n_killed >= 3
    assert ended(begin(out)) == said
    assert held(out) == whole
    assert held(data) == inputs


def test_a_torn_cache_is_read_anew(begin, tmp_path):
    said = ended(begin(tmp_path / "first"))
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])
    assert ended(begin(tmp_path / "second")) == said
    assert held(tmp_path / "second") == held(tmp_path / "first")


def test_what_can_only_be_read_is_checked(begin, data, tmp_path):
    said = ended(begin(tmp_path / "free"))
    for path in [data, *data.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert ended(begin(tmp_path / "closed")) == said
    finally:
        for path in [data, *data.rglob("*")]:
            path.chmod(path.stat().st_mode | 0o200)
    assert held(tmp_path / "closed") == held(tmp_path / "free")
