"""The published files as they are: each true cell right, each numeric cell accounted for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tallymark.model.codes import MissingReason
from tallymark.model.observation import KEY

MANIFEST = Path(__file__).parents[2] / "../shared/real/manifest.yaml"
Cell = dict[str, Any]


class Expected(NamedTuple):
    """Which adapter reads a file, and how many rows and losses that gives."""

    adapter: str
    n_rows: int
    n_lost: int = 0
    n_repeated: int = 0
    """Keys under which the source prints a figure more than once."""


FILES = {
    "unodc_cts_violent_sexual_20240516.xlsx": Expected(
        "unodc-cts-violent-sexual", 26_114
    ),
    # Sark, Aruba/Curacao and rows without a country: the labels stay lost, and are told.
    # The publisher prints 336 figures twice, often with two values.
    "unodc_glotip_20230530.xlsx": Expected("unodc-glotip", 46_556, 102, 336),
    "eu_estat_crim_off_cat.tsv": Expected("eurostat-crim-off-cat", 1_558 * 15),
    "es_interior_cibercriminalidad_2014_2024.xlsx": Expected(
        "esp-interior-cybercrime", 11 * 9
    ),
    "es_interior_victimizaciones_sexo.xlsx": Expected(
        "esp-interior-family-victims", 10 * 2
    ),
    "us_fbi_ucr2016_table3.xlsx": Expected("usa-fbi-crime-by-state", 3_909),
    "us_fbi_hatecrime2019_table1.xls": Expected("usa-fbi-hate-crime", 43 * 4),
    "de_bka_pks2013_laender.xlsx": Expected("deu-bka-pks-laender", 14_050 * 9),
    "br_mj_sinesp_uf.xlsx": Expected("bra-sinesp-uf", 23_020 + 19_748),
    "us_cdc_schoolvaxview_mmr.xlsx": Expected("usa-cdc-schoolvaxview", 53 * 6 * 7 * 4),
    "uk_dluhc_epc_eb1.ods": Expected("gbr-dluhc-epc-eb1", (3 * 74 + 598 + 19_961) * 10),
    "unodc_sexual_exploitation_children_reshaped.xlsx": Expected(
        "unodc-child-exploitation-reshaped", 119 * 2
    ),
    # The quarters' removals stand on two of its sheets.
    "tiktok_cger_2021q3.xlsx": Expected("tiktok-cger", 127, n_repeated=5),
    "microsoft_dsc_2020h2.xlsx": Expected("microsoft-dsc", 6 + 4 + 3),
    "za_saps_freestate_2003_2013.csv": Expected(
        "zaf-saps-station-crime", 111 * 29 * 10
    ),
    "in_ncrb_crimes_against_children_2022.csv": Expected(
        "ind-ncrb-crimes-against-children", 39 * 207
    ),
    # Four kinds of homicide stand under one code, for 44 forces in four quarters.
    "uk_homeoffice_prc_pfa_201718.csv": Expected(
        "gbr-home-office-recorded-crime", 23_068, n_repeated=44 * 4
    ),
    "uk_scotgov_recorded_crime_wide.csv": Expected(
        "gbr-scotgov-recorded-crime", 33 * 60
    ),
    "us_bjs_prison_custody_by_state.csv": Expected("usa-bjs-prison-custody", 51 * 16),
    "de_bka_pks_zeitreihe_1987_2023.csv.gz": Expected(
        "deu-bka-pks-time-series", 14_152 * 10
    ),
    "br_isp_rj_feminicidio_cisp.csv": Expected("bra-isp-rj-feminicide", 6_877 * 2),
    "us_ncmec_by_country_2022.pdf": Expected("ncmec-reports-by-country", 248),
    "us_ncmec_by_esp_2021.pdf": Expected("ncmec-reports-by-esp", 231),
    # Appeals repeat the accounts disabled, by policy and in sum.
    "discord_transparency_2023q4.csv": Expected(
        "discord-transparency", 315, n_repeated=13
    ),
    "uk_nhs_mha_utf16le.csv": Expected("gbr-nhs-mha-detentions", 327 * 15),
    # 416 rows name no year; the others have lost their districts, and so repeat.
    "my_crime_district_reshaped.csv": Expected(
        "mys-crime-district-reshaped", 15_648 - 416, n_repeated=13 * 12 * 8
    ),
    "sdmxcsv_v2_example09A.csv": Expected("sdmx-csv-example-09a", 3),
    "sdmxcsv_v2_example04_semicolon.csv": Expected("sdmx-csv-example-04", 2),
    "it_istat_22_289_sdmxml.xml": Expected("ita-istat-population", 8),
    "es_ine_matrimonios_14001.px": Expected("esp-ine-marriages", 21 * 48 * 2 * 4),
    "es_ine_ipri_27067.px": Expected("esp-ine-industrial-prices", 812),
    "es_ige_galicia_jsonstat2.json": Expected("esp-ige-galicia-population", 3_960),
    "undp_hdi_under5_mortality.html": Expected("undp-under5-mortality", 199 * 2),
    "de_pks_processed.parquet": Expected("deu-bka-pks-processed", 183_371 * 4),
}

KINDS = {
    "suppressed": {MissingReason.SUPPRESSED},
    "missing": {MissingReason.NOT_AVAILABLE, MissingReason.BLANK},
    None: set(MissingReason),
}

pytestmark = pytest.mark.real


ENTRIES: list[dict[str, Any]] = (
    yaml.load(MANIFEST.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if MANIFEST.is_file()
    else []
)


def of(file: str, *values: Any, number: int = 0) -> Any:
    """Return the parameters of one test of a file."""
    return pytest.param(file, *values, id=f"{file}-{number}" if number else file)


EACH_FILE = pytest.mark.parametrize("file", [of(entry["file"]) for entry in ENTRIES])
EACH_TRUE_CELL = pytest.mark.parametrize(
    ("file", "cell"),
    [
        of(entry["file"], cell, number=number)
        for entry in ENTRIES
        for number, cell in enumerate(entry["truth"], start=1)
    ],
)


def is_at(row: Cell, cell: Cell) -> bool:
    """Tell whether an observation comes from the place that the manifest names."""
    address = row["source_ref"]
    if "page" in cell:
        return (
            address.startswith(f"p{cell['page']}.") and row["raw_value"] == cell["raw"]
        )
    if "TIME_PERIOD" in cell:
        is_then = row["time_period"] == cell["TIME_PERIOD"]
        return is_then and row["raw_value"] == cell["raw"]
    return bool(address == address_of(cell))


def address_of(cell: Cell) -> str:
    """Return the address of a true cell as Tallymark prints it."""
    if "record_field" in cell:
        return str(cell["record_field"])
    if "data_row" in cell:
        return f"DATA.r{cell['data_row']}.c{cell['data_col']}"
    if "offset" in cell:
        return f"value[{cell['offset']}]"
    if "table" in cell:
        return f"t{cell['table']}.r{cell['tr']}.c{cell['td']}"
    sheet = str(cell["sheet"])
    is_plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.]*", sheet)
    return f"{sheet if is_plain else repr(sheet)}!{cell['cell']}"


@EACH_TRUE_CELL
def test_a_true_cell_comes_out_right(file: str, cell: Cell, reading: Any) -> None:
    (row,) = (row for row in reading(file).rows.values() if is_at(row, cell))
    assert row["obs_value"] == cell["value"]
    assert row["raw_value"] == str(cell["raw"]).strip('"')
    if cell["value"] is None:
        assert row["missing_reason"] in KINDS[cell.get("missing_kind")]
    else:
        assert row["missing_reason"] is None


@EACH_FILE
def test_a_file_is_read_whole_by_the_adapter_that_its_layout_shows(
    file: str, reading: Any
) -> None:
    expected, read = FILES[file], reading(file)
    assert read.submission.adapter == expected.adapter
    assert read.submission.observations.num_rows == len(read.rows) == expected.n_rows
    assert len(read.losses) == expected.n_lost, Counter(
        (loss["kind"], loss["raw_value"]) for loss in read.losses
    )


@EACH_FILE
def test_every_numeric_cell_is_accounted_for(file: str, reading: Any) -> None:
    read = reading(file)
    numeric = {
        address
        for address, row in read.rows.items()
        if row["obs_value"] is not None
        or row["value_low"] is not None
        or row["value_high"] is not None
    }
    outside = {
        loss["source_ref"]
        for loss in read.losses
        if loss["kind"] in ("number-outside-columns", "number-below-table")
    }
    assert read.submission.n_numeric == len(numeric | outside)
    for row in read.rows.values():
        assert (row["obs_value"] is None) == (row["missing_reason"] is not None)
        assert None not in (row["series_id"], row["time_period"], row["stage"])


@EACH_FILE
def test_two_figures_share_a_key_only_where_the_source_repeats_one(
    file: str, reading: Any
) -> None:
    whole = [row for row in reading(file).rows.values() if row["ref_area"] is not None]
    counts = Counter(tuple(row[name] for name in KEY) for row in whole)
    repeated = {key for key, n in counts.items() if n > 1}
    assert len(repeated) == FILES[file].n_repeated, sorted(map(str, repeated))[:3]


def test_each_file_has_its_adapter_or_is_still_waited_for() -> None:
    known = {entry["file"] for entry in ENTRIES}
    assert not known - {*FILES}
