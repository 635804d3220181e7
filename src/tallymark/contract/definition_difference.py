"""How what names mean differs between two contracts, and whatever else they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tallymark.model.contract import ContractChange, View

BOTH: tuple[View, ...] = ("consumer", "producer")
_MEANING = ("dataGranularityDescription", "transformLogic", "semanticType")
"""Keys of the standard that say what a row or a number is."""
_MEANING_WORDS = re.compile(
    r"count(ing|ed)?|units?|scope|population|definition|granularity|currency|"
    r"calendar|period|denominator|codelist"
)
"""Words in the name of a custom property that says what a number is."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def redefined(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    key: str,
    path: str,
    kind: str = "definition changed",
) -> Iterator[ContractChange]:
    """Yield a change of meaning, if two nodes say another thing under one key."""
    if old.get(key) != new.get(key):
        yield ContractChange(
            path=path,
            kind=kind,
            what=_said(key, old.get(key), new.get(key)),
            breaks=BOTH,
            is_definition=True,
        )


def of_rest(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    path: str,
    done: Collection[str],
    done_custom: Collection[str] = (),
) -> Iterator[ContractChange]:
    """Yield what differs under the keys that nothing else compares.

    A word for what is counted in the name of a custom property makes it a definition.
    """
    for key in dict.fromkeys([*old, *new]):
        if key in done or key == "customProperties":
            continue
        place = f"{path}.{key}".strip(".")
        if key in _MEANING:
            yield from redefined(old, new, key, place)
        elif old.get(key) != new.get(key):
            yield ContractChange(
                path=place,
                kind=f"{key} changed",
                what=_said(key, old.get(key), new.get(key)),
                breaks=BOTH if key == "physicalName" else (),
            )
    olds, news = custom_of(old), custom_of(new)
    for name in dict.fromkeys([*olds, *news]):
        if name in done_custom or olds.get(name) == news.get(name):
            continue
        place = f"{path}.customProperties.{name}".strip(".")
        if any(_MEANING_WORDS.fullmatch(w.lower()) for w in _WORD.findall(name)):
            yield from redefined(olds, news, name, place)
        else:
            what = _said(name, olds.get(name), news.get(name))
            yield ContractChange(path=place, kind="custom property changed", what=what)


def custom_of(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return the custom properties of a contract or of an element, by name."""
    entries = node.get("customProperties") or ()
    return {str(entry.get("property")): entry.get("value") for entry in entries}


def _said(key: str, before: Any, after: Any) -> str:
    told = ["not given" if v is None else f"{v!s:.80}" for v in (before, after)]
    return f"{key}: {told[0]} -> {told[1]}"
