"""What differs between two verdicts as text: what fails now first. No values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallymark.model.verdict_change import (
    OutcomeChange,
    RecordedFinding,
    RecordedOutcome,
    VerdictChanges,
)
from tallymark.present.wording import counted, listed, one_line

_MOST_SHOWN = 20
_SAME = "Both verdicts are the same, and so are their findings."


def render(changes: VerdictChanges) -> dict[str, bytes]:
    """Return a summary, then the expectations, then the findings that differ."""
    worse = [change for change in changes.outcomes if change.is_worse]
    other = [change for change in changes.outcomes if not change.is_worse]
    parts = [
        [_summary(changes, len(worse))],
        _section("FAIL NOW, AND DID NOT", list(map(_outcome, worse))),
        _section("END OTHERWISE", list(map(_outcome, other))),
        _section("NEW FINDINGS", _places(changes.appeared)),
        _section("FINDINGS NO LONGER THERE", _places(changes.vanished)),
        _section("SOMETHING ELSE WAS FOUND", _places(changes.drifted)),
    ]
    if changes.not_listed:
        slugs = listed([*changes.not_listed])
        said = f"Not every finding was kept, so some may be missing here, of: {slugs}."
        parts.append(["", said])
    lines = [line for part in parts for line in part]
    return {"": ("\n".join(lines) + "\n").encode()}


def _summary(changes: VerdictChanges, n_worse: int) -> str:
    numbers = [
        f"{counted(len(changes.outcomes), 'expectation')} "
        f"{'ends' if len(changes.outcomes) == 1 else 'end'} otherwise",
        f"{n_worse:,} of them {'fails' if n_worse == 1 else 'fail'} now and did not",
        f"{counted(len(changes.appeared), 'finding')} new",
        f"{len(changes.vanished):,} no longer there",
        f"{len(changes.drifted):,} with something else found",
    ]
    is_same = not (
        changes.outcomes or changes.appeared or changes.vanished or changes.drifted
    )
    return _SAME if is_same else f"{'; '.join(numbers)}."


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
        yield from (f"  {line}" for line in lines[:_MOST_SHOWN])
        if len(lines) > _MOST_SHOWN:
            yield f"  and {len(lines) - _MOST_SHOWN:,} more, listed with --format json"


def _outcome(change: OutcomeChange) -> str:
    return f"{change.expectation}: {_end(change.before)} -> {_end(change.after)}"


def _end(outcome: RecordedOutcome | None) -> str:
    if outcome is None:
        return "not there"
    return f"{outcome.status.value.replace('_', ' ')} ({outcome.severity.value})"


def _places(findings: Sequence[RecordedFinding]) -> list[str]:
    return [f"{f.expectation}: {one_line(f.where) or 'all figures'}" for f in findings]
