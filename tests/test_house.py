"""The house rules that no linter knows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tallymark
from tallymark.cli import cli
from tallymark.documents import read_document

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "tallymark"
REFERENCE = ROOT / "docs" / "reference"
DATA_FILES = sorted(PACKAGE.rglob("*.yaml"))
SUITES = sorted((ROOT / "expectations").glob("*.json"))

# Written so that the patterns do not match themselves.
FORBIDDEN = re.compile(
    r"py[p]i[.]org|python[h]osted|registry[.]np[m]js|deb[.]debia[n]|"
    r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]|tm[p])/\w"
)


def sources(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every source that a document names, at any depth."""
    if isinstance(document, list):
        for item in document:
            yield from sources(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key == "source":
                yield value
            elif key == "sources":
                yield from value
            else:
                yield from sources(value)


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", DATA_FILES, ids=ids)
def test_every_data_file_has_a_version_and_a_source(path: Path) -> None:
    document = read_document(path)
    assert document["version"] >= 1
    named = list(sources(document))
    assert named
    assert all(source["title"] for source in named)


@pytest.mark.parametrize("path", SUITES, ids=ids)
def test_every_expectation_says_why_and_what_to_ask(path: Path) -> None:
    suite = json.loads(path.read_text(encoding="utf-8"))
    entries = suite["expectations"]
    assert suite["meta"]["version"]
    assert suite["meta"]["source"]
    assert suite["meta"]["n_expectations"] == len(entries)
    assert entries[0]["type"] == "expect_tallymark_loaded"
    for entry in entries[1:]:
        assert {"slug", "why", "ask"} <= entry["meta"].keys(), entry["type"]


def test_the_library_face_holds_what_it_names_and_loads_nothing_early() -> None:
    assert len(tallymark.__all__) <= 15
    assert set(tallymark.__all__) <= set(dir(tallymark))
    for name in tallymark.__all__:
        assert getattr(tallymark, name) is not None
    heavy = "sys.modules.keys() & {'pandas', 'duckdb', 'pyarrow', 'pydantic'}"
    code = f"import sys, tallymark; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_command_is_documented() -> None:
    page = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"tallymark {name}" in page
        for option in command.params:
            assert option.opts[-1] in page or not option.opts[-1].startswith("-")


def test_every_catalogue_entry_is_documented() -> None:
    caveats = {path.stem for path in (PACKAGE / "interpret/caveats").glob("*.yaml")}
    expectations = {
        entry["meta"]["slug"]
        for path in SUITES
        for entry in json.loads(path.read_text(encoding="utf-8"))["expectations"][1:]
    }
    pages = "".join(
        path.read_text(encoding="utf-8") for path in REFERENCE.rglob("*.md")
    )
    told = set(re.findall(r"^###? ([a-z0-9-]+)$", pages, re.MULTILINE))
    assert not (caveats | expectations) - told


def test_no_file_names_an_index_host_or_a_place_on_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
        found += [f"{name}: {match[0]}" for match in FORBIDDEN.finditer(text)]
    assert not found
