"""What a command must not load, because a cold start is part of the product."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "pydantic", "great_expectations", "statsmodels", "jinja2", "scipy",
         "lxml", "openpyxl", "odfdo", "pdfplumber", "docx", "rapidfuzz",
         "charset_normalizer", "xlsxwriter")  # fmt: skip
SEVERAL = ("multiprocessing", "concurrent.futures", "subprocess", "platformdirs",
           "tallymark.ingest.cache", "tallymark.ingest.packing",
           "tallymark.ingest.workers")  # fmt: skip
"""What only a run over several files needs."""


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
