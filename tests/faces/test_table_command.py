"""`tallymark check --table` as somebody meets it who has rows and a suite of his own."""

from __future__ import annotations

import json
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import tallymark as tm

ROWS = pa.table(
    {
        "case": ["c1", "c2", "c3"],
        "cell": ["A1", "A2", "A3"],
        "place": ["Nordhausen", "nowhere at all", "Suedhausen"],
        "verdict": ["guilty", None, "free"],
    }
)


def _entry(type_, slug, **kwargs):
    meta = {
        "slug": slug,
        "version": 1,
        "promise": "It holds.",
        "why": "Because.",
        "action": "Look.",
        "ask": {
            "en": "Does it hold? (yes / no / not known)",
            "pt": "É assim? (sim / não / não se sabe)",
        },
        "example": "It does not.",
        "dimension": "ACCURACY",
        "source": {"title": "Made up for the test"},
    }
    return {"type": type_, "kwargs": kwargs, "severity": "critical", "meta": meta}


@pytest.fixture
def table(tmp_path):
    """The path of a table of three rows, of which one has a gap."""
    path = tmp_path / "verdicts.parquet"
    pq.write_table(ROWS, path)
    return path


@pytest.fixture
def suite(tmp_path):
    """The path of a suite about that table."""
    return _suite(tmp_path, {"rows": "table"})


def _suite(folder, meta):
    entries = [
        _entry("expect_tallymark_loaded", "loaded"),
        _entry("expect_column_values_to_not_be_null", "verdict", column="verdict"),
    ]
    own = {"version": 1, "title": "Verdicts", "source": {"title": "Made up"}}
    content = {
        "name": "verdicts",
        "meta": {**own, "n_expectations": len(entries), **meta},
        "expectations": entries,
    }
    path = folder / "verdicts.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_findings_say_which_row_it_is_and_nothing_else_of_it(run, table, suite):
    ended = run(
        "check", "--table", table, "--suite", suite, "--key", "case", "--key", "cell"
    )
    assert (ended.code, ended.err) == (1, "")
    assert "case=c2 cell=A2" in ended.out
    assert "nowhere at all" not in ended.out


def test_without_a_key_the_row_of_the_file_is_named(run, table, suite):
    assert (
        "verdicts.parquet row 2" in run("check", "--table", table, "--suite", suite).out
    )


@pytest.mark.parametrize(
    ("options", "code"), [((), 1), (("--fail-on", "never"), 0), (("--key", "no"), 2)]
)
def test_exit_codes(run, table, suite, options, code):
    assert run("check", "--table", table, "--suite", suite, *options).code == code


@pytest.mark.parametrize("format_", ["json", "gx"])
def test_other_formats(run, table, suite, format_):
    ended = run("check", "--table", table, "--suite", suite, "--format", format_)
    assert "verdicts.parquet row 2" in json.dumps(json.loads(ended.out))


def test_several_files_are_one_table(run, table, suite, tmp_path):
    other = tmp_path / "more.parquet"
    pq.write_table(ROWS, other)
    ended = run("check", "--suite", suite, "--table", table, other)
    assert "verdicts.parquet row 2" in ended.out
    assert "more.parquet row 2" in ended.out


def test_out_writes_a_page_and_no_workbook(run, table, suite, tmp_path):
    folder = tmp_path / "out"
    ended = run("check", "--table", table, "--suite", suite, "--out", folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "findings.html",
        "findings.json",
        "findings.provenance.json",
    ]
    assert ended.err.count("Written: ") == 3
    page = (folder / "findings.html").read_text(encoding="utf-8")
    assert "verdicts.parquet row 2" in page
    assert "nowhere at all" not in page


REFUSED = {
    "no file is named": ("--suite", "gaps"),
    "--key is for --table": ("--key", "case", "--suite", "gaps", "x.csv"),
    "--adapter is for files": ("--table", "TABLE", "--adapter", "x"),
    "has not the columns of observations": ("--table", "TABLE"),
    "there is no such file or folder": ("--table", "no.parquet", "--suite", "SUITE"),
    "no column 'No' to name its rows by": (
        *("--table", "TABLE", "--suite", "SUITE", "--key", "No"),
    ),
    "a master is for the engine spark": (
        *("--table", "TABLE", "--suite", "SUITE", "--master", "local[2]"),
    ),
}


@pytest.mark.parametrize("told", REFUSED)
def test_what_cannot_be_done_is_told_in_a_line(run, table, suite, told):
    named = {"TABLE": table, "SUITE": suite}
    ended = run("check", *(named.get(word, word) for word in REFUSED[told]))
    assert ended.code == 2
    assert told in ended.err
    assert ended.err.count("\n") == 1
    assert ended.out == ""


def test_a_list_of_persons_is_refused(run, suite, tmp_path):
    names = pa.array(["Asha Kimani", "Mary Wanjiru", "John Otieno"])
    pq.write_table(ROWS.append_column("victim_name", names), tmp_path / "p.parquet")
    ended = run("check", "--table", tmp_path / "p.parquet", "--suite", suite)
    assert (ended.code, ended.out) == (2, "")
    assert "looks like a list of persons" in ended.err
    assert "Kimani" not in ended.err


def test_a_suite_of_unknown_columns_is_told_what_it_needs(run, table, tmp_path):
    ended = run("check", "--table", table, "--suite", _suite(tmp_path, {}))
    assert ended.code == 2
    assert "need 'table' here @ verdicts.json $.meta.rows" in ended.err


def test_a_table_of_observations_needs_no_suite(run, sample, tmp_path):
    submissions = tm.read(sample("ncmec_cybertips"))
    pq.write_table(submissions.to_arrow(), tmp_path / "o.parquet")
    ended = run("check", "--table", tmp_path / "o.parquet", "--fail-on", "never")
    assert (ended.code, ended.err) == (0, "")


def test_a_table_is_checked_without_what_takes_long_to_load(table, suite):
    code = (
        "import sys\n"
        "from tallymark.cli import main\n"
        f"try: main(['check', '--table', {str(table)!r}, '--suite', {str(suite)!r}])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = set(ended.stdout.rpartition("LOADED")[2].split())
    heavy = {"pandas", "polars", "pydantic", "pyspark", "great_expectations", "scipy"}
    assert "duckdb" in loaded
    assert not loaded & {*heavy, "pyarrow.parquet", "pyarrow.dataset", "jinja2"}
