"""How a command ends: its exit code, the highest that anything calls for.

5 is an internal error, 3 a check that crashed, 2 a wrong use, document or file, 1 what
was found or differs, 4 that nothing was checked, 0 all else; 4 stands below 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallymark.errors import FaultError

if TYPE_CHECKING:  # the stages load on use
    from tallymark.errors import TallymarkError
    from tallymark.model.finding import Findings
    from tallymark.model.verdict import Verdict

OK, FOUND, UNUSABLE, CRASHED, NOTHING_CHECKED, INTERNAL = 0, 1, 2, 3, 4, 5


def exit_code(errors: Sequence[TallymarkError], verdict: Verdict) -> int:
    """Return how a check ended, the gravest first: the highest code."""
    if code := broken_code(errors, verdict.findings):
        return code
    if verdict.is_stopped:
        return FOUND
    return OK if verdict.is_checked else NOTHING_CHECKED


def broken_code(errors: Sequence[TallymarkError], findings: Findings) -> int:
    """Return the code of a check that crashed or files that could not be read, or 0."""
    from tallymark.model.finding import Status

    unread = unread_code(errors)
    has_crashed = any(o.status is Status.CRASHED for o in findings.outcomes)
    return max(unread, CRASHED) if has_crashed else unread


def unread_code(errors: Sequence[TallymarkError]) -> int:
    """Return the code of files that could not be read, or 0."""
    if any(isinstance(error, FaultError) for error in errors):
        return INTERNAL
    return UNUSABLE if errors else OK
