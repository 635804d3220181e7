"""A folder that nobody has looked at: green and told of at first, red at a new breach."""

from __future__ import annotations

import json
import shutil

import pytest
import xlsxwriter


def contents(folder):
    return {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def breach(folder):
    """Write a file in which a year stands twice with different figures."""
    path = folder / "zz-new.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Cases")
        rows = [
            ["Year", "Cases", "Boys", "Girls"],
            [2018, 100, 60, 30],
            [2019, -5, 1, 2],
        ]
        for n, row in enumerate([*rows, [2019, 7, 3, 4]]):
            page.write_row(n, 0, row)
    return path


def walk(run, data, home):
    before = contents(data)
    first = run("adopt", "data")
    assert first.code == 0, first.err
    assert contents(data) == before
    written = contents(home)
    checked = run("check")
    assert checked.code == 0, checked.err
    assert " 0 new" in checked.out
    assert run("adopt", "data", "--replace").code == 0
    assert contents(home) == written
    made = breach(data)
    red = run("check", "--format", "json")
    assert red.code == 1
    return first, made, red


def test_a_legacy_folder_is_green_and_one_breach_turns_it_red(run, legacy, tmp_path):
    first, made, red = walk(run, legacy(24), tmp_path)
    for said in ("7  read", "12  no adapter", "unreadable", "Git LFS", "Levels to"):
        assert said in first.out
    assert "other version" in first.out
    new = [f for f in json.loads(red.out)["findings"] if made.name in str(f)]
    assert new
    assert "Cases" in str(new)


@pytest.mark.slow
def test_a_folder_of_400_files(run, legacy, tmp_path):
    first, _, _ = walk(run, legacy(400), tmp_path)
    assert "400 files in the folder" in first.out
    assert "200  no adapter" in first.out


def test_settings_of_others_are_kept_and_own_ones_only_replaced_on_request(
    run, sent, tmp_path
):
    sent("eth_ocsea_cases")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert run("adopt", "data").code == 0
    text = project.read_text(encoding="utf-8")
    assert text.startswith('[project]\nname = "x"\n\n[tool.tallymark]\n')
    assert not (tmp_path / "tallymark.toml").exists()
    project.write_text(text.replace("fail-on", "#\nfail-on"), encoding="utf-8")
    before = contents(tmp_path)
    again = run("adopt", "data")
    assert (again.code, "left as" in again.out) == (0, True)
    assert contents(tmp_path) == before
    assert run("adopt", "data", "--replace").code == 0
    assert project.read_text(encoding="utf-8") == text


def test_a_list_of_persons_is_counted_and_never_read(run, sent, tmp_path):
    sent("eth_ocsea_cases")
    rows = ["Name,Date of birth,Case number"]
    rows += [f"Abebe Kebede {n},2009-03-{n + 10},K-{n}" for n in range(9)]
    (tmp_path / "data" / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    ended = run("adopt", "data")
    assert ended.code == 0
    assert "1  person-level" in ended.out
    assert "Abebe" not in ended.out + ended.err
    assert "data/list.csv" in (tmp_path / "tallymark.toml").read_text(encoding="utf-8")
    assert run("check").code == 0


def test_a_folder_elsewhere_keeps_its_settings_itself(run, sent, tmp_path, monkeypatch):
    path = sent("eth_ocsea_cases")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert run("adopt", "../data").code == 0
    assert sorted(p.name for p in path.parent.iterdir()) == sorted(
        [path.name, "baseline.json", "tallymark.toml"]
    )
    monkeypatch.chdir(path.parent)
    assert run("check").code == 0


def test_an_empty_folder_is_told_and_writes_settings(run, tmp_path):
    (tmp_path / "data").mkdir()
    ended = run("adopt", "data")
    assert (ended.code, "0 files" in ended.out) == (0, True)
    assert run("check").code != 0
    shutil.rmtree(tmp_path / "data")
    assert run("adopt", "data").code == 2


def test_a_sheet_that_is_no_list_of_persons_is_declared_once_for_all(
    run, sent, tmp_path
) -> None:
    sent("xma_hotline")
    with xlsxwriter.Workbook(tmp_path / "data" / "units.xlsx") as book:
        page = book.add_worksheet("Annex 2")
        page.write_row(0, 0, ["No", "Name of suspect", "Date of birth"])
        for n in range(1, 12):
            row = [n, f"Ana {'ABCDEFGHIJKL'[n]}. Smith", f"{1960 + n}-01-02"]
            page.write_row(n, 0, row)
    assert "1  person-level" in run("adopt", "data").out
    declared = "Annex 2=names of offices, and the days they were founded"
    first = run("adopt", "data", "--replace", "--not-personal", declared)
    assert "person-level" not in first.out
    assert "names of offices" in (tmp_path / "tallymark.toml").read_text()
    checked = run("check")
    assert checked.code == 0, checked.err
    assert "was declared to be no list of persons" in checked.err
    assert run("baseline", "shrink").code == 0


ADAPTER = """
id: own-units
version: 1
title: Cases of the units
source: {title: Letter}
vintage: null
tables:
  - name: units
    header: [Ward, {name: years, pattern: '20\\d\\d', many: true}]
    values: [years]
    constants:
      {series_id: xaa_case_data, stage: RECORDED, counting_unit: CASE, scope: CSEA,
       ref_area: XAA, area_level: country}
    lookups: [{header: 0, parse: period}, {column: Ward, breakdown: ward}]
"""


def test_own_documents_are_told_of_once(run, legacy, tmp_path) -> None:
    legacy(24)
    (tmp_path / "tallymark" / "adapters").mkdir(parents=True)
    (tmp_path / "tallymark" / "adapters" / "own-units.yaml").write_text(ADAPTER)
    assert run("adopt", "data").err.count("Using 1 adapter") == 1
