"""PX files of PC-Axis and PxWeb: cube, codes, symbols and every note, by an own parser.

Public parsers lose notes, languages and what the symbols for gaps mean. A figure is
called `DATA.r2.c3`: the second row of STUB values, the third column of HEADING values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from tallymark.errors import SourceError
from tallymark.model.grid import Contents, ReaderOptions, Sheet, Value
from tallymark.readers.cube import (
    SEPARATOR,
    Note,
    along,
    notes_of,
    positions,
)
from tallymark.readers.long_table import (
    Columns,
    Computed,
    constant,
    metadata_sheet,
    number_or_text,
    sheet_of_figures,
)
from tallymark.readers.px.parsing import Entry, Parsed, decoded, parse
from tallymark.readers.px.table import (
    Dimension,
    Keywords,
    Table,
    keywords_of,
    table_of,
)

_NOTES = (
    "NOTE",
    "NOTEX",
    "VALUENOTE",
    "VALUENOTEX",
    "CELLNOTE",
    "CELLNOTEX",
    "DATANOTE",
)
_MARKS = ("DATANOTECELL", "ATTRIBUTES")
_OF_CELLS = ("CELLNOTE", "CELLNOTEX", *_MARKS)
_SYMBOLS = {"." * n: f"DATASYMBOL{n}" for n in range(1, 7)} | {
    "-": "DATASYMBOLNIL",
    "." * 7: "DATASYMBOLSUM",
}
_IN_TABLE = ("STUB", "HEADING", "VALUES", "CODES", "KEYS")
_PERSONS = "CONTACT"  # begins the keywords that may name a person
_LEFT_OUT = "left out by KEYS, so 0"


def read(content: bytes, name: str, options: ReaderOptions) -> Contents:
    """Return the figures as one long table, and what the file says of them.

    Columns: for each dimension its values, and its codes as `dimension (code)` where it
    has some; CONTENTS, UNITS, DATA, STATUS (what the symbol for a gap means), NOTES.

    Raises:
        SourceError: it is no PX file, is broken, or has more figures than the limits.
    """
    text, encoding = decoded(content, name, options.encoding)
    parsed = parse(text, name)
    keywords = keywords_of(parsed, options.language, name)
    table = table_of(keywords, name)
    labels = _labels(table)
    values, status = _data(keywords, table, parsed, name)
    said = [
        ("CONTENTS", constant(_first(keywords, "CONTENTS"), table.shape.n)),
        ("UNITS", _units(keywords, table)),
        ("DATA", values),
        ("STATUS", status),
        ("NOTES", notes_of(table.shape, _notes(keywords, table, _NOTES), name)),
    ]
    detected = {} if options.encoding else {"encoding": encoding}
    if options.language is None and len(keywords.known) > 1:
        detected["language"] = keywords.known[0]
    figures = sheet_of_figures(
        "DATA", [*labels, *said], _reference(table), figure=len(labels) + 2
    )
    return Contents(sheets=(figures, _metadata(parsed)), detected=detected)


def _labels(table: Table) -> Columns:
    columns: list[tuple[str, Sequence[Value]]] = []
    for number, dimension in enumerate(table.dimensions):
        columns.append(
            (dimension.heading, along(table.shape, number, dimension.labels))
        )
        if dimension.codes is not None:
            heading = f"{dimension.heading.strip()} (code)"
            columns.append((heading, along(table.shape, number, dimension.codes)))
    return columns


def _reference(table: Table) -> Callable[[int], str]:
    n = table.n_columns
    return lambda i: f"DATA.r{i // n + 1}.c{i % n + 1}"


def _first(keywords: Keywords, keyword: str, *of: str) -> str:
    return SEPARATOR.join(keywords.find(keyword, *of) or ())


def _units(keywords: Keywords, table: Table) -> Sequence[Value]:
    """Return each figure's unit; a table of several contents has one for each."""
    of_all = _first(keywords, "UNITS")
    number = table.numbers.get(_first(keywords, "CONTVARIABLE").strip())
    if number is None:
        return constant(of_all, table.shape.n)
    dimension = table.dimensions[number]
    own = dict.fromkeys(range(len(dimension.labels)), "")
    for text, place in dimension.numbers.items():
        own[place] = own[place] or _first(keywords, "UNITS", text)
    return along(table.shape, number, [told or of_all for told in own.values()])


def _data(
    keywords: Keywords, table: Table, parsed: Parsed, name: str
) -> tuple[Sequence[Value], Sequence[Value]]:
    """Return the figures as numbers, or the symbol as printed, and their status."""
    n = table.n_columns
    keys = [_keys(keywords, d, name) for d in table.dimensions[: table.n_stub]]
    printed: bytearray | None = None
    if any(keys):
        values, printed = _keyed(table, keys, parsed.cells(), name)
    else:
        cells = islice(parsed.cells(), table.shape.n + 1)
        values = [number_or_text(cell) for cell in cells]
        if len(values) != table.shape.n:
            found = f"{len(values):,}" if len(values) < table.shape.n else "more"
            raise _miscounted(f"{table.shape.n:,} figures", found, name)
    symbols = {text: _first(keywords, keyword) for text, keyword in _SYMBOLS.items()}
    marks = notes_of(table.shape, _notes(keywords, table, _MARKS), name)

    def status(i: int) -> str:
        value = values[i]
        told = symbols.get(value, "") if isinstance(value, str) else ""
        if printed is not None and not printed[i // n]:
            told = _LEFT_OUT
        return SEPARATOR.join(filter(None, (told, str(marks[i]))))

    return values, Computed(table.shape.n, status)


def _keys(keywords: Keywords, dimension: Dimension, name: str) -> Mapping[str, int]:
    """Return how rows of DATA name the values of a dimension; empty if they do not."""
    told = keywords.find("KEYS", *dimension.names)
    if told is None:
        return {}
    texts = dimension.codes if told == ("CODES",) else dimension.labels
    return positions(texts or dimension.labels, f"{dimension.heading[:80]!r}", name)


def _keyed(
    table: Table, keys: Sequence[Mapping[str, int]], cells: Iterator[str], name: str
) -> tuple[list[Value], bytearray]:
    """Return the figures of rows that begin with their keys, and which rows there are.

    Source: PX-file format, "Data in the PX-file": rows of zeros only are left out.
    """
    if not all(keys):
        raise SourceError("The PX file has KEYS for a part of STUB only.", where=name)
    n = table.n_columns
    values: list[Value] = [0] * table.shape.n
    printed = bytearray(table.shape.n // n)
    for first in cells:
        named = [first, *islice(cells, len(keys) - 1)]
        row = [number_or_text(cell) for cell in islice(cells, n)]
        places = [known.get(text) for known, text in zip(keys, named, strict=False)]
        if len(row) < n or None in places:
            raise _miscounted(
                f"rows of {len(keys)} keys and {n:,} figures", "others", name
            )
        number = 0
        for known, place in zip(keys, places, strict=True):
            number = number * len(known) + (place or 0)
        if printed[number]:
            raise _miscounted("one row for the same keys", "two", name)
        printed[number] = 1
        values[number * n : (number + 1) * n] = row
    return values, printed


def _miscounted(sought: str, found: str, name: str) -> SourceError:
    return SourceError(
        f"The PX file should have {sought} in DATA; there are {found}.",
        where=name,
        hint="No figure was read, since it is unclear whose they are.",
    )


def _notes(keywords: Keywords, table: Table, wanted: Sequence[str]) -> list[Note]:
    """Return the notes of the keywords, in the first language that has each."""
    notes: dict[
        tuple[str, tuple[tuple[int, int], ...]], tuple[str | None, list[str]]
    ] = {}
    for entry in keywords.in_order(wanted):
        at = _applies_to(entry, table)
        text = _note_text(keywords, entry)
        if at is None:  # overstated, not dropped: it may apply to any figure
            at, text = {}, f"{text} [{', '.join(entry.of)}]"
        key = (entry.keyword, tuple(sorted(at.items())))
        language, texts = notes.setdefault(key, (entry.language, []))
        if language == entry.language and text not in texts:
            texts.append(text)
    return [(dict(at), text) for (_, at), (_, texts) in notes.items() for text in texts]


def _applies_to(entry: Entry, table: Table) -> dict[int, int] | None:
    """Return the category of each dimension that a note names; None if it is unknown."""
    if not entry.of:
        return {}
    if entry.keyword in _OF_CELLS:
        named = list(zip(range(len(table.dimensions)), entry.of, strict=False))
        if len(entry.of) != len(table.dimensions):
            return None
    else:
        number = table.numbers.get(entry.of[0].strip())
        if number is None or len(entry.of) > 2:
            return None
        named = [(number, text) for text in entry.of[1:]]
    at = {d: table.dimensions[d].numbers.get(text) for d, text in named if text != "*"}
    return (
        None if None in at.values() else {d: i for d, i in at.items() if i is not None}
    )


def _note_text(keywords: Keywords, entry: Entry) -> str:
    values = entry.values
    if entry.keyword == "ATTRIBUTES":
        ids = keywords.find("ATTRIBUTE-ID") or ()
        values = tuple(f"{a}={b}" for a, b in zip(ids, values, strict=False)) or values
        if not entry.of:
            values = ("by default", *values)
    return ", ".join(values).replace("#", "\n")


def _metadata(parsed: Parsed) -> Sheet:
    rows = [
        (
            entry.keyword + (f"[{entry.language}]" if entry.language else ""),
            ", ".join(entry.of),
            ", ".join(entry.values).replace("#", "\n"),
        )
        for entry in parsed.entries
        if entry.keyword not in _IN_TABLE and not entry.keyword.startswith(_PERSONS)
    ]
    return metadata_sheet(rows)
