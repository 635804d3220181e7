"""No hidden count can be worked out from what is printed; nothing else is changed."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tallymark.aggregate.hiding import hidden_counts

T = "_T"


def margins(*tables):
    """Return the tables with all their margins, as places of dimensions."""
    found = {
        part for t in tables for n in range(len(t) + 1) for part in combinations(t, n)
    }
    return sorted(found, key=lambda table: (len(table), table))


def true_count(units, cell):
    return sum(
        n
        for codes, n in units.items()
        if all(asked in (T, code) for asked, code in zip(cell, codes, strict=True))
    )


def equations(tables, codes):
    """Yield every sum that a reader knows to hold: a total, and all of its parts."""
    for table in tables:
        for parted in table:
            whole = tuple(i for i in table if i != parted)
            sides = [codes[i] if i in whole else (T,) for i in range(len(codes))]
            for total in product(*sides):
                parts = [
                    (*total[:parted], code, *total[parted + 1 :])
                    for code in codes[parted]
                ]
                yield total, parts


def possible(shown, tables, codes):
    """Return the least and the most that each hidden count can be, by linear programs."""
    unknown = [cell for cell, told in shown.items() if told.value is None]
    hidden = {cell: i for i, cell in enumerate(unknown)}
    rows, sums = [], []
    for total, parts in equations(tables, codes):
        row, known = np.zeros(len(hidden)), 0
        for cell, sign in [(total, 1), *((part, -1) for part in parts)]:
            if cell in hidden:
                row[hidden[cell]] += sign
            elif cell in shown:  # what is not printed is zero
                known -= sign * shown[cell].value
        if row.any():
            rows.append(row)
            sums.append(known)
        else:
            assert known == 0, "printed counts add up"
    bounds = [(shown[cell].low, shown[cell].high) for cell in hidden]
    equal = {"A_eq": np.array(rows), "b_eq": sums} if rows else {}
    found = {}
    for cell, i in hidden.items():
        aim = np.eye(len(hidden))[i]
        least = linprog(aim, bounds=bounds, **equal)
        most = linprog(-aim, bounds=bounds, **equal)
        assert least.status == 0
        found[cell] = least.fun, np.inf if most.status == 3 else -most.fun
    return found


@st.composite
def extracts(draw):
    n = draw(st.integers(1, 3))
    codes = [
        [f"{'abc'[i]}{k}" for k in range(draw(st.integers(1, 4)))] for i in range(n)
    ]
    places = st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True)
    tables = margins(*(tuple(sorted(draw(places))) for _ in range(2)))
    sizes = st.one_of(st.integers(0, 3), st.integers(0, 40))
    units = {cell: draw(sizes) for cell in product(*codes)}
    return units, tables, codes


@given(
    extract=extracts(),
    threshold=st.sampled_from([3, 5, 10]),
    zeros=st.sampled_from(["not_counted", "shown", "hidden"]),
)
@settings(max_examples=30, deadline=None)
def test_no_hidden_count_is_determined_and_what_is_shown_is_true(
    extract, threshold, zeros
) -> None:
    units, tables, codes = extract
    shown = hidden_counts(units, tables, codes, threshold=threshold, zeros=zeros)
    for cell, told in shown.items():
        n = true_count(units, cell)
        if told.value is not None:
            assert told.value == n
            assert n == 0 or n >= threshold
        else:
            assert told.low <= n
            assert told.high is None or n <= told.high
            assert told.is_small == (n < threshold)
    is_total_alone = all(set(cell) == {T} for cell in shown)
    if not is_total_alone:
        for low, high in possible(shown, tables, codes).values():
            assert high - low >= 1 - 1e-6


def of_sexes(*counts):
    return dict(zip([("F",), ("M",), ("O",)], counts, strict=False))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((40, 30), []),
        ((2, 30), ["F", "M"]),  # the other part would give it back
        ((2, 30, 9), ["F", "O"]),  # the smaller of the others is hidden with it
        ((2, 3, 9), ["F", "M"]),  # the two protect each other
        ((1, 5), ["F", T]),  # beside 6, 5 or more would leave 1: the total goes instead
        ((1, 1), ["F", "M", T]),
    ],
)
def test_the_cheapest_counts_are_hidden_with_a_small_one(counts, hidden) -> None:
    codes = [["F", "M", "O"][: len(counts)]]
    shown = hidden_counts(
        of_sexes(*counts), margins((0,)), codes, threshold=5, zeros="not_counted"
    )
    assert sorted(c for (c,), told in shown.items() if told.value is None) == hidden


def test_zeros_are_printed_hidden_or_absent_as_is_asked() -> None:
    codes = [["F", "M", "O"]]
    seen = {
        zeros: hidden_counts(
            of_sexes(20, 30, 0), margins((0,)), codes, threshold=5, zeros=zeros
        )
        for zeros in ("not_counted", "shown", "hidden")
    }
    assert ("O",) not in seen["not_counted"]
    assert seen["shown"]["O",].value == 0
    assert seen["hidden"]["O",].value is None
    assert (seen["hidden"]["O",].low, seen["hidden"]["O",].high) == (0, 4)


def test_nothing_is_told_of_the_parts_of_a_small_total() -> None:
    shown = hidden_counts(
        of_sexes(3, 0), margins((0,)), [["F", "M"]], threshold=5, zeros="shown"
    )
    assert {cell: (told.value, told.low) for cell, told in shown.items()} == {
        (T,): (None, 1),
        ("F",): (None, 0),
        ("M",): (None, 0),
    }


def test_a_zero_is_told_where_its_neighbours_give_it_away() -> None:
    units = {("N", "F"): 3, ("N", "M"): 0, ("S", "F"): 40, ("S", "M"): 50}
    codes = [["N", "S"], ["F", "M"]]
    shown = hidden_counts(units, margins((0, 1)), codes, threshold=5, zeros="shown")
    assert shown["N", T].value is None
    assert shown["N", "F"].value is None
    assert shown["N", "M"].value == 0  # 50 of all, 50 in S
