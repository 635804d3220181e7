"""What figures may be used for, and what refuses it."""

from __future__ import annotations

import pytest

from tallymark.interpret.verdict import POINT_RANKS, verdict
from tallymark.model.codes import Use
from tallymark.model.figure import Judgement


@pytest.mark.parametrize(
    ("caveats", "use", "expected"),
    [
        ((), Use.SHOW, Judgement.OK),
        (("tips-not-prevalence",), Use.SHOW, Judgement.OK),
        ((), Use.LEVEL, Judgement.OK),
        (("single-agency",), Use.LEVEL, Judgement.FLAG),
        (("tips-not-prevalence",), Use.LEVEL, Judgement.REFUSED),
        (("tips-not-prevalence",), Use.TREND, Judgement.OK),
        ((), Use.RANKING, Judgement.REFUSED),
    ],
)
def test_verdict(figure_table, catalogue, caveats, use, expected):
    table = figure_table([{"caveats": caveats, "value": 100.0}], catalogue)
    assert verdict(table, use, catalogue).judgement is expected


def test_reasons_come_heaviest_first(figure_table, catalogue):
    rows = [{"caveats": ("tips-country-is-ip", "tips-not-prevalence"), "value": 50.0}]
    found = verdict(figure_table(rows, catalogue), Use.RANKING, catalogue)
    assert found.reasons == ("tips-not-prevalence", "tips-country-is-ip", POINT_RANKS)


def test_a_refused_figure_supports_no_use(figure_table, catalogue):
    table = figure_table([{"judgement": 2, "value": 50.0}], catalogue)
    assert verdict(table, Use.LEVEL, catalogue).judgement is Judgement.REFUSED
