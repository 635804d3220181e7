"""Commands that keep files of a project: killed, doubled, or without room, time and net."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tallymark.environment import CACHE_VARIABLE

REPORTS = ("junit", "sarif", "github-summary", "ess", "jsonl", "csv")
COMMANDS = {
    "reports": [
        "check", "--fail-on", "never",
        *(word for name in REPORTS for word in ("--report", f"{name}=out.{name}")),
    ],
    "adopt": ["adopt", "data"],
    "create": ["baseline", "create"],
    "shrink": ["baseline", "shrink"],
    "accept": ["baseline", "accept", "--accept", "The office has been asked."],
    "contract": [
        "contract", "init", "--suite", "observations", "-o", "contract.odcs.yaml",
    ],
}  # fmt: skip
SETTINGS = '[tool.tallymark]\ninclude = ["data"]\nbaseline = "baseline.json"\n'

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path, sampleland):
    """A function: a folder in which a command has something to do."""

    def make(name, command):
        folder = tmp_path / name
        sampleland(folder / "data" / "one.xlsx", C8=-640, D9=-13)
        if command != "adopt":
            (folder / "pyproject.toml").write_text(SETTINGS)
        if command in ("shrink", "accept", "reports"):
            ended(begin(folder, "create"))
        if command == "shrink":
            sampleland(folder / "data" / "one.xlsx", D9=-13)
        if command in ("accept", "reports"):
            sampleland(folder / "data" / "one.xlsx", C8=-640, C11="about 30")
        return folder

    return make


def begin(folder, command, *, before=(), limit=None, **variables):
    """Start a command; no file it writes may grow past the limit in bytes."""

    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [*before, sys.executable, "-m", "tallymark", *COMMANDS[command]],
        cwd=folder,
        env=os.environ | {CACHE_VARIABLE: str(folder / ".cache")} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=None if limit is None else bounded,
    )


def ended(process):
    said, told = process.communicate(timeout=120)
    return process.returncode, (said + told).decode()


def held(folder):
    """Return what a project keeps: no data, and no parts of a killed run."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".part"
    }


def written(project, command):
    """Return what the command makes of a project when nothing disturbs it."""
    folder = project("alone", command)
    before = held(folder)
    code, said = ended(begin(folder, command))
    assert code == 0, said
    assert held(folder) != before
    return before, held(folder)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_leaves_whole_files(project, command):
    began = time.monotonic()
    before, whole = written(project, command)
    took = (time.monotonic() - began) / 2
    folder = project("killed", command)
    for share in (0.5, 0.8, 0.95, 1.0):
        process = begin(folder, command)
        time.sleep(took * share)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for name, content in held(folder).items():
            assert content in (before.get(name), whole.get(name)), name
    ended(begin(folder, command))
    assert held(folder) == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [("reports", "reports"), ("adopt", "adopt"), ("create", "create"),
     ("shrink", "shrink"), ("contract", "contract")],
)  # fmt: skip
def test_two_at_once_write_what_one_writes(project, one, other):
    _, whole = written(project, one)
    folder = project("shared", one)
    for process in [begin(folder, one), begin(folder, other)]:
        code, said = ended(process)
        assert code in (0, 2), said
        assert "Internal error" not in said
    assert held(folder) == whole


@pytest.mark.parametrize("command", COMMANDS)
def test_without_room_all_is_as_it_was(project, command):
    before, whole = written(project, command)
    folder = project("full", command)
    code, said = ended(begin(folder, command, limit=64))
    assert (code, "Traceback" in said) == (2, False), said
    assert "cannot be written" in said
    assert held(folder) == before
    ended(begin(folder, command))
    assert held(folder) == whole


@pytest.mark.parametrize(
    "variables",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONUTF8": "0", "LANG": "C"},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"},
    ],
    ids=["far east", "plain", "homeless"],
)
@pytest.mark.parametrize("command", ["reports", "adopt", "contract"])
def test_elsewhere_the_same_bytes_are_written(project, command, variables):
    _, whole = written(project, command)
    folder = project("elsewhere", command)
    code, said = ended(begin(folder, command, **variables))
    assert code == 0, said
    assert held(folder) == whole


def test_nothing_is_asked_of_a_network(project):
    without = ["unshare", "--map-root-user", "--net"]
    if (
        shutil.which("unshare") is None
        or subprocess.run(
            [*without, "true"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("this machine lets no process leave the network")
    _, whole = written(project, "reports")
    folder = project("offline", "reports")
    code, said = ended(begin(folder, "reports", before=without))
    assert code == 0, said
    assert held(folder) == whole
