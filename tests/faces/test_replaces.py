"""A newer version of a file, as it is declared on the command line."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

import tallymark as tm
from tallymark import pipeline

CSV = """Department of Justice - Office of Cybercrime,,
Tips and investigations,,
Published 12/12/2022,,
,,
Indicator,2019,2020
CyberTipline reports received,"{}","1,297,474"
"""


@pytest.fixture
def versions(tmp_path):
    """Two files of one day: which of them is newer only their receiver knows."""
    for name, value in (("first.csv", "426,961"), ("second.csv", "426,962")):
        (tmp_path / name).write_text(CSV.format(value))
    return tmp_path


def test_without_a_word_on_it_two_versions_stop_the_run(run, versions):
    ended = run("table", versions, "--no-cache")
    assert ended.code == 2
    assert "say which is newer: --replaces NEWER=OLDER" in ended.err


def test_the_newer_version_is_shown_and_the_older_compared(run, versions):
    declared = ["--replaces", "second.csv=first.csv", "--no-cache"]
    shown = run("table", versions, *declared)
    assert "426,962" in shown.out
    assert "426,961" not in shown.out
    assert "Another version gives a different number" in shown.out
    assert "second.csv replaces 2 figures of first.csv" in shown.err
    found = run("check", versions, *declared, "--fail-on", "never")
    assert "Two versions give different figures for PHL 2019" in found.out


@pytest.mark.parametrize("day", ["the same", "not known"])
def test_a_declared_version_is_no_second_figure(versions, day):
    read = tm.read(versions, replaces=[("second.csv", "first.csv")], cache=None)
    slugs = {f.expectation for f in pipeline.check(dated(read, day))}
    assert "vintages-agree" in slugs
    assert "duplicate-key" not in slugs


def test_a_figure_twice_in_one_file_is_told_beside_its_older_version(versions):
    newer = versions / "second.csv"
    line = newer.read_text().splitlines()[-1]
    newer.write_text(f"{newer.read_text()}{line}\n")
    read = tm.read(versions, replaces=[("second.csv", "first.csv")], cache=None)
    twice = [f for f in pipeline.check(read) if f.expectation == "duplicate-key"]
    assert {f.location.file for f in twice} == {"second.csv"}


def dated(submissions, day):
    """Return submissions without their days of publication, if these are not known."""
    if day == "the same":
        return submissions
    return replace(submissions, items=tuple(map(undated, submissions)))


def undated(item):
    held = {}
    for name in ("observations", "replaced"):
        table = getattr(item, name)
        place = table.schema.get_field_index("vintage")
        field = table.schema.field("vintage")
        nulls = pa.nulls(table.num_rows, field.type)
        held[name] = table.set_column(place, field, nulls)
    return replace(item, **held)


@pytest.mark.parametrize("text", ["second.csv", "=first.csv", "second.csv="])
def test_a_declaration_of_another_form_is_told(run, versions, text):
    ended = run("table", versions, "--replaces", text)
    assert ended.code == 2
    assert "is not NEWER=OLDER" in ended.err
