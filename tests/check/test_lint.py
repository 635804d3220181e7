"""What suites say against themselves: contradictions, repetitions, empty promises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.check import lint_suites, load_suites
from tallymark.check.expectation import Suite
from tallymark.check.lint.allowances import Allowance, excludes, is_within
from tallymark.check.lint.implication import implies, is_never
from tallymark.cli import main
from tallymark.model.condition import AllOf, AnyOf, Compare, IsNull, Not
from tallymark.model.series import Source

IN_SET = "expect_column_values_to_be_in_set"
BETWEEN = "expect_column_values_to_be_between"
ROWS = "expect_table_row_count_to_be_between"
REGEX = "expect_column_values_to_match_regex"
NOT_NULL = "expect_column_values_to_not_be_null"
NULL = "expect_column_values_to_be_null"
PAIR = "expect_column_pair_values_a_to_be_greater_than_b"
POLICE = Compare("series.source_type", "is", "police")
COURTS = Compare("series.source_type", "in", ("police", "court"))


@pytest.fixture
def flaws(expectation):
    """A function: expectations as (type, arguments) to kinds and slugs of flaws."""

    def _flaws(*entries):
        made = [
            expectation(type_, slug=f"e{i}", **arguments)
            for i, (type_, arguments) in enumerate(entries)
        ]
        suite = Suite(
            name="made-up", version=1, title="", source=Source(title="Made up"),
            sha256="", expectations=tuple(made),
        )  # fmt: skip
        return [(flaw.kind, flaw.slugs) for flaw in lint_suites([suite])]

    return _flaws


def _sex(*codes, **more):
    return (IN_SET, {"column": "sex", "value_set": list(codes), **more})


def _value(low=None, high=None, **more):
    bounds = {"min_value": low, "max_value": high}
    return (BETWEEN, {"column": "obs_value", **bounds, **more})


CONTRADICTORY = [
    (_sex("F", "M"), _sex("_T")),
    (_value(0, 10), _value(20, 30)),
    (_value(0, 10), _value(10, 30, strict_min=True)),
    (_sex("F"), ("expect_column_values_to_not_be_in_set",
                 {"column": "sex", "value_set": ["F", "M"]})),
    (_sex("F", "M"), (REGEX, {"column": "sex", "regex": "^_"})),
    ((NOT_NULL, {"column": "sex"}), (NULL, {"column": "sex"})),
    ((ROWS, {"min_value": 10}), (ROWS, {"max_value": 9})),
    ((ROWS, {"min_value": 10}), ("expect_table_row_count_to_equal", {"value": 9})),
    ((PAIR, {"column_A": "value_high", "column_B": "value_low"}),
     (PAIR, {"column_A": "value_low", "column_B": "value_high"})),
    (_value(0, 10, row_condition=POLICE), _value(20, 30, row_condition=COURTS)),
    (_sex("F", mostly=0.6), _sex("M", mostly=0.6)),
]  # fmt: skip
REDUNDANT = [
    (_sex("F", "M"), _sex("F", "M", "_T")),
    (_value(0, 10), _value(0, 20)),
    (_value(1, 10), _value(0, None)),
    (_sex("F", "M"), _sex("M", "F")),
    (_sex("F", mostly=0.9), _sex("F", mostly=0.5)),
    (_value(0, 10), _value(0, 10, row_condition=POLICE)),
    (_sex("F", severity="critical"), _sex("F", severity="info")),
    (_sex("F", "M"), (REGEX, {"column": "sex", "regex": "^[FM]$"})),
    ((PAIR, {"column_A": "value_high", "column_B": "value_low"}),
     (PAIR, {"column_A": "value_high", "column_B": "value_low", "or_equal": True})),
    (("expect_counts_to_be_whole", {}), ("expect_counts_to_be_whole", {})),
]  # fmt: skip
APART = [
    (_sex("F", "M"), _sex("F", "_T")),
    (_value(0, 10), _value(5, 30)),
    (_value(0, 10, severity="info"), _value(0, 20, severity="critical")),
    (_value(0, 10, row_condition=POLICE), _value(20, 30, row_condition=Not(POLICE))),
    (_value(0, 10, mostly=0.5), _value(20, 30, mostly=0.5)),
    (_value(0, 10, mostly=0.5), _value(0, 10, mostly=0.5, row_condition=POLICE)),
    (_value(0, 10), (ROWS, {"min_value": 20})),
    (_value(0, "b"), _value("a", 30)),
    (("expect_column_distinct_values_to_equal_set",
      {"column": "sex", "value_set": ["F", "M"]}), _sex("F")),
    (_sex("F"), ("expect_column_distinct_values_to_equal_set",
                 {"column": "sex", "value_set": ["F", "M"]})),
]  # fmt: skip
VACUOUS = [
    _sex("F", mostly=0),
    _value(),
    (ROWS, {}),
    (REGEX, {"column": "sex", "regex": ".*"}),
    ("expect_column_values_to_not_be_in_set", {"column": "sex", "value_set": []}),
    _sex("F", row_condition=AllOf((POLICE, Not(POLICE)))),
    _value(0, 1, row_condition=AllOf((POLICE, IsNull("series.source_type")))),
]


@pytest.mark.parametrize("pair", CONTRADICTORY)
def test_two_expectations_that_nothing_can_meet(pair, flaws):
    assert flaws(*pair) == [("contradictory", ("e0", "e1"))]
    assert flaws(*pair[::-1]) == [("contradictory", ("e0", "e1"))]


@pytest.mark.parametrize("pair", REDUNDANT)
def test_an_expectation_that_says_nothing_new(pair, flaws):
    assert flaws(*pair) == [("redundant", ("e1", "e0"))]


@pytest.mark.parametrize("pair", APART)
def test_expectations_that_each_say_something(pair, flaws):
    assert flaws(*pair) == flaws(*pair[::-1]) == []


@pytest.mark.parametrize("entry", VACUOUS)
def test_an_expectation_that_can_never_fail(entry, flaws):
    assert flaws(entry) == [("vacuous", ("e0",))]


@pytest.mark.parametrize("entry", [_value(5, 1), _value(5, 5, strict_max=True), _sex()])
def test_an_expectation_that_allows_nothing(entry, flaws):
    assert flaws(entry) == [("contradictory", ("e0",))]


def test_the_shipped_suites_have_no_flaws():
    assert lint_suites(load_suites()) == ()


BOUNDS = st.one_of(st.none(), st.integers(0, 6))
SPANS = st.builds(
    lambda low, high, sharp: Allowance(
        subject=("values", "n"), low=low, high=high, is_low_strict=sharp,
        is_high_strict=sharp,
    ),
    BOUNDS, BOUNDS, st.booleans(),
)  # fmt: skip
SETS = st.builds(
    lambda members: Allowance(subject=("values", "n"), members=members),
    st.frozensets(st.integers(0, 6), min_size=1),
)
REFUSALS = st.builds(
    lambda refused: Allowance(subject=("values", "n"), refused=refused),
    st.frozensets(st.integers(0, 6)),
)
ALLOWANCES = st.one_of(SPANS, SETS, REFUSALS)


@given(one=ALLOWANCES, other=ALLOWANCES, value=st.integers(-1, 7))
def test_what_is_said_of_two_allowances_is_true_of_every_value(one, other, value):
    both = one.admits(value) and other.admits(value)
    assert not (both and excludes(one, other))
    assert not (one.admits(value) and is_within(one, other)) or other.admits(value)


COMPARISONS = st.builds(
    Compare, st.just("n"), st.sampled_from(["is", "lt", "le", "gt", "ge"]),
    st.integers(0, 4),
) | st.builds(
    Compare, st.just("n"), st.just("in"), st.tuples(st.integers(0, 4), st.integers(0, 4))
)  # fmt: skip
SINGLE = COMPARISONS | st.just(IsNull("n")) | st.builds(Not, COMPARISONS)
CONDITIONS = SINGLE | st.builds(
    lambda kind, parts: kind(tuple(parts)),
    st.sampled_from([AllOf, AnyOf]),
    st.lists(SINGLE, min_size=1, max_size=3),
)


def _holds(condition, value):
    match condition:
        case Compare(_, "in", values):
            return value in values
        case Compare(_, operator, bound):
            signs = {"is": "__eq__", "lt": "__lt__", "le": "__le__", "gt": "__gt__",
                     "ge": "__ge__"}  # fmt: skip
            return value is not None and getattr(value, signs[operator])(bound)
        case IsNull(_):
            return value is None
        case Not(part):
            return not _holds(part, value)
        case AllOf(parts):
            return all(_holds(part, value) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, value) for part in parts)


@given(one=CONDITIONS, other=CONDITIONS)
def test_what_is_said_of_two_conditions_is_true_of_every_row(one, other):
    for value in (None, *range(-1, 6)):
        assert not (_holds(one, value) and is_never(one))
        assert not (_holds(one, value) and implies(one, other)) or _holds(other, value)


@pytest.fixture
def flawed(tmp_path):
    """A suite file with a pattern that everything contains."""
    loaded, rows, *_ = json.loads(_shipped("observations"))["expectations"]
    rows |= {"type": REGEX, "kwargs": {"column": "sex", "regex": ".*"}}
    content = json.loads(_shipped("observations")) | {"name": "mine"}
    content["expectations"] = [loaded, rows]
    content["meta"]["n_expectations"] = 2
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _shipped(name):
    from tallymark.check.suite import suites_folder  # noqa: PLC0415 - only here

    return (suites_folder() / f"{name}.json").read_text("utf-8")


def _run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["suite", "lint", *map(str, arguments)])
    return ended.value.code


def test_the_command_says_that_there_is_nothing(capsys):
    assert _run() == 0
    assert capsys.readouterr().out == "No flaws.\n"


def test_the_command_names_what_is_wrong_and_what_to_do(flawed, capsys):
    assert _run(flawed) == 1
    assert capsys.readouterr().out == (
        "vacuous: columns-present (mine)\n"
        "  It allows everything, so it can never fail.\n"
        "  To do: Set a bound or a pattern, or take the expectation out.\n\n1 flaw.\n"
    )


def test_the_command_prints_json(flawed, capsys):
    assert _run(flawed, "--format", "json") == 1
    (flaw,) = json.loads(capsys.readouterr().out)["flaws"]
    assert flaw["kind"] == "vacuous"
    assert (flaw["suites"], flaw["slugs"]) == (["mine"], ["columns-present"])


def test_a_suite_that_cannot_be_read(tmp_path, capsys):
    path = tmp_path / "mine.json"
    path.write_text("{", encoding="utf-8")
    assert _run(path) == 2
    assert "mine.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("operator", "follows"),
    [("lt", False), ("le", True), ("gt", False), ("ge", True)],
)
def test_a_value_at_a_bound_is_within_it_only_if_the_bound_counts(operator, follows):
    at = Compare("obs_value", "is", 5)
    assert implies(at, Compare("obs_value", operator, 5)) is follows
