"""What holds of intervals and tests whatever the counts, and the traps of libraries."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import special, stats

from tallymark.errors import UsageError
from tallymark.stats import poisson, proportion, rate_ratio, two_sided

COUNTS = st.one_of(
    st.integers(0, 60), st.integers(0, 100_000), st.sampled_from([10**6, 10**9])
)
LEVELS = st.floats(0.8, 0.9999)
EXPOSURES = st.floats(1e-9, 1e9)
ALL_OF_ONE = (poisson.garwood, poisson.mid_p, poisson.byar)
ALL_OF_TWO = (rate_ratio.exact_conditional, rate_ratio.mid_p, rate_ratio.score)


@given(COUNTS, EXPOSURES, LEVELS)
@pytest.mark.parametrize("method", ALL_OF_ONE)
def test_an_interval_holds_the_rate_it_is_of(method, count, exposure, level):
    low, high = method(count, exposure, level)
    rate = count / exposure
    assert low <= rate * (1 + 1e-12)
    assert high >= rate * (1 - 1e-12)
    assert math.isfinite(high)


@given(COUNTS, LEVELS)
def test_mid_p_is_inside_garwood(count, level):
    inner, outer = (
        m(count, confidence=level) for m in (poisson.mid_p, poisson.garwood)
    )
    assert outer.low <= inner.low <= inner.high <= outer.high


@given(COUNTS, LEVELS)
def test_garwood_leaves_half_the_error_on_each_side(count, level):
    low, high = poisson.garwood(count, confidence=level)
    side = (1 - level) / 2
    assert special.gammaincc(count + 1, high) == pytest.approx(side, rel=1e-6)
    if count:
        assert special.gammainc(count, low) == pytest.approx(side, rel=1e-6)


@given(COUNTS, st.floats(0.5, 2.0), st.booleans())
def test_one_p_and_its_interval_agree(count, factor, midp):
    expected = max(count, 1) * factor
    method = poisson.mid_p if midp else poisson.garwood
    low, high = method(count)
    assume(min(abs(expected / x - 1) for x in (low, high) if x) > 1e-9)
    p = poisson.central_p(count, expected, midp=midp)
    assert (p < 0.05) == (not low < expected < high)


@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES, LEVELS)
@example(2, 10, 17877.0, 20000.0, 0.95)
@example(0, 0, 1.0, 1.0, 0.95)
@pytest.mark.parametrize("method", ALL_OF_TWO)
def test_p_is_below_alpha_exactly_where_one_is_outside(method, a, b, ea, eb, level):
    _, low, high, p = method(a, b, ea, eb, level)
    assert 0 <= low <= high
    assume(all(abs(x - 1) > 1e-9 for x in (low, high)))
    assume(abs(p / (1 - level) - 1) > 1e-6)
    assert (p < 1 - level) == (not low < 1 < high)


@given(COUNTS, COUNTS, LEVELS)
@pytest.mark.parametrize("method", ALL_OF_TWO)
def test_turning_a_ratio_round_inverts_it(method, a, b, level):
    _, low, high, p = method(a, b, confidence=level)
    _, other_low, other_high, other_p = method(b, a, confidence=level)
    assert p == pytest.approx(other_p, rel=1e-9)
    assert low == pytest.approx(1 / other_high, rel=1e-9)
    assert high == pytest.approx(1 / other_low if other_low else math.inf, rel=1e-9)


@given(st.integers(0, 5000), st.integers(1, 5000), LEVELS)
@pytest.mark.parametrize(
    "method", [proportion.wilson, proportion.clopper_pearson, proportion.mid_p]
)
def test_an_interval_holds_its_share(method, part, rest, level):
    low, high = method(part, part + rest, level)
    assert 0 <= low <= part / (part + rest) <= high <= 1
    assert (low == 0) == (part == 0)


def test_tables_of_counts_give_what_single_counts_give():
    counts = np.arange(0, 60_000.0)
    low, high = poisson.garwood(counts, exposure=2.0)
    for count in (0, 1, 999, 1000, 30_001, 59_999):
        one = poisson.garwood(count, exposure=2.0)
        assert (low[count], high[count]) == pytest.approx(one, rel=1e-12)
    square = poisson.garwood(np.array([[3.0, 7.0], [10**9, 0.0]]))
    assert square.low.shape == (2, 2)
    large = poisson.garwood(np.full(2000, 1e9))
    assert large.high[5] == pytest.approx(poisson.garwood(10**9).high, rel=1e-12)


def test_repeated_pairs_give_what_single_pairs_give():
    first, second = np.tile([0, 3, 40, 7], 500), np.tile([4, 0, 12, 7], 500)
    found = rate_ratio.exact_conditional(first, second, 2.0, 3.0)
    for i in range(4):
        one = rate_ratio.exact_conditional(first[i], second[i], 2.0, 3.0)
        assert [column[i] for column in found] == pytest.approx(list(one), nan_ok=True)


@given(st.integers(0, 200), st.floats(0.1, 300))
def test_minlike_adds_up_all_counts_that_are_no_likelier(count, expected):
    masses = stats.poisson.pmf(np.arange(2000), expected)
    limit = masses[count] * (1 + 1e-7)
    assume(limit > 0)
    assume(not np.any(np.abs(masses - limit) < 1e-9 * limit))
    exact = min(1.0, masses[masses <= limit].sum())
    found = two_sided.minlike_p(count, expected)
    assert found == pytest.approx(exact, rel=1e-8, abs=1e-12)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from([1.0, 0.5, 3.0]))
def test_minlike_of_two_counts_is_that_of_the_binomial(a, b, exposure):
    assume(a + b)
    exact = stats.binomtest(a, a + b, exposure / (1 + exposure)).pvalue
    assert two_sided.minlike_ratio_p(a, b, exposure, 1.0) == pytest.approx(exact)


@given(st.integers(0, 3000), LEVELS)
@pytest.mark.parametrize("method", [two_sided.minlike, two_sided.blaker])
def test_intervals_of_unequal_tails_lie_in_order(method, count, level):
    low, high = method(count, confidence=level)
    assert low <= count <= high
    outer = poisson.garwood(count, confidence=level)
    if method is two_sided.blaker:  # Blaker's is never wider than the central one
        assert outer.low <= low * (1 + 1e-9)
        assert high <= outer.high * (1 + 1e-9)


# The traps: what a library gives, and what is given here.


def test_mid_p_at_zero_is_an_interval_not_a_point():
    assert poisson.mid_p(0) == pytest.approx((0, -math.log(0.05)))


def test_mid_p_takes_arrays():
    low, high = poisson.mid_p([0, 5, 100])
    assert low.shape == high.shape == (3,)


def test_intervals_at_zero_start_at_zero_and_have_a_width():
    for method in ALL_OF_ONE:
        low, high = method(0)
        assert low == 0
        assert high > 2


def test_score_interval_with_a_zero_count_is_no_point():
    _, low, high, _ = rate_ratio.score(0, 4)
    assert low == 0
    assert high == pytest.approx(0.9604, abs=1e-4)
    assert rate_ratio.score(4, 0).high == math.inf


def test_ratios_with_a_zero_count_have_limits():
    for method in ALL_OF_TWO:
        ratio, low, high, p = method(4, 0)
        assert ratio == high == math.inf
        assert 0 < low < math.inf
        assert 0 < p <= 1
    ratio, low, high, p = rate_ratio.exact_conditional(0, 0)
    assert math.isnan(ratio)
    assert (low, high, p) == (0, math.inf, 1)


def test_the_p_beside_a_central_interval_is_not_the_minlike_one():
    counts = (2, 10, 17877, 20000)
    found = rate_ratio.exact_conditional(*counts)
    assert found.low < 1 < found.high
    assert found.p == pytest.approx(0.0606, abs=1e-4)
    assert two_sided.minlike_ratio_p(*counts) == pytest.approx(0.0422, abs=1e-4)


BAD = [-1, 2.5, math.nan, math.inf, "12", None, True, 2.0**54]


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_count_is_refused_in_one_sentence(bad):
    for ask in (
        lambda: poisson.garwood(bad),
        lambda: poisson.garwood([bad, bad]),
        lambda: rate_ratio.exact_conditional(3, bad),
        lambda: proportion.clopper_pearson(bad, 2**60),
        lambda: two_sided.blaker(bad),
    ):
        with pytest.raises(ValueError, match=r"count|number|whole") as caught:
            ask()
        assert isinstance(caught.value, UsageError)


@pytest.mark.parametrize("bad", [0, -1, math.nan, math.inf])
def test_an_exposure_is_finite_and_above_zero(bad):
    with pytest.raises(ValueError, match="exposure"):
        poisson.garwood(3, bad)
    with pytest.raises(ValueError, match="exposure"):
        rate_ratio.exact_conditional(3, 4, 1, bad)


@pytest.mark.parametrize("bad", [0, 1, 95, -0.5, math.nan])
def test_a_confidence_is_between_zero_and_one(bad):
    for ask in (poisson.garwood, poisson.mid_p, poisson.byar):
        with pytest.raises(ValueError, match="confidence"):
            ask(3, confidence=bad)


def test_a_part_is_not_above_its_whole():
    with pytest.raises(ValueError, match="5 of 4 is no share"):
        proportion.wilson([1, 5], 4)
