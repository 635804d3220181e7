"""A column that says why a number is missing, beside the numbers."""

from __future__ import annotations

from collections.abc import Callable

from tallymark.model.submission import Submission

DOCUMENT = r"""
id: reasons
version: 1
title: A table with reasons
source: {title: Invented for this test}
vintage: null
tables:
  - name: main
    header: [Area, {group: [{name: years, pattern: '\d{4}'}, Why]}]
    values: [years]
    constants:
      {series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED}
    lookups:
      - {column: Area, parse: area}
      - {header: 0, parse: period}
      - {column: Why, map: {"": {}, not kept: {missing_reason: NOT_RECORDED}}}
"""

HEAD = "Area,2017,Why,2018,Why\n"


def test_a_reason_is_that_of_the_empty_cell_beside_it(
    read_text: Callable[[str, str], Submission],
) -> None:
    found = read_text(DOCUMENT, HEAD + "Kenya,,not kept,,\nUganda,0,,7,\n")
    rows = found.observations.select(["obs_value", "missing_reason", "obs_status"])
    assert [tuple(row.values()) for row in rows.to_pylist()] == [
        (None, "NOT_RECORDED", "L"),
        (None, "BLANK", "O"),
        (0, None, "A"),
        (7, None, "A"),
    ]
    assert found.losses.num_rows == 0


def test_a_number_with_a_reason_stays_and_is_told(
    read_text: Callable[[str, str], Submission],
) -> None:
    found = read_text(DOCUMENT, HEAD + "Kenya,0,not kept,7,\n")
    assert found.observations["obs_value"].to_pylist() == [0, 7]
    assert found.observations["missing_reason"].to_pylist() == [None, None]
    losses = found.losses.select(["source_ref", "kind", "raw_value"]).to_pylist()
    assert [tuple(row.values()) for row in losses] == [
        ("R2C2", "reason-beside-number", "0")
    ]


def test_an_unknown_reason_is_lost_and_stands_for_none(
    read_text: Callable[[str, str], Submission],
) -> None:
    found = read_text(DOCUMENT, HEAD + "Kenya,,not kep,7,\n")
    assert found.observations["missing_reason"].to_pylist() == ["BLANK", None]
    losses = found.losses.select(["source_ref", "kind", "suggestion"]).to_pylist()
    assert [tuple(row.values()) for row in losses] == [
        ("R2C3", "label-not-mapped", "not kept")
    ]


def test_a_reason_beside_several_figures_is_about_the_empty_ones(
    read_text: Callable[[str, str], Submission],
) -> None:
    document = DOCUMENT.replace(
        "[Area, {group: [{name: years, pattern: '\\d{4}'}, Why]}]",
        "[Area, {name: years, pattern: '\\d{4}', many: true}, Why]",
    )
    found = read_text(document, "Area,2017,2018,Why\nKenya,3,,not kept\n")
    assert found.observations["missing_reason"].to_pylist() == [None, "NOT_RECORDED"]
    assert found.losses.num_rows == 0
