"""Figures set out in rows and columns: one cell, one figure or one total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from tallymark.errors import UsageError
from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.masks import figures_of
from tallymark.interpret.propagate import total
from tallymark.interpret.select import check_dimensions
from tallymark.interpret.shares import CaveatShare, caveat_shares
from tallymark.model.codes import Stage, Use
from tallymark.model.figure import Figure, Judgement
from tallymark.model.period import period_label
from tallymark.model.table import Label, Note, Table, TableSource, number_notes
from tallymark.model.words import code_words

Code = tuple[Any, ...]

_DIMENSION_NAMES = {
    "ref_area": "Area",
    "time_period": "Period",
    "counting_unit": "Counting unit",
    "series_id": "Series",
}
_STAGES = {stage.value: n for n, stage in enumerate(Stage)}


def lay_out(
    figures: pa.Table,
    dimensions: tuple[Sequence[str], Sequence[str]],
    catalogue: Catalogue,
    names: Mapping[str, Mapping[str, str]],
    sources: tuple[TableSource, ...],
    *,
    left_out: pa.Table | None = None,
) -> Table:
    """Return the table of figures by row and column dimensions.

    Figures that share a cell are added up, where they may be; `left_out` are those set
    aside before. `names` gives printed names by dimension and code (`ref_area`,
    `series_id`).

    Raises:
        UsageError: a dimension is no column of a figure's type.
    """
    rows, columns = dimensions
    check_dimensions((*rows, *columns))
    if not rows or not columns or len({*rows, *columns}) < len(rows) + len(columns):
        raise UsageError(
            "a table needs a dimension for its rows and another for its columns.",
            hint="Name each dimension once.",
        )
    added = total(figures, [*rows, *columns], catalogue, left_out)
    summed = figures_of(added, catalogue)
    cells = {(_code(f, rows), _code(f, columns)): f for f in summed}
    row_codes = _sorted({row for row, _ in cells}, rows, summed, names)
    column_codes = _sorted({column for _, column in cells}, columns, summed, names)
    grid = tuple(
        tuple(cells.get((row, column)) for column in column_codes) for row in row_codes
    )
    use = Use.SHOW if len(summed) == figures.num_rows else Use.TOTAL
    notes = number_notes(grid, catalogue.caveats)
    if use is Use.TOTAL:
        shares = caveat_shares(figures, [*rows, *columns], catalogue)
        notes = _with_shares(notes, cells, shares)
    return Table(
        caption=_caption(figures, dimensions, names),
        row_dimensions=tuple(_dimension(name) for name in rows),
        column_dimensions=tuple(_dimension(name) for name in columns),
        rows=tuple(_labels(code, rows, names) for code in row_codes),
        columns=tuple(_labels(code, columns, names) for code in column_codes),
        cells=grid,
        notes=notes,
        sources=sources,
        use=use,
    )


def _with_shares(
    notes: Sequence[Note],
    cells: Mapping[tuple[Code, Code], Figure],
    shares: Sequence[CaveatShare],
) -> tuple[Note, ...]:
    """Say in each note how much of the totals stands under it, where all of them tell."""
    added = {row + column: figure for (row, column), figure in cells.items()}
    held: dict[str, list[float | None]] = {note.slug: [] for note in notes}
    for share in shares:
        figure = added[tuple(share.group.values())]
        if figure.judgement is not Judgement.REFUSED:
            held[share.caveat].append(share.share)
    return tuple(replace(note, of_totals=_span(held[note.slug])) for note in notes)


def _span(shares: Sequence[float | None]) -> tuple[float, float]:
    known = [share for share in shares if share is not None and 0 <= share <= 1]
    if not known or len(known) < len(shares):
        return 1.0, 1.0
    return min(known), max(known)


def _code(figure: Figure, dimensions: Sequence[str]) -> Code:
    return tuple(figure.type[name] for name in dimensions)


def _sorted(
    codes: set[Code],
    dimensions: Sequence[str],
    figures: Sequence[Figure],
    names: Mapping[str, Mapping[str, str]],
) -> list[Code]:
    days = _period_days(figures)

    def place(code: Code) -> list[tuple[bool, Any, str]]:
        return [
            (value is None, _place(name, value, days), _text(name, value, names))
            for name, value in zip(dimensions, code, strict=True)
        ]

    return sorted(codes, key=place)


def _place(name: str, value: Any, days: Mapping[str, Sequence[date]]) -> Sequence[Any]:
    if name == "time_period":
        return days.get(value, ())
    return (_STAGES.get(value, 0),) if name == "stage" else ()


def _period_days(figures: Sequence[Figure]) -> dict[str, tuple[date, ...]]:
    """Return first and last day of each period: what begins on one day goes by its end."""
    days = {
        str(f.type["time_period"]): (f.type["period_start"], f.type["period_end"])
        for f in figures
    }
    return {
        period: tuple(day for day in span if isinstance(day, date))
        for period, span in days.items()
    }


def _labels(
    code: Code, dimensions: Sequence[str], names: Mapping[str, Mapping[str, str]]
) -> tuple[Label, ...]:
    return tuple(
        Label(str(value), _text(name, value, names))
        for name, value in zip(dimensions, code, strict=True)
    )


def _text(name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    if value is None:
        return "not known"
    if name == "time_period":
        return period_label(value)
    if name in names:
        return names[name].get(value, str(value))
    words = code_words(str(value))
    return words[:1].upper() + words[1:]


def _dimension(name: str) -> Label:
    return Label(name, _DIMENSION_NAMES.get(name, name.replace("_", " ").capitalize()))


def _caption(
    figures: pa.Table,
    dimensions: tuple[Sequence[str], Sequence[str]],
    names: Mapping[str, Mapping[str, str]],
) -> str:
    series = sorted(set(figures["series_id"].unique().to_pylist()) - {None})
    what = "; ".join(_text("series_id", s, names) for s in series[:3]) or "Figures"
    if len(series) > 3:
        what += f"; and {len(series) - 3} more series"
    by = " and ".join(
        ", ".join(_dimension(name).text.lower() for name in side) for side in dimensions
    )
    return f"{what}, by {by}"
