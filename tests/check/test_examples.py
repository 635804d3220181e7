"""Every type finds in its examples what they say, and nothing else."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from tallymark.check import expectations
from tallymark.check.expectations import TYPES
from tallymark.model.finding import Status

EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{i}")
    for name, type_ in TYPES.items()
    for i, example in enumerate(type_.examples)
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_type_finds_what_its_examples_say(
    name, example, observations, expectation, found
):
    source = observations(example.rows, example.columns)
    one = expectation(name, **example.kwargs)
    findings = found(source, one, **example.relations)
    (outcome,) = findings.outcomes
    assert outcome.reason in ("", "nothing to look at")
    assert (outcome.status is Status.FAILED) == bool(example.fails)
    flagged = set(findings.flags["obs_id"].to_pylist())
    pointed = {
        place
        for finding in findings
        for place in (*finding.location.cells, *filter(None, [finding.location.region]))
    }
    assert flagged | pointed == set(filter(None, example.fails))


@pytest.mark.parametrize("name", TYPES)
def test_a_type_shows_a_good_and_a_bad_table(name):
    examples = TYPES[name].examples
    assert any(not example.fails for example in examples) or any(
        set(example.fails) < {row.get("obs_id") for row in example.rows}
        for example in examples
    )
    if name != "expect_tallymark_loaded":
        assert any(example.fails for example in examples)


def test_every_family_is_registered_and_no_type_twice():
    families = [
        import_module(f"{expectations.__name__}.{module.name}")
        for module in iter_modules(expectations.__path__)
    ]
    assert len(TYPES) == sum(len(family.TYPES) for family in families)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_registered_under_its_name(name):
    assert TYPES[name].name == name
