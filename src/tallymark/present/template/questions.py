"""The sheets of questions: how the numbers are counted, and what the authorities can do."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from tallymark.model.definition import DefinitionQuestion
from tallymark.model.template import CAPACITY
from tallymark.present.template.figures import Open, fixed_cell, set_page
from tallymark.present.template.styles import Draw, lines_of

_MARK_ROW, _HEAD_ROW = 2, 4
_NO, _QUESTION, _ANSWER = 0, 1, 2
_LINE = 14.5
_WIDTHS = {"question": 62, "answer": 30, "since": 15, "evidence": 36, "remarks": 40}


def draw_questions(page: Worksheet, draw: Draw, name: str) -> Open:
    """Draw the sheet of the definition, or that of the capacity."""
    template = draw.template
    is_capacity = name == CAPACITY
    questions = template.capacity if is_capacity else template.definition
    key = "capacity" if is_capacity else "definition"
    page.write_string(0, _NO, draw.word(f"{key}_title"), draw.styles["title"])
    page.set_row(0, 27)
    help_ = draw.word(f"{key}_help", periods=asked_periods(draw))
    page.write_string(1, _NO, help_, draw.styles["small"])
    page.write_string(_MARK_ROW, _NO, template.request.mark(name), draw.styles["mark"])
    page.set_row(_MARK_ROW, 9)
    n_answers = 1 if is_capacity else len(template.request.series)
    more = ("since", "evidence", "remarks") if is_capacity else ("remarks",)
    _draw_headings(page, draw, n_answers, more)
    prefix = "C" if is_capacity else "D"
    for n, question in enumerate(questions, 1):
        _draw_question(page, draw, question, (_HEAD_ROW + n, f"{prefix}{n}"), n_answers)
        _draw_more(page, draw, _HEAD_ROW + n, _ANSWER + n_answers, more)
    last = _HEAD_ROW + len(questions)
    _set_up(page, draw, n_answers, more, last)
    sheet = "'" + str(page.name).replace("'", "''") + "'!"
    first = fixed_cell(_HEAD_ROW + 1, _ANSWER)
    end = fixed_cell(last, _ANSWER + n_answers - 1)
    n_open = len(questions) * n_answers
    return Open(left=f"=COUNTBLANK({sheet}{first}:{end})", n=n_open)


def asked_periods(draw: Draw) -> str:
    """Return the periods that are asked, as a span: `2017-2019`."""
    labels = [period.label for period in draw.template.periods]
    return labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"


def _draw_headings(
    page: Worksheet, draw: Draw, n_answers: int, more: tuple[str, ...]
) -> None:
    head = draw.styles["head_left"]
    page.write_string(_HEAD_ROW, _NO, draw.word("row_number"), draw.styles["head"])
    page.write_string(_HEAD_ROW, _QUESTION, draw.word("question"), head)
    for n in range(n_answers):
        text = draw.word("answer")
        if n_answers > 1:
            name = draw.template.request.series[n][0]
            text = f"{text}: {draw.template.titles.get(name, name)}"
        page.write_string(_HEAD_ROW, _ANSWER + n, text, head)
    for n, key in enumerate(more):
        page.write_string(_HEAD_ROW, _ANSWER + n_answers + n, draw.word(key), head)
    n_lines = 1 if n_answers == 1 and len(more) == 1 else 2
    page.set_row(_HEAD_ROW, _LINE * n_lines + 6)


def _draw_question(
    page: Worksheet,
    draw: Draw,
    question: DefinitionQuestion,
    place: tuple[int, str],
    n_answers: int,
) -> None:
    row, number = place
    styles = draw.styles
    text, help_ = draw.say(question.text), draw.say(question.help)
    page.write_string(row, _NO, number, styles["no"])
    page.write_rich_string(
        row,
        _QUESTION,
        styles["bold"],
        text,
        styles["small"],
        f"\n{help_}",
        styles["label"],
    )
    looks = {"choice": "choice", "whole_number": "whole"}
    look = styles[looks.get(question.form, "words")]
    for column in range(_ANSWER, _ANSWER + n_answers):
        page.write_blank(row, column, None, look)
    cells = (row, _ANSWER, row, _ANSWER + n_answers - 1)
    _help(page, draw, question, cells)
    draw.whiten(page, cells)
    width = _WIDTHS["question"] - 2
    n_lines = lines_of(text, width) + lines_of(help_, width * 1.15)
    page.set_row(row, _LINE * max(n_lines, 5 if question.form == "texts" else 2) + 4)


def _help(
    page: Worksheet,
    draw: Draw,
    question: DefinitionQuestion,
    cells: tuple[int, int, int, int],
) -> None:
    if question.form == "choice":
        draw.list_input(page, cells, question.field, draw.say(question.help))
    elif question.form == "whole_number":
        kind = "month" if "month" in question.field else "age"
        draw.hint(page, cells, f"help_{kind}_title", draw.say(question.help))
    else:
        draw.hint(page, cells, "help_statutes_title", draw.word("help_statutes"))


def _draw_more(
    page: Worksheet, draw: Draw, row: int, column: int, more: tuple[str, ...]
) -> None:
    for n, key in enumerate(more):
        look = "date_optional" if key == "since" else "words_optional"
        page.write_blank(row, column + n, None, draw.styles[look])
        cells = (row, column + n, row, column + n)
        if key == "since":
            draw.hint(page, cells, "help_day_title", draw.word("help_day"))
        elif key == "remarks":
            draw.hint(page, cells, "help_remarks_title", draw.word("help_remarks"))


def _set_up(
    page: Worksheet, draw: Draw, n_answers: int, more: tuple[str, ...], last: int
) -> None:
    page.set_column(_NO, _NO, 5)
    page.set_column(_QUESTION, _QUESTION, _WIDTHS["question"])
    answer = _WIDTHS["answer"] if len(more) == 1 else 14
    page.set_column(_ANSWER, _ANSWER + n_answers - 1, answer)
    for n, key in enumerate(more):
        column = _ANSWER + n_answers + n
        page.set_column(column, column, _WIDTHS[key])
    page.freeze_panes(_HEAD_ROW + 1, _ANSWER)
    page.repeat_rows(_HEAD_ROW)
    page.print_area(0, 0, last, _ANSWER + n_answers + len(more) - 1)
    page.set_selection(_HEAD_ROW + 1, _ANSWER, _HEAD_ROW + 1, _ANSWER)
    set_page(page, draw)
