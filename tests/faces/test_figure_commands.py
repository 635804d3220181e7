"""`why`, `cite`, `fill`, `verify` and `reproduce` as a user meets them."""

from __future__ import annotations

import json
import shutil

import pytest


@pytest.fixture
def desk(sample, tmp_path, monkeypatch):
    """A folder to work in, with the Kenyan file in `data`."""
    (tmp_path / "data").mkdir()
    shutil.copy(sample("ken_ahtcpu_unit"), tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_why_finds_a_figure_by_id_name_words_and_dimensions(run, desk):
    by_name = run("why", "KEN-2019-INVESTIGATED", "data")
    assert by_name.code == 0
    assert "printed '52'" in by_name.out
    id_ = by_name.out.split()[0]
    for asked in ([id_], ["KEN 2019 investigated"], ["-", "--where", "time_period=2019",
                  "--where", "stage=INVESTIGATED"], [id_.replace("·", "~")]):  # fmt: skip
        cell, *options = asked
        assert run("why", cell, "data", *options).out == by_name.out
    told = json.loads(run("why", id_, "data", "--format", "json").out)
    assert told["figure"]["source"]["cell"] == "'Unit figures'!E5"
    assert all(caveat["evidence"] for caveat in told["caveats"])


def test_why_finds_the_sum_that_a_table_printed(run, sample, tmp_path):
    file = sample("xaa_case_data")
    run("table", file, "-o", tmp_path / "t.csv")
    provenance = json.loads((tmp_path / "t.csv.provenance.json").read_text())
    id_ = provenance["cells"][0]["id"]
    ended = run("why", id_, file)
    assert ended.code == 0
    assert ended.out.startswith(id_)
    assert "sum of 10 figures, same ref_area, time_period = not calculated" in ended.out


def test_a_figure_that_is_not_clear_is_an_error_with_candidates(run, desk):
    ended = run("why", "KEN-2018", "data")
    assert ended.code == 2
    assert "KEN-2018-CONVICTED·" in ended.err
    assert run("why", "KEN-2018", "data", "--where", "nothing").code == 2
    assert "No figure" in run("cite", "UGA", "data").err.replace(
        "no figure", "No figure"
    )


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "Kenya News Agency"),
        ("bibtex", "@misc{"),
        ("csl-json", '"type": "dataset"'),
    ],
)
def test_cite_names_the_source_and_the_tool(run, desk, form, said):
    ended = run("cite", "KEN-2019-INVESTIGATED", "data", "--format", form)
    assert ended.code == 0
    assert said in ended.out
    assert "allymark" in ended.out


@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_a_table_verifies_until_it_is_touched_and_is_made_again(run, desk, form):
    target = desk / f"t.{form}"
    run("table", "data", "--rows", "stage", "-o", target)
    assert run("verify", target).code == 0
    assert run("verify", target, "--figures", "data").code == 0
    again = run("reproduce", f"{target}.provenance.json")
    assert (again.code, again.out[:20]) == (
        0,
        f"t.{form}: identical ({target.name})."[:20],
    )
    target.write_text(target.read_text().replace("52", "62"))
    ended = run("verify", target)
    assert ended.code == 1
    assert "number changed: KEN-2019-INVESTIGATED·" in ended.out
    assert "printed was 52; there stands 62" in ended.out


def test_reproduce_finds_a_renamed_input_and_names_a_missing_one(run, desk):
    run("table", "data", "-o", "t.md")
    (found,) = (desk / "data").iterdir()
    found.rename(desk / "data" / "other.xlsx")
    ended = run("reproduce", "t.md.provenance.json", "--data", "data")
    assert (ended.code, "other.xlsx" in ended.out) == (1, True)
    shutil.rmtree(desk / "data")
    ended = run("reproduce", "t.md.provenance.json")
    assert ended.code == 2
    assert "missing: unit-figures.xlsx (SHA-256 " in ended.out


def test_reproduce_tells_what_moved_when_an_input_changed(run, sheets, workbook, desk):
    run("table", "data", "--rows", "stage", "-o", "t.html")
    changed = sheets("ken_ahtcpu_unit")
    rows = next(iter(changed.values()))
    for row in rows:
        row[:] = [53 if cell == 52 else cell for cell in row]
    made = workbook(changed, "unit-figures.xlsx")
    shutil.move(made, desk / "data" / "unit-figures.xlsx")
    ended = run("reproduce", "t.html.provenance.json")
    assert ended.code == 1
    assert "input unit-figures.xlsx: another content" in ended.out
    assert "KEN-2019-INVESTIGATED·" in ended.out
    assert ": 52 -> 53" in ended.out
    assert "1 figure moved" in ended.out
    against = run("verify", "t.html", "--figures", "data")
    assert against.code == 1
    assert "printed was 53; there stands 52" in against.out


def test_findings_are_made_again_too(run, desk):
    run("check", "data", "--out", "out", "--language", "pt")
    ended = run("reproduce", "out/findings.provenance.json", "--data", "data")
    assert ended.code == 0
    assert "identical" in ended.out


def test_a_text_is_filled_verified_and_made_again(run, desk):
    text = desk / "report.md"
    text.write_text(
        "In 2019, {{figure KEN 2019 INVESTIGATED}} cases.\n\n`{{figure x}}`\n"
    )
    ended = run("fill", text, "--figures", "data", "-o", "out.md")
    assert ended.code == 0
    out = (desk / "out.md").read_text()
    assert ">52[^1]</span> cases." in out
    assert "`{{figure x}}`" in out
    assert "[^1]: " in out
    assert run("verify", "out.md").code == 0
    assert run("verify", "out.md", "--figures", "data").code == 0
    assert run("reproduce", "out.md.provenance.json").code == 0
    (desk / "out.md").write_text(out.replace("[^1]: ", ""))
    assert run("verify", "out.md").code == 1
    text.write_text("{{figure KEN 2019 ARRESTED}}")
    assert "text report.md: another content" in run(
        "reproduce", "out.md.provenance.json"
    ).out  # fmt: skip


def test_a_text_with_unclear_figures_is_not_filled_and_all_are_told(run, desk):
    (desk / "report.md").write_text("{{figure KEN 2018}}\n\n{{figure UGA}}\n")
    ended = run("fill", "report.md", "--figures", "data", "-o", "out.md")
    assert ended.code == 2
    assert "line 1" in ended.err
    assert "KEN-2018-CONVICTED·" in ended.err
    assert "line 3" in ended.err
    assert not (desk / "out.md").exists()
    assert run("fill", "report.md", "--figures", "data", "-o", "report.md").code == 2


def test_an_output_without_provenance_cannot_be_verified(run, desk):
    (desk / "t.md").write_text("text")
    ended = run("verify", "t.md")
    assert ended.code == 2
    assert "no provenance stands beside it" in ended.err
    (desk / "t.md.provenance.json").write_text("{}")
    assert run("verify", "t.md").code == 2
    assert run("reproduce", "t.md.provenance.json").code == 2


def test_no_folder_and_no_clock_is_in_a_provenance(run, desk):
    run("table", "data", "-o", "t.md")
    text = (desk / "t.md.provenance.json").read_text()
    assert str(desk) not in text
    assert "data/" not in text
