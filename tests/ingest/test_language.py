"""What a look-up can say: sections, outlines, combined labels, choices, footnotes."""

from __future__ import annotations

import pytest
import yaml

from printed import adapter, sheet, submission, told
from tallymark.errors import DocumentError
from tallymark.ingest.adapter.references import reference_problems
from tallymark.model.grid import Style
from tallymark.model.submission import Submission


def one_table(lookups: str, *, header: str = "[Label, Number]", more: str = "") -> str:
    return f"""
- name: t
  header: {header}
  values: [Number]
  {more}
  constants: {{series_id: s, ref_area: KEN, counting_unit: CASE, scope: CSEA, stage: RECORDED, period: "2018"}}
  lookups:
{lookups}
"""


def losses(found: Submission) -> list[tuple[str, str]]:
    columns = (found.losses["source_ref"], found.losses["kind"])
    return list(zip(*(column.to_pylist() for column in columns), strict=True))


NESTED = one_table(
    "    - {section: region, breakdown: region}\n"
    "    - {section: town, breakdown: town, map: {'': none}, others: other}\n"
    "    - {column: Label, breakdown: offence}",
    more="sections: [{name: region, column: Label, pattern: '[A-Z]+'},"
    " {name: town, column: Label, pattern: 'Town of .*', is_alone: true}]",
)


def test_a_new_outer_section_closes_the_inner_one() -> None:
    text = (
        "Label;Number\nNORTH;\nTown of A;\nRape;1\nSOUTH;\nRape;2\nTown of B;\nRape;3\n"
    )
    found = submission(adapter(NESTED), sheet(text))
    assert told(found, "breakdown") == [
        ("R4C2", "offence=Rape;region=NORTH;town=other", 1),
        ("R6C2", "offence=Rape;region=SOUTH;town=none", 2),
        ("R8C2", "offence=Rape;region=SOUTH;town=other", 3),
    ]
    assert losses(found) == []


def test_a_heading_row_with_figures_keeps_them() -> None:
    found = submission(adapter(NESTED), sheet("Label;Number\nNORTH;9\nRape;1\n"))
    assert told(found, "breakdown") == [
        ("R2C2", "offence=NORTH;region=NORTH;town=none", 9),
        ("R3C2", "offence=Rape;region=NORTH;town=none", 1),
    ]


@pytest.mark.parametrize("how", ["indent: 0", "bold: true"])
def test_headings_are_told_by_indent_or_bold(how: str) -> None:
    tables = one_table(
        "    - {section: group, breakdown: group}\n    - {column: Label, breakdown: item}",
        more=f"sections: [{{name: group, column: Label, {how}}}]",
    )
    bold = {(1, 0): Style(bold=True), (4, 0): Style(bold=True)}
    text = "Label;Number\nRace;7\n  A;3\n  B;4\nSex;5\n  C;5\n"
    found = submission(adapter(tables), sheet(text, styles=bold))
    assert [row[1] for row in told(found, "breakdown")] == [
        "group=Race;item=Race",
        "group=Race;item=A",
        "group=Race;item=B",
        "group=Sex;item=Sex",
        "group=Sex;item=C",
    ]


def test_a_formats_own_indent_counts_like_blanks() -> None:
    tables = one_table(
        "    - {parent: Label, breakdown: parent, map: {'': top}, others: below}\n"
        "    - {parent: Label, field: offence_label}"
    )
    indents = {
        (2, 0): Style(indent=1),
        (3, 0): Style(indent=2),
        (4, 0): Style(indent=1),
    }
    text = "Label;Number\nAll;10\nA;6\nA1;6\nB;4\n"
    found = submission(adapter(tables), sheet(text, styles=indents))
    assert [row[1:3] for row in told(found, "breakdown", "offence_label")] == [
        ("parent=top", None),
        ("parent=below", "All"),
        ("parent=below", "A"),
        ("parent=below", "All"),
    ]


def test_a_label_printed_once_is_filled_down_or_merged_down() -> None:
    tables = one_table(
        "    - {column: Area, FILL breakdown: area}\n    - {column: Label, breakdown: sex}",
        header="[Area, Label, Number]",
    )
    text = "Area;Label;Number\nNorth;M;1\n;F;2\nSouth;M;3\n"
    expected = ["area=North;sex=M", "area=North;sex=F", "area=South;sex=M"]
    filled = submission(adapter(tables.replace("FILL", "fill: true,")), sheet(text))
    assert [row[1] for row in told(filled, "breakdown")] == expected
    merged = sheet(text, merged=((1, 0, 2, 0),))
    found = submission(adapter(tables.replace("FILL", "")), merged)
    assert [row[1] for row in told(found, "breakdown")] == expected
    plain = submission(adapter(tables.replace("FILL", "")), sheet(text))
    assert losses(plain) == [("R3C1", "label-not-mapped")]


def test_a_period_is_combined_from_two_places_and_rewritten() -> None:
    tables = one_table(
        "    - {combine: [{column: Year}, {column: Quarter}], join: /,"
        " pattern: '(\\d{4})/(\\d)', rewrite: '\\1-Q\\2', parse: period}",
        header="[Year, Quarter, Number]",
    ).replace(', period: "2018"', "")
    found = submission(adapter(tables), sheet("Year;Quarter;Number\n2018;3;5\n"))
    assert told(found, "time_period", "freq") == [("R2C3", "2018-Q3", "Q", 5)]


def test_a_unit_changes_by_row_and_by_column() -> None:
    tables = """
- name: t
  header: [Kind, Population, Cases]
  values: [Population, Cases]
  skip_cells:
    - {of: [Cases], when: {Kind: ""}, is_empty: true, reason: the population alone}
  constants: {series_id: s, ref_area: KEN, counting_unit: CASE, scope: CSEA, stage: RECORDED, period: "2018"}
  lookups:
    - {constant: {statistic: RATE_100K}, of: [Cases], when: {Kind: {pattern: 'Rate.*'}}}
    - {constant: {statistic: PERCENT, unit_mult: 2}, heading: Population, when: {Kind: [Share]}}
    - {header: 0, breakdown: what}
"""
    text = "Kind;Population;Cases\n;1000;\nShare;0.992;7\nRate per 100;;0.7\n"
    found = submission(adapter(tables), sheet(text))
    assert told(found, "statistic", "unit_mult") == [
        ("R2C2", "COUNT", 0, 1000),
        ("R3C2", "PERCENT", 2, 0.992),
        ("R3C3", "COUNT", 0, 7),
        ("R4C2", "COUNT", 0, None),
        ("R4C3", "RATE_100K", 0, 0.7),
    ]
    assert found.ignored == ("t: cells R2C3: the population alone",)


def test_an_exclusion_is_told_and_not_lost() -> None:
    tables = one_table(
        "    - {column: Label, breakdown: offence, exclude: {Subtotal: counted above}}"
    )
    found = submission(adapter(tables), sheet("Label;Number\nRape;5\nSubtotal;5\n"))
    assert told(found) == [("R2C2", 5)]
    assert (found.n_numeric, found.losses.num_rows) == (1, 0)
    assert found.ignored == ("t: cells R3C2: counted above",)


def test_rows_without_figures_and_rows_of_notes_are_skipped_with_reasons() -> None:
    tables = one_table(
        "    - {column: Label, breakdown: offence}",
        more="rows: {skip: [{is_empty: true, reason: a title},"
        " {pattern: 'Source.*', reason: a note}]}",
    )
    text = "Label;Number\nTitle;\nRape;5\nx;Source 3\n"
    found = submission(adapter(tables), sheet(text))
    assert told(found) == [("R3C2", 5)]
    assert found.ignored == ("t: rows 2: a title", "t: rows 4: a note")


def test_other_labels_may_give_nothing_on_purpose() -> None:
    tables = one_table(
        "    - {column: Label, map: {Rape: {offence: '03011'}}, others: {}}\n"
        "    - {column: Label, field: offence_label}"
    )
    found = submission(adapter(tables), sheet("Label;Number\nRape;5\nTheft;6\n"))
    assert told(found, "offence", "offence_label") == [
        ("R2C2", "03011", "Rape", 5),
        ("R3C2", None, "Theft", 6),
    ]
    assert losses(found) == []


def test_a_note_about_the_whole_table_is_found_below_it() -> None:
    tables = one_table(
        "    - {note: {pattern: 'NOTE: .*'}, pattern: 'NOTE: (.*)', field: notes}",
        more="rows: {until: blank}",
    )
    text = "Label;Number\nRape;5\n\nNOTE: from the police\n"
    found = submission(adapter(tables), sheet(text))
    assert told(found, "notes") == [("R2C2", "from the police", 5)]


FOOTNOTES = {
    "marks": r"\d|\*|\([a-z]\)",
    "known": {"*": "Provisional."},
    "texts": [{"pattern": r"(\d) (.*)"}, {"pattern": r"\((a)\)", "sheet": "Notes"}],
}


def test_marks_on_headings_labels_and_numbers_lead_to_their_notes() -> None:
    tables = one_table(
        "    - {column: Label, breakdown: offence, map: {Rape: rape, Theft: theft}}",
        more="rows: {until: blank}",
    )
    text = "Label;Number1\nRape2;5(a)\nTheft;6*\n\n1 Of all ages.\n2 Since 2016.\n"
    notes = sheet("Mark;Text\n(a);Estimated.\n", "Notes")
    found = submission(adapter(tables, footnotes=FOOTNOTES), sheet(text, "T"), notes)
    assert told(found, "breakdown", "notes") == [
        ("T!B2", "offence=rape", "Of all ages.; Since 2016.; Estimated.", 5),
        ("T!B3", "offence=theft", "Of all ages.; Provisional.", 6),
    ]
    assert losses(found) == []


def test_a_mark_without_a_note_is_a_loss_and_a_number_no_mark() -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    text = "Label;Number\nTable 1;12\nRape3;15*\n"
    found = submission(adapter(tables, footnotes=FOOTNOTES), sheet(text))
    assert told(found, "breakdown") == [
        ("R2C2", "offence=Table 1", 12),
        ("R3C2", "offence=Rape", 15),
    ]
    assert losses(found) == [("R3C2", "note-not-found")]


def test_formulas_and_comments_go_to_the_notes_and_authors_do_not() -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    styles = {(1, 1): Style(formula="=SUM(B5:B9)", comment="checked\n twice")}
    found = submission(adapter(tables), sheet("Label;Number\nRape;5\n", styles=styles))
    assert told(found, "notes") == [
        ("R2C2", "formula =SUM(B5:B9); comment: checked twice", 5)
    ]


@pytest.mark.parametrize(
    ("lookup", "what"),
    [
        ("{column: Label, section: Label, breakdown: x}", "exactly one of"),
        ("{header: 0, fill: true, breakdown: x}", "fill goes with column"),
        ("{column: Label, rewrite: x, breakdown: x}", "rewrite goes with pattern"),
        ("{column: Label, others: {}, breakdown: x}", "others goes with map"),
        ("{column: Label, breakdown: x, of: [Cases]}", "column 'Cases' is not in the"),
        ("{combine: [{column: Lable}], breakdown: x}", "nearest is 'Label'"),
        ("{parent: Area, breakdown: x}", "column 'Area' is not in the header"),
        ("{constant: {stage: CHARGED}, when: {Label: {}}}", "say a text, a list"),
    ],
)
def test_a_look_up_that_cannot_be_is_refused(lookup: str, what: str) -> None:
    tables = one_table(f"    - {lookup}")
    problems = list(reference_problems({"tables": yaml.safe_load(tables)}))
    if problems:
        assert what in problems[0].what
        assert problems[0].path.startswith("$.tables[0].lookups[0]")
        return
    with pytest.raises(DocumentError, match=what):
        adapter(tables)


@pytest.mark.parametrize("statistic", ["COUNT", "PERCENT"])
def test_a_percent_sign_makes_no_count(statistic: str) -> None:
    tables = one_table("    - {column: Label, breakdown: offence}").replace(
        "scope: CSEA", f"scope: CSEA, statistic: {statistic}"
    )
    of = adapter(tables, numbers={"decimal": ".", "percent": True})
    found = submission(of, sheet("Label;Number\nRape;12.5 %\n"))
    expected = 12.5 if statistic == "PERCENT" else None
    assert told(found) == [("R2C2", expected)]
    assert losses(found) == ([] if expected else [("R2C2", "number-not-read")])
    assert found.n_numeric == 1


def test_an_ambiguous_number_is_a_loss_of_its_own() -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    found = submission(adapter(tables), sheet("Label;Number\nRape;1.843\nTheft;12\n"))
    assert told(found) == [("R2C2", None), ("R3C2", 12)]
    assert losses(found) == [("R2C2", "number-ambiguous")]


def test_a_column_that_names_its_section_is_still_a_column() -> None:
    tables = one_table(
        "    - {section: Label, breakdown: group}\n"
        "    - {constant: {is_total: true}, when: {Label: All}}"
    )
    found = submission(adapter(tables), sheet("Label;Number\nNorth;\nAll;5\nRape;2\n"))
    assert told(found, "breakdown", "is_total") == [
        ("R3C2", "group=North", True, 5),
        ("R4C2", "group=North", False, 2),
    ]


def test_a_declared_section_has_a_name_of_its_own() -> None:
    tables = one_table(
        "    - {section: Label, breakdown: group}",
        more="sections: [{name: Label, column: Label, indent: 0}]",
    )
    [problem] = reference_problems({"tables": yaml.safe_load(tables)})
    assert problem.path == "$.tables[0].sections[0].name"


def test_marks_are_cut_off_each_part_and_before_a_pattern() -> None:
    tables = one_table(
        "    - {combine: [{header: 1}, {header: 0}], parse: period}",
        header="[Label, {name: Number, pattern: 'Q\\d', many: true}]",
    ).replace(', period: "2018"', "")
    footnotes = {"marks": r"\([a-z]\)", "known": {"(a)": "Preliminary."}}
    text = ";2018(a);;2019\nLabel;Q1;Q2;Q1\nRape;1;2;3\n"
    found = submission(adapter(tables, footnotes=footnotes), sheet(text))
    expected = [
        ("2018-Q1", "Preliminary."),
        ("2018-Q2", "Preliminary."),
        ("2019-Q1", None),
    ]
    assert [row[1:3] for row in told(found, "time_period", "notes")] == expected
    cut = tables.replace(
        "{combine: [{header: 1}, {header: 0}], parse: period}",
        r"{header: 1, pattern: '(\d{4}).*', parse: period}",
    )
    found = submission(adapter(cut, footnotes=footnotes), sheet(text))
    assert [row[1] for row in told(found, "notes")] == ["Preliminary."] * 2 + [None]
    assert losses(found) == []


def test_a_cell_may_print_several_figures() -> None:
    tables = one_table(
        "    - {column: Label, breakdown: offence}",
        more=r"split_cells: [{pattern: '(\S+) \((.*%)\)', gives: ["
        "{statistic: COUNT}, {statistic: PERCENT, breakdown: {of: all}}]}]",
    )
    text = "Label;Number\nRape;12 (34.5 %)\nTheft;7\nArson;<5 (n/a)\n"
    of = adapter(tables, numbers={"decimal": ".", "percent": True})
    found = submission(of, sheet(text))
    assert told(found, "statistic", "breakdown") == [
        ("R2C2", "COUNT", "offence=Rape", 12),
        ("R2C2", "PERCENT", "of=all;offence=Rape", 34.5),
        ("R3C2", "COUNT", "offence=Theft", 7),
        ("R4C2", "COUNT", "offence=Arson", None),
    ]
    assert len(set(found.observations["obs_id"].to_pylist())) == 4
    assert found.observations["raw_value"].to_pylist()[:2] == ["12", "34.5 %"]
    assert (found.n_numeric, losses(found)) == (2, [("R4C2", "number-not-read")])


@pytest.mark.parametrize(
    ("split", "what"),
    [
        ("{pattern: '(.*)', gives: [{}, {}]}", "one group for each figure"),
        ("{pattern: '(.*)', gives: [{period: '2018'}]}", "one period"),
        ("{pattern: '(.*)', gives: [{}], of: [Nmber]}", "nearest is 'Number'"),
    ],
)
def test_parts_that_cannot_be_are_refused(split: str, what: str) -> None:
    tables = one_table(
        "    - {column: Label, breakdown: x}", more=f"split_cells: [{split}]"
    )
    problems = list(reference_problems({"tables": yaml.safe_load(tables)}))
    if problems:
        assert what in problems[0].what
        return
    with pytest.raises(DocumentError, match=what):
        adapter(tables)


def test_tests_of_labels_see_no_marks() -> None:
    tables = one_table(
        "    - {constant: {is_total: true}, when: {Label: Total}}\n"
        "    - {constant: {statistic: RATE_100K}, heading: Number}\n"
        "    - {column: Label, breakdown: offence}",
        more="rows: {skip: [{column: Label, pattern: Subtotal, reason: counted above}]}",
    )
    known = {"marks": r"\d|\*", "known": {"1": "Of all ages.", "*": "Provisional."}}
    text = "Label;Number1\nRape;5\nSubtotal*;5\nTotal*;9\n"
    found = submission(adapter(tables, footnotes=known), sheet(text))
    assert told(found, "is_total", "statistic") == [
        ("R2C2", False, "RATE_100K", 5),
        ("R4C2", True, "RATE_100K", 9),
    ]


def test_a_mark_that_has_no_note_is_not_cut_off_a_number() -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    known = {"marks": "[a-z]", "known": {"p": "Provisional."}}
    text = "Label;Number\nRape;12p\nTheft;3 million\nArson;5 or fewer\n"
    found = submission(adapter(tables, footnotes=known), sheet(text))
    assert told(found) == [("R2C2", 12), ("R3C2", None), ("R4C2", None)]
    assert {kind for _, kind in losses(found)} == {"number-not-read"}


def test_a_tab_parts_a_number() -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    found = submission(adapter(tables), sheet("Label;Number\nRape;1\t234\n", "T"))
    assert told(found) == [("T!B2", None)]


def test_whole_numbers_need_no_quotes_as_headings_and_labels() -> None:
    tables = """
- name: t
  header: [Sex, 2018]
  values: ["2018"]
  constants: {series_id: s, ref_area: KEN, counting_unit: CASE, scope: CSEA, stage: RECORDED}
  lookups:
    - {header: 0, parse: period}
    - {column: Sex, field: sex, map: {1: M, 2: F}}
"""
    found = submission(adapter(tables), sheet("Sex;2018\n1;5\n2;6\n"))
    assert told(found, "sex") == [("R2C2", "M", 5), ("R3C2", "F", 6)]


@pytest.mark.parametrize(
    ("printed", "is_told"),
    [
        ("0.0%", True),
        ('[<5]"<5";0', True),
        ("#,##0,", True),
        (";;;", True),
        ("#,##0", False),
        ("0.00", False),
        ('#,##0" "', False),
    ],
)
def test_a_format_that_prints_other_than_the_number_is_told(
    printed: str, *, is_told: bool
) -> None:
    tables = one_table("    - {column: Label, breakdown: offence}")
    styles = {(1, 1): Style(number_format=printed)}
    found = submission(adapter(tables), sheet("Label;Number\nRape;5\n", styles=styles))
    note = f"printed in the format {printed}" if is_told else None
    assert told(found, "notes") == [("R2C2", note, 5)]
