"""The sheet of questions: a row each, room for the answer, and what it is known by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tallymark.model.answer import ANSWERS_APART, KEPT, SEAL, seal
from tallymark.present.guessed import found_text
from tallymark.present.return_workbook.asked import Asked, Words
from tallymark.present.return_workbook.styles import DOTS, Styles
from tallymark.present.wording import one_line

_READ = {
    "number": 5,
    "where": 26,
    "severity": 15,
    "found": 41,
    "question": 38,
    "answer": 14,
    "words": 34,
}
"""What a person reads and fills in, each with its width in characters; behind it stands
what the answer is known by."""

_KEPT = (*KEPT, SEAL)
_KEPT_WIDTH = 4
_ANSWER = list(_READ).index("answer")
_HEAD = 4
"""Row of the headings: after the title, two lines of help and an empty one."""
_FREE = 20
"""Columns behind all others that a sender may use."""
_LISTS = len(_READ) + len(_KEPT) + _FREE
"""The hidden column of answers that are offered."""
_LONGEST_CELL, _LONGEST_LIST, _LONGEST_MESSAGE = 32_767, 255, 255
_A4 = 9
_LINE, _HIGHEST = 15, 400
"""Points of a line and of a row; Excel's own limit is 409."""
_FILLED = 1.0
"""How much of a width text fills: fonts differ, and a line too many hides nothing."""
_ALLOWED = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_columns",
        "insert_rows", "insert_hyperlinks", "sort", "autofilter", "objects",
    ),
    True,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What stands on the sheet: the questions about a file, and what else is to tell.

    `names` are the sheets of the workbook that the cells asked about stand on, by their
    number.
    """

    file: str
    asked: Sequence[Asked]
    names: Mapping[int, str]
    told: Sequence[str]
    words: Words


def fill(page: Worksheet, questions: Questions, styles: Styles) -> None:
    """Write the sheet of questions; only what an answer is known by is locked."""
    words = questions.words
    _columns(page, styles)
    title = words["title"].format(file=one_line(questions.file))
    page.write_string(0, 0, title, styles.of_question("title"))
    page.write_string(1, 0, words["how_to_answer"])
    page.write_string(2, 0, words["how_to_return"])
    page.set_row(_HEAD, _LINE + 4)
    for column, name in enumerate(_READ):
        page.write_string(_HEAD, column, words[name], styles.of_question("head"))
    for column, name in enumerate(_KEPT, start=len(_READ)):
        page.write_string(_HEAD, column, name, styles.of_question("kept_head"))
    for row, asked in enumerate(questions.asked, start=_HEAD + 1):
        _row(page, row, asked, questions, styles)
    _choices(page, questions, styles)
    end = _HEAD + 1 + len(questions.asked)
    told = list(questions.told)
    if not questions.asked:
        told.insert(0, words["no_questions"])
    for row, line in enumerate(told, start=end + 1):
        page.write_string(row, 0, line, styles.of_question("told"))
    _lay_out(page, end - 1, end + 1 + len(told))


def _columns(page: Worksheet, styles: Styles) -> None:
    free = styles.of_question("free")
    for column, width in enumerate(_READ.values()):
        page.set_column(column, column, width, free)
    last = len(_READ) + len(_KEPT)
    page.set_column(len(_READ), last - 1, _KEPT_WIDTH, styles.of_question("kept"))
    page.set_column(last, last + _FREE - 1, None, free)
    page.set_column(_LISTS, _LISTS, None, styles.of_question("kept"), {"hidden": True})


def _row(
    page: Worksheet, row: int, asked: Asked, questions: Questions, styles: Styles
) -> None:
    words, finding = questions.words, asked.finding
    severity = finding.severity
    found = found_text(finding)
    if finding.expected:
        expected = one_line(finding.expected)
        found += "\n" + words["expected"].format(expected=expected)
    cell = styles.of_question("cell")
    page.set_row(row, _height(found, asked))
    page.write_number(row, 0, asked.number, styles.of_question("number"))
    _where(page, (row, 1), asked, questions, styles)
    page.write_string(
        row, 2, f"{DOTS[severity]} {words[severity]}", styles.of_question(severity)
    )
    page.write_string(row, 3, found[:_LONGEST_CELL], cell)
    page.write_string(row, 4, asked.question[:_LONGEST_CELL], cell)
    for column in (_ANSWER, _ANSWER + 1):
        page.write_blank(row, column, None, styles.of_question("answer"))
    kept = {
        "expectation": finding.expectation,
        "fingerprint": finding.fingerprint,
        "evidence": finding.evidence,
        "file": one_line(finding.location.file),
        "address": asked.address,
        "answers": one_line(asked.known),
    }
    texts = [kept[name][:_LONGEST_CELL].strip() for name in KEPT]  # as it is read
    for column, text in enumerate([*texts, seal(texts)], start=len(_READ)):
        page.write_string(row, column, text, styles.of_question("kept"))


def _height(found: str, asked: Asked) -> float:
    """Return a row's height in points; LibreOffice finds none for itself."""
    texts = {"where": asked.where, "found": found, "question": asked.question}
    n_lines = max(
        sum(
            len(wrap(line, round(_READ[name] * _FILLED))) or 1
            for line in text.splitlines()
        )
        for name, text in texts.items()
    )
    return min(_LINE * max(n_lines, 2) + 4, _HIGHEST)


def _where(
    page: Worksheet,
    cell: tuple[int, int],
    asked: Asked,
    questions: Questions,
    styles: Styles,
) -> None:
    """Write the address, as a link to its cell if that is in the workbook."""
    text = asked.where[:_LONGEST_CELL]
    for place in asked.places[:1]:
        if place.sheet in questions.names:
            name = questions.names[place.sheet].replace("'", "''")
            target = xl_rowcol_to_cell(place.top, place.left)
            link = f"internal:'{name}'!{target}"
            page.write_url(*cell, link, styles.of_question("link"), text)
            return
    page.write_string(*cell, text, styles.of_question("cell"))


def _choices(page: Worksheet, questions: Questions, styles: Styles) -> None:
    """Offer the closed answers of each question.

    Those that a list cannot hold stand in a hidden column, in the rows of the question.
    """
    rows = enumerate(questions.asked, start=_HEAD + 1)
    below = _HEAD + 1
    for answers, members in groupby(rows, key=lambda item: item[1].answers):
        first, *_, last = [row for row, _ in members] * 2
        if not answers:
            continue
        source: list[str] | str = list(answers)
        is_short = len(",".join(answers)) <= _LONGEST_LIST
        if not is_short or any("," in answer for answer in answers):
            page.write_column(below, _LISTS, answers, styles.of_question("kept"))
            at = [
                xl_rowcol_to_cell(below + n, _LISTS, row_abs=True, col_abs=True)
                for n in (0, len(answers) - 1)
            ]
            source, below = f"={':'.join(at)}", below + len(answers)
        said = ANSWERS_APART.join(answers)
        words = questions.words
        rule = {
            "validate": "list",
            "source": source,
            "input_message": words["choose"].format(answers=said)[:_LONGEST_MESSAGE],
            "error_type": "warning",
            "error_title": words["choose_title"],
            "error_message": words["choose_or_write"].format(answers=said)[
                :_LONGEST_MESSAGE
            ],
        }
        page.data_validation(first, _ANSWER, last, _ANSWER, rule)


def _lay_out(page: Worksheet, last: int, end: int) -> None:
    page.freeze_panes(_HEAD + 1, 0)
    page.autofilter(_HEAD, 0, max(last, _HEAD), len(_READ) + len(_KEPT) - 1)
    page.protect("", _ALLOWED)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.print_area(0, 0, end, len(_READ) - 1)
    page.set_footer("&C&P / &N")
    page.activate()
