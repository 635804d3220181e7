"""The workbook that a country fills in: what to do, the sheets of figures, the questions.

The sheet of lists is hidden; every other one bears its mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from xlsxwriter import Workbook

from tallymark.documents.messages import Messages, messages_in
from tallymark.model.grid import column_letters
from tallymark.model.template import CAPACITY, DEFINITION, START, Template, page_of
from tallymark.present.new_workbook import new_workbook
from tallymark.present.template.figures import Open, draw_figures
from tallymark.present.template.questions import draw_questions
from tallymark.present.template.start import draw_start
from tallymark.present.template.styles import Draw, Styles

_LONGEST_NAME = 31


def render(template: Template) -> dict[str, bytes]:
    """Return the workbook of a template, in the language of its request."""
    messages = messages_in(template.request.language)
    content = BytesIO()
    title = messages.say(_title(template))
    with new_workbook(content, title=title) as book:
        book.set_calc_mode("auto")
        names = _sheet_names(template, messages)
        for name in names.values():
            book.add_worksheet(name)
        lists = _add_lists(book, template, messages)
        draw = Draw(
            template=template, messages=messages, styles=Styles(book), lists=lists
        )
        figures: dict[str, Open] = {}
        for series, stage in template.sheets():
            page = page_of(series, stage)
            sheet = book.get_worksheet_by_name(names[page])
            figures[page] = draw_figures(sheet, draw, series, stage)
        answers = {
            page: draw_questions(book.get_worksheet_by_name(names[page]), draw, page)
            for page in (DEFINITION, CAPACITY)
        }
        start = book.get_worksheet_by_name(names[START])
        draw_start(start, draw, names, {**figures, **answers})
        start.activate()
    return {"": content.getvalue()}


def _title(template: Template) -> str:
    return template.content.words["title"]


def _sheet_names(template: Template, messages: Messages) -> dict[str, str]:
    """Return the name of each sheet; where several series are asked, with a number."""
    words = template.content.words
    names = {START: messages.say(words["start_sheet"])}
    many = len(template.request.series) > 1
    numbers = {name: n for n, (name, _) in enumerate(template.request.series, 1)}
    for series, stage in template.sheets():
        said = messages.say(template.content.stages[stage].sheet)
        name = f"{numbers[series]} {said}" if many else said
        names[page_of(series, stage)] = name[:_LONGEST_NAME]
    names[DEFINITION] = messages.say(words["definition_sheet"])
    names[CAPACITY] = messages.say(words["capacity_sheet"])
    return names


def _add_lists(
    book: Workbook, template: Template, messages: Messages
) -> Mapping[str, str]:
    """Write the words of every list on a hidden sheet, and return where each stands."""
    name = messages.say(template.content.words["lists_sheet"])
    sheet = book.add_worksheet(name)
    sheet.hide()
    sheet.protect()
    content = template.content
    not_known = content.words["not_known"]
    lists = {
        "reasons": list(content.reasons.values()),
        "units": list(content.units.values()),
        **{
            question.field: [*question.choices.values(), not_known]
            for question in (*template.definition, *template.capacity)
            if question.choices
        },
    }
    quoted = name.replace("'", "''")
    where = {}
    for column, (key, texts) in enumerate(lists.items()):
        sheet.write_string(0, column, key)
        for row, text in enumerate(texts, 1):
            sheet.write_string(row, column, messages.say(text))
        letter = column_letters(column)
        where[key] = f"='{quoted}'!${letter}$2:${letter}${len(texts) + 1}"
    return where
