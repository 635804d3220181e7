"""The walk from an unknown workbook to questions: what its page tells comes true."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import openpyxl
import pytest

from tallymark.cli import main

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial"
NAME = "police-table-4.xlsx"
PAGE = (TUTORIAL / "unknown-workbook.md").read_text(encoding="utf-8")
PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[^)]+)\)")
LARGEST, MOST = 120_000, 1_000_000
"""Bytes of a picture, and of all."""


def minutes() -> dict[str, float]:
    rows = re.findall(r"^\| (\d\. .*|all) \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    return {step: float(number) for step, number in rows}


def decisions() -> dict[str, str]:
    """Return what the page says to do with each yellow row, by what it is about."""
    rows = re.findall(r"^\| ([^|]+) \| (\*(?:Ch|conf)[^|]+) \|", PAGE, re.MULTILINE)
    return {about: (re.findall("`(.*?)`", what) or [""])[0] for about, what in rows}


def test_each_picture_is_there_and_small_and_used_and_said_in_words() -> None:
    used = {path for _, path in PICTURE.findall(PAGE)}
    there = {f"pictures/{p.name}": p for p in (TUTORIAL / "pictures").iterdir()}
    pages = [*TUTORIAL.glob("*.md"), *TUTORIAL.parent.glob("howto/*.md")]
    texts = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert used <= set(there)
    assert [path for path in there if path not in texts] == []
    sizes = [p.stat().st_size for p in there.values()]
    assert max(sizes) < LARGEST
    assert sum(sizes) < MOST
    assert all(len(words) > 20 for words, _ in PICTURE.findall(PAGE))


def test_the_minutes_add_up_and_there_is_a_heading_for_each_step() -> None:
    told = minutes()
    whole = told.pop("all")
    assert sum(told.values()) == pytest.approx(whole)
    assert re.findall(r"^## (\d\. .*)$", PAGE, re.MULTILINE) == list(told)


def test_the_workbook_is_what_its_script_writes(tmp_path) -> None:
    runpy.run_path(str(TUTORIAL / "make_workbook.py"))["main"](tmp_path)
    assert (tmp_path / NAME).read_bytes() == (TUTORIAL / NAME).read_bytes()


def test_whoever_does_what_the_page_says_gets_what_it_shows(
    tmp_path, monkeypatch, capsys
) -> None:
    def run(*arguments):
        with pytest.raises(SystemExit):
            main(list(arguments))
        return capsys.readouterr().out

    monkeypatch.chdir(tmp_path)
    shutil.copy(TUTORIAL / NAME, tmp_path)
    run("check", NAME, "--out", "findings")
    decide(Path("findings/mapping.xlsx"))
    accepted = run("adapt", "accept", "findings/mapping.xlsx").splitlines()
    assert accepted[0] in PAGE
    checked = run("check", NAME, "--out", "findings").splitlines()
    assert checked[0].partition(";")[0] in PAGE
    asked = openpyxl.load_workbook("findings/return.xlsx")["Questions"]
    questions = " ".join(str(row[4].value) for row in asked.iter_rows())
    assert "Should the hidden figures be used?" in questions
    assert "Is the printed total of 871 right?" in questions


def decide(path: Path) -> None:
    """Do with a mapping workbook what the page says."""
    book = openpyxl.load_workbook(path)
    told = decisions()
    for row in book["Guesses"].iter_rows(min_row=5):
        if row[4].value is None:
            change = told.pop(str(row[2].value))
            row[5 if change else 4].value = change or "confirm"
    assert told == {}
    answers = {
        "Title of the publication": "Tables 4.2 and 4.3",
        "Publisher": "Ministry of the Interior",
        "Who counted these figures?": "Police",
        "Below which age is a person a child in these figures?": 18,
    }
    for row in book["Definition"].iter_rows(min_row=5):
        if row[0].value in answers:
            row[2].value = answers.pop(row[0].value)
    assert answers == {}
    book.save(path)
