"""Notes and sentences that must stand in an output, looked for among its texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from tallymark.model.verification import Change, Difference
from tallymark.present.printed.content import TABLE, plain, without_marks
from tallymark.present.surround import ALSO, WARNING

_NUMBERED = re.compile(r"\[?\^?(\d+)(?:\]:?|[.)])\s*(.*)", re.DOTALL)
_DEFINED = re.compile(r"\[\^(\d+)\]:\s*(.*)", re.DOTALL)
_HEADINGS = frozenset(("Notes", ALSO, "Key", "Sources", WARNING))
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


def defined_twice(
    notes: Sequence[Mapping[str, Any]], blocks: Iterable[str]
) -> Iterator[Difference]:
    """Yield footnotes that stand with another text as well: the first one is shown."""
    wanted = {note["number"]: note_text(note) for note in notes}
    several: dict[int, set[str]] = {}
    for block in blocks:
        if (found := _DEFINED.match(block)) and int(found[1]) in wanted:
            several.setdefault(int(found[1]), set()).add(plain(found[2]))
    for number, texts in several.items():
        if wanted[number] in texts:
            for text in sorted(texts - {wanted[number]}):
                yield _difference(
                    Change.NOTE_CHANGED, f"note [{number}]", wanted[number], text
                )


def added_differences(
    expected: Mapping[str, Any], blocks: Sequence[str]
) -> Iterator[Difference]:
    """Yield what stands between the texts that were printed, and was not."""
    title = plain(expected["title"])
    said = {plain(text) for text in printed_sentences(expected)} | _HEADINGS
    notes = {(note["number"], note_text(note)) for note in expected["notes"]}

    def is_known(block: str) -> bool:
        found = _NUMBERED.match(block)
        is_note = found and (int(found[1]), plain(found[2])) in notes
        return bool(is_note) or block in said or without_marks(block) == title

    known = [n for n, block in enumerate(blocks) if is_known(block)]
    if not known:
        return
    end = next((n for n in range(known[0], len(blocks)) if blocks[n] == TABLE), 0)
    below = [n for n in known if n > end]
    inside = [
        *range(known[0], end),
        *range(*((below[0], below[-1]) if below else (0,))),
    ]
    for n in sorted(set(inside) - set(known)):
        if blocks[n] != TABLE:
            yield _difference(
                Change.NOTE_CHANGED, "a text among what was printed", "", blocks[n]
            )


def printed_sentences(expected: Mapping[str, Any]) -> list[str]:
    """Return the sentences of a table besides its title and notes."""
    return [
        *filter(None, [expected.get("counted")]),
        *expected["warnings"],
        *(f"{symbol} = {meaning}" for symbol, meaning in expected.get("key", ())),
        *expected.get("sources", ()),
    ]


def note_text(note: Mapping[str, Any]) -> str:
    """Return a note as it stands behind its number."""
    carried = f" ({note['carried_by']})" if note.get("carried_by") else ""
    return plain(note["sentence"]) + carried


def _is_like(text: str, wanted: str) -> bool:
    return SequenceMatcher(None, text, wanted).ratio() > _ALIKE


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
