"""A user's own adapters and series are known to all that reads, and to provenance."""

from __future__ import annotations

import json
import shutil

import pytest

import tallymark as tm
from tallymark.documents.own import own_documents
from tallymark.errors import DocumentError, UsageError

TABLE = "Province,2018,2019\nNorth,12,15\nSouth,7,9\n"


@pytest.fixture
def own(tmp_path, own_units):
    return own_units(tmp_path / "mine")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text(TABLE)
    return path


def test_an_own_adapter_reads_and_its_series_is_known(own, table) -> None:
    submissions = tm.read(table, own=own)
    (submission,) = submissions
    assert (submission.adapter, submission.is_own) == ("xaa-units", True)
    assert submission.observations["obs_value"].to_pylist() == [12, 15, 7, 9]
    assert list(submissions.series) == ["xaa_units"]
    figures = tm.interpret(submissions, tm.check(submissions, "definitions"))
    title = submissions.series["xaa_units"].title
    assert figures.reference.series["xaa_units"].title == title
    assert title in str(tm.table(figures))
    assert len(figures.reference.series) > len(submissions.series)


def test_without_the_folder_no_adapter_fits(table) -> None:
    (error,) = tm.read(table).errors
    assert "No adapter fits" in str(error)


@pytest.mark.parametrize(
    ("kind", "name", "other"),
    [("adapters", "tha-ticac", "adapters"), ("series", "ncmec_cybertips", "series")],
)
def test_none_that_is_shipped_is_replaced(own, table, kind, name, other) -> None:
    (path,) = (own / kind).iterdir()
    path.rename(path.with_name(f"{name}.yaml"))
    for adapter in (None, name) if kind == "adapters" else (None,):
        with pytest.raises(DocumentError) as caught:
            tm.read(table, adapter, own=own)
        assert f"'{name}' is shipped with Tallymark, too" in str(caught.value)
        assert str(own / kind) in str(caught.value)
        assert f"{other}/{name}.yaml" in str(caught.value)


def test_a_document_has_the_name_of_its_id(own, table) -> None:
    (path,) = (own / "adapters").iterdir()
    path.rename(path.with_name("other.yaml"))
    (error,) = tm.read(table, own=own).errors
    assert "other.yaml holds 'xaa-units': name the file xaa-units.yaml" in str(error)
    (path,) = (own / "series").iterdir()
    path.rename(path.with_name("other.yaml"))
    with pytest.raises(DocumentError, match=r"other\.yaml holds 'xaa_units'"):
        own_documents(own)


def test_two_that_fit_are_both_named(own, table) -> None:
    text = (own / "adapters" / "xaa-units.yaml").read_text()
    text = text.replace("id: xaa-units", "id: xaa-others")
    (own / "adapters" / "xaa-others.yaml").write_text(text)
    (error,) = tm.read(table, own=own).errors
    assert "Two adapters fit: 'xaa-others' and 'xaa-units'" in str(error)
    (found,) = tm.read(table, "xaa-others", own=own)
    assert found.adapter == "xaa-others"


def test_a_folder_that_is_not_there_is_an_error(table, tmp_path) -> None:
    with pytest.raises(UsageError, match="no such folder of own documents"):
        tm.read(table, own=tmp_path / "none")


def test_a_changed_own_adapter_is_read_anew(own, table, tmp_path) -> None:
    def stages():
        found = tm.read(table, own=own, cache=tmp_path / "cache")
        return set(found.observations["stage"].to_pylist())

    assert stages() == stages() == {"RECORDED"}
    path = own / "adapters" / "xaa-units.yaml"
    path.write_text(path.read_text().replace("stage: RECORDED", "stage: CHARGED"))
    assert stages() == {"CHARGED"}


def test_commands_use_the_folder_of_the_working_folder(
    own, table, run, monkeypatch
) -> None:
    monkeypatch.chdir(own.parent)
    assert "No adapter fits" in run("table", table).err
    own.rename("tallymark")
    north = ["--where", "breakdown=province=North", "--where", "time_period=2018"]
    for command in (
        ["check", table],
        ["table", table],
        ["why", "-", table, *north],
        ["cite", "-", table, *north],
        ["beside", "XAA", table],
    ):
        ended = run(*command)
        assert ended.err.count("Using 1 adapter of tallymark/") == 1, command
        assert "Error" not in ended.err, ended.err
    listed = run("adapters")
    assert "xaa-units" in listed.out
    assert "Police of Exampleland) [own, in tallymark]" in listed.out
    assert listed.out.count("[own") == 1
    shown = run("adapt", "show", table)
    assert shown.code == 0
    assert "figure" in shown.out


def test_the_folder_may_be_named(own, table, run) -> None:
    ended = run("table", table, "--own", own)
    assert ended.code == 0
    assert f"Using 1 adapter of {own}/" in ended.err
    assert run("table", table, "--own", own / "none").code == 2


def test_claims_are_held_to_figures_of_own_adapters(own, table, run, tmp_path) -> None:
    text = tmp_path / "text.md"
    text.write_text("In 2018 the police of Exampleland recorded 12 cases, not 17.\n")
    ended = run("claim", "--scan", text, "--figures", table, "--own", own)
    assert ended.code in (0, 1)
    assert "Error" not in ended.err


def test_reproduction_tells_of_own_documents_that_are_missing_or_changed(
    own, table, run, tmp_path
) -> None:
    page = tmp_path / "out.html"
    assert run("table", table, "--own", own, "-o", page).code == 0
    provenance = tmp_path / "out.html.provenance.json"
    kept = json.loads(provenance.read_text())
    assert kept["own"] == {"adapter": ["xaa-units"], "series": ["xaa_units"]}
    there = ["--data", tmp_path]
    missing = run("reproduce", provenance, *there)
    assert missing.code == 2
    for name, kind in (
        ("adapters/xaa-units", "adapter"),
        ("series/xaa_units", "series"),
    ):
        (hash_,) = kept["documents"][kind].values()
        assert f"missing: {name}.yaml (hash {hash_})" in missing.out
    assert "--own" in missing.out
    again = run("reproduce", provenance, *there, "--own", own)
    assert again.out == "out.html: identical (out.html).\n"
    assert "--own" in run("verify", page, "--figures", table).err
    assert run("verify", page, "--figures", table, "--own", own).code == 0
    adapter = own / "adapters" / "xaa-units.yaml"
    adapter.write_text(adapter.read_text().replace("scope: CSEA", "scope: TRAFFICKING"))
    changed = run("reproduce", provenance, *there, "--own", own)
    assert changed.code == 1
    assert "adapter xaa-units: another content" in changed.out


def test_an_output_of_shipped_documents_names_none_of_ones_own(
    run, sample, tmp_path
) -> None:
    page = tmp_path / "out.html"
    assert run("table", sample("tha_ticac"), "-o", page).code == 0
    kept = json.loads((tmp_path / "out.html.provenance.json").read_text())
    assert "own" not in kept
    shutil.rmtree(tmp_path)
