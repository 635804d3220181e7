"""What all tests share: time limits, a cache of their own, Spark, and published files."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import load_workbook

from tallymark.documents import REFERENCE
from tallymark.environment import CACHE_VARIABLE

REAL = Path(__file__).parents[1] / "../shared/real/files"

SPARK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.memory": "1500m",
    # Thousands of small statements: better compiled quickly than well.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "OFF",
}

collect_ignore = ["fuzz"]  # scripts that need a fuzzer

# A deadline would measure the machine, not the code. The same code gives the same
# result; `pytest --hypothesis-profile=search` looks for cases not seen before.
settings.register_profile("search", deadline=None)
settings.register_profile("tallymark", deadline=None, derandomize=True)
if settings.get_current_profile_name() != "search":
    settings.load_profile("tallymark")


@pytest.fixture(autouse=True, scope="session")
def cache_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the commands that tests run away from the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def sampleland() -> Callable[..., Path]:
    """A function: write the workbook of Sampleland, in which nothing is amiss.

    It has figures for XBC in C7:E25 of `Table 2`; cells may be given other values.
    """
    folder = Path(__file__).parents[1] / "sample_data" / "xbc_statistical_service"
    (sample,) = folder.glob("*.xlsx")

    def write(path: Path, **cells: object) -> Path:
        book = load_workbook(sample)
        for cell, value in cells.items():
            book["Table 2"][cell] = value
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return write


@pytest.fixture(scope="session")
def own_units() -> Callable[[Path], Path]:
    """A function: fill a folder with own documents, an adapter and its series.

    The adapter `xaa-units` reads a CSV with a column `Province` and one a year.
    """
    adapter = Path(__file__).parent / "own" / "xaa-units.yaml"
    series = (REFERENCE / "series" / "xaa_case_data.yaml").read_text(encoding="utf-8")

    def fill(folder: Path) -> Path:
        for kind in ("adapters", "series"):
            (folder / kind).mkdir(parents=True)
        shutil.copy(adapter, folder / "adapters")
        text = series.replace("id: xaa_case_data", "id: xaa_units", 1)
        (folder / "series" / "xaa_units.yaml").write_text(text)
        return folder

    return fill


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session on two threads of this machine, stopped after the last test."""
    sql = pytest.importorskip("pyspark.sql", reason="needs 'tallymark[spark]'")
    builder = sql.SparkSession.builder.master("local[2]").appName("tests")
    for name, value in SPARK.items():
        builder = builder.config(name, value)
    # What Spark refuses is told in the outcome; here it would fill the screen.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    session = builder.getOrCreate()
    yield session
    session.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests of published files where these are not at hand, and say so."""
    for item in items:
        if "spark" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    if REAL.is_dir():
        return
    absent = pytest.mark.skip(
        reason="../shared/real, with the published files, is absent"
    )
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)
