"""What figures come to once chance is allowed for, and the words it is said in."""

from __future__ import annotations

import re
from random import Random

import pytest

from tallymark.documents import REFERENCE, load_reference, read_code_list
from tallymark.interpret import pairs, total
from tallymark.interpret.chance import statements
from tallymark.model.codes import CountingUnit, Stage, Verdict
from tallymark.model.step import Step
from tallymark.stats.rate_ratio import exact_conditional

NEVER_SAID = re.compile(
    r"no change|not change|unchanged|stable|significan|\bcaus|because of|led to|due to"
    r"|crime rose|crime fell|abuse rose|proves?\b|shows? that",
    re.IGNORECASE,
)


@pytest.fixture
def changed(figure_table, catalogue):
    """A function: the statement on a change from one count to another."""

    def change(earlier, later, **of_both):
        rows = [
            {"value": earlier, **of_both},
            {"value": later, "time_period": "2019", **of_both},
        ]
        table = figure_table(rows, catalogue)
        found = pairs.change(table, catalogue, load_reference())
        (statement,) = statements(found, [_step("change", table)], catalogue)
        return statement

    return change


@pytest.fixture
def against(figure_table, catalogue):
    """A function: the statement on one figure against another, by an operation."""

    def pair(operation, a, b):
        sides = [
            figure_table([{"obs_ids": (name,), **row}], catalogue)
            for name, row in (("a", a), ("b", b))
        ]
        found = getattr(pairs, operation)(*sides, catalogue, load_reference())
        (statement,) = statements(found, [_step(operation, *sides)], catalogue)
        return statement

    return pair


def _step(operation, *before):
    return Step(operation=operation, arguments={}, before=before)


def _alone(figure_table, catalogue, **row):
    (statement,) = statements(figure_table([row], catalogue), [], catalogue)
    return statement


def test_a_rise_beyond_chance_is_supported_with_its_interval(changed):
    found = changed(12.0, 40.0, ref_area="KEN")
    assert found.verdict is Verdict.SUPPORTED
    assert str(found).startswith(
        "Kenya, online child sexual exploitation and abuse: recorded cases rose from 12 "
        "in 2018 to 40 in 2019, 3.3 times as many. If chance alone is allowed for, "
        "between 1.7 and 7.0 times (95% interval: chance variation in recorded counts "
        "only)."
    )
    assert (
        "recording that became 3.3 times as complete would give the same rise"
        in found.text
    )
    assert found.interval[:2] == pytest.approx(exact_conditional(40, 12)[1:3])
    assert found.tipping_ratio == pytest.approx(40 / 12)
    assert [tuple(o) for o in found.operands] == [("2019", 40), ("2018", 12)]


def test_a_fall_is_told_as_one(changed):
    found = changed(40.0, 12.0)
    assert "fell from 40 in 2018 to 12 in 2019, 0.3 times as many" in found.text
    assert (
        "recording that became 0.3 times as complete would give the same fall"
        in found.text
    )
    assert found.interval.high < 1


def test_support_by_chance_alone_is_told_as_fragile(changed):
    assert [changed(*c).holds_up_to for c in ((20.0, 40.0), (12.0, 40.0))] == [1, 2]
    fragile, steady = changed(20.0, 40.0), changed(12.0, 80.0)
    assert fragile.verdict is steady.verdict is Verdict.SUPPORTED
    assert fragile.is_fragile
    assert "This is fragile" in fragile.text
    assert steady.holds_up_to == 4
    assert not steady.is_fragile


def test_what_chance_could_do_cannot_be_told(changed):
    found = changed(12.0, 15.0)
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.interval.low < 1 < found.interval.high
    assert found.detectable.up == pytest.approx(2.5748, abs=1e-4)
    assert "A rise to less than 2.6 times, or a fall to more than 0.13" in found.text
    assert "rose" not in found.text.replace("arose", "")


def test_five_events_could_show_nothing(changed):
    found = changed(3.0, 2.0)
    assert found.verdict is Verdict.CANNOT_TELL
    assert "With fewer than 6 events in both together" in found.text
    assert found.detectable.down is None


@pytest.mark.parametrize(
    ("earlier", "slug"), [(2.0, "base-is-small"), (0.0, "base-is-zero")]
)
def test_a_base_that_carries_no_percentage_is_refused_with_the_counts(
    changed, earlier, slug
):
    found = changed(earlier, 9.0)
    assert found.verdict is Verdict.REFUSED
    assert slug in {reason.slug for reason in found.reasons}
    assert all(reason.lifted_by for reason in found.reasons)
    assert "not comparable" in found.text
    assert f"{earlier:g} (2018), 9 (2019)" in found.text
    assert found.interval is None


def test_a_break_between_the_years_is_refused_with_what_would_lift_it(
    figure_table, catalogue
):
    rows = [
        {"value": 12.0},
        {"value": 40.0, "time_period": "2019", "definition": "new"},
    ]
    table = figure_table(rows, catalogue)
    found = pairs.change(table, catalogue, load_reference())
    (statement,) = statements(found, [_step("change", table)], catalogue)
    assert statement.verdict is Verdict.REFUSED
    assert statement.reasons[0].slug == "definition-break"
    assert "What would lift this" in statement.text


def test_a_count_has_its_chance_interval_and_stays_what_was_recorded(
    figure_table, catalogue
):
    found = _alone(figure_table, catalogue, value=45.0, stage="CONVICTED",
                   counting_unit="PERSON", ref_area="UGA", caveats=("single-agency",))  # fmt: skip
    assert "persons convicted: 45 in 2018" in found.text
    assert "between 32.8 and 60.2" in found.text
    assert "What was not recorded is outside this interval" in found.text
    assert "single-agency" in found.caveats
    assert found.interval.method == "Garwood"


def test_bounds_are_no_interval_of_confidence(figure_table, catalogue):
    found = _alone(figure_table, catalogue, value=None, value_low=1.0, value_high=4.0)
    assert found.verdict is Verdict.CANNOT_TELL
    assert (
        "between 1 and 4 in 2018 (bounds, not an interval of confidence)" in found.text
    )
    assert found.bounds == (1, 4)
    assert found.interval is None
    gap = _alone(figure_table, catalogue, value=None, value_low=22.0, n_present=7,
                 n_declared=12)  # fmt: skip
    assert "at least 22" in gap.text
    assert "7 of 12 parts have a number" in gap.text
    rounded = _alone(
        figure_table, catalogue, value=30.0, value_low=25.0, value_high=34.0
    )
    assert rounded.bounds == (25, 34)


def test_a_change_of_rounded_counts_has_bounds_and_names_both_years(changed):
    found = changed(30.0, 60.0, value_low=25.0, value_high=64.0)
    assert "a change between −60.9% and +156%" in found.text
    assert [operand.name for operand in found.operands] == ["2019", "2018"]


def test_a_gap_is_never_a_number(figure_table, catalogue, changed):
    assert "a number is missing" in _alone(figure_table, catalogue, value=None).text
    assert changed(12.0, None).verdict is not Verdict.SUPPORTED


def test_two_areas_are_set_against_each_other_by_name(against):
    kenya, uganda = ({"ref_area": area} for area in ("KEN", "UGA"))
    found = against("compare", {"value": 40.0, **kenya}, {"value": 12.0, **uganda})
    assert "40 (Kenya) against 12 (Uganda), 3.3 times as many" in found.text
    assert "3.3 times as complete for Kenya as for Uganda" in found.text


def test_a_difference_is_judged_by_its_two_counts(against):
    kenya, uganda = ({"ref_area": area} for area in ("KEN", "UGA"))
    found = against("difference", {"value": 40.0, **kenya}, {"value": 12.0, **uganda})
    assert found.verdict is Verdict.SUPPORTED
    assert found.interval[:2] == pytest.approx(exact_conditional(40, 12)[1:3])


def test_sums_are_found_again_behind_their_change(figure_table, catalogue):
    rows = [
        {"value": value, "ref_area": area, "time_period": period}
        for area, period, value in (
            ("XAA", "2018", 9.0),
            ("XAB", "2018", 3.0),
            ("XAA", "2019", 20.0),
            ("XAB", "2019", 30.0),
        )
    ]
    sums = total(figure_table(rows, catalogue), ["time_period"], catalogue)
    changes = pairs.change(sums, catalogue, load_reference())
    (found,) = statements(changes, [_step("change", sums)], catalogue)
    assert "rose from 12 in 2018 to 50 in 2019" in found.text


def test_stages_are_not_independent_counts(against):
    found = against("ratio", {"value": 12.0, "stage": "CHARGED"}, {"value": 40.0})
    assert found.verdict is Verdict.CANNOT_TELL
    assert "not independent" in found.text
    assert found.interval is None


def test_a_share_is_binomial(against):
    found = against("share", {"value": 12.0, "sex": "F"}, {"value": 40.0})
    assert "12 of 40 in 2018, 30%" in found.text
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (18.07, 45.43), abs=0.01
    )


@pytest.mark.parametrize(
    ("events", "verdict"), [(40.0, "SUPPORTED"), (7.0, "SUPPORTED"), (2.0, "REFUSED")]
)
def test_rates_are_flagged_below_twenty_events_and_refused_below_three(
    against, events, verdict
):
    population = {
        "value": 5e6, "ref_area": "KEN", "stage": "OTHER", "scope": "OTHER",
        "counting_unit": "PERSON",
    }  # fmt: skip
    found = against("rate", {"value": events, "ref_area": "KEN"}, population)
    assert found.verdict == verdict
    assert ("Fewer than 20 events" in found.text) == (events == 7)


def test_a_printed_rate_without_its_count_has_no_interval(figure_table, catalogue):
    found = _alone(figure_table, catalogue, value=3.2, statistic="RATE_100K")
    assert found.verdict is Verdict.CANNOT_TELL
    assert "the counts behind it are not known" in found.text


def test_what_is_no_count_gives_no_interval(figure_table, catalogue):
    for value in (-2.0, 10.5):
        found = _alone(figure_table, catalogue, value=value)
        assert found.verdict is Verdict.CANNOT_TELL
        assert "A count is a whole number" in found.text


def test_a_statement_names_what_its_figure_is_narrowed_to(figure_table, catalogue):
    narrow = {"offence": "03012", "sex": "F", "breakdown": "category=attempted"}
    found = _alone(figure_table, catalogue, value=12.0, **narrow)
    assert "recorded cases (ICCS 03012, female, category: attempted): 12" in found.text


def test_no_statement_says_what_must_not_be_said(figure_table, catalogue):
    draw = Random(20261122)
    tops = (6, 40, 400, 100_000)
    counts = [[draw.randint(0, top) for _ in "ab"] for top in tops for _ in range(30)]
    rows = [
        {"value": float(n), "time_period": period, "breakdown": f"k={i}"}
        for i, pair in enumerate(counts)
        for n, period in zip(pair, ("2018", "2019"), strict=True)
    ]
    table = figure_table(rows, catalogue)
    changes = pairs.change(table, catalogue, load_reference())
    verdicts = set()
    for found in statements(changes, [_step("change", table)], catalogue):
        verdicts.add(found.verdict)
        own = found.text
        for reason in found.reasons:
            own = own.replace(reason.text, "").replace(reason.lifted_by, "")
        assert not NEVER_SAID.search(own), own
        later, earlier = (int(operand.value) for operand in found.operands)
        held = exact_conditional(later, earlier)
        if found.verdict is not Verdict.REFUSED:
            is_beyond = not held.low <= 1 <= held.high
            assert (found.verdict is Verdict.SUPPORTED) == is_beyond
            assert (found.interval.low, found.interval.high) == (held.low, held.high)
    assert verdicts == {Verdict.SUPPORTED, Verdict.CANNOT_TELL, Verdict.REFUSED}


def test_every_stage_and_unit_has_words():
    keys = {row["key"] for row in read_code_list(REFERENCE / "statement_words.csv")}
    assert {f"unit.{unit}" for unit in CountingUnit} <= keys
    assert {f"stage.{stage}" for stage in Stage} <= keys
