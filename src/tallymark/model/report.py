"""What is sent back about a check: its findings, and the sheets that they point into."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from tallymark.model.draft import Draft
from tallymark.model.finding import Finding, Findings
from tallymark.model.grid import Grid
from tallymark.model.submission import Submissions


@dataclass(frozen=True, kw_only=True)
class Report:
    """Findings with the files they are about, as the reader saw them.

    `grids` are by the name of the file, as in a finding's location; a file that has
    none is told of in words only, and `unshown` may say why. `language` is that of
    the questions.
    """

    findings: Findings
    submissions: Submissions = field(default_factory=lambda: Submissions(()))
    """What was read, and what could not be; empty where only findings are at hand."""
    grids: Mapping[str, Grid] = field(default_factory=dict)
    unshown: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    drafts: tuple[Draft, ...] = ()
    """The files that were read with guesses."""
    is_guess_asked: bool = False
    """Whether they were read so on request, though an adapter may fit."""

    def about(self, file: str, others: Collection[str]) -> Report:
        """Return what may be shown to the sender of a file, which is of that file alone.

        With `others`, the further files that were checked, a finding that names one of
        them is left out, and so is one that is about no file.
        """
        if not others:
            return self
        kept = [f for f in self.findings.items if _is_about(f, file, others)]
        return replace(
            self,
            findings=replace(self.findings, outcomes=(), items=tuple(kept)),
            submissions=Submissions(
                tuple(s for s in self.submissions if s.file == file),
                series=self.submissions.series,
            ),
            grids={name: grid for name, grid in self.grids.items() if name == file},
            unshown={},
            drafts=tuple(d for d in self.drafts if d.grid.file == file),
        )


def _is_about(finding: Finding, file: str, others: Collection[str]) -> bool:
    location = finding.location
    said = (*location.cells, finding.found, finding.expected, finding.ask)
    return location.file == file and not any(
        other in text for text in said for other in others
    )
