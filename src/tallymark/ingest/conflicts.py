"""Two files that give the same figure: never summed, always told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.observation import KEY
from tallymark.model.submission import Submission

_HINT = "They are never added up. Pass only one of the two files."


def check_conflicts(
    items: Sequence[Submission], errors: Sequence[TallymarkError]
) -> None:
    """Pass if no two files give a figure for one and the same key.

    Raises:
        SourceError: two files do; it names both, and one figure that both give. With
            it `errors` are told, for which the run has no other place any more.
    """
    series = [set(item.regions["series_id"].to_pylist()) - {None} for item in items]
    keys: dict[int, dict[tuple[str | None, ...], int]] = {}
    for a, b in combinations(range(len(items)), 2):
        if not series[a] & series[b]:
            continue
        for n in (a, b):
            if n not in keys:
                keys[n] = _keys(items[n])
        both = [key for key in keys[b] if key in keys[a]]
        if both:
            rows = (keys[a][both[0]], keys[b][both[0]])
            raise SourceError(
                _told(items[a], items[b], both, rows),
                hint="\n".join([_HINT, *map(str, errors)]),
            )


def _keys(item: Submission) -> dict[tuple[str | None, ...], int]:
    """Return each complete key with the number of its first row; unknown areas are left out."""
    columns = [item.observations[name].to_pylist() for name in KEY]
    keys: dict[tuple[str | None, ...], int] = {}
    for n, key in enumerate(zip(*columns, strict=True)):
        if None not in (key[0], key[1], key[2]):
            keys.setdefault(key, n)
    return keys


def _told(
    a: Submission,
    b: Submission,
    both: Sequence[tuple[str | None, ...]],
    rows: tuple[int, int],
) -> str:
    series, area, period = both[0][:3]
    cells = [
        f"{item.file} {item.observations['source_ref'][row].as_py()}"
        for item, row in zip((a, b), rows, strict=True)
    ]
    return (
        f"{a.path} and {b.path} both give {len(both)} figures, such as {series} for"
        f" {area} in {period} ({cells[0]} and {cells[1]})."
    )
