"""Series definitions and area names: the files themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallymark.documents import REFERENCE, load, read_code_list
from tallymark.model.context import is_invented
from tallymark.model.country import Country
from tallymark.model.series import Series

FILES = sorted((REFERENCE / "series").glob("*.yaml"))


def areas() -> list[dict[str, str]]:
    return read_code_list(REFERENCE / "areas.csv")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_series_file_loads_under_its_own_name(path: Path) -> None:
    series = load(path, Series)
    assert series.id == path.stem
    names = {row["code"] for row in areas()}
    if series.expected.areas != "unknown":
        assert set(series.expected.areas) <= names


def test_stages_of_one_publication_share_a_definition_family() -> None:
    families = {
        load(path, Series).definition_family
        for path in FILES
        if path.stem.startswith("unodc_glotip_")
    }
    assert families == {"unodc-glotip"}


def test_area_codes_stand_once_and_in_order() -> None:
    codes = [row["code"] for row in areas()]
    assert codes == sorted(set(codes))
    assert all(row["name"] for row in areas())
    assert {row["level"] for row in areas()} <= {
        "country", "subnational", "region", "world",
    }  # fmt: skip


def test_every_country_has_its_name_and_namibia_is_one_of_them() -> None:
    names = {row["code"]: row["name"] for row in areas()}
    assert names["NAM"] == "Namibia"
    codes = {c for c in names if len(c) == 3 and c.isalpha()} - {"XKX"}
    iso = {c for c in codes if not is_invented(c)}
    assert len(iso) == 249, "ISO 3166-1 has 249 entries"
    for path in (REFERENCE / "countries").glob("*.yaml"):
        assert load(path, Country).iso3 in names
