"""A caveat is resolved with evidence only, where it is, and is never lost."""

from __future__ import annotations

import pytest

from tallymark.errors import UsageError
from tallymark.interpret import load_catalogue, total
from tallymark.interpret.masks import figures_of
from tallymark.model.context import Reference
from tallymark.model.submission import Submissions
from tallymark.results import Figures

LETTER = "the statistical office, letter of 3 March 2021"
NO_MIX = "All stations had reported by then."
REFERENCE = Reference(series={}, countries={})


@pytest.fixture
def figures(figure_table, catalogue):
    def made(*rows):
        table = figure_table(rows, catalogue)
        return Figures(table, catalogue, Submissions(()), None, REFERENCE)

    return made


def _held(figures):
    return figures_of(figures.table, figures.catalogue)


TWO = [
    {"ref_area": area, "caveats": ("part-year", "recorded-not-occurred")}
    for area in ("XAA", "XAB")
]


def test_it_moves_to_the_resolved_ones_of_the_figures_chosen(figures):
    after = figures(*TWO).resolve("part-year", NO_MIX, source=LETTER, ref_area="XAA")
    first, second = _held(after)
    assert first.resolved == ("part-year",)
    assert "part-year" not in first.caveats
    assert "recorded-not-occurred" in first.caveats
    assert second.resolved == ()
    assert "part-year" in second.caveats


def test_evidence_stands_in_the_step(figures):
    after = figures(*TWO).resolve("part-year", NO_MIX, source=LETTER, ref_area="XAA")
    (step,) = after.steps
    assert step.operation == "resolve"
    assert step.arguments == {
        "caveat": "part-year", "evidence": NO_MIX, "source": LETTER, "ref_area": "XAA",
    }  # fmt: skip
    assert step.before[0].equals(figures(*TWO).table)


def test_a_total_of_a_resolved_and_an_open_part_is_open(figures):
    after = figures(*TWO).resolve("part-year", NO_MIX, source=LETTER, ref_area="XAA")
    (whole,) = _held(after.sum())
    assert "part-year" in whole.caveats
    assert whole.resolved == ()
    both = figures(*TWO).resolve("part-year", NO_MIX, source=LETTER)
    (whole,) = _held(both.sum())
    assert "part-year" not in whole.caveats
    assert whole.resolved == ("part-year",)


def test_a_refused_total_stays_refused(figures):
    rows = [{}, {"ref_area": "XAB", "counting_unit": "PERSON"}]
    refused = figures(*rows).sum()
    (whole,) = _held(refused.resolve("unit-mismatch", NO_MIX, source=LETTER))
    assert whole.judgement == 2
    assert whole.value is None


def test_what_an_operation_raises_is_resolved_before_it(figures):
    after = figures(*TWO).resolve("attrition-unlinked", NO_MIX, source=LETTER)
    assert all(f.resolved == ("attrition-unlinked",) for f in _held(after))


@pytest.mark.parametrize(
    ("caveat", "evidence", "source", "told"),
    [
        ("part-year", " ", LETTER, "without evidence"),
        ("part-year", NO_MIX, "", "without evidence"),
        ("missing-not-zero", NO_MIX, LETTER, "found again"),
        ("invented-figure", NO_MIX, LETTER, "not resolved by any"),
        ("no-such", NO_MIX, LETTER, "there is no caveat"),
        ("single-agency", NO_MIX, LETTER, "no figure chosen carries"),
    ],
)
def test_what_cannot_be_resolved(figures, caveat, evidence, source, told):
    with pytest.raises(UsageError, match=told):
        figures(*TWO).resolve(caveat, evidence, source=source)


def test_every_word_of_the_masks_is_reached(figures, catalogue):
    slugs = [s for s, c in catalogue.caveats.items() if c.kind == "sticky"]
    slugs.remove("invented-figure")
    rows = [{"caveats": tuple(slugs)}]
    made = figures(*rows)
    for slug in slugs:
        made = made.resolve(slug, NO_MIX, source=LETTER)
    (found,) = _held(made)
    assert set(found.resolved) == set(slugs)
    assert not set(found.caveats) & set(slugs)
    assert figures_of(total(made.table, [], load_catalogue()), catalogue) == [found]
