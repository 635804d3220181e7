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
