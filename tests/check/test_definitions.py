"""What a definition finding says, where it points, and what excuses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallymark.check import load_suites
from tallymark.model.finding import Status
from tallymark.model.series import DefinitionChanges

SUITE = {
    e.slug: e for suite in load_suites(["definitions"]) for e in suite.expectations
}
FIGURE = {
    "series_id": "s", "ref_area": "XAA", "area_level": "country", "stage": "PROSECUTED",
    "counting_unit": "PERSON", "scope": "CSEA", "sex": "_T", "age_group": "_T",
    "breakdown": "_T", "statistic": "COUNT", "obs_value": 5.0, "source_file": "f.xlsx",
}  # fmt: skip


def figure(obs_id, year=2018, **values):
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    cell = {"obs_id": obs_id, "source_ref": f"Data!{obs_id}", "time_period": str(year)}
    return FIGURE | days | cell | values


def heading(cell, text, column=None, role="title"):
    place = {"sheet": "Data!", "column": column, "first_row": 5, "last_row": 9}
    return {
        "role": role,
        "source_ref": cell,
        "text": text,
        "source_file": "f.xlsx",
    } | place


@pytest.fixture
def run(observations, found):
    """A function: a shipped expectation and rows to what it finds."""

    def run(slug, *rows, **relations):
        return found(observations(rows), SUITE[slug], **relations)

    return run


def test_a_column_heading_beats_the_title(run):
    rows = (figure("B5"), figure("C5"))
    titles = (heading("Data!A1", "Cases"), heading("Data!B4", "Persons", "B", "column"))
    findings = run("heading-fits-unit", *rows, headings=titles)
    (finding,) = findings
    assert finding.location.cells == ("Data!A1", "Data!C5")
    assert findings.flags["obs_id"].to_pylist() == ["C5"]
    assert finding.found == "“Cases” names: cases. The figures are given as: persons."
    assert finding.key["counting_unit"] == "PERSON"


def test_two_titles_of_which_one_agrees_say_nothing(run):
    titles = (heading("Data!A1", "Cases"), heading("Data!A2", "Persons charged"))
    assert len(run("heading-fits-unit", figure("B5"), headings=titles)) == 0


def test_a_heading_over_many_figures_names_the_first_and_flags_all(run):
    rows = [figure(f"B{n}") for n in range(100, 160)]
    title = heading("Data!A1", "Cases") | {"first_row": 100, "last_row": 159}
    findings = run("heading-fits-unit", *rows, headings=(title,))
    (finding,) = findings
    assert len(finding.location.cells) == 21
    assert finding.location.cells[0] == "Data!A1"
    assert findings.flags.num_rows == 60


def test_another_sheet_file_or_row_is_not_under_a_heading(run):
    rows = (
        figure("B5", source_file="g.xlsx"),
        figure("B50"),
        figure("x", source_ref="'Data 2'!B5"),
        figure("y", source_ref="R5C2"),
    )
    titles = (heading("Data!A1", "Cases"),)
    assert len(run("heading-fits-unit", *rows, headings=titles)) == 0


def test_without_headings_the_expectation_is_not_run(run):
    (outcome,) = run("heading-fits-unit", figure("B5")).outcomes
    assert outcome.status is Status.NOT_RUN
    assert "headings" in outcome.reason


@pytest.mark.parametrize(
    ("said", "stage", "is_found"),
    [
        ("Persons convicted", "PROSECUTED", True),
        ("Persons charged", "PROSECUTED", False),
        ("Persons arrested", "CONVICTED", True),
        ("Persons prosecuted", "BROUGHT_TO_COURT", False),
    ],
)
def test_only_stages_that_cannot_be_one_another_are_told(run, said, stage, is_found):
    findings = run(
        "heading-fits-stage",
        figure("B5", stage=stage),
        headings=(heading("Data!A1", said),),
    )
    assert bool(len(findings)) is is_found


def test_a_stage_that_the_series_tells_apart_is_not_a_name_of_another(run):
    rows = (figure("B5", stage="CHARGED"), figure("C5", stage="PROSECUTED"))
    titles = (heading("Data!C4", "Persons charged", "C", "column"),)
    findings = run("heading-fits-stage", *rows, headings=titles)
    assert findings.flags["obs_id"].to_pylist() == ["C5"]


def test_population_in_a_table_of_cases_has_no_title_of_its_own(run):
    row = figure("B5", scope="OTHER")
    titles = (heading("Data!A1", "Cases per 100,000 inhabitants"),)
    assert len(run("heading-fits-unit", row, headings=titles)) == 0


def test_headings_that_say_nothing_leave_nothing_to_look_at(run):
    (outcome,) = run(
        "heading-fits-unit", figure("B5"), headings=(heading("Data!A1", "Kenya"),)
    ).outcomes
    assert outcome.status is Status.NOT_APPLICABLE


def test_a_rule_that_changes_is_told_by_its_answer(run, observations, found, reference):
    series = reference.series["s"]
    rule = replace(series.counting_rule, attempts="included")
    (version,) = series.definitions
    changes = DefinitionChanges(counting_rule=replace(rule, attempts="excluded"))

    def known(**values):
        changed = replace(version, changes=changes, **values)
        given = replace(series, counting_rule=rule, definitions=(changed,))
        return replace(reference, series={"s": given})

    rows = observations([figure("a", 2018), figure("b", 2019), figure("c", 2020)])
    one = SUITE["attempts-stable"]
    (finding,) = found(rows, one, reference=known(start=date(2019, 1, 1)))
    assert finding.found == (
        "For XAA, whether attempts are counted changes: included in 2018, excluded in "
        "2019. No break is marked."
    )
    assert finding.location.cells == ("Data!b",)
    assert len(found(rows, one, reference=known(is_break=True))) == 0
    marked = observations(
        [figure("a", 2018), figure("b", 2019, obs_status="B"), figure("c", 2020)]
    )
    assert len(found(marked, one, reference=known())) == 0


def test_an_unknown_rule_is_not_applicable(run, observations, found, reference):
    rows = observations([figure("a", 2018), figure("b", 2019)])
    (outcome,) = found(rows, SUITE["attempts-stable"], reference=reference).outcomes
    assert outcome.status is Status.NOT_APPLICABLE


def test_a_unit_that_changes_says_when(run):
    rows = (
        figure("a", 2017),
        figure("b", 2018),
        figure("c", 2019, counting_unit="CASE"),
    )
    (finding,) = run("unit-stable", *rows)
    assert finding.found == (
        "What is counted changes for XAA (prosecuted): persons in 2017, 2018; "
        "cases in 2019."
    )


def test_units_that_stand_side_by_side_once_are_two_counts(run):
    rows = (
        figure("a", 2017),
        figure("b", 2018),
        figure("c", 2018, counting_unit="CASE"),
        figure("d", 2019, counting_unit="CASE"),
    )
    assert len(run("unit-stable", *rows)) == 0


COLLECTION = [slug for slug, e in SUITE.items() if e.type.reach == "collection"]


@pytest.mark.parametrize("slug", COLLECTION)
def test_a_single_consistent_file_compares_with_nothing(run, slug):
    rows = (figure("a", 2017), figure("b", 2018), figure("c", 2018, sex="F"))
    assert len(run(slug, *rows)) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"obs_value": 10.0}, {"obs_value": 10.0}),
        (
            {"obs_value": 10.0},
            {"missing_reason": "RANGE", "value_low": 5.0, "value_high": 20.0},
        ),
        ({"obs_value": 4.0}, {"missing_reason": "SUPPRESSED", "value_high": 4.0}),
    ],
)
def test_versions_that_can_both_hold_agree(run, first, second):
    empty = {"obs_value": None}
    rows = (
        figure("a", vintage="2019-01-31", **{**empty, **first}),
        figure("b", vintage="2020-01-31", **{**empty, **second}),
    )
    assert len(run("vintages-agree", *rows)) == 0


def test_a_declared_year_that_is_there_is_not_the_one_meant(run):
    years = [{"series_id": "s", "time_period": str(y)} for y in (2017, 2018, 2019)]
    rows = [figure(str(y), y) for y in (2010, 2011, 2012, 2017, 2018, 2019)]
    assert len(run("period-declared", *rows, declared=years)) == 0
    rows = [figure(str(y), y) for y in (2010, 2017, 2019)]
    (finding,) = run("period-declared", *rows, declared=years)
    assert "In the Ethiopian calendar it is 2018" in finding.found
