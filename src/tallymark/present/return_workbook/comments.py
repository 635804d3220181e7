"""Comments at the cells that are asked about: which question, what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from tallymark.model.grid import Sheet
from tallymark.present.guessed import found_text
from tallymark.present.return_workbook.asked import Asked, Words
from tallymark.present.wording import one_line

MOST_COMMENTS = 2_000
"""Comments of one sheet; spreadsheet programs grow slow with more."""

_MOST_QUESTIONS, _LONGEST_FOUND = 5, 300
_WIDTH, _LINE, _FILLED = 320, 18, 45
"""Pixels of a comment and of its lines, and the letters of a line."""

Cell = tuple[int, int]


def add_comments(
    page: Worksheet,
    sheet: Sheet,
    marks: Mapping[Cell, Sequence[Asked]],
    words: Words,
) -> int:
    """Say at each marked cell what is asked; return how many cells got no comment.

    The first cell of a question tells of it, the others lead there.
    """
    first: dict[int, Cell] = {}
    for cell, asked in marks.items():
        for question in asked:
            first.setdefault(question.number, cell)
    telling = set(first.values())
    order = sorted(marks, key=lambda cell: (cell not in telling, cell))
    for cell in order[:MOST_COMMENTS]:
        lines = list(_lines(sheet, cell, marks[cell], first, words))
        n_lines = sum(1 + len(line) // _FILLED for line in lines)
        size = {"width": _WIDTH, "height": _LINE * (n_lines + 1)}
        page.write_comment(*cell, "\n".join(lines), size)
    return max(0, len(order) - MOST_COMMENTS)


def _lines(
    sheet: Sheet,
    cell: Cell,
    asked: Sequence[Asked],
    first: Mapping[int, Cell],
    words: Words,
) -> Iterator[str]:
    for question in asked[:_MOST_QUESTIONS]:
        n, place = question.number, first[question.number]
        if place != cell:
            address = one_line(sheet.address(*place))
            yield words["comment_again"].format(n=n, address=address)
            continue
        severity = words[question.finding.severity.value]
        found = found_text(question.finding)
        if len(found) > _LONGEST_FOUND:
            found = found[:_LONGEST_FOUND] + "…"
        yield words["comment"].format(n=n, severity=severity, found=found)
        yield question.question
    if len(asked) > _MOST_QUESTIONS:
        yield words["comments_more"].format(n=len(asked) - _MOST_QUESTIONS)
