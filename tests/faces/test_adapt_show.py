"""`tallymark adapt show`: what each cell became, in the terminal and as a page."""

from __future__ import annotations

import pytest


def test_a_file_is_shown_with_signs_and_counts(run, sample):
    ended = run("adapt", "show", sample("ken_ahtcpu_unit"))
    assert ended.code == 0
    assert "as ken-ahtcpu-unit reads it:" in ended.out
    assert "L Cases dealt" in ended.out
    assert "No cell was lost." in ended.out


def test_a_page_is_written_and_the_file_itself_never(run, sample, tmp_path):
    page, file = tmp_path / "shown.html", sample("ken_ahtcpu_unit")
    ended = run("adapt", "show", file, "-o", page)
    assert (ended.code, ended.out) == (0, "")
    assert str(page) in ended.err
    assert "What each cell became" in page.read_text(encoding="utf-8")
    before = file.read_bytes()
    assert run("adapt", "show", file, "-o", file).code == 2
    assert file.read_bytes() == before


def test_without_an_adapter_the_readers_view_is_shown(run, tmp_path):
    path = tmp_path / "unknown.csv"
    path.write_text("Area;2018\nKenya;12\n", encoding="utf-8")
    ended = run("adapt", "show", path)
    assert ended.code == 2
    assert "No adapter fits" in ended.err
    ended = run("adapt", "show", path, "--plain")
    assert ended.code == 0
    assert "unknown.csv: 4 filled cells" in ended.out
    assert "? Kenya" in ended.out


def test_a_list_of_persons_is_not_shown(run, tmp_path):
    path = tmp_path / "register.csv"
    rows = [f"Ann{n} Surname{n},1{n}/0{n}/2009,F" for n in range(1, 9)]
    text = "\n".join(["Full name,Date of birth,Sex", *rows, ""])
    path.write_text(text, encoding="utf-8")
    ended = run("adapt", "show", path, "--plain")
    assert (ended.code, ended.out) == (2, "")
    assert "list of persons" in ended.err
    assert "Surname" not in ended.err


@pytest.mark.parametrize("text", ["Annex 2", "=why", "Annex 2= "])
def test_an_override_needs_a_sheet_and_a_reason(run, sample, text):
    ended = run("adapt", "show", sample("ken_ahtcpu_unit"), "--not-personal", text)
    assert ended.code == 2
    assert "SHEET=REASON" in ended.err
