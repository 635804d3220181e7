"""The CSV: tidy, safe in a spreadsheet, Namibia kept, notes beside it."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from tallymark.model.figure import Judgement
from tallymark.model.table import Label
from tallymark.present import render


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_one_row_per_cell_with_its_caveats(figure, table) -> None:
    cells = [
        [figure(15054.0, "tips", "small", obs_status="P"), None],
        [
            figure(None, "tips", low=1.0, high=4.0, missing_reason="SUPPRESSED"),
            figure(None, judgement=Judgement.REFUSED, n_declared=3, obs_ids=("a", "b")),
        ],
    ]
    rows = read(render("table", "csv", table(cells))[""])
    assert rows[0] == {
        "ref_area": "NAM",
        "ref_area_label": "Namibia",
        "time_period": "2017",
        "time_period_label": "2017",
        "value": "15054",
        "low": "15054",
        "high": "15054",
        "state": "value",
        "status": "p",
        "missing_reason": "",
        "marks": "1 2",
        "caveats": "tips small",
        "resolved": "",
        "n_present": "1",
        "n_declared": "1",
        "n_observations": "1",
        "id": "",
    }
    assert [row["state"] for row in rows] == [
        "value",
        "no_entry",
        "bounds",
        "not_calculated",
    ]
    assert [row["value"] for row in rows] == ["15054", "", "", ""]
    assert (rows[2]["low"], rows[2]["high"], rows[2]["status"]) == ("1", "4", "c")
    assert rows[3]["n_observations"] == "2"


def test_decimals_are_kept_in_full(figure, table) -> None:
    (row,) = read(render("table", "csv", table([[figure(12.345678901234)]]))[""])
    assert float(row["value"]) == 12.345678901234


def test_pandas_reads_it_and_keeps_namibia(figure, table) -> None:
    content = render("table", "csv", table([[figure(1.0)], [figure(None)]]))[""]
    frame = pd.read_csv(io.BytesIO(content))
    assert list(frame["ref_area_label"]) == ["Namibia", "Kenya"]
    two_letters = table([[figure(1.0)]], rows=((Label("NA", "Namibia"),),))
    frame = pd.read_csv(
        io.BytesIO(render("table", "csv", two_letters)[""]),
        keep_default_na=False,
        na_values=[""],
    )
    assert list(frame["ref_area"]) == ["NA"]


@pytest.mark.parametrize("start", list("=+-@"))
def test_no_text_runs_as_a_formula(figure, table, start) -> None:
    hostile = Label(f"{start}c", f"{start}cmd()")
    content = render("table", "csv", table([[figure(-1.5)]], rows=((hostile,),)))
    (row,) = read(content[""])
    assert row["ref_area_label"] == f"'{start}cmd()"
    assert row["ref_area"] == f"'{start}c"
    assert row["value"] == "-1.5"


def test_the_side_file_holds_what_surrounds_the_table(figure, table) -> None:
    invented = table([[figure(0.0, "zero", "invented-figure", obs_status="E")]])
    rows = read(render("table", "csv", invented)[".notes.csv"])
    by_kind = {row["kind"]: row for row in rows}
    assert "Invented figures" in by_kind["caption"]["sentence"]
    notes = [row for row in rows if row["kind"] == "note"]
    assert [(n["mark"], n["slug"], n["limits"]) for n in notes] == [
        ("1", "invented-figure", "level"),
        ("2", "zero", "ranking trend"),
    ]
    assert notes[1]["sentence"] == "Sentence of zero."
    assert by_kind["key"]["mark"] == "e"
    assert "report.xlsx" in by_kind["source"]["sentence"]


def test_every_mark_of_the_cells_has_its_note(figure, table) -> None:
    files = render("table", "csv", table([[figure(1.0, "tips", "gap"), figure(2.0)]]))
    marks = {m for row in read(files[""]) for m in row["marks"].split()}
    assert marks == {
        n["mark"] for n in read(files[".notes.csv"]) if n["kind"] == "note"
    }


def test_each_figure_has_its_id_and_an_empty_cell_none(figure, table) -> None:
    cells = table([[figure(1.0), None]], ids=(("NAM-2017·7f3a", ""),))
    rows = read(render("table", "csv", cells)[""])
    assert [row["id"] for row in rows] == ["NAM-2017·7f3a", ""]
