"""Versions of a suite: pins, what each has, and previews that stop nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.check import load_suites
from tallymark.check.lint import find_flaws
from tallymark.check.suite import suites_folder
from tallymark.errors import DocumentError, UsageError
from tallymark.model.finding import Status
from tallymark.model.report import Report
from tallymark.model.submission import Submissions
from tallymark.model.verdict import Verdict
from tallymark.present import render

ROOT = Path(__file__).parents[2]


@pytest.fixture
def suite_file(tmp_path):
    """A function: version and changes to `meta` by slug, to the path of a suite.

    The suite is what counted in the first version of a shipped one, so that a preview
    or a later version of that changes nothing here.
    """

    def _made(version, **changes):
        path = suites_folder() / "observations.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        first = [e for e in content["expectations"] if e["meta"].get("since", 1) == 1]
        for entry in first:
            entry["meta"].pop("until", None)
        content["expectations"] = first
        content["meta"]["n_expectations"] = len(first)
        content["name"], content["meta"]["version"] = "own", version
        for entry in content["expectations"]:
            slug = entry["meta"]["slug"].replace("-", "_")
            entry["meta"] |= changes.pop(slug, {})
        assert not changes
        made = tmp_path / "own.json"
        made.write_text(json.dumps(content), encoding="utf-8")
        return str(made)

    return _made


def _slugs(name):
    (suite,) = load_suites([name])
    return {e.slug for e in suite.expectations}


def test_a_version_has_what_stood_in_it(suite_file):
    own = suite_file(3, rows_present={"until": 1}, stage_in_list={"since": 3})
    both = {"rows-present", "stage-in-list"}
    assert [_slugs(f"{own}@{n}") & both for n in (1, 2, 3)] == [
        {"rows-present"}, set(), {"stage-in-list"},
    ]  # fmt: skip
    assert _slugs(own) == _slugs(f"{own}@3")
    assert [load_suites([f"{own}@2"])[0].version] == [2]


def test_a_shipped_suite_can_be_pinned():
    assert load_suites(["observations@1"])[0].version == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("observations@7", "there is no version 7 of the suite 'observations'"),
        ("observations@0", "There is observations@1"),
        ("observations@latest", "A version follows as @1"),
        ("submission-2017-2019@1", "it includes others as they stand"),
    ],
)
def test_a_pin_that_cannot_be_kept(name, said):
    with pytest.raises(UsageError) as caught:
        load_suites([name])
    assert said in str(caught.value)


def test_two_versions_of_one_suite_are_not_run_together(suite_file):
    own = suite_file(2)
    with pytest.raises(UsageError, match="versions 1 and 2 of the suite 'own'"):
        load_suites([f"{own}@1", own])


def test_a_suite_includes_another_in_a_version(suite_file, tmp_path):
    own = suite_file(2, stage_in_list={"since": 2})
    content = json.loads(
        (suites_folder() / "submission-2017-2019.json").read_text(encoding="utf-8")
    )
    content["meta"]["includes"] = ["own@1"]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "stage-in-list" not in _slugs(f"{path}@1")
    assert "stage-in-list" in _slugs(own)


@pytest.mark.parametrize(
    ("meta", "path", "said"),
    [
        ({"since": 3}, "since", "the suite has the versions 1 to 2, found 3"),
        ({"since": "2"}, "since", "needs a version of the suite"),
        ({"until": 2}, "until", "needs a version from 1 to 1, found 2"),
        ({"since": 2, "until": 1}, "until", "needs a version from 2 to 1"),
        ({"preview": "0.2"}, "since", "a preview counts from the next version"),
        ({"preview": "soon", "since": 3}, "preview", "such as '0.3', found 'soon'"),
        ({"preview": 0.2, "since": 3}, "preview", "such as '0.3', found 0.2"),
    ],
)
def test_a_life_that_cannot_be(meta, path, said, suite_file):
    with pytest.raises(DocumentError) as caught:
        load_suites([suite_file(2, rows_present=meta)])
    (problem,) = caught.value.problems
    assert problem.path.endswith(f".meta.{path}")
    assert said in problem.what


PREVIEW = {"preview": "0.2", "since": 2}


def test_a_preview_runs_in_the_newest_version_alone(suite_file):
    assert "stage-in-list" in _slugs(suite_file(1, stage_in_list=PREVIEW))
    own = suite_file(2, stage_in_list={"preview": "0.2", "since": 3})
    assert "stage-in-list" in _slugs(own)
    assert "stage-in-list" not in _slugs(f"{own}@1")


def _check(observations, suite):
    rows = [
        {"obs_id": obs_id, "stage": stage, "source_file": "a.csv", "source_ref": "R2C3"}
        for obs_id, stage in (("a", "RECORDED"), ("b", "MADE_UP"))
    ]
    return pipeline.check(observations(rows), suite)


def test_a_preview_is_told_and_stops_nothing(suite_file, observations):
    counting = _check(observations, suite_file(1))
    found = _check(observations, suite_file(1, stage_in_list=PREVIEW))
    assert "stage-in-list" in {
        f.expectation for f in Verdict(findings=counting).blocking
    }
    assert found.previews is not None
    (finding,) = found.previews.items
    (outcome,) = found.previews.outcomes
    assert (outcome.expectation, outcome.status) == ("stage-in-list", Status.FAILED)
    assert outcome.preview == "0.2"
    assert finding in counting.items
    # What does not count is nowhere among what does: no build, no flag, no caveat.
    assert [*found.items] == [f for f in counting.items if f != finding]
    assert "stage-in-list" not in {o.expectation for o in found.outcomes}
    assert "stage-in-list" not in found.flags["expectation"].to_pylist()


@pytest.mark.parametrize("name", ["text", "json", "html"])
def test_a_preview_stands_under_its_own_heading(name, suite_file, observations):
    found = _check(observations, suite_file(1, stage_in_list=PREVIEW))
    report = Report(findings=found, submissions=Submissions(()))
    printed = render("findings", name, report)[""].decode()
    if name == "json":
        document = json.loads(printed)
        (preview,) = document["previews"]
        assert preview["counts_from"] == "0.2"
        assert [f["expectation"] for f in preview["findings"]] == ["stage-in-list"]
        assert "stage-in-list" not in str(document["findings"])
    else:
        before, heading, after = printed.partition("ill count from version 0.2")
        assert heading
        assert "stage-in-list" in after
        assert "stage-in-list" not in before


def test_what_a_preview_contradicts_is_no_flaw_and_its_end_is_one(suite_file):
    suites = load_suites([suite_file(1, stage_in_list=PREVIEW)])
    assert not find_flaws(suites, "0.1.9")
    (flaw,) = find_flaws(suites, "0.2.0")
    assert (flaw.kind, flaw.slugs) == ("overdue", ("stage-in-list",))
    assert flaw.action.endswith("set the version of the suite to 2.")


def test_great_expectations_is_given_what_counts(suite_file):
    from tallymark.check.gx import load_suite  # noqa: PLC0415  # takes seconds

    own = suite_file(2, stage_in_list={"preview": "0.2", "since": 3},
                     rows_present={"until": 1})  # fmt: skip
    loaded = {
        version: {e.meta["slug"] for e in load_suite(f"{own}{version}").expectations}
        for version in ("", "@1")
    }
    assert loaded["@1"] - loaded[""] == {"rows-present"}
    assert "stage-in-list" not in loaded["@1"] | loaded[""]


def test_a_pinned_suite_on_cells_is_the_one_that_is_run(tmp_path):
    content = json.loads((suites_folder() / "workbook.json").read_text("utf-8"))
    later = content["expectations"][-1]["meta"]
    later["since"] = content["meta"]["version"] = 2
    path = tmp_path / "workbook.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    unknown = pipeline.draft(ROOT / "docs/tutorial/police-table-4.xlsx")
    for version, is_there in (("@1", False), ("@2", True)):
        found = pipeline.check_all(Submissions(()), (unknown,), f"{path}{version}")
        assert (later["slug"] in {o.expectation for o in found.outcomes}) is is_there
