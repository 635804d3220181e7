"""Published files without their adapters: what guesses give alone, and with a person's."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tallymark.ingest import draft
from tallymark.model.codes import MissingReason
from tallymark.model.draft import Decision, Draft

SHARED = Path(__file__).parents[2] / "../shared/real"
MANIFEST = SHARED / "manifest.yaml"

pytestmark = pytest.mark.real

KINDS = {
    "suppressed": {MissingReason.SUPPRESSED},
    "missing": {MissingReason.NOT_AVAILABLE, MissingReason.BLANK},
    None: set(MissingReason),
}

ENTRIES: list[dict[str, Any]] = (
    yaml.load(MANIFEST.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if MANIFEST.is_file()
    else []
)


class Known(NamedTuple):
    """What a person knows of a file: an area, a period, and other decisions, by id."""

    area: str = ""
    period: str = ""
    others: tuple[tuple[str, str], ...] = ()


KNOWN: dict[str, Known] = {
    "es_interior_cibercriminalidad_2014_2024.xlsx": Known(area="ESP"),
    "es_interior_victimizaciones_sexo.xlsx": Known(area="ESP"),
    "us_fbi_hatecrime2019_table1.xls": Known(area="USA"),
    "de_bka_pks2013_laender.xlsx": Known(area="DEU", period="2013"),
    "br_mj_sinesp_uf.xlsx": Known(area="BRA"),
    "tiktok_cger_2021q3.xlsx": Known(area="WORLD"),
    "us_cdc_schoolvaxview_mmr.xlsx": Known(
        area="USA", others=(("gap.NReq", "NOT_APPLICABLE"),)
    ),
    "in_ncrb_crimes_against_children_2022.csv": Known(area="IND", period="2022"),
    "uk_homeoffice_prc_pfa_201718.csv": Known(area="GBR_E_W"),
    "de_bka_pks_zeitreihe_1987_2023.csv.gz": Known(area="DEU"),
    "br_isp_rj_feminicidio_cisp.csv": Known(area="BRA_RJ"),
    "my_crime_district_reshaped.csv": Known(area="MYS"),
    "discord_transparency_2023q4.csv": Known(area="WORLD", period="2023-Q4"),
    "uk_scotgov_recorded_crime_wide.csv": Known(area="GBR_S", period="2022-04/2023-03"),
    "us_bjs_prison_custody_by_state.csv": Known(area="USA"),
    "uk_nhs_mha_utf16le.csv": Known(area="GBR_E"),
    "es_ine_matrimonios_14001.px": Known(area="ESP", period="2018"),
    "es_ine_ipri_27067.px": Known(area="ESP"),
    "es_ige_galicia_jsonstat2.json": Known(area="ESP_GA"),
    "us_ncmec_by_esp_2021.pdf": Known(area="WORLD"),
    "sdmxcsv_v2_example09A.csv": Known(area="XAA"),
    "sdmxcsv_v2_example04_semicolon.csv": Known(area="XAA"),
    "de_pks_processed.parquet": Known(area="DEU"),
}

EACH_FILE = pytest.mark.parametrize("file", [entry["file"] for entry in ENTRIES])


@cache
def drafted(file: str, decisions: tuple[Decision, ...] = ()) -> Draft:
    return draft(SHARED / "files" / file, decisions=decisions)


def decisions_on(file: str, guessed: Draft) -> tuple[Decision, ...]:
    """Return what a person who knows the file says: its area and period where asked."""
    known = KNOWN.get(file, Known())
    said = dict(known.others)
    for guess in guessed.open_guesses:
        scope, _, field = guess.id.rpartition(".")
        value = {"area": known.area, "period": known.period}.get(field, "")
        if value and (scope == "file" or scope[1:].isdecimal()):
            said[guess.id] = value
    confirmed = [
        Decision(id=guess.id, said="confirm")
        for guess in guessed.guesses
        if guess.id not in said
    ]
    changed = [Decision(id=i, said="change", value=v) for i, v in said.items()]
    return (*confirmed, *changed)


def found(file: str, held: Draft, is_at: Callable[..., bool]) -> Iterator[bool]:
    """Tell for each true cell whether the draft gives its value at its address."""
    (entry,) = (entry for entry in ENTRIES if entry["file"] == file)
    rows = [] if held.submission is None else held.submission.observations.to_pylist()
    for cell in entry["truth"]:
        here = [row for row in rows if is_at(row, cell)]
        yield len(here) == 1 and _is_right(here[0], cell)


def _is_right(row: dict[str, Any], cell: dict[str, Any]) -> bool:
    if row["obs_value"] != cell["value"]:
        return False
    kinds = KINDS[cell.get("missing_kind")]
    return cell["value"] is not None or row["missing_reason"] in kinds


@pytest.fixture(scope="module")
def is_at() -> Callable[..., bool]:
    """Tell whether an observation comes from the place that the manifest names."""
    if not MANIFEST.is_file():
        pytest.skip("the published files are not on this machine")
    spec = importlib.util.spec_from_file_location(
        "true_cells", Path(__file__).with_name("test_true_cells.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.is_at  # type: ignore[no-any-return]


@EACH_FILE
def test_guesses_alone_give_every_true_cell(file: str, is_at: Any) -> None:
    held = drafted(file)
    assert held.submission is not None, held.problems
    assert all(found(file, held, is_at))


@EACH_FILE
def test_what_a_person_says_gives_area_and_period_too(file: str, is_at: Any) -> None:
    guessed = drafted(file)
    held = drafted(file, decisions_on(file, guessed))
    assert held.submission is not None, held.problems
    assert all(found(file, held, is_at))
    assert {guess.id for guess in guessed.guesses} <= {g.id for g in held.guesses}
    asked = {"area", "period"}
    left = [g.id for g in held.open_guesses if g.id.rpartition(".")[2] in asked]
    assert not left


@EACH_FILE
def test_few_questions_are_asked(file: str) -> None:
    """Those of Discord's ten tables share what the file does not say."""
    held = drafted(file)
    assert len(held.open_guesses) <= 12, [guess.id for guess in held.open_guesses]


@pytest.mark.slow
def test_the_share_of_true_cells_that_guesses_give(is_at: Any) -> None:
    right = {
        e["file"]: list(found(e["file"], drafted(e["file"]), is_at)) for e in ENTRIES
    }
    cells = [one for held in right.values() for one in held]
    share = sum(cells) / len(cells)
    assert share > 0.97, f"{sum(cells)} of {len(cells)} are right untouched"
