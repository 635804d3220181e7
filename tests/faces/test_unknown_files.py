"""Files that no adapter fits: read with guesses, reported, and used by nothing else."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

import tallymark as tm

SHEET = [
    ["Cases recorded by the police of Exampleland"],
    [],
    ["Province", 2017, 2018, 2019],
    ["North", 120, 131, 126],
    ["South", 310, "#REF!", 298],
    ["East", 45, 51, 48],
    ["Total", 475, 182, 472],
]


@pytest.fixture
def unknown(workbook):
    """A workbook of an invented country that no adapter knows."""
    return workbook({"Data": SHEET})


def test_the_first_line_says_how_it_was_read(run, unknown):
    ended = run("check", unknown)
    first, second = ended.out.splitlines()[:2]
    assert first.startswith("No adapter fits; read with guesses: 1 table on 1 sheet, ")
    assert first.endswith((" guess needs you.", " guesses need you.", " needs you."))
    assert second.startswith("1 critical, ")
    assert "cell-holds-error" in ended.out
    assert "Data!C5" in ended.out
    assert ended.err == ""


def test_nobody_has_confirmed_it_so_it_fails_unless_that_is_allowed(run, unknown):
    assert run("check", unknown).code == 1
    assert run("check", unknown, "--fail-on", "never").code == 0


@pytest.mark.parametrize("command", ["table", "claim"])
def test_nothing_guessed_reaches_a_table_or_a_claim(run, unknown, command, tmp_path):
    given = unknown
    if command == "claim":
        given = tmp_path / "claims.yaml"
        given.write_text(
            "version: 1\nfigures: [book.xlsx]\nclaims:\n"
            "  - id: a\n    text: 475 cases\n    kind: level\n    value: 475\n"
        )
    ended = run(command, given)
    assert ended.code == 2
    if command == "table":
        assert "No adapter fits" in ended.err
        assert "`tallymark check FILE --out DIR`" in ended.err


def test_the_folder_holds_what_is_asked_and_what_is_to_confirm(run, unknown, tmp_path):
    run("check", unknown, "--out", tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {
        "findings.html",
        "findings.json",
        "findings.provenance.json",
        "mapping.xlsx",
        "return.xlsx",
    }
    page = (tmp_path / "out" / "findings.html").read_text("utf-8")
    assert "No adapter fits; read with guesses" in page
    assert "<code>tallymark adapt accept DIR/mapping.xlsx</code>" in page
    assert 'class="picture"' in page
    told = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))
    [draft] = told["read_with_guesses"]
    assert draft["tables"] == 1
    assert {g["aspect"] for g in draft["guesses"]} >= {"table", "header"}
    assert len(draft["definition_questions"]) >= 15


def test_questions_on_definitions_come_back_as_answers(run, unknown, tmp_path):
    run("check", unknown, "--out", tmp_path / "out")
    path = tmp_path / "out" / "return.xlsx"
    book = load_workbook(path)
    page = book["Questions"]
    heads = {cell.value: cell.column for cell in page[5]}
    asked = {
        page.cell(row, heads["expectation"]).value: row
        for row in range(6, page.max_row + 1)
    }
    page.cell(asked["definition:counting_unit"], heads["Answer"], "Victims")
    page.cell(asked["definition:child_age_below"], heads["Answer"], 18)
    page.cell(asked["definition:online_marker"], heads["Answer"], "no")
    page.cell(asked["cell-holds-error"], heads["In your words"], "322")
    book.save(path)
    answers = tm.read_answers(path)
    said = {a.expectation: (a.answer, a.words) for a in answers}
    assert said["definition:counting_unit"] == ("Victims", "")
    assert said["definition:child_age_below"] == (None, "18")
    assert said["definition:online_marker"] == ("no", "")
    assert said["cell-holds-error"] == (None, "322")
    assert answers.notes == ()


def test_portuguese_questions_are_in_portuguese(run, unknown, tmp_path):
    run("check", unknown, "--out", tmp_path / "out", "--language", "pt")
    page = load_workbook(tmp_path / "out" / "return.xlsx")["Perguntas"]
    column = [str(cell.value) for cell in page["E"]]
    assert any("unidade" in text.casefold() for text in column)
    assert not any(text.startswith("What is") for text in column)


def test_known_files_beside_are_checked_as_before(run, unknown, sample, tmp_path):
    known = sample("ncmec_cybertips")
    alone = run("check", known).out
    ended = run("check", known, unknown, "--out", tmp_path / "out")
    first, *rest = ended.out.splitlines()
    assert first.startswith(f"{unknown.name}: No adapter fits; read with guesses")
    assert ended.code == 1
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert f"mapping-{unknown.stem}.xlsx" in names
    assert f"return-{unknown.stem}.xlsx" in names
    for line in alone.splitlines():
        if line.strip().startswith("Found:"):
            assert line in rest


def test_a_known_file_may_be_read_with_guesses(run, sample):
    ended = run("check", sample("tha_ticac"), "--guess")
    assert ended.out.startswith("Read with guesses, as asked: ")
    assert "guesses-not-confirmed" in ended.out
    assert ended.code == 1


def test_a_list_of_persons_stays_refused(run, workbook):
    rows = [["Name", "Date of birth", "Telephone", "Offence"]]
    rows += [
        [f"Jane Sample {n}", f"2009-03-{n:02}", "+254 700 123456", "Rape"]
        for n in range(1, 6)
    ]
    ended = run("check", workbook({"List": rows}), "--guess")
    assert ended.code == 2
    assert "list of persons" in ended.err
    assert "Sample" not in ended.out + ended.err


def test_the_library_takes_a_draft(unknown):
    draft = tm.draft(unknown)
    findings = tm.check(draft)
    assert "cell-holds-error" in {finding.expectation for finding in findings}
    conditions = findings.to_arrow()["conditions"].to_pylist()
    assert len(conditions) == len(findings)


def test_a_report_on_guesses_is_made_again_from_its_provenance(run, unknown, tmp_path):
    run("check", unknown, "--out", tmp_path / "out")
    told = tmp_path / "out" / "findings.provenance.json"
    assert json.loads(told.read_text("utf-8"))["steps"][-1]["arguments"]["guessed"]
    ended = run("reproduce", told, "--data", unknown.parent)
    assert ended.out.startswith("findings: identical")


def test_no_figure_of_a_draft_can_be_used(unknown) -> None:
    guessed = tm.Submissions((tm.draft(unknown).submission,))
    with pytest.raises(tm.TallymarkError, match="nobody has confirmed"):
        tm.interpret(guessed, tm.check(guessed))


def test_decisions_in_a_mapping_workbook_are_not_written_over(run, unknown, tmp_path):
    out = tmp_path / "findings"
    run("check", unknown, "--out", out)
    again = run("check", unknown, "--out", out)
    assert again.code == 1, "an untouched workbook may be written again"
    mapping = load_workbook(out / "mapping.xlsx")
    mapping["Guesses"]["F5"] = "Exampleland"
    mapping.save(out / "mapping.xlsx")
    kept = {path: path.read_bytes() for path in out.iterdir()}
    ended = run("check", unknown, "--out", out)
    assert ended.code == 2
    assert "may hold decisions; nothing was written" in ended.err
    assert {path: path.read_bytes() for path in out.iterdir()} == kept


def test_a_second_copy_of_an_unknown_file_is_told(run, unknown, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(unknown.read_bytes())
    ended = run("check", unknown, copy)
    assert "This is the same file as" in ended.err
    assert ended.code == 2
