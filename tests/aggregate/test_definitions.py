"""The definition decides how it is counted; what it leaves open must be answered."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tallymark.aggregate import plan_of
from tallymark.aggregate.periods import covered_periods
from tallymark.errors import DocumentError
from tallymark.model.codes import Calendar

OFFENCE = {"column": "law", "codes": {"A": {"iccs": "030221", "rank": 1}}}


def refused(mapping, definition) -> str:
    with pytest.raises(DocumentError) as error:
        plan_of(mapping, definition, file="mapping.yaml")
    return str(error.value)


@pytest.mark.parametrize(
    ("question", "open_", "keys"),
    [
        ("multiple", {"multiple": "unknown"}, {}),
        ("attempts", {"attempts": "unknown"}, {}),
        ("principal_offence", {"principal_offence": "unknown"}, {"offence": OFFENCE}),
        ("principal_offence", {"principal_offence": "partial"}, {"offence": OFFENCE}),
        (
            "stage_of_counting",
            {"stage_of_counting": "unknown"},
            {"stages": {"RECORDED": {"input": "day"}}},
        ),
    ],
)
def test_an_open_question_stops_the_counting_and_is_named(
    mapped, series, question, open_, keys
) -> None:
    known = {"attempts": "included", "multiple": "counted_once"}
    told = refused(mapped(answers=None, **keys), series(**known | open_))
    assert f"`{question}`" in told
    assert f"$.answers.{question}" in told


def test_an_answer_becomes_a_version_of_the_definition(mapped, series) -> None:
    plan = plan_of(mapped(), series(), file="mapping.yaml")
    version = plan.series.version_at("XAA", date(2018, 7, 1))
    assert version is not None
    assert (version.start, version.end) == (date(2018, 1, 1), date(2019, 12, 31))
    rule = plan.series.as_of(version).counting_rule
    assert (rule.attempts, rule.multiple) == ("included", "counted_once")
    assert plan.series.counting_rule.attempts == "unknown"
    assert "Persons charged in Exampleland" in version.reason


def test_nothing_is_answered_against_the_definition(mapped, series) -> None:
    told = refused(mapped(), series(attempts="excluded", multiple="counted_once"))
    assert "the definition says excluded @ mapping.yaml $.answers.attempts" in told


def test_what_is_not_asked_needs_no_answer(mapped, series) -> None:
    reports = series(counting_unit="REPORT", stage="REPORTED", scope="CYBERTIP")
    stages = {"REPORTED": {"date": "day"}}
    plan = plan_of(
        mapped(answers=None, stages=stages, online=None), reports, file="mapping.yaml"
    )
    assert plan.series == reports


def test_all_that_is_wrong_is_told_at_once(mapped, series) -> None:
    mapping = mapped(
        threshold=2,
        stages={"CHARGED": {"date": "day", "input": "other"}},
        tables=[["sex"]],
        offence={
            "column": "law",
            "codes": {"A": {"iccs": "0302"}, "B": {"iccs": "030221"}},
        },
    )
    told = refused(mapping, series())
    assert "4 problems" in told
    for path in ("$.threshold", "$.stages.CHARGED", "$.tables[0]", "$.offence.codes"):
        assert path in told


@pytest.mark.parametrize(
    ("keys", "answers", "path"),
    [
        ({"counting_unit": "CASE"}, {}, "$.counting_unit"),
        ({"stages": {"RECORDED": {"date": "day"}}}, {}, "$.stages.RECORDED.date"),
        ({"stages": {"RECORDED": {"output": "day"}}}, {}, "$.stages.RECORDED.input"),
        ({}, {"stage": "CONVICTED"}, "$.stages"),
        ({"online": None}, {}, "$.online"),
        ({}, {"online_marker": "no"}, "$.online"),
        ({"age": {"column": "age"}}, {"child_age_below": "unknown"}, "$.age"),
        (
            {"coverage": {"start": date(2018, 2, 1), "end": date(2018, 12, 31)}},
            {},
            "$.coverage",
        ),
        ({}, {"multiple": "counted_each"}, "$.unit.event"),
        ({}, {"attempts": "excluded"}, "$.attempts"),
        (
            {"offence": {"column": "law", "codes": {"A": {"iccs": "030221"}}}},
            {},
            "$.offence.codes.A",
        ),
    ],
)
def test_what_does_not_fit_the_definition_is_told_where_it_stands(
    mapped, series, keys, answers, path
) -> None:
    given = {"attempts": "included", "multiple": "counted_once"}
    given = {name: value for name, value in given.items() if name not in answers}
    told = refused(mapped(**{"answers": given} | keys), series(**answers))
    assert f"mapping.yaml {path}" in told


@pytest.mark.parametrize(
    ("calendar", "month", "freq", "texts"),
    [
        ("gregorian", 1, "A", ["2018", "2019"]),
        ("gregorian", 4, "A", ["2018-04-01/P1Y"]),
        ("buddhist", 10, "A", ["2018-10-01/P1Y"]),
        ("ethiopian", 9, "A", ["2018-09-11/P1Y"]),
        ("ethiopian", 7, "A", ["2018-07-08/P1Y"]),
        ("gregorian", 2, "Q", ["2018-02-01/P3M"]),
        ("gregorian", 4, "Q", ["2018-Q1"]),
        ("gregorian", 1, "M", ["2018-01"]),
    ],
)
def test_periods_are_written_as_in_observations(calendar, month, freq, texts) -> None:
    periods = covered_periods(
        date(2018, 1, 1),
        date(2019, 12, 31),
        calendar=Calendar(calendar),
        first_month=month,
        freq=freq,
    )
    assert [period.text for period in periods[: len(texts)]] == texts
    for one, other in pairwise(periods):
        assert (other.start - one.end).days == 1


def test_ethiopian_years_end_where_the_next_begins() -> None:
    (year,) = covered_periods(
        date(2018, 9, 1),
        date(2019, 9, 30),
        calendar=Calendar.ETHIOPIAN,
        first_month=9,
        freq="A",
    )
    assert (year.start, year.end) == (date(2018, 9, 11), date(2019, 9, 11))
