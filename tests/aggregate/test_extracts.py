"""Extracts as they come: gaps that make numbers decimal, categories, odd ids and areas."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import tallymark as tm
from tallymark.cli import main
from tallymark.errors import DocumentError
from tallymark.pipeline import extracts

MAPPING = """
version: 1
title: Register (invented)
series: xaa_online_unit
unit: {columns: [case_key]}
stages:
  RECORDED: {input: reported_on}
area: {column: district, total: XAA, codes: {North: XAA_N, South: XAA_S}}
sex: {column: sex, codes: {"1": F, "2": M}}
online: all
coverage: {start: 2018-01-01, end: 2018-12-31}
answers: {attempts: included}
"""
N = 40
FRAME = pd.DataFrame(
    {
        "case_key": [f"SECRET-{n}" for n in range(N)],
        "reported_on": ["2018-03-01"] * N,
        "district": ["North", "South"] * (N // 2),
        "sex": ["1"] * 10 + ["2"] * 30,
    }
)


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def by_ref(counts):
    table = counts.observations
    refs = [ref.removeprefix("aggregate:") for ref in table["source_ref"].to_pylist()]
    return dict(zip(refs, table["obs_value"].to_pylist(), strict=True))


@pytest.mark.parametrize("type_", [pa.float64(), pa.float32(), pa.decimal128(21, 2)])
def test_whole_numbers_with_a_decimal_point_are_the_codes_they_stand_for(
    mapping, type_
):
    table = pa.Table.from_pandas(FRAME)
    sex = pa.array([1] * 10 + [2] * 20 + [None] * 10).cast(type_)
    found = by_ref(tm.aggregate(table.set_column(3, "sex", sex), mapping))
    assert found["2018/RECORDED/sex=F"] == 10
    assert found["2018/RECORDED/sex=M"] == 20
    assert found["2018/RECORDED/sex=_U"] == 10


def test_an_id_that_is_not_a_number_is_no_id(mapping):
    table = pa.Table.from_pandas(FRAME)
    keys = pa.array([float("nan")] * 10 + [float(n) for n in range(30)])
    counts = tm.aggregate(table.set_column(0, "case_key", keys), mapping)
    assert by_ref(counts)["2018/RECORDED"] == 30
    assert any("no id of the unit" in note for note in counts.notes)


def test_categories_are_read_as_text_and_never_listed(mapping):
    days = pd.Categorical(["2018-03-01"] * 20 + ["told to Some Name"] * 20)
    counts = tm.aggregate(FRAME.assign(reported_on=days), mapping)
    assert by_ref(counts)["2018/RECORDED"] == 20
    hashes = {
        tm.aggregate(FRAME.assign(case_key=pd.Categorical(keys)), mapping)
        .observations["source_sha256"]
        .to_pylist()[0]
        for keys in ([f"A{n}" for n in range(N)], [f"B{n}" for n in range(N)])
    }
    assert len(hashes) == 1  # nothing of an id is in them


def test_rows_counted_are_told_only_where_no_count_is_hidden(mapping):
    told = tm.aggregate(FRAME, mapping).notes[0]
    assert "Rows counted: 10 to 99;" in told
    hidden = FRAME.assign(sex=["1"] * 2 + ["2"] * 38)
    assert "Rows counted: not told;" in tm.aggregate(hidden, mapping).notes[0]
    few = tm.aggregate(FRAME.assign(district=["North"] * 38 + ["?"] * 2), mapping)
    assert any("(fewer than 10)" in note for note in few.notes)


@pytest.mark.parametrize("code", ["XAB_N", "north part;x", "XAA", "XAA_N/2"])
def test_areas_are_parts_of_their_total(mapping, code):
    mapping.write_text(MAPPING.replace("XAA_N", f'"{code}"'), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"\$\.area"):
        tm.aggregate(FRAME, mapping)


def test_what_goes_to_disk_is_encrypted(tmp_path):
    engine = extracts._open(FRAME, ("duckdb", None), tmp_path)
    assert engine.rows("select current_setting('temp_file_encryption')") == [(True,)]


def test_ctrl_c_is_no_fault(mapping, monkeypatch, capsys, tmp_path):
    def stopped(*_):
        raise RuntimeError("Query interrupted")

    FRAME.to_parquet(tmp_path / "r.parquet")
    monkeypatch.setattr(extracts, "_screen", stopped)
    with pytest.raises(SystemExit) as ended:
        main(["aggregate", str(tmp_path / "r.parquet"), "--mapping", str(mapping),
              "-o", str(tmp_path / "o.csv")])  # fmt: skip
    assert (ended.value.code, capsys.readouterr().err) == (2, "Stopped.\n")
