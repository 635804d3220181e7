"""A folder of observations, and a standalone cluster on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyspark
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for what these tests share

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
# 40 areas x 25 years x 5 x 2 x 5 x 4: 200,000 rows, and one fault of each kind in some.
# The order of the rows of a group is not that of the table.
OBSERVATIONS = """
copy (
  with row as (
    select i, if(i % 19991 = 7, i - 1, i) as b from range(200000) numbers(i)
  ), cell as (
    select *, b % 4 as stage, b // 4 % 5 as age, b // 20 % 2 as sex,
      b // 40 % 5 as offence, 1990 + b // 200 % 25 as y, b // 5000 as area,
      hash(b) % 1000 as chance, 1000 * (4 - b % 4) + hash(b // 4) % 100 as n
    from row
  )
  select
    if(i % 30011 = 11, 'obs-0', 'obs-' || lpad(i::varchar, 6, '0')) as obs_id,
    'made-up' as series_id,
    if(i % 9973 = 3, null, 'X' || chr((65 + area // 26)::int) ||
      chr((65 + area % 26)::int)) as ref_area,
    'country' as area_level, 'A' as freq, y::varchar as time_period,
    make_date(if(i % 12007 = 5, y + 1, y), 1, 1) as period_start,
    make_date(y, 12, 31) as period_end,
    'gregorian' as calendar,
    ['RECORDED', 'CHARGED', 'PROSECUTED', 'CONVICTED'][stage + 1] as stage,
    if(i % 8009 = 2, 'HEADS', 'CASE') as counting_unit, 'CSEA' as scope,
    '0301' || (offence + 1) as offence, 'exact' as offence_relation,
    'Offence ' || offence as offence_label,
    if(i % 7001 = 6, 'X', ['F', 'M'][sex + 1]) as sex,
    ['Y0T14', 'Y15T17', 'Y18T24', 'Y25T34', 'Y_GE35'][age + 1] as age_group,
    '_T' as breakdown, false as is_total, 'COUNT' as statistic, 0::int as unit_mult,
    case when chance < 8 then null when i % 6007 = 4 then -3
      when i % 4999 = 3 then 9000000 else n + if(i % 4001 = 9, 0.5, 0) end::double
      as obs_value,
    null::double as value_low, null::double as value_high,
    if(chance < 7, 'NOT_PROVIDED', null) as missing_reason, 'A' as obs_status,
    'part-' || (i // 4 % 7) || '.csv' as source_file,
    'R' || (i + 2) || 'C5' as source_ref,
    null::date as vintage
  from cell where i % 4 = {part} or {part} is null
) to '{path}' (format parquet)
"""


@dataclass
class Cluster:
    """A master and its workers; each is the leader of a group of processes."""

    url: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def java() -> None:
    """Skip where there is no Java; CI installs it."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("there is no Java: apt-get install openjdk-17-jre-headless")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four Parquet files, so that each worker has some to read."""
    folder = tmp_path_factory.mktemp("observations")
    with duckdb.connect() as connection:
        for part in range(4):
            path = folder / f"{part}.parquet"
            connection.execute(OBSERVATIONS.format(part=part, path=path))
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A master with two workers of one core."""
    with running(tmp_path, n_workers=2) as cluster:
        yield cluster


@pytest.fixture
def idle_master(tmp_path: Path) -> Iterator[Cluster]:
    """A master without workers."""
    with running(tmp_path, n_workers=0) as cluster:
        yield cluster


@contextmanager
def running(folder: Path, *, n_workers: int) -> Iterator[Cluster]:
    """Run a cluster; when a test fails, what its parts printed is shown with it."""
    port = _free_port()
    cluster = Cluster(url=f"spark://127.0.0.1:{port}")
    processes: list[subprocess.Popen[bytes]] = []

    def launch(name: str, *options: object) -> subprocess.Popen[bytes]:
        part = f"org.apache.spark.deploy.{name}"
        log = folder / f"{name}-{len(processes)}.log"
        words = [SPARK_CLASS, part, "--host", "127.0.0.1", *options]
        with log.open("wb") as printed:
            process = subprocess.Popen(
                [str(word) for word in words], stdout=printed, stderr=printed,
                env=_environment(), start_new_session=True,
            )  # fmt: skip
        processes.append(process)
        return process

    try:
        launch("master.Master", "--port", port, "--webui-port", _free_port())
        _await_port(port)
        for number in range(n_workers):
            worker = launch(
                "worker.Worker", "--cores", 1, "--memory", "700m", "--webui-port",
                _free_port(), "--work-dir", folder / f"work-{number}", cluster.url,
            )  # fmt: skip
            cluster.workers.append(worker)
        yield cluster
    finally:
        for process in processes:
            stop(process)
        for log in sorted(folder.glob("*.log")):
            text = log.read_text(encoding="utf-8", errors="replace")[-4000:]
            sys.stdout.write(f"--- {log.name}\n{text}\n")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and those that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_NO_DAEMONIZE": "1",
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await_port(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens at port {port}")
