"""The sheet of definitions: what is asked about the publication and what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from xlsxwriter.worksheet import Worksheet

from tallymark.documents import definition_questions
from tallymark.model.definition import DefinitionQuestion, value_at
from tallymark.model.draft import Draft
from tallymark.model.mapping_workbook import (
    ANSWER,
    DRAFT,
    FIELD,
    NOT_KNOWN,
    PUBLICATION,
    QUESTION,
    Decided,
    heading_of,
)
from tallymark.present.draft.lists import Lists
from tallymark.present.draft.styles import Styles

MOST_APART = 6
"""Series of one file that have a column of their own."""

_HELP = "How to answer"
_WIDTHS = {QUESTION: 44, _HELP: 44, ANSWER: 36}
_APART_WIDTH = 30
_HEAD = 3
_LINE = 15
_HELPS = {
    "adapter.id": "A short name without blanks, in small letters: police-annual-table.",
    "source.title": "As it is printed; for a letter, its subject and date.",
    "source.publisher": "The authority that sent it.",
    "vintage": "As in 2026-11-22. Leave it empty if it is not printed.",
}


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One question as it is put, with what is known; `known` by series where it differs."""

    field: str
    text: str
    help: str
    choices: tuple[str, ...] = ()
    known: str = ""
    apart: Mapping[str, str]


def fill(
    page: Worksheet, draft: Draft, decided: Decided | None, lists: Lists, styles: Styles
) -> None:
    """Write the sheet of definitions; only answers are unlocked."""
    apart = series_apart(draft)
    heads = [*_WIDTHS, *apart.values()]
    for column, name in enumerate(heads):
        width = _WIDTHS.get(name, _APART_WIDTH)
        page.set_column(column, column, width)
    page.set_column(len(heads), len(heads), 10, styles.of("kept"), {"hidden": True})
    page.write_string(0, 0, "What the figures count", styles.of("title"))
    said = "Please answer what you know. An empty answer means “not known”."
    if apart:
        said += " An answer holds for all tables; where one differs, answer beside it."
    page.write_string(1, 0, said)
    for column, name in enumerate([*heads, FIELD]):
        page.write_string(_HEAD, column, name, styles.of("head"))
    n_lines = max(len(wrap(name, _APART_WIDTH)) for name in heads)
    page.set_row(_HEAD, _LINE * n_lines + 5)
    row = _HEAD + 1
    publication = _publication(draft, decided)
    questions = _questions(draft, decided, apart)
    for title, rows in (
        ("The publication", publication),
        ("What one figure counts", questions),
    ):
        for column in range(len(heads)):
            page.write_string(
                row, column, title if not column else "", styles.of("group")
            )
        for row, asked in enumerate(rows, start=row + 1):  # noqa: B020  # it goes on
            _write(page, row, asked, list(apart), lists, styles)
        row += 1
    _lay_out(page, row - 1, len(heads))


def series_apart(draft: Draft) -> dict[str, str]:
    """Return the series that have a column of their own, each with its heading."""
    if not 1 < len(draft.series) <= MOST_APART:
        return {}
    return {id_: heading_of(definition) for id_, definition in draft.series.items()}


def _publication(draft: Draft, decided: Decided | None) -> list[_Row]:
    source = draft.document.get("source") or {}
    vintage = draft.document.get("vintage")
    known = {
        "adapter.id": str(draft.document.get("id", "")).removeprefix(DRAFT),
        "source.title": str(source.get("title") or ""),
        "source.publisher": str(source.get("publisher") or ""),
        "vintage": "" if vintage is None or isinstance(vintage, dict) else str(vintage),
    }
    if decided is not None:
        known |= decided.publication
    return [
        _Row(field=field, text=text, help=_HELPS[field], known=known[field], apart={})
        for field, text in PUBLICATION.items()
    ]


def _questions(
    draft: Draft, decided: Decided | None, apart: Mapping[str, str]
) -> list[_Row]:
    rows = []
    guessed = set(_guessed(draft))
    for question in definition_questions():
        if question.field.startswith("capacity.") or question.field in guessed:
            continue  # of the country, or asked for each table on the sheet of guesses
        told = {
            id_: _shown(question, value_at(definition, question.field))
            for id_, definition in draft.series.items()
        }
        is_one = len(set(told.values())) == 1
        known = next(iter(told.values())) if is_one else ""
        differing = {} if is_one else {id_: told[id_] for id_ in apart}
        if decided is not None:
            known = _shown(question, decided.definition.get(question.field, known))
            differing |= {
                id_: _shown(question, decided.only_for[heading][question.field])
                for id_, heading in apart.items()
                if question.field in decided.only_for.get(heading, {})
            }
        rows.append(
            _Row(
                field=question.field,
                text=question.text,
                help=question.help,
                choices=(*question.choices.values(), NOT_KNOWN)
                if question.choices
                else (),
                known=known,
                apart=differing if apart else {},
            )
        )
    return rows


def _guessed(draft: Draft) -> Iterator[str]:
    """Give the fields that are settled by guesses."""
    yield from {guess.aspect for guess in draft.guesses}
    tables = draft.document.get("tables", ())
    n_asked = sum(guess.aspect == "calendar" for guess in draft.guesses)
    if tables and n_asked == len(tables):
        yield "calendar.name"
        if all("first_month" in table.get("period", {}) for table in tables):
            yield "calendar.first_month"


def _shown(question: DefinitionQuestion, value: Any) -> str:
    if value in (None, "unknown", "varies", "UNSTATED", ""):
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return question.choices.get(str(value), str(value))


def _write(
    page: Worksheet,
    row: int,
    asked: _Row,
    apart: list[str],
    lists: Lists,
    styles: Styles,
) -> None:
    page.write_string(row, 0, asked.text, styles.of("cell"))
    page.write_string(row, 1, asked.help, styles.of("help"))
    is_asked_apart = asked.field not in PUBLICATION
    answers = [asked.known, *(asked.apart.get(id_, "") for id_ in apart)]
    for column, text in enumerate(answers, start=2):
        look = styles.of("typed" if column == 2 or is_asked_apart else "cell")
        if text:
            page.write_string(row, column, text, look)
        else:
            page.write_blank(row, column, None, look)
    page.write_string(row, 2 + len(answers), asked.field, styles.of("kept"))
    if asked.choices:
        rule = {
            "validate": "list",
            "source": lists.reference(asked.choices),
            "error_title": ANSWER,
            "error_message": "Please choose one of the list.",
        }
        page.data_validation(row, 2, row, 1 + len(answers), rule)
    lines = max(
        len(wrap(asked.text, _WIDTHS[QUESTION])),
        len(wrap(asked.help, _WIDTHS[_HELP])),
        *(len(wrap(text, _APART_WIDTH)) for text in answers),
        asked.known.count("\n") + 1,
    )
    page.set_row(row, _LINE * lines + 5)


def _lay_out(page: Worksheet, last: int, n_columns: int) -> None:
    page.freeze_panes(_HEAD + 1, 1)
    page.set_selection(_HEAD + 2, 2, _HEAD + 2, 2)
    page.protect(
        "", dict.fromkeys(("format_cells", "format_columns", "format_rows"), True)
    )
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.print_area(0, 0, last, n_columns - 1)
    page.set_footer("&C&P / &N")
