"""What docs/explanation/trust.md promises: its tests exist, and those that stand here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/explanation/trust.md"
ETHIOPIA = "sample_data/eth_ocsea_cases"

NO_CONNECTION = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        raise SystemExit(f"a connection was opened: {event} {arguments}")

sys.addaudithook(refuse)
from tallymark.cli import main
main(sys.argv[1:])
"""


def test_every_promise_names_a_test_that_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) >= 30
    absent = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / "tests" / path).is_file()
        or f"\ndef {name}(" not in (ROOT / "tests" / path).read_text(encoding="utf-8")
    ]
    assert not absent


def test_every_promise_has_a_test() -> None:
    rows = re.findall(r"^\| .* \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert not [row for row in rows if "::" not in row and "held by" not in row]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ETHIOPIA, "--fail-on", "never"),
        ("check", ETHIOPIA, "--fail-on", "never", "--format", "json"),
        ("table", ETHIOPIA, "--rows", "stage"),
    ],
    ids=" ".join,
)
def test_a_check_and_a_table_open_no_connection(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_CONNECTION, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_opened_connection_would_be_noticed() -> None:
    opening = NO_CONNECTION.partition("from tallymark")[0] + (
        "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", opening], capture_output=True, text=True, check=False
    )
    assert "a connection was opened" in done.stderr


def test_locale_time_zone_and_folder_change_no_byte(tmp_path: Path) -> None:
    written = []
    for n, surroundings in enumerate(
        (
            {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "tr_TR.UTF-8",
                "PYTHONHASHSEED": "2",
            },
        )
    ):
        folder = tmp_path / f"run {n}"
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "tallymark", "check", ROOT / ETHIOPIA, "--out", "o"],
            cwd=folder, env=os.environ | surroundings, capture_output=True, check=False,
        )  # fmt: skip
        made = sorted((folder / "o").iterdir())
        written.append({path.name: path.read_bytes() for path in made})
    assert written[0].keys() >= {"findings.html", "findings.json", "return.xlsx"}
    assert written[0] == written[1]
