"""What a build is told: a verdict, the files it is about, and what may be said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tallymark.model.codes import MissingReason
from tallymark.model.columns import empty_table
from tallymark.model.finding import FLAG_SCHEMA, Findings
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.model.verdict import Verdict

if TYPE_CHECKING:
    import pyarrow as pa

SMALL = 5
"""A figure nearer to zero than this may tell of single persons."""
_OPEN = ("", "F")
"""Confidentiality statuses that let everybody see a figure (SDMX CL_CONF_STATUS)."""
_HIDDEN = (MissingReason.SUPPRESSED.value, MissingReason.RANGE.value)


@dataclass(frozen=True, kw_only=True)
class CiReport:
    """A verdict with the files that were checked, to be shown where many may look.

    `root` is the folder that paths are told from; files elsewhere are told by name.
    """

    verdict: Verdict
    report: Report = field(default_factory=lambda: nothing())
    root: str = ""
    show_values: bool = False
    """Whether somebody asked for values, whoever may see them."""
    tables: tuple[str, ...] = ()
    """Paths of tables that were checked as they stand."""
    is_keyed: bool = False
    """Whether rows of tables are told by columns that somebody named for that."""
    origin: str = "pyproject.toml"
    """The file that a finding without a file is shown at, if no file was named."""
    waivers: str = ""
    """The file of the waivers; empty if there is none."""
    time: str = "NA"
    """When it was made, for formats that must say so; no clock is asked."""

    @property
    def may_show(self) -> bool:
        """Whether values may be told."""
        return self.show_values or (not self.tables and is_open(self.report))


def is_open(report: Report) -> bool:
    """Tell whether every value of a run is known, none of them small or confidential.

    One hidden figure hides all: a total and its other parts would give it away. Cells
    that were guessed or not read, and files of layouts that nobody has looked at, may
    hold any value.
    """
    submissions = report.submissions
    return (
        bool(submissions.items)
        and not report.drafts
        and not submissions.errors
        and not any(one.is_own or one.losses.num_rows for one in submissions)
        and not any(map(_holds_hidden, _tables(submissions)))
    )


def _tables(submissions: Submissions) -> Iterator[pa.Table]:
    for one in submissions:
        yield one.observations
        yield one.replaced


def _holds_hidden(observations: pa.Table) -> bool:
    """Tell whether a figure of a table must not be told."""
    columns = ("obs_value", "value_high", "missing_reason", "conf_status")
    values, most, reasons, statuses = (observations[n].to_pylist() for n in columns)
    return (
        any(value is not None and abs(value) < SMALL for value in (*values, *most))
        or any(reason in _HIDDEN for reason in reasons)
        or any((status or "") not in _OPEN for status in statuses)
    )


def nothing() -> Report:
    """Return a report on nothing at all."""
    none = Findings(suites=(), outcomes=(), items=(), flags=empty_table(FLAG_SCHEMA))
    return Report(findings=none)
