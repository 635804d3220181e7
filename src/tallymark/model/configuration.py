"""What a project says of its checks: which files, which suites, what stops a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallymark.model.codes import Severity

FAIL_ON = (*(severity.value for severity in Severity), "never")
"""The words for what stops a build: a severity and all above it, or nothing."""


def least_severity(said: str) -> Severity | None:
    """Return the least severity that stops a build; null for `never`."""
    return None if said == "never" else Severity(said)


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The settings of one run, from a file and from flags; made once, then passed on.

    `include` and `exclude` are files, folders or patterns under `folder`. A `fail_on`
    of null stops at no finding.
    """

    folder: Path = field(default_factory=Path)
    """The folder of the file that holds the settings; the working one without it."""
    file: Path | None = None
    """The file that holds the settings, which is where a build is told of them."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    suites: tuple[str, ...] = ()
    """Suites to run; all shipped ones if none is named."""
    is_suite_chosen: bool = False
    """Whether a flag chose other suites than the file: of a part, nothing is stale."""
    fail_on: Severity | None = Severity.CRITICAL
    waivers: Path | None = None
    baseline: Path | None = None
    require: tuple[str, ...] = ()
    """Expectations that must run: one that could not, for want of an input, stops."""
    reports: tuple[str, ...] = ()
    """Reports to write, each as `FORMAT=FILE`."""
    do_stale_waivers_stop: bool = False
    not_personal: Mapping[str, str] = field(default_factory=dict)
    """Sheets that are read though they look like lists of persons, each with a reason."""

    def with_suites(self, names: Sequence[str]) -> Configuration:
        """Return the settings with suites that a flag names."""
        is_other = self.file is not None and set(names) != set(self.suites)
        return replace(self, suites=tuple(names), is_suite_chosen=is_other)

    @property
    def is_comparing(self) -> bool:
        """Whether findings are held against waivers or a baseline."""
        return self.waivers is not None or self.baseline is not None
