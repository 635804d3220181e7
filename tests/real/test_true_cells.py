"""The published files as they are: each true cell right, each numeric cell accounted for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallymark.ingest import read
from tallymark.model.codes import MissingReason
from tallymark.model.submission import Submission

SHARED = Path(__file__).parents[2] / "../shared/real"
ADAPTERS = {
    "unodc_cts_violent_sexual_20240516.xlsx": "unodc-cts-violent-sexual",
    "unodc_glotip_20230530.xlsx": "unodc-glotip",
    "eu_estat_crim_off_cat.tsv": "eurostat-crim-off-cat",
}
KINDS = {
    "suppressed": MissingReason.SUPPRESSED,
    "missing": MissingReason.NOT_AVAILABLE,
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="the published files are not on this machine"
    ),
]


@cache
def submission(file: str) -> Submission:
    result = read([SHARED / "files" / file])
    assert not result.errors
    return result.items[0]


@cache
def rows(file: str) -> dict[str, dict[str, Any]]:
    return {r["source_ref"]: r for r in submission(file).observations.to_pylist()}


def true_cells() -> list[Any]:
    manifest = SHARED / "manifest.yaml"
    if not manifest.is_file():
        return []
    entries = yaml.load(manifest.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [
        pytest.param(entry["file"], cell, id=f"{entry['file']}-{_address(cell)}")
        for entry in entries
        if entry["file"] in ADAPTERS
        for cell in entry["truth"]
    ]


def _address(cell: dict[str, Any]) -> str:
    if "record_field" in cell:
        return str(cell["record_field"])
    return f"{cell['sheet']}!{cell['cell']}"


@pytest.mark.parametrize(("file", "cell"), true_cells())
def test_a_true_cell_comes_out_right(file: str, cell: dict[str, Any]) -> None:
    row = rows(file)[_address(cell)]
    assert row["obs_value"] == cell["value"]
    assert row["raw_value"] == str(cell["raw"])
    reason = KINDS.get(cell.get("missing_kind", ""))
    assert row["missing_reason"] == (reason.value if reason else None)


@pytest.mark.parametrize(
    ("file", "address", "fields"),
    [
        (
            "unodc_cts_violent_sexual_20240516.xlsx",
            "data_cts_violent_and_sexual_cri!L6773",
            {
                "series_id": "unodc_cts_violent_offences",
                "ref_area": "ZAF",
                "time_period": "2014",
                "offence": "03011",
                "scope": "SEXUAL_OFFENCES_ALL_AGES",
                "statistic": "COUNT",
            },
        ),
        (
            "unodc_glotip_20230530.xlsx",
            "data_glotip_1!L24827",
            {
                "series_id": "unodc_glotip_convicted",
                "ref_area": "NAM",
                "time_period": "2007",
                "stage": "CONVICTED",
                "counting_unit": "PERSON",
                "value_low": 1.0,
                "value_high": 4.0,
                "obs_status": "Q",
            },
        ),
        (
            "eu_estat_crim_off_cat.tsv",
            "R339C2",
            {"ref_area": "MKD", "time_period": "2008", "offence": "0301"},
        ),
    ],
)
def test_a_true_cell_has_the_right_labels(
    file: str, address: str, fields: dict[str, Any]
) -> None:
    row = rows(file)[address]
    assert {name: row[name] for name in fields} == fields


@pytest.mark.parametrize("file", ADAPTERS)
def test_every_numeric_cell_is_accounted_for(file: str) -> None:
    found = submission(file)
    assert found.adapter == ADAPTERS[file]
    numeric = {
        ref
        for ref, row in rows(file).items()
        if row["obs_value"] is not None or row["value_low"] is not None
    }
    losses = found.losses.to_pylist()
    outside = {r["source_ref"] for r in losses if r["kind"] == "number-outside-columns"}
    assert found.n_numeric == len(numeric | outside)
    assert {r["kind"] for r in losses} <= {"label-not-mapped"}
    for row in rows(file).values():
        assert (row["obs_value"] is None) == (row["missing_reason"] is not None)
        assert None not in (row["series_id"], row["time_period"], row["stage"])


@pytest.mark.parametrize(
    ("file", "n_rows", "n_lost"),
    [
        ("unodc_cts_violent_sexual_20240516.xlsx", 26_114, 0),
        ("unodc_glotip_20230530.xlsx", 46_556, 102),
        ("eu_estat_crim_off_cat.tsv", 1_558 * 15, 0),
    ],
)
def test_no_row_is_dropped(file: str, n_rows: int, n_lost: int) -> None:
    assert submission(file).observations.num_rows == n_rows
    assert submission(file).losses.num_rows == n_lost


def test_rows_without_a_known_area_stay_and_are_told() -> None:
    file = "unodc_glotip_20230530.xlsx"
    areas = submission(file).observations["ref_area"].to_pylist()
    assert areas.count(None) == 27
    assert areas.count("SAM") == 205
    losses = submission(file).losses.to_pylist()
    labels = [r["raw_value"] for r in losses if r["raw_value"]]
    assert labels.count("Sark") == 26
    assert labels.count("Aruba/Curacao") == 1


def test_the_date_of_publication_is_the_one_that_is_printed() -> None:
    for file, day in (
        ("unodc_cts_violent_sexual_20240516.xlsx", "2024-05-16"),
        ("unodc_glotip_20230530.xlsx", "2023-05-30"),
    ):
        assert str(submission(file).observations["vintage"][0].as_py()) == day
