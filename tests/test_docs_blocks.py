"""What documents show and do not run can at least be read, by whoever is to read it.

Commands of an example's own files are not run: their options must exist all the same.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from tallymark.cli import cli
from tallymark.interpret import load_catalogue

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4,}\S.*\n)+", re.MULTILINE)
KINDS = {"console", "python", "py", "sh", "yaml", "json", "toml", "text", "markdown"}
"""`console` and `python` are run by test_docs.py."""


def blocks(page: Path) -> list[tuple[str, str]]:
    return FENCED.findall(page.read_text(encoding="utf-8"))


def read(kind: str, text: str) -> None:
    """Read a block as what it says it is."""
    if kind in ("python", "py"):
        ast.parse(text)
    elif kind == "json":
        json.loads(text)
    elif kind == "toml":
        tomllib.loads(text)
    elif kind == "yaml":
        list(yaml.safe_load_all(text))


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the words of every command line of tallymark that a page shows."""
    text = page.read_text(encoding="utf-8")
    parts = [t for kind, t in FENCED.findall(text) if kind in ("sh", "console", "text")]
    parts += INDENTED.findall(FENCED.sub("", text))
    for part in parts:
        joined = part.replace("\\\n", " ")
        for line in re.findall(r"^\s*(?:\$ )?tallymark (.*)", joined, re.MULTILINE):
            yield shlex.split(line, comments=True)


def unknown(words: list[str]) -> str:
    """Return the first command or option that is not there."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        options = [o for p in command.params for o in p.opts]
        words = [w for w in words if w not in options]
        if not words:
            return ""
        named = words[0].split("|")  # `create|show`: one of these
        if absent := [name for name in named if name not in command.commands]:
            return absent[0]
        command, words = command.commands[named[-1]], words[1:]
    known = {"-h", "--help", *(o for p in command.params for o in p.opts)}
    given = [re.sub(r"[=\]].*", "", w.lstrip("[")) for w in words]
    return next((w for w in given if re.match(r"--?[a-z]", w) and w not in known), "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_what_it_says(page: Path) -> None:
    for kind, text in blocks(page):
        assert kind in KINDS, text[:60]
        read(kind, text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_shown_has_its_options(page: Path) -> None:
    assert not [words for words in commands(page) if unknown(words)]


def test_the_caveat_that_is_shown_can_be_loaded(tmp_path: Path) -> None:
    (shown, *_) = blocks(ROOT / "docs/howto/add-a-caveat.md")
    content = yaml.safe_load(shown[1]) | {"slug": "shown-on-a-page"}
    # The page shows a caveat that is there already, and no two may have one condition.
    further = {"field": "counting_unit", "is": "RESPONDENT"}
    content["applies_when"] = {"any": [content["applies_when"], further]}
    path = tmp_path / "shown-on-a-page.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    assert "shown-on-a-page" in load_catalogue(tmp_path).caveats


@pytest.mark.slow
def test_what_is_printed_as_gx_is_loaded_as_the_page_shows() -> None:
    kinds = [t for kind, t in blocks(ROOT / "docs/reference/output.md") if kind == "py"]
    done = subprocess.run(
        [sys.executable, "-c", kinds[0]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_what_is_not_there_is_noticed() -> None:
    assert unknown(["check", "a.xlsx", "--suit", "x"]) == "--suit"
    assert unknown(["chek", "a.xlsx"]) == "chek"
    assert unknown(["adapt", "tset"]) == "tset"
    assert unknown(["cache", "info|clean"]) == "clean"
    assert not unknown(["suite", "lint", "--format=json"])
    with pytest.raises(yaml.YAMLError):
        read("yaml", "a: [1")
