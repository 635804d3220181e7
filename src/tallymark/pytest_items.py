"""Files as pytest's tests: what is collected, and how each answer is told.

Hides how findings become items; loads only if files are to be tested.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tallymark.environment import default_cache, own_folder, today
from tallymark.errors import TallymarkError
from tallymark.model.configuration import least_severity
from tallymark.pipeline.selecting import read_configuration
from tallymark.pipeline.testing import Answer, Kind, Plan, Wanted, plan


class NotKeptError(Exception):
    """An expectation that was not kept; its text is all that is told."""


def wanted(config: pytest.Config, paths: Sequence[str]) -> Wanted:
    """Return what is to be tested, as the repository's settings and options say.

    Nothing is kept of files unless their values may be shown: caches travel with builds.

    Raises:
        pytest.UsageError: the settings are faulty.
    """
    try:
        settings = read_configuration(config.rootpath)
    except TallymarkError as error:
        raise pytest.UsageError(str(error)) from error
    if suites := config.getoption("tallymark_suite"):
        settings = settings.with_suites(suites)
    if fail_on := config.getoption("tallymark_fail_on"):
        severity = least_severity(fail_on)
        settings = replace(settings, fail_on=severity)
    show_values = config.getoption("tallymark_show_values")
    is_one_of_several = hasattr(config, "workerinput")  # a process of pytest-xdist
    return Wanted(
        paths=tuple(paths),
        configuration=settings,
        today=today(),
        own=own_folder(None),
        cache=default_cache() if show_values else None,
        jobs=1 if is_one_of_several else None,
        root=str(config.rootpath),
        show_values=show_values,
    )


class FileTests:
    """The files of this run; they are read once, when the first is asked for."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._paths: list[str] = [p for p in config.getoption("tallymark") if p]
        self._wanted = wanted(config, self._paths)
        self._met: set[str] = set()

    @cached_property
    def planned(self) -> Plan:
        """The tests of these files."""
        return plan(self._wanted)

    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> TestedFile | None:
        """Collect a file that pytest meets by itself, or that an argument names."""
        path = os.path.abspath(file_path)  # noqa: PTH100  # resolve() would follow links
        if path not in self.planned.files:
            return None
        self._met.add(path)
        return TestedFile.of(parent, self.planned, path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Add the files that pytest has not met, and the tests over all files.

        Not if an argument names some of the files: it chooses among them.
        """
        planned = self.planned
        if self._is_chosen:
            return
        for path in planned.files:
            if path not in self._met:
                items += session.genitems(TestedFile.of(session, planned, path))
        items += session.genitems(self._whole(session))

    def _whole(self, session: pytest.Session) -> AllFiles:
        given = [Path(path) for path in self._paths] or [self._config.rootpath]
        folders = [path if path.is_dir() else path.parent for path in given]
        path = Path(os.path.commonpath([os.path.abspath(p) for p in folders]))  # noqa: PTH100  # as above
        node: AllFiles = AllFiles.from_parent(session, path=path)
        node.planned = self.planned
        return node

    @property
    def _is_chosen(self) -> bool:
        folder = self._config.invocation_params.dir
        named = (arg.partition("::")[0] for arg in self._config.args)
        return any(
            os.path.abspath(folder / name) in self.planned.files  # noqa: PTH100  # as above
            for name in named
        )


class TestedFile(pytest.File):
    """One file: a test that it was read, and one for each expectation."""

    planned: Plan
    place: str

    @classmethod
    def of(cls, parent: pytest.Collector, planned: Plan, path: str) -> TestedFile:
        """Return the collector of a file of the plan."""
        node: TestedFile = cls.from_parent(parent, path=Path(path))
        node.planned, node.place = planned, path
        return node

    def collect(self) -> Iterator[pytest.Item]:
        """Give the tests in the order of the suites."""
        for name in self.planned.files[self.place]:
            yield AnswerItem.of(self, name)

    def answer(self, name: str) -> Answer:
        """Return how a test of this file ended."""
        return self.planned.answer(name, self.place)


class AllFiles(pytest.File):
    """The folder: a test for each expectation that compares files."""

    planned: Plan

    def collect(self) -> Iterator[pytest.Item]:
        """Give the tests in the order of the suites."""
        for name in self.planned.whole:
            yield AnswerItem.of(self, name)

    def answer(self, name: str) -> Answer:
        """Return how a test over all files ended."""
        return self.planned.answer(name)


class AnswerItem(pytest.Item):
    """One test; the first that runs makes the check for all."""

    source: TestedFile | AllFiles
    answer: Answer

    @classmethod
    def of(cls, parent: TestedFile | AllFiles, name: str) -> AnswerItem:
        """Return the test of a name."""
        item: AnswerItem = cls.from_parent(parent, name=name)
        item.source = parent
        return item

    def setup(self) -> None:
        """Ask for the answer; an expectation that crashed is an error, no failure."""
        planned = self.source.planned
        fault = ""
        try:
            self.answer = self.source.answer(self.name)
        except Exception as error:
            if planned.wanted.show_values:
                raise
            fault = planned.fault(error)
        if fault:  # told apart from the error, whose words may quote a file
            pytest.fail(fault, pytrace=False)
        if self.answer.kind is Kind.CRASHED:
            pytest.fail(self.answer.text, pytrace=False)

    def runtest(self) -> None:
        """Tell the answer in pytest's way."""
        text = self.answer.text
        match self.answer.kind:
            case Kind.FAILED:
                raise NotKeptError(text)
            case Kind.SKIPPED:
                pytest.skip(text)
            case Kind.KNOWN:
                pytest.xfail(text)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> Any:
        """Return what was found; a traceback only of what nobody expected."""
        if isinstance(excinfo.value, NotKeptError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where it stands and what it is called in a report."""
        return self.path, None, f"{self.source.name}::{self.name}"
