"""The words by which a register of persons is known, in many languages, and their folding.

Hides the word lists under `words/`, which are read when the first file is screened.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")

LONGEST_HEADING = 90
"""Characters; a longer text is no heading of a column."""

_FUZZY_KINDS = {"birth_date", "person_name", "identity_number", "telephone"}
_FUZZY_FROM = 7
"""Letters of a heading's word from which one wrong letter is forgiven."""
_SHORT = 3
"""A wording of so few letters must be the whole heading: too many words hold it."""
_LONGEST_WORDING = 6
_PARTED_FROM = "\u0900"
"""From here on stand scripts whose words are not, or not always, parted by blanks."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKS = re.compile(r"[\s\d_./\\()\[\]{}:;,'’`´\"*#&+\-–—|?!<>=%፡።]+")
_ACCENTS = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """Return a text without case, accents, invisible characters and forms of width.

    >>> fold("Data de NASCIMENTO"), fold("Ngày sinh"), fold("ＤＯＢ")
    ('data de nascimento', 'ngay sinh', 'dob')
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", _HIDDEN.sub("", text)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text)).replace("đ", "d")


def words_of(text: str) -> list[str]:
    """Return the words of a folded text; letters that stand alone are put together.

    >>> words_of("d.o.b. (victim_2)")
    ['dob', 'victim']
    """
    words: list[str] = []
    alone = ""
    for word in _BREAKS.split(text):
        if len(word) == 1 and word < _PARTED_FROM:
            alone += word
            continue
        if alone:
            words.append(alone)
            alone = ""
        if word:
            words.append(word)
    return [*words, alone] if alone else words


@lru_cache(maxsize=1 << 14)
def heading_kinds(text: str) -> frozenset[str]:
    """Return the kinds of column that a heading may name; empty for other texts.

    The longest wording counts: "age of consent" names no age of a person.

    >>> sorted(heading_kinds("DateOfBirth")), sorted(heading_kinds("Nama korban"))
    (['birth_date'], ['person_name'])
    >>> sorted(heading_kinds("Number of victims")), sorted(heading_kinds("Name / ชื่อ"))
    (['other'], ['name'])
    """
    if len(text) > LONGEST_HEADING:
        return frozenset()
    folded = fold(_CAMEL.sub(" ", text))
    if folded.isascii() or max(folded) < _PARTED_FROM:
        return _kinds_of_words(words_of(folded))
    # Two languages in one heading: the one with letters that blanks do not part first.
    compact, kinds = "".join(words_of(folded)), set()
    for wording, kind in _unparted().items():
        if wording in compact:
            kinds.add(kind)
            compact = compact.replace(wording, "\0")
    latin = [word for word in words_of(folded) if max(word) < _PARTED_FROM]
    return frozenset(kinds | _kinds_of_words(latin))


def forget() -> None:
    """Drop the texts of cells that were looked up as headings."""
    heading_kinds.cache_clear()


def _kinds_of_words(words: list[str]) -> frozenset[str]:
    kinds: set[str] = set()
    if len(words) > 1 and all(len(word) < 2 for word in words):
        words = ["".join(words)]
    words = [_mended(word) for word in words]
    wordings, at = _wordings(), 0
    while at < len(words):
        for n in range(min(_LONGEST_WORDING, len(words) - at), 0, -1):
            wording = " ".join(words[at : at + n])
            kind = wordings.get(wording)
            if kind and (len(wording) > _SHORT or n == len(words)):
                kinds.add(kind)
                at += n
                break
        else:
            at += 1
    return frozenset(kinds)


def _mended(word: str) -> str:
    """Return the known word that a word of a heading is, but for one wrong letter."""
    if len(word) < _FUZZY_FROM or word in _known_words():
        return word
    for shorter in {word, *_one_shorter(word)}:
        if shorter in _nearly_known():
            return _nearly_known()[shorter]
    return word


def _one_shorter(word: str) -> Iterator[str]:
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


@cache
def _wordings() -> Mapping[str, str]:
    """Every wording, as it is compared, and its kind."""
    return {
        wording: row["kind"]
        for row in _rows("headings.csv")
        for wording in row["wordings"].split("|")
    }


@cache
def _unparted() -> Mapping[str, str]:
    """The wordings without their blanks, in scripts that may do without, longest first."""
    found = {
        wording.replace(" ", ""): kind
        for wording, kind in _wordings().items()
        if max(wording) >= _PARTED_FROM
    }
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for wording in _wordings() for word in wording.split())


@cache
def _nearly_known() -> Mapping[str, str]:
    """Each word that one letter too few, too many or wrong makes of one in a wording."""
    found: dict[str, str] = {}
    for wording, kind in _wordings().items():
        if kind in _FUZZY_KINDS:
            for word in wording.split():
                if len(word) >= _FUZZY_FROM and word < _PARTED_FROM:
                    for near in (word, *_one_shorter(word)):
                        found.setdefault(near, word)
    return found


@cache
def cell_words(kind: str) -> frozenset[str]:
    """Return the words of cells of a kind (`female`, `month`, ...), folded.

    >>> "perempuan" in cell_words("female"), "ญ" in cell_words("female")
    (True, True)
    """
    return frozenset(
        word
        for row in _rows("values.csv")
        if row["kind"] == kind
        for word in row["words"].split("|")
    )


@cache
def words_by_language(kind: str) -> Mapping[str, frozenset[str]]:
    """Return the words of a kind apart by language."""
    return {
        row["language"]: frozenset(row["words"].split("|"))
        for row in _rows("values.csv")
        if row["kind"] == kind
    }


@cache
def known_names() -> frozenset[str]:
    """Return given and family names that many persons bear, folded."""
    rows = _rows("names.csv")
    return frozenset(name for row in rows for name in row["names"].split("|"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if line[:1] != "#")
