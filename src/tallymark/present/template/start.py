"""The first sheet: what is asked and by whom, how to fill it in, what is still open."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from tallymark.documents.messages import Messages
from tallymark.model.template import CAPACITY, DEFINITION, START, Template
from tallymark.present.template.figures import Open, set_page
from tallymark.present.template.questions import asked_periods
from tallymark.present.template.styles import Draw, lines_of

_LINE = 15.0
_TOP = 7
"""The row in which the two halves begin."""
_STEP, _TEXT, _LEFT, _RIGHT = 0, 1, 3, 4
_WIDTHS = (5, 66, 3, 32, 48)
_STEPS = ("cells", "unit", "number", "reason", "law", "questions", "return")
_ABOUT = ("institution", "office", "records", "day")

Heights = dict[int, float]
"""Points, by row."""


def draw_start(
    page: Worksheet,
    draw: Draw,
    names: Mapping[str, str],
    figures: Mapping[str, Open],
) -> None:
    """Draw the sheet that is read first; it shows how much of each other is left."""
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    _draw_top(page, draw)
    rows: Heights = {}
    left = _draw_steps(page, draw, rows, _TOP)
    right = _draw_about(page, draw, rows, _TOP)
    right = _draw_meaning(page, draw, rows, right + 1)
    last = _draw_progress(page, draw, rows, (right + 2, names, figures))
    for row, height in rows.items():
        page.set_row(row, height)
    page.print_area(0, 0, max(left, last), _RIGHT)
    page.set_selection(_TOP + 1, _RIGHT, _TOP + 1, _RIGHT)
    set_page(page, draw)


def area_name(template: Template, messages: Messages) -> str:
    """Return the area's name in the language of the template."""
    from babel import Locale  # noqa: PLC0415  # only for templates

    if messages.language == "en":
        return template.area_name
    known = Locale(messages.language).territories
    return str(known.get(template.area_alpha2) or template.area_name)


def _draw_top(page: Worksheet, draw: Draw) -> None:
    template, styles = draw.template, draw.styles
    area = area_name(template, draw.messages)
    page.write_string(0, _STEP, draw.word("title"), styles["title"])
    page.set_row(0, 30)
    subject = draw.word("subject", area=area, periods=asked_periods(draw))
    page.write_string(1, _STEP, subject, styles["subject"])
    page.set_row(1, 20)
    page.write_string(2, _STEP, template.request.mark(START), styles["mark"])
    page.set_row(2, 9)
    text = draw.word("what_this_is", area=area)
    page.merge_range(3, _STEP, 3, _RIGHT, text, styles["text"])
    page.set_row(3, _LINE * lines_of(text, sum(_WIDTHS) * 1.05) + 4)
    sent = [
        draw.word(key, **{name: said})
        for key, name, said in (
            ("asked_by", "who", template.asked_by),
            ("answer_by", "day", template.answer_by),
        )
        if said
    ]
    page.merge_range(4, _STEP, 4, _RIGHT, "   ·   ".join(sent), styles["strong"])
    page.set_row(4, 20 if sent else 4)
    never = draw.word("totals_only")
    page.merge_range(5, _STEP, 5, _RIGHT, never, styles["never"])
    page.set_row(5, 28)
    page.set_row(6, 10)


def _draw_steps(page: Worksheet, draw: Draw, rows: Heights, row: int) -> int:
    """Draw what to do, step by step, at the left; return the last row."""
    _heading(page, draw, (row, _STEP, _TEXT), "how")
    for n, step in enumerate(_STEPS, 1):
        page.write_number(row + n, _STEP, n, draw.styles["step"])
        text = draw.word(f"step_{step}")
        page.write_string(row + n, _TEXT, text, draw.styles["text"])
        _grow(rows, row + n, lines_of(text, _WIDTHS[_TEXT] - 1))
    return row + len(_STEPS)


def _draw_about(page: Worksheet, draw: Draw, rows: Heights, row: int) -> int:
    _heading(page, draw, (row, _LEFT, _RIGHT), "about_answer")
    styles = draw.styles
    for n, key in enumerate(_ABOUT, 1):
        text = draw.word(key)
        page.write_string(row + n, _LEFT, text, styles["label"])
        look = "date" if key == "day" else "words"
        page.write_blank(row + n, _RIGHT, None, styles[look])
        cells = (row + n, _RIGHT, row + n, _RIGHT)
        draw.whiten(page, cells)
        if key == "day":
            draw.hint(page, cells, "help_day_title", draw.word("help_day"))
        _grow(rows, row + n, lines_of(text, _WIDTHS[_LEFT] - 2))
    return row + len(_ABOUT)


def _draw_meaning(page: Worksheet, draw: Draw, rows: Heights, row: int) -> int:
    _heading(page, draw, (row, _LEFT, _RIGHT), "meaning")
    styles = draw.styles
    shown = (
        ("0", "example", "says_zero"),
        ("12", "example", "says_number"),
        (draw.word("shown_reason"), "example", "says_reason"),
        (draw.word("shown_blank"), "example_blank", "says_blank"),
    )
    for n, (cell, look, says) in enumerate(shown, 1):
        page.write_string(row + n, _LEFT, cell, styles[look])
        page.write_string(row + n, _RIGHT, draw.word(says), styles["label"])
        _grow(rows, row + n, lines_of(draw.word(says), _WIDTHS[_RIGHT] - 2))
    return row + len(shown)


def _draw_progress(
    page: Worksheet,
    draw: Draw,
    rows: Heights,
    shown: tuple[int, Mapping[str, str], Mapping[str, Open]],
) -> int:
    """Draw how much of each sheet is left, counted by the workbook itself."""
    row, names, figures = shown
    styles = draw.styles
    _heading(page, draw, (row, _LEFT, _RIGHT), "progress")
    for name, sheet in figures.items():
        row += 1
        quoted = names[name].replace("'", "''")
        page.write_url(
            row, _LEFT, f"internal:'{quoted}'!A1", styles["link"], names[name]
        )
        is_asked = name in (DEFINITION, CAPACITY)
        unit = draw.word("progress_questions" if is_asked else "progress_left")
        page.write_formula(row, _RIGHT, sheet.left, styles.counted(unit), sheet.n)
        page.conditional_format(
            row,
            _RIGHT,
            row,
            _RIGHT,
            {"type": "cell", "criteria": "==", "value": 0, "format": styles["done"]},
        )
        _grow(rows, row, 1)
    return row


def _heading(
    page: Worksheet, draw: Draw, place: tuple[int, int, int], key: str
) -> None:
    row, first, last = place
    look = draw.styles["heading"]
    page.write_string(row, first, draw.word(key), look)
    for column in range(first + 1, last + 1):
        page.write_blank(row, column, None, look)


def _grow(rows: Heights, row: int, n_lines: int) -> None:
    """Make a row high enough for the taller of what stands at its left and right."""
    rows[row] = max(_LINE * n_lines + 5, rows.get(row, 0))
