"""Faults put into clean workbooks are found, each by its expectation at its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from invented_workbooks import (
    Book,
    Cells,
    gaps,
    khmer,
    marks_told,
    sections,
    sexes,
    subtotals,
    thai,
    years,
)

import tallymark as tm


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A change to a clean table, what must tell of it, and where."""

    table: Callable[[], Cells] = years
    put: dict[str, Any] = field(default_factory=dict)
    book: dict[str, Any] = field(default_factory=dict)
    expectation: str
    cell: str
    says: str = ""


FAULTS = {
    "a reference is lost": Fault(
        put={"C5": "#REF!"}, expectation="cell-holds-error", cell="C5", says="#REF!"
    ),
    "an error of LibreOffice": Fault(
        put={"B7": "Err:502"}, expectation="cell-holds-error", cell="B7"
    ),
    "a division by zero in German": Fault(
        put={"D4": "#DIV/0!"}, expectation="cell-holds-error", cell="D4"
    ),
    "a word": Fault(
        put={"C6": "about 50"}, expectation="word-among-figures", cell="C6"
    ),
    "a lone word beside known gaps": Fault(
        table=gaps, put={"D4": "see note"}, expectation="word-among-figures", cell="D4"
    ),
    "a hidden row": Fault(
        book={"hidden_rows": [6]}, expectation="numbers-hidden", cell="B6", says="3"
    ),
    "a hidden column": Fault(
        book={"hidden_columns": ["C"]}, expectation="numbers-hidden", cell="C4"
    ),
    "a total of rows": Fault(
        put={"C9": 850}, expectation="printed-total-off-parts", cell="C9", says="850"
    ),
    "a part of a Thai total": Fault(
        table=thai, put={"C3": 902}, expectation="printed-total-off-parts", cell="C5"
    ),
    "a Khmer total of columns": Fault(
        table=khmer, put={"D3": 700}, expectation="printed-total-off-parts", cell="D3"
    ),
    "a subtotal": Fault(
        table=subtotals, put={"B4": 43}, expectation="printed-total-off-parts", cell="B4"
    ),
    "a grand total": Fault(
        table=subtotals, put={"D8": 113}, expectation="printed-total-off-parts", cell="D8"
    ),
    "a total in a group of headings": Fault(
        table=sexes, put={"G4": 9}, expectation="printed-total-off-parts", cell="G4"
    ),
    "a row twice": Fault(
        put={"A10": "North", "B10": 120, "C10": 131, "D10": 126},
        table=lambda: years()[:8],
        expectation="printed-row-repeats",
        cell="B10",
    ),
    "a label twice in a section": Fault(
        table=sections, put={"A7": "Girls"}, expectation="printed-row-repeats", cell="B7"
    ),
    "a year left out": Fault(
        table=lambda: [[row[0], *row[1:2], *row[3:]] for row in years()[2:]],
        expectation="printed-years-missing",
        cell="B1",
        says="2018",
    ),
    "a column copied": Fault(
        put={f"C{n}": value for n, value in enumerate((120, 310, 45, 88, 204, 767), 4)},
        expectation="printed-line-copied",
        cell="C4",
    ),
    "a zero lost": Fault(put={"C5": 32}, expectation="figure-shifted", cell="C5"),
    "a zero doubled": Fault(put={"D8": 2310}, expectation="figure-shifted", cell="D8"),
    "a decimal mark moved": Fault(
        put={"B4": 1.2}, expectation="figure-shifted", cell="B4"
    ),
    "a mark that nothing explains": Fault(
        table=lambda: [row[:2] for row in marks_told()],
        expectation="numeral-ambiguous",
        cell="B2",
        says="1.843",
    ),
    "a fraction among whole numbers": Fault(
        put={"C8": 1.219}, expectation="numeral-ambiguous", cell="C8"
    ),
    "a number as text": Fault(
        put={"C5": "322"}, expectation="number-stored-as-text", cell="C5"
    ),
    "a date": Fault(
        put={"C6": "10-Oct"}, expectation="date-among-figures", cell="C6"
    ),
    "merged figures": Fault(
        put={"B5": None, "B4": 430},
        book={"merged": ["B4:B5"]},
        expectation="figure-in-merged-cells",
        cell="B4",
    ),
    "a formula without its value": Fault(
        put={"B9": "=SUM(B4:B8)"}, expectation="formula-without-value", cell="B9"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_cell(name, tmp_path):
    fault = FAULTS[name]
    book = Book(sheets={"Data": fault.table()}, more=fault.put, **fault.book)
    findings = tm.check(tm.draft(book.save(tmp_path / "fault.xlsx")), "workbook")
    told = {f.expectation: f for f in findings}
    assert fault.expectation in told, [(f.expectation, f.found) for f in findings]
    one = [
        f for f in findings
        if f.expectation == fault.expectation
        and f"Data!{fault.cell}" in f.location.cells
    ]  # fmt: skip
    assert one, [str(f.location) for f in findings]
    assert fault.says in one[0].found
    assert one[0].ask


def test_numbers_on_a_hidden_sheet(tmp_path):
    book = Book(sheets={"Data": years(), "Old": years()}, hidden_sheets=["Old"])
    findings = tm.check(tm.draft(book.save(tmp_path / "fault.xlsx")), "workbook")
    [finding] = [f for f in findings if f.expectation == "numbers-hidden"]
    assert finding.location.cells[0] == "Old!B3" or "Old!" in finding.location.cells[0]
    assert "Old" in finding.found


def test_a_finding_is_known_again_where_its_cell_moves(tmp_path):
    marks = set()
    for n_above in (0, 3):
        rows = [["Sent by fax"]] * n_above + years()
        rows[4 + n_above][2] = "#REF!"
        path = Book(sheets={"Data": rows}).save(tmp_path / f"{n_above}.xlsx")
        findings = tm.check(tm.draft(path), "workbook")
        [finding] = [f for f in findings if f.expectation == "cell-holds-error"]
        marks.add(finding.fingerprint)
    assert len(marks) == 1
