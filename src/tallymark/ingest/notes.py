"""What is said of a figure beside its value: footnotes, comments, formulas.

Hides where notes stand, and how the mark on a label or a number leads to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tallymark.ingest.adapter.document import Footnotes, NoteTexts
from tallymark.ingest.fields import Columns
from tallymark.ingest.figures import Body, Cell
from tallymark.ingest.labels import short_text
from tallymark.ingest.layout.surroundings import label_of, texts_around
from tallymark.ingest.losses import Loss
from tallymark.ingest.numbers.footnotes import RAISED, split_marks
from tallymark.ingest.numbers.reading import UNREADABLE, Reading
from tallymark.model.grid import Sheet

_AROUND_MARK = re.compile(r"^[\s(\[{]+|[\s)\]}.:]+$")
_OTHERWISE = re.compile(r'%|"[^"]*[^\s"][^"]*"|;;|,(?:;|\Z)')
"""Number formats that print other than the stored number: `0 %`, `[<5]"<5";0`, `#,`."""


Marks = Sequence[tuple[str, ...]]


def add_notes(
    columns: Columns,
    body: Body,
    cells: Sequence[Cell],
    marks: Marks | None,
    known: Mapping[str, str] | None,
) -> list[Loss]:
    """Add footnotes, comments and formulas to `notes`; return the marks without a note.

    `known` has the notes by their marks, as `note_texts` gives them; null: there are none.
    """
    notes = columns["notes"]
    for i, cell in enumerate(cells if body.placed.sheet.styles else ()):
        for note in _of_style(body.placed.sheet, cell):
            notes[i] = joined(notes[i], note)
    if known is None:
        return []
    marks = _with_headings(body, cells, marks)
    lost: dict[str, Loss] = {}
    for i, (cell, found) in enumerate(zip(cells, marks, strict=True)):
        for mark in dict.fromkeys(found):
            text = known.get(mark_key(mark))
            if text is not None:
                notes[i] = joined(notes[i], text)
            elif mark not in lost:
                lost[mark] = _lost(mark, cell, columns["series_id"][i])
    return list(lost.values())


def joined(notes: str | None, note: str | None) -> str | None:
    """Return two notes as one; what is said already is not said again."""
    if not note or (notes and note in notes.split("; ")):
        return notes
    return f"{notes}; {note}" if notes else note


def mark_key(mark: str) -> str:
    """Return a footnote mark without what stands around it.

    >>> mark_key("(a)"), mark_key("[note 3]"), mark_key("¹"), mark_key("*")
    ('a', 'note 3', '1', '*')
    """
    bare = _AROUND_MARK.sub("", mark.translate(RAISED))
    return " ".join((bare or mark).split()).casefold()


def _of_style(sheet: Sheet, cell: Cell) -> Iterator[str]:
    style = sheet.styles.get(cell)
    if style is not None and _OTHERWISE.search(style.number_format or ""):
        yield f"printed in the format {style.number_format}"
    if style is not None and style.formula:
        yield f"formula {short_text(style.formula, sheet.address(*cell))}"
    if style is not None and style.comment:
        comment = " ".join(style.comment.split())
        yield f"comment: {short_text(comment, sheet.address(*cell))}"


def _with_headings(body: Body, cells: Sequence[Cell], marks: Marks | None) -> Marks:
    """Return the marks of each figure with those that its heading carries."""
    sheet, row = body.placed.sheet, body.placed.row
    of_heading: dict[int, tuple[str, ...]] = {}
    if body.marks is not None:
        for column in body.value_columns:
            label = label_of(sheet.value(row, column))
            of_heading[column] = split_marks(label, body.marks)[1]
    own = marks or [()] * len(cells)
    return [
        of_heading.get(c[1], ()) + found for c, found in zip(cells, own, strict=True)
    ]


def note_texts(body: Body, footnotes: Footnotes | None) -> dict[str, str] | None:
    """Return the notes by their marks; those nearest below the table go first.

    Null if the adapter knows no footnotes.
    """
    if footnotes is None:
        return None
    found = {mark_key(mark): note for mark, note in footnotes.known.items()}
    for texts in footnotes.texts:
        for sheet in _note_sheets(body, texts):
            start = body.end if sheet is body.placed.sheet else 0
            rows = [*range(start, len(sheet.rows)), *range(start)]
            for row in rows:
                for mark, note in _notes_in(sheet, row, texts.pattern):
                    found.setdefault(mark_key(mark), note)
    return found


def note_cells(body: Body, footnotes: Footnotes | None) -> Iterator[tuple[Sheet, Cell]]:
    """Give the cells in which the texts of footnotes stand."""
    for texts in footnotes.texts if footnotes is not None else ():
        for sheet in _note_sheets(body, texts):
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    if isinstance(value, str) and texts.pattern.fullmatch(
                        label_of(value)
                    ):
                        yield sheet, (row, column)


def _note_sheets(body: Body, texts: NoteTexts) -> list[Sheet]:
    if texts.sheet is None:
        own = body.placed.sheet
        return [own, *texts_around(own, body.sheets)]
    return [s for s in body.sheets if texts.sheet.fullmatch(s.name or "")]


def _notes_in(
    sheet: Sheet, row: int, pattern: re.Pattern[str]
) -> Iterator[tuple[str, str]]:
    for column, value in enumerate(sheet.rows[row]):
        match = pattern.fullmatch(label_of(value)) if isinstance(value, str) else None
        if match is None:
            continue
        text = match[2] if match.re.groups == 2 else _right_of(sheet, row, column)
        if text:
            yield match[1], short_text(text, sheet.address(row, column))


def _right_of(sheet: Sheet, row: int, column: int) -> str:
    labels = (label_of(value) for value in sheet.rows[row][column + 1 :])
    return next(filter(None, labels), "")


def _lost(mark: str, cell: Cell, series_id: str | None) -> Loss:
    return Loss(
        cell=cell,
        kind="note-not-found",
        raw_value=mark,
        detail="a footnote mark, and no note of the adapter's stands for it",
        series_id=series_id,
    )


def without_unknown_marks(
    readings: list[Reading], known: Mapping[str, str] | None
) -> list[Reading]:
    """Return the readings; a number is not cut from a mark that has no note.

    What stands behind it may be part of the text: `3 million`, `5 or fewer`.
    """
    if known is None or not any(reading.marks for reading in readings):
        return readings
    return [
        UNREADABLE._replace(detail=f"no note is known for its mark {unknown!r}")
        if (unknown := next((m for m in r.marks if mark_key(m) not in known), None))
        else r
        for r in readings
    ]
