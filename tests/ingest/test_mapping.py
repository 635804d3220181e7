from __future__ import annotations

from collections.abc import Callable

import pytest

from tallymark.model.submission import Submission

Read = Callable[[str, str], Submission]

HEADER = "Area,Year,Sex,Offence,Cases\n"


def column(submission: Submission, name: str) -> list[object]:
    return submission.observations[name].to_pylist()


def losses(submission: Submission) -> list[tuple[str, str, str | None]]:
    rows = submission.losses.to_pylist()
    return [(row["source_ref"], row["kind"], row["suggestion"]) for row in rows]


def test_a_figure_has_all_its_fields(read_text: Read, long_document: str) -> None:
    text = HEADER + 'Namibia,2018,Female,Rape,"1,757"\n'
    [row] = read_text(long_document, text).observations.to_pylist()
    assert row.pop("obs_id")
    assert len(row.pop("source_sha256")) == 64
    expected = {
        "series_id": "s",
        "ref_area": "NAM",
        "area_level": "country",
        "freq": "A",
        "time_period": "2018",
        "calendar": "gregorian",
        "stage": "RECORDED",
        "counting_unit": "CASE",
        "scope": "CSEA",
        "offence": "03011",
        "offence_relation": "exact",
        "offence_label": "Rape",
        "sex": "F",
        "age_group": "_T",
        "breakdown": "_T",
        "is_total": False,
        "statistic": "COUNT",
        "unit_mult": 0,
        "obs_value": 1757.0,
        "obs_status": "A",
        "raw_value": "1,757",
        "source_file": "table.csv",
        "source_ref": "R2C5",
    }
    shown = {k: v for k, v in row.items() if v is not None and "period_" not in k}
    assert str(shown.pop("vintage")) == "2024-03-01"
    assert shown == expected
    assert str(row["period_start"]) == "2018-01-01"
    assert str(row["period_end"]) == "2018-12-31"


@pytest.mark.parametrize(
    ("cell", "value", "low", "high", "reason", "status"),
    [
        ("0", 0.0, None, None, None, "A"),
        ("<5", None, 1.0, 4.0, "SUPPRESSED", "Q"),
        (":", None, None, None, "NOT_AVAILABLE", "O"),
        ("", None, None, None, "BLANK", "O"),
        ("about 7", None, None, None, "UNREADABLE", "O"),
    ],
)
def test_a_null_value_always_has_its_reason(
    read_text: Read,
    long_document: str,
    cell: str,
    value: float | None,
    low: float | None,
    high: float | None,
    reason: str | None,
    status: str,
) -> None:
    submission = read_text(long_document, f"{HEADER}KEN,2018,Total,Rape,{cell}\n")
    [row] = submission.observations.to_pylist()
    found = (row["obs_value"], row["value_low"], row["value_high"])
    assert found == (value, low, high)
    assert (row["missing_reason"], row["obs_status"]) == (reason, status)
    assert row["raw_value"] == cell
    unread = [("R2C5", "number-not-read", None)] if reason == "UNREADABLE" else []
    assert losses(submission) == unread


def test_an_unknown_label_keeps_its_row_and_is_told_with_the_nearest(
    read_text: Read, long_document: str
) -> None:
    text = HEADER + "KEN,2018,Femal,Grooming,3\nNambia,1850,Total,Rappe,4\n"
    submission = read_text(long_document, text)
    assert column(submission, "obs_value") == [3.0, 4.0]
    assert column(submission, "sex") == [None, "_T"]
    assert column(submission, "ref_area") == ["KEN", None]
    assert column(submission, "time_period") == ["2018", None]
    assert column(submission, "offence") == ["030223", None]
    assert column(submission, "offence_label") == ["Grooming", "Rappe"]
    assert losses(submission) == [
        ("R2C3", "label-not-mapped", "Female"),
        ("R3C1", "label-not-mapped", "Namibia"),
        ("R3C2", "period-not-read", None),
        ("R3C4", "label-not-mapped", "Rape"),
    ]


def test_a_label_cell_over_many_figures_is_one_loss(
    read_text: Read, cross_document: str
) -> None:
    submission = read_text(cross_document, "Area,2018,2019\nQqqq,1,2\n")
    assert losses(submission) == [("R2C1", "label-not-mapped", None)]
    assert column(submission, "obs_value") == [1.0, 2.0]


def test_a_number_that_nobody_claims_is_a_loss(
    read_text: Read, long_document: str
) -> None:
    document = long_document.replace(
        "[Area, Year, Sex, Offence, Cases]",
        "[Area, Year, Sex, Offence, Cases, Rate, Rank]",
    ).replace(
        "    values: [Cases]",
        "    values: [Cases]\n    skip_columns: [{column: Rank, reason: an order}]",
    )
    text = HEADER.strip() + ",Rate,Rank\nKEN,2018,Total,Rape,3,0.5,1\n,,,,,,\n"
    submission = read_text(document, text + "KEN,2019,Total,Rape,4,n/a,2,,17\n")
    assert losses(submission) == [
        ("R2C6", "number-outside-columns", None),
        ("R4C9", "number-outside-columns", None),
    ]
    assert submission.n_numeric == 4
    assert submission.ignored == ("main: column under R1C7 (Rank): an order",)


def test_numbers_below_the_blank_row_are_losses(
    read_text: Read, cross_document: str
) -> None:
    text = "Area,2018,2019\nKEN,1,2\n,,\nUGA,3,\nSource: page 4,,\n"
    submission = read_text(cross_document, text)
    assert column(submission, "source_ref") == ["R2C2", "R2C3"]
    assert losses(submission) == [("R4C2", "number-below-table", None)]
    assert submission.n_numeric == 3


def test_texts_beside_numbers_below_the_blank_row_are_losses_too(
    read_text: Read, cross_document: str
) -> None:
    text = (
        "Area,2018,2019\nKEN,1,2\n,,\nUGA,3,12 (est.)\nTZA,n/a,est.\n"
        ",4,est.\nNote,see page 4,\n"
    )
    submission = read_text(cross_document, text)
    below = "number-below-table"
    assert losses(submission) == [
        ("R4C2", below, None),
        ("R4C3", below, None),
        ("R6C2", below, None),
    ]
    assert submission.losses["raw_value"].to_pylist() == ["3", "12 (est.)", "4"]
    assert submission.n_numeric == 4


def test_skipped_rows_are_told_with_their_reason(
    read_text: Read, cross_document: str
) -> None:
    document = cross_document.replace(
        "{until: blank}",
        "{skip: [{column: Area, pattern: 'Note.*', reason: notes below}]}",
    )
    text = "Area,2018\nKEN,1\n,\nUGA,2\nNote 1: provisional,\nNote 2,9\n"
    submission = read_text(document, text)
    assert column(submission, "ref_area") == ["KEN", "UGA"]
    assert submission.ignored == ("main: rows 5, 6: notes below",)
    assert submission.n_numeric == 2


def test_the_first_look_up_that_gives_a_field_keeps_it(
    read_text: Read, long_document: str
) -> None:
    document = long_document.replace(
        "- {column: Area, parse: area}",
        "- {column: Code, parse: area}\n      - {column: Area, parse: area}",
    ).replace("[Area,", "[Code, Area,")
    text = "Code,Area,Year,Sex,Offence,Cases\n"
    for code, area in (("KEN", "Uganda"), ("", "Uganda"), ("ZZ", ""), ("", "Sark")):
        text += f"{code},{area},2018,Total,Rape,1\n"
    submission = read_text(document, text)
    assert column(submission, "ref_area") == ["KEN", "UGA", None, None]
    rows = submission.losses.to_pylist()
    assert [(r["source_ref"], r["raw_value"]) for r in rows] == [
        ("R4C1", "ZZ"),
        ("R5C2", "Sark"),
    ]


def test_a_condition_chooses_between_look_ups(
    read_text: Read, long_document: str
) -> None:
    document = long_document.replace(
        "- {column: Sex,",
        "- {constant: {is_total: true}, when: {Sex: Total, Offence: [Rape, All]}}\n"
        "      - {column: Offence, when: {Sex: Male}, breakdown: b}\n"
        "      - {constant: {breakdown: {a: x}}, when: {Sex: Male}}\n"
        "      - {column: Sex,",
    )
    text = HEADER + "KEN,2018,Total,Rape,3\nKEN,2018,Male,Rape,1\n"
    submission = read_text(document, text)
    assert column(submission, "is_total") == [True, False]
    assert column(submission, "breakdown") == ["_T", "a=x;b=Rape"]


def test_merged_headings_sections_keys_and_fixed_cells(
    read_text: Read, cross_document: str
) -> None:
    head, _, _ = cross_document.partition("    header:")
    document = (
        head
        + r"""    header: [key, {name: years, pattern: 'FY \d{4}', many: true}]
    values: [years]
    constants: {series_id: s, scope: CSEA}
    lookups:
      - {column: key, split: "|", part: 2, parse: area}
      - {column: key, split: "|", part: 1, field: sex}
      - {header: 0, pattern: 'FY (\d{4})', parse: period}
      - {header: 1, field: stage, map: {Reported: REPORTED, Charged: CHARGED}}
      - {section: key, breakdown: group}
      - {cell: {text: "Counted:", right: 1}, field: counting_unit}
"""
    )
    text = (
        "Counted:,CASE,,,\n"
        ",Reported,,Charged,\n"
        ",,,,\n"
        "key,FY 2018,FY 2019,FY 2018,FY 2019\n"
        "Under 12,,,,\n"
        "F|KEN,1,2,3,4\n"
        "12 to 17,,,,\n"
        "M|KEN,5,6,7,8\n"
    )
    submission = read_text(document, text)
    rows = submission.observations.to_pylist()
    found = [
        (r["obs_value"], r["stage"], r["time_period"], r["sex"], r["breakdown"])
        for r in rows
    ]
    assert found == [
        (1.0, "REPORTED", "2018", "F", "group=Under 12"),
        (2.0, "REPORTED", "2019", "F", "group=Under 12"),
        (3.0, "CHARGED", "2018", "F", "group=Under 12"),
        (4.0, "CHARGED", "2019", "F", "group=Under 12"),
        (5.0, "REPORTED", "2018", "M", "group=12 to 17"),
        (6.0, "REPORTED", "2019", "M", "group=12 to 17"),
        (7.0, "CHARGED", "2018", "M", "group=12 to 17"),
        (8.0, "CHARGED", "2019", "M", "group=12 to 17"),
    ]
    assert set(column(submission, "counting_unit")) == {"CASE"}
    assert submission.losses.num_rows == 0


def test_a_flag_becomes_a_status(read_text: Read, cross_document: str) -> None:
    flags = (
        "numbers: {flags: {p: {obs_status: P}, e: {obs_status: E},"
        " c: {conf_status: C}, r: {notes: revised}}}\n"
    )
    document = cross_document.replace("tables:\n", flags + "tables:\n")
    submission = read_text(document, "Area,2018,2019,2020\nKEN,8 p,9 per,10 x\n")
    assert column(submission, "obs_value") == [8.0, 9.0, None]
    assert column(submission, "obs_status") == ["P", "P", "O"]
    assert column(submission, "obs_status_other") == [None, "E", None]
    assert column(submission, "notes") == [None, "revised", None]
    submission = read_text(document, "Area,2018\nKEN,8 c\n")
    assert column(submission, "conf_status") == ["C"]


def test_two_tables_of_one_sheet_keep_apart(
    read_text: Read, cross_document: str
) -> None:
    first, second = cross_document.split("tables:\n")
    other = second.replace("name: main", "name: other").replace("- Area", "- Province")
    other = other.replace(
        "{column: Area, parse: area}", "{column: Province, parse: area}"
    )
    other = other.replace("series_id: s,", "series_id: other,")
    text = "Area,2018\nKEN,1\n,\nProvince,2018\nUGA,2\n"
    submission = read_text(f"{first}tables:\n{second}{other}", text)
    assert column(submission, "series_id") == ["s", "other"]
    assert column(submission, "source_ref") == ["R2C2", "R5C2"]
    assert submission.regions.to_pylist() == [
        {
            "source_file": "table.csv",
            "series_id": "s",
            "region": "R2C1:R2C2",
            "header": "R1C1:R1C2",
        },
        {
            "source_file": "table.csv",
            "series_id": "other",
            "region": "R5C1:R5C2",
            "header": "R4C1:R4C2",
        },
    ]
    assert submission.n_numeric == 2


def test_a_true_cell_is_no_number(read_text: Read, cross_document: str) -> None:
    submission = read_text(cross_document, "Area,2018\nKEN,True\n")
    assert column(submission, "missing_reason") == ["UNREADABLE"]


def test_a_long_text_is_kept_as_place_and_hash_only(
    read_text: Read, long_document: str
) -> None:
    document = long_document.replace("Cases]\n    values", "Cases, Notes]\n    values")
    document = document.replace(
        "- {column: Sex,", "- {column: Notes, field: notes}\n      - {column: Sex,"
    )
    story = "On the third of May " * 20
    text = f"{HEADER.strip()},Notes\nKEN,2018,Total,Rape,{story},{story}\n"
    submission = read_text(document, text)
    kept = str(submission.observations.to_pylist() + submission.losses.to_pylist())
    assert "third of May" not in kept
    assert "(long text in column Notes, sha256 " in kept
    assert "(long text in this cell, sha256 " in kept


def test_a_heading_is_not_sought_left_of_the_figures(
    read_text: Read, cross_document: str
) -> None:
    document = cross_document.replace("scope: CSEA, stage: RECORDED}", "scope: CSEA}")
    document += "      - {header: 1, field: stage, map: {Charged: CHARGED}}\n"
    submission = read_text(document, "Charged,,Charged\nArea,2018,2019\nKEN,1,2\n")
    assert column(submission, "stage") == [None, "CHARGED"]
    assert losses(submission) == [("R1C2", "label-not-mapped", None)]


def test_a_header_without_rows_gives_nothing(
    read_text: Read, cross_document: str
) -> None:
    submission = read_text(cross_document, "Area,2018\n")
    assert submission.observations.num_rows == 0
    assert submission.losses.num_rows == 0
    assert submission.regions["header"].to_pylist() == ["R1C1:R1C2"]
    assert submission.n_numeric == 0


def test_a_text_may_end_the_table(read_text: Read, cross_document: str) -> None:
    document = cross_document.replace("{until: blank}", "{until_text: 'Notes?:.*'}")
    text = "Area,2018\nKEN,1\n,\nUGA,2\nNote: 3 more,\nTZA,4\n"
    submission = read_text(document, text)
    assert column(submission, "ref_area") == ["KEN", "UGA"]
    assert submission.n_numeric == 3
    assert losses(submission) == [("R6C2", "number-below-table", None)]


def test_the_name_of_the_sheet_may_be_a_label(
    read_text: Read, cross_document: str
) -> None:
    document = cross_document.replace("scope: CSEA, stage: RECORDED}", "scope: CSEA}")
    document += "      - {is_sheet: true, field: stage}\n"
    submission = read_text(document, "Area,2018\nKEN,1\n")
    assert losses(submission) == [("R1C1", "label-not-mapped", None)]


def test_a_number_too_large_for_a_count_is_told(
    read_text: Read, long_document: str
) -> None:
    text = f"{HEADER}KEN,2018,Total,Rape,{'9' * 400}\nKEN,2019,Total,Rape,{10**16}\n"
    submission = read_text(long_document, text)
    assert column(submission, "obs_value") == [None, None]
    assert losses(submission) == [
        ("R2C5", "number-not-read", None),
        ("R3C5", "number-not-read", None),
    ]
    details = submission.losses["detail"].to_pylist()
    assert details == ["it is too large to be a count"] * 2
    assert submission.n_numeric == 2


def test_a_lost_label_of_a_breakdown_still_says_which_way_the_whole_is_cut(
    read_text: Read, cross_document: str
) -> None:
    document = cross_document.replace("      - Area\n", "      - Area\n      - Town\n")
    document += "      - {column: Town, breakdown: town, map: {Here: here}}\n"
    submission = read_text(document, "Area,Town,2018\nKEN,Here,1\nKEN,There,2\n")
    assert column(submission, "breakdown") == ["town=here", "town=?"]
    assert losses(submission) == [("R3C2", "label-not-mapped", "Here")]
