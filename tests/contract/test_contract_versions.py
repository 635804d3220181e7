"""Versions: of a contract, kept and raised; of its suites, which may not drift."""

from __future__ import annotations

import pytest
import yaml

from tallymark import pipeline
from tallymark.check import load_suites
from tallymark.check.expectations import TYPES
from tallymark.cli import cli
from tallymark.contract import contract_notes, origin, plan_of
from tallymark.errors import UsageError
from tallymark.interpret import load_catalogue
from tallymark.model.observation import SCHEMA

MADE = ("contract", "init", "--suite", "observations", "--series", "xaa_case_data")


@pytest.fixture
def own(tmp_path):
    """A function: further arguments of `init`, to the path of what it makes."""

    def _own(*further):
        path = tmp_path / "own.odcs.yaml"
        arguments = [*MADE, "-o", str(path), *further]
        assert cli.main(arguments, standalone_mode=False) == 0
        return path

    return _own


def version(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))["version"]


def test_a_raised_version_is_kept_and_is_no_drift(own):
    assert version(own()) == "1.0.0"
    raised = own("--contract-version", "2.1.0")
    assert version(raised) == "2.1.0"
    assert not pipeline.contract_flaws(raised)
    assert version(own()) == "2.1.0"
    text = raised.read_text(encoding="utf-8")
    raised.write_text(
        text.replace("version: 2.1.0", "version: 3.0.0"), encoding="utf-8"
    )
    assert not pipeline.contract_flaws(raised)


@pytest.mark.parametrize("wrong", ["3", "v1.0.0", "1.0", "", "1.0.0\n"])
def test_a_version_has_three_numbers(wrong):
    with pytest.raises(UsageError, match="no version"):
        pipeline.make_contract(["observations"], [], version=wrong)


def test_another_version_of_a_suite_is_drift(own):
    path = own()
    made_of = origin(yaml.safe_load(path.read_text(encoding="utf-8")))
    (now,) = made_of.versions
    assert made_of.suites == ["observations"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(now, "observations@99"), encoding="utf-8")
    (flaw,) = pipeline.contract_flaws(path)
    assert f"made of observations@99; now {now}" in flaw.what


def test_a_pinned_suite_stays_pinned(tmp_path):
    (now,) = origin(
        yaml.safe_load(pipeline.make_contract(["observations"], []))
    ).versions
    path = tmp_path / "pinned.odcs.yaml"
    path.write_text(pipeline.make_contract([now], []), encoding="utf-8")
    assert origin(yaml.safe_load(path.read_text(encoding="utf-8"))).suites == [now]
    assert not pipeline.contract_flaws(path)


def test_a_suite_that_is_gone_is_told(own):
    path = own()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- observations\n", "- gone\n"), encoding="utf-8")
    (flaw,) = pipeline.contract_flaws(path)
    assert "gone" in flaw.what


def test_without_a_series_no_limitation_is_stated(capsys):
    arguments = ["contract", "init", "--suite", "observations"]
    assert cli.main(arguments, standalone_mode=False) == 0
    printed = capsys.readouterr()
    assert "limitations" not in yaml.safe_load(printed.out)["description"]
    assert "--series" in printed.err


def test_a_generated_contract_repeats_no_shipped_caveat(own):
    path = own()
    shipped = load_catalogue().caveats.keys()
    assert load_catalogue(path).caveats.keys() == shipped
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["description"]["limitations"] += "\nNo fees."
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    (new,) = load_catalogue(path).caveats.keys() - shipped
    assert load_catalogue(path).caveats[new].text["en"] == "No fees."
    content["customProperties"] = []
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    assert len(load_catalogue(path).caveats.keys() - shipped) > 1


def test_every_expectation_comes_back_from_the_contract():
    contract = yaml.safe_load(
        pipeline.make_contract(["observations"], ["xaa_case_data"])
    )
    assert not contract_notes(contract)
    columns = dict.fromkeys(SCHEMA.names, "VARCHAR")

    def takes(name):
        return TYPES[name].kwargs

    rules = {r.slug: r for r in plan_of(contract, columns, takes).expectations}
    (suite,) = load_suites(["observations"])
    for one in suite.expectations:
        if one.type.name == "expect_tallymark_loaded" or one.meaning.preview:
            continue
        rule = rules[one.meaning.slug]
        assert (rule.type, rule.severity) == (one.type.name, one.severity)
        assert one.kwargs.keys() <= rule.kwargs.keys()
