"""What a mapping workbook carries, so that what a person decides in it is read back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category

from tallymark.model.address import listed_regions
from tallymark.model.draft import Decision, Guess, Said

FIRST, GUESSES, DEFINITION, LISTS = "Read me first", "Guesses", "Definition", "Lists"
"""Its own sheets; the sender's come after them."""

WHERE, READING, DECISION, CHANGE = "Where", "We read it as", "Decision", "Change to"
ID, SEAL = "id", "seal"
"""Headings of the sheet of guesses that are read back, wherever the columns stand."""

QUESTION, ANSWER, FIELD = "Question", "Answer", "field"
ONLY_FOR = "Only for "
"""Headings of the sheet of definitions; a series of its own has its own column."""

FILE, SHA256, NOT_PERSONAL = "File", "SHA-256", "Declared to be no list of persons"
"""Rows of the first sheet that tell which file the workbook is about."""

SAID: Mapping[str, Said] = {
    "confirm": "confirm",
    "change to": "change",
    "ignore": "ignore",
}
"""What may be chosen as a decision."""

NOT_KNOWN = "not known"
NOTHING = "not said in the file"
LONGEST = 500
"""Letters of a reading as it is shown."""

DRAFT = "draft-"
"""How the id of an adapter begins that nobody has accepted."""

PUBLICATION = {
    "adapter.id": "Name of the adapter",
    "source.title": "Title of the publication",
    "source.publisher": "Publisher",
    "vintage": "Date of publication",
}
"""What is asked about the publication, by its place in the adapter document."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a person says in a mapping workbook.

    `publication` and `definition` hold what was answered, by field, as a document
    would; `only_for` the definition of one series where it differs, by the heading of
    its column and by field.
    """

    decisions: tuple[Decision, ...]
    publication: Mapping[str, str] = field(default_factory=dict)
    definition: Mapping[str, Any] = field(default_factory=dict)
    only_for: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def heading_of(series: Mapping[str, Any]) -> str:
    """Return the heading of the column that a series has of its own."""
    return plain(f"{ONLY_FOR}{series['title']}")


def shown_where(guess: Guess) -> str:
    """Return where to look for a guess: of several regions the first."""
    regions = listed_regions(guess.region)
    more = f" (+{len(regions) - 1})" if len(regions) > 1 else ""
    return plain((regions or [guess.region])[0]) + more


def plain(text: str) -> str:
    r"""Return a text on one line, as long as a cell may show.

    >>> plain("a  b\nc")
    'a b c'
    """
    said = " ".join(text.split())
    if not said.isprintable():
        said = "".join("�" if category(c) in ("Cc", "Cs") else c for c in said)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def seal(sha256: str, id_: str, where: str, reading: str) -> str:
    """Return a short hash of what a row is about.

    >>> seal("0", "t1.stage", "A1", "x") == seal("0", "t2.stage", "A1", "x")
    False
    """
    said = [sha256, plain(id_), plain(where), plain(reading)]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:8]
