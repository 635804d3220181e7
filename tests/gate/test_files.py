"""Waivers, baselines and settings as files: all problems at once, and where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import DocumentError, UsageError
from tallymark.gate import (
    baseline_bytes,
    read_baseline,
    read_configuration,
    read_waivers,
    with_settings,
)
from tallymark.gate.baseline import SCHEMA
from tallymark.model.codes import Severity
from tallymark.model.configuration import Configuration
from tallymark.model.verdict import Known

GOOD = "{fingerprint: 965c2a38a911756c, owner: A, reason: asked, expires: 2026-12-31}"
KNOWN = st.builds(
    Known,
    fingerprint=st.sampled_from(["0" * 16, "f" * 16]),
    evidence=st.sampled_from(["1" * 16, "e" * 16]),
    expectation=st.sampled_from(["sums-agree", "has-reason"]),
    file=st.text(max_size=4),
    n=st.integers(1, 3),
    others=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    reason=st.text(max_size=5),
)


@pytest.fixture
def write(tmp_path):
    def to(name, text):
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8"))
        return path

    return to


def problems(error):
    return [(problem.path, problem.what) for problem in error.value.problems]


def test_a_waiver_knows_its_line(write):
    path = write("w.yaml", f"version: 1\nwaivers:\n  # until autumn\n  - {GOOD}\n")
    (waiver,) = read_waivers(path)
    assert (waiver.owner, waiver.expires, waiver.line) == ("A", date(2026, 12, 31), 4)


def test_all_problems_of_waivers_are_told_with_their_lines(write):
    path = write(
        "w.yaml",
        "version: 2\nwaivers:\n"
        "- fingerprint: 1234567890123456\n  owner: ' '\n  reason: x\n  expires: soon\n"
        "- fingerprint: xyz\n  owner: A\n  reason: x\n  untill: 2026-01-01\n"
        f"- {GOOD}\n- {GOOD}\n",
    )
    with pytest.raises(DocumentError) as error:
        read_waivers(path)
    told = problems(error)
    assert [place.split(",")[0] for place, _ in told] == [
        f"line {n}" for n in (1, 3, 4, 6, 7, 7, 10, 12)
    ]
    words = " ".join(what for _, what in told)
    for said in ("version 1", "quotes", "owner", "date", "16 of", "missing", "above"):
        assert said in words


@pytest.mark.parametrize(
    "text", ["", "[]", "waivers: 3", "version: 1\nwaivers:\n- 3\n"]
)
def test_waivers_that_are_none_are_refused(write, text):
    with pytest.raises(DocumentError):
        read_waivers(write("w.yaml", text))


def test_two_waivers_of_one_fingerprint_differ_by_their_evidence(write):
    one, two = (GOOD[:-1] + f", evidence: {e * 16}}}" for e in "ab")
    path = write("w.yaml", f"version: 1\nwaivers:\n- {one}\n- {two}\n")
    assert len(read_waivers(path)) == 2


@given(st.lists(KNOWN, max_size=5))
def test_a_baseline_is_read_as_it_was_written_whatever_the_order(entries):
    content = baseline_bytes(entries)
    assert content == baseline_bytes(list(reversed(entries)))
    assert json.loads(content)["schema"] == SCHEMA
    assert content.count(b"\n") == (5 + len(entries) if entries else 4)


def test_a_baseline_comes_back(write):
    known = Known(
        fingerprint="0" * 16, evidence="1" * 16, expectation="s", file="ü.csv", n=2,
        others=("b.csv",), reason="asked", accepted="2026-11-23",
    )  # fmt: skip
    path = write("baseline.json", baseline_bytes([known]).decode())
    assert read_baseline(path) == (known,)
    assert path.read_text(encoding="utf-8").count("\n") == 6


def test_a_faulty_baseline_is_refused_with_all_its_problems(write):
    entry = '{"fingerprint": "0", "evidence": "1", "expectation": "s", "n": 0}'
    text = f'{{\n"schema": "other",\n"findings": [\n{entry}\n]}}\n'
    with pytest.raises(DocumentError) as error:
        read_baseline(write("baseline.json", text))
    assert [place for place, _ in problems(error)] == [
        "line 2, $.schema",
        "line 4, $.findings[0].n",
        "line 4, $.findings[0].file",
    ]


def test_settings_are_found_above_and_end_at_the_repository(write, tmp_path):
    write("tallymark.toml", 'include = ["data"]\nfail-on = "never"\nwaivers = "w.yaml"')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    found = read_configuration(below)
    assert found.include == ("data",)
    assert found.fail_on is None
    assert found.waivers is not None
    assert found.waivers.resolve() == tmp_path.resolve() / "w.yaml"
    (below / ".git").mkdir()
    assert read_configuration(below) == Configuration(folder=below)


def test_a_pyproject_of_another_tool_has_no_settings(write, tmp_path):
    write("pyproject.toml", "[tool.other]\nx = 1\n")
    (tmp_path / ".git").mkdir()
    assert read_configuration(tmp_path).include == ()
    write("pyproject.toml", '[tool.tallymark]\nstale-waivers = "fail"\n')
    assert read_configuration(tmp_path).do_stale_waivers_stop
    write("tallymark.toml", "")
    with pytest.raises(UsageError, match="stands beside it"):
        read_configuration(tmp_path)


def test_all_problems_of_settings_are_told_and_the_nearest_key(write, tmp_path):
    write("tallymark.toml", 'inclde = []\nfail-on = "high"\nexclude = ["../x", "/y"]\n')
    with pytest.raises(DocumentError) as error:
        read_configuration(tmp_path)
    told = dict(problems(error))
    assert "Is include meant?" in told["$.inclde"]
    assert {"$.exclude[0]", "$.exclude[1]", "$.fail-on"} <= told.keys()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_settings_join_a_pyproject_and_change_nothing_else(write, tmp_path, end):
    before = end.join(
        ["[project]", 'name = "x" # ü', "", "[tool.other]", "a = [", "  [1],", "]", ""]
    )
    path = write("pyproject.toml", before)
    first = Configuration(include=("a",), exclude=("a/ü [1].csv", "a/2"))
    joined = with_settings(path, first, is_replaced=False)
    assert joined is not None
    assert joined.decode().startswith(before)
    path.write_bytes(joined)
    assert with_settings(path, first, is_replaced=False) is None
    assert with_settings(path, first, is_replaced=True) == joined
    read = read_configuration(tmp_path)
    assert (read.include, read.exclude) == (first.include, first.exclude)
    assert read.fail_on is Severity.CRITICAL


def test_settings_that_cannot_be_taken_out_are_left(write):
    path = write("pyproject.toml", "tool.tallymark.include = ['a']\n")
    with pytest.raises((UsageError, DocumentError)):
        with_settings(path, Configuration(include=("b",)), is_replaced=True)
    assert Path(path).read_text() == "tool.tallymark.include = ['a']\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\nwaivers:\n  - {expires: 2026-02-30}\n", "no such day"),
        ("version: 1\nwaivers: " + "[" * 5000, "deep|expected"),
        ("version: 1\n? [a]\n: b\n", "cannot be read|hash"),
        ("version: 1\nwaivers: \x01\n", "cannot be read|character"),
        (f"version: {'9' * 5000}\nwaivers: []\n", "cannot be read|digits"),
    ],
    ids=["day", "deep", "key", "sign", "digits"],
)
def test_no_text_of_waivers_is_a_fault_of_the_reader(tmp_path, text, said):
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=said):
        read_waivers(path)


@pytest.mark.parametrize("text", ["[" * 100_000, f'{{"n": {"9" * 5000}}}', "", "{"])
def test_no_text_of_a_baseline_is_a_fault_of_the_reader(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError):
        read_baseline(path)
