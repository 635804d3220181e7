"""The clean set: nothing is found, nothing crashes, nothing is left unchecked."""

from __future__ import annotations

import pytest
from corpus.clean.reading import check


@pytest.fixture(scope="module")
def findings(corpus):
    return check(corpus)


def test_nothing_is_found(findings):
    assert [f"{f.expectation} {f.location}: {f.found}" for f in findings] == []


def test_everything_is_checked(findings):
    assert findings.not_checked() == ()


def test_every_cell_is_read(corpus):
    assert corpus.submissions.losses.num_rows == 0
    assert corpus.submissions.observations.num_rows > 250


def test_every_question_is_answered(corpus):
    for series in corpus.reference.series.values():
        assert series.unanswered() == ()


def test_only_invented_areas_have_invented_figures(corpus):
    areas = set(corpus.submissions.observations["ref_area"].to_pylist())
    assert all(area.startswith("X") for area in areas)
