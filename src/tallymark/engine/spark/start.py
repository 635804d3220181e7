"""Starting Spark: settings that stand where the user set none, and what hinders it.

Spark reads the user's own settings (`spark-defaults.conf`, `PYSPARK_SUBMIT_ARGS`)
before ours are set, so that they are told apart.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from threading import Thread
from typing import Any

from py4j.protocol import (  # type: ignore[import-untyped]  # deptry: ignore[DEP003]
    Py4JJavaError,  # pyspark brings it
)
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from tallymark.errors import UsageError

JAVA_NEEDED = 17
_JAVA_HINT = "Install one, on Debian: apt-get install openjdk-17-jre-headless"
_DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
}
_ON_LOOPBACK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
_LOCAL = re.compile(r"local(\[(\*|[1-9]\d*)(, *[1-9]\d*)?\])?|local-cluster\[.+\]")
_STANDALONE = re.compile(r"spark://([\w.-]+:\d{1,5}(?:,[\w.-]+:\d{1,5})*)")
_ELSEWHERE = re.compile(r"yarn|k8s://.+")
_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}")
_PROBE_SECONDS = 5
_JAVA_OPTIONS = "JDK_JAVA_OPTIONS"
_QUICK = "-XX:TieredStopAtLevel=1"
"""Else Java spends most of a short run on compiling what soon ends."""
_TROUBLE = re.compile(r".*\b(?:[Ee]rror|Invalid|\w+Exception)\b.*")


def start(
    master: str, settings: Mapping[str, str], *, is_brief: bool = False
) -> tuple[SparkSession, bool]:
    """Return a session on the Spark of `master`, and whether it was started here.

    `settings` go before those that the user set elsewhere, and these before ours. If the
    work `is_brief`, the Java of a local Spark compiles quickly what it runs, not well.

    Raises:
        UsageError: no such master, none that answers or has workers, no Java, or
            another Spark runs in this process.
    """
    hosts = _hosts_of(master)
    if running := SparkContext._active_spark_context:  # there is no public face
        if running.master != master:
            raise UsageError(
                f"Spark runs here already, on {running.master}, not on {master}.",
                hint="Name that master, or stop that session first.",
            )
        return SparkSession.builder.getOrCreate(), False
    _refuse_silent(master, hosts)
    is_quick = is_brief and _LOCAL.fullmatch(master) and "-cluster" not in master
    with _java_options(_QUICK if is_quick else ""):
        context = _started(master, hosts, settings)
    try:
        if hosts:
            _await_workers(context)
    except BaseException:
        context.stop()
        raise
    return SparkSession(context), True


def _hosts_of(master: str) -> list[tuple[str, int]]:
    """Return where a standalone master listens; nothing for other kinds.

    Raises:
        UsageError: the text is no master.
    """
    if standalone := _STANDALONE.fullmatch(master):
        places = [place.rpartition(":") for place in standalone[1].split(",")]
        return [(host, int(port)) for host, _, port in places]
    if not (_LOCAL.fullmatch(master) or _ELSEWHERE.fullmatch(master)):
        raise UsageError(
            f"{master!r} is no Spark master.",
            hint="Write local[2], spark://HOST:PORT, yarn or k8s://URL.",
        )
    return []


def _refuse_silent(master: str, hosts: list[tuple[str, int]]) -> None:
    """Stop at a master that does not answer; Spark itself tries for a minute."""
    reasons: list[str] = []
    for place in hosts:
        try:
            socket.create_connection(place, timeout=_PROBE_SECONDS).close()
        except (OSError, OverflowError) as error:
            reasons.append(getattr(error, "strerror", None) or str(error))
        else:
            return
    if reasons:
        raise UsageError(
            f"no Spark master answers at {master} ({reasons[-1]}).",
            hint="Is it running, and can this machine reach it?",
        )


def _started(
    master: str, hosts: list[tuple[str, int]], settings: Mapping[str, str]
) -> SparkContext:
    """Start the driver. What Java and Spark print meanwhile is told if they fail."""
    given = SparkConf(loadDefaults=False)
    for name, value in settings.items():
        given.set(name, value)
    with tempfile.TemporaryFile() as printed:
        gateway = SparkContext._gateway  # of a Spark that was stopped
        if gateway is None:
            with _java_told(printed), _imported_meanwhile():
                gateway = launch_gateway(  # type: ignore[no-untyped-call]
                    given, popen_kwargs={"stderr": printed}
                )
        conf = SparkConf(_jvm=gateway.jvm)
        ours = dict(_DEFAULTS)
        if not _ELSEWHERE.fullmatch(master) and all(
            _LOOPBACK.fullmatch(host) for host, _ in hosts
        ):
            ours |= _ON_LOOPBACK
        for name, value in ours.items():
            conf.setIfMissing(name, value)
        if conf.get("spark.app.name") in (None, "pyspark-shell"):
            conf.setAppName("tallymark")
        # A shell, which we seem to be, draws bars over what a command prints.
        conf.set("spark.ui.showConsoleProgress", "false")
        for name, value in settings.items():
            conf.set(name, value)
        try:
            return SparkContext(conf=conf.setMaster(master), gateway=gateway)
        except Py4JJavaError as error:
            raise UsageError(
                f"Spark did not start on {master}: {_said(error)}"
            ) from error


@contextmanager
def _java_options(ours: str) -> Iterator[None]:
    """Give options to any Java started meanwhile; those of the user stand over them."""
    held = os.environ.get(_JAVA_OPTIONS)
    if ours:
        os.environ[_JAVA_OPTIONS] = f"{ours} {held}" if held else ours
    try:
        yield
    finally:
        if ours and held is None:
            del os.environ[_JAVA_OPTIONS]
        elif ours and held is not None:
            os.environ[_JAVA_OPTIONS] = held


@contextmanager
def _java_told(printed: Any) -> Iterator[None]:
    """Say why the Java machine of Spark did not start."""
    try:
        yield
    except PySparkException as error:
        refuse_java(_java_version())
        printed.seek(0)
        trouble = _TROUBLE.search(printed.read().decode(errors="replace"))
        reason = trouble[0] if trouble else str(error)
        raise UsageError(f"Spark did not start: {reason}") from error


@contextmanager
def _imported_meanwhile() -> Iterator[None]:
    """Load in the meantime what pyspark loads at its first call: pandas, for one.

    Its warning that this pandas is newer than it knows is about what we do not use.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning)
        importing = Thread(target=import_module, args=["pyspark.testing.utils"])
        importing.start()
        try:
            yield
        finally:
            importing.join()


def refuse_java(version: int | None) -> None:
    """Stop where there is no Java, or one that is too old for Spark.

    Raises:
        UsageError: naming what to install.
    """
    if version is None:
        home = os.environ.get("JAVA_HOME")
        where = f" in JAVA_HOME ({home})" if home else ""
        raise UsageError(
            f"Spark needs Java, and there is none{where}.", hint=_JAVA_HINT
        )
    if version < JAVA_NEEDED:
        raise UsageError(
            f"Spark needs Java {JAVA_NEEDED} or later, and this is Java {version}.",
            hint=f"{_JAVA_HINT}, and set JAVA_HOME if there are several.",
        )


def _java_version() -> int | None:
    """Return the version of the Java that Spark takes; nothing without one."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(f"{home}/bin/java" if home else "java")
    if java is None:
        return None
    told = subprocess.run(  # noqa: S603  # the Java that Spark itself would run
        [java, "-version"], capture_output=True, text=True, check=False
    )
    version = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(version[1]) if version else None


def _await_workers(context: SparkContext) -> None:
    """Wait until a standalone master has given an executor; it may never do so.

    With dynamic allocation there is none before there is work.

    Raises:
        UsageError: none came in time.
    """
    conf = context.getConf()
    if conf.get("spark.dynamicAllocation.enabled", "false") == "true":
        return
    seconds = (
        context._jsc.sc()
        .conf()
        .getTimeAsSeconds("spark.scheduler.maxRegisteredResourcesWaitingTime")
    )
    end = time.monotonic() + seconds
    # The driver counts as one.
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > end:
            memory = conf.get("spark.executor.memory", "1g")
            raise UsageError(
                f"{context.master} gave no worker in {seconds} seconds.",
                hint=f"Has it workers, with a free core and {memory} of memory "
                "(spark.executor.memory)?",
            )
        time.sleep(0.05)


def _said(error: Py4JJavaError) -> str:
    """Return what a Java exception says, in a line."""
    message = error.java_exception.getMessage()
    return str(message or error).strip().partition("\n")[0]
