"""What hinders Spark is said in one line; what starts prints nothing of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

START = """
import sys
from tallymark.errors import UsageError
try:
    from tallymark.engine.spark import Spark
    Spark.started(sys.argv[1])
except UsageError as error:
    print(error)
"""
WITHOUT = "import sys; sys.modules['{}'] = None\n"


def said(master: str, *, before: str = "", **environment: str) -> str:
    """Return what is printed when Spark is asked for, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", before + START, master], capture_output=True, text=True,
        check=False, timeout=120, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.stderr == ""
    (line,) = done.stdout.splitlines()
    return line


@pytest.mark.parametrize(
    "master", ["foo", "local[0]", "spark://here", "http://here:7077", "spark://a b:7"]
)
def test_what_is_no_master_is_named(master: str) -> None:
    line = said(master)
    assert line.startswith(f"{master!r} is no Spark master. Write local[2], spark://")


def test_a_master_that_does_not_answer_is_told_before_spark_tries() -> None:
    line = said("spark://127.0.0.1:1")
    assert line.startswith("no Spark master answers at spark://127.0.0.1:1 (")


@pytest.mark.parametrize("absent", ["pyspark", "sqlglot"])
def test_a_missing_extra_is_named(absent: str) -> None:
    line = said("local", before=WITHOUT.format(absent))
    assert line.endswith("which is not installed. pip install 'tallymark[spark]'")
    assert absent in line


def test_without_java_the_package_is_named(tmp_path: Path) -> None:
    line = said("local", JAVA_HOME=str(tmp_path))
    assert line == (
        f"Spark needs Java, and there is none in JAVA_HOME ({tmp_path}). "
        "Install one, on Debian: apt-get install openjdk-17-jre-headless"
    )


def test_a_java_that_is_too_old_is_told_with_its_version(tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(
        "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\nexit 1\n"
    )
    java.chmod(0o755)
    line = said("local", JAVA_HOME=str(tmp_path))
    assert re.match("Spark needs Java 17 or later, and this is Java 11. Install", line)


@pytest.mark.slow
def test_the_command_prints_the_same_on_spark_and_nothing_of_spark(folder) -> None:
    here = command(folder)
    there = command(folder, "--engine", "spark", "--master", "local[2]")
    assert here.returncode == there.returncode == 1
    assert "duplicate-key" in here.stdout
    assert there.stdout == here.stdout
    assert there.stderr == here.stderr


def command(table: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = ["check", "--table", str(table), "--suite", "observations", *options]
    return subprocess.run(
        [sys.executable, "-m", "tallymark", *words],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip


def test_java_compiles_quickly_for_small_sources_alone(tmp_path: Path) -> None:
    from tallymark.engine import spark  # noqa: PLC0415 - takes an extra

    few = pa.table({"n": [1, 2]})
    pq.write_table(few, tmp_path / "few.parquet")
    (tmp_path / "many.parquet").write_bytes(bytes(spark._BRIEF_BYTES + 1))
    assert spark._is_brief(few)
    assert spark._is_brief(tmp_path / "few.parquet")
    assert not spark._is_brief(tmp_path / "many.parquet")
    assert not spark._is_brief("hdfs://there/rows.parquet")


@pytest.mark.parametrize("theirs", [None, "-Dtheirs=1"])
def test_options_of_the_user_stand_over_ours(
    theirs: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tallymark.engine.spark import start as spark_start  # noqa: PLC0415 - takes an extra

    monkeypatch.delenv("JDK_JAVA_OPTIONS", raising=False)
    if theirs:
        monkeypatch.setenv("JDK_JAVA_OPTIONS", theirs)
    with spark_start._java_options("-Dours=1"):
        words = os.environ["JDK_JAVA_OPTIONS"].split()
        assert words == ["-Dours=1", *([theirs] if theirs else [])]
    assert os.environ.get("JDK_JAVA_OPTIONS") == theirs
