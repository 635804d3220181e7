"""Draw a tidy table, print it in a random layout, read it back: equal, addresses too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tallymark.documents import validated
from tallymark.ingest import read
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import spelled_out
from tallymark.ingest.layout import searchable
from tallymark.ingest.submission import submission_of
from tallymark.model.grid import Grid, Sheet, Value
from tallymark.model.submission import Submission

AREAS = {"Kenya": "KEN", "Namibia": "NAM", "XAA": "XAA", "GBR_NI": "GBR_NI"}
SEXES = {"Total": "_T", "Boys": "M", "Girls": "F"}
CELLS: dict[Value, tuple[float | None, str | None]] = {
    "<5": (None, "SUPPRESSED"),
    ":": (None, "NOT_AVAILABLE"),
    "": (None, "BLANK"),
    "?": (None, "UNREADABLE"),
    "1,757": (1757.0, None),
    "12": (12.0, None),
    0.0: (0.0, None),
    3.0: (3.0, None),
}
COMMON: dict[str, Any] = {
    "id": "drawn",
    "version": 1,
    "title": "drawn",
    "source": {"title": "drawn"},
    "vintage": None,
    "numbers": {
        "group": [","],
        "bounds": {"<5": {"low": 1, "high": 4, "reason": "SUPPRESSED"}},
    },
    "missing": {":": "NOT_AVAILABLE"},
}
CONSTANTS = {
    "series_id": "s",
    "stage": "CHARGED",
    "counting_unit": "PERSON",
    "scope": "OCSEA",
}

Key = tuple[str, str, str]


@dataclass
class Drawn:
    """A printed table: its sheet, its adapter, and what must come back from each cell."""

    sheet: Sheet
    document: dict[str, Any]
    truth: dict[str, tuple[Key, float | None, str | None]]


@st.composite
def tidy(draw: st.DrawFn) -> dict[tuple[str, int, str], Value]:
    """Draw a complete table of areas × years × sexes."""
    areas = draw(st.lists(st.sampled_from(list(AREAS)), min_size=1, unique=True))
    years = draw(st.lists(st.integers(1950, 2050), min_size=1, max_size=4, unique=True))
    sexes = draw(st.lists(st.sampled_from(list(SEXES)), min_size=1, unique=True))
    cell = st.sampled_from(list(CELLS))
    return {(a, y, s): draw(cell) for a in areas for y in years for s in sexes}


@st.composite
def rims(draw: st.DrawFn) -> tuple[list[list[Value]], int, str | None]:
    """Draw rows above, a number of empty columns left, and a sheet name."""
    text = st.sampled_from(["", "Police", "Table 3", 17.0, "Area", "Year"])
    above = draw(st.lists(st.lists(text, max_size=3), max_size=4))
    name = draw(st.sampled_from([None, "Sheet1", "Annex 2", "it's"]))
    return above, draw(st.integers(0, 3)), name


@st.composite
def long_tables(draw: st.DrawFn) -> Drawn:
    table = draw(tidy())
    above, left, name = draw(rims())
    headings = draw(st.permutations(["Area", "Year", "Sex", "Cases", "Source"]))
    gap = draw(st.sampled_from([None, *range(1, 5)]))
    rows: list[list[Value]] = [list(row) for row in above]
    truth: dict[str, tuple[Key, float | None, str | None]] = {}
    columns = [left + i + (gap is not None and i >= gap) for i in range(5)]
    rows.append(_line(columns, headings))
    for (area, year, sex), cell in table.items():
        if draw(st.booleans()):
            rows.append([""])
        held = {"Area": area, "Year": float(year), "Sex": sex, "Cases": cell}
        at = columns[headings.index("Cases")]
        where = Sheet(name=name, rows=[]).address(len(rows), at)
        truth[where] = ((AREAS[area], str(year), SEXES[sex]), *CELLS[cell])
        rows.append(_line(columns, [held.get(h, "NSO") for h in headings]))
    document = {
        "name": "long",
        "header": list(headings),
        "values": ["Cases"],
        "constants": CONSTANTS,
        "lookups": [
            {"column": "Sex", "field": "sex", "map": SEXES},
            {"column": "Area", "parse": "area"},
            {"column": "Year", "parse": "period"},
        ],
    }
    return Drawn(Sheet(name=name, rows=rows), {**COMMON, "tables": [document]}, truth)


@st.composite
def cross_tabs(draw: st.DrawFn) -> Drawn:
    """Years across, under a heading a sex, that is merged or printed once."""
    table = draw(tidy())
    above, left, name = draw(rims())
    is_merged = draw(st.booleans())
    pairs = list(dict.fromkeys((sex, year) for _, year, sex in table))
    pairs.sort(key=lambda pair: list(SEXES).index(pair[0]))
    areas = list(dict.fromkeys(area for area, _, _ in table))
    columns = [left + 1 + i for i in range(len(pairs))]
    rows: list[list[Value]] = [list(row) for row in above]
    firsts = [i for i, (sex, _) in enumerate(pairs) if sex not in dict(pairs[:i])]
    heads = [sex if i in firsts else "" for i, (sex, _) in enumerate(pairs)]
    ends = [*firsts[1:], len(pairs)]
    merged = [
        (len(rows), columns[i], len(rows), columns[end - 1])
        for i, end in zip(firsts, ends, strict=True)
        if is_merged and end - i > 1
    ]
    rows.append(_line(columns, heads))
    years: list[Value] = [f"{year} " for _, year in pairs]
    rows.append(_line([left, *columns], ["Area", *years]))
    truth: dict[str, tuple[Key, float | None, str | None]] = {}
    for area in areas:
        cells = [table[area, year, sex] for sex, year in pairs]
        for column, (sex, year), cell in zip(columns, pairs, cells, strict=True):
            where = Sheet(name=name, rows=[]).address(len(rows), column)
            truth[where] = ((AREAS[area], str(year), SEXES[sex]), *CELLS[cell])
        rows.append(_line([left, *columns], [area, *cells]))
    document = {
        "name": "cross",
        "header": ["Area", {"name": "years", "pattern": r"\d{4}", "many": True}],
        "rows": {"until": "blank"},
        "values": ["years"],
        "constants": CONSTANTS,
        "lookups": [
            {"column": "Area", "parse": "area"},
            {"header": 0, "parse": "period"},
            {"header": 1, "field": "sex", "map": SEXES},
        ],
    }
    sheet = Sheet(name=name, rows=rows, merged=tuple(merged))
    return Drawn(sheet, {**COMMON, "tables": [document]}, truth)


def _line(columns: list[int], cells: list[Value]) -> list[Value]:
    line: list[Value] = [""] * (max(columns) + 1)
    for column, cell in zip(columns, cells, strict=True):
        line[column] = cell
    return line


def read_back(drawn: Drawn) -> Submission:
    adapter = validated(spelled_out(drawn.document), Adapter, file="drawn")
    grid = Grid(file="f", sha256="00", format="xlsx", sheets=(drawn.sheet,))
    return submission_of(adapter, grid, searchable(grid, Path("f")), Path("f"))


@given(st.one_of(long_tables(), cross_tabs()))
def test_what_was_printed_is_read_back_with_its_addresses(drawn: Drawn) -> None:
    submission = read_back(drawn)
    found = {
        row["source_ref"]: (
            (row["ref_area"], row["time_period"], row["sex"]),
            row["obs_value"],
            row["missing_reason"],
        )
        for row in submission.observations.to_pylist()
    }
    assert found == drawn.truth
    assert len(set(submission.observations["obs_id"].to_pylist())) == len(drawn.truth)


@given(st.one_of(long_tables(), cross_tabs()))
def test_every_numeric_cell_is_an_observation_or_a_loss(drawn: Drawn) -> None:
    submission = read_back(drawn)
    losses = submission.losses.to_pylist()
    outside = {r["source_ref"] for r in losses if r["kind"] == "number-outside-columns"}
    rows = submission.observations.to_pylist()
    numeric = {
        row["source_ref"]
        for row in rows
        if row["obs_value"] is not None or row["value_low"] is not None
    }
    assert submission.n_numeric == len(numeric | outside)
    unread = {r["source_ref"] for r in losses if r["kind"] == "number-not-read"}
    assert unread == {where for where, t in drawn.truth.items() if t[2] == "UNREADABLE"}


@given(long_tables(), st.integers(0, 4), st.integers(0, 4))
def test_an_inserted_row_and_column_change_addresses_alone(
    drawn: Drawn, row: int, column: int
) -> None:
    rows = [[*r[:column], "", *r[column:]] for r in drawn.sheet.rows]
    rows.insert(min(row, len(rows)), [""])
    moved = Drawn(Sheet(name="Renamed", rows=rows), drawn.document, {})
    before, after = read_back(drawn), read_back(moved)
    placed = ("obs_id", "source_ref")
    plain = before.observations.drop_columns(placed)
    assert after.observations.drop_columns(placed).equals(plain)
    assert after.layout == before.layout


@pytest.mark.parametrize("workbook", [True, False], ids=["xlsx", "csv"])
def test_the_same_table_reads_the_same_from_a_file(
    tmp_path: Path, *, workbook: bool
) -> None:
    rows: list[list[Value]] = [["Area", "2018"], ["Kenya", "1,757"], ["Namibia", "<5"]]
    path = tmp_path / ("t.xlsx" if workbook else "t.csv")
    if workbook:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Table 1")
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    else:
        path.write_text('Area,2018\nKenya,"1,757"\nNamibia,<5\n', encoding="utf-8")
    adapter = tmp_path / "drawn.yaml"
    table = {
        "name": "t",
        "header": ["Area", "2018"],
        "values": ["2018"],
        "constants": CONSTANTS,
        "lookups": [
            {"column": "Area", "parse": "area"},
            {"header": 0, "parse": "period"},
        ],
    }
    adapter.write_text(yaml.safe_dump({**COMMON, "tables": [table]}), encoding="utf-8")
    [submission] = read([path], str(adapter))
    refs = submission.observations["source_ref"].to_pylist()
    assert refs == (["'Table 1'!B2", "'Table 1'!B3"] if workbook else ["R2C2", "R3C2"])
    assert submission.observations["obs_value"].to_pylist() == [1757.0, None]
