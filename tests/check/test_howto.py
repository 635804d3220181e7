"""The expectation and the type on the page that tells how to add them are sound."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tallymark.check import load_suites, rule
from tallymark.check.expectations import TYPES
from tallymark.check.suite import suites_folder
from tallymark.engine.sql import literal
from tallymark.model.finding import Status

PAGE = Path(__file__).parents[2] / "docs/howto/add-an-expectation.md"


def _block(language):
    pattern = rf"^```{language}\n(.*?)^```"
    text = PAGE.read_text(encoding="utf-8")
    (found,) = re.findall(pattern, text, re.DOTALL | re.MULTILINE)
    return found


def test_the_entry_can_be_added_to_a_suite(tmp_path):
    content = json.loads((suites_folder() / "observations.json").read_text("utf-8"))
    content["expectations"] = [content["expectations"][0], json.loads(_block("json"))]
    content["meta"]["n_expectations"] = 2
    path = tmp_path / "suite.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    (suite,) = load_suites([str(path)])
    assert suite.expectations[1].slug == "hotline-offence-coded"
    assert "hotline-offence-coded" not in {
        one.slug for shipped in load_suites() for one in shipped.expectations
    }


def test_the_type_finds_what_its_examples_say(
    monkeypatch, observations, expectation, found
):
    names = {"literal": literal, **vars(rule)}
    exec(_block("py"), names)
    made = names["ROUNDED"]
    monkeypatch.setitem(TYPES, made.name, made)
    (example,) = made.examples
    one = expectation(made.name, **example.kwargs)
    findings = found(observations(example.rows), one)
    assert findings.outcomes[0].status is Status.FAILED
    assert findings.flags["obs_id"].to_pylist() == list(example.fails)
    with pytest.raises(KeyError):
        expectation("expect_magic")
