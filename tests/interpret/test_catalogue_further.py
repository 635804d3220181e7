"""Caveats of one's own folder and of a data contract join the shipped ones."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import tallymark as tm
from tallymark.cli import cli
from tallymark.errors import DocumentError, UsageError
from tallymark.interpret import load_catalogue
from tallymark.interpret.catalogue.contract import contract_caveats
from tallymark.interpret.masks import figures_of
from tallymark.model.codes import Use, Weight
from tallymark.results import Figures

OWN = """\
version: 1
slug: desk-note
group: own
text: {en: The desk asked for this figure by telephone.}
explanation: Nothing was put in writing.
phase: observation
kind: sticky
applies_when: {field: stage, is: RECORDED}
limits: [level]
weight: low
sources: [{title: The desk}]
examples:
  - {holds: true, rows: [{stage: RECORDED}]}
  - {holds: false, rows: [{stage: CONVICTED}]}
"""
CONTRACT = """\
apiVersion: v3.2.0
kind: DataContract
id: urn:example:contract:observations
name: Canonical observations
version: 1.2.0
status: active
description:
  purpose: Tidy national counts
  limitations: |
    - Counts are recorded cases, not prevalence
    - Scope differs by country.
customProperties:
  - {property: expectationsDir, value: expectations/}
"""


@pytest.fixture
def own(tmp_path):
    (tmp_path / "desk-note.yaml").write_text(OWN)
    return tmp_path


def _contract(folder, *properties):
    file = folder / "contract.odcs.yaml"
    file.write_text(CONTRACT + "".join(f"  - {p}\n" for p in properties))
    return file


@pytest.fixture(scope="module")
def checked():
    submissions = tm.read("sample_data/xaa_case_data")
    return submissions, tm.check(submissions, keep=0)


def _carried(figures, stage):
    rows = figures.where(stage=stage)
    return {s for f in figures_of(rows.table, rows.catalogue) for s in f.caveats}


def test_a_caveat_of_ones_own_is_carried_like_any(own, checked):
    figures = tm.interpret(*checked, caveats=own)
    assert "desk-note" in _carried(figures, "RECORDED")
    assert "desk-note" not in _carried(figures, "CONVICTED")
    assert "desk-note" not in tm.interpret(*checked).catalogue.caveats


def test_figures_with_ones_own_caveat_load_only_with_its_folder(own, checked):
    saved = tm.interpret(*checked, caveats=own).to_arrow()
    with pytest.raises(UsageError, match=r"'desk-note'.*caveats="):
        Figures.from_arrow(saved)
    again = Figures.from_arrow(saved, caveats=own)
    assert again.to_arrow().equals(saved)


def test_a_place_without_caveats_is_told(tmp_path):
    for place in (tmp_path, tmp_path / "no-such-folder"):
        with pytest.raises(UsageError, match="holds no caveat"):
            load_catalogue(place)


def test_each_limitation_of_a_contract_is_a_caveat(tmp_path):
    first, second = contract_caveats(_contract(tmp_path))
    assert first.slug == "canonical-observations-limitation-1"
    assert first.sentence() == "Counts are recorded cases, not prevalence."
    assert second.sentence() == "Scope differs by country."
    assert first.weight is Weight.MEDIUM
    assert set(first.limits) == set(Use) - {Use.SHOW, Use.TOTAL}


def test_a_contract_says_which_series_and_uses_it_limits(tmp_path, checked):
    file = _contract(
        tmp_path,
        "{property: tallymarkSeries, value: [xaa_tipline_reports]}",
        "{property: tallymarkLimits, value: level}",
        "{property: tallymarkWeight, value: high}",
    )
    first, _ = contract_caveats(file)
    assert (first.limits, first.weight) == ((Use.LEVEL,), Weight.HIGH)
    figures = tm.interpret(*checked, caveats=file)
    with_it = {
        f.type["series_id"]
        for f in figures_of(figures.table, figures.catalogue)
        if first.slug in f.caveats
    }
    assert with_it == {"xaa_tipline_reports"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: Nothing", "a data contract is needed"),
        ("[a, list]", "a data contract is needed"),
        ("kind: DataContract", "no limitation is stated"),
        (
            CONTRACT + "  - {property: tallymarkLimits, value: levels}",
            "tallymarkLimits is one of total, level",
        ),
    ],
)
def test_a_contract_without_limitations_is_told(tmp_path, text, said):
    file = tmp_path / "contract.yaml"
    file.write_text(text)
    with pytest.raises(DocumentError, match=said):
        load_catalogue([file])


def test_the_command_line_takes_both(own, tmp_path):
    arguments = ["table", "sample_data/xaa_case_data", "--where", "stage=RECORDED"]
    file = _contract(tmp_path.parent)
    more = ["--caveats", str(own), "--contract", str(file)]
    shown = CliRunner().invoke(cli, [*arguments, *more], standalone_mode=False)
    told = " ".join(shown.output.split())
    assert "The desk asked for this figure by telephone." in told
    assert "Counts are recorded cases, not prevalence." in told
