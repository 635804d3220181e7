"""Offences beside ICCS codes: the documents, and their agreement with the adapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tallymark.documents import REFERENCE, validated
from tallymark.documents.correspondence import load_correspondence
from tallymark.errors import DocumentError, UsageError
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter
from tallymark.ingest.adapter.lookup import Fields
from tallymark.model.correspondence import Correspondence, CorrespondenceTable

COUNTRIES = sorted(path.stem for path in (REFERENCE / "iccs").glob("*.yaml"))


def table(iso3: str) -> CorrespondenceTable:
    return load_correspondence(iso3, iso3)


def mapped(iso3: str) -> Iterator[tuple[str, str, Fields]]:
    """Yield each label that an adapter of a country maps to an ICCS code."""
    for path in sorted(BUILT_IN.glob(f"{iso3.lower()}-*.yaml")):
        for part in load_adapter(path).tables:
            for lookup in part.lookups:
                for label, fields in (lookup.map or {}).items():
                    if fields.offence is not None:
                        yield path.stem, label, fields


def plain(label: str) -> str:
    return " ".join(label.casefold().split())


def disagreements(found: CorrespondenceTable, iso3: str) -> list[str]:
    known: dict[str, set[tuple[str, str | None]]] = {}
    for offence in found.correspondence.offences:
        for label in offence.labels:
            known.setdefault(plain(label), set()).add((offence.code, offence.relation))
    return [
        f"{adapter}: {label!r} is {(fields.offence, fields.offence_relation)}"
        for adapter, label, fields in mapped(iso3)
        if plain(label) in known
        and (fields.offence, fields.offence_relation) not in known[plain(label)]
    ]


def test_each_of_the_thirteen_has_a_correspondence() -> None:
    assert COUNTRIES == [
        "ETH", "IDN", "KEN", "KHM", "MOZ", "MYS", "NAM", "PHL", "THA", "TZA", "UGA",
        "VNM", "ZAF",
    ]  # fmt: skip


@pytest.mark.parametrize("iso3", COUNTRIES)
def test_what_is_called_sourced_rests_on_a_source_and_a_code_that_was_read(
    iso3: str,
) -> None:
    found = table(iso3)
    offences = found.correspondence.offences
    assert len({offence.id for offence in offences}) == len(offences)
    for offence in offences:
        if offence.basis == "sourced":
            assert offence.source is not None
            assert found.codes[offence.code].basis == "sourced", offence.id
        else:
            assert offence.confirm, f"{offence.id}: nothing is asked"
            is_read = offence.source is not None and offence.law is None
            assert not (is_read and found.codes[offence.code].basis == "sourced")


@pytest.mark.parametrize("iso3", COUNTRIES)
def test_adapters_and_correspondence_give_a_label_one_code(iso3: str) -> None:
    assert disagreements(table(iso3), iso3) == []


def test_the_walk_sees_the_labels_of_adapters_and_a_code_that_differs() -> None:
    labels = {(adapter, label) for adapter, label, _ in mapped("UGA")}
    assert ("uga-acr-defilement", "Aggravated defilement") in labels
    content = yaml.safe_load((REFERENCE / "iccs/UGA.yaml").read_text(encoding="utf-8"))
    content["offences"][-1]["code"] = "030221"
    changed = changed_table(content)
    assert len(disagreements(changed, "UGA")) == 4


def changed_table(content: object) -> CorrespondenceTable:
    return replace(
        table("UGA"), correspondence=validated(content, Correspondence, file="UGA.yaml")
    )


def test_a_national_table_names_its_offences_in_the_correspondence() -> None:
    named = {
        iso3: {
            plain(label)
            for offence in table(iso3).correspondence.offences
            for label in offence.labels
        }
        for iso3 in COUNTRIES
    }
    missing = [
        (adapter, label)
        for iso3 in COUNTRIES
        for adapter, label, _ in mapped(iso3)
        if plain(label) not in named[iso3] and adapter != "zaf-saps-station-crime"
    ]
    assert missing == []  # the stations' table is of all crime


def test_a_country_of_ones_own_needs_only_a_document(tmp_path: Path) -> None:
    folder = tmp_path / "iccs"
    folder.mkdir()
    document = (REFERENCE / "iccs/UGA.yaml").read_text(encoding="utf-8")
    (folder / "XAA.yaml").write_text(document.replace("iso3: UGA", "iso3: XAA"))
    found = load_correspondence("XAA", "Exampleland", tmp_path)
    assert found.correspondence.iso3 == "XAA"
    with pytest.raises(UsageError, match="no correspondence"):
        load_correspondence("XAA", "Exampleland")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("code: '030113'", "code: '9999'", "no ICCS code '9999'"),
        ("- Cy", "- Zz", "no ICCS tag 'Zz'"),
        ("iso3: UGA", "iso3: XAB", "the file is named"),
        ("relation: overlaps", "relation: like", "relation"),
        ("basis: background", "basis: sourced", "needs a source"),
    ],
)
def test_a_mistake_in_a_document_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "iccs"
    folder.mkdir()
    document = (REFERENCE / "iccs/UGA.yaml").read_text(encoding="utf-8")
    assert old in document
    document = (
        document.replace("iso3: UGA", "iso3: XAA") if old[:4] != "iso3" else document
    )
    (folder / "XAA.yaml").write_text(document.replace(old, new))
    with pytest.raises(DocumentError, match=told):
        load_correspondence("XAA", "Exampleland", tmp_path)
