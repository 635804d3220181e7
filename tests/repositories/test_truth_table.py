"""Small repositories, over twenty: how each build ends, and at which file and line it says why.

A row is what the repository holds, the exit code, the annotations that are no notices,
and words of the log.
"""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tallymark.check import run
from tallymark.check.run.results import Result
from tallymark.check.suite import suites_folder
from tallymark.cli import main

NOTHING = ()
ONE = "data/one.xlsx"
POINTER = """version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
"""
PERSONS = """Name,Date of birth,Offence,Victim
Ama Mensah,1984-03-02,Grooming,Kofi Boateng
Yaw Owusu,1990-11-23,Grooming,Esi Asante
Kojo Appiah,1979-07-14,Grooming,Abena Osei
"""
UNREAD = b"\x00\x01\x02"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
OTHER = '{"schema": "tallymark-baseline-9", "findings": []}'
STRANGE = """{"schema": "tallymark-baseline-1", "findings": [
{"fingerprint": "0000000000000001", "evidence": "0000000000000001",
"expectation": "of-another-suite", "file": "data/one.xlsx"}]}
"""
WAIVER = """version: 1
waivers:
  - {{fingerprint: {0}, owner: A. Officer, reason: asked on 3 May, expires: {1}{2}}}
"""


def entry(slug):
    """Return an expectation of a shipped suite."""
    texts = (
        path.read_text(encoding="utf-8") for path in suites_folder().glob("*.json")
    )
    entries = (e for text in texts for e in json.loads(text)["expectations"])
    return next(e for e in entries if e["meta"]["slug"] == slug)


def areas():
    """Return an expectation that two areas are there."""
    meta = {**entry("stage-in-list")["meta"], "slug": "areas-there"}
    return {
        "type": "expect_column_distinct_values_to_contain_set",
        "kwargs": {"column": "ref_area", "value_set": ["XBC", "XAA"]},
        "severity": "critical",
        "meta": meta,
    }


def early():
    """Return an expectation that does not count yet."""
    made = entry("value-not-negative")
    return {**made, "meta": {**made["meta"], "preview": "0.9", "since": 2}}


def locked():
    """Return the bytes of a workbook with a password."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("encrypted-package", "x")
    return content.getvalue()


def error(line, file=ONE):
    return ("error", file, line)


def warning(line, file=ONE):
    return ("warning", file, line)


OWN = 'suites = ["own.json"]'
STRICT = 'fail-on = "warning"'
ROWS = {
    "good data": (lambda r: r.workbook(), 0, [], "stop"),
    "a negative count": (
        lambda r: r.workbook(C8=-640), 1, [error(8)], "value-not-negative",
    ),
    "half a case": (lambda r: r.workbook(C8=640.5), 1, [error(8)], "counts-whole"),
    "a wrong total": (lambda r: r.workbook(C13=999), 0, [warning(9)], "total"),
    "a wrong total, by a strict office": (
        lambda r: r.workbook(C13=999).settings(STRICT), 1, [error(9)], "total",
    ),
    "a wrong code": (
        lambda r: r.workbook(A7="Femlae"), 1, [error(7)], "cells-accounted-for",
    ),
    "a word for a number": (
        lambda r: r.workbook(C11="about 30"), 1, [error(11)], "cells-accounted-for",
    ),
    "a duplicate": (
        lambda r: r.workbook(B8="Under 13"), 1, [error(7)] * 3, "duplicate-key",
    ),
    "a small count in detail": (
        lambda r: r.workbook(D10=3).settings(STRICT), 1, [error(10)], "small-cell",
    ),
    "a missing year": (
        lambda r: r.workbook(E6="2028/29").settings(STRICT), 1, [error(17)], "years",
    ),
    "a missing area": (
        lambda r: r.workbook().suite(areas()).settings(OWN), 1, None, "areas-there",
    ),
    "a preview": (
        lambda r: r.workbook(C8=-640).suite(
            early(), entry("counts-whole"),
        ).settings(OWN), 0, [], "preview",
    ),
    "a broken suite": (
        lambda r: r.workbook().file("own.json", '{"name": "own"}').settings(OWN),
        2, None, "Error",
    ),
    "nothing to check": (
        lambda r: r.file("data/readme.md", "none yet"), 2, None, "Error",
    ),
    "nothing that is asked": (
        lambda r: r.workbook().suite(
            entry("rate-against-population")
        ).settings(OWN), 4, None, "Nothing was checked",
    ),
    "a list of persons": (
        lambda r: r.workbook().file("data/list.csv", PERSONS),
        2, [error(1, "data/list.csv")], "list of persons",
    ),
    "an encrypted file": (
        lambda r: r.workbook().file("data/locked.ods", locked()),
        2, [error(1, "data/locked.ods")], "could not be read",
    ),
    "a pointer of Git LFS": (
        lambda r: r.workbook("other.xlsx").file(ONE, POINTER), 2, [error(1)], "read",
    ),
    "names that are meant to be taken for more": (
        lambda r: r.workbook("a%0A::error,x.xlsx").file("data/l\nb.csv", UNREAD),
        2, [error(1, "data/l%0Ab.csv")], "could not be read",
    ),
    "a name of 250 letters that turns": (
        lambda r: r.workbook(f"{'l' * 241}\u202e.xlsx"), 0, [], "stop",
    ),
    "a link to itself": (
        lambda r: r.workbook().link("data/self.csv", "self.csv").link("data/up", ".."),
        2, [error(1, "data/self.csv")], "could not be read",
    ),
    "all files excluded": (
        lambda r: r.workbook().settings('exclude = ["data/*"]'), 4, None,
        "Nothing was checked",
    ),
    "a list of persons alone": (
        lambda r: r.file("data/list.csv", PERSONS), 2, None, "list of persons",
    ),
    "a day that is none": (
        lambda r: r.workbook().file(
            "w.yaml", WAIVER.format("0" * 16, "2026-02-30", "")
        ).settings('waivers = "w.yaml"'),
        2, None, "no such day",
    ),
    "waivers that unfold without end": (
        lambda r: r.workbook().file("w.yaml", BOMB).settings('waivers = "w.yaml"'),
        2, None, "unfolds",
    ),
    "a baseline that was cut": (
        lambda r: r.workbook().file("b.json", '{"schema": "tallym').settings(
            'baseline = "b.json"'
        ), 2, None, "Unterminated",
    ),
    "a baseline of another version": (
        lambda r: r.workbook().file("b.json", OTHER).settings(
            'baseline = "b.json"'
        ), 2, None, "tallymark-baseline-9",
    ),
    "a baseline of other suites": (
        lambda r: r.workbook().file("b.json", STRANGE).settings(
            'baseline = "b.json"'
        ), 0, [], "1 file read",
    ),
    "an expectation that is required and did not run": (
        lambda r: r.file("data/a.csv", "Post,Cases 2018\nA,11\nB,12\nC,13\n").settings(
            'require = ["numbers-hidden"]', 'fail-on = "never"'
        ), 1, None, "numbers-hidden",
    ),
    "two versions of a file": (
        lambda r: r.workbook().workbook("two.xlsx", C8=641), 2, None, "Error",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_build_ends_and_tells_as_it_should(name, repository) -> None:
    make, code, annotations, word = ROWS[name]
    built = make(repository).build()
    assert built.code == code, built.printed
    if annotations is not None:
        assert sorted(built.loud) == sorted(annotations), built.printed
    assert word in built.printed + built.summary
    assert_valid(built)


def assert_valid(built) -> None:
    """Counts are those of the elements, and each result has a file and a line."""
    for suite in built.junit.iter("testsuite"):
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        for kind in ("failure", "error", "skipped"):
            name = {"failure": "failures", "error": "errors"}.get(kind, kind)
            n = sum(case.find(kind) is not None for case in cases)
            assert int(suite.get(name, "0")) == n
    for result in built.sarif:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        assert place["region"]["startLine"] >= 1


def test_an_expectation_that_crashes(repository, monkeypatch) -> None:
    whole = run.run_plan

    def crashing(*arguments):
        crash = Result(crash="BinderException")
        return {**whole(*arguments), "value-not-negative": crash}

    monkeypatch.setattr(run, "run_plan", crashing)
    built = repository.workbook().build()
    assert built.code == 3, built.printed
    assert "value-not-negative" in built.printed
    assert len(list(built.junit.iter("error"))) == 1
    assert_valid(built)


@pytest.mark.parametrize(
    ("cells", "code", "loud"),
    [({}, 0, ()), ({"C8": -640}, 1, (error(8),))],
    ids=["kept", "broken"],
)
def test_a_data_contract(cells, code, loud, repository, monkeypatch) -> None:
    repository.workbook(**cells)
    monkeypatch.chdir(repository.folder)
    series = ("--series", "xbc_statistical_service", "--suite", "observations")
    with pytest.raises(SystemExit):
        main(["contract", "init", *series, "-o", "contract.odcs.yaml"])
    built = repository.build("contract.odcs.yaml", "data", verb=("contract", "check"))
    assert (built.code, built.loud) == (code, loud), built.printed
    assert_valid(built)


def test_a_layout_that_moved_is_not_read(repository) -> None:
    repository.workbook(C6="Notes")
    built = repository.build("--adapter", "xbc-statistical-service", "data")
    assert (built.code, built.loud) == (2, (error(1), error(1))), built.printed
    assert "layout" in built.printed
    guessed = repository.build()
    assert guessed.code == 1
    assert "guesses-not-confirmed" in guessed.printed


@pytest.mark.parametrize(
    ("day", "code"), [("2999-01-01", 0), ("2020-01-01", 1)], ids=["waived", "expired"]
)
def test_a_waiver_holds_until_its_day(day, code, repository) -> None:
    about = repository.workbook(C8=-640).fingerprint()
    repository.file("waivers.yaml", WAIVER.format(about, day, ""))
    built = repository.settings('waivers = "waivers.yaml"').build()
    assert built.code == code, built.printed
    assert f"until {day}" in built.printed + built.summary
    (result,) = built.sarif
    (suppression,) = result["suppressions"]
    assert suppression["status"] == ("rejected" if code else "accepted")
    assert_valid(built)


def test_a_waiver_of_nothing_is_told_and_may_stop(repository) -> None:
    text = WAIVER.format("0123456789abcdef", "2999-01-01", "")
    repository.workbook().file("waivers.yaml", text)
    told = repository.settings('waivers = "waivers.yaml"').build()
    assert told.code == 0, told.printed
    assert "0123456789abcdef" in told.printed + told.summary
    repository.settings('waivers = "waivers.yaml"', 'stale-waivers = "fail"')
    assert repository.build().code == 1


def test_a_finding_that_drifted_from_its_waiver_stops(repository) -> None:
    about = repository.workbook(C8=-640).fingerprint()
    text = WAIVER.format(about, "2999-01-01", ", evidence: 0123456789abcdef")
    repository.file("waivers.yaml", text).settings('waivers = "waivers.yaml"')
    built = repository.build()
    assert (built.code, built.loud) == (1, (error(8),)), built.printed
    assert "rifted" in built.printed + built.summary


@pytest.fixture
def known(repository, monkeypatch):
    """A repository with two files, whose one finding the baseline holds."""
    repository.workbook(C8=-640).settings('baseline = "baseline.json"')
    monkeypatch.chdir(repository.folder)
    with pytest.raises(SystemExit):
        main(["baseline", "create"])
    assert (repository.folder / "baseline.json").is_file()
    return repository


def test_what_the_baseline_holds_does_not_stop(known) -> None:
    built = known.build()
    assert (built.code, built.loud) == (0, NOTHING), built.printed
    assert_valid(built)


def test_what_is_new_beside_it_does(known) -> None:
    built = known.workbook(C8=-640, C11="about 30").build()
    assert built.code == 1, built.printed
    assert built.loud == (error(11),)
    states = {r["ruleId"]: r["baselineState"] for r in built.sarif}
    assert states == {"value-not-negative": "unchanged", "cells-accounted-for": "new"}


def test_another_value_in_the_same_place_has_drifted(known) -> None:
    built = known.workbook(C8=-641).build()
    assert (built.code, built.loud) == (1, (error(8),)), built.printed


def test_a_part_of_the_files_says_nothing_of_the_others(known) -> None:
    known.file("data/more/read.me", "")
    (known.folder / "more").mkdir()
    known.sampleland(known.folder / "more" / "other.xlsx")
    built = known.build("more/other.xlsx")
    assert built.code == 0, built.printed
    assert "shrink" not in built.printed + built.summary
