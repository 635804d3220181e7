"""What is known of two figures together, from the country's history and the process."""

from __future__ import annotations

import pytest

from tallymark.documents import load_reference
from tallymark.engine.duckdb import records
from tallymark.interpret import pairs
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs import create_sides
from tallymark.interpret.pairs.facts import create_pairs
from tallymark.model.context import PAIR_FACTS


@pytest.fixture(scope="module")
def facts(figure_table, catalogue):
    """A function: the facts of two figures, told by their differences."""
    reference = load_reference()

    def find(a, b):
        connection = create_sides(
            figure_table([a], catalogue), figure_table([b], catalogue)
        )
        create_pairs(connection, "select 1 as a_id, 1 as b_id", "change", reference)
        columns = ", ".join(f'"{name}"' for name in PAIR_FACTS.names)
        (row,) = records(connection, f"select {columns} from pairs")
        return {name.removeprefix("pair."): value for name, value in row.items()}

    return find


@pytest.mark.parametrize(
    ("area", "first", "later", "questions"),
    [
        ("KEN", "2018", "2019", {"unit", "tips_direct", "icse"}),
        ("XAA", "2018", "2019", {"unit"}),
        ("XAA", "2019", "2020", set()),
        ("XAQ", "2018", "2019", set()),
    ],
)
def test_start_dates_of_units_and_connections_are_told(facts, area, first, later, questions):  # fmt: skip
    found = facts(
        {"ref_area": area, "time_period": first},
        {"ref_area": area, "time_period": later},
    )
    assert set((found["capacity_changed"] or "").split()) == questions


def test_a_law_that_began_in_between_is_told(facts):
    assert facts({}, {"time_period": "2019"})["law_changed"] == (
        "Exampleland Online Child Protection Act"
    )
    later = facts({"time_period": "2019"}, {"time_period": "2020"})
    assert later["law_changed"] is None


def test_two_countries_have_no_history_together(facts):
    found = facts({}, {"ref_area": "KEN", "time_period": "2019"})
    assert (found["capacity_changed"], found["law_changed"]) == (None, None)


@pytest.mark.parametrize(
    ("a", "b", "is_break"),
    [
        ({}, {"time_period": "2019"}, False),
        ({}, {"time_period": "2019", "obs_status": "P B"}, True),
        ({"obs_status": "B"}, {"time_period": "2019"}, False),
        ({"time_period": "2019", "obs_status": "B"}, {}, True),
        ({}, {"time_period": "2019", "definition": "new"}, True),
        ({"definition": None}, {"time_period": "2019", "definition": None}, True),
        ({}, {"definition": "new"}, False),
        ({}, {"time_period": "2019", "definition": "new", "ref_area": "XAB"}, False),
    ],
)
def test_breaks_lie_between_two_periods_of_one_series(facts, a, b, is_break):
    assert facts(a, b)["definition_breaks"] is is_break


@pytest.mark.parametrize(
    ("a", "b", "is_larger"),
    [
        ({"stage": "PROSECUTED", "value": 5.0}, {"stage": "CONVICTED", "value": 6.0}, True),
        ({"stage": "CONVICTED", "value": 5.0}, {"stage": "PROSECUTED", "value": 6.0}, False),
        ({"stage": "CONVICTED", "value": 6.0}, {"stage": "PROSECUTED", "value": 5.0}, True),
        ({"stage": "CONVICTED"}, {"stage": "CONVICTED"}, None),
        ({"stage": "CONVICTED"}, {"stage": "PENDING"}, None),
        ({"stage": "CONVICTED", "value": None}, {"stage": "PROSECUTED"}, None),
    ],
)  # fmt: skip
def test_whether_a_later_stage_is_larger(facts, a, b, is_larger):
    assert facts(a, b)["later_stage_is_larger"] is is_larger


def test_size_and_difference(facts):
    found = facts({"value": 30.0}, {"value": 40.0})
    assert (found["smaller_value"], found["relative_difference"]) == (30.0, 0.25)
    assert facts({"value": None}, {})["smaller_value"] is None
    assert facts({"value": 0.0}, {"value": 0.0})["relative_difference"] is None


def test_a_change_across_the_start_of_a_unit_and_a_law_says_so(figure_table, catalogue):
    rows = [{"value": 40.0}, {"value": 80.0, "time_period": "2019"}]
    table = figure_table(rows, catalogue)
    (change,) = figures_of(pairs.change(table, catalogue, load_reference()), catalogue)
    assert change.value == 100.0
    assert {"detection-driven-change", "law-changed-in-period"} <= set(change.caveats)


def test_tips_are_not_set_in_relation_to_cases(figure_table, catalogue):
    cases = figure_table([{"ref_area": "KEN", "value": 52.0}], catalogue)
    tips = {"ref_area": "KEN", "value": 12788.0, "scope": "CYBERTIP"}
    tips |= {"counting_unit": "REPORT", "stage": "REPORTED", "series_id": "tips"}
    told = pairs.ratio(
        cases, figure_table([tips], catalogue), catalogue, load_reference()
    )
    (ratio,) = figures_of(told, catalogue)
    assert ratio.value is None
    assert {"unit-mismatch", "scopes-mixed"} <= set(ratio.caveats)
    assert (ratio.numerator, ratio.denominator) == (52.0, 12788.0)
