"""What is sent back about a check: its findings, and the sheets that they point into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tallymark.model.finding import Findings
from tallymark.model.grid import Grid


@dataclass(frozen=True, kw_only=True)
class Report:
    """Findings with the files they are about, as the reader saw them.

    `grids` are by the name of the file, as in a finding's location; a file that has
    none is told of in words only, and `unshown` may say why.
    """

    findings: Findings
    grids: Mapping[str, Grid] = field(default_factory=dict)
    unshown: Mapping[str, str] = field(default_factory=dict)
