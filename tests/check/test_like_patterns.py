"""SQL's LIKE has no pandas oracle: it is compared with what SQL says that it means."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallymark.model.finding import Status

TEXTS = st.lists(st.text("ab%_!é\n", max_size=4) | st.none(), min_size=1, max_size=5)
PIECES = st.lists(
    st.sampled_from(["a", "b", "é", "%", "_", "!%", "!_", "!!"]), max_size=4
)
PATTERNS = st.lists(PIECES.map("".join), min_size=1, max_size=3)


def fits(pattern, text):
    """Read a pattern, with `!` before what stands for itself, as a regular expression."""
    pieces = re.findall("!.|.", pattern)
    meant = {"%": ".*", "_": "."}
    regex = "".join(meant.get(piece, re.escape(piece[-1])) for piece in pieces)
    return re.fullmatch(regex, text, re.DOTALL) is not None


@pytest.mark.parametrize("match_on", ["any", "all"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, patterns=PATTERNS)
def test_like_patterns_fit_as_sql_says(
    match_on, texts, patterns, observations, expectation, found
):
    table = observations([{"obs_id": str(i), "sex": t} for i, t in enumerate(texts)])
    lists = {"column": "sex", "like_pattern_list": patterns, "escape": "!"}
    one = {"column": "sex", "like_pattern": patterns[0], "escape": "!"}
    name = "expect_column_values_to_{}match_like_pattern{}"
    together = any if match_on == "any" else all
    wanted = {
        ("", ""): (one, lambda text: not fits(patterns[0], text)),
        ("not_", ""): (one, lambda text: fits(patterns[0], text)),
        ("", "_list"): (
            lists | {"match_on": match_on},
            lambda text: not together(fits(p, text) for p in patterns),
        ),
        ("not_", "_list"): (lists, lambda text: any(fits(p, text) for p in patterns)),
    }
    asked = [
        expectation(name.format(*key), slug=f"s{i}", **kwargs)
        for i, (key, (kwargs, _)) in enumerate(wanted.items())
    ]
    outcomes = found(table, *asked).outcomes
    for outcome, (_, is_bad) in zip(outcomes, wanted.values(), strict=True):
        assert outcome.status is not Status.CRASHED
        assert outcome.n_failed == sum(is_bad(t) for t in texts if t is not None)


def test_case_counts_and_nothing_escapes_unless_named(observations, expectation, found):
    table = observations([{"obs_id": t, "sex": t} for t in ("ab", "AB", "a\\b")])
    name = "expect_column_values_to_not_match_like_pattern"
    for pattern, fitting in (("a%", {"ab", "a\\b"}), ("a\\_", {"a\\b"})):
        findings = found(table, expectation(name, column="sex", like_pattern=pattern))
        assert set(findings.flags["obs_id"].to_pylist()) == fitting
