"""A finding is known again wherever its cell has moved."""

from __future__ import annotations

import tallymark as tm


def _known(path):
    findings = tm.check(tm.read(path))
    return {(finding.fingerprint, finding.evidence) for finding in findings}


def test_inserted_row_and_column_and_new_names_leave_fingerprints(sheets, workbook):
    as_sent = sheets("xaa_case_data")
    moved = {
        f"Other {n}": [["", *row] for row in [[], *rows]]
        for n, rows in enumerate(as_sent.values())
    }
    known = _known(workbook(as_sent))
    assert len(known) > 10
    assert _known(workbook(moved, name="renamed.xlsx")) == known


def test_addresses_do_move(sheets, workbook):
    as_sent = sheets("xaa_case_data")
    moved = {name: [[], *rows] for name, rows in as_sent.items()}
    places = [
        {f.fingerprint: f.location.cells for f in tm.check(tm.read(path))}
        for path in (workbook(as_sent), workbook(moved, name="moved.xlsx"))
    ]
    assert places[0].keys() == places[1].keys()
    with_cells = [known for known, cells in places[0].items() if cells]
    assert with_cells
    assert all(places[0][known] != places[1][known] for known in with_cells)
