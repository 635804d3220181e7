"""SDMX-CSV 1.0 and 2.x: delimited text whose headings tell how its cells are written.

Hides `id: label` in headings and cells, languages in one cell, and sub-fields. Figures
keep the place of their field (`R2C7`), also where columns are parted.

Source: https://github.com/sdmx-twg/sdmx-csv, data message field guide.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from tallymark.errors import SourceError
from tallymark.model.columnar import ColumnarRows
from tallymark.model.grid import Contents, ReaderOptions, Sheet, Value, text_of
from tallymark.readers.delimited import read as read_delimited
from tallymark.readers.long_table import (
    Coded,
    Columns,
    LongTable,
    check_figures,
    coded,
    sheet_of_figures,
)

_FIRST_FIELD = re.compile(
    r'\ufeff?"?(?:STRUCTURE(?:\[[^\]]?\])?|DATAFLOW)"?([^\w\s"]|\t)'
)
_HEADING = re.compile(r"([^\s:\[\]]+)(?:\[([^\[\]]*)\])?(?:: (.*))?", re.DOTALL)
_PARTED = re.compile(r"(\S+?):(?: (.*))?", re.DOTALL)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*):(.*)", re.DOTALL)
_STRUCTURES = ("STRUCTURE_ID", "DATAFLOW")
_FIGURE = "OBS_VALUE"
_DELETE = {"D", "Delete"}
DELETED = "(deleted)"
"""What stands in place of a figure that a record deletes."""

_HEAD = 512


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the file as one sheet without name; each text stays as it is written.

    Figures of records that delete are `DELETED`. A column headed `ID: label` becomes two, `ID` and `ID (label)`; one of several
    languages holds the wished one, else the first that a cell has.

    Raises:
        SourceError: it is no table of delimited text, lacks the wished language, or is
            beyond a limit.
    """
    delimiter = options.delimiter or _delimiter(content, options)
    found = read_delimited(content, name, replace(options, delimiter=delimiter))
    (sheet,) = found.sheets
    sheet, deletions = _without_deleted(sheet)
    headings = [text_of(value) for value in sheet.rows[0]] if sheet.rows else []
    fields = _fields(headings)
    detected = {**found.detected, **deletions}
    if delimiter is not None and options.delimiter is None:
        detected["delimiter"] = delimiter
    if [field.id for field in fields] != headings:
        sheet = _rewritten(sheet, fields, options.language, name)
    return Contents(sheets=(sheet,), detected=detected)


@dataclass(frozen=True, kw_only=True)
class _Field:
    """What a heading says of its column."""

    id: str
    languages: tuple[str, ...] = ()
    is_parted: bool = False
    """Whether cells are written `code: label`."""
    separator: str = ""
    """Between several values in one cell; "" if there is only one."""


def _delimiter(content: bytes, options: ReaderOptions) -> str | None:
    """Return the character after the first heading, as the format defines it."""
    encoding = options.encoding or "utf-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        match = _FIRST_FIELD.match(decoder.decode(content[:_HEAD]))
    except (LookupError, UnicodeError):  # told by the reader of delimited text
        return None
    return match[1] if match else None


def _fields(headings: Sequence[str]) -> list[_Field]:
    """Return what the headings say; one of another form is a custom column."""
    forms = [_HEADING.fullmatch(heading) for heading in headings]
    separator = ((forms[0][2] if forms and forms[0] else None) or ";")[:1]
    is_labelled = any(form and form[3] is not None for form in forms)
    fields = []
    for number, (heading, form) in enumerate(zip(headings, forms, strict=True)):
        if form is None or (number == 0 and form[1] == "STRUCTURE"):
            fields.append(_Field(id=form[1] if form else heading))
            continue
        id_, listed, label = form.groups()
        is_coded = label is not None or (is_labelled and id_ in _STRUCTURES)
        languages = tuple(filter(None, (listed or "").split(separator)))
        fields.append(
            _Field(
                id=id_,
                languages=languages,
                is_parted=is_coded and id_ != _FIGURE and not languages,
                separator="" if listed is None else separator,
            )
        )
    return fields


def _rewritten(
    sheet: Sheet, fields: Sequence[_Field], language: str | None, name: str
) -> Sheet:
    """Return the sheet with what its headings announce carried out.

    Where a column is parted, cells have no field of their own any more: a figure is
    called by its field, a label by the figure and the heading.
    """
    known = dict.fromkeys(code for field in fields for code in field.languages)
    if language is not None and known and language not in known:
        raise SourceError(
            f"The file has no language {language!r}; it has {', '.join(known)}.",
            where=name,
            hint="Change reader.language in the adapter.",
        )
    check_figures(len(sheet.rows) - 1, name, n_columns=2 * len(fields))
    columns: list[tuple[str, Sequence[Value]]] = []
    held = _columns(sheet, fields, name)
    for number, field in enumerate(fields):
        columns += _carried_out(field, language, islice(held[number], 1, None))
    if len(columns) == len(fields):
        return replace(sheet, rows=LongTable(columns))
    figures = [i for i, field in enumerate(fields) if field.id == _FIGURE]
    if not figures:  # several measures: each is told by its record and heading
        return _unnamed(columns, lambda i: f"R{i + 2}", -1)
    at = [heading for heading, _ in columns].index(_FIGURE)
    return _unnamed(columns, lambda i: f"R{i + 2}C{figures[0] + 1}", at)


def _unnamed(columns: Columns, ref: Callable[[int], str], figure: int) -> Sheet:
    return replace(sheet_of_figures("", columns, ref, figure), name=None)


def _columns(
    sheet: Sheet, fields: Sequence[_Field], name: str
) -> Sequence[Sequence[Value]]:
    """Return each column with its heading; short records are filled up with None."""
    if isinstance(sheet.rows, ColumnarRows):
        columns: Sequence[Sequence[Value]] = sheet.rows.columns
        widths = [len(cells) for cells in sheet.rows.apart.values()]
    else:
        columns = list(zip_longest(*sheet.rows))
        widths = []
    if max([len(columns), *widths]) > len(fields):
        raise SourceError(
            "A record of the file has more fields than there are headings.",
            where=name,
            hint="It is unclear what they are; ask for the file once more.",
        )
    return columns


def _carried_out(
    field: _Field, language: str | None, cells: Iterable[Value]
) -> Iterator[tuple[str, Sequence[Value]]]:
    """Give the columns that a field becomes: each distinct text is looked at once."""
    codes, held = coded(cells)
    if field.languages:
        held = [
            _in_language(field, language, cell) if isinstance(cell, str) else cell
            for cell in held
        ]
    if not field.is_parted:
        yield field.id, Coded(codes, held)
        return
    ids: list[Value] = []
    labels: list[Value] = []
    for cell in held:
        parts = _parts(field, cell)
        if parts is None:  # then no cell is: it would part texts that are whole
            ids, labels = held, [""] * len(held)
            break
        ids.append(parts[0])
        labels.append(parts[1])
    yield field.id, Coded(codes, ids)
    yield f"{field.id} (label)", Coded(codes, labels)


def _parts(field: _Field, cell: Value) -> tuple[Value, Value] | None:
    """Return the codes and the labels of a cell; None if it is not made of both."""
    if not isinstance(cell, str) or not cell:
        return cell, cell
    values = cell.split(field.separator) if field.separator else [cell]
    matches = [_PARTED.fullmatch(value) for value in values]
    if None in matches:
        return None
    codes, labels = zip(*((m[1], m[2] or "") for m in matches if m), strict=True)
    return field.separator.join(codes), field.separator.join(labels)


def _in_language(field: _Field, language: str | None, text: str) -> str:
    """Return the values in the wished language, else in the first that the text has."""
    found: dict[str, list[str]] = {}
    last: list[str] | None = None
    quoted = f'"{field.separator}"'  # around each of several values in languages
    sets = text[1:-1].split(quoted) if text.startswith('"') else [text]
    for value in (value for one in sets for value in one.split(field.separator)):
        match = _LANGUAGE.fullmatch(value)
        if match is not None and match[1] in field.languages:
            last = found.setdefault(match[1], [])
            last.append(match[2])
        elif last is not None:  # the separator stood in a text
            last[-1] += field.separator + value
    if not found:
        return text
    first = next(code for code in field.languages if code in found)
    return field.separator.join(found.get(language or first) or found[first])


def _without_deleted(sheet: Sheet) -> tuple[Sheet, dict[str, str]]:
    """Return the sheet in which records that delete have no figure, and say how many.

    Such a record names what is to be deleted; a figure in it is no longer one.
    """
    headings = [text_of(value) for value in sheet.rows[0]] if sheet.rows else []
    if "ACTION" not in headings or _FIGURE not in headings:
        return sheet, {}
    action, figure = headings.index("ACTION"), headings.index(_FIGURE)
    if isinstance(sheet.rows, ColumnarRows) and _DELETE.isdisjoint(
        sheet.rows.columns[action]
    ):
        return sheet, {}
    rows = [list(row) for row in sheet.rows]
    deleted = [row for row in rows if action < len(row) and row[action] in _DELETE]
    for row in deleted:
        row[figure : figure + 1] = [DELETED]
    if not deleted:
        return sheet, {}
    told = f"{len(deleted):,} records with ACTION D; their figures are {DELETED!r}"
    return replace(sheet, rows=rows), {"deletions": told}
