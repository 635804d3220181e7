"""Texts of a sheet as they stand there, for texts that a template holds.

Hides that case, accents, marks, blanks and the script of digits do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from unicodedata import combining, decimal, normalize

from tallymark.documents.messages import in_all_languages
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.grid import Sheet

_NOT_A_WORD = re.compile(r"\W+")


@cache
def folded(text: str) -> str:
    """Return a text without what two ways of writing it may differ in.

    >>> folded(" Não  registado. "), folded("๒๐๑๗/๑๘")
    ('nao registado', '2017 18')
    """
    bare = (c for c in normalize("NFKD", text) if not combining(c))
    plain = "".join(str(decimal(c, c)) for c in bare)
    return _NOT_A_WORD.sub(" ", plain.casefold()).strip()


def codes_by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each word in every language, folded; `words` go by code."""
    known = {folded(code.replace("_", " ")): code for code in words}
    for code, text in words.items():
        known |= {folded(said): code for said in in_all_languages(text)}
    return known


class Spelling:
    """The texts of a sheet, by what they are when folded."""

    def __init__(self, sheet: Sheet) -> None:
        self._whole: dict[str, str] = {}
        self._first_lines: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        """Each text with each run of white space as one blank → the same, folded."""
        for row in sheet.rows:
            for value in row:
                if value is None or value == "":
                    continue
                label = label_of(value)
                lines = value.strip().splitlines() if isinstance(value, str) else []
                self.texts[label] = whole = folded(label)
                self._whole.setdefault(whole, label)
                self._first_lines.setdefault(
                    folded(lines[0]) if lines else whole, label
                )

    def of(self, text: str) -> str:
        """Return an English text as it stands on the sheet, in whichever language.

        The text itself if it does not.
        """
        return next(self._found(in_all_languages(text), self._whole), text)

    def ways_of(self, text: str) -> list[str]:
        """Return every way in which an English text stands on the sheet, or itself."""
        folds = {folded(said) for said in in_all_languages(text)}
        ways = [label for label, fold in self.texts.items() if fold in folds]
        return ways or [text]

    def begun_by(self, text: str) -> str | None:
        """Return the text on the sheet of which the first line is this one."""
        return next(self._found([text], self._first_lines), None)

    def has(self, text: str) -> bool:
        """Tell whether an English text stands on the sheet, in whichever language."""
        return any(self._found(in_all_languages(text), self._whole))

    def spelled(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of the sheet that are known when folded, with what they are."""
        return {
            label: known[fold]
            for label, fold in self.texts.items()
            if fold and fold in known
        }

    @staticmethod
    def _found(texts: Iterable[str], among: Mapping[str, str]) -> Iterator[str]:
        return (among[folded(text)] for text in texts if folded(text) in among)
