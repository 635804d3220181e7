"""What a command must not load, because a cold start is part of the product."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

HEAVY = ("pandas", "pydantic", "great_expectations", "statsmodels", "jinja2", "scipy",
         "lxml", "openpyxl", "odfdo", "pdfplumber", "docx", "rapidfuzz",
         "charset_normalizer", "xlsxwriter")  # fmt: skip
SEVERAL = ("multiprocessing", "concurrent.futures", "subprocess", "platformdirs",
           "tallymark.ingest.batch.cache", "tallymark.ingest.batch.packing",
           "tallymark.ingest.batch.workers")  # fmt: skip
"""What only a run over several files needs."""
SUITE = Path(__file__).parents[2] / "benchmarks" / "sixteen.json"


def _loaded(*arguments):
    code = (
        "import sys\n"
        "from tallymark.cli import main\n"
        f"try: main({list(map(str, arguments))!r})\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(ended.stdout.rpartition("LOADED")[2].split())


def test_help_loads_no_engine():
    assert not _loaded("--help") & {"duckdb", "pyarrow", "yaml", *HEAVY}


@pytest.mark.parametrize(
    ("command", "needed"), [("check", set()), ("table", {"concurrent.futures"})]
)
def test_commands_load_nothing_heavy(sample, command, needed):
    loaded = _loaded(command, sample("ncmec_cybertips"))
    assert "duckdb" in loaded
    assert loaded & {*HEAVY, *SEVERAL} <= needed  # sums look for repeats in a thread


def test_a_table_of_rows_is_checked_without_readers_and_adapters(tmp_path):
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"submission_id": ["s1", "s2"]}), path)
    loaded = _loaded("check", "--table", path, "--suite", SUITE)
    assert "tallymark.ingest.person_gate.extract" in loaded
    assert not loaded & {
        *HEAVY,
        *SEVERAL,
        "polars",
        "pyspark",
        "sqlglot",
        "tallymark.ingest.adapter.document",
        "tallymark.ingest.reading",
        "tallymark.ingest.verbs",
        "tallymark.readers",
    }
