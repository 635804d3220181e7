"""No face for builds tells two small counts apart, whatever layout they stand in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from odfdo import Document, Table

from tallymark.cli.ci import CI_FORMATS
from tallymark.model.observation import SCHEMA

HEAD = ("Region", "Year", "Cases recorded", "Persons charged")
SMALL = (-3, -2)
"""Two runs of each face, which differ in this count alone; findings quote it."""
_CLOCK = re.compile(r'\d+\.\d+s|time="[^"]*"|timestamp="[^"]*"')
FACES = {
    "check": ["check", "data"],
    "contract": ["contract", "check", "c.odcs.yaml", "data"],
}


def rows(small):
    """Return cases by region and year: one is small, another below zero."""
    yield HEAD
    for i, region in enumerate(("North", "South", "West")):
        for year in (2017, 2018, 2019):
            cases = (
                small if (region, year) == ("South", 2018) else 40 + 7 * i + year % 9
            )
            yield (
                region,
                year,
                cases,
                3 if (region, year) == ("West", 2019) else 11 + i,
            )


def csv(path, small):
    text = "\n".join(";".join(map(str, row)) for row in rows(small))
    path.with_suffix(".csv").write_text(text, encoding="utf-8")


def xlsx(path, small):
    book = openpyxl.Workbook()
    for row in rows(small):
        book.active.append(row)
    book.save(path.with_suffix(".xlsx"))


def ods(path, small):
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Cases")
    for y, row in enumerate(rows(small)):
        for x, value in enumerate(row):
            table.set_value((x, y), value)
    document.body.append(table)
    document.save(path.with_suffix(".ods"))


def known(path, small):
    """Write the layout that an adapter of the project's own reads."""
    lines = ["Province,2018,2019", f"North,{small},15", "South,3,9"]
    path.with_suffix(".csv").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def repository(tmp_path, monkeypatch, own_units, run):
    """A repository with own documents and a contract; a function writes its data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLYMARK_CACHE", str(tmp_path / "cache"))
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    own_units(tmp_path / "tallymark")
    made = run("contract", "init", "--suite", "observations", "-o", "c.odcs.yaml")
    assert made.code == 0, made.err
    return tmp_path


def told_twice(repository, write, tell):
    """Return what a face told of each of the two counts, and look that no cache is."""
    told = []
    for small in SMALL:
        write(repository / "data" / "cases", small)
        told.append(tell())
        assert not (repository / "cache").exists()
    return told


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("write", [csv, xlsx, ods, known])
def test_reports_and_log_do_not_tell_small_counts_apart(repository, run, write, face):
    def tell():
        reports = [f"--report={name}=out/{name}" for name in CI_FORMATS]
        (repository / "out").mkdir(exist_ok=True)
        ended = run(*FACES[face], *reports)
        files = {p.name: p.read_bytes() for p in (repository / "out").iterdir()}
        return ended.code, ended.out, ended.err, files

    one, other = told_twice(repository, write, tell)
    assert one == other
    assert one[0] in ((1,) if write is known else (1, 2))
    assert one[3].keys() == set(CI_FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("write", [csv, known])
def test_tests_do_not_tell_small_counts_apart(repository, write):
    def tell():
        command = [sys.executable, "-m", "pytest", "--tallymark=data", "-rA"]
        ended = subprocess.run(
            [*command, "--junitxml=j.xml", "-p", "no:cacheprovider"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = ended.stdout + ended.stderr + Path("j.xml").read_text(encoding="utf-8")
        return ended.returncode, _CLOCK.sub("", said)

    one, other = told_twice(repository, write, tell)
    assert one == other
    assert one[0] == 1


def test_a_baseline_keeps_no_small_count(repository, run):
    def tell():
        ended = run("baseline", "create", "--no-cache", "data")
        kept = json.loads(Path("baseline.json").read_bytes())
        Path("baseline.json").unlink()
        evidence = [entry.pop("evidence") for entry in kept["findings"]]
        return ended.code, ended.out, kept, len(evidence)

    one, other = told_twice(repository, known, tell)
    assert one == other
    assert one[3] > 0


QUERIES = {
    "text": "select cast(concat('n', max(obs_value)) as double) from {object}",
    "rows": "select obs_value from {object}",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_crashed_query_of_a_contract_quotes_nothing(repository, run, query):
    lines = [
        "apiVersion: v3.2.0", "kind: DataContract", "id: it", "version: 1.0.0",
        "status: active", "schema:", "- name: figures", "  quality:",
        f'  - {{id: it, type: sql, query: "{query}", mustBe: 0}}',
    ]  # fmt: skip
    Path("own.odcs.yaml").write_text("\n".join(lines), encoding="utf-8")
    for value in (3.0, 77654321.0):
        row = dict.fromkeys(SCHEMA.names) | {"obs_id": "a", "obs_value": value}
        second = row | {"obs_id": "b", "obs_value": 3.0}
        pq.write_table(pa.Table.from_pylist([row, second], SCHEMA), "rows.parquet")
        reports = [f"--report={name}=out-{name}" for name in CI_FORMATS]
        table = ("--table", "rows.parquet", "--key", "obs_id")
        ended = run("contract", "check", "own.odcs.yaml", *table, *reports)
        assert ended.code == 3, ended.err
        told = [ended.out, ended.err]
        told += [Path(f"out-{name}").read_text("utf-8") for name in CI_FORMATS]
        assert not [text for text in told if "77654321" in text.replace(",", "")]
