"""Counts as observations: totals, offences that stand alone, and zeros."""

from __future__ import annotations

from datetime import date

import pytest

from tallymark.aggregate import Origin, plan_of
from tallymark.aggregate.observations import observations_of

OFFENCE = {
    "column": "law",
    "codes": {
        "A": {"iccs": "030221", "label": "Material", "relation": "exact", "rank": 1},
        "B": {"iccs": "030223", "label": "Grooming", "rank": 2},
    },
    "total": "0302",
}
SEX = {"column": "sex", "codes": {"f": "F", "m": "M"}}
ORIGIN = Origin(name="register.parquet", sha256="00ff")


def rows_of(**counts):
    """Return rows of persons by offence and sex, all charged on one day of 2018."""
    return [
        {"person": f"{kind}{i}", "charged_on": date(2018, 5, 1), "law": kind[0],
         "sex": kind[1]}
        for kind, n in counts.items()
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def observed(count, mapped, series):
    """A function: rows and a definition to observations, by what stands in their cell."""

    def made(rows, *, principal="yes", **keys):
        mapping = mapped(offence=OFFENCE, sex=SEX, **keys)
        definition = series(principal_offence=principal)
        counted = count(rows, mapping, definition)
        plan = plan_of(mapping, definition, file="mapping.yaml")
        table = observations_of(counted, plan, ORIGIN, threshold=5)
        start = len("aggregate:")
        return {row["source_ref"][start:]: row for row in table.to_pylist()}

    return made


def test_totals_are_marked_and_offences_named(observed) -> None:
    rows = observed(rows_of(Af=30, Am=20, Bf=10))
    total = rows["2018/CHARGED"]
    assert (total["obs_value"], total["offence"], total["is_total"]) == (
        60,
        "0302",
        True,
    )
    part = rows["2018/CHARGED/offence=030221"]
    assert (part["obs_value"], part["offence_label"]) == (50, "Material")
    assert (part["offence_relation"], part["is_total"]) == ("exact", False)
    assert not any(ref.startswith("2019") for ref in rows)


def test_offences_that_each_count_have_no_total(observed) -> None:
    twice = rows_of(Af=30, Bf=10)
    twice += [dict(row, law="B") for row in twice if row["law"] == "A"]
    rows = observed(twice, principal="no")
    assert {ref: row["obs_value"] for ref, row in rows.items()} == {
        "2018/CHARGED/offence=030221": 30,
        "2018/CHARGED/offence=030221/sex=F": 30,
        "2018/CHARGED/offence=030223": 40,
        "2018/CHARGED/offence=030223/sex=F": 40,
    }


def test_a_covered_period_without_a_row_is_zero_only_where_that_is_said(
    observed,
) -> None:
    rows = rows_of(Af=30, Am=20)
    assert "2019/CHARGED" not in observed(rows)
    shown = observed(rows, zeros="shown")
    assert shown["2019/CHARGED"]["obs_value"] == 0
    assert shown["2019/CHARGED/sex=M"]["missing_reason"] is None
    hidden = observed(rows, zeros="hidden")["2019/CHARGED"]
    assert (hidden["obs_value"], hidden["missing_reason"]) == (None, "SUPPRESSED")
    assert (hidden["value_low"], hidden["value_high"]) == (0, 4)


def test_hidden_counts_say_why_and_between_what_they_lie(observed) -> None:
    rows = observed(rows_of(Af=30, Am=2), tables=[["sex"]])
    small, other = rows["2018/CHARGED/sex=M"], rows["2018/CHARGED/sex=F"]
    assert (small["conf_status"], small["obs_status"]) == ("A", "Q")
    assert (small["value_low"], small["value_high"], small["raw_value"]) == (1, 4, None)
    assert (other["conf_status"], other["value_low"]) == ("D", 5)
    assert other["value_high"] is None
    assert rows["2018/CHARGED"]["obs_value"] == 32
