"""A workbook that goes back to the sender: questions, and the sheets they are about.

Written fresh, never by changing the sender's file. Takes a report about one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from tallymark.model.finding import Findings, Status
from tallymark.model.report import Report
from tallymark.present.new_workbook import new_workbook
from tallymark.present.return_workbook.asked import (
    MOST_QUESTIONS,
    Words,
    asked_of,
    words_in,
)
from tallymark.present.return_workbook.comments import MOST_COMMENTS
from tallymark.present.return_workbook.questions import Questions, fill
from tallymark.present.return_workbook.sheets import Drawn, add_sheets
from tallymark.present.return_workbook.styles import Styles


def render(report: Report) -> dict[str, bytes]:
    """Return the workbook for the sender of the one file that the report is about."""
    words = words_in(report.language)
    grid = next(iter(report.grids.values()), None)
    asked, n_more = asked_of(report, grid)
    named = (question.finding.location.file for question in asked)
    content = BytesIO()
    with new_workbook(content) as book:
        styles = Styles(book)
        page = book.add_worksheet(words["sheet"])
        drawn = None if grid is None else add_sheets(book, grid, asked, words, styles)
        questions = Questions(
            file=next(filter(None, named), "") if grid is None else grid.file,
            asked=asked,
            names={} if drawn is None else drawn.names,
            told=[
                *_told_of_questions(report.findings, n_more, words),
                *_told_of_sheets(drawn, words),
            ],
            words=words,
        )
        fill(page, questions, styles)
    return {"": content.getvalue()}


def _told_of_questions(findings: Findings, n_more: int, words: Words) -> Iterator[str]:
    if n_more:
        yield words["told_questions"].format(n=n_more, most=MOST_QUESTIONS)
    n_unlisted = sum(
        outcome.n_failed - outcome.n_listed
        for outcome in findings.outcomes
        if outcome.status is Status.FAILED
    )
    if n_unlisted:
        yield words["told_counted"].format(n=n_unlisted)


def _told_of_sheets(drawn: Drawn | None, words: Words) -> Iterator[str]:
    """Say what of the sender's sheets is not there."""
    if drawn is None:
        yield words["told_unshown"]
        return
    for sheet in drawn.cut:
        yield words["told_rows"].format(sheet=sheet)
    if drawn.n_unshown:
        yield words["told_cells"].format(n=drawn.n_unshown)
    if drawn.n_left_out:
        yield words["told_sheets"].format(n=drawn.n_left_out)
    if drawn.n_uncommented:
        n = drawn.n_uncommented
        yield words["told_comments"].format(n=n, most=MOST_COMMENTS)
    if drawn.n_shortened:
        yield words["told_texts"].format(n=drawn.n_shortened)
