"""Figures leave as files and come back as they were, or not at all."""

from __future__ import annotations

import io
import subprocess
import sys

import pandas as pd
import pyarrow.parquet
import pytest

from tallymark.documents import load_reference
from tallymark.errors import UsageError
from tallymark.interpret.exchange import SIDE_FILE
from tallymark.model.submission import Submissions
from tallymark.results import Figures

ROWS = [
    {"value": 40.0, "caveats": ("tips-not-prevalence",), "obs_status": "A P"},
    {"ref_area": "NA", "value": None, "missing_reason": "NOT_ASKED"},
    {"ref_area": 'X,"Y', "value": 0.1 + 0.2, "judgement": 2, "is_total": True},
]


@pytest.fixture
def figures(figure_table, catalogue):
    table = figure_table(ROWS, catalogue)
    return Figures(table, catalogue, Submissions(()), None, load_reference())


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_figures_come_back_as_they_were(figures, kind, tmp_path):
    path = tmp_path / f"figures.{kind}"
    getattr(figures, f"to_{kind}")(path)
    back = getattr(Figures, f"from_{kind}")(path)
    assert back.table.equals(figures.table)


def test_no_figures_come_back_as_none(figures, tmp_path):
    path = tmp_path / "none.csv"
    Figures.from_arrow(figures.to_arrow().slice(0, 0)).to_csv(path)
    assert len(Figures.from_csv(path)) == 0


def test_a_csv_tells_the_caveats_beside_the_number(figures, tmp_path):
    path = tmp_path / "figures.csv"
    figures.to_csv(path)
    first = path.read_text().splitlines()[1]
    assert "40" in first
    assert first.endswith('"tips-not-prevalence"')


def test_a_csv_is_not_read_without_its_side_file(figures, tmp_path):
    path = tmp_path / "figures.csv"
    figures.to_csv(path)
    (tmp_path / f"figures.csv{SIDE_FILE}").unlink()
    with pytest.raises(UsageError, match="the caveats are not known"):
        Figures.from_csv(path)


def test_a_csv_that_was_edited_is_not_read(figures, tmp_path):
    path = tmp_path / "figures.csv"
    figures.to_csv(path)
    path.write_text(path.read_text().replace("40", "41"))
    with pytest.raises(UsageError, match="was changed since"):
        Figures.from_csv(path)


def test_other_files_are_told_of(tmp_path):
    path = tmp_path / "figures.parquet"
    path.write_text("no such thing")
    with pytest.raises(UsageError, match="not a Parquet file"):
        Figures.from_parquet(path)
    with pytest.raises(UsageError, match="cannot be read"):
        Figures.from_csv(tmp_path / "nothing.csv")


def test_pandas_learns_the_dtype_when_the_package_loads_after_it():
    code = "import pandas, tallymark; print(pandas.api.types.pandas_dtype('tally'))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "tally\n"


def test_pandas_reads_a_tally_column_from_parquet_and_other_tools_its_parts(figures):
    file = io.BytesIO()
    frame = figures.to_pandas()
    frame.to_parquet(file)
    assert pd.read_parquet(file)["figure"].equals(frame["figure"])
    parts = pyarrow.parquet.read_table(file)["figure"].to_pylist()[0]
    assert (parts["value"], parts["sticky"]) == (40, ["tips-not-prevalence"])
    assert parts["catalogue"] == figures.catalogue.sha256
