"""Conditions asked partly once a key give what they give row by row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallymark.engine.duckdb import connect
from tallymark.engine.sql import identifier, literal
from tallymark.interpret.gates import gates_of
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    HasFinding,
    IsNull,
    Not,
    fields_of,
    holds,
)
from tallymark.model.figure import BitOrder

ENGINE = connect()
FIELDS = ("stage", "scope", "series.source_type", "country.capacity.unit", "series_id")
VALUES = (None, "a", "b")
FINDING = "counts-whole"

_tests = st.one_of(
    st.builds(Compare, st.sampled_from(FIELDS), st.just("is"), st.sampled_from("ab")),
    st.builds(Compare, st.sampled_from(FIELDS), st.just("in"), st.just(("a", "b"))),
    st.builds(IsNull, st.sampled_from(FIELDS)),
    st.just(HasFinding(FINDING)),
    st.sampled_from([AllOf(()), AnyOf(())]),
)
_conditions = st.recursive(
    _tests,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.lists(parts, min_size=1, max_size=3).map(lambda p: AllOf(tuple(p))),
        st.lists(parts, min_size=1, max_size=3).map(lambda p: AnyOf(tuple(p))),
    ),
    max_leaves=8,
)
_rows = st.fixed_dictionaries(
    {f: st.sampled_from(VALUES) for f in FIELDS}
    | {"finding": st.sampled_from([None, FINDING])}
)


@given(conditions=st.lists(_conditions, min_size=1, max_size=4), row=_rows)
def test_gates_give_the_bits_that_hold(conditions, row):
    assert all(fields_of(c) <= set(FIELDS) for c in conditions)
    slugs = tuple(f"c{n:03}" for n in range(len(conditions)))
    order = BitOrder((*(f"a{n:03}" for n in range(62)), *slugs), "hash")
    by_slug = dict(zip(slugs, conditions, strict=True))
    gates = gates_of(
        by_slug, order, lambda s: f"coalesce(finding = {literal(s)}, false)"
    )
    told = ", ".join(
        f"{literal(v) if v else 'null::varchar'} as {identifier(f)}"
        for f, v in row.items()
    )
    passed = "".join(f", {sql} as {name}" for name, sql in gates.columns.items())
    words = ENGINE.execute(
        f"select {', '.join(gates.words)} from (select *{passed} from (select {told}))"
    ).fetchone()
    expected = {slug for slug, c in by_slug.items() if holds(c, row)}
    assert set(order.slugs_in(words)) == expected
