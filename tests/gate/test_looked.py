"""Known findings stay with their file, whatever the files beside it are called."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tallymark.gate import Looked, judge, known_of, looked
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Standing,
    Status,
)

TODAY = date(2026, 11, 23)
ALONE = Looked(paths={"police.csv": "data/2018/police.csv"})
TWINS = Looked(
    paths={f"{year}/police.csv": f"data/{year}/police.csv" for year in (2017, 2018)}
)
GOOD = "Post,Cases 2018\nA,11\nB,12\nC,13\nD,14\n"


def finding(file="police.csv") -> Finding:
    return Finding(
        expectation="sums-agree", severity=Severity.CRITICAL, dimension="accuracy",
        location=Location(file=file, cells=("R1C1",)), found="1", expected="2",
        why="", action="", ask="", key={},
    )  # fmt: skip


def standings(items, baseline, files) -> list[tuple[str, Standing]]:
    outcome = Outcome(
        expectation="sums-agree", type="t", severity=Severity.CRITICAL,
        status=Status.FAILED,
    )  # fmt: skip
    found = Findings(
        suites=(),
        outcomes=(outcome,),
        items=tuple(items),
        flags=empty_table(FLAG_SCHEMA),
    )
    verdict = judge(found, today=TODAY, baseline=baseline, files=files)
    told = [(f.location.file, f.standing) for f in verdict.findings.items]
    return [*told, *((known.file, "gone") for known in verdict.gone)]


OLDER = known_of([finding()], Looked(paths={"police.csv": "police.csv"}))


@pytest.mark.parametrize("baseline", [known_of([finding()], ALONE)])
def test_a_namesake_takes_no_known_finding_and_lends_none(baseline):
    old, new = finding("2018/police.csv"), finding("2017/police.csv")
    assert standings([old], baseline, TWINS) == [("2018/police.csv", Standing.KNOWN)]
    assert standings([new, old], baseline, TWINS) == [
        ("2017/police.csv", Standing.NEW),
        ("2018/police.csv", Standing.KNOWN),
    ]
    assert standings([new], baseline, TWINS) == [
        ("2017/police.csv", Standing.NEW),
        ("data/2018/police.csv", "gone"),
    ]


def test_a_baseline_of_names_alone_holds_what_it_held():
    assert standings([finding()], OLDER, ALONE) == [("police.csv", Standing.KNOWN)]
    (gone,) = standings([], OLDER, ALONE)
    assert gone == ("police.csv", "gone")
    other = Looked(paths={"b.csv": "b.csv"})
    assert standings([], OLDER, other) == []


def test_a_file_that_was_not_looked_at_lends_no_finding_to_another(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    of_b = known_of([finding("b.csv")], looked({"b.csv": "b.csv"}, tmp_path))
    files = looked({"a.csv": str(tmp_path / "a.csv")}, tmp_path)
    assert standings([finding("a.csv")], of_b, files) == [("a.csv", Standing.NEW)]
    (tmp_path / "b.csv").unlink()
    renamed = replace(files)
    assert standings([finding("a.csv")], of_b, renamed) == [("a.csv", Standing.KNOWN)]


def test_a_legacy_folder_stays_green_beside_a_namesake(run, legacy, tmp_path):
    data = legacy(40)
    (data / "2018").mkdir()
    (data / "2018/police.csv").write_text(GOOD, encoding="utf-8")
    assert run("adopt", "data").code == 0
    held = json.loads((tmp_path / "baseline.json").read_bytes())["findings"]
    assert "data/2018/police.csv" in {known["file"] for known in held}
    settings = tmp_path / "tallymark.toml"
    strict = settings.read_text(encoding="utf-8").replace('"critical"', '"info"')
    settings.write_text(strict, encoding="utf-8")
    assert run("check").code == 0
    (data / "2017").mkdir()
    twin = data / "2017/police.csv"
    twin.write_text(GOOD.replace("2018", "2017"), encoding="utf-8")
    beside = run("check")
    told = [line for line in beside.out.splitlines() if "new: " in line]
    new = [line for line in told if "2018/police.csv" in line]
    assert "0 gone" in beside.out, beside.out
    assert not new, beside.out
    assert run("baseline", "accept", "--accept", "asked on 3 May").code == 0
    grown = json.loads((tmp_path / "baseline.json").read_bytes())["findings"]
    assert len(grown) == len(held) + 1
    assert all(known in grown for known in held)
    assert run("check").code == 0
    twin.write_text(GOOD.replace("2018", "2017") + "E,-15\n", encoding="utf-8")
    red = run("check")
    assert red.code == 1
    assert "1 drifted" in red.out
