"""A cluster gives the findings of one machine, also when it loses a worker."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from checking import checked

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TOO_FEW = """
from tallymark.engine.spark import Spark
import sys
waiting = "spark.scheduler.maxRegisteredResourcesWaitingTime"
Spark.started(sys.argv[1], **{waiting: "2s"})
"""


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """Run Python; no worker could run any, for there is none where they look."""
    return subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True,
        check=False, timeout=900, env={**os.environ, "PYSPARK_PYTHON": "/absent/python"},
    )  # fmt: skip


def test_two_workers_find_what_one_machine_does_and_so_does_the_last_of_them(
    cluster, folder, tmp_path
) -> None:
    here = checked(folder)
    assert {f.expectation for f in here} >= {
        "area-known", "unit-in-list", "row-key-unique", "duplicate-key",
        "later-stage-above-earlier",
    }  # fmt: skip

    result = tmp_path / "result"
    victim = cluster.workers[0]
    done = run(HERE / "checking.py", folder, cluster.url, result, victim.pid)
    assert done.returncode == 0, done.stderr
    seen = pickle.loads(result.read_bytes())

    assert seen["n_executors"] == 2
    assert_same(seen["findings"], here)
    at_kill = seen["at_kill"]
    assert at_kill["was_running"], at_kill
    assert at_kill["n_kept"] >= 1, at_kill
    assert at_kill["n_holding"] == at_kill["n_executors"] == 2, at_kill
    assert seen["n_executors_after"] == 1
    assert victim.poll() is not None
    assert cluster.workers[1].poll() is None
    assert_same(seen["findings_after_loss"], here)
    assert done.stdout == done.stderr == ""


def assert_same(there, here) -> None:
    assert there.outcomes == here.outcomes
    assert there.items == here.items
    assert there.flags.equals(here.flags)


def test_a_master_without_workers_is_not_waited_for_for_ever(idle_master) -> None:
    done = run("-c", TOO_FEW, idle_master.url)
    (last,) = done.stderr.splitlines()[-1:]
    assert f"{idle_master.url} gave no worker in 2 seconds." in last
