"""What a catalogue must not hold: each fault alone fails, and tells where it is."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from tallymark.check import load_suites
from tallymark.errors import DocumentError
from tallymark.interpret import load_catalogue
from tallymark.interpret.attach import NOT_CHECKED
from tallymark.interpret.catalogue import LANGUAGES, SHIPPED, read_caveat
from tallymark.interpret.pairs import rules as pair_rules
from tallymark.interpret.sums import rules as sum_rules
from tallymark.model.condition import findings_of

GOOD = yaml.safe_load("""
version: 1
slug: own-caveat
group: test
text: {en: A sentence.}
explanation: Why.
phase: observation
kind: sticky
applies_when: {all: [{field: scope, is: OTHER}, {field: obs_value, lt: 20}]}
limits: [level]
weight: low
sources: [{title: A test}]
examples:
  - {holds: true, rows: [{scope: OTHER, obs_value: 5}]}
  - {holds: false, rows: [{}]}
""")
OTHER = {"field": "scope", "is": "OTHER"}
FAULTS = {
    "unknown use": ({"limits": ["levels"]}, "$.limits", "level"),
    "a use that is never limited": ({"limits": ["show"]}, "$.limits", "never limited"),
    "no use": ({"limits": []}, "$.limits", "name the uses"),
    "no source": ({"sources": []}, "$.sources", "at least one source"),
    "blank sentence": ({"text": {"en": " "}}, "$.text.en", "missing"),
    "no example": ({"examples": []}, "$.examples", "one example that holds"),
    "only examples that hold": (
        {"examples": GOOD["examples"][:1]},
        "$.examples",
        "one that does not",
    ),
    "one example told both ways": (
        {"examples": [*GOOD["examples"], {"holds": True, "rows": [{}]}]},
        "$.examples",
        "cannot hold and not hold",
    ),
    "an example that says other than the condition": (
        {"examples": [{"holds": True, "rows": [{"scope": "CSEA"}]}, GOOD["examples"][1]]},
        "$.examples[0]",
        "contradicts that it holds",
    ),
    "an example with an unknown field": (
        {"examples": [GOOD["examples"][0], {"holds": False, "rows": [{"scoop": "A"}]}]},
        "$.examples[1]",
        "'scoop' is not known",
    ),
    "an unknown field": (
        {"applies_when": {"field": "scoop", "is": "OTHER"}},
        "$.applies_when",
        "'scoop' is not known in phase observation",
    ),
    "a code that no field holds": (
        {"applies_when": {"field": "scope", "is": "OCSAE"}},
        "$.applies_when",
        "'scope' is never 'OCSAE'",
    ),
    "a code of the series that no series holds": (
        {"applies_when": {"field": "series.territory", "in": ["partial", "whole"]}},
        "$.applies_when",
        "'series.territory' is never 'whole'",
    ),
    "a value of another type": (
        {"applies_when": {"field": "period.days", "lt": "360"}},
        "$.applies_when",
        "'period.days' holds int64",
    ),
    "two values at once": (
        {"applies_when": {"all": [OTHER, {"field": "scope", "is": "CSEA"}]}},
        "$.applies_when",
        "contradicts itself",
    ),
    "a range without numbers": (
        {"applies_when": {"all": [
            {"field": "obs_value", "gt": 20}, {"field": "obs_value", "lt": 20},
        ]}},
        "$.applies_when",
        "contradicts itself",
    ),
    "a value of a field that is null": (
        {"applies_when": {"all": [OTHER, {"field": "scope", "is_null": True}]}},
        "$.applies_when",
        "contradicts itself",
    ),
    "a finding and its opposite": (
        {"applies_when": {"all": [
            {"finding": "counts-whole"}, {"not": {"finding": "counts-whole"}},
        ]}},
        "$.applies_when",
        "contradicts itself",
    ),
    "the same and not the same": (
        {"phase": "pair", "applies_when": {"all": [
            {"same": "stage"}, {"differs": "stage"},
        ]}},
        "$.applies_when",
        "contradicts itself",
    ),
    "a condition where a rule raises": (
        {"phase": "operation"}, "$.applies_when", "except in phase operation",
    ),
    "a pair of one figure": (
        {"applies_when": {"differs": "stage"}}, "$.applies_when", "need phase pair",
    ),
    "a finding on two figures": (
        {"phase": "pair", "applies_when": {"finding": "counts-whole"}},
        "$.applies_when",
        "only an observation has findings",
    ),
    "derived, and inherited": ({"kind": "derived"}, "$.kind", "phase result"),
    "its own phase once more": (
        {"also_when": {"observation": OTHER}},
        "$.also_when.observation",
        "no further condition",
    ),
    "a further condition without examples": (
        {"also_when": {"use": {"field": "use.verb", "is": "helped"}}},
        "$.examples",
        "for phase use",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fault", "path", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path, fault, path, said):
    file = tmp_path / "own-caveat.yaml"
    file.write_text(yaml.safe_dump(GOOD | fault))
    with pytest.raises(DocumentError) as raised:
        load_catalogue([tmp_path])
    told = [p.what for p in raised.value.problems if p.path.startswith(path)]
    assert any(said in what for what in told), raised.value


def test_without_a_fault_it_loads(tmp_path):
    (tmp_path / "own-caveat.yaml").write_text(yaml.safe_dump(GOOD))
    assert "own-caveat" in load_catalogue([tmp_path]).caveats


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_caveat_lacks_no_language(tmp_path, language):
    shipped = yaml.safe_load((SHIPPED / "part-year.yaml").read_text(encoding="utf-8"))
    del shipped["text"][language]
    file = tmp_path / "part-year.yaml"
    file.write_text(yaml.safe_dump(shipped))
    with pytest.raises(DocumentError, match=rf"text\.{language}"):
        read_caveat(file, LANGUAGES)


def _raised():
    return {rule.caveat for rule in (*sum_rules.RULES, *pair_rules.RULES)}


def test_no_rule_raises_a_caveat_that_nobody_defined(catalogue):
    assert _raised() | {NOT_CHECKED} <= set(catalogue.caveats)


def test_no_caveat_waits_for_a_rule_that_is_not_there(catalogue):
    waiting = {s for s, c in catalogue.caveats.items() if c.phase == "operation"}
    assert waiting - _raised() == {NOT_CHECKED}


def test_every_finding_that_a_caveat_asks_for_can_be_found(catalogue):
    known = {e.slug for suite in load_suites() for e in suite.expectations}
    asked = {
        slug
        for condition in catalogue.conditions("observation").values()
        for slug in findings_of(condition)
    }
    assert asked <= known


@pytest.mark.parametrize("phase", ["observation", "result", "pair", "use"])
def test_no_two_caveats_are_raised_by_the_same(catalogue, phase):
    counted = Counter(catalogue.conditions(phase).values())
    twice = {condition for condition, n in counted.items() if n > 1}
    found = catalogue.conditions(phase).items()
    assert not sorted(slug for slug, condition in found if condition in twice)


def test_every_caveat_says_its_sentence_once(catalogue):
    for language in LANGUAGES:
        said = Counter(c.text[language] for c in catalogue.caveats.values())
        assert [text for text, n in said.items() if n > 1] == []
