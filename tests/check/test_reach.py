"""What a submission is told does not depend on the submissions checked with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.check import load_suites
from tallymark.check.expectations import TYPES
from tallymark.model.submission import Submissions

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "sample_data"
TYPE_OF = {e.slug: e.type for suite in load_suites() for e in suite.expectations}


@pytest.fixture(scope="module")
def submissions():
    return pipeline.read(SAMPLES)


def _told(findings, file=None):
    return {
        (f.fingerprint, str(f.location), f.found, f.ask)
        for f in findings
        if TYPE_OF[f.expectation].reach == "submission"
        and file in (None, f.location.file)
    }


def test_a_submission_is_told_the_same_alone_and_among_others(submissions):
    together = pipeline.check(submissions, keep=None)
    for one in submissions:
        alone = pipeline.check(Submissions(items=(one,)), keep=None)
        assert _told(alone) == _told(together, one.file), one.file


def test_both_reaches_are_there():
    assert {type_.reach for type_ in TYPES.values()} == {"submission", "collection"}
