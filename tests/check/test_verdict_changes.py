"""Two verdicts side by side: what ends otherwise, and which findings differ."""

from __future__ import annotations

import json

import pytest

from tallymark.check import changes_between, verdict_of
from tallymark.cli import main
from tallymark.errors import DocumentError


def _outcome(slug, status, severity="critical", n_failed=1, n_listed=1):
    counted = {"n_failed": n_failed, "n_listed": n_listed}
    return {"expectation": slug, "status": status, "severity": severity, **counted}


def _finding(fingerprint, evidence="e", cell="B2"):
    return {
        "fingerprint": fingerprint, "evidence": evidence, "expectation": "x",
        "severity": "critical", "file": "a.xlsx", "cells": [cell], "region": "",
    }  # fmt: skip


def _verdict(outcomes=(), findings=()):
    return {
        "schema": "tallymark-findings-1",
        "expectations": list(outcomes),
        "findings": list(findings),
    }


def _changes(old, new):
    return changes_between(verdict_of(old, "old"), verdict_of(new, "new"))


@pytest.mark.parametrize(
    ("before", "after", "is_worse"),
    [
        ("passed", "failed", True),
        ("not_applicable", "failed", True),
        ("not_run", "crashed", True),
        (None, "failed", True),
        (None, "passed", False),
        ("failed", "passed", False),
        ("failed", None, False),
        ("failed", "crashed", False),
    ],
)
def test_what_fails_and_did_not_is_worse(before, after, is_worse):
    old, new = (_verdict([_outcome("x", s)] if s else []) for s in (before, after))
    changes = _changes(old, new)
    assert [c.expectation for c in changes.outcomes] == ["x"]
    assert changes.is_worse is is_worse


def test_what_failed_and_weighs_more_is_worse():
    old, new = (
        _verdict([_outcome("x", "failed", severity)])
        for severity in ("warning", "critical")
    )
    assert _changes(old, new).is_worse
    assert not _changes(new, old).is_worse
    assert not _changes(new, new).outcomes


def test_findings_appear_vanish_and_drift():
    old = _verdict(findings=[_finding("1"), _finding("2"), _finding("3", cell="B2")])
    new = _verdict(findings=[_finding("2", "other"), _finding("3", cell="B9"),
                             _finding("4")])  # fmt: skip
    changes = _changes(old, new)
    assert [f.fingerprint for f in changes.vanished] == ["1"]
    assert [f.fingerprint for f in changes.drifted] == ["2"]
    assert [f.fingerprint for f in changes.appeared] == ["4"]


def test_findings_of_one_fingerprint_in_two_files_are_told_apart():
    old = _verdict(findings=[_finding("1", "a"), _finding("1", "b")])
    new = _verdict(findings=[_finding("1", "b")])
    changes = _changes(old, new)
    assert [f.evidence for f in changes.vanished] == ["a"]
    assert not changes.drifted


def test_what_was_not_listed_is_said():
    old = _verdict([_outcome("x", "failed", n_failed=9)])
    assert _changes(old, old).not_listed == ("x",)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "found None"),
        ({"schema": "tallymark-flaws-1"}, "found 'tallymark-flaws-1'"),
        ({"schema": "tallymark-findings-1"}, "is no complete record"),
        (_verdict([_outcome("x", "perhaps")]), "is no complete record"),
    ],
)
def test_a_file_that_is_no_record_of_a_check(document, said):
    with pytest.raises(DocumentError, match=said):
        verdict_of(document, "old.json")


@pytest.fixture
def records(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    old = _verdict([_outcome("x", "passed", n_failed=0, n_listed=0)])
    new = _verdict([_outcome("x", "failed")], [_finding("1")])
    for name, document in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")


def _run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["diff-verdicts", *arguments])
    return ended.value.code


@pytest.mark.usefixtures("records")
def test_the_command_ends_with_1_if_something_fails_now(capsys):
    assert _run("old.json", "new.json") == 1
    printed = capsys.readouterr().out
    assert "x: passed (critical) -> failed (critical)" in printed
    assert "x: a.xlsx B2" in printed
    assert _run("new.json", "old.json") == 0
    assert _run("new.json", "new.json") == 0


@pytest.mark.usefixtures("records")
def test_the_command_prints_json(capsys):
    assert _run("old.json", "new.json", "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["is_worse"] is True
    assert document["outcomes"][0]["after"]["status"] == "failed"
    assert document["appeared"][0]["where"] == "a.xlsx B2"


def test_versions_of_a_suite_over_one_file(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing").mkdir()
    assert _run("observations@1", "observations@9", "--on", "nothing") == 2
    assert "no version 9" in capsys.readouterr().err
    assert _run("observations@1", "observations", "--on", "nothing") == 2
    assert "holds no file of a known kind" in capsys.readouterr().err
