"""Steps that are made in Python are redone from the provenance, or told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.errors import UsageError
from tallymark.reproduction import reproduce

MADE = {
    "difference": lambda figures: figures.difference("INVESTIGATED", "ARRESTED"),
    "ratio": lambda figures: figures.ratio("INVESTIGATED", "ARRESTED"),
    "share": lambda figures: figures.share("ARRESTED", "INVESTIGATED"),
    "on": lambda figures: figures.ratio(
        "INVESTIGATED", "ARRESTED", on=["ref_area", "time_period"]
    ),
    "rate": lambda figures: figures.rate(
        {("KEN", 2019): 52_573_973.0, ("UGA", 2019): 4e7}, source="a table of persons"
    ),
}


@pytest.fixture
def figures(sample):
    submissions = pipeline.read([Path(sample("ken_ahtcpu_unit"))])
    return pipeline.interpret(submissions, pipeline.check(submissions, keep=0))


@pytest.mark.parametrize("name", MADE)
def test_a_step_is_redone(figures, sample, tmp_path, name):
    table = pipeline.table(MADE[name](figures), ["stage"], ["time_period"])
    table.save(tmp_path / "t.csv")
    made = reproduce(
        tmp_path / "t.csv.provenance.json", Path(sample("ken_ahtcpu_unit")).parent
    )
    assert made.is_identical, made


def test_only_the_persons_of_its_areas_are_held(figures):
    (step,) = MADE["rate"](figures).steps
    assert step.numbers == {"KEN 2019": 52_573_973.0}


def test_figures_that_were_made_apart_are_told(figures, sample, tmp_path):
    some = figures.where(stage="ARRESTED", time_period="2019")
    table = pipeline.table(figures.ratio("INVESTIGATED", some), ["stage"], ["ref_area"])
    table.save(tmp_path / "t.md")
    with pytest.raises(UsageError, match="cannot be done again"):
        reproduce(
            tmp_path / "t.md.provenance.json", Path(sample("ken_ahtcpu_unit")).parent
        )


def test_a_damaged_provenance_is_told(figures, tmp_path):
    pipeline.table(figures, ["stage"], ["time_period"]).save(tmp_path / "t.md")
    path = tmp_path / "t.md.provenance.json"
    whole = json.loads(path.read_text())
    for name in ("outputs", "inputs", "suites", "steps", "documents", "notes"):
        document = {key: held for key, held in whole.items() if key != name}
        path.write_text(json.dumps(document))
        with pytest.raises(UsageError, match="is damaged"):
            reproduce(path)


def test_a_provenance_that_tells_of_other_figures_is_not_identical(
    figures, sample, tmp_path
):
    pipeline.table(figures, ["stage"], ["time_period"]).save(tmp_path / "t.md")
    path = tmp_path / "t.md.provenance.json"
    path.write_text(path.read_text().replace('"printed": "52"', '"printed": "53"'))
    made = reproduce(path, Path(sample("ken_ahtcpu_unit")).parent)
    assert not made.is_identical
    assert [(figure.then, figure.now) for figure in made.moved] == [("53", "52")]
