"""Two files that give the same figure: a newer version stands, else the run stops.

Hides that figures are compared only where files share series, area and period, so that
a thousand files take no longer than their rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from tallymark.errors import TallymarkError, UsageError, VersionsError
from tallymark.model.columns import arrow_column
from tallymark.model.observation import KEY
from tallymark.model.submission import Submission

Key = tuple[str | None, ...]
Rows = list[int]
Member = TypeVar("Member", bound=Hashable)

_HINT = (
    "They are never added up. Pass only one of the two files, or say which is newer:"
    " --replaces NEWER=OLDER."
)
_SUBJECT = KEY[:3]
"""Series, area and period: a row that lacks one of them is about nothing known."""
_SAYS_NOTHING = ("NOT_ASKED", "NOT_PROVIDED", "BLANK", "UNREADABLE", "UNKNOWN")
"""Gaps that take back no figure of an older version: the newer one does not print it."""


def settle_versions(
    items: Sequence[Submission],
    declared: Sequence[tuple[str, str]],
    errors: Sequence[TallymarkError],
) -> tuple[list[Submission], list[str]]:
    """Return what the newest versions say, older figures set apart, and notes on that.

    `declared` has pairs of files, by name or path: the first replaces all figures of
    the second. Where an adapter says which files it replaces, the later date of
    publication does so figure by figure; what it does not print stands.

    Raises:
        UsageError: a pair names no file, several files, or one file twice.
        VersionsError: two files give a figure for one and the same key, and neither is
            declared to be newer. It names both, and one figure that both give, and
            `errors`, for which the run has no other place any more.
    """
    held = list(items)
    notes = []
    for newer, older in _pairs(held, declared):
        new, old = held[newer], held[older]
        rows = range(old.observations.num_rows)
        held[newer] = replace(new, replaces=(*new.replaces, old.file))
        held[older] = _without(old, rows)
        notes.append(_note(new, old, rows))
    replaced = _replaced(held, errors)
    for n, rows_by_newer in replaced.items():
        old = held[n]
        held[n] = _without(old, {r for rows in rows_by_newer.values() for r in rows})
        notes += [_note(items[m], old, rows) for m, rows in rows_by_newer.items()]
    return held, [note for note in notes if note]


def _pairs(
    items: Sequence[Submission], declared: Sequence[tuple[str, str]]
) -> list[tuple[int, int]]:
    pairs = [(_named(items, newer), _named(items, older)) for newer, older in declared]
    newer_than = {older: newer for newer, older in pairs}
    for n in newer_than:
        later = [n]
        while later[-1] in newer_than and later.count(later[-1]) == 1:
            later.append(newer_than[later[-1]])
        if len(newer_than) < len(pairs) or later[-1] in later[:-1]:
            raise UsageError(
                f"--replaces does not say which file is newer than {items[n].file}.",
                hint="Each older file has one newer file, which is not itself older.",
            )
    return pairs


def _named(items: Sequence[Submission], name: str) -> int:
    found = [
        n
        for n, item in enumerate(items)
        if name == item.file or Path(name) == Path(item.path)
    ]
    if len(found) != 1:
        raise UsageError(
            f"--replaces names {name!r}, which is {len(found) or 'none'} of the files"
            " that were read.",
            hint=f"Read were: {', '.join(item.path for item in items)}.",
        )
    return found[0]


def _note(newer: Submission, older: Submission, rows: Iterable[int]) -> str:
    """Return what is told of replaced figures; nothing if they are all gaps."""
    reasons = older.observations["missing_reason"]
    n = sum(reasons[row].as_py() is None for row in rows)
    if not n:
        return ""
    figures = "figure" if n == 1 else "figures"
    return (
        f"{newer.file} replaces {n:,} {figures} of {older.file}, an older version:"
        " compared with the newer, and never shown or added."
    )


def _without(item: Submission, rows: Collection[int]) -> Submission:
    """Return a submission whose rows, by their numbers, are set apart as replaced."""
    every = range(item.observations.num_rows)
    kept = arrow_column([n for n in every if n not in rows], pa.int64())
    gone = arrow_column([n for n in every if n in rows], pa.int64())
    return replace(
        item,
        observations=item.observations.take(kept),
        replaced=item.observations.take(gone),
    )


def _replaced(
    items: Sequence[Submission], errors: Sequence[TallymarkError]
) -> dict[int, dict[int, Rows]]:
    """Return which rows of which file are replaced, by the file that does."""
    series = [set(item.regions["series_id"].to_pylist()) - {None} for item in items]
    shared = _in_several(series)
    doubtful = [n for n, own in enumerate(series) if own & shared]
    subjects = {n: _subjects(items[n]) for n in doubtful}
    both = _in_several(subjects.values())
    givers: dict[Key, dict[int, Rows]] = defaultdict(dict)
    for n in doubtful:
        for key, rows in _keys(items[n], both & subjects[n]).items():
            givers[key][n] = rows
    several = [held for held in givers.values() if len(held) > 1]
    clashes = {pair for held in several if (pair := _clash(items, held)) is not None}
    if clashes:
        a, b = min(clashes)
        told = _told(items[a], items[b], subjects[a] & subjects[b])
        raise VersionsError(
            told,
            hint="\n".join([_HINT, *map(str, errors)]),
            pairs=[(items[a].path, items[b].path) for a, b in sorted(clashes)],
        )
    gone: dict[int, dict[int, Rows]] = defaultdict(lambda: defaultdict(list))
    for held in several:
        stands = _standing(items, held)
        for n in held.keys() - {stands}:
            gone[n][stands] += held[n]
    return gone


def _clash(
    items: Sequence[Submission], held: Mapping[int, Rows]
) -> tuple[int, int] | None:
    """Return two files that give a figure and of which neither replaces the other."""
    first, *others = sorted(held)
    known = [first]
    for n in others:
        for other in known:
            if not _is_declared(items[n], items[other]):
                return other, n
        known.append(n)
    return None


def _is_declared(a: Submission, b: Submission) -> bool:
    """Return whether one of the two is the newer, by its adapter and its date."""
    days = _vintage(a), _vintage(b)
    if None in days or days[0] == days[1]:
        return False
    older, newer = sorted((a, b), key=_day)
    return older.adapter in newer.replaces_adapters


def _vintage(item: Submission) -> date | None:
    """Return the day of publication of a file, which all of its figures have."""
    if not item.observations.num_rows:
        return None
    day: date | None = item.observations["vintage"][0].as_py()
    return day


def _day(item: Submission) -> date:
    return _vintage(item) or date.min


def _standing(items: Sequence[Submission], held: Mapping[int, Rows]) -> int:
    """Return the newest file that says something of a figure; else the newest."""
    newest = sorted(held, key=lambda n: _day(items[n]), reverse=True)
    telling = (n for n in newest if _says(items[n], held[n]))
    return next(telling, newest[0])


def _says(item: Submission, rows: Rows) -> bool:
    reasons = (item.observations["missing_reason"][n].as_py() for n in rows)
    return any(reason not in _SAYS_NOTHING for reason in reasons)


def _in_several(groups: Iterable[Collection[Member]]) -> set[Member]:
    """Return what stands in more than one of the groups."""
    n_of = Counter(member for group in groups for member in group)
    return {member for member, n in n_of.items() if n > 1}


def _subjects(item: Submission) -> set[Key]:
    columns = [item.observations[name].to_pylist() for name in _SUBJECT]
    return {subject for subject in zip(*columns, strict=True) if None not in subject}


def _keys(item: Submission, subjects: Collection[Key]) -> dict[Key, Rows]:
    """Return each key that is about one of the subjects, with its rows' numbers."""
    if not subjects:
        return {}
    columns = [item.observations[name].to_pylist() for name in KEY]
    keys: dict[Key, Rows] = defaultdict(list)
    for n, key in enumerate(zip(*columns, strict=True)):
        if key[: len(_SUBJECT)] in subjects:
            keys[key].append(n)
    return keys


def _told(a: Submission, b: Submission, subjects: Collection[Key]) -> str:
    keys, others = _keys(a, subjects), _keys(b, subjects)
    both = [key for key in others if key in keys]
    series, area, period = both[0][:3]
    rows = ((a, keys[both[0]][0]), (b, others[both[0]][0]))
    cells = [
        f"{item.file} {item.observations['source_ref'][row].as_py()}"
        for item, row in rows
    ]
    return (
        f"{a.path} and {b.path} both give {len(both)} figures, such as {series} for"
        f" {area} in {period} ({cells[0]} and {cells[1]})."
    )
