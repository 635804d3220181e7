"""Fill: figures stand in a text with their notes, code stays as it is."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import Problem
from tallymark.model.codes import Weight
from tallymark.model.figure import Judgement
from tallymark.present.fill import Wanted, filled, placeholders, running_text
from tallymark.present.printed.pages import read_page
from tallymark.present.verification.look import marked_differences


@pytest.fixture
def wanted(figure, make_caveat):
    """A function: a figure as a placeholder means it."""

    def make(id_, value, *slugs, **changes):
        caveats = tuple(make_caveat(slug, Weight.HIGH, ()) for slug in slugs)
        return Wanted(id=id_, figure=figure(value, *slugs, **changes), caveats=caveats)

    return make


def put(text, *figures):
    places = placeholders(text, [])
    return filled(text, places, figures)


def test_a_figure_stands_with_its_mark_and_its_note_once(wanted):
    one = wanted("KEN-2018·1111", 1234.0, "gap")
    out, printed = put("Of {{figure KEN 2018}} cases, {{figure KEN}}.", one, one)
    span = '<span data-figure="KEN-2018·1111">1,234[^1]</span>'
    assert out == f"Of {span} cases, {span}.\n\n[^1]: Sentence of gap.\n"
    assert printed["figures"][0]["printed"] == "1,234"


def test_caveats_that_the_same_figures_carry_share_a_note(wanted):
    text = "{{figure a}} {{figure b}}"
    out, printed = put(
        text, wanted("a·1111", 1.0, "x", "y", "z"), wanted("b·2222", 2.0, "x", "y")
    )
    assert "1[^1][^2]</span>" in out
    assert "2[^1]</span>" in out
    assert [note["slug"] for note in printed["notes"]] == ["x y", "z"]
    assert out.count("Sentence of x.") == 1


def test_notes_of_the_author_keep_their_numbers(wanted):
    out, _ = put("Mine[^3]. {{figure a}}\n\n[^3]: Own.\n", wanted("a·1111", 1.0, "x"))
    assert "1[^4]</span>" in out
    assert "[^4]: Sentence of x." in out


def test_notes_stand_where_they_are_wanted_and_once(wanted):
    one = wanted("a·1111", 1.0, "x")
    out, _ = put("{{figure a}}\n\n{{notes}}\n\nEnd.\n", one, None)
    assert out.endswith("[^1]: Sentence of x.\n\nEnd.\n")
    assert out.count("[^1]:") == 1
    said, _ = put("{{note a}}", one)
    assert said.startswith("Sentence of x.")


@pytest.mark.parametrize(
    "text",
    [
        "`{{figure a}}`",
        "``x ` {{figure a}}``",
        "```\n{{figure a}}\n```\n",
        "~~~ sh\n{{figure a}}\n~~~~\n",
        "```\n{{figure a}}",
        "text\n\n    {{figure a}}\n",
        "<!-- {{figure a}} -->",
        "{{figures a}}",
        "{{ other }}",
    ],
)
def test_code_and_comments_stay_as_they_are(text):
    assert placeholders(text, []) == ()
    assert filled(text, (), ())[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "{{figure a}}",
        "{{ figure a }}",
        "- item\n\n    {{figure a}}\n",
        "a ` stray {{figure a}}\n\nand ` again",
        "```\nx\n```\n{{figure a}}",
        "| {{figure a}} |",
    ],
)
def test_text_is_filled(text, wanted):
    (place,) = placeholders(text, [])
    assert place.words == ("a",)


def test_a_backslash_keeps_a_placeholder():
    text = r"Write \{{figure KEN 2018}}."
    assert filled(text, placeholders(text, []), ())[0] == "Write {{figure KEN 2018}}."


def test_names_and_values_are_taken_apart_and_faults_are_placed():
    (place,) = placeholders('x\n{{figure KEN stage=CONVICTED,CHARGED "a b"}}', [])
    assert place.words == ("KEN", "a b")
    assert place.values == {"stage": ["CONVICTED", "CHARGED"]}
    assert place.line == 2
    problems: list[Problem] = []
    assert placeholders('\n\n{{figure "KEN}}', problems) == ()
    assert problems[0].path == "line 3"


def test_a_figure_without_a_number_says_why(figure, make_caveat):
    rule = dataclasses.replace(
        make_caveat("rule", Weight.CRITICAL, ()), phase="operation"
    )
    refused = figure(None, "rule", judgement=Judgement.REFUSED)
    assert running_text(refused, [rule]) == "not calculated (Sentence of rule)"
    blank = figure(None, missing_reason="NOT_PROVIDED")
    assert running_text(blank, []) == "no number (not provided)"
    assert running_text(figure(None, obs_ids=()), []).startswith("no number (expected")
    hidden = figure(None, low=1.0, high=4.0, missing_reason="SUPPRESSED")
    assert running_text(hidden, []) == "1–4 (hidden by the source)"
    partly = figure(
        None, low=9.0, high=None, missing_reason=None, n_declared=3, n_present=2
    )
    assert running_text(partly, []).startswith("at least 9")
    assert running_text(figure(5.0, obs_status="P"), []) == "5 (provisional)"


@given(
    st.lists(
        st.tuples(st.integers(0, 9999), st.sets(st.sampled_from("abcd"), min_size=1)),
        min_size=1,
        max_size=4,
    )
)
def test_a_filled_text_verifies_and_any_lost_mark_or_digit_does_not(
    figure, make_caveat, drawn
):
    figures = [
        Wanted(
            id=f"F{n}·1111",
            figure=figure(float(value), *sorted(slugs)),
            caveats=tuple(make_caveat(s, Weight.LOW, ()) for s in sorted(slugs)),
        )
        for n, (value, slugs) in enumerate(drawn)
    ]
    text = "\n\n".join(f"{{{{figure F{n}}}}} cases" for n in range(len(figures)))
    out, expected = put(text, *figures)
    assert marked_differences(expected, read_page(out.encode(), "md")) == (
        (),
        len(figures),
    )
    for note in expected["notes"]:
        mark = f"[^{note['number']}]"
        for broken in (
            out.replace(mark, "", 1),
            out.replace(f"{mark}: ", "", 1),
            out.replace(note["sentence"], "Other words stand here.", 1),
        ):
            found, _ = marked_differences(expected, read_page(broken.encode(), "md"))
            assert found
    shown = out.replace(expected["figures"][0]["printed"] + "[", "7777777[", 1)
    found, _ = marked_differences(expected, read_page(shown.encode(), "md"))
    assert found
