"""What differs between two contracts, from both sides; and a contract of our own."""

from __future__ import annotations

import copy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tallymark import pipeline
from tallymark.cli import cli
from tallymark.contract import changes_between, contract_problems
from tallymark.errors import DocumentError

OLD = {
    "apiVersion": "v3.2.0", "kind": "DataContract", "id": "x", "version": "1.0.0",
    "description": {"limitations": "Only schools.\nNo fees."},
    "schema": [
        {
            "name": "meals",
            "properties": [
                {"name": "n", "id": "n1", "logicalType": "integer", "required": True,
                 "logicalTypeOptions": {"minimum": 0}, "customProperties": [
                     {"property": "countingUnit", "value": "CASE"},
                     {"property": "owner", "value": "me"}]},
                {"name": "unit", "logicalType": "string",
                 "enum": [{"value": "CASE", "label": "Cases"}, {"value": "PERSON"}]},
                {"name": "place", "properties": [{"name": "x"}],
                 "items": {"logicalType": "string"}},
            ],
            "quality": [{"id": "q", "metric": "rowCount", "mustBeGreaterThan": 5}],
        }
    ],
    "customProperties": [
        {"property": "tallymarkSeriesDefinitions",
         "value": [{"id": "xaa", "counting_unit": "CASE", "title": "Cases"}]}
    ],
}  # fmt: skip
N = ("schema", 0, "properties", 0)
UNIT = ("schema", 0, "properties", 1)
PLACE = ("schema", 0, "properties", 2)
Q = ("schema", 0, "quality", 0)
SERIES = ("customProperties", 0, "value", 0)


def changed(path, value, version="2.0.0"):
    new = copy.deepcopy(OLD)
    new["version"] = version
    node = new
    for step in path[:-1]:
        node = node[step]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return new


@pytest.mark.parametrize(
    ("path", "value", "kind", "breaks"),
    [
        (N, None, "column removed", "consumer"),
        ((*N, "name"), "n_meals", "column renamed", "consumer producer"),
        ((*N, "logicalType"), "number", "type widened", "consumer"),
        ((*N, "logicalType"), "string", "type changed", "consumer producer"),
        ((*N, "required"), False, "required removed", "consumer"),
        ((*UNIT, "required"), True, "required added", "producer"),
        ((*UNIT, "enum", 1), None, "value removed", "consumer producer"),
        ((*UNIT, "enum", 1, "value"), "VICTIM", "value added", "consumer"),
        ((*UNIT, "enum", 0, "label"), "Files", "meaning changed", "consumer producer"),
        ((*UNIT, "description"), "A unit.", "description changed", ""),
        ((*N, "logicalTypeOptions", "minimum"), 1, "limit tightened", "producer"),
        ((*N, "logicalTypeOptions", "minimum"), -1, "limit loosened", "consumer"),
        ((*Q, "mustBeGreaterThan"), 3, "rule loosened", "consumer"),
        ((*Q, "mustBeGreaterThan"), 7, "rule tightened", "producer"),
        ((*Q, "severity"), "info", "rule loosened", "consumer"),
        (Q, None, "rule removed", "consumer"),
        ((*N, "physicalName"), "n1", "physicalName changed", "consumer producer"),
        ((*N, "transformLogic"), "sum(n)", "definition changed", "consumer producer"),
        ((*N, "customProperties", 0, "value"), "PERSON", "definition changed",
         "consumer producer"),
        ((*N, "customProperties", 1, "value"), "you", "custom property changed", ""),
        ((*PLACE, "properties", 0), None, "column removed", "consumer"),
        ((*PLACE, "properties", 0, "required"), True, "required added", "producer"),
        ((*PLACE, "items"), None, "part removed", "consumer"),
        ((*PLACE, "items", "logicalType"), "integer", "type changed",
         "consumer producer"),
        (("schema", 0, "dataGranularityDescription"), "One row a person.",
         "definition changed", "consumer producer"),
        (("slaProperties",), [{"property": "latency", "value": 9}],
         "slaProperties changed", ""),
        ((*SERIES, "counting_unit"), "PERSON", "definition changed", "consumer producer"),
        ((*SERIES, "scope"), "OCSEA", "definition changed", "consumer producer"),
        (("description", "limitations"), "No fees.", "limitation removed", "consumer"),
    ],
)  # fmt: skip
def test_a_change_is_named_and_so_is_whose_work_it_breaks(path, value, kind, breaks):
    found = {
        c.kind: " ".join(c.breaks)
        for c in changes_between(OLD, changed(path, value)).items
    }
    assert found[kind] == breaks
    assert "version not raised" not in found


@pytest.mark.parametrize(
    ("path", "version", "is_told"),
    [(N, "1.9.0", True), (N, "2.0.0", False), ((*UNIT, "description"), "1.1.0", False)],
)
def test_a_version_is_raised_as_the_changes_ask(path, version, is_told):
    new = changed(path, None if path is N else "Words.", version)
    kinds = {c.kind for c in changes_between(OLD, new).items}
    assert ("version not raised" in kinds) == is_told


def test_a_title_of_a_series_is_no_definition():
    assert not changes_between(OLD, changed((*SERIES, "title"), "Other", "1.0.0")).items


NAMES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)


@st.composite
def contracts(draw):
    columns = [
        {
            "name": name,
            "required": draw(st.booleans()),
            "unique": draw(st.booleans()),
            "enum": [{"value": v} for v in draw(NAMES.filter(bool))],
            "logicalTypeOptions": {"minimum": draw(st.integers(0, 3))},
        }
        for name in draw(NAMES)
    ]
    rules = [
        {
            "id": f"q{name}",
            "metric": "rowCount",
            "mustBeLessThan": draw(st.integers(1, 4)),
        }
        for name in draw(NAMES)
    ]
    return {
        "kind": "DataContract", "version": "1.0.0",
        "description": {"limitations": "\n".join(draw(NAMES))},
        "schema": [{"name": "t", "properties": columns, "quality": rules}],
    }  # fmt: skip


MIRROR = {"added": "removed", "removed": "added", "tightened": "loosened",
          "loosened": "tightened"}  # fmt: skip


def mirrored(kind):
    what, _, way = kind.rpartition(" ")
    return f"{what} {MIRROR.get(way, way)}"


@given(contracts(), contracts())
def test_laws_of_differences(a, b):
    assert not changes_between(a, copy.deepcopy(a)).items
    there, back = changes_between(a, b).items, changes_between(b, a).items
    assert sorted((c.path, c.kind) for c in there) == sorted(
        (c.path, mirrored(c.kind)) for c in back
    )
    assert all("consumer" in c.breaks for c in there if c.kind.endswith("removed"))


SWAPPED = {"consumer": "producer", "producer": "consumer"}


@given(contracts(), contracts())
def test_what_breaks_one_side_there_breaks_the_other_back(a, b):
    """But for what comes or goes with a name, which the producer may always add."""
    there, back = changes_between(a, b).items, changes_between(b, a).items
    ways = ("loosened", "tightened")

    def moved(items):
        return {(c.path, c.breaks) for c in items if c.kind.endswith(ways)}

    assert moved(there) == {
        (path, tuple(SWAPPED[view] for view in breaks)) for path, breaks in moved(back)
    }


@pytest.mark.parametrize("view", [None, "consumer", "producer"])
def test_the_command_line_tells_breaking_changes(tmp_path, capsys, view):
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    for path, content in zip(paths, (OLD, changed(Q, None)), strict=True):
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    asked = ["--view", view] if view else []
    code = cli.main(
        ["contract", "diff", *map(str, paths), *asked], standalone_mode=False
    )
    assert code == (0 if view == "producer" else 1)
    assert "rule removed" in capsys.readouterr().out


def test_all_faults_of_a_contract_are_told_at_once_with_their_lines(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(
        "kind: DataContract\napiVersion: v9\nid: x\nschema:\n- name: t\n  colour: red\n"
        "  properties:\n  - {name: a, logicalType: text}\n  - {name: a}\n"
        "  quality:\n  - {metric: rowCount}\n  - {type: sql, mustBe: 1}\n",
        encoding="utf-8",
    )
    flaws = pipeline.contract_flaws(path)
    assert [f.path.split(",")[0] for f in flaws] == [
        "line 1", "line 2", "line 6", "line 8", "line 9", "line 11", "line 12",
    ]  # fmt: skip
    with pytest.raises(DocumentError, match="7 problems"):
        pipeline.diff_contracts(path, path)


def test_a_contract_of_our_own_is_sound_and_notices_drift(tmp_path):
    made = pipeline.make_contract(["observations"], ["xaa_case_data"])
    assert made == pipeline.make_contract(["observations"], ["xaa_case_data"])
    content = yaml.safe_load(made)
    assert not contract_problems(content)
    (table,) = content["schema"]
    units = next(p for p in table["properties"] if p["name"] == "counting_unit")["enum"]
    assert {"value": "CASE", "label": "Cases"} in units
    path = tmp_path / "own.odcs.yaml"
    path.write_text(made, encoding="utf-8")
    assert not pipeline.contract_flaws(path)
    path.write_text(made.replace("label: Cases", "label: Files"), encoding="utf-8")
    (flaw,) = pipeline.contract_flaws(path)
    assert "tallymark contract init --suite observations" in flaw.what


def test_every_expectation_of_a_suite_runs_from_the_contract(sampleland, tmp_path):
    path = tmp_path / "own.odcs.yaml"
    made = pipeline.make_contract(["observations"], ["xaa_case_data"])
    path.write_text(made, encoding="utf-8")
    submissions = pipeline.read([str(sampleland(tmp_path / "a.xlsx", C7=-3))])
    theirs = pipeline.check(submissions, "observations")
    ours = pipeline.check_contract(path, submissions)
    slugs = {o.expectation: o.status for o in ours.outcomes}
    for outcome in theirs.outcomes:
        if outcome.type != "expect_tallymark_loaded":
            assert slugs[outcome.expectation] is outcome.status
