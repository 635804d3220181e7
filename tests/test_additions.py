"""What CONTRIBUTING.md says an addition touches is all that it touches.

In a copy of the repository a country with its series and adapter, an expectation, a
caveat and an output format are added, each with the files of its row of the table there.
The tests that walk the folders then find them, and fail once they are broken.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HELD = (
    "tests/interpret/test_caveat_examples.py",
    "tests/present/test_formats.py",
    "tests/present/test_output_page.py",
    "tests/reference/test_sample_data.py",
)
PAGE = "docs/reference/output.md"
FORMATS = "src/tallymark/present/__init__.py"
SUITE = "expectations/observations.json"
AREAS = "src/tallymark/reference/areas.csv"
GENERATED = ("docs/reference/", "src/tallymark/ingest/adapters/anchors.json")
SAMPLE = "sample_data/xzz_newcomer"

GOLDEN = (
    "-m", "tallymark", "adapt", "test", "src/tallymark/ingest/adapters/newcomer.yaml",
    "--input", f"{SAMPLE}/letter.csv", "--expected", f"{SAMPLE}/expected.csv", "--write",
)  # fmt: skip
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "-k", "newcomer")

BROKEN = (
    ("src/tallymark/present/table/newcomer.py", "\\n", ""),
    (f"{SAMPLE}/letter.csv", "46", "47"),
    (PAGE, "`newcomer`", "`other`"),
)
"""Faults of an addition which a test finds that walks to it: file, old and new text."""

UNREADABLE = (
    ("src/tallymark/interpret/caveats/newcomer.yaml", "XAA", "XZZ", "$.examples"),
    (
        SUITE,
        '"expect_column_values_to_not_be_null", "kwargs": {"column": "offence"',
        '"expect_magic", "kwargs": {"column": "offence"',
        "expect_magic",
    ),
)
"""Faults with which a document is not read, and what the message says of the place."""

CAVEAT = """\
version: 1
slug: newcomer
group: proxy_measure
text:
  en: An invented sentence.
  pt: Uma frase inventada.
  fr: Une phrase inventée.
explanation: For a test.
phase: observation
kind: sticky
applies_when: {field: ref_area, is: XZZ}
limits: [level]
weight: low
sources: [{title: Invented}]
examples:
  - {holds: true, rows: [{ref_area: XZZ}]}
  - {holds: false, rows: [{ref_area: XAA}]}
"""
RENDER = '''\
"""A table as a line."""

from __future__ import annotations

from tallymark.model.table import Table


def render(table: Table) -> dict[str, bytes]:
    """Return how many rows the table has."""
    return {"": f"{len(table.rows)}\\n".encode()}
'''
COUNTRY = """\
version: 1
iso3: XZZ
name: Newland
invented: true
capacity:
  {unit: [], tips_direct: [], icse: [], proactive_victim_id: [], foreign_experience: []}
source: {title: Invented for a test, publisher: Tallymark}
"""
ADAPTER = """\
id: newcomer
version: 1
title: Figures of the Newland police
source: {title: Invented, publisher: Police of Newland, read: 2026-11-23}
vintage: 2020-03-03
tables:
  - name: figures
    above: [Newland newcomer police]
    header: [Newland stage, {name: years, pattern: '20\\d{2}', many: true}]
    rows: {until: blank}
    values: [years]
    constants:
      series_id: xzz_newcomer
      ref_area: XZZ
      area_level: country
      scope: CSEA
      counting_unit: CASE
    lookups:
      - {header: 0, parse: period}
      - {column: Newland stage, field: stage, map: {Newland cases: RECORDED}}
"""
LETTER = """\
Newland newcomer police,,
Newland stage,2018,2019
Newland cases,31,46
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository, with a function that runs Python in it."""
    root = tmp_path_factory.mktemp("newcomer")
    hidden = shutil.ignore_patterns("__pycache__", "pictures", ".*")
    for name in ("src", "docs", "expectations", "sample_data", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=hidden)
    shutil.copy(ROOT / "pyproject.toml", root)

    def _run(*words):
        environment = {**os.environ, "PYTHONPATH": str(root / "src")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return root, _run


def _additions():
    """Return the whole text of every file that an addition touches, by its row."""
    series = (ROOT / "src/tallymark/reference/series/xaa_case_data.yaml").read_text(
        "utf-8"
    )
    suite = json.loads((ROOT / SUITE).read_text("utf-8"))
    page = (ROOT / "docs/howto/add-an-expectation.md").read_text("utf-8")
    (entry,) = re.findall(r"(?s)```json\n(.*?)```", page)
    one = json.loads(entry)
    since = suite["meta"]["version"] + 1
    one["meta"] |= {"slug": "newcomer-found", "preview": "9.0", "since": since}
    suite["expectations"].append(one)
    suite["meta"]["n_expectations"] += 1
    formats = (ROOT / FORMATS).read_text("utf-8")
    rows = (ROOT / PAGE).read_text("utf-8")
    first = '    ("table", "html"): '
    row = "| table | `html` |"
    return {
        "a caveat": {"src/tallymark/interpret/caveats/newcomer.yaml": CAVEAT},
        "an expectation": {SUITE: json.dumps(suite, ensure_ascii=False)},
        "an output format": {
            "src/tallymark/present/table/newcomer.py": RENDER,
            FORMATS: formats.replace(
                first,
                f'    ("table", "newcomer"): "tallymark.present.table.newcomer",\n{first}',
            ),
            PAGE: rows.replace(row, f"| table | `newcomer` | a line | |\n{row}", 1),
        },
        "a country": {
            "src/tallymark/reference/countries/XZZ.yaml": COUNTRY,
            AREAS: (ROOT / AREAS).read_text("utf-8") + "XZZ,,Newland,,country\n",
        },
        "a publication": {
            "src/tallymark/ingest/adapters/newcomer.yaml": ADAPTER,
            "src/tallymark/reference/series/xzz_newcomer.yaml": re.sub(
                r"xaa_case_data|xaa-case-data", "xzz_newcomer", series
            ).replace("XAA", "XZZ"),
            f"{SAMPLE}/letter.csv": LETTER,
            f"{SAMPLE}/SOURCES.md": "# Newland\n\nInvented.\n",
        },
    }


def _bytes(root):
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def added(copy):
    """The copy with all additions, which of its files they touch, and what to run."""
    root, run = copy
    before = _bytes(root)
    written = {f"{SAMPLE}/expected.csv"}
    for files in _additions().values():
        for name, text in files.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
            written.add(name)
    for words in (GOLDEN, ("docs/generate.py",)):
        done = run(*words)
        assert done.returncode == 0, done.stderr
    after = _bytes(root)
    touched = {name for name in after if after[name] != before.get(name)}
    assert written <= touched
    return root, run, touched - written


def test_an_addition_is_the_files_of_its_row_and_what_one_command_makes(added):
    _, run, besides = added
    assert all(name.startswith(GENERATED) for name in besides), besides
    said = run("-m", "tallymark", "about", "newcomer-found")
    assert said.returncode == 0, said.stderr
    table = run("-m", "tallymark", "table", SAMPLE)
    assert "Newland" in table.stdout, table.stderr
    assert "An invented sentence." in table.stdout


@pytest.mark.slow
def test_the_tests_that_walk_the_folders_hold_an_addition(added):
    root, run, _ = added
    held = run(*PYTEST, *HELD)
    assert held.returncode == 0, held.stdout
    for name, old, new in BROKEN:
        _replace(root / name, old, new)
    held = run(*PYTEST, *HELD[1:])
    assert set(re.findall(r"FAILED (tests/\S+?)::", held.stdout)) == set(HELD[1:])


def test_an_addition_that_cannot_be_read_is_told_with_its_place(added):
    root, run, _ = added
    for name, old, new, where in UNREADABLE:
        kept = (root / name).read_text(encoding="utf-8")
        _replace(root / name, old, new)
        told = run("-m", "tallymark", "about", "newcomer")
        assert Path(name).name in told.stderr
        assert where in told.stderr
        (root / name).write_text(kept, encoding="utf-8")


def _replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
