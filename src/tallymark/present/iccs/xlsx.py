"""A workbook in which a country confirms the ICCS codes of its offences.

Written fresh; what is proposed is locked, answers are open, codes come from a list.
"""

from __future__ import annotations

from io import BytesIO
from textwrap import wrap

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tallymark.model.correspondence import CorrespondenceTable
from tallymark.present.iccs.rows import RELATIONS, row_of
from tallymark.present.new_workbook import new_workbook
from tallymark.present.return_workbook.styles import Styles
from tallymark.present.wording import one_line

RIGHT, OTHER, NOT_KNOWN = "right", "other code", "not known"
ANSWERS = (RIGHT, OTHER, NOT_KNOWN)
SHEET, LIST = "Offences", "ICCS codes"

_PROPOSED = {
    "law": ("Law", 30),
    "section": ("Section", 14),
    "labels": ("Label as printed", 26),
    "english": ("In English", 22),
    "code": ("ICCS code", 10),
    "title": ("ICCS title", 26),
    "relation": ("Your offence is", 17),
    "includes": ("It includes", 24),
    "excludes": ("It excludes", 24),
    "tags": ("ICCS tags", 16),
    "basis": ("Basis", 13),
    "confirm": ("Please confirm", 34),
    "source": ("Source", 34),
}
_ASKED = {
    "answer": ("Is the code right?", 14),
    "other_code": ("If not, which code", 30),
    "other_relation": ("If not, it is", 17),
    "remarks": ("Remarks", 40),
}
_OWN = ("law", "section", "labels", "english")
"""What a country writes of an offence that is not listed."""
_HEAD, _FREE_ROWS, _LINE, _HIGHEST, _A4 = 5, 20, 15, 300, 9
_HELP = (
    "Each row is an offence as your law or your tables have it, with the code of the "
    "International Classification of Crime for Statistical Purposes (ICCS) nearest to it.",
    "Code and relation are a proposal. Please choose an answer in the yellow cells, and "
    "another code or relation where one fits better.",
    "Offences that are missing: please add them in the yellow rows at the end. Not known "
    "is a full answer.",
)


def render(table: CorrespondenceTable) -> dict[str, bytes]:
    """Return the workbook: the offences, and the list of codes."""
    content = BytesIO()
    with new_workbook(content) as book:
        styles = Styles(book)
        page, codes = book.add_worksheet(SHEET), book.add_worksheet(LIST)
        _list_codes(codes, table, styles)
        _fill(page, table, styles)
    return {"": content.getvalue()}


def _fill(page: Worksheet, table: CorrespondenceTable, styles: Styles) -> None:
    found = table.correspondence
    title = f"{one_line(table.country)} ({found.iso3}): offences and ICCS codes"
    page.write_string(0, 0, title, styles.of_question("title"))
    for row, line in enumerate(_HELP, start=1):
        page.write_string(row, 0, line)
    for column, (heading, width) in enumerate({**_PROPOSED, **_ASKED}.values()):
        page.write_string(_HEAD, column, heading, styles.of_question("head"))
        page.set_column(column, column, width)
    kept = len(_PROPOSED) + len(_ASKED)
    page.write_string(_HEAD, kept, "id", styles.of_question("kept_head"))
    last = _HEAD
    for last, offence in enumerate(found.offences, start=_HEAD + 1):
        _row(page, last, row_of(offence, table), styles)
        page.write_string(last, kept, offence.id, styles.of_question("kept"))
    _free_rows(page, last + 1, styles)
    _choices(page, last + _FREE_ROWS, len(table.codes))
    _lay_out(page, last + _FREE_ROWS)


def _row(page: Worksheet, row: int, texts: dict[str, str], styles: Styles) -> None:
    """Write what is proposed, locked, and cells for the answer."""
    texts = {**texts, "relation": RELATIONS[texts["relation"]]}
    locked = styles.of_question("fixed")
    for column, name in enumerate(_PROPOSED):
        page.write_string(row, column, texts[name], locked)
    for column in range(len(_PROPOSED), len(_PROPOSED) + len(_ASKED)):
        page.write_blank(row, column, None, styles.of_question("answer"))
    n_lines = max(
        len(wrap(texts[name], width)) for name, (_, width) in _PROPOSED.items()
    )
    page.set_row(row, min(_LINE * max(n_lines, 1) + 4, _HIGHEST))


def _free_rows(page: Worksheet, first: int, styles: Styles) -> None:
    for row in range(first, first + _FREE_ROWS):
        for column, name in enumerate((*_PROPOSED, *_ASKED)):
            is_open = name in _OWN or name in _ASKED
            style = styles.of_question("answer" if is_open else "fixed")
            page.write_blank(row, column, None, style)


def _choices(page: Worksheet, last: int, n_codes: int) -> None:
    """Offer answers, codes and relations; another text is refused with the reason."""
    told = {
        "answer": (list(ANSWERS), "Choose right, other code, or not known."),
        "other_code": (
            f"='{LIST}'!$A$2:$A${n_codes + 1}",
            "Choose a code from the list; the sheet ICCS codes says what it holds.",
        ),
        "other_relation": (list(RELATIONS.values()), "Choose how your offence lies."),
    }
    for name, (source, message) in told.items():
        column = len(_PROPOSED) + list(_ASKED).index(name)
        rule = {
            "validate": "list",
            "source": source,
            "input_message": message,
            "error_title": "Not in the list",
            "error_message": f"{message} Write anything else under Remarks.",
        }
        page.data_validation(_HEAD + 1, column, last, column, rule)


def _list_codes(page: Worksheet, table: CorrespondenceTable, styles: Styles) -> None:
    """Write the codes, each with its title as one text for the drop-down."""
    columns = (("Code and title", 60), ("What it holds", 60), ("Source", 80))
    for column, (heading, width) in enumerate(columns):
        page.write_string(0, column, heading, styles.of_question("head"))
        page.set_column(column, column, width)
    for row, code in enumerate(table.codes.values(), start=1):
        texts = (f"{code.code} {code.title}", code.note, code.source)
        for column, text in enumerate(texts):
            page.write_string(row, column, text, styles.of_question("fixed"))
    page.freeze_panes(1, 0)
    page.protect()


def _lay_out(page: Worksheet, last: int) -> None:
    page.freeze_panes(_HEAD + 1, 3)
    page.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True}
    )
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    end = xl_col_to_name(len(_PROPOSED) + len(_ASKED) - 1)
    page.print_area(f"A1:{end}{last + 1}")
    page.set_footer("&C&P / &N")
    page.activate()
