"""Claims in tests/claims, each held to the verdict that was written down for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.errors import DocumentError
from tallymark.model.codes import Verdict

CLAIMS = Path(__file__).parents[1] / "claims"


@pytest.mark.parametrize(
    "name",
    [
        "source_documents",
        pytest.param("published_figures", marks=pytest.mark.slow),
        pytest.param("printed_numbers", marks=pytest.mark.slow),
        pytest.param("wordings", marks=pytest.mark.slow),
        pytest.param("terse", marks=pytest.mark.slow),
    ],
)
def test_each_claim_gets_the_verdict_and_the_caveats_it_should(name):
    report = pipeline.claim(CLAIMS / f"{name}.yaml")
    with (CLAIMS / f"{name}.csv").open(encoding="utf-8") as file:
        expected = {row["id"]: row for row in csv.DictReader(file)}
    assert {result.claim.id: result.verdict or "" for result in report} == {
        claim_id: row["verdict"] for claim_id, row in expected.items()
    }
    for result in report:
        wanted = set(expected[result.claim.id]["caveats"].split())
        assert wanted <= set(result.statement.caveats if result.statement else ())


HEAD = """
version: 1
sources:
  police: {title: Annual report, publisher: Police, source_type: police, published: 2020}
  other: {title: Ministry report, publisher: Ministry, source_type: police, published: 2020}
claims:
"""
CASES = "source: police, unit: CASE, stage: RECORDED, scope: CSEA"


@pytest.fixture
def judged(tmp_path):
    """A function: what one claim comes to, without data files."""

    def judge(text):
        path = tmp_path / "claims.yaml"
        path.write_text(HEAD + f"  - {{id: c, text: A claim., {text}}}\n", "utf-8")
        (result,) = pipeline.claim(path)
        return result

    return judge


def change(value, before, after, more=""):
    return (
        f"kind: change, value: {value}, unit: CASE, {more} premises: ["
        f"{{value: {before}, {CASES}, period: 2018}}, "
        f"{{value: {after}, {CASES}, period: 2019}}]"
    )


def test_recorded_numbers_that_rose_are_supported_with_chance_beside(judged):
    result = judged(change("rose from 12 to 14", 12, 14))
    assert result.verdict is Verdict.SUPPORTED
    assert "cannot be told" in result.chance
    assert result.statement.detectable is not None


def test_a_development_is_never_told_by_recorded_numbers(judged):
    for after in (14, 1400):
        result = judged(change("up", 12, after, "about: development,"))
        assert result.verdict is Verdict.CANNOT_TELL
        assert "detection-driven-change" in result.statement.caveats


def test_no_change_is_never_supported_by_two_numbers_that_differ(judged):
    assert judged(change("unchanged", 12, 14)).verdict is Verdict.CONTRADICTED
    assert judged(change("stable", 12, 14)).verdict is Verdict.CANNOT_TELL


def test_a_percentage_on_a_tiny_base_is_refused_and_the_counts_are_not(judged):
    assert judged(change("up 50 %", 2, 3)).verdict is Verdict.REFUSED
    assert judged(change("from 2 to 3", 2, 3)).verdict is Verdict.SUPPORTED


def test_what_arithmetic_rules_out_goes_before_what_is_refused(judged):
    result = judged(change("up 60 %", 2, 3))
    assert result.verdict is Verdict.CONTRADICTED
    assert {r.slug for r in result.statement.reasons} == {"arithmetic", "base-is-small"}


def test_bounds_are_neither_borne_out_nor_contradicted_inside(judged):
    few = f"premises: [{{value: '<5', {CASES}, period: 2018}}]"
    assert judged(f"kind: level, value: 3, {few}").verdict is Verdict.CANNOT_TELL
    assert judged(f"kind: level, value: 9, {few}").verdict is Verdict.CONTRADICTED
    assert judged(f"kind: level, value: <5, {few}").verdict is Verdict.SUPPORTED


def test_two_printings_of_one_number_in_two_documents(judged):
    two = "premises: [{{value: 10, {0}}}, {{value: 12, {1}}}]"
    other = CASES.replace("police", "other")
    same = judged("kind: equality, " + two.format(CASES, CASES))
    apart = judged("kind: equality, " + two.format(CASES, other))
    assert same.verdict is Verdict.CONTRADICTED
    assert apart.verdict is Verdict.CANNOT_TELL


def test_a_caveat_that_the_claim_settles_does_not_stand_beside_it(judged):
    stages = (
        "kind: share, value: 50 %, {0} premises: ["
        "{{value: 5, role: part, source: police, unit: CASE, stage: CONVICTED}}, "
        "{{value: 10, role: whole, source: police, unit: CASE, stage: CHARGED}}]"
    )
    apart, linked = (judged(stages.format(s)) for s in ("", "same_cases: true,"))
    assert (apart.verdict, linked.verdict) == (Verdict.REFUSED, Verdict.SUPPORTED)
    assert "attrition-unlinked" in apart.statement.caveats
    assert "attrition-unlinked" not in linked.statement.caveats


def test_the_wording_that_holds_names_number_unit_period_and_provider(judged):
    wording = judged(change("fell by 10 %", 100, 110)).statement.wording
    assert wording.startswith(
        "The number of recorded cases (child sexual exploitation and abuse) rose "
    )
    assert "rose from 100 in 2018 to 110 in 2019 (+10.0 %). Source: Police." in wording


def test_a_claim_of_words_has_no_verdict(judged):
    assert judged("kind: wording").verdict is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind: level, value: 1, unit: CASES", "$.claims[0].unit"),
        ("kind: sort", "$.claims[0].kind"),
        ("kind: level, period: someday", "the period 'someday' cannot be read"),
        ("kind: level, premises: [{value: 1, source: nobody}]", "no source 'nobody'"),
        ("kind: level, figures: [{where: {ref_area: XAA}}]", "no data file is named"),
    ],
)
def test_a_faulty_document_tells_what_is_wrong_and_where(judged, text, problem):
    with pytest.raises(DocumentError, match=r"problem") as error:
        judged(text)
    assert problem in str(error.value)


def test_claims_in_comments_of_a_text_are_of_the_paragraph_before(tmp_path):
    path = tmp_path / "report.md"
    path.write_text(
        "# Title\n\n<!-- claims\nsources:\n  p: {title: T, source_type: police}\n-->\n\n"
        "Ten cases were\nrecorded.\n\n<!-- claim\nkind: level\nvalue: 10\n"
        "premises: [{value: 11, source: p, unit: CASE}]\n-->\n",
        "utf-8",
    )
    (result,) = pipeline.claim(path)
    assert result.claim.text == "Ten cases were recorded."
    assert (result.claim.where, result.verdict) == ("line 11", Verdict.CONTRADICTED)
    path.write_text("Text.\n\n<!-- claim\nkind: [\n-->\n", "utf-8")
    with pytest.raises(DocumentError, match="line 5"):
        pipeline.claim(path)
