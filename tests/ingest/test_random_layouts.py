"""Whatever layout a tidy table is printed in, it is read back, with right addresses."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from layouts import Printed, printed_files
from tallymark.documents import validated
from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import spelled_out
from tallymark.ingest.layout import searchable
from tallymark.ingest.submission import submission_of
from tallymark.ingest.tracing import trace_of
from tallymark.model.grid import Grid
from tallymark.model.submission import Submission
from tallymark.model.trace import Became


def grid_of(printed: Printed) -> Grid:
    return Grid(file="f", sha256="00", format="xlsx", sheets=tuple(printed.sheets))


def adapter_of(printed: Printed) -> Adapter:
    return validated(spelled_out(printed.document), Adapter, file="printed")


def read_back(printed: Printed) -> Submission:
    grid = grid_of(printed)
    return submission_of(
        adapter_of(printed), grid, searchable(grid, Path("f")), Path("f")
    )


@given(printed_files())
def test_what_was_printed_comes_back_with_its_address(printed: Printed) -> None:
    submission = read_back(printed)
    found = {
        row["source_ref"]: (
            row["ref_area"],
            row["time_period"],
            row["sex"],
            row["obs_value"],
            row["missing_reason"],
            row["notes"],
        )
        for row in submission.observations.to_pylist()
    }
    blank = {ref for ref in found if ref not in printed.truth}
    assert all(found[ref][4] == "BLANK" for ref in blank)
    assert {ref: row for ref, row in found.items() if ref not in blank} == printed.truth
    assert submission.losses.num_rows == 0


@given(printed_files())
def test_every_number_is_counted_once(printed: Printed) -> None:
    n = sum(value is not None for _, _, _, value, _, _ in printed.truth.values())
    assert read_back(printed).n_numeric == n


@given(printed_files())
def test_the_trace_shows_each_figure_where_it_stands(printed: Printed) -> None:
    grid = grid_of(printed)
    trace = trace_of(adapter_of(printed), grid, searchable(grid, Path("f")), Path("f"))
    shown = {
        traced.sheet.address(*cell)
        for traced in trace.sheets
        for cell, one in traced.cells.items()
        if one.became is Became.OBSERVATION
    }
    assert printed.truth.keys() <= shown
