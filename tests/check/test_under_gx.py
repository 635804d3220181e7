# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""The shipped suites under plain Great Expectations, on a pandas frame."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.check.suite import suites_folder
from tallymark.errors import DocumentError
from tallymark.model.finding import Status

pytestmark = pytest.mark.slow

SUITES = sorted(suites_folder().glob("*.json"))
SAMPLE = Path(__file__).parents[2] / "sample_data/xaa_case_data"


@pytest.fixture(scope="module")
def gx():
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


@pytest.fixture(scope="module")
def submissions():
    return pipeline.read(SAMPLE)


@pytest.fixture
def validated(gx, submissions):
    def _validated(suite, **how):
        name = f"{suite.name}-{len(gx.data_sources.all())}"
        asset = gx.data_sources.add_pandas(name).add_dataframe_asset("table")
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch(
            batch_parameters={"dataframe": submissions.to_pandas()}
        )
        return {
            r.expectation_config.meta["slug"]: r
            for r in batch.validate(suite, **how).results
        }

    return _validated


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_suite_says_the_same_under_great_expectations(path, submissions, validated):
    from tallymark.check.gx import load_suite

    results = validated(load_suite(path, submissions=submissions))
    ours = pipeline.check(submissions, path.stem)
    assert results.keys() == {outcome.expectation for outcome in ours.outcomes}
    for outcome in ours.outcomes:
        theirs = results[outcome.expectation]
        if outcome.status is Status.NOT_RUN:
            assert outcome.reason in str(_raised(theirs))
            assert not theirs.success
            continue
        assert not _raised(theirs), outcome.expectation
        assert theirs.success == (outcome.status is not Status.FAILED)
        if "element_count" in theirs.result:
            n_rows = max(outcome.n_rows, outcome.n_checked)
            assert theirs.result["element_count"] == n_rows
            assert theirs.result["unexpected_count"] == outcome.n_failed
    assert any(outcome.n_checked for outcome in ours.outcomes)


def _raised(result):
    told = result.exception_info
    each = [told] if "raised_exception" in told else told.values()
    return [one["exception_message"] for one in each if one["raised_exception"]]


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ("BOOLEAN_ONLY", set()),
        ("BASIC", {"unexpected_count", "partial_unexpected_list"}),
        ("SUMMARY", {"partial_unexpected_index_list", "partial_unexpected_counts"}),
        ("COMPLETE", {"unexpected_list", "unexpected_index_list"}),
    ],
)
def test_a_type_of_its_own_answers_in_each_result_format(
    wanted, holds, submissions, validated
):
    from tallymark.check.gx import load_suite

    path = suites_folder() / "coherence.json"
    how = {
        "result_format": wanted,
        "unexpected_index_column_names": ["obs_id", "source_ref"],
    }
    results = validated(load_suite(path, submissions=submissions), result_format=how)
    result = results["total-against-parts"].result
    assert holds <= result.keys()
    assert bool(result) is bool(holds)
    if "unexpected_index_list" in result:
        known = submissions.to_pandas().set_index("obs_id")["source_ref"]
        for row in result["unexpected_index_list"]:
            assert known[row["obs_id"]] == row["source_ref"]
        assert result["unexpected_index_list"]
        assert all(": " in said for said in result["unexpected_list"])


def test_nobody_has_looked_for_losses_that_were_not_handed_over(validated):
    from tallymark.check.gx import load_suite

    results = validated(load_suite(suites_folder() / "observations.json"))
    result = results["cells-accounted-for"]
    assert not result.success
    assert "no losses were handed over" in str(result.exception_info)


def test_plain_great_expectations_leaves_unknown_types_out_and_this_is_noticed(
    tmp_path, monkeypatch
):
    import great_expectations

    from tallymark.check import gx as ours

    content = json.loads(SUITES[0].read_text("utf-8"))
    path = tmp_path / "suite.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    kept = great_expectations.ExpectationSuite

    def forgetful(expectations, **rest):
        return kept(expectations=expectations[:-1], **rest)

    monkeypatch.setattr(ours.gx, "ExpectationSuite", forgetful)
    with pytest.raises(DocumentError, match="Great Expectations loaded"):
        ours.load_suite(path)


def test_a_faulty_suite_is_named_before_great_expectations_sees_it(tmp_path):
    from tallymark.check.gx import load_suite

    path = tmp_path / "suite.json"
    path.write_text('{"name": "x", "meta": {}, "expectations": []}', encoding="utf-8")
    with pytest.raises(DocumentError, match="n_expectations"):
        load_suite(path)


def test_the_page_on_great_expectations_shows_what_it_prints(tmp_path):
    root = Path(__file__).parents[2]
    page = root / "docs/howto/run-suites-in-great-expectations.md"
    code, printed = re.findall(
        r"^```(?:py|text)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=os.environ | {"GX_ANALYTICS_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == printed, done.stderr
