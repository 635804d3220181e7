"""`tallymark facts` and `tallymark iccs` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import yaml

from tallymark.documents import REFERENCE, DocumentFolder
from tallymark.interpret import load_catalogue
from tallymark.interpret.facts import load_uses
from tallymark.model.context import OBSERVATION_FIELDS, PAIR_FIELDS
from tallymark.model.country import Country

COUNTRIES = DocumentFolder(REFERENCE / "countries", Country, {})
ADD_TO_OWN = """\
version: 1
iso3: ZMB
name: Zambia
capacity: {unit: [], tips_direct: [], icse: [], proactive_victim_id: [], foreign_experience: []}
facts:
  calendar: {value: a year of its own, basis: background}
  numbers: {value: comma thousands, basis: sourced, source: {title: A table}}
source: {title: Facts of a fourteenth country}
"""


def n_of(country, *, is_sourced):
    """Return how many facts a document holds by basis, and questions left open."""
    said = [a.basis for answers in country.capacity.values() for a in answers]
    said += [x.basis for x in (*country.statutes, *country.legal_gaps)]
    said += [fact.basis for fact in country.facts.values()]
    n_open = sum(not answers for answers in country.capacity.values())
    n_sourced = said.count("sourced")
    return n_sourced if is_sourced else len(said) - n_sourced + n_open


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("iso3", sorted(COUNTRIES))
def test_every_fact_is_listed_once_sourced_or_to_be_verified(run, iso3):
    sourced = rows_of(run("facts", iso3, "--format", "csv").out)
    others = rows_of(run("facts", iso3, "--unverified", "--format", "csv").out)
    assert len(sourced) == n_of(COUNTRIES[iso3], is_sourced=True)
    assert len(others) == n_of(COUNTRIES[iso3], is_sourced=False)
    assert {row["basis"] for row in sourced} <= {"sourced"}
    assert {row["basis"] for row in others} <= {"background", "inferred", ""}
    assert all(row["source_title"] for row in sourced)
    assert all(row["look"] and row["matters"] for row in others)


def test_sourced_facts_are_told_with_dates_and_sources(run):
    told = run("facts", "ken").out
    assert told.startswith("Kenya (KEN): 12 sourced facts. Only these act.")
    assert "ICSE database: no (to 2019-03-31)" in told
    assert "INTERPOL, 20 May 2019" in told
    assert "Basis" not in told
    assert told == run("facts", "KEN", "--format", "text").out


def test_the_work_list_says_what_would_act_and_where_to_look(run):
    told = " ".join(run("facts", "ETH", "--unverified").out.split())
    assert "no (to 2019-05-19) Kenya was announced" in told
    assert "Basis: inferred" in told
    assert "Caveats that ask for it: capacity-unknown, detection-driven-change and "
    assert "no-icse-link." in told
    assert "Where to look: INTERPOL's news" in told


def test_formats_agree_and_the_ending_of_a_file_chooses(run, tmp_path):
    rows = rows_of(run("facts", "NAM", "--format", "csv").out)
    document = json.loads(run("facts", "NAM", "--format", "json").out)
    assert document["schema"] == "tallymark-facts-1"
    assert [f["value"] for f in document["facts"]] == [row["value"] for row in rows]
    for ending in ("csv", "json", "txt"):
        written = run("facts", "NAM", "-o", tmp_path / f"f.{ending}")
        assert written.code == 0
        assert written.out == ""
    assert rows_of((tmp_path / "f.csv").read_text(encoding="utf-8")) == rows
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8")) == document


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("facts", "QQQ"), "no facts about 'QQQ'"),
        (("facts", "KEN", "-o", "f.xlsx"), "names no format"),
        (("iccs", "QQQ"), "no correspondence with ICCS for 'QQQ'"),
        (("iccs", "KEN", "--format", "xlsx"), "cannot be printed"),
        (("iccs", "KEN", "-o", "f.json"), "names no format"),
        (("facts", "KEN", "-o", "nowhere/f.csv"), "does not exist"),
    ],
)
def test_what_cannot_be_done_is_told(run, arguments, told, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    ended = run(*arguments)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""


def test_a_fourteenth_country_needs_documents_alone(run, tmp_path):
    for folder in ("countries", "iccs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "countries/ZMB.yaml").write_text(ADD_TO_OWN)
    offences = (REFERENCE / "iccs/UGA.yaml").read_text(encoding="utf-8")
    (tmp_path / "iccs/ZMB.yaml").write_text(offences.replace("UGA", "ZMB"))
    own = ("--own", tmp_path)
    assert "Zambia (ZMB): 1 sourced fact." in run("facts", "ZMB", *own).out
    assert "a year of its own" in run("facts", "ZMB", "--unverified", *own).out
    assert run("iccs", "ZMB", *own).out.startswith("Zambia (ZMB): 3 offences")


def test_every_use_of_a_fact_is_known_and_every_question_has_one():
    uses = load_uses().uses
    caveats = load_catalogue().caveats
    fields = OBSERVATION_FIELDS | PAIR_FIELDS
    assert all(slug in caveats for use in uses for slug in use.caveats)
    assert all(field in fields for use in uses for field in use.fields)
    asked = {field for use in uses for field in use.fields}
    country = {f for f in OBSERVATION_FIELDS if f.startswith("country.")}
    known_by_days = {
        "country.invented", "country.criminalised", "country.never_criminalised",
        "country.statutes_not_in_force",
    }  # fmt: skip
    assert country - asked == known_by_days


@pytest.fixture
def workbook_of(run, tmp_path):
    """A function: the workbook in which a country confirms its codes."""

    def write(iso3):
        path = tmp_path / f"iccs {iso3} Côte.xlsx"
        assert run("iccs", iso3, "-o", path).code == 0
        return openpyxl.load_workbook(path), path

    return write


def test_a_country_confirms_codes_in_a_protected_workbook(workbook_of):
    book, _ = workbook_of("VNM")
    page, codes = book["Offences"], book["ICCS codes"]
    head = [cell.value for cell in page[6]]
    first = dict(zip(head, page[7], strict=False))
    assert first["ICCS code"].value == "030221"
    assert first["ICCS title"].value == "Child pornography"
    assert page.protection.sheet
    assert first["ICCS code"].protection.locked
    for name in ("Is the code right?", "If not, which code", "Remarks"):
        assert not first[name].protection.locked
    rules = {str(r.sqref)[0]: r for r in page.data_validations.dataValidation}
    lists = [rule.formula1 for rule in rules.values()]
    assert '"right,other code,not known"' in lists
    assert "'ICCS codes'!$A$2:$A$36" in lists
    relations = next(text for text in lists if "wider" in text)
    assert relations.count(",") == 3, "a comma inside a choice would part it"
    assert codes["A2"].value == "03 Injurious acts of a sexual nature"
    assert codes.max_row == 36
    labels = [row[2].value for row in page.iter_rows(min_row=7)]
    assert any("Xâm hại tình dục trẻ em" in (label or "") for label in labels)


def test_the_workbook_has_the_same_bytes_each_time_and_no_formula(workbook_of, run):
    book, path = workbook_of("KHM")
    before = path.read_bytes()
    assert run("iccs", "KHM", "-o", path).code == 0
    with zipfile.ZipFile(path) as again, zipfile.ZipFile(io.BytesIO(before)) as first:
        assert {n: again.read(n) for n in again.namelist()} == {
            n: first.read(n) for n in first.namelist()
        }
    assert not [
        cell.coordinate
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_what_is_not_sourced_is_listed_as_to_be_confirmed(run):
    rows = rows_of(run("iccs", "IDN", "--format", "csv").out)
    assert [row["basis"] for row in rows] == ["sourced", *["to be confirmed"] * 3]
    assert all(row["confirm"] for row in rows)
    told = run("iccs", "MYS").out
    assert told.index("SOURCED") < told.index("TO BE CONFIRMED")
    content = yaml.safe_load((REFERENCE / "iccs/MYS.yaml").read_text(encoding="utf-8"))
    n = sum(offence["basis"] == "sourced" for offence in content["offences"])
    between = told[told.index("\nSOURCED") : told.index("TO BE CONFIRMED")]
    assert between.count("ICCS 0") == n


def test_labels_of_every_script_come_through_a_console_of_another():
    command = [sys.executable, "-X", "utf8=0", "-m", "tallymark", "iccs", "KHM"]
    environment = {"PYTHONIOENCODING": "cp1252", "PATH": ""}
    ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert ended.returncode == 0, ended.stderr
