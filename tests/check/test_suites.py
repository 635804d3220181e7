"""Suite files: what is shipped, and what is said of a faulty one."""

from __future__ import annotations

import json

import pytest

from tallymark.check import load_suites
from tallymark.check.expectations import GREAT_EXPECTATIONS, TYPES
from tallymark.check.suite import suites_folder
from tallymark.errors import DocumentError, UsageError
from tallymark.model.question import read_question

SHIPPED = [e for suite in load_suites(with_all=True) for e in suite.expectations]


@pytest.fixture
def broken(tmp_path):
    """A function: a change to the shipped observations suite, to its file's path."""

    def _broken(change):
        content = json.loads((suites_folder() / "observations.json").read_text("utf-8"))
        change(content)
        path = tmp_path / "broken.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return _broken


def _problems(path):
    with pytest.raises(DocumentError) as caught:
        load_suites([str(path)])
    return {problem.path: problem.what for problem in caught.value.problems}


def test_all_shipped_suites_are_loaded_if_none_is_named():
    including = {"submission-2017-2019", "workbook"}
    assert {suite.name for suite in load_suites()} | including == {
        path.stem for path in suites_folder().glob("*.json")
    }
    assert len(SHIPPED) >= 12


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.slug)
def test_a_shipped_expectation_says_what_it_is_for(one):
    meaning = one.meaning
    for language, not_known in (("en", "not known"), ("pt", "não se sabe")):
        question = read_question(meaning.ask[language])
        assert question.answers[-1] == not_known
    for said in (meaning.promise, meaning.why, meaning.action):
        assert said[0].isupper()
        assert said.endswith(".")
    for verb in ("fail", "wrong", "hide ", "refus", "your mistake"):
        assert verb not in meaning.ask["en"].lower()


def test_the_slugs_that_caveats_name_are_there():
    assert {"later-stage-above-earlier", "hidden-cell-recoverable"} <= {
        one.slug for one in SHIPPED
    }


def test_every_type_of_its_own_is_used_by_a_shipped_suite():
    its_own = TYPES.keys() - GREAT_EXPECTATIONS.keys()
    # For tables of rows with columns of their own, which no shipped suite is about.
    its_own -= {"expect_class_not_above_other"}
    assert its_own <= {one.type.name for one in SHIPPED}


def test_an_expectation_is_found_by_its_slug():
    entries = {e.slug: e for suite in load_suites() for e in suite.expectations}
    assert entries["unit-stable"].meaning.dimension == "STAT_UNIT"
    assert "no-such-slug" not in entries


def test_a_suite_is_found_by_its_path(broken):
    path = broken(lambda content: content.update(name="mine"))
    (suite,) = load_suites([str(path)])
    assert suite.name == "mine"


def test_a_suite_that_is_not_there():
    with pytest.raises(UsageError, match=r"there is no suite 'nowhere'.*observations"):
        load_suites(["nowhere"])


def test_two_suites_with_one_slug(broken):
    def change(content):
        content["name"] = "mine"
        content["expectations"][1]["severity"] = "info"

    path = broken(change)
    with pytest.raises(UsageError, match="'observations' and 'mine' both have"):
        load_suites(["observations", str(path)])


def test_what_two_suites_share_is_checked_once():
    combined, gaps = load_suites(["submission-2017-2019", "gaps"])
    alone = load_suites(["gaps"])[0].expectations
    assert gaps.expectations == ()
    assert set(alone_slugs := [e.slug for e in alone]) < {
        e.slug for e in combined.expectations
    }
    assert len(alone_slugs) > 3


@pytest.mark.parametrize(
    ("includes", "problem"),
    [
        (["nowhere"], "needs the name of a suite beside this one, found 'nowhere'"),
        (["mine"], "needs the name of a suite beside this one, found 'mine'"),
        (["other"], "'other' includes others itself"),
    ],
)
def test_a_suite_includes_suites_beside_it(includes, problem, tmp_path):
    shipped = suites_folder() / "gaps.json"
    (tmp_path / "gaps.json").write_bytes(shipped.read_bytes())
    content = json.loads(shipped.read_text("utf-8"))
    content["expectations"] = content["expectations"][:1]
    content["expectations"][0]["meta"]["slug"] = "loaded"
    content |= {"name": "other"}
    content["meta"] |= {"n_expectations": 1, "includes": ["gaps"]}
    (tmp_path / "other.json").write_text(json.dumps(content), encoding="utf-8")
    (suite,) = load_suites([str(tmp_path / "other.json")])
    assert len(suite.expectations) == len(load_suites(["gaps"])[0].expectations) + 1
    content["meta"]["includes"] = includes
    (tmp_path / "mine.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_suites([str(tmp_path / "mine.json")])
    assert problem in str(caught.value)


def test_every_fault_of_a_suite_is_named_at_once(broken):
    def change(content):
        content["meta"]["n_expectations"] = 3
        content["colour"] = "red"
        content["expectations"][1]["type"] = "expect_magic"
        content["expectations"][2]["severity"] = "fatal"
        content["expectations"][3]["kwargs"] = {}
        content["expectations"][4]["kwargs"] = {"column": "colour"}
        content["expectations"][5]["kwargs"] |= {"size": 1}
        content["expectations"][6]["meta"]["slug"] = "area-known"
        content["expectations"][7]["meta"]["mood"] = "good"
        del content["expectations"][8]["meta"]["ask"]
        content["expectations"][9]["kwargs"]["value_set"] = "CASE"
        content["expectations"][10]["meta"]["dimension"] = "nice"
        content["expectations"][11]["kwargs"]["mostly"] = 2
        content["expectations"][12]["meta"]["source"]["read"] = "yesterday"
        content["expectations"][13]["kwargs"]["row_condition"] = {"type": "xor"}
        content["expectations"][20]["kwargs"]["row_condition"] = {
            "type": "nullity",
            "column": {"name": "colour"},
            "is_null": True,
        }

    at = "$.expectations"
    shipped = json.loads((suites_folder() / "observations.json").read_text("utf-8"))
    n_shipped = len(shipped["expectations"])
    assert _problems(broken(change)) == {
        "$.colour": "unknown key",
        "$.meta.n_expectations": f"3 expectations declared, {n_shipped} found",
        f"{at}[1].type": "unknown expectation type 'expect_magic'",
        f"{at}[2].severity": "unknown severity 'fatal'",
        f"{at}[3].kwargs.column": "is missing",
        f"{at}[4].kwargs.column": "unknown column 'colour'",
        f"{at}[5].kwargs.size": "expect_column_values_to_match_regex takes no 'size'",
        f"{at}[6].meta.slug": "slug 'area-known' stands twice",
        f"{at}[7].meta.mood": "unknown key",
        f"{at}[8].meta.ask": "is missing",
        f"{at}[9].kwargs.value_set": "needs a list of texts or numbers, found 'CASE'",
        f"{at}[10].meta.dimension": "'nice' is no ESMS concept such as COMPAR_TIME",
        f"{at}[11].kwargs.mostly": "cannot be 2",
        f"{at}[12].meta.source.read": "needs a date, found 'yesterday'",
        f"{at}[13].kwargs.row_condition.type": "unknown type of row condition 'xor'",
        f"{at}[20].kwargs.row_condition": "unknown column 'colour'",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[]", "needs a mapping, found [] @ broken.json $"),
        ("{", "Expecting property name enclosed in double quotes"),
        ('{"name": "x", "meta": {}}', "is missing @ broken.json $.expectations"),
        (
            '{"name": "x", "meta": 1, "expectations": []}',
            "needs a mapping, found 1 @ broken.json $.meta",
        ),
    ],
)
def test_a_file_that_is_no_suite(content, problem, tmp_path):
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_suites([str(path)])
    assert problem in str(caught.value)


def test_a_suite_must_begin_by_asking_for_tallymark(broken):
    path = broken(lambda content: content["expectations"].pop(0))
    assert "$.expectations[0]" in _problems(path)


def test_what_great_expectations_adds_when_it_saves_is_no_fault(broken):
    def change(content):
        content |= {"id": "1", "notes": None}
        content["meta"]["great_expectations_version"] = "1.24.1"
        content["expectations"][0] |= {"id": "2", "rendered_content": []}

    assert load_suites([str(broken(change))])


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ({"type": "and", "conditions": []}, "needs a list of conditions"),
        (
            {
                "type": "and",
                "conditions": [
                    {
                        "type": "or",
                        "conditions": [
                            {
                                "type": "nullity",
                                "column": {"name": "sex"},
                                "is_null": True,
                            }
                        ],
                    }
                ],
            },
            "'or' cannot stand inside 'and'",
        ),
        (
            {"type": "nullity", "column": "sex", "is_null": True},
            "needs `column: {name: ...}`",
        ),
        (
            {"type": "nullity", "column": {"name": "sex"}, "is_null": "no"},
            "`is_null` is true or false",
        ),
        (
            {
                "type": "comparison",
                "column": {"name": "sex"},
                "operator": "~",
                "parameter": "F",
            },
            "unknown operator '~'",
        ),
        (
            {
                "type": "comparison",
                "column": {"name": "sex"},
                "operator": "IN",
                "parameter": "F",
            },
            "IN cannot take 'F'",
        ),
    ],
)
def test_a_row_condition_that_cannot_be_read(condition, problem, broken):
    def change(content):
        content["expectations"][4]["kwargs"]["row_condition"] = condition

    assert problem in _problems(broken(change)).values()
