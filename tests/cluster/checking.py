"""Check a folder on Spark, in a process of its own: one process runs one Spark.

Arguments: FOLDER MASTER RESULT [WORKER ...]. Checks once; then, if process groups of
workers are given, again and again, and kills one of them in the middle. Findings of the
first and the last check, and what was seen at the kill, go to RESULT.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

from tallymark.check import check, load_suites
from tallymark.engine.spark import Spark
from tallymark.model.context import Reference

SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.driver.memory": "700m",
    "spark.shuffle.io.retryWait": "1s",
}
LONGEST = 120
"""Seconds to wait for a moment in which a worker can be killed."""
ACROSS_ROWS = {"expect_later_stage_not_above_earlier", "expect_totals_to_match_parts"}


def suites():
    """Return row rules, keys that must be unique, and rules about groups."""
    rows, groups = load_suites(["observations", "coherence"])
    across = tuple(e for e in groups.expectations if e.type.name in ACROSS_ROWS)
    return [rows, replace(groups, expectations=across)]


def checked(folder, engine=None):
    nothing_known = Reference(series={}, countries={})
    source = {"observations": str(folder)}
    return check(source, suites(), reference=nothing_known, engine=engine)


def main(folder, master, result, *workers):
    engine = Spark.started(master, **SETTINGS)
    context = engine.session.sparkContext
    told = {"n_executors": n_executors(context)}
    # This one is not its own: it must leave Spark running for the second.
    told["findings"] = checked(folder, Spark.started(master))
    if workers:
        engines, findings, killed = [], [], Event()

        def check_again():
            while not killed.is_set():
                engines.append(Spark.started(master))
                findings.append(checked(folder, engines[-1]))

        running = Thread(target=check_again)
        running.start()
        told["at_kill"] = kill_in_the_middle(context, engines, running, int(workers[0]))
        killed.set()
        running.join()
        told["n_executors_after"] = n_executors(context)
        told["findings_after_loss"] = findings[-1] if findings else None
    engine.close()
    Path(result).write_bytes(pickle.dumps(told))


def kill_in_the_middle(context, engines, running, worker):
    """Kill a worker as soon as both hold parts of tables and a further stage runs."""
    tracker = context._jsc.sc().statusTracker()
    holding: set[str] = set()
    end = time.monotonic() + LONGEST
    while running.is_alive() and time.monotonic() < end:
        holding = holders(context)
        n_kept = len(engines[-1].kept) if engines else 0
        if len(holding) == 2 and n_kept and tracker.getActiveStageIds():
            break
        time.sleep(0.02)
    seen = {
        "was_running": running.is_alive(),
        "n_kept": n_kept,
        "n_holding": len(holding),
        "n_executors": n_executors(context),
    }
    os.killpg(worker, signal.SIGKILL)
    return seen


def holders(context):
    """Return the executors that hold parts of tables that are kept."""
    known = context._jsc.sc().statusStore().executorList(True)
    executors = [known.apply(i) for i in range(known.size())]
    return {e.id() for e in executors if e.id() != "driver" and e.rddBlocks()}


def n_executors(context):
    """Return how many executors there are; Spark counts the driver, too."""
    return context._jsc.sc().getExecutorMemoryStatus().size() - 1


if __name__ == "__main__":
    main(*sys.argv[1:])
