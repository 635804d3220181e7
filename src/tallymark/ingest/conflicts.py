"""Two files that give the same figure: never summed, always told.

Hides that figures are compared only where files share series, area and period, so that
a thousand files take no longer than their rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.observation import KEY
from tallymark.model.submission import Submission

Key = tuple[str | None, ...]
Member = TypeVar("Member", bound=Hashable)

_HINT = "They are never added up. Pass only one of the two files."
_SUBJECT = KEY[:3]
"""Series, area and period: a row that lacks one of them is about nothing known."""


def check_conflicts(
    items: Sequence[Submission], errors: Sequence[TallymarkError]
) -> None:
    """Pass if no two files give a figure for one and the same key.

    Raises:
        SourceError: two files do; it names both, and one figure that both give. With
            it `errors` are told, for which the run has no other place any more.
    """
    series = [set(item.regions["series_id"].to_pylist()) - {None} for item in items]
    shared = _in_several(series)
    doubtful = [item for item, own in zip(items, series, strict=True) if own & shared]
    subjects = [_subjects(item) for item in doubtful]
    both = _in_several(subjects)
    first_of: dict[Key, int] = {}
    clashes = set()
    for n, item in enumerate(doubtful):
        for key in _keys(item, both & subjects[n]):
            first = first_of.setdefault(key, n)
            if first != n:
                clashes.add((first, n))
    if clashes:
        a, b = min(clashes)
        told = _told(doubtful[a], doubtful[b], subjects[a] & subjects[b])
        raise SourceError(told, hint="\n".join([_HINT, *map(str, errors)]))


def _in_several(groups: Iterable[Collection[Member]]) -> set[Member]:
    """Return what stands in more than one of the groups."""
    n_of = Counter(member for group in groups for member in group)
    return {member for member, n in n_of.items() if n > 1}


def _subjects(item: Submission) -> set[Key]:
    columns = [item.observations[name].to_pylist() for name in _SUBJECT]
    return {subject for subject in zip(*columns, strict=True) if None not in subject}


def _keys(item: Submission, subjects: Collection[Key]) -> dict[Key, int]:
    """Return each key that is about one of the subjects, with its first row's number."""
    if not subjects:
        return {}
    columns = [item.observations[name].to_pylist() for name in KEY]
    keys: dict[Key, int] = {}
    for n, key in enumerate(zip(*columns, strict=True)):
        if key[: len(_SUBJECT)] in subjects:
            keys.setdefault(key, n)
    return keys


def _told(a: Submission, b: Submission, subjects: Collection[Key]) -> str:
    keys, others = _keys(a, subjects), _keys(b, subjects)
    both = [key for key in others if key in keys]
    series, area, period = both[0][:3]
    rows = ((a, keys[both[0]]), (b, others[both[0]]))
    cells = [
        f"{item.file} {item.observations['source_ref'][row].as_py()}"
        for item, row in rows
    ]
    return (
        f"{a.path} and {b.path} both give {len(both)} figures, such as {series} for"
        f" {area} in {period} ({cells[0]} and {cells[1]})."
    )
