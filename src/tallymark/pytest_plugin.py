"""The pytest plugin: `pytest --tallymark=PATH` tests files, and a fixture `tallymark`.

Without the option and the fixture it adds four options to pytest and loads nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # a run that tests no files does without
    from tallymark.model.submission import Submissions
    from tallymark.model.verdict import Verdict
    from tallymark.pipeline.testing import Wanted

SEVERITIES = ("critical", "warning", "info", "never")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("tallymark", "case counts (tallymark)")
    group.addoption(
        "--tallymark",
        action="append",
        nargs="?",
        const="",
        metavar="PATH",
        help="Test this file, or all files of this folder, against the suites; repeat"
        " for more. Without PATH: what `include` of [tool.tallymark] says.",
    )
    group.addoption(
        "--tallymark-suite",
        action="append",
        metavar="NAME",
        help="Suite to run, instead of those of the settings; repeat for more.",
    )
    group.addoption(
        "--tallymark-fail-on",
        choices=SEVERITIES,
        help="Least severity that fails a test, instead of that of the settings.",
    )
    group.addoption(
        "--tallymark-show-values",
        action="store_true",
        help="Quote what stands in files, also where counts are small or confidential.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect files if some are named."""
    if config.getoption("tallymark"):
        from tallymark.pytest_items import FileTests  # noqa: PLC0415  # few runs need it

        config.pluginmanager.register(FileTests(config), "tallymark-files")


@pytest.fixture(scope="session")
def tallymark(pytestconfig: pytest.Config) -> Bound:
    """Read and check files with the settings of the repository.

    `tallymark.check("data")` gives a verdict: `verdict.blocking` are the findings that
    stop a build. All other names are those of the module `tallymark`.
    """
    return Bound(pytestconfig)


class Bound:
    """The module `tallymark`, whose `read` and `check` know this run's settings."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def __getattr__(self, name: str) -> Any:
        import tallymark  # noqa: PLC0415  # the names of it load on use

        return getattr(tallymark, name)

    def read(self, *paths: str | Path) -> Submissions:
        """Return what files say; those that could not be read stand in `errors`."""
        from tallymark import pipeline  # noqa: PLC0415  # few runs need it

        wanted = self._wanted(paths)
        return pipeline.read(
            list(wanted.paths),
            own=wanted.own,
            cache=wanted.cache,
            not_personal=wanted.configuration.not_personal,
        )

    def check(self, *paths: str | Path) -> Verdict:
        """Return what is wrong with files, each finding with its standing.

        Raises:
            TallymarkError: a file cannot be read, or there is none.
        """
        from tallymark.pipeline.testing import plan  # noqa: PLC0415  # as above

        planned = plan(self._wanted(paths))
        if planned.stopped is not None:
            raise planned.stopped
        for error in planned.submissions.errors:
            raise error
        return planned.verdict

    def _wanted(self, paths: tuple[str | Path, ...]) -> Wanted:
        from tallymark.pytest_items import wanted  # noqa: PLC0415  # as above

        return wanted(self._config, [str(path) for path in paths])
