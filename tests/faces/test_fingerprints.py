"""A finding is known again wherever its cell has moved."""

from __future__ import annotations

from python_calamine import load_workbook

import tallymark as tm


def _rows(path):
    sheet = load_workbook(str(path)).get_sheet_by_index(0)
    return sheet.name, [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _known(path):
    findings = tm.check(tm.read(path))
    return {(finding.fingerprint, finding.evidence) for finding in findings}


def test_inserted_row_and_column_and_new_names_leave_fingerprints(sample, workbook):
    name, rows = _rows(sample("xaa_case_data"))
    same = workbook(rows, sheet=name)
    moved = workbook(
        [["", *row] for row in [[], *rows]], name="renamed.xlsx", sheet="Other name"
    )
    assert len(_known(same)) > 5
    assert _known(moved) == _known(same)


def test_addresses_do_move(sample, workbook):
    name, rows = _rows(sample("xaa_case_data"))
    before = tm.check(tm.read(workbook(rows, sheet=name)))
    moved = workbook([[], *rows], name="moved.xlsx", sheet=name)
    after = tm.check(tm.read(moved))
    places = [
        {f.fingerprint: f.location.cells for f in found if f.location.cells}
        for found in (before, after)
    ]
    assert places[0].keys() == places[1].keys()
    assert all(places[0][known] != places[1][known] for known in places[0])
