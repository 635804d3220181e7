"""Everything Tallymark raises on purpose.

    TallymarkError            what happened, where, what to do next
    ├── UsageError            a call or a command line that cannot be carried out
    │   └── NumberError       a number that a statistic cannot be asked of
    ├── DocumentError         a YAML or JSON document with problems, all of them
    ├── SourceError           a file that cannot be read as figures
    │   ├── LayoutError       an adapter fits the file's kind, but the layout moved
    │   ├── NoAdapterError    a file that can be read, and that no adapter fits
    │   ├── VersionsError     two files that give the same figure, neither one newer
    │   └── PersonalDataError a file that seems to tell of persons, not of counts
    ├── RefusalError          a use of figures that their type or a caveat refuses
    └── FaultError            a fault of Tallymark itself, met on one file of several

Bad data is never an exception: it is a Finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TallymarkError(Exception):
    """What happened, where, and what to do next, in one readable message."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f" {self.hint}" if self.hint else "")


class UsageError(TallymarkError):
    """A call or a command line that cannot be carried out as it stands."""


class NumberError(UsageError, ValueError):
    """A number that a statistic cannot be asked of: a negative count, a share above 1."""


class SourceError(TallymarkError):
    """A file that cannot be read as figures."""


class LayoutError(SourceError):
    """An adapter knows this kind of file, but its layout has moved."""


class NoAdapterError(SourceError):
    """A file that can be read, and that no adapter fits; it may be read with guesses."""


class ColumnTypeError(SourceError):
    """A column of a table is of another type; the words quote no value of it."""


class VersionsError(SourceError):
    """Two files give the same figure, and neither is declared to be newer.

    `pairs` has the paths of all such pairs of the run.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        hint: str = "",
        pairs: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.pairs = tuple(pairs)
        super().__init__(what, where=where, hint=hint)


class PersonalDataError(SourceError):
    """A file that seems to hold a list of persons; nothing of it was kept."""


class RefusalError(TallymarkError):
    """A use of figures that the type of the figures or a caveat refuses."""


class FaultError(TallymarkError):
    """A fault of Tallymark itself that one file brought to light.

    `trace` tells where; it may hold contents of cells, so it is shown on request only.
    """

    def __init__(
        self, what: str, *, where: str = "", hint: str = "", trace: str = ""
    ) -> None:
        self.trace = trace
        super().__init__(what, where=where, hint=hint)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a document, and its path in it (`$.tables[0].header`)."""

    what: str
    path: str = "$"


class DocumentError(TallymarkError):
    """A document that cannot be used, with all its problems at once."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        lines = [f"{p.what} @ {file} {p.path}" for p in self.problems]
        count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        super().__init__("\n".join([f"{count} in this document:", *lines]), where=file)
