"""What gets past the gate, what does not, and what is told of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gate_accounts import ACCOUNTS
from gate_counts import COUNTS
from gate_disguises import DISGUISES
from gate_lists import LISTS
from gate_notes import NOTES
from gate_registers import REGISTERS, TOTALS, Sheets, english
from gate_shorthand import SHORTHAND
from tallymark.errors import PersonalDataError, UsageError
from tallymark.ingest.person_gate.screening import (
    check_names,
    check_reasons,
    overridden,
    screen,
    sheet_key,
)
from tallymark.model.grid import Grid, Sheet, Style, text_of

FILE = Path("f.xlsx")
OF_PERSONS = REGISTERS | DISGUISES | SHORTHAND | ACCOUNTS
OF_COUNTS = COUNTS | LISTS | NOTES


def grid_of(sheets: Sheets, **more: Any) -> Grid:
    held = tuple(Sheet(name=name, rows=rows) for name, rows in sheets)
    return Grid(file=FILE.name, sha256="00", format="xlsx", sheets=held, **more)


def refusal_of(grid: Grid, **more: Any) -> PersonalDataError:
    with pytest.raises(PersonalDataError) as caught:
        screen(grid, FILE, **more)
    return caught.value


@pytest.mark.parametrize("name", OF_PERSONS)
def test_a_list_of_persons_is_refused_without_a_word_of_it(name: str) -> None:
    sheets = OF_PERSONS[name]()
    told = str(refusal_of(grid_of(sheets)))
    assert "looks like a list of persons" in told or "more look like a list" in told
    assert told.endswith("Nothing was stored. Ask the sender for totals.")
    texts = {text_of(cell) for _, rows in sheets for row in rows[1:] for cell in row}
    assert not [text for text in texts if len(text) > 3 and text in told]


@pytest.mark.parametrize("name", OF_COUNTS)
def test_counts_and_what_stands_beside_them_pass(name: str) -> None:
    grid = grid_of(OF_COUNTS[name]())
    assert screen(grid, FILE) is grid


def test_the_message_tells_where_how_much_and_what_kind() -> None:
    error = refusal_of(grid_of(english()))
    assert error.where == "f.xlsx"
    assert error.what == (
        "Sheet 'Annex 2' looks like a list of persons (5 rows; a birth date in column"
        " D, names of persons in column B). Nothing was stored."
    )
    assert error.hint == "Ask the sender for totals."


def test_all_sheets_are_told_in_one_message() -> None:
    rows = english()[0][1]
    what = refusal_of(grid_of([("A", rows), ("Sum", TOTALS), ("B", rows)])).what
    assert what.count("looks like a list of persons") == 2
    assert what.count("Nothing was stored.") == 1
    assert "'Sum'" not in what


def test_hidden_sheets_are_looked_at_and_called_so() -> None:
    hidden = Sheet(name="x", rows=english()[0][1], is_hidden=True)
    grid = grid_of([("Sum", TOTALS)])
    error = refusal_of(replace(grid, sheets=(*grid.sheets, hidden)))
    assert error.what.startswith("Hidden sheet 'x' looks like a list of persons")


def test_what_a_file_holds_unshown_is_looked_at_then_dropped() -> None:
    cache = Sheet(name="Pivot cache 1", rows=english()[0][1])
    harmless = Sheet(name="Pivot cache 1", rows=TOTALS)
    error = refusal_of(grid_of([("Sum", TOTALS)], unshown=(cache,)))
    assert error.what.startswith("Sheet 'Pivot cache 1' looks like")
    grid = grid_of([("Sum", TOTALS)], unshown=(harmless,))
    assert screen(grid, FILE) == replace(grid, unshown=())


def test_the_values_of_a_pivot_cache_stand_beside_each_other_by_chance() -> None:
    items = [
        ["Sex", "Age"],
        ["F", 14],
        ["M", 11],
        *[[None, age] for age in (12, 9, 17)],
    ]
    grid = grid_of([("Sum", TOTALS)], unshown=(Sheet(name="items", rows=items),))
    assert screen(grid, FILE).unshown == ()


def test_comments_are_looked_at() -> None:
    texts = (
        "On 3/4/2019 the girl told her mother that the suspect had filmed her.",
        "The boy, 13 years old, was met by the suspect, a neighbour, after school.",
    )
    styles = {(2, i): Style(comment=text) for i, text in enumerate(texts)}
    sheet = Sheet(name="Sum", rows=TOTALS, styles=styles)
    error = refusal_of(replace(grid_of([]), sheets=(sheet,)))
    assert "accounts of single cases in comments" in error.what


def test_a_page_and_a_file_without_sheets_are_told_by_number() -> None:
    rows = english()[0][1]
    page = Sheet(name="p3.t1", rows=rows, is_numbered=True, member="a.pdf")
    plain = Sheet(name=None, rows=rows)
    inner = Sheet(name=None, rows=rows, member="b.csv")
    what = refusal_of(replace(grid_of([]), sheets=(page, plain, inner))).what
    assert "Table 'p3.t1' of 'a.pdf' looks like a list of persons (5 rows; a" in what
    assert "a birth date in column 4" in what
    assert "The file looks like" in what
    assert "The file 'b.csv' looks like" in what


def test_a_sheet_that_is_called_like_a_person_is_told_by_its_number() -> None:
    rows = english()[0][1]
    named = Sheet(name="Asha Otienza", rows=rows)
    listed = Sheet(name="Case of Halima Juma", rows=rows)
    what = refusal_of(replace(grid_of([]), sheets=(named, listed))).what
    assert "Sheet number 1 looks" in what
    assert "Sheet number 2 looks" in what


def test_the_rows_of_a_long_list_are_counted_to_the_end() -> None:
    rows = [["Name of victim", "Age"], *[[f"Victim {i}", i % 18] for i in range(9_000)]]
    assert "(9,000 rows; names of persons in column A" in str(
        refusal_of(grid_of([("L", rows)]))
    )


def test_a_declared_sheet_passes_and_is_recorded() -> None:
    reason = {"Annex 2": "a list of invented cases for training"}
    grid = grid_of(english())
    assert screen(grid, FILE, reason) is grid
    assert overridden(grid, reason) == reason
    assert overridden(grid_of([("Sum", TOTALS)]), reason) == {}
    other = grid_of([*english(), ("B", english()[0][1])])
    assert "Sheet 'B'" in refusal_of(other, not_personal=reason).what


def test_a_sheet_is_declared_by_the_name_that_it_has_in_its_file() -> None:
    rows = english()[0][1]
    sheets = {
        "f.xlsx": Sheet(name=None, rows=rows),
        "b.csv": Sheet(name=None, rows=rows, member="b.csv"),
        "c.xlsx:Annex": Sheet(name="Annex", rows=rows, member="c.xlsx"),
    }
    grid = replace(grid_of([]), sheets=tuple(sheets.values()))
    assert [sheet_key(sheet, grid) for sheet in grid.sheets] == list(sheets)
    assert screen(grid, FILE, dict.fromkeys(sheets, "invented")) is grid


def test_a_declaration_needs_a_reason_and_a_sheet() -> None:
    with pytest.raises(UsageError, match="'Annex 2' gives no reason"):
        check_reasons({"Annex 1": "counts", "Annex 2": " "})
    with pytest.raises(UsageError, match=r"'Anex', which no file has\. Sheets: A, B"):
        check_names({"A": "counts", "Anex": "counts"}, ["B", "A", "B"])
    check_reasons({"A": "counts"})
    check_names({"A": "counts"}, ["A"])


def test_an_empty_sheet_and_an_empty_file_pass() -> None:
    grid = grid_of([("A", []), ("B", [[]]), ("C", [["", None]])])
    assert screen(grid, FILE) is grid
    assert screen(grid_of([]), FILE) == grid_of([])


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_message_does_not_hang_on_the_order_of_sets(seed: str) -> None:
    code = (
        "from pathlib import Path\n"
        "from tallymark.ingest.person_gate.screening import screen\n"
        "from tallymark.model.grid import Grid, Sheet\n"
        "rows = [[f'K{i}/19', 'FM'[i % 2], 9 + i * 7 % 8, f'{i + 3}.{i + 1}.2019']"
        " for i in range(9)]\n"
        "sheets = (Sheet(name='S', rows=rows),)\n"
        "screen(Grid(file='f', sha256='', format='x', sheets=sheets), Path('f'))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": seed, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    assert (
        "(9 rows; one sex a row in column B, a day a row in column D, a code of" in told
    )
