"""Suites against themselves: what contradicts, repeats, or can never fail.

Reads no data: an expectation is set beside the others of all suites given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallymark.check.expectation import Expectation, Suite
from tallymark.check.lint.allowances import Allowance, allowance_of, excludes, is_within
from tallymark.check.lint.implication import implies, is_never
from tallymark.check.suite_reading import LOADED
from tallymark.check.words import words
from tallymark.model.codes import Severity
from tallymark.model.flaw import Flaw, FlawKind

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_TWO_SIDED = ("expect_column_distinct_values_to_equal_set",)
"""Types that ask for more than their allowance: it can cover others, not be covered."""


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """An expectation, the suite it stands in, and what it allows."""

    suite: str
    one: Expectation
    allowance: Allowance | None

    @property
    def is_idle(self) -> bool:
        """Whether it stands for the suite, does not count yet, or no row can meet it."""
        return (
            self.one.type.name == LOADED
            # What a preview repeats or contradicts goes when it begins to count.
            or bool(self.one.meaning.preview)
            or is_never(self.one.row_condition)
        )


def find_flaws(suites: Sequence[Suite], version: str) -> tuple[Flaw, ...]:
    """Return what is wrong with suites together, in the order of their entries.

    `version` is that of Tallymark: by it a preview is over.
    """
    entries = [
        _Placed(suite=suite.name, one=one, allowance=allowance_of(one))
        for suite in suites
        for one in suite.expectations
    ]
    flaws = [flaw for entry in entries for flaw in _alone(entry)]
    flaws += [_overdue(entry, version) for entry in entries if _is_over(entry, version)]
    at_work = [entry for entry in entries if not entry.is_idle]
    for i, entry in enumerate(at_work):
        for earlier in at_work[:i]:
            flaws.extend(_together(earlier, entry))
    return tuple(flaws)


def _is_over(entry: _Placed, version: str) -> bool:
    preview = entry.one.meaning.preview
    return bool(preview) and _numbers(preview) <= _numbers(version)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])


def _overdue(entry: _Placed, version: str) -> Flaw:
    meaning = entry.one.meaning
    return _flaw(
        "overdue",
        f"Its preview was to end with Tallymark {meaning.preview}; this is {version}.",
        f"Take `preview` out, and set the version of the suite to {meaning.since}.",
        entry,
    )


def _alone(entry: _Placed) -> Iterator[Flaw]:
    """Yield what is wrong with one expectation by itself."""
    one, allowance = entry.one, entry.allowance
    if is_never(one.row_condition):
        yield _flaw(
            "vacuous",
            "No row can meet its row condition.",
            "Mend the condition, or take the expectation out.",
            entry,
        )
    elif one.mostly == 0:
        yield _flaw(
            "vacuous",
            "It is met even if every row fails, since `mostly` is 0.",
            "Set `mostly` above 0, or take the expectation out.",
            entry,
        )
    elif allowance is not None and allowance.allows_all:
        yield _flaw(
            "vacuous",
            "It allows everything, so it can never fail.",
            "Set a bound or a pattern, or take the expectation out.",
            entry,
        )
    elif allowance is not None and allowance.allows_nothing:
        yield _flaw(
            "contradictory",
            f"It allows no {_thing(allowance)} at all.",
            "Mend its bounds or its list.",
            entry,
        )


def _together(earlier: _Placed, later: _Placed) -> Iterator[Flaw]:
    """Yield what is wrong with two expectations beside each other."""
    if not _share_rows(earlier.one, later.one):
        return
    if _contradict(earlier, later):
        about = _thing(earlier.allowance) if earlier.allowance else "row"
        yield _flaw(
            "contradictory",
            f"No {about} can meet both.",
            "Keep the one that is meant, or part them by row conditions.",
            earlier,
            later,
        )
    elif _covers(earlier, later):
        yield _needless(later, earlier)
    elif _covers(later, earlier):
        yield _needless(earlier, later)


def _share_rows(one: Expectation, other: Expectation) -> bool:
    """Say whether one of them looks at all rows that the other looks at."""
    return implies(one.row_condition, other.row_condition) or implies(
        other.row_condition, one.row_condition
    )


def _contradict(one: _Placed, other: _Placed) -> bool:
    if (
        one.allowance is None
        or other.allowance is None
        or one.one.mostly + other.one.mostly <= 1
    ):
        return False
    if one.allowance.allows_nothing or other.allowance.allows_nothing:
        return False
    return one.allowance.subject == other.allowance.subject and excludes(
        one.allowance, other.allowance
    )


def _covers(wide: _Placed, needless: _Placed) -> bool:
    """Say whether the second fails only where the first does, and weighs no more."""
    strict, loose = wide.one, needless.one
    if (
        not implies(loose.row_condition, strict.row_condition)
        or strict.mostly < loose.mostly
        or _RANK[strict.severity] > _RANK[loose.severity]
    ):
        return False
    if strict.mostly < 1 and strict.row_condition != loose.row_condition:
        return False  # a share of some rows says nothing of a share of others
    if strict.type == loose.type and strict.kwargs == loose.kwargs:
        return True
    if (
        wide.allowance is None
        or needless.allowance is None
        or needless.allowance.allows_all
    ):
        return False
    return (
        wide.allowance.subject == needless.allowance.subject
        and loose.type.name not in _TWO_SIDED
        and strict.kwargs.get("ignore_row_if") == loose.kwargs.get("ignore_row_if")
        and is_within(wide.allowance, needless.allowance)
    )


def _needless(needless: _Placed, wide: _Placed) -> Flaw:
    return _flaw(
        "redundant",
        f"Whatever “{needless.one.slug}” finds, “{wide.one.slug}” finds too.",
        f"Take “{needless.one.slug}” out, or make it ask for more.",
        needless,
        wide,
    )


def _flaw(kind: FlawKind, said: str, action: str, *entries: _Placed) -> Flaw:
    return Flaw(
        suites=tuple(entry.suite for entry in entries),
        slugs=tuple(entry.one.slug for entry in entries),
        kind=kind,
        said=said,
        action=action,
    )


_THINGS = {
    "values": "value of “{}”",
    "lengths": "length of “{}”",
    "emptiness": "cell of “{}”",
    "rows": "number of rows",
    "columns": "number of columns",
    "order": "row with “{}” and “{}”",
}


def _thing(allowance: Allowance) -> str:
    """Return what a allowance is about: `value of “sex”`."""
    what, *columns = allowance.subject
    named = _THINGS.get(what)
    if named is None:
        return " of ".join(["result", *map(words, columns)])
    return named.format(*columns)
