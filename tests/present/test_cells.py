"""What stands on paper for a figure: a truth table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.codes import MissingReason, Use
from tallymark.model.figure import Judgement
from tallymark.present.cells import is_rounded, missing_letter, printed
from tallymark.present.wording import REASONS

MANY = {"n_declared": 12, "obs_ids": ("o1", "o2")}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (15054.0, "15,054"),
        (16987361.0, "16,987,361"),
        (4.5, "4.5"),
        (-12.25, "-12.25"),
        (0.5, "0.5"),
        (12.345678901234, "12.35"),
        (0.00123456789012, "0.00123"),
        (1e-9, "0.00000000100"),
    ],
)
def test_a_number_prints_whole_or_with_its_decimals(figure, value, text) -> None:
    assert str(printed(figure(value))) == text


@pytest.mark.parametrize(
    ("statistic", "text", "bounds"),
    [
        ("PERCENT", "33%", "10–20%"),
        ("PERCENT_CHANGE", "33%", "10–20%"),
        ("MEAN", "33", "10–20"),
        ("COUNT", "33", "10–20"),
        (None, "33", "10–20"),
    ],
)
def test_a_percentage_is_told_from_a_mean(figure, statistic, text, bounds) -> None:
    kind = {"type": {"statistic": statistic}}
    assert str(printed(figure(33.0, **kind))) == text
    between = figure(None, low=10.0, high=20.0, missing_reason="RANGE", **kind)
    assert str(printed(between)) == bounds


def test_rounding_is_told(figure) -> None:
    assert is_rounded(figure(12.345678901234))
    assert not is_rounded(figure(12.3456))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"low": 1.0, "high": 4.0, "missing_reason": "SUPPRESSED"}, "1–4 c"),
        ({"missing_reason": "SUPPRESSED"}, "c"),
        ({"low": 10.0, "high": 20.0, "missing_reason": "RANGE"}, "10–20"),
        ({"low": 5.0, "missing_reason": "RANGE"}, "≥ 5"),
        ({"high": 4.0, "missing_reason": "RANGE"}, "≤ 4"),
        ({"low": 0.0, "high": 4.0, "missing_reason": "SUPPRESSED"}, "0–4 c"),
        ({"low": 0.0}, "x"),
        ({"missing_reason": "RANGE"}, "x"),
        ({"missing_reason": None}, "x"),
        ({"missing_reason": "NOT_APPLICABLE"}, "z"),
        ({"missing_reason": "NOT_CRIMINALISED"}, "z"),
        ({"missing_reason": "DECLINED"}, "x"),
        ({"obs_ids": (), "missing_reason": "NOT_PROVIDED"}, "no entry x"),
        ({"low": 1234.0, "missing_reason": None, "n_present": 7, **MANY},
         "≥ 1,234 (7 of 12)"),
        ({"low": 0.0, "missing_reason": None, "n_present": 7, **MANY},
         "≥ 0 (7 of 12)"),
        ({"low": 0.0, "n_present": 0, **MANY}, "x (0 of 12)"),
        ({"low": 31.0, "high": 34.0, "missing_reason": None, "n_present": 11, **MANY},
         "31–34 (11 of 12)"),
        ({"missing_reason": "SUPPRESSED", "conf_status": "A", "obs_status": "Q"}, "c"),
        ({"missing_reason": "BLANK", "obs_status": "O B"}, "x b"),
    ],
)  # fmt: skip
def test_a_figure_without_a_number_says_what_is_known(figure, changes, text) -> None:
    assert str(printed(figure(None, **changes))) == text


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("A", "7"),
        (None, "7"),
        ("P", "7 p"),
        ("P U", "7 p u"),
        ("E", "7 e"),
        ("I", "7 e"),
        ("B", "7 b"),
        ("R", "7 r"),
        ("W", "7 W"),
        ("U W", "7 u W"),
    ],
)
def test_no_status_of_a_number_is_lost(figure, status, text) -> None:
    assert str(printed(figure(7.0, obs_status=status))) == text


def test_a_confidential_number_that_is_shown_says_so(figure) -> None:
    assert str(printed(figure(7.0, conf_status="C"))) == "7 c"
    assert str(printed(figure(7.0, conf_status="F"))) == "7"


def test_a_rounded_number_prints_its_bounds(figure) -> None:
    shown = printed(figure(1230.0, low=1225.0, high=1235.0))
    assert str(shown) == "1,230 (1,225–1,235)"


def test_a_complete_total_prints_like_a_number(figure) -> None:
    assert str(printed(figure(20.0, n_present=12, **MANY))) == "20"


@pytest.mark.parametrize(
    ("use", "text"),
    [
        (Use.TOTAL, "not calculated"),
        (Use.SHOW, "not calculated"),
        (Use.RANKING, "not comparable"),
        (Use.TREND, "not comparable"),
        (Use.CROSS_COUNTRY, "not comparable"),
    ],
)
def test_a_refused_figure_never_seems_to_be_a_refusing_country(
    figure, use, text
) -> None:
    refused = figure(None, judgement=Judgement.REFUSED, obs_status="P", **MANY)
    assert str(printed(refused, use)) == text


def test_nothing_behind_a_cell_is_not_a_missing_value(figure) -> None:
    assert printed(None).state == "no_entry"
    assert printed(figure(None)).state == "missing"


@given(
    low=st.none() | st.integers(0, 9).map(float),
    more=st.none() | st.integers(0, 9).map(float),
    reason=st.none() | st.sampled_from([r.value for r in MissingReason]),
    n_present=st.integers(0, 3),
    obs_ids=st.sampled_from([(), ("o1",)]),
)
def test_no_cell_is_ever_blank(figure, low, more, reason, n_present, obs_ids) -> None:
    high = None if more is None else (low or 0) + more
    shown = printed(
        figure(
            None,
            low=low,
            high=high,
            missing_reason=reason,
            n_present=n_present,
            n_declared=3,
            obs_ids=obs_ids,
        )
    )
    assert shown.text or shown.letters


@pytest.mark.parametrize("reason", MissingReason)
def test_every_missing_reason_has_a_letter_and_words(figure, reason) -> None:
    assert missing_letter(figure(None, missing_reason=reason)) in {"c", "x", "z"}
    assert REASONS[reason]
