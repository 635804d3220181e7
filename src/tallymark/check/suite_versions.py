"""Versions of a suite, all in its one file: which expectations each of them has.

An entry says since which version it counts and until which it stands; an older version
is what these leave. A preview runs in the newest version, and counts from the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from tallymark.check.expectation import Expectation
from tallymark.errors import Problem, UsageError

_PIN = re.compile(r"(.+)@(\d+)")
_RELEASE = re.compile(r"\d+\.\d+")


def parted(name: str) -> tuple[str, int | None]:
    """Return the name or path of a suite, and the version to which it is pinned.

    >>> parted("observations@1"), parted("observations"), parted("my@home/own.json")
    (('observations', 1), ('observations', None), ('my@home/own.json', None))
    """
    pinned = _PIN.fullmatch(name)
    if pinned is None or Path(name).is_file():
        return name, None
    return pinned[1], int(pinned[2])


def require_version(name: str, asked: int, newest: int) -> None:
    """Stop if a suite has no such version.

    Raises:
        UsageError: naming those that there are.
    """
    if not 1 <= asked <= newest:
        known = ", ".join(f"{name}@{n}" for n in range(1, newest + 1))
        raise UsageError(
            f"there is no version {asked} of the suite {name!r}.",
            hint=f"There {'is' if newest == 1 else 'are'} {known}.",
        )


def of_version(
    expectations: Iterable[Expectation], version: int, newest: int
) -> tuple[Expectation, ...]:
    """Return the expectations that stand in one version of their suite."""
    return tuple(e for e in expectations if _stands(e, version, newest))


def _stands(one: Expectation, version: int, newest: int) -> bool:
    meaning = one.meaning
    if meaning.preview:
        return version == newest
    until = newest if meaning.until is None else meaning.until
    return meaning.since <= version <= until


def life_problems(
    meta: Mapping[str, Any], newest: object, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with `since`, `until` and `preview` of an entry."""
    if not _is_number(newest):
        return  # told of the suite
    since, until = meta.get("since", 1), meta.get("until", newest)
    preview = meta.get("preview", "")
    for name, value in (("since", since), ("until", until)):
        if not _is_number(value):
            said = f"needs a version of the suite, a whole number, found {value!r:.80}"
            yield Problem(said, f"{path}.{name}")
    if not (_is_number(since) and _is_number(until)):
        return
    if "preview" in meta:
        if not (isinstance(preview, str) and _RELEASE.fullmatch(preview)):
            said = f"needs a version of Tallymark such as '0.3', found {preview!r:.80}"
            yield Problem(said, f"{path}.preview")
        if since != newest + 1:
            said = f"a preview counts from the next version of its suite: {newest + 1}"
            yield Problem(said, f"{path}.since")
    elif not 1 <= since <= newest:
        said = f"the suite has the versions 1 to {newest}, found {since}"
        yield Problem(said, f"{path}.since")
    if "until" in meta and not since <= until < newest:
        said = f"needs a version from {since} to {newest - 1}, found {until}"
        yield Problem(said, f"{path}.until")


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
