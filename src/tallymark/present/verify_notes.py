"""Notes and sentences that must stand in an output, looked for among its texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.printed_page import plain

_NUMBERED = re.compile(r"\[?\^?(\d+)(?:\]:?|[.)])\s*(.*)", re.DOTALL)
_ALIKE = 0.6
"""Above this likeness a text is the changed form of another, not a text of its own."""


def note_differences(
    notes: Sequence[Mapping[str, Any]], needed: Collection[int], blocks: Iterable[str]
) -> Iterator[Difference]:
    """Yield the notes that a standing figure needs and that are gone or changed.

    A critical note stands twice: above the figures, and among the notes.
    """
    said: dict[int, list[str]] = {}
    for block in blocks:
        if found := _NUMBERED.match(block):
            said.setdefault(int(found[1]), []).append(plain(found[2]))
    for note in notes:
        if note["number"] not in needed:
            continue
        wanted = note_text(note)
        texts = said.get(note["number"], [])
        n_wanted = 2 if note["weight"] == "critical" and note.get("carried_by") else 1
        if (n_lacking := n_wanted - texts.count(wanted)) <= 0:
            continue
        where = f"note [{note['number']}] {note['slug']}"
        changed = [t for t in texts if t != wanted and _is_like(t, wanted)]
        for text in changed[:n_lacking]:
            yield _difference(Change.NOTE_CHANGED, where, wanted, text)
        if n_lacking > len(changed):
            place = "" if n_lacking == n_wanted else " (one of its two places)"
            yield _difference(Change.CAVEAT_MISSING, where + place, wanted, "")


def said_differences(
    sentences: Iterable[str], blocks: Collection[str]
) -> Iterator[Difference]:
    """Yield the sentences that do not stand among the texts."""
    for sentence in sentences:
        wanted = plain(sentence)
        if wanted in blocks:
            continue
        near = [block for block in blocks if _is_like(block, wanted)]
        if near:
            yield _difference(Change.NOTE_CHANGED, "a sentence", wanted, near[0])
        else:
            yield _difference(Change.CAVEAT_MISSING, "a sentence", wanted, "")


def note_text(note: Mapping[str, Any]) -> str:
    """Return a note as it stands behind its number."""
    carried = f" ({note['carried_by']})" if note.get("carried_by") else ""
    return plain(note["sentence"]) + carried


def _is_like(text: str, wanted: str) -> bool:
    return SequenceMatcher(None, text, wanted).ratio() > _ALIKE


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
