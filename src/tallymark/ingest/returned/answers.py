"""Return workbooks that came back: each question with its answer, known by fingerprint.

Hides where the columns stand and what counts as an answer in which language. Words that
seem to tell of a person are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from unicodedata import combining, normalize

from tallymark.documents import REFERENCE, read_code_list
from tallymark.errors import SourceError, TallymarkError
from tallymark.ingest.person_gate.texts import describes_person, is_account
from tallymark.ingest.returned.sheets import MOST_ROWS_ABOVE, MadeSheet
from tallymark.model.answer import (
    ANSWERS_APART,
    KEPT,
    LANGUAGES_APART,
    SEAL,
    Answer,
    Answers,
    seal,
)
from tallymark.model.grid import Grid, Value, text_of
from tallymark.readers import read_grid

_ANSWER, _WORDS = "answer", "words"
_CODES = {"answer_yes": "yes", "answer_no": "no", "answer_not_known": "not_known"}
_NOT_A_WORD = re.compile(r"\W+")


def read_answers(paths: Sequence[Path]) -> Answers:
    """Return the answers in return workbooks; a file that is none stands in `errors`."""
    items: list[Answer] = []
    notes: list[str] = []
    errors: list[TallymarkError] = []
    for path in paths:
        try:
            found = _read(path)
        except TallymarkError as error:
            errors.append(error)
            continue
        for row in range(found.head + 1, len(found.sheet.rows)):
            items += _answers(found, row, notes)
    notes += _repeated(items)
    return Answers(items=tuple(items), notes=tuple(notes), errors=tuple(errors))


def refuse_returned(grid: Grid, path: Path) -> None:
    """Refuse a return workbook as a submission: it repeats a sheet that was sent before.

    Raises:
        SourceError: it is one.
    """
    if _found(grid) is not None:
        raise SourceError(
            "This is a return workbook, with answers to questions.",
            where=str(path),
            hint="Read it with `tallymark answers read`; corrected figures come in a new"
            " file.",
        )


def _read(path: Path) -> MadeSheet:
    """Return where the questions stand.

    Raises:
        SourceError: the file cannot be read, or is no return workbook.
    """
    found = _found(read_grid(path))
    if found is None:
        raise SourceError(
            "This is no return workbook: no sheet has the columns fingerprint, evidence"
            " and answers.",
            where=str(path),
            hint="Pass the return.xlsx that the sender filled in and sent back.",
        )
    return found


def _found(grid: Grid) -> MadeSheet | None:
    for sheet in grid.sheets:
        for n, row in enumerate(islice(sheet.rows, MOST_ROWS_ABOVE)):
            if SEAL not in row:  # quick, since every file that is read is asked
                continue
            said = {_folded(text_of(value)): c for c, value in _backwards(row)}
            headings = _headings()
            columns = {
                name: said[text]
                for name, texts in headings.items()
                for text in texts
                if text in said
            }
            if columns.keys() == headings.keys():
                return MadeSheet(file=grid.file, sheet=sheet, head=n, columns=columns)
    return None


def _backwards(row: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    """Give a row's cells, the first last: of two headings alike it is the one that counts."""
    return zip(reversed(range(len(row))), reversed(row), strict=True)


def _headings() -> dict[str, list[str]]:
    """Return the texts that each column may be headed by."""
    words = _words()
    said = {name: _languages(words[name]) for name in (_ANSWER, _WORDS)}
    return {**said, **{name: [_folded(name)] for name in (*KEPT, SEAL)}}


def _words() -> dict[str, dict[str, str]]:
    rows = read_code_list(REFERENCE / "return_words.csv")
    return {row.pop("key"): row for row in rows}


def _languages(texts: Mapping[str, str]) -> list[str]:
    return [_folded(text) for text in texts.values()]


def _answers(found: MadeSheet, row: int, notes: list[str]) -> Iterator[Answer]:
    """Give the answer of one row, if there is a question in it."""
    kept = {name: found.text(row, name) for name in KEPT}
    typed, words = found.text(row, _ANSWER), found.text(row, _WORDS)
    where = f"{found.file} {found.cell(row, _ANSWER)}"
    if not kept["fingerprint"]:
        if typed or words:
            notes.append(
                f"{where}: the row has no fingerprint, so its answer is not taken."
            )
        return
    if seal(list(kept.values())) != found.text(row, SEAL):
        notes.append(
            f"{where}: what the question is known by was changed in this row. Compare"
            " it with the workbook that was sent."
        )
    code = _code(typed, kept["answers"])
    if typed and not kept["answers"]:  # it is asked for words or a number
        words = f"{typed}; {words}" if words else typed
    elif typed and code is None:
        known = kept["answers"].split(LANGUAGES_APART)[0]
        notes.append(
            f"{where}: what stands there is none of the answers ({known}); it is taken"
            " as words."
        )
        words = f"{typed}; {words}" if words else typed
    if words and (describes_person(words) or is_account(words)):
        notes.append(
            f"{where}: the words beside it seem to tell of a person and are left out."
            " Read them in the workbook, and keep no copy."
        )
        words = ""
    del kept["answers"]
    yield Answer(
        **kept,
        answer=code,
        words=words,
        workbook=found.file,
        cell=found.cell(row, _ANSWER),
    )


def _code(typed: str, answers: str) -> str | None:
    """Return the code of an answer, however it is written and in whichever language.

    >>> _code(" NAO ", "yes / no / not known | sim / não / não se sabe")
    'no'
    >>> _code("perhaps", "yes / no / not known | sim / não / não se sabe")
    """
    closed = [said.split(ANSWERS_APART) for said in answers.split(LANGUAGES_APART)]
    general = _general()
    codes = [general.get(_folded(text), text) for text in closed[0]]
    known = {text: code for text, code in general.items() if code in codes}
    for texts in closed:
        known |= zip(map(_folded, texts), codes, strict=False)
    said = _folded(typed)
    return known.get(said) if said else None


@cache
def _general() -> Mapping[str, str]:
    """Return what is said in every language for yes, no and not known."""
    words = _words()
    return {
        _folded(text): code
        for key, code in _CODES.items()
        for texts in words[key].values()
        for text in texts.split(ANSWERS_APART)
    }


def _folded(text: str) -> str:
    """Return a text without case, accents, and all that is no letter or digit."""
    bare = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return _NOT_A_WORD.sub(" ", bare.casefold()).strip()


def _repeated(items: Sequence[Answer]) -> Iterator[str]:
    """Tell of questions that are answered in several rows; each of them is kept."""
    rows: dict[tuple[str, str], list[Answer]] = {}
    for item in items:
        rows.setdefault((item.file, item.fingerprint), []).append(item)
    for (_, fingerprint), several in rows.items():
        if len(several) > 1:
            cells = ", ".join(f"{item.workbook} {item.cell}" for item in several)
            yield f"{cells}: these rows have one fingerprint, {fingerprint}."
