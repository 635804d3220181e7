"""Several tables: stacked, side by side, on several sheets, in repeating columns."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from printed import adapter, sheet, submission, told
from tallymark.errors import LayoutError

STATIONS = """
- name: station
  occurs: many
  title: {pattern: 'Crime in .*'}
  header: [Category, {name: years, pattern: '\\d{4}', many: true}]
  values: [years]
  rows: {skip: [{is_empty: true, reason: blank}]}
  constants: FIELDS
  lookups:
    - {header: 0, parse: period}
    - {title: {pattern: 'Crime in .*'}, pattern: 'Crime in (.*)', parse: area}
    - {column: Category, breakdown: category}
"""


def test_stacked_tables_each_have_their_own_title() -> None:
    found = submission(
        adapter(STATIONS),
        sheet(
            "Police\nCrime in Kenya\nCategory;2018\nRape;5\n\n"
            "Crime in Uganda\nCategory;2018;2019\nRape;7;8\n"
        ),
    )
    assert told(found, "ref_area", "time_period") == [
        ("R4C2", "KEN", "2018", 5),
        ("R8C2", "UGA", "2018", 7),
        ("R8C3", "UGA", "2019", 8),
    ]
    assert found.losses.num_rows == 0


def test_a_table_without_its_title_is_not_read_under_the_one_above() -> None:
    text = "Crime in Kenya\nCategory;2018\nRape;5\n\nCategory;2018\nRape;7\n"
    found = submission(adapter(STATIONS), sheet(text))
    assert [row[0] for row in told(found)] == ["R3C2"]
    assert found.losses["source_ref"].to_pylist() == ["R5C2", "R6C2"]
    assert set(found.losses["kind"].to_pylist()) == {"number-below-table"}


def test_an_empty_cell_is_no_title() -> None:
    tables = STATIONS.replace(
        "pattern: 'Crime in .*'", "pattern: '(?!Police).*'"
    ).replace("pattern: 'Crime in (.*)'", "pattern: '.* in (.*)'")
    text = "Crime in Kenya\n;\nPolice\n\nCategory;2018\nRape;5\n"
    assert told(submission(adapter(tables), sheet(text)), "ref_area") == [
        ("R6C2", "KEN", 5)
    ]


def test_a_title_says_which_of_two_like_tables_it_is() -> None:
    two = """
- name: charged
  title: Persons charged
  header: [Area, '2018']
  values: ['2018']
  constants: {series_id: s, counting_unit: PERSON, scope: CSEA, stage: CHARGED}
  lookups: [{column: Area, parse: area}, {header: 0, parse: period}]
- name: convicted
  title: Persons convicted
  header: [Area, '2018']
  values: ['2018']
  constants: {series_id: s, counting_unit: PERSON, scope: CSEA, stage: CONVICTED}
  lookups: [{column: Area, parse: area}, {header: 0, parse: period}]
"""
    text = (
        "Persons convicted\nArea;2018\nKenya;3\nPersons charged\nArea;2018\nKenya;9\n"
    )
    found = submission(adapter(two), sheet(text))
    assert told(found, "stage") == [("R6C2", "CHARGED", 9), ("R3C2", "CONVICTED", 3)]
    with pytest.raises(LayoutError, match="'Persons charged' was sought above"):
        submission(adapter(two), sheet(text.replace("charged", "accused")))


TWIN = """
- name: twin
  occurs: many
  header: [Country, Reports]
  values: [Reports]
  constants: {series_id: s, counting_unit: REPORT, scope: CYBERTIP, stage: REPORTED, period: '2019'}
  lookups: [{column: Country, parse: area}]
"""


def test_one_table_printed_in_twin_columns_is_read_twice() -> None:
    text = "Country;Reports;Country;Reports\nKenya;1;Uganda;2\nNamibia;3;;\n"
    found = submission(adapter(TWIN), sheet(text))
    rows = [r for r in told(found, "ref_area", "missing_reason") if r[1] is not None]
    assert sorted(rows) == [
        ("R2C2", "KEN", None, 1),
        ("R2C4", "UGA", None, 2),
        ("R3C2", "NAM", None, 3),
    ]


def test_a_header_that_no_table_knows_whole_is_no_header() -> None:
    with pytest.raises(LayoutError):
        submission(adapter(TWIN), sheet("Country;Reports;Rate\nKenya;1;2\n"))


def test_different_tables_share_a_row_and_keep_to_their_columns() -> None:
    both = TWIN + TWIN.replace("name: twin", "name: other").replace(
        "Reports]", "Victims]"
    ).replace("REPORT,", "VICTIM,")
    text = "Country;Reports;;Country;Victims\nKenya;1;;Uganda;2\nTonga;3;;;\n"
    found = submission(adapter(both), sheet(text))
    assert {(r[1], r[2], r[3]) for r in told(found, "ref_area", "counting_unit")} == {
        ("KEN", "REPORT", 1),
        ("TON", "REPORT", 3),
        ("UGA", "VICTIM", 2),
    }
    assert found.losses.num_rows == 0


def test_a_table_beside_the_rows_of_another_is_found() -> None:
    both = TWIN.replace("many", "once") + TWIN.replace("name: twin", "name: o").replace(
        "Reports]", "Victims]"
    ).replace("many", "once")
    text = "Country;Reports\nKenya;1;;Country;Victims\nTonga;3;;Uganda;2\n"
    found = submission(adapter(both), sheet(text))
    assert sorted(told(found, "ref_area")) == [
        ("R2C2", "KEN", 1),
        ("R3C2", "TON", 3),
        ("R3C5", "UGA", 2),
    ]


def test_a_table_a_sheet_takes_its_area_from_the_sheets_name() -> None:
    tables = TWIN.replace(
        "{column: Country, parse: area}", "{is_sheet: true, parse: area}"
    )
    sheets = [
        sheet("Country;Reports\nx;1\n", name=name) for name in ("Kenya", "Uganda")
    ]
    found = submission(adapter(tables), *sheets)
    assert told(found, "ref_area") == [("Kenya!B2", "KEN", 1), ("Uganda!B2", "UGA", 1)]


def test_pages_joined_to_one_table_keep_their_addresses() -> None:
    pages = [
        sheet("Country;Reports\nKenya;1\n", name="p1.t1", is_numbered=True),
        sheet("Uganda;2\n", name="p2.t1", is_numbered=True),
    ]
    found = submission(adapter(TWIN, join=r"p\d+\.t1"), *pages)
    assert told(found, "ref_area") == [
        ("p1.t1.r2.c2", "KEN", 1),
        ("p2.t1.r1.c2", "UGA", 2),
    ]
    [region] = found.regions["region"].to_pylist()
    assert region == "p1.t1.r2.c1:p2.t1.r1.c2"


def test_a_page_is_anchored_on_the_line_before_its_table() -> None:
    tables = TWIN.replace("occurs: many", "title: Reports of 2019")
    table = sheet("Country;Reports\nKenya;1\n", name="p1.t1", is_numbered=True)
    lines = sheet("Reports of 2019;p1.t1\n", name="p1.text", is_numbered=True)
    assert told(submission(adapter(tables), table, lines)) == [("p1.t1.r2.c2", 1)]
    other = sheet("Reports of 2018;p1.t1\n", name="p1.text", is_numbered=True)
    with pytest.raises(LayoutError, match="Reports of 2019"):
        submission(adapter(tables), table, other)


GROUPS = """
- name: blocks
  header:
    - State
    - group:
        - {name: rate, pattern: '\\d{4}'}
        - {name: note, text: Note}
        - {name: n, text: Children, optional: true}
  values: [rate, n]
  constants: {series_id: s, counting_unit: PERSON, scope: OTHER, stage: OTHER}
  lookups:
    - {column: State, parse: area}
    - {column: note, field: notes}
    - {constant: {statistic: PERCENT}, of: rate}
"""


def test_repeating_columns_find_the_label_of_their_own_set() -> None:
    tables = (
        GROUPS.replace(
            "    - {constant",
            "    - {constant: {period: '2017'}, heading: '2017'}\n    - {constant",
        )
        .replace("lookups:", "lookups:\n    - {header: 0, of: [rate], parse: period}")
        .replace("of: rate", "of: [rate]")
    )
    tables += "    - {constant: {period: '2018'}, of: [n]}\n"
    text = "State;2017;Note;2018;Note;Children\nKenya;94;a;95;b;7\n"
    found = submission(adapter(tables), sheet(text))
    assert told(found, "time_period", "notes", "statistic") == [
        ("R2C2", "2017", "a", "PERCENT", 94),
        ("R2C4", "2018", "b", "PERCENT", 95),
        ("R2C6", "2018", "b", "COUNT", 7),
    ]


def test_a_year_over_the_first_column_of_a_set_is_that_of_all() -> None:
    tables = GROUPS.replace("of: rate", "of: [rate]").replace(
        "lookups:", "lookups:\n    - {heading_of: rate, parse: period}"
    )
    text = "State;2017;Note;Children;2018;Note\nKenya;94;a;7;95;b\n"
    found = submission(adapter(tables), sheet(text))
    rows = sorted(told(found, "time_period"))
    assert rows == [("R2C2", "2017", 94), ("R2C4", "2017", 7), ("R2C5", "2018", 95)]


def test_tables_that_may_be_absent_need_not_stand_but_one_must() -> None:
    both = TWIN.replace("occurs: many", "occurs: maybe")
    both += (
        TWIN.replace("name: twin", "name: o")
        .replace("Reports]", "Victims]")
        .replace("occurs: many", "occurs: maybe")
    )
    found = submission(adapter(both), sheet("Country;Victims\nKenya;4\n"))
    assert told(found, "ref_area") == [("R2C2", "KEN", 4)]
    with pytest.raises(LayoutError, match="none of its tables stands"):
        submission(adapter(both), sheet("Country;Dogs\nKenya;4\n"))


def test_the_day_of_publication_is_cut_out_of_its_cell() -> None:
    vintage = {
        "cell": {"pattern": "Published: .*", "sheet": "Cover"},
        "pattern": "Published: (.*)",
        "format": "%d/%m/%Y",
    }
    cover = sheet("Published: 27/07/2023\n", "Cover")
    body = sheet("Country;Reports\nKenya;1\n", "T")
    found = submission(adapter(TWIN, vintage=vintage), cover, body)
    assert str(found.observations["vintage"].to_pylist()[0]) == "2023-07-27"


@pytest.mark.parametrize("has_index", [True, False])
def test_headings_may_be_absent_empty_ones_too(has_index: bool) -> None:
    tables = """
- name: t
  header:
    - {name: index, is_blank: true, optional: true}
    - Country
    - {name: Flag, text: Flag, optional: true}
    - Reports
  values: [Reports]
  skip_columns: [{column: index, reason: row number of a data frame}]
  constants: {series_id: s, counting_unit: REPORT, scope: CYBERTIP, stage: REPORTED, period: '2019'}
  lookups:
    - {column: Country, parse: area}
    - {column: Flag, field: obs_status, map: {e: E, "": A}}
"""
    text = (
        ";Country;Flag;Reports\n0;Kenya;e;1\n"
        if has_index
        else "Country;Reports\nKenya;1\n"
    )
    found = submission(adapter(tables), sheet(text))
    where, status = ("R2C4", "E") if has_index else ("R2C2", "A")
    assert told(found, "obs_status") == [(where, status, 1)]
    assert found.losses.num_rows == 0


def test_notes_of_joined_pages_are_found_on_every_page() -> None:
    tables = TWIN + "    - {note: {pattern: 'Null .*'}, field: notes}\n"
    tables = tables.replace(
        "lookups: [{column: Country, parse: area}]",
        "lookups:\n    - {column: Country, parse: area}",
    )
    pages = [
        sheet("Country;Reports\nKenya;1\n", name="p1.t1", is_numbered=True),
        sheet("Country;Reports\nUganda;2\n", name="p2.t1", is_numbered=True),
        sheet("Null is unknown;\n", name="p2.text", is_numbered=True),
    ]
    found = submission(adapter(tables, join=r"p\d+\.t1"), *pages)
    assert told(found, "notes") == [
        ("p1.t1.r2.c2", "Null is unknown", 1),
        ("p2.t1.r2.c2", "Null is unknown", 2),
    ]


def test_a_header_ends_the_table_above_it() -> None:
    tables = """
- name: first
  header: [Area, '2018']
  values: ['2018']
  constants: FIELDS
  lookups: [{column: Area, parse: area}, {header: 0, parse: period}]
- name: second
  header: [{name: Country, pattern: Country|Kenya}, {name: n, pattern: '5|2019'}]
  values: [n]
  constants: {series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED, period: '2019'}
  lookups: [{column: Country, parse: area}]
"""
    text = "Area;2018\nKenya;5\nUganda;6\n"
    found = submission(adapter(tables), sheet(text))
    assert [row[0] for row in told(found)] == ["R3C2"]


def test_the_files_name_and_another_sheet_give_labels() -> None:
    tables = """
- name: t
  header: [Offence, Number]
  values: [Number]
  constants: {series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED}
  lookups:
    - {is_file: true, pattern: '.*-(\\d{4})\\..*', parse: period}
    - {cell: {text: Country, right: 1, sheet: Cover}, parse: area}
    - {column: Offence, breakdown: offence}
"""
    cover = sheet("Country;Kenya\n", name="Cover")
    found = submission(adapter(tables), cover, sheet("Offence;Number\nRape;5\n", "T"))
    assert told(found, "ref_area", "time_period") == [("T!B2", "KEN", "2019", 5)]
    with pytest.raises(LayoutError, match="'Country' was sought and not found"):
        submission(adapter(tables), sheet("Offence;Number\nRape;5\n", "T"))


def test_many_in_a_set_ends_at_an_empty_column() -> None:
    tables = """
- name: t
  header:
    - Area
    - group:
        - {name: sexes, pattern: 'Female|Male', many: true}
        - {name: total, is_blank: true}
  values: [sexes, total]
  constants: {series_id: s, counting_unit: CASE, scope: CSEA, stage: RECORDED}
  lookups:
    - {column: Area, parse: area}
    - {header: 1, parse: period}
    - {constant: {is_total: true}, of: [total]}
    - {header: 0, field: sex, of: [sexes], map: {Female: F, Male: M}}
"""
    text = ";2018;;;2019;;\nArea;Female;Male;;Female;Male;\nKenya;1;2;3;4;5;9\n"
    merged = ((0, 1, 0, 3), (0, 4, 0, 6))
    found = submission(adapter(tables), sheet(text, merged=merged))
    assert sorted(told(found, "time_period", "sex", "is_total")) == [
        ("R3C2", "2018", "F", False, 1),
        ("R3C3", "2018", "M", False, 2),
        ("R3C4", "2018", "_T", True, 3),
        ("R3C5", "2019", "F", False, 4),
        ("R3C6", "2019", "M", False, 5),
        ("R3C7", "2019", "_T", True, 9),
    ]
    assert found.losses.num_rows == 0


def test_a_second_table_below_is_not_read_as_more_rows() -> None:
    tables = """
- name: t
  header: [Region, {name: years, pattern: '\\d{4}', many: true}]
  values: [years]
  constants: FIELDS
  lookups:
    - {column: Region, parse: area}
    - {header: 0, parse: period}
"""
    text = (
        "Region;2017;2018\nKenya;5;6\n\nTable 2: percentage;;\nProvince;2017;2018\n"
        "Kenya;12.5;14.0\n"
    )
    found = submission(adapter(tables), sheet(text))
    assert [row for row in told(found, "ref_area") if row[2] is not None] == [
        ("R2C2", "KEN", 5),
        ("R2C3", "KEN", 6),
    ]
    below = found.losses.filter(pc.equal(found.losses["kind"], "number-below-table"))
    assert below["source_ref"].to_pylist() == ["R5C2", "R5C3", "R6C2", "R6C3"]


def test_numbers_below_the_text_that_ends_a_table_are_told() -> None:
    tables = TWIN.replace("occurs: many", "rows: {until_text: Total}")
    found = submission(adapter(tables), sheet("Country;Reports\nKenya;1\nTotal;9\n"))
    assert told(found) == [("R2C2", 1)]
    assert found.losses["source_ref"].to_pylist() == ["R3C2"]
    assert found.n_numeric == 2


def test_headings_over_the_middle_of_their_columns_are_not_guessed() -> None:
    tables = """
- name: t
  header: [Area, {name: sexes, pattern: Boys|Girls|All, many: true}]
  values: [sexes]
  constants: FIELDS
  lookups:
    - {column: Area, parse: area}
    - {header: 1, parse: period}
    - {header: 0, field: sex, map: {Boys: M, Girls: F, All: _T}}
"""
    text = ";;2017;;;2018;\nArea;Boys;Girls;All;Boys;Girls;All\nKenya;1;2;3;4;5;6\n"
    found = submission(adapter(tables), sheet(text))
    assert found.observations["time_period"].to_pylist() == [
        None,
        "2017",
        None,
        None,
        "2018",
        None,
    ]
    assert found.losses.num_rows == 4


@pytest.mark.parametrize("merged", [(1, 1, 1, 2), (1, 1, 2, 1)])
def test_a_figure_merged_over_several_cells_is_not_read(
    merged: tuple[int, int, int, int],
) -> None:
    tables = """
- name: t
  header: [Area, {name: years, pattern: '\\d{4}', many: true}]
  values: [years]
  constants: FIELDS
  lookups: [{column: Area, parse: area}, {header: 0, parse: period}]
"""
    text = "Area;2017;2018\nKenya;100;\nUganda;;7\n"
    found = submission(adapter(tables), sheet(text, "T", merged=(merged,)))
    assert "merged over several" in found.losses["detail"].to_pylist()[0]
    assert found.observations["missing_reason"].to_pylist().count("UNREADABLE") == 2
    assert found.n_numeric == 2


def test_a_row_with_more_fields_than_the_header_may_be_shifted() -> None:
    tables = TWIN.replace("occurs: many", "occurs: once")
    found = submission(
        adapter(tables), sheet("Country;Reports\nKenya;1;234\nTonga;5\n")
    )
    assert told(found) == [("R2C2", None), ("R3C2", 5)]
    assert "more fields than the header" in found.losses["detail"].to_pylist()[0]
    xlsx = submission(adapter(tables), sheet("Country;Reports\nKenya;1;note\n", "T"))
    assert told(xlsx) == [("T!B2", 1)]


def test_a_token_may_mean_zero() -> None:
    tables = TWIN.replace("occurs: many", "occurs: once")
    of = adapter(tables, numbers={"zero": ["-", "nil"]})
    text = "Country;Reports\nKenya;-\nTonga;nil\nUganda;\n"
    found = submission(of, sheet(text))
    assert found.observations["obs_value"].to_pylist() == [0, 0, None]


def test_headings_that_are_not_known_are_named() -> None:
    with pytest.raises(LayoutError, match="not known are 'geo', 'iso'"):
        submission(adapter(TWIN), sheet("geo;iso;Reports\nKenya;x;1\n"))


def test_a_header_with_other_years_ends_the_table_too() -> None:
    tables = """
- name: t
  header: [Region, {name: years, pattern: '\\d{4}', many: true}]
  values: [years]
  constants: FIELDS
  lookups: [{column: Region, breakdown: region}, {header: 0, parse: period}, {constant: {ref_area: KEN}}]
"""
    text = "Region;2017;2018\nNorth;2011;2010\n\nProvince;2018;2019\nNorth;1.5;2.5\n"
    found = submission(adapter(tables), sheet(text))
    assert told(found) == [("R2C2", 2011), ("R2C3", 2010)]
    assert set(found.losses["kind"].to_pylist()) == {"number-below-table"}


def test_a_heading_row_is_never_one_of_the_table_above() -> None:
    tables = """
- name: t
  occurs: many
  header: [Area, {name: sexes, pattern: Boys|Girls, many: true}]
  values: [sexes]
  rows: {until: blank}
  constants: FIELDS
  lookups:
    - {column: Area, parse: area}
    - {header: 1, parse: period}
    - {header: 0, field: sex, map: {Boys: M, Girls: F}}
"""
    first = ";2017;\nArea;Boys;Girls\nKenya;2011;2012\n\n"
    found = submission(adapter(tables), sheet(first + "Area;Boys;Girls\nTonga;3;4\n"))
    assert found.observations["time_period"].to_pylist() == ["2017", "2017", None, None]
    assert found.losses["kind"].to_pylist() == ["period-not-read"] * 2


def test_pages_of_different_widths_are_not_joined() -> None:
    pages = [
        sheet("Country;Reports\nKenya;1\n", name="p1.t1", is_numbered=True),
        sheet("x;Uganda;2\n", name="p2.t1", is_numbered=True),
    ]
    with pytest.raises(LayoutError, match=r"have 2 \(p1.t1\), 3 \(p2.t1\) columns"):
        submission(adapter(TWIN, join=r"p\d+\.t1"), *pages)


def test_a_sheet_with_one_renamed_heading_is_not_left_out() -> None:
    tables = TWIN.replace("[Country, Reports]", "[Country, Region, Reports]")
    good = sheet("Country;Region;Reports\nKenya;x;1\n", "A")
    renamed = sheet("Country;Region;Report\nUganda;x;2\n", "B")
    with pytest.raises(LayoutError, match="'Reports' was sought beside B!A1"):
        submission(adapter(tables), good, renamed)
    limited = tables.replace("occurs: many", "occurs: many\n  sheet: A")
    assert told(submission(adapter(limited), good, renamed)) == [("A!C2", 1)]


def test_a_sheet_without_a_table_says_how_many_numbers_it_holds() -> None:
    good = sheet("Country;Reports\nKenya;1\n", "A")
    other = sheet("Notes;x\n12;1,234\n", "B")
    found = submission(adapter(TWIN), good, other)
    told_of = "sheet 'B' (2 numbers): no table of the adapter stands on it"
    assert found.ignored == (told_of,)
