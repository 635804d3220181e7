"""What the documents show is what the tool does: their commands and their Python run.

In a `console` block a line `$ tallymark ...` or `$ pytest ...` is run, and what follows
must be its output; three dots stand for what is left out, alone on a line for whole lines. `python` blocks of a page run
one after the other. Everything runs beside a copy of sample_data/ and of the
tutorial's workbook.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOOL = Path(sys.executable).with_name("tallymark")
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output shown for it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.rstrip()


def pattern(shown: str) -> str:
    """Return the regular expression of an output; dots stand for what is left out."""
    lines = [
        r"(?:.*\n)*?"
        if line == "..."
        else re.escape(line).replace(r"\.\.\.", ".*") + r"\s*?\n"
        for line in shown.splitlines()
    ]
    return "".join(lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    for workbook in (ROOT / "docs/tutorial").glob("*.xlsx"):
        shutil.copy(workbook, tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, folder: Path) -> None:
    shown = [
        pair
        for kind, text in blocks(page)
        if kind == "console"
        for pair in commands(text)
    ]
    for command, output in shown:
        words = shlex.split(command)
        if words[0] not in ("tallymark", "pytest"):
            continue
        done = subprocess.run(
            [TOOL.with_name(words[0]), *words[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        printed = done.stdout + done.stderr
        assert done.returncode in range(5), f"{command}\n{printed}"
        assert re.fullmatch(pattern(output), printed + "\n"), f"{command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, folder: Path) -> None:
    code = "\n".join(text for kind, text in blocks(page) if kind == "python")
    if not code:
        return
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_generated_pages_say_what_the_data_files_say() -> None:
    subprocess.run([sys.executable, ROOT / "docs/generate.py", "--check"], check=True)


def test_an_excerpt_with_a_wrong_line_is_noticed() -> None:
    printed = "one\ntwo\nthree\n"
    assert re.fullmatch(pattern("one\n...\nthree"), printed)
    assert not re.fullmatch(pattern("one\n...\nfour"), printed)


def test_every_page_is_listed_and_every_link_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:)([^)#\s]+)")
    written = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "benchmarks" / "README.md"]
    reached = {
        page: {
            (page.parent / target).resolve()
            for target in link.findall(page.read_text(encoding="utf-8"))
        }
        for page in written
    }
    broken = [(p.name, t) for p, ts in reached.items() for t in ts if not t.exists()]
    assert not broken
    index = ROOT / "docs" / "index.md"
    listed = reached[index] | {index, ROOT / "README.md"}
    assert not [page for page in PAGES if page.resolve() not in listed]
