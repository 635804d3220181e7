"""In which calendar, and from which month on, periods are taken to be printed."""

from __future__ import annotations

from typing import Any

import pytest

from tallymark.documents import validated
from tallymark.ingest.adapter.rules import PeriodRule
from tallymark.ingest.drafting.meaning import period_block, period_rule
from tallymark.ingest.periods import read_period

SURE: list[tuple[list[str], list[str], dict[str, Any]]] = [
    (["2017", "2018"], ["Cases in Kenya"], {}),
    (["2560", "2561"], [], {"calendar": "buddhist"}),
    (["ปี พ.ศ. ๒๕๖๐"], ["สถิติคดี"], {"calendar": "buddhist"}),
    (["2017", "2018"], ["สถิติคดี ค.ศ. 2017-2018"], {}),
    (["2009", "2010"], ["Cases by year (E.C.)"], {"calendar": "ethiopian"}),
    (["2009 E.C.", "2010 E.C."], [], {"calendar": "ethiopian"}),
    (["2010 ዓ.ም", "2011 ዓ.ም"], [], {"calendar": "ethiopian"}),
    (["2017 እ.ኤ.አ.", "2018 እ.ኤ.አ."], ["የተመዘገቡ ጉዳዮች"], {}),
    (["Meskerem 2010", "Tikimt 2010"], [], {"calendar": "ethiopian"}),
    (["2017/18", "2018/19"], ["April to March of each year"], {"first_month": 4}),
    (["2017/18"], ["Financial year (1 July - 30 June)"], {"first_month": 7}),
    (["2017/18"], ["Abril a Março"], {"first_month": 4}),
    (
        ["2018", "2019"],
        ["Year ending 31 March"],
        {"first_month": 4, "named_by": "last"},
    ),
    (["April 2017 to March 2018"], [], {}),
    (["2018-01", "2018-02", "2018-03"], [], {"two_digits": "month"}),
    (["03/2018", "04/2018"], [], {}),
    (["2018/1", "2018/2", "2018/9"], [], {"one_digit": "month"}),
    (["Mar-18", "Apr-18"], [], {"century": 2000}),
    (["31/01/2018", "28/02/2018"], [], {"date_order": "day_first"}),
    (["01/31/2018"], [], {"date_order": "month_first"}),
    (["Jan 2018", "Feb 2018"], ["July to June is the fiscal year"], {}),
]

ASKED: list[tuple[list[str], list[str], dict[str, Any], dict[str, Any]]] = [
    (["2017/18", "2018/19"], ["Cases"], {"first_month": 4}, {"first_month": 7}),
    (["2009", "2010"], ["Cases in Ethiopia"], {}, {"calendar": "ethiopian"}),
    (["2009", "2010"], ["የተመዘገቡ ጉዳዮች"], {"calendar": "ethiopian"}, {}),
    (
        ["2009-10"],
        [],
        {"two_digits": "year", "first_month": 4},
        {"two_digits": "month"},
    ),
    (["2018/1", "2018/2"], [], {"one_digit": "quarter"}, {"one_digit": "month"}),
    (["03/04/2018"], [], {"date_order": "day_first"}, {"date_order": "month_first"}),
    (
        ["2017", "2018"],
        ["Cases, April to March"],
        {"first_month": 4, "named_by": "last"},
        {"first_month": 4, "named_by": "first"},
    ),
    (
        ["FY2018"],
        [],
        {"first_month": 4, "named_by": "last"},
        {"first_month": 10, "named_by": "last"},
    ),
    (
        ["EFY 2010"],
        [],
        {"calendar": "ethiopian", "first_month": 11, "named_by": "last"},
        {"calendar": "ethiopian"},
    ),
    (
        ["ปีงบประมาณ 2561"],
        [],
        {"calendar": "buddhist", "first_month": 10, "named_by": "last"},
        {"calendar": "buddhist", "first_month": 10, "named_by": "first"},
    ),
]


@pytest.mark.parametrize(("labels", "around", "block"), SURE)
def test_a_rule_is_settled(
    labels: list[str], around: list[str], block: dict[str, Any]
) -> None:
    found, reading = period_rule(labels, around)
    assert found == block
    assert reading.is_sure
    assert reading.choices == ()


@pytest.mark.parametrize(("labels", "around", "block", "other"), ASKED)
def test_a_rule_is_asked(
    labels: list[str],
    around: list[str],
    block: dict[str, Any],
    other: dict[str, Any],
) -> None:
    found, reading = period_rule(labels, around)
    assert found == block
    assert not reading.is_sure
    assert other in [period_block(choice) for choice in reading.choices]


@pytest.mark.parametrize(
    ("labels", "around"),
    [case[:2] for case in SURE] + [case[:2] for case in ASKED],
)
def test_the_rule_reads_its_labels(labels: list[str], around: list[str]) -> None:
    block, _ = period_rule(labels, around)
    rule = validated(block, PeriodRule, file="drafted")
    for label in labels:
        cut = label.removesuffix(" ዓ.ም")  # a word for the year, which no rule needs
        assert read_period(cut, rule).time_period


def test_the_year_2020_of_ethiopia_is_ours() -> None:
    assert period_rule(["2020", "2021"], ["Cases in Ethiopia"])[0] == {}
    assert period_rule(["2020", "2021"], ["Cases in Ethiopia"])[1].is_sure


@pytest.mark.parametrize("words", ["julian", "gregorian; years from Thermidor", ""])
def test_other_words_are_no_rule(words: str) -> None:
    assert period_block(words) is None
