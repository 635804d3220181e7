# ruff: noqa: PLC0415 - Great Expectations takes seconds to import: only when run
"""The shipped suites under Great Expectations on Spark: the same as everywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.check.suite import suites_folder
from tallymark.check.suite_reading import read_suite
from tallymark.model.finding import Status

pytestmark = pytest.mark.slow

SUITES = [
    path
    for path in sorted(suites_folder().glob("*.json"))
    if not read_suite(path).includes
]
"""Those that include others hold nothing that these do not."""
SAMPLE = Path(__file__).parents[2] / "sample_data/xaa_case_data"
WHOLE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["obs_id", "source_ref"],
}


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
def batch(gx, spark, submissions):
    """The observations as a batch of a Spark DataFrame."""
    frame = spark.createDataFrame(submissions.observations)
    name = f"spark-{len(gx.data_sources.all())}"
    asset = gx.data_sources.add_spark(name).add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("all").get_batch(
        batch_parameters={"dataframe": frame}
    )


@pytest.fixture
def validated(batch):
    """A function: a suite and how to answer to results by slug."""

    def _validated(suite, **how):
        results = batch.validate(suite, **how).results
        return {r.expectation_config.meta["slug"]: r for r in results}

    return _validated


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_suite_says_the_same_under_great_expectations(path, submissions, validated):
    from tallymark.check.gx import load_suite

    results = validated(load_suite(path, submissions=submissions), result_format=WHOLE)
    ours = pipeline.check(submissions, path.stem)
    assert results.keys() == {outcome.expectation for outcome in ours.outcomes}
    flags = ours.flags.to_pylist()
    for outcome in ours.outcomes:
        theirs = results[outcome.expectation]
        if outcome.status is Status.NOT_RUN:
            assert outcome.reason in str(_raised(theirs))
            continue
        assert not _raised(theirs), outcome.expectation
        assert theirs.success == (outcome.status is not Status.FAILED)
        if "element_count" not in theirs.result:
            continue
        n_rows = max(outcome.n_rows, outcome.n_checked)
        assert theirs.result["element_count"] == n_rows
        assert theirs.result["unexpected_count"] == outcome.n_failed
        if outcome.status is Status.FAILED:
            listed = {r["obs_id"] for r in theirs.result["unexpected_index_list"]}
            slug = outcome.expectation
            assert listed == {f["obs_id"] for f in flags if f["expectation"] == slug}


def _raised(result):
    told = result.exception_info
    each = [told] if "raised_exception" in told else told.values()
    return [one["exception_message"] for one in each if one["raised_exception"]]


@pytest.mark.parametrize("wanted", ["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"])
def test_no_more_rows_are_fetched_than_the_format_shows(wanted, submissions, validated):
    import great_expectations

    from tallymark.check.gx import load_suite

    path = suites_folder() / "coherence.json"
    suite = load_suite(path, submissions=submissions)
    (one,) = [e for e in suite.expectations if e.meta["slug"] == "total-against-parts"]
    alone = great_expectations.ExpectationSuite("alone", expectations=[one])
    how = {
        **WHOLE,
        "result_format": wanted,
        "partial_unexpected_count": 1,
        "include_unexpected_rows": True,
    }
    result = validated(alone, result_format=how)["total-against-parts"].result
    rows = result.get("unexpected_rows", [])
    assert len(rows) == (wanted != "BOOLEAN_ONLY")
    ids = [row["obs_id"] for row in result.get("unexpected_index_list", ())]
    assert ids == sorted(ids)
    assert (len(ids) > 1) is (wanted == "COMPLETE")
    short = result.get("partial_unexpected_index_list", ())
    assert len(short) == (wanted in ("SUMMARY", "COMPLETE"))
    assert [row["obs_id"] for row in short] == ids[:1] or wanted == "SUMMARY"
