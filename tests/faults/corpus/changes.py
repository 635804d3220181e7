"""What is done to the clean set: to its figures, its files, and what is known of it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from corpus.clean.reading import BOOKS, Corpus, adapter_of, read
from corpus.clean.sheets import Book, Cell, Style, place_of
from corpus.record import Change, Where
from tallymark.model.columns import arrow_table
from tallymark.model.context import Reference
from tallymark.model.country import Statute
from tallymark.model.observation import SCHEMA
from tallymark.model.series import DefinitionChanges, DefinitionVersion, Source
from tallymark.model.submission import Submission, Submissions

Row = dict[str, Any]
SOURCE = Source(title="Invented for the fault corpus")


def together(*changes: Change) -> Change:
    """Return the change that makes several, one after another."""

    def change(corpus: Corpus) -> Corpus:
        for one in changes:
            corpus = one(corpus)
        return corpus

    return change


# Figures ---------------------------------------------------------------------------


def of(series_id: str, time_period: Any = None, stage: Any = None, **more: Any) -> Row:
    """Return the conditions that choose figures of a series.

    >>> of("s", "2018", sex="F")
    {'series_id': 's', 'time_period': '2018', 'sex': 'F'}
    """
    given = {"time_period": time_period, "stage": stage} | more
    return {"series_id": series_id} | {k: v for k, v in given.items() if v is not None}


def where(row: Row, wanted: Where) -> bool:
    """Say whether a figure has these values in these columns."""
    return all(_fits(row[name], value) for name, value in wanted.items())


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):
        return any(_fits(value, one) for one in wanted)
    if isinstance(value, date):
        return value.isoformat() == wanted
    return bool(value == wanted)


def figures(corpus: Corpus, wanted: Where) -> list[Row]:
    """Return the figures that have these values.

    Raises:
        LookupError: there are none.
    """
    rows = corpus.submissions.observations.to_pylist()
    chosen = [row for row in rows if where(row, wanted)]
    if not chosen:
        raise LookupError(f"no figure is {dict(wanted)}")
    return chosen


def put(wanted: Where, **values: Any) -> Change:
    """Give figures other values; a function is given the row."""

    return partial(_rewritten, wanted, lambda row: [_with(row, values)])


def _with(row: Row, values: Row) -> Row:
    """Return a figure with other values, printed as they are."""
    given = {k: v(row) if callable(v) else v for k, v in values.items()}
    if "obs_value" in given:
        value = given["obs_value"]
        given = {"raw_value": "x" if value is None else f"{value:.10g}"} | given
        if value is not None and row["missing_reason"]:
            given = _NO_GAP | given
    return _with_days(row | given)


_NO_GAP: Row = {
    "missing_reason": None, "obs_status": "A", "conf_status": None,
    "value_low": None, "value_high": None,
}  # fmt: skip


def _with_days(row: Row) -> Row:
    for name in ("period_start", "period_end", "vintage"):
        if isinstance(row[name], str):
            row[name] = date.fromisoformat(row[name])
    return row


def drop(wanted: Where) -> Change:
    """Leave figures out."""
    return partial(_rewritten, wanted, lambda _row: [])


def copy(wanted: Where, **values: Any) -> Change:
    """Add a second figure beside each, with other values, in a cell of its own."""

    def two(row: Row) -> list[Row]:
        told = sorted((k, v) for k, v in values.items() if isinstance(v, str))
        fresh = hashlib.sha256(repr((row["obs_id"], told)).encode()).hexdigest()[:16]
        elsewhere = {"obs_id": fresh, "source_ref": row["source_ref"] + "9"}
        return [row, _with(row, elsewhere | values)]

    return partial(_rewritten, wanted, two)


def times(factor: float) -> Callable[[Row], float]:
    """Return the function that multiplies a figure."""
    return lambda row: round(row["obs_value"] * factor, 6)


def plus(step: float) -> Callable[[Row], float]:
    """Return the function that adds to a figure."""
    return lambda row: row["obs_value"] + step


def exchange(column: str, one: Any, other: Any, wanted: Where) -> Change:
    """Exchange two values of a column among figures, as if two labels were swapped."""
    swapped = {one: other, other: one}
    return put(
        {**wanted, column: (one, other)}, **{column: lambda row: swapped[row[column]]}
    )


def take(wanted: Where, source: Where) -> Change:
    """Give figures the value of another one, which is alike but for `source`."""

    def change(corpus: Corpus) -> Corpus:
        rows = figures(corpus, {**wanted, **source})
        alike = [name for name in _LABELS if name not in source]
        values = {tuple(row[n] for n in alike): row["obs_value"] for row in rows}
        return put(wanted, obs_value=lambda row: values[tuple(row[n] for n in alike)])(
            corpus
        )

    return change


_LABELS = (
    "series_id", "ref_area", "time_period", "stage", "offence", "sex", "age_group",
    "breakdown", "statistic",
)  # fmt: skip


def _rewritten(
    wanted: Where, change: Callable[[Row], list[Row]], corpus: Corpus
) -> Corpus:
    figures(corpus, wanted)
    items = [_item(item, wanted, change) for item in corpus.submissions]
    return replace(corpus, submissions=Submissions(tuple(items)))


def _item(
    item: Submission, wanted: Where, change: Callable[[Row], list[Row]]
) -> Submission:
    rows = item.observations.to_pylist()
    if not any(where(row, wanted) for row in rows):
        return item
    return of_rows(
        item,
        [n for row in rows for n in (change(row) if where(row, wanted) else [row])],
    )


def of_rows(item: Submission, rows: list[Row]) -> Submission:
    """Return a submission with other figures."""
    columns = {name: [row[name] for row in rows] for name in SCHEMA.names}
    return replace(item, observations=arrow_table(columns, SCHEMA))


def in_every(change: Callable[[Submission], Submission]) -> Change:
    """Change each submission."""

    def changed(corpus: Corpus) -> Corpus:
        items = tuple(change(item) for item in corpus.submissions)
        return replace(corpus, submissions=Submissions(items))

    return changed


# Files -----------------------------------------------------------------------------


def in_file(
    name: str,
    *edits: Callable[[Book], None],
    style: Style | None = None,
    called: str = "",
    adapter: tuple[tuple[str, str], ...] = (),
) -> Change:
    """Edit a file of the clean set and read it again, perhaps by another adapter.

    `adapter` lists texts of the adapter and what stands in their place.
    """

    def change(corpus: Corpus) -> Corpus:
        book = BOOKS[name]()
        for edit in edits:
            edit(book)
        document = _replaced(adapter_of(name).read_text("utf-8"), adapter)
        with tempfile.TemporaryDirectory() as folder:
            item = read(
                Path(folder), name, book, style, called=called, adapter=document
            )
        items = [item if old.file == name else old for old in corpus.submissions]
        return replace(corpus, submissions=Submissions(tuple(items)))

    return change


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        if old not in text:
            raise LookupError(f"the adapter has no {old!r}")
        text = text.replace(old, new)
    return text


def cell(sheet: str, address: str, value: Cell) -> Callable[[Book], None]:
    """Set a cell."""
    return cells(sheet, {address: value})


def cells(sheet: str, values: Mapping[str, Cell]) -> Callable[[Book], None]:
    """Set cells."""

    def edit(book: Book) -> None:
        for address, value in values.items():
            r, c = place_of(address)
            book[sheet][r][c] = value

    return edit


def swap(sheet: str, one: str, other: str) -> Callable[[Book], None]:
    """Exchange two cells."""

    def edit(book: Book) -> None:
        (a, b), (c, d) = place_of(one), place_of(other)
        rows = book[sheet]
        rows[a][b], rows[c][d] = rows[c][d], rows[a][b]

    return edit


def rows_of(
    sheet: str, change: Callable[[list[list[Cell]]], None]
) -> Callable[[Book], None]:
    """Change the rows of a sheet in place."""
    return lambda book: change(book[sheet])


# What is known ---------------------------------------------------------------------


def series(id_: str, **answers: Any) -> Change:
    """Answer questions of a series otherwise."""

    def change(corpus: Corpus) -> Corpus:
        known = dict(corpus.reference.series)
        known[id_] = replace(known[id_], **answers)
        return _known(corpus, series=known)

    return change


def expected(id_: str, **answers: Any) -> Change:
    """Declare otherwise what a complete delivery of a series holds."""

    def change(corpus: Corpus) -> Corpus:
        given = corpus.reference.series[id_].expected
        return series(id_, expected=replace(given, **answers))(corpus)

    return change


def country(iso3: str, **facts: Any) -> Change:
    """State facts of a country otherwise."""

    def change(corpus: Corpus) -> Corpus:
        known = dict(corpus.reference.countries)
        known[iso3] = replace(known[iso3], **facts)
        return _known(corpus, countries=known)

    return change


def forget_series(id_: str) -> Change:
    """Take a series' definition away."""

    def change(corpus: Corpus) -> Corpus:
        known = {k: v for k, v in corpus.reference.series.items() if k != id_}
        return _known(corpus, series=known)

    return change


def _known(corpus: Corpus, **tables: Any) -> Corpus:
    given: Reference = replace(corpus.reference, **tables)
    return replace(corpus, reference=given)


def cells_of(corpus: Corpus, wanted: Where) -> Iterator[tuple[str, str]]:
    """Yield file and cell of the figures that have these values."""
    for row in figures(corpus, wanted):
        yield row["source_file"], row["source_ref"]


def unmarked_change(id_: str, start: date, **changes: Any) -> Change:
    """Let the definition of a series change on a day, with no break declared."""
    return marked_change(id_, start, is_break=False, **changes)


def marked_change(
    id_: str, start: date, *, is_break: bool = True, **changes: Any
) -> Change:
    """Let the definition of a series change on a day, with a break declared."""
    version = DefinitionVersion(
        id="other",
        start=start,
        is_break=is_break,
        reason="It changed.",
        changes=DefinitionChanges(**changes),
        source=SOURCE,
    )
    return series(id_, definitions=(version,))


def law_change(iso3: str, title: str, start: date, end: date | None = None) -> Change:
    """Let a sourced law be in force from a day on."""
    law = Statute(title=title, basis="sourced", start=start, end=end, source=SOURCE)

    def change(corpus: Corpus) -> Corpus:
        laws = corpus.reference.countries[iso3].statutes
        return country(iso3, statutes=(*laws, law))(corpus)

    return change


def country_law(iso3: str, title: str, **facts: Any) -> Change:
    """State facts of a law of a country otherwise."""

    def change(corpus: Corpus) -> Corpus:
        laws = corpus.reference.countries[iso3].statutes
        if title not in [law.title for law in laws]:
            raise LookupError(f"{iso3} has no {title}")
        stated = [replace(law, **facts) if law.title == title else law for law in laws]
        return country(iso3, statutes=tuple(stated))(corpus)

    return change


def without_column(name: str) -> Change:
    """Take a column away from every table of figures."""

    def less(item: Submission) -> Submission:
        return replace(item, observations=item.observations.drop_columns([name]))

    return in_every(less)
