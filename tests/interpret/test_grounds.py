"""Grounds: the look at one row agrees with the SQL over all, and tells what decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallymark.engine.condition import condition_sql
from tallymark.engine.duckdb import connect, rows
from tallymark.engine.sql import literal
from tallymark.interpret.why.grounds import grounds, holds
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    HasFinding,
    IsNull,
    Not,
    Pair,
)

FIELDS = {"n": st.none() | st.integers(0, 3), "t": st.none() | st.sampled_from("xyz")}
ROWS = st.fixed_dictionaries(
    {
        f"{side}{name}": values
        for side in ("", "a.", "b.")
        for name, values in FIELDS.items()
    }
)
LEAVES = st.one_of(
    st.builds(
        Compare,
        st.just("n"),
        st.sampled_from(["is", "lt", "le", "gt", "ge"]),
        st.integers(0, 3),
    ),
    st.builds(Compare, st.just("t"), st.just("in"), st.just(("x", "y"))),
    st.builds(IsNull, st.sampled_from(["n", "t"])),
    st.builds(HasFinding, st.sampled_from(["f", "g"])),
    st.builds(Pair, st.sampled_from(["n", "t"]), st.booleans()),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        *(
            st.builds(kind, st.lists(inner, min_size=1, max_size=3).map(tuple))
            for kind in (AllOf, AnyOf)
        ),
    ),
    max_leaves=5,
)


@given(CONDITIONS, ROWS, st.sets(st.sampled_from(["f", "g"])))
def test_one_row_and_sql_agree(condition, row, findings):
    columns = ", ".join(f'{literal(v)} as "{name}"' for name, v in row.items())
    sql = condition_sql(condition, lambda slug: literal(slug in findings))
    ((expected,),) = rows(connect(), f"select {sql} from (select {columns})")
    assert holds(condition, row, findings) == expected
    assert grounds(condition, row, findings)


def test_the_values_that_decide_are_told_and_no_others():
    condition = AllOf(
        (
            Compare("scope", "is", "CSEA"),
            AnyOf((Compare("n", "lt", 20), Compare("sex", "is", "F"))),
            Not(IsNull("country.capacity.unit")),
        )
    )
    row = {"scope": "CSEA", "n": 5.0, "sex": "M", "country.capacity.unit": "no"}
    assert grounds(condition, row) == (
        "scope is CSEA",
        "n is 5 (below 20)",
        "country.capacity.unit is no",
    )


def test_what_is_missing_and_what_failed_is_told():
    condition = AllOf((Not(Compare("stage", "is", "OTHER")), HasFinding("a-rule")))
    assert grounds(condition, {}, {"a-rule"}) == (
        "stage is not given",
        "the expectation a-rule failed",
    )
