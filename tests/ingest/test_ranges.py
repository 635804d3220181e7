from __future__ import annotations

import pytest

from tallymark.ingest.adapter.rules import Bound, NumberRule, RangeRule
from tallymark.ingest.numbers.reading import number_reader
from tallymark.model.codes import MissingReason
from tallymark.model.grid import Value

RANGES = NumberRule(
    decimal=".",
    group=(",",),
    percent=True,
    multipliers={"million": 1e6},
    ranges=RangeRule(
        reason=MissingReason.SUPPRESSED,
        conf_status="C",
        words={
            "below": ("fewer than {n}",),
            "at_least": ("{n} or more",),
            "between": ("between {low} and {high}",),
        },
    ),
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("<5", 0, 4),
        ("< 5", 0, 4),
        ("＜５", 0, 4),
        ("&lt;5", 0, 4),
        ("<1", 0, 0),
        ("<0.5", 0, 0.5),
        ("< 5 %", 0, 5),
        ("<= 10", 0, 10),
        ("≤10", 0, 10),
        (">100", 101, None),
        ("≥ 1,000", 1000, None),
        ("100+", 100, None),
        ("10 - 20", 10, 20),
        ("10–20 %", 10, 20),
        ("10 % - 20 %", 10, 20),
        ("10 to 20", 10, 20),
        ("1-4", 1, 4),
        ("1,000-2,000", 1000, 2000),
        ("1 million - 2 million", 1e6, 2e6),
        ("Fewer  than 5", 0, 4),
        ("5 or more", 5, None),
        ("between 1 and 4", 1, 4),
        ("2017-2018", 2017, 2018),
    ],
)
def test_a_range_gives_its_limits(text: str, low: float, high: float | None) -> None:
    reading = number_reader(RANGES, {})(text)
    assert (reading.value, reading.low, reading.high) == (None, low, high)
    assert (reading.reason, reading.conf_status) == (MissingReason.SUPPRESSED, "C")
    assert reading.is_percent == ("%" in text)


@pytest.mark.parametrize(
    "text", ["20-10", "<0", "1-2 million", "2018-03-31", "<", "-", "a-b", "5<"]
)
def test_what_is_no_range_is_not_read(text: str) -> None:
    assert number_reader(RANGES, {})(text).reason is MissingReason.UNREADABLE


def test_limits_that_are_no_counts_are_told() -> None:
    read = number_reader(NumberRule(ranges=RangeRule()), {})
    assert "numbers.percent" in read("10 - 20 %").detail
    assert read(">9007199254740993").is_too_large


def test_the_declared_rule_of_ranges_is_followed() -> None:
    rates = NumberRule(whole=False, ranges=RangeRule(lowest=None))
    below = number_reader(rates, {})("<5")
    assert (below.low, below.high, below.reason) == (None, 5, MissingReason.RANGE)
    unodc = number_reader(NumberRule(ranges=RangeRule(lowest=1)), {})("<5")
    assert (unodc.low, unodc.high) == (1, 4)
    doubtful = number_reader(NumberRule(ranges=RangeRule()), {})("<1.843")
    assert doubtful.is_ambiguous
    bounds = {"<5": Bound(low=2, high=3, reason=MissingReason.RANGE)}
    listed = NumberRule(bounds=bounds, ranges=RangeRule())
    assert number_reader(listed, {})("<5").low == 2


@pytest.mark.parametrize(
    ("cell", "step", "bounds"),
    [
        (120.0, 10, (115, 125)),
        ("120", 5, (118, 122)),
        (0.0, 10, (0, 5)),
        (-20.0, 10, (-25, -15)),
        (123.0, 10, (None, None)),
        (0.5, 0.1, (0.45, 0.55)),
    ],
)
def test_a_rounded_number_has_limits(
    cell: Value, step: float, bounds: tuple[float, float]
) -> None:
    reading = number_reader(NumberRule(rounded_to=step), {})(cell)
    assert reading.value == float(cell)  # type: ignore[arg-type]  # numbers and texts of them
    assert (reading.low, reading.high) == pytest.approx(bounds)


def test_words_of_a_range_hold_their_numbers() -> None:
    with pytest.raises(ValueError, match=r"must hold \{n\} once"):
        RangeRule(words={"below": ("fewer than five",)})
    with pytest.raises(ValueError, match=r"must hold \{low\} and \{high\} once"):
        RangeRule(words={"between": ("{n}",)})
    with pytest.raises(ValueError, match="finite"):
        RangeRule(lowest=float("nan"))
