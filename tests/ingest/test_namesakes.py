"""Files of one name are told apart wherever they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.ingest.namesakes import told_apart
from tallymark.model.draft import Unknown


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["d/a.csv"], ["a.csv"]),
        (["a.csv", "d/a.csv"], ["a.csv", "d/a.csv"]),
        (["x/1/a.csv", "y/1/a.csv", "y/2/b.csv"], ["x/1/a.csv", "y/1/a.csv", "b.csv"]),
        (["/a.csv", "/d/a.csv"], ["/a.csv", "d/a.csv"]),
    ],
)
def test_a_name_has_as_many_folders_as_it_takes(paths, names) -> None:
    assert list(map(told_apart(paths).__getitem__, paths)) == names


def _guessed(path: Path, n: int = 871) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ["Year;Cases recorded;Persons charged", f"2017;{n};12", "2018;900;13"]
    path.write_text("\n".join([*rows, "2019;950;14", "2020;990;15"]))
    return path


def test_findings_name_the_folder_of_each_file(tmp_path) -> None:
    for year, n in (("2018", 871), ("2019", 872)):
        _guessed(tmp_path / year / "police.csv", n)
    unknown = Unknown(is_all=False)
    read = pipeline.read(tmp_path, unknown=unknown)
    read, drafts = pipeline.with_drafts(read, unknown)
    assert [d.grid.file for d in drafts] == ["2018/police.csv", "2019/police.csv"]
    found = pipeline.check_all(read, drafts)
    assert {f.location.file for f in found} == {"2018/police.csv", "2019/police.csv"}


def test_each_of_two_files_of_a_name_has_workbooks_of_its_own(tmp_path) -> None:
    for year, n in (("2018", 871), ("2019", 872)):
        _guessed(tmp_path / "data" / year / "police.csv", n)
    out = tmp_path / "out"
    unknown = Unknown(is_all=False)
    read = pipeline.read(tmp_path / "data", unknown=unknown)
    read, drafts = pipeline.with_drafts(read, unknown)
    found = pipeline.check_all(read, drafts)
    pipeline.save_findings(read, found, out, drafts=drafts)
    assert {p.name for p in out.glob("*.xlsx")} == {
        f"{kind}-{year}-police.xlsx"
        for kind in ("mapping", "return")
        for year in ("2018", "2019")
    }
