"""From a file that nobody has seen before to an adapter of one's own, without YAML."""

from __future__ import annotations

import csv
import pathlib

import openpyxl
import pytest

import tallymark as tm
from tallymark.ingest.adapter.loading import load_adapter

ROWS = [
    ["Cases of the child protection units of Exampleland, recorded by the police"],
    [],
    ["Province", "2018", "2019"],
    ["North Ward", 12, 15],
    ["South Ward", 7, 9],
    ["East Ward", 3, 4],
]
ID = "exampleland-units"


@pytest.fixture
def unknown(workbook, tmp_path, monkeypatch):
    """An unknown workbook, alone in the working folder."""
    monkeypatch.chdir(tmp_path)
    return workbook({"Units": ROWS}, "units of the year.xlsx")


@pytest.fixture
def decided(unknown, run):
    """A function: a mapping workbook of a file in which all is decided."""

    def make(path=unknown, **answers):
        pathlib.Path("mapping.xlsx").unlink(missing_ok=True)
        run("adapt", "draft", path, "-o", "mapping.xlsx")
        return fill("mapping.xlsx", **answers)

    return make


def fill(path, *, id_=ID, decision="confirm"):
    """Decide on all that needs somebody, and name the adapter."""
    book = openpyxl.load_workbook(path)
    for row in book["Guesses"].iter_rows(min_row=5):
        row[4].value = row[4].value or decision
    for row in book["Definition"].iter_rows(min_row=5):
        if row[0].value == "Name of the adapter":
            row[2].value = id_
        if row[0].value == "Publisher":
            row[2].value = "Police of Exampleland"
        if row[0].value == "Are attempts included?":
            row[2].value = "Included"
    book.save(path)
    return path


def own_files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_what_is_decided_becomes_an_adapter_that_reads_the_file(
    decided, unknown, run, tmp_path
) -> None:
    ended = run("adapt", "accept", decided())
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0] == f"Accepted: the adapter {ID} reads 6 figures in {unknown.name}."
    assert lines[1] == "Cells lost: none."
    assert lines[2].startswith("Still unknown: ")
    assert lines[-1] == f"Next: tallymark check '{unknown}' --out findings"
    assert 4 <= len(lines) <= 6
    assert own_files(tmp_path / "tallymark") == [
        f"adapters/{ID}.yaml",
        f"golden/{ID}.csv",
        f"golden/{ID}.yaml",
        "series/exampleland_units.yaml",
    ]
    (submission,) = tm.read(unknown, own="tallymark")
    assert submission.observations["obs_value"].to_pylist() == [12, 15, 7, 9, 3, 4]
    with (tmp_path / "tallymark" / "golden" / f"{ID}.csv").open(
        encoding="utf-8"
    ) as file:
        assert [row["obs_value"] for row in csv.DictReader(file)][:2] == ["12", "15"]
    series = tm.read(unknown, own="tallymark").series["exampleland_units"]
    assert series.counting_rule.attempts == "included"
    assert series.counting_rule.multiple == "unknown"
    assert series.source.publisher == "Police of Exampleland"


def test_the_calendar_decided_among_the_guesses_is_in_the_definition(
    decided, unknown, run, workbook
) -> None:
    years = [["Recorded cases, fiscal years (July to June)"], [], ["Province"]]
    years[-1] += ["2017/18", "2018/19"]
    fiscal = workbook({"Units": [*years, *ROWS[3:]]}, "fiscal.xlsx")
    run("adapt", "accept", decided(fiscal))
    held = tm.read(fiscal, own="tallymark").series["exampleland_units"].calendar
    assert (held.name, held.first_month) == ("gregorian", 7)
    asked = openpyxl.load_workbook("mapping.xlsx")["Definition"]
    fields = [cell.value for row in asked for cell in row]
    assert "calendar.name" not in fields
    assert "calendar.first_month" not in fields


def test_all_commands_know_it_then(decided, unknown, run, tmp_path) -> None:
    run("adapt", "accept", decided())
    assert run("table", unknown).code == 0
    tried = run("adapt", "test", ID)
    assert tried.code == 0
    assert f"{ID}: 6 observations, as in " in tried.out
    golden = tmp_path / "tallymark" / "golden" / f"{ID}.csv"
    golden.write_text(golden.read_text().replace(",12,", ",13,"))
    assert "Units!B4 obs_value: expected '13', got '12'" in run("adapt", "test", ID).out
    assert f"{ID} " in run("adapters").out


def test_what_the_cells_show_is_told_after_the_guesses_are_confirmed(
    decided, unknown, run, workbook
) -> None:
    total = [["Total", 22, 38]]  # its parts come to 22 and 28
    wrong = workbook({"Units": [*ROWS, *total]}, "wrong.xlsx")
    run("adapt", "accept", decided(wrong))
    told = run("check", wrong).out
    assert "printed-total-off-parts" in told
    assert "guesses-not-confirmed" not in told


def test_what_was_left_open_is_put_to_the_sender(decided, unknown, run) -> None:
    assert run("adapt", "accept", decided()).code == 0
    run("check", unknown, "--out", "out")
    sheet = openpyxl.load_workbook("out/return.xlsx")["Questions"]
    asked = {row[4] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert any("Who counted these figures?" in text for text in asked if text)
    assert not any("Are attempts included?" in text for text in asked if text)


def test_nothing_is_written_before_all_is_decided(unknown, run, tmp_path) -> None:
    run("adapt", "draft", unknown, "-o", "mapping.xlsx")
    book = openpyxl.load_workbook("mapping.xlsx")
    page = book["Guesses"]
    page["E5"], page["E6"] = None, "perhaps"
    page["E7"], page["F7"] = "change to", None
    book.save("mapping.xlsx")
    ended = run("adapt", "accept", "mapping.xlsx")
    assert ended.code == 2
    assert "mapping.xlsx Guesses!E6" in ended.err
    assert "mapping.xlsx Guesses!F7" in ended.err
    assert not (tmp_path / "tallymark").exists()


def test_the_file_is_found_where_it_is_now_and_only_the_same_file(
    decided, unknown, run, tmp_path, workbook
) -> None:
    mapping = decided()
    moved = tmp_path / "elsewhere" / "other.xlsx"
    moved.parent.mkdir()
    unknown.rename(moved)
    assert "Name it with --file" in run("adapt", "accept", mapping).err
    changed = workbook({"Units": [*ROWS, ["West", 1, 1]]}, "changed.xlsx")
    ended = run("adapt", "accept", mapping, "--file", changed)
    assert ended.code == 2
    assert "is not the one that mapping.xlsx is about" in ended.err
    assert not (tmp_path / "tallymark").exists()
    assert run("adapt", "accept", mapping, "--file", moved, "--own", "mine").code == 0
    assert run("table", moved, "--own", "mine").code == 0
    assert run("adapt", "test", ID, "--own", "mine").code == 0


def test_the_file_is_found_beside_the_workbook(decided, unknown, run, tmp_path) -> None:
    mapping = decided()
    folder = tmp_path / "sent"
    folder.mkdir()
    for path in (tmp_path / mapping, unknown):
        path.rename(folder / path.name)
    assert run("adapt", "accept", folder / mapping).code == 0


def test_an_adapter_is_replaced_by_one_of_the_same_file_alone(
    decided, unknown, run, workbook
) -> None:
    mapping = decided()
    assert run("adapt", "accept", mapping).code == 0
    again = run("adapt", "accept", mapping)
    assert again.code == 0
    assert "takes the place" in again.out
    path = "tallymark/adapters/exampleland-units.yaml"
    assert load_adapter(unknown.parent / path).version == 2
    rows = [
        row if n != 2 else ["District", "2020", "2021"] for n, row in enumerate(ROWS)
    ]
    other = decided(workbook({"Units": rows}, "other.xlsx"))
    refused = run("adapt", "accept", other)
    assert refused.code == 2
    assert f"{ID}.yaml: is there already" in refused.err
    assert load_adapter(unknown.parent / path).version == 2
    assert run("adapt", "accept", other, "--replace").code == 0
    assert load_adapter(unknown.parent / path).version == 3


def test_the_name_of_a_shipped_adapter_is_refused(decided, run, tmp_path) -> None:
    ended = run("adapt", "accept", decided(id_="tha-ticac"))
    assert ended.code == 2
    assert "comes with Tallymark" in ended.err
    assert not (tmp_path / "tallymark").exists()


def test_a_file_that_another_adapter_reads_is_refused(decided, run, tmp_path) -> None:
    assert run("adapt", "accept", decided()).code == 0
    before = own_files(tmp_path / "tallymark")
    ended = run("adapt", "accept", decided(id_="another-name"))
    assert ended.code == 2
    assert f"The adapter {ID!r} reads this file already" in ended.err
    assert ID in ended.err
    assert own_files(tmp_path / "tallymark") == before


def test_a_folder_that_cannot_be_written_to_is_told(decided, run, tmp_path) -> None:
    (tmp_path / "tallymark").write_text("no folder")
    ended = run("adapt", "accept", decided())
    assert ended.code == 2
    assert "cannot be written" in ended.err


def test_all_figures_ignored_is_no_adapter(decided, run, unknown, tmp_path) -> None:
    mapping = decided()
    book = openpyxl.load_workbook(mapping)
    for row in book["Guesses"].iter_rows(min_row=5):
        row[4].value = "ignore"
    book.save(mapping)
    ended = run("adapt", "accept", mapping)
    assert ended.code == 2
    assert "Internal" not in ended.err
    assert not (tmp_path / "tallymark").exists()


def test_a_mapping_workbook_is_no_submission(decided, run) -> None:
    ended = run("check", decided())
    assert ended.code == 2
    assert "This is a mapping workbook" in ended.err
    assert "tallymark adapt accept" in ended.err


def test_a_folder_is_read_without_what_was_written_into_it(
    decided, unknown, run, tmp_path
) -> None:
    run("adapt", "accept", decided())
    run("check", unknown, "--out", tmp_path / "findings")
    (tmp_path / "mapping.xlsx").rename(tmp_path / "findings" / "mapping.xlsx")
    submissions = tm.read(tmp_path, own="tallymark")
    assert [submission.file for submission in submissions] == [unknown.name]
    assert submissions.errors == ()


def test_a_workbook_with_decisions_is_not_overwritten(unknown, run) -> None:
    run("adapt", "draft", unknown, "-o", "mapping.xlsx")
    assert run("adapt", "draft", unknown, "-o", "mapping.xlsx").code == 1
    mapping = pathlib.Path(fill("mapping.xlsx"))
    held = mapping.read_bytes()
    refused = run("adapt", "draft", unknown, "-o", mapping)
    assert refused.code == 2
    assert "mapping.xlsx is there already; it may hold decisions" in refused.err
    assert mapping.read_bytes() == held


def test_a_draft_in_yaml_is_an_adapter(unknown, run, tmp_path) -> None:
    ended = run("adapt", "draft", unknown)
    assert ended.out.startswith(
        f"# Drafted from {unknown.name}: every line is a guess."
    )
    assert "need" in ended.err
    run("adapt", "draft", unknown, "-o", "draft.yaml")
    assert (tmp_path / "draft.yaml").read_text(encoding="utf-8") == ended.out
    assert load_adapter(tmp_path / "draft.yaml").id.startswith("draft-units")
    (told,) = tm.read(unknown, "draft.yaml").errors
    assert "nobody has said that its guesses are right" in str(told)
    assert run("table", unknown, "--adapter", "draft.yaml").code == 2
    assert run("adapt", "show", unknown, "--adapter", "draft.yaml").code == 0
    mine = ended.out.replace("id: draft-", "id: ", 1)
    (tmp_path / "mine.yaml").write_text(mine, encoding="utf-8")
    (submission,) = tm.read(unknown, "mine.yaml")
    assert submission.observations.num_rows == 6
    refused = run("adapt", "draft", unknown, "-o", unknown)
    assert refused.code == 2
