"""The catalogue refuses faulty caveats, and saved figures outlive its order."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from tallymark.errors import DocumentError, UsageError
from tallymark.interpret import load_catalogue
from tallymark.interpret.catalogue import SHIPPED
from tallymark.interpret.masks import figures_of, recoded, with_slugs, with_words
from tallymark.interpret.sums.rules import RULES
from tallymark.model.codes import Use
from tallymark.model.figure import WORD_BITS

NEW = """\
version: 1
slug: {slug}
group: test
text: {{en: A sentence.}}
explanation: Why.
phase: observation
kind: sticky
applies_when: {{field: scope, is: OTHER}}
limits: [level]
weight: low
sources: [{{title: A test}}]
examples: [{{holds: true, rows: [{{scope: OTHER}}]}}, {{holds: false, rows: [{{}}]}}]
"""


def _folder(tmp_path, *slugs):
    for slug in slugs:
        (tmp_path / f"{slug}.yaml").write_text(NEW.format(slug=slug))
    return tmp_path


def test_every_use_but_show_and_total_is_limited_by_some_caveat(catalogue):
    limited = {use for caveat in catalogue.caveats.values() for use in caveat.limits}
    assert limited == set(Use) - {Use.SHOW, Use.TOTAL}


def test_every_rule_of_the_algebra_has_its_caveat(catalogue):
    assert {rule.caveat for rule in RULES} <= set(catalogue.caveats)


def test_saved_figures_keep_their_caveats_under_a_longer_catalogue(
    tmp_path, catalogue, figure_table
):
    slugs = [f"aaa-{n:03}" for n in range(WORD_BITS + 5)]
    longer = load_catalogue([_folder(tmp_path, *slugs)])
    assert longer.order.n_words > catalogue.order.n_words
    rows = [{"caveats": ("part-year", "tips-not-prevalence")}, {"caveats": ()}]
    table = figure_table(rows, catalogue)
    saved = with_slugs(table, catalogue.order)
    for moved in (
        with_words(saved, longer.order),
        recoded(table, catalogue.order, longer.order),
    ):
        assert figures_of(moved, longer) == figures_of(table, catalogue)


def test_figures_under_a_catalogue_without_their_caveat_are_refused(
    tmp_path, catalogue, figure_table
):
    longer = load_catalogue([_folder(tmp_path, "aaa-first")])
    table = figure_table([{"caveats": ("aaa-first",)}], longer)
    with pytest.raises(KeyError, match="aaa-first"):
        with_words(with_slugs(table, longer.order), catalogue.order)


def test_all_faults_of_a_document_are_told_at_once(tmp_path):
    path = tmp_path / "faulty.yaml"
    text = NEW.format(slug="other-name")
    text = text.replace("field: scope, is: OTHER", "field: scoop, is: OTHER")
    path.write_text(text.replace("holds: false", "holds: true"))
    with pytest.raises(DocumentError) as raised:
        load_catalogue([tmp_path])
    paths = {problem.path for problem in raised.value.problems}
    assert paths == {"$.slug", "$.examples", "$.applies_when"}
    assert "faulty.yaml" in str(raised.value)


def test_a_slug_that_is_taken_names_it(tmp_path):
    copy = (SHIPPED / "part-year.yaml").read_text()
    (tmp_path / "part-year.yaml").write_text(copy)
    with pytest.raises(DocumentError, match=re.escape("'part-year' is taken")):
        load_catalogue([tmp_path])


def test_a_lost_list_of_caveats_is_not_taken_for_none(catalogue, figure_table):
    saved = with_slugs(figure_table([{}, {}], catalogue), catalogue.order)
    without = saved.drop_columns(["sticky"])
    padded = pa.concat_tables([saved, without], promote_options="default")
    for broken in (without, padded):
        with pytest.raises(UsageError, match="sticky"):
            with_words(broken, catalogue.order)
