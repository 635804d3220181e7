"""Printed numbers against whole counts: percentages, totals, gaps, recording, power."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.errors import NumberError
from tallymark.stats import detectable, missingness, recording, totals
from tallymark.stats.percent_consistency import (
    ROUNDINGS,
    change_is_consistent,
    compatible_n,
    mean_is_consistent,
    percent_is_consistent,
)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 2))
def test_the_true_n_is_always_found(part, whole, decimals):
    part = min(part, whole)
    exact = Fraction(100 * part, whole)
    printed = math.floor(exact * 10**decimals + Fraction(1, 2)) / 10**decimals
    printed = f"{printed:.{decimals}f}"
    assert whole in compatible_n(printed, decimals, 60).n
    assert whole in compatible_n(printed, decimals, 60, rounding="half up").n
    assert percent_is_consistent(printed, whole)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=5).filter(any))
def test_parts_of_a_whole_keep_their_whole(parts):
    whole = sum(parts)
    printed = [f"{100 * part / whole:.6f}" for part in parts]
    assert whole in compatible_n(printed, 6, 200, parts_of_whole=True).n


@given(st.integers(0, 100), st.integers(1, 80))
def test_every_rounding_of_a_percentage_is_within_half_either_way(percent, n):
    widest = set(compatible_n(percent, 0, n).n)
    assert all(
        set(compatible_n(percent, 0, n, rounding=r).n) <= widest for r in ROUNDINGS
    )


def test_from_some_n_on_a_percentage_alone_rules_nothing_out():
    found = compatible_n("33.3", 1, 1200)
    assert set(range(found.informative_below, 1201)) <= set(found.n)
    assert (
        compatible_n(["50.1", "50.1"], 1, 100_000, parts_of_whole=True).smallest is None
    )


def test_of_a_mean_the_printed_decimals_count():
    assert mean_is_consistent("5.2", 28)
    assert not mean_is_consistent("5.20", 28)
    assert mean_is_consistent("5.20", 28, items=5)


def test_a_change_from_zero_has_no_percentage():
    assert change_is_consistent(0, 7, "100") is None
    assert change_is_consistent(12_788, 14_434, "12.9")
    assert not change_is_consistent(12_788, 14_434, "6")


@pytest.mark.parametrize(
    ("parts", "total", "status", "each"),
    [
        ([10, 15, 5], 30, "equal", (None, None)),
        ([0.1, 0.2], 0.3, "equal", (None, None)),
        ([10, 15], 30.5, "parts_short", (None, None)),
        ([10, 25], 30, "parts_exceed", (None, None)),
        ([10, None, 5], 31, "one_implied", (16, 16)),
        ([10, None, None], 31, "several_missing", (0, 21)),
        ([None, 40, None], 31, "parts_exceed", (None, None)),
        ([], 0, "equal", (None, None)),
    ],
)
def test_parts_lie_to_their_total(parts, total, status, each):
    found = totals.parts_against_total(parts, total)
    assert found.status == status
    assert (found.missing_each_low, found.missing_each_high) == each
    assert found.difference == float(Fraction(str(total)) - sum(
        Fraction(str(p)) for p in parts if p is not None))  # fmt: skip


ROUND = {
    "nearest, half up": lambda n, b: (n + b // 2) // b * b,
    "nearest, half down": lambda n, b: -((-n + b // 2) // b) * b,
    "nearest, half even": lambda n, b: round(Fraction(n, b)) * b,
    "up": lambda n, b: -(-n // b) * b,
    "down": lambda n, b: n // b * b,
}


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
    st.integers(1, 10),
    st.sampled_from(sorted(ROUND)),
)
def test_rounded_parts_and_totals_of_true_counts_agree(parts, base, rounding):
    printed = [ROUND[rounding](part, base) for part in parts]
    total = ROUND[rounding](sum(parts), base)
    found = totals.rounded_parts_against_total(printed, total, base, rounding)
    assert found.consistent
    assert found.parts_sum_low <= sum(parts) <= found.parts_sum_high
    gap = totals.rounded_parts_against_total([*printed, None], total, base, rounding)
    assert gap.parts_sum_high is None


IMPOSSIBLE = (
    lambda: totals.rounded_parts_against_total([7], 10, base=5),
    lambda: totals.rounded_parts_against_total([10], 10, base=10),
    lambda: totals.parts_against_total([-1], 4),
    lambda: totals.parts_against_total([math.nan], 4),
    lambda: compatible_n("12.34", 1, 50),
    lambda: compatible_n("-3", 0, 50),
    lambda: compatible_n("3", 0, 50, rounding="somehow"),
    lambda: mean_is_consistent("about 5", 28),
    lambda: percent_is_consistent("5", 0),
    lambda: detectable.power(0, 1),
    lambda: detectable.smallest_ratio(10, power=0.01),
    lambda: recording.latent_ratio((3, 4), (0.0, 0.5), (0.2, 0.5)),
    lambda: missingness.sum_with_gaps([(4, 1)]),
    lambda: missingness.sum_with_gaps([math.nan]),
    lambda: missingness.presence_table([(("KEN",), None, None)]),
)


@pytest.mark.parametrize("which", range(len(IMPOSSIBLE)))
def test_what_cannot_be_asked_is_a_number_error(which):
    with pytest.raises(NumberError, match=r"\d|about|somehow|KEN|nan"):
        IMPOSSIBLE[which]()


def test_tipping_ratios_at_zero():
    assert recording.tipping_ratio(0, 9).explains_all == math.inf
    assert recording.tipping_ratio(0, 9).reaches_interval > 1
    assert recording.tipping_ratio(9, 0).reaches_interval < 1
    assert math.isnan(recording.tipping_ratio(0, 0).reaches_interval)


@given(st.integers(1, 200), st.integers(1, 200), st.floats(0.05, 1), st.floats(0.05, 1))
def test_recording_known_exactly_only_shifts_the_ratio(a, b, share_a, share_b):
    found = recording.latent_ratio((a, b), (share_a, share_a), (share_b, share_b))
    assert found.low == pytest.approx(found.high)
    assert found.low == pytest.approx(b / share_b / (a / share_a))
    assert found.low_with_chance <= found.low <= found.high_with_chance


def test_a_sum_with_a_gap_is_a_bound_and_no_point():
    assert missingness.sum_with_gaps([10, 5]) == (15, 15, 15, 2, 2)
    assert missingness.sum_with_gaps([10, (1, 4)]) == (None, 11, 14, 1, 2)
    assert missingness.sum_with_gaps([10, None]) == (None, 10, None, 1, 2)
    assert missingness.sum_with_gaps([None]).value is None


def test_zero_absent_and_each_reason_are_different():
    rows = [
        (("KEN", "2017"), 4, None),
        (("KEN", "2018"), 0, None),
        (("KEN", "2019"), None, "SUPPRESSED"),
        (("UGA", "2017"), None, "NOT_APPLICABLE"),
    ]
    table = missingness.presence_table(rows, [("UGA", "2018"), ("KEN", "2017")])
    assert [cell.status for cell in table] == [
        "present", "zero", "SUPPRESSED", "NOT_APPLICABLE", "absent",
    ]  # fmt: skip
    by_area = missingness.status_counts(table, 0)
    assert by_area["UGA"] == {"NOT_APPLICABLE": 1, "absent": 1}


@settings(max_examples=25)
@given(st.integers(1, 40), st.sampled_from([0.5, 1.0, 2.0]))
def test_the_smallest_ratio_has_the_power_asked_for(expected, exposures):
    down, up = detectable.smallest_ratio(expected, exposures)
    assert detectable.power(expected, up, exposures) == pytest.approx(0.8, abs=1e-6)
    assert down is None or detectable.power(expected, down, exposures) == pytest.approx(
        0.8, abs=1e-6
    )
    assert detectable.power(expected, 1, exposures) <= 0.05


def test_near_and_exact_ratios_meet_where_one_takes_over():
    below, above = (detectable.smallest_ratio(n) for n in (19_999, 20_000))
    assert below == pytest.approx(above, rel=2e-6)


def test_below_six_events_no_split_is_detectable():
    assert detectable.fewest_events() == 6
    assert detectable.fewest_events(0.0625) == 5
    assert detectable.power(0.2, 1) < 1e-6
