"""What changed between two provenances is named, and which figures moved."""

from __future__ import annotations

import copy

import pytest

from tallymark.model.reproduction import Reproduction
from tallymark.present import render
from tallymark.present.provenance_changes import changes, moved_figures

THEN = {
    "tallymark": "0.1.0",
    "inputs": [
        {"file": "a.xlsx", "sha256": "a" * 64, "adapter": "x", "adapter_version": 1, "layout": "l"}
    ],
    "suites": [{"name": "gaps", "version": "1", "sha256": "s"}],
    "documents": {
        "adapter": {"x": "1"}, "caveat": {"gap": "1"}, "rule": {"sum: stages-mixed": "1"},
        "series": {"s": "1"}, "country": {"KEN": "1"},
    },
    "notes": [
        {"number": 1, "slug": "gap", "sentence": "A gap.", "weight": "high", "limits": ["trend"]}
    ],
    "cells": [
        {"id": "KEN·1111", "printed": "12", "notes": [1]},
        {"id": "", "printed": "no entry", "notes": []},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("tallymark",), "0.2.0", "tallymark 0.1.0 is now 0.2.0"),
        (("inputs", 0, "sha256"), "b" * 64, "input a.xlsx: another content (SHA-256 aaaa"),
        (("inputs", 0, "layout"), "m", "input a.xlsx: layout l, now m"),
        (("inputs", 0, "adapter"), "y", "input a.xlsx: adapter x, now y"),
        (("inputs", 0, "adapter_version"), 2, "adapter x: version 1, now 2"),
        (("inputs",), [], "input a.xlsx is not read any more"),
        (("suites", 0, "sha256"), "t", "suite gaps: another content"),
        (("suites",), [], "suite gaps is gone"),
        (("documents", "adapter", "x"), "2", "adapter x: another content"),
        (("documents", "rule", "sum: stages-mixed"), "2", "rule of the sum: stages-mixed: another"),
        (("documents", "series", "s"), "2", "series definition s: another content"),
        (("documents", "country", "KEN"), "2", "facts of country KEN: another content"),
        (("documents", "caveat", "new"), "2", "caveat new is new"),
        (("notes", 0, "weight"), "low", "weight of caveat gap: 'high', now 'low'"),
        (("notes", 0, "limits"), [], "limits of caveat gap: trend, now nothing"),
        (("notes", 0, "sentence"), "No gap.", "text of caveat gap: 'A gap.', now 'No gap.'"),
    ],
)  # fmt: skip
def test_each_change_is_told_and_nothing_else(path, value, told):
    now = copy.deepcopy(THEN)
    *way, last = path
    place = now
    for step in way:
        place = place[step]
    place[last] = value
    (line,) = changes(THEN, now)
    assert line.startswith(told)
    assert changes(THEN, copy.deepcopy(THEN)) == ()


def test_moved_figures_have_old_and_new_and_their_caveats():
    now = copy.deepcopy(THEN)
    now["cells"][0] |= {"printed": "13", "notes": []}
    now["cells"].append({"id": "UGA·2222", "printed": "1", "notes": [1]})
    ken, uga = moved_figures(THEN, now)
    assert (ken.id, ken.then, ken.now, ken.lost) == ("KEN·1111", "12", "13", ("gap",))
    assert (uga.then, uga.now, uga.gained) == ("", "1", ("gap",))
    made = Reproduction(
        file="t.md", outputs=("t.md",), changed_outputs=("t.md",),
        causes=("suite gaps: another content",), moved=(ken, uga),
    )  # fmt: skip
    text = render("reproduction", "text", made)[""].decode()
    assert "not identical. Other bytes: t.md." in text
    assert "- suite gaps: another content" in text
    assert "- KEN·1111: 12 -> 13; without gap" in text
    assert "- UGA·2222: not there -> 1; new caveats gap" in text
