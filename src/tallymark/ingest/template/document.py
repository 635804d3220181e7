"""The adapter document of a filled template: what it asked, in the words of its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from tallymark.documents.messages import in_all_languages, messages_in
from tallymark.ingest.layout.surroundings import label_of
from tallymark.ingest.template.asked import period_rule
from tallymark.ingest.template.pages import Page
from tallymark.ingest.template.spelling import Spelling, codes_by_word, folded
from tallymark.model.codes import CountingUnit, Stage
from tallymark.model.grid import Sheet
from tallymark.model.template import VERSION, AskedRow, Template, page_of

ID = "tallymark-template"
_OF_PART = {"sex": "sex", "age": "age_group"}

Document = dict[str, Any]


def document_of(template: Template, pages: Mapping[str, Page]) -> Document:
    """Return the adapter document that reads the sheets of figures that are there."""
    years = [period.label for period in template.periods]
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return {
        "id": ID,
        "version": VERSION,
        "title": "A template that was filled in",
        "source": {"title": f"Answer to a template, {template.area_name}, {span}"},
        "vintage": None,
        "tables": [
            _table(template, series, stage, pages[page_of(series, stage)])
            for series, stage in template.sheets()
            if page_of(series, stage) in pages
        ],
    }


def rows_found(template: Template, sheet: Sheet) -> dict[str, str]:
    """Return the rows' labels as they stand on a sheet, by the number before them.

    Of a row that was sent with a text, only a cell that begins with this text counts.
    """
    rows = {row.id: row for block in template.content.blocks for row in block.rows}
    found: dict[str, str] = {}
    for cells in sheet.rows:
        filled = [value for value in cells if value not in (None, "")]
        for code, label in pairwise(filled):
            row = rows.get(label_of(code).upper())
            if row is not None and not row.is_open and _begins(label, row):
                found[label_of(code)] = label_of(label)
    return found


def _begins(value: Any, row: AskedRow) -> bool:
    """Tell whether a cell holds a row's text, with its help on further lines or none.

    Some programs run the lines of a cell together.
    """
    lines = str(value).strip().splitlines()
    texts, helps = in_all_languages(row.text), in_all_languages(row.help)
    said = {folded(text) for text in texts}
    run_together = {
        folded(f"{text} {help_}") for text, help_ in zip(texts, helps, strict=True)
    }
    return bool(lines) and (
        folded(lines[0]) in said or folded(label_of(value)) in run_together
    )


def _table(template: Template, series: str, stage: Stage, page: Page) -> Document:
    spelling = Spelling(page.sheet)
    rule = asdict(period_rule(template.request))
    rule["calendar"] = str(rule["calendar"])  # plain content needs no pydantic
    return {
        "name": page_of(series, stage),
        "above": [page.mark],
        "header": list(_header(template, spelling)),
        "values": ["number", *(f"{name} {p.code}" for name, p in template.parts())],
        "rows": {"skip": list(_skipped())},
        "period": {key: rule[key] for key in ("calendar", "first_month", "named_by")},
        "missing": _reasons(template, spelling),
        "constants": {
            "series_id": series,
            "stage": stage.value,
            "ref_area": template.request.area,
        },
        "lookups": [
            _periods(template, spelling),
            *_offences(template, page.sheet),
            *_parts(template),
            *_units(template, spelling),
            {
                "column": "why",
                "map": {
                    "": {},
                    **{
                        text: {"missing_reason": reason}
                        for text, reason in _reasons(template, spelling).items()
                    },
                },
            },
            {"column": "remarks", "field": "notes"},
        ],
    }


def _header(template: Template, spelling: Spelling) -> Iterator[Document]:
    words = template.content.words
    parts = template.parts()
    yield _heading("no", words["row_number"], spelling)
    yield _heading("what", words["what"], spelling)
    total = words["total"] if parts else words["number"]
    yield {
        "group": [
            _heading("number", total, spelling),
            *(_heading(f"{n} {part.code}", part.text, spelling) for n, part in parts),
            _heading("why", words["why"], spelling),
        ]
    }
    for name in ("unit", "remarks"):
        yield _heading(name, words[name], spelling)


def _heading(name: str, text: str, spelling: Spelling) -> Document:
    ways = spelling.ways_of(text)
    if len(ways) == 1:
        return {"name": name, "text": ways[0]}
    return {"name": name, "pattern": "|".join(map(re.escape, ways))}


def _skipped() -> Iterator[Document]:
    yield {
        "column": "no",
        "pattern": "[A-Z]?",
        "is_empty": True,
        "reason": "a heading, or a text without numbers",
    }
    yield {
        "column": "what",
        "pattern": "",
        "is_empty": True,
        "reason": "a row left free for another offence",
    }


def _reasons(template: Template, spelling: Spelling) -> dict[str, str]:
    """Return the reasons as they stand on the sheet, and as they are offered."""
    offered = {str(code): text for code, text in template.content.reasons.items()}
    said = {text: code for code, text in offered.items()}
    return said | spelling.spelled(codes_by_word(offered))


def _periods(template: Template, spelling: Spelling) -> Document:
    found = {
        spelling.begun_by(period.label) or period.label: {"period": period.label}
        for period in template.periods
    }
    return {"header": 1, "map": found}


def _offences(template: Template, sheet: Sheet) -> Iterator[Document]:
    found = rows_found(template, sheet)
    rows = [(b.scope.value, row) for b in template.content.blocks for row in b.rows]
    open_rows = [row.id for _, row in rows if row.is_open]
    labels = {
        f"{label} {code}": _fields(scope, row, template.request.language)
        for code, label in found.items()
        for scope, row in rows
        if row.id == code.upper()
    }
    other = "|".join(map(re.escape, open_rows))
    yield {
        "combine": [{"column": "what"}, {"column": "no"}],
        "when": {"no": {"pattern": rf"(?!(?:{other})$).*"}},
        "map": labels or {"": {"scope": rows[0][0], "offence": rows[0][1].offence}},
    }
    yield {
        "column": "no",
        "when": {"no": open_rows},
        "map": {row.id: {"scope": scope} for scope, row in rows if row.is_open},
    }
    yield {"column": "what", "when": {"no": open_rows}, "field": "offence_label"}


def _fields(scope: str, row: AskedRow, language: str) -> Document:
    label = messages_in(language).say(row.text)
    fields: Document = {"scope": scope, "offence_label": label}
    if row.is_total:
        fields["is_total"] = True
    if row.offence is not None and row.relation is not None:
        fields |= {"offence": row.offence, "offence_relation": row.relation.value}
    return fields


def _parts(template: Template) -> Iterator[Document]:
    for name, part in template.parts():
        constant = {_OF_PART[name]: part.code}
        yield {"constant": constant, "of": [f"{name} {part.code}"]}


def _units(template: Template, spelling: Spelling) -> Iterator[Document]:
    """Give where a row says its unit, and where the sheet says that of all others."""
    offered = {str(code): text for code, text in template.content.units.items()}
    said = {text: code for code, text in offered.items()}
    said |= spelling.spelled(codes_by_word(offered))
    units = {text: {"counting_unit": code} for text, code in said.items()}
    yield {"column": "unit", "when": {"unit": {"pattern": ".+"}}, "map": units}
    unstated = {"counting_unit": CountingUnit.UNSTATED.value}
    question = template.content.words["unit_question"]
    where: Document = {"constant": unstated}
    if spelling.has(question):
        cell = {"text": spelling.of(question), "right": 1}
        where = {"cell": cell, "map": {**units, "": unstated}}
    yield {**where, "when": {"unit": ""}}
