"""How commands read many files: cache, progress, declarations, faults."""

from __future__ import annotations

import json
import shutil
import sys
import zlib

import pytest

from tallymark.cli import reading as cli_reading
from tallymark.environment import CACHE_VARIABLE, default_cache
from tallymark.ingest import reading
from tallymark.ingest.batch import cache

ADAPTER = "tha-ticac"


@pytest.fixture
def sent(sample, tmp_path):
    """A folder with two files, one of them broken."""
    folder = tmp_path / "sent"
    folder.mkdir()
    shutil.copy(sample("tha_ticac"), folder / "good.csv")
    (folder / "bad.csv").write_text("")
    return folder


def test_a_folder_is_kept_and_a_single_file_is_not(run, sent, tmp_path, monkeypatch):
    place = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(place))
    run("check", sent / "good.csv")
    run("check", sent, "--no-cache")
    assert not place.exists()
    first, again = run("check", sent), run("check", sent)
    assert again == first
    assert f"{place}: 1 files read" in run("cache", "info").out
    assert f"{place}: 1 files removed" in run("cache", "clear").out
    assert list(place.iterdir()) == []


def test_one_run_may_have_its_own_cache(run, sent, tmp_path):
    place = tmp_path / "own"
    run("table", sent / "good.csv", "--cache", place)
    assert "1 files read" in run("cache", "info", "--cache", place).out


def test_a_cache_that_cannot_be_written_to_is_no_error(run, sent, tmp_path):
    ended = run("check", sent / "good.csv", "--cache", sent / "bad.csv")
    assert ended.code == 0
    assert ended.err.startswith("Note: What was read is not kept for the next run")


def test_the_usual_cache_is_this_users(monkeypatch):
    monkeypatch.delenv(CACHE_VARIABLE)
    assert default_cache().name == "tallymark"


def test_a_declared_sheet_is_told_and_stands_in_the_provenance(run, sample, tmp_path):
    declared = ["By country=one row per country", "Annex=none = at all"]
    ended = run(
        "table", sample("ncmec_cybertips"), "-o", tmp_path / "t.csv",
        *(word for text in declared for word in ("--not-personal", text)),
    )  # fmt: skip
    assert "'By country' was declared to be no list of persons" in ended.err
    assert "(one row per country); 1 of the files" in ended.err
    assert "'Annex'" in ended.err
    assert "(none = at all); 0 of the files" in ended.err
    beside = json.loads((tmp_path / "t.csv.provenance.json").read_text())
    [read] = beside["inputs"]
    assert read["not_personal"] == {"By country": "one row per country"}


REGISTER = """\
Name,Date of birth,Telephone,Offence
Jane Sample,2009-03-04,+254 700 123456,Rape
John Sample,2008-05-14,+254 700 123457,Rape
Mary Sample,2007-06-24,+254 700 123458,Grooming
Ann Sample,2010-07-02,+254 700 123459,Rape
"""


def test_a_list_of_persons_is_refused_and_leaves_nothing(run, sent, tmp_path):
    (sent / "bad.csv").write_text(REGISTER)
    place = tmp_path / "kept"
    ended = run("check", sent, "--cache", place, "--out", tmp_path / "out")
    assert ended.code == 2
    assert f"{sent / 'bad.csv'}: The file looks like a list of persons" in ended.err
    assert "expectations passed" in ended.out
    written = [*place.iterdir(), *(tmp_path / "out").iterdir()]
    assert len(written) == 5
    told = ended.out + ended.err + "".join(map(_content, written))
    assert "Sample" not in told
    assert "700 12345" not in told


def test_a_list_of_persons_passes_only_if_it_is_declared_to_be_none(run, sent):
    (sent / "bad.csv").write_text(REGISTER)
    ended = run("check", sent / "bad.csv", "--not-personal", "bad.csv=made up")
    assert ended.out.startswith("No adapter fits; read with guesses: ")


def _content(path):
    content = path.read_bytes()
    if path.suffix == ".read":
        content = zlib.decompress(content[cache._BODY :])
    return content.decode("latin-1")


@pytest.mark.parametrize("text", ["Annex 2", "Annex 2= ", "=why"])
def test_a_declaration_needs_a_sheet_and_a_reason(run, sample, text):
    ended = run("check", sample("tha_ticac"), "--not-personal", text)
    assert ended.code == 2
    assert "is not SHEET=REASON" in ended.err


def test_a_fault_met_on_one_file_ends_with_its_own_code(run, sent, monkeypatch):
    usual = reading.read_grid

    def read_grid(path, **options):
        if path.name == "bad.csv":
            raise KeyError("what a cell holds")
        return usual(path, **options)

    monkeypatch.setattr(reading, "read_grid", read_grid)
    ended = run("check", sent)
    assert ended.code == 5
    assert "expectations passed" in ended.out
    assert "bad.csv: Reading this file met a fault (KeyError in" in ended.err
    assert "what a cell holds" not in ended.err
    assert "what a cell holds" in run("--traceback", "check", sent).err


def test_a_bar_shows_only_on_a_terminal_and_only_if_it_takes_long(
    run, sent, monkeypatch
):
    assert "Reading" not in run("check", sent).err
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    assert "Reading" not in run("check", sent).err
    monkeypatch.setattr(cli_reading, "PATIENCE", 0.0)
    ended = run("check", sent)
    assert "Reading" in ended.err
    assert "2/2" in ended.err
