"""Every expectation on the subject is raised by some fault, once it counts."""

from __future__ import annotations

from corpus.faults import FAULTS

from tallymark.check import load_suites


def test_every_expectation_is_raised_by_a_fault():
    raised = {slug for fault in FAULTS for slug in fault.raises}
    held = {
        e.slug
        for suite in load_suites()
        for e in suite.expectations
        if not e.meaning.preview
    }
    loaded = {slug for slug in held if slug.endswith("-loaded")}
    assert held - loaded - raised == set()


def test_faults_name_expectations_that_exist():
    held = {e.slug for suite in load_suites() for e in suite.expectations}
    named = {slug for f in FAULTS for slug in (*f.raises, *f.tolerated)}
    assert named - held == set()
