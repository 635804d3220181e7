"""Message catalogues: English texts, and what they are in other languages.

Hides where the catalogues stand. The English text is the message's id, and stands as it
is where a catalogue is not asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tallymark.documents import REFERENCE
from tallymark.errors import DocumentError, Problem

LOCALE = REFERENCE / "locale"
ENGLISH = "en"


@dataclass(frozen=True)
class Messages:
    """The texts of one language."""

    language: str
    texts: Mapping[str, str]
    """English → this language; empty for English."""

    def say(self, text: str, /, **values: object) -> str:
        """Return an English text in this language, with values in place of `{names}`.

        Raises:
            KeyError: the catalogue does not have it.
        """
        said = self.texts[text] if self.texts and text else text
        return said.format(**values) if values else said


def languages() -> tuple[str, ...]:
    """Return the languages that templates are written in, English first."""
    return (ENGLISH, *sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return LOCALE / language / "LC_MESSAGES" / "tallymark.po"


@cache
def messages_in(language: str) -> Messages:
    """Return the texts of a language.

    Raises:
        DocumentError: it has no catalogue, or one that cannot be read.
    """
    if language == ENGLISH:
        return Messages(language, {})
    from babel.messages.pofile import (  # noqa: PLC0415  # only for templates
        PoFileError,
        read_po,
    )

    path = catalogue_path(language)
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise DocumentError(path.name, [Problem(str(error), language)]) from error
    texts = {m.id: m.string for m in catalogue if m.id and not m.fuzzy}
    return Messages(language, {str(key): str(text) for key, text in texts.items()})


def in_all_languages(text: str) -> tuple[str, ...]:
    """Return an English text and what it is in each language that has a catalogue."""
    others = (messages_in(language).texts.get(text) for language in languages())
    return tuple(dict.fromkeys([text, *filter(None, others)]))
