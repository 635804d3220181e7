"""Workbooks without a fault raise nothing but that nobody has confirmed the guesses."""

from __future__ import annotations

import pytest
from invented_workbooks import CLEAN, Book, years

import tallymark as tm
from tallymark.model.finding import Status


@pytest.mark.parametrize("table", CLEAN, ids=lambda table: table.__name__)
def test_a_clean_table_raises_nothing(table, tmp_path):
    path = Book(sheets={"Table 1": table()}).save(tmp_path / "clean.xlsx")
    findings = tm.check(tm.draft(path), "workbook")
    told = [(f.expectation, str(f.location), f.found) for f in findings]
    assert [name for name, *_ in told] == ["guesses-not-confirmed"], told
    assert Status.CRASHED not in {outcome.status for outcome in findings.outcomes}
    assert findings.not_checked() == ()


def test_several_clean_sheets_raise_nothing(tmp_path):
    sheets = {table.__name__: table() for table in CLEAN}
    path = Book(sheets=sheets).save(tmp_path / "clean.xlsx")
    findings = tm.check(tm.draft(path), "workbook")
    assert {f.expectation for f in findings} == {"guesses-not-confirmed"}


def test_a_clean_csv_says_what_it_cannot_look_at(tmp_path):
    path = tmp_path / "clean.csv"
    rows = years()[2:]
    path.write_text("\n".join(",".join(map(str, row)) for row in rows))
    findings = tm.check(tm.draft(path), "workbook")
    assert [f.expectation for f in findings] == ["guesses-not-confirmed"]
    reasons = {o.expectation: o.reason for o in findings.outcomes}
    assert reasons["numbers-hidden"].endswith("files of this kind (delimited)")
