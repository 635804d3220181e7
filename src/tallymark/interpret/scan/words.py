"""Words of a text that say what is counted, where and how, by `claim_words.csv`.

Hides languages, inflected forms and names of areas behind tags with their places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from tallymark.documents import REFERENCE, read_code_list

LANGUAGES = ("en", "fr", "pt")
"""Languages whose words are known; English if nothing tells."""

_ANY = "any"
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_INVENTED = re.compile(r"X[A-Z]{2}")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


class Token(NamedTuple):
    """A word or a mark, in lower case, with its place."""

    text: str
    start: int
    end: int


class Tag(NamedTuple):
    """What words say: their aspect and code, and where they stand."""

    aspect: str
    code: str
    start: int
    end: int


def flat(text: str) -> str:
    """Return a text of the same length with plain digits, blanks, dashes and quotes.

    >>> flat("१२\u00a0788 – l’année")
    "12 788 - l'année"
    """
    return text if text.isascii() else "".join(map(_flat, text))


def _flat(character: str) -> str:
    if character in _RAISED:  # the mark of a note, glued to a number
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character.isspace():
        return " "
    if character in _DASHES:
        return "-"
    return "'" if character in "\u2019\u02bc" else character


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a flat text."""
    return [
        Token(match[0].lower(), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def tags_in(text: str, tokens: Sequence[Token], language: str) -> dict[str, list[Tag]]:
    """Return the tags of a flat text by aspect, in order; areas begin with a capital."""
    tags: dict[str, list[Tag]] = {}
    for aspect, phrases in _phrases(language).items():
        if found := _found(aspect, phrases, tokens):
            tags[aspect] = found
    if "unit" in tags:
        scopes = tags.get("scope", [])
        tags["unit"] = [tag for tag in tags["unit"] if not _is_part(tag, scopes)]
    named = _found("area", _area_names(), tokens)
    named = [tag for tag in named if text[tag.start].isupper()]
    named += [
        Tag("area", text[t.start : t.end], t.start, t.end)
        for t in tokens
        if _INVENTED.fullmatch(text[t.start : t.end])
    ]
    if named:
        tags["area"] = _longest([*tags.get("area", []), *named])
    return tags


def language_of(texts: Sequence[str]) -> str:
    """Return the language that most small words of the texts belong to."""
    counts = Counter(
        token.text for text in texts for token in tokens_of(flat(text.lower()))
    )
    own = {language: _small_words(language) for language in LANGUAGES}
    scores = {
        language: sum(counts[word] for word in words) for language, words in own.items()
    }
    return max(LANGUAGES, key=lambda language: scores[language])


def codes_of(aspect: str, language: str) -> Mapping[str, str]:
    """Return the phrases of an aspect, words parted by one blank, with their codes."""
    phrases = _phrases(language).get(aspect, {})
    return {" ".join(words): code for words, code in phrases.items()}


def _is_part(unit: Tag, scopes: Sequence[Tag]) -> bool:
    """Tell whether a unit only stands in the name of a conduct: `child sexual abuse`."""
    return any(
        scope.start <= unit.start
        and unit.end <= scope.end
        and (unit.end < scope.end or unit.code == "VICTIM")
        for scope in scopes
    )


def _found(
    aspect: str, phrases: Mapping[tuple[str, ...], str], tokens: Sequence[Token]
) -> list[Tag]:
    longest = max(map(len, phrases), default=0)
    starts = {words[0] for words in phrases}
    found: list[Tag] = []
    at = 0
    while at < len(tokens):
        step = 1
        if tokens[at].text in starts:
            for n in range(min(longest, len(tokens) - at), 0, -1):
                words = tuple(token.text for token in tokens[at : at + n])
                if words in phrases:
                    end = tokens[at + n - 1].end
                    found.append(Tag(aspect, phrases[words], tokens[at].start, end))
                    step = n
                    break
        at += step
    return found


def _longest(tags: Sequence[Tag]) -> list[Tag]:
    """Return tags in order; of two that overlap, the longer one."""
    kept: list[Tag] = []
    for tag in sorted(tags, key=lambda t: (t.start - t.end, t.start)):
        if all(tag.end <= other.start or other.end <= tag.start for other in kept):
            kept.append(tag)
    return sorted(kept, key=lambda tag: tag.start)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(read_code_list(REFERENCE / "claim_words.csv"))


@cache
def _phrases(language: str) -> dict[str, dict[tuple[str, ...], str]]:
    phrases: dict[str, dict[tuple[str, ...], str]] = {}
    for row in _rows():
        if row["language"] in (language, _ANY) or row["aspect"] == "area":
            words = tuple(token.text for token in tokens_of(flat(row["phrase"])))
            phrases.setdefault(row["aspect"], {})[words] = row["code"]
    return phrases


@cache
def _small_words(language: str) -> frozenset[str]:
    """Return the small words that one language has, and no other."""
    small = {
        known: {
            row["phrase"]
            for row in _rows()
            if row["language"] == known and row["aspect"] in ("plain", "unit")
        }
        for known in LANGUAGES
    }
    others = set().union(*(words for k, words in small.items() if k != language))
    return frozenset(small[language] - others)


@cache
def _area_names() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for row in read_code_list(REFERENCE / "areas.csv"):
        for name in (row["name"], *row["other_names"].split("|")):
            words = tuple(token.text for token in tokens_of(flat(name)))
            if words:
                names[words] = row["code"]
    return names
