"""What a reader would see changed is told, and what he would not is not."""

from __future__ import annotations

import json
import re

import pytest

from tallymark.model.verification import Change
from tallymark.present import render
from tallymark.present.provenance import Provenance, printed_table, provenance_json
from tallymark.present.verification.look import verify

FOOTNOTED = """# Report

In 2017 there were <span data-figure="NAM-2017·1111">15,054[^1]</span> cases,
in Uganda <span data-figure="UGA-2017·4444">4[^1][^2]</span>.

[^1]: Sentence of tips.

[^2]: Sentence of gap.
"""


@pytest.fixture
def look(figure, table):
    record = table(
        [[figure(15054.0, "tips", "small", obs_status="P")],
         [figure(4.0, "tips", "gap")], [figure(7.0, "tips")]],
        ids=(("NAM-2017·1111",), ("UGA-2017·4444",), ("KEN-2017·2222",)),
    )  # fmt: skip
    kept = {"version": "0.1.0", "submissions": (), "suites": (), "catalogue": "c",
            "documents": {}, "steps": ()}  # fmt: skip

    def provenance(printed):
        return json.loads(provenance_json(Provenance(**kept, printed=printed), {}))

    files = {form: render("table", form, record) for form in ("html", "md", "csv")}
    texts = {form: made[""].decode() for form, made in files.items()}
    texts["notes"] = files["csv"][".notes.csv"].decode()
    numbers = [("tips", 1), ("gap", 2)]
    filled = {
        "notes": [
            {"number": n, "slug": slug, "weight": "high",
             "sentence": f"Sentence of {slug}."} for slug, n in numbers
        ],
        "figures": [
            {"id": "NAM-2017·1111", "printed": "15,054", "notes": [1]},
            {"id": "UGA-2017·4444", "printed": "4", "notes": [1, 2]},
        ],
    }  # fmt: skip

    def verified(form, change=lambda text: text, beside=lambda text: text):
        if form == "filled":
            return verify(provenance(filled), "t.md", change(FOOTNOTED).encode())
        text = change(texts[form])
        notes = beside(texts["notes"]).encode()
        printed = printed_table(record)
        return verify(provenance(printed), f"t.{form}", text.encode(), notes)

    return verified


@pytest.mark.parametrize("form", ["html", "md", "csv", "filled"])
def test_what_was_not_touched_passes(look, form):
    for change in (
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
    ):
        assert look(form, change).is_sound
        assert look(form, change).differences == ()


@pytest.mark.parametrize(
    "style",
    ["opacity:0", "color: white", "position:absolute;left:-9999px", "max-height:0",
     "font-size:0.1em", "text-indent:-999px", "clip:rect(0,0,0,0)",
     "transform:scale(0)"],
)  # fmt: skip
def test_notes_out_of_sight_are_missing(look, style):
    def on_element(text):
        return text.replace('<section class="notes"', f'<section style="{style}"')

    def in_rule(text):
        return text.replace("</style>", f".tallymark .notes {{ {style} }}</style>")

    assert not look("html", on_element).is_sound
    assert not look("html", in_rule).is_sound


def test_a_rule_for_what_is_not_there_hides_nothing(look):
    rule = ".menu, a:hover, nav > ul.open { display: none }"
    assert look("html", lambda t: t.replace("</style>", f"{rule}</style>")).is_sound


def test_words_put_in_by_a_rule_are_told(look):
    rule = 'td::after { content: "0" }'
    assert not look("html", lambda t: t.replace("</style>", f"{rule}</style>")).is_sound


@pytest.mark.parametrize("tag", ["details", "noscript", "s", "del"])
def test_notes_folded_away_or_struck_through_are_told(look, tag):
    def around(text):
        text = text.replace('<section class="notes"', f"<{tag}><section class='notes'")
        return text.replace("</section>", f"</section></{tag}>", 1)

    assert not look("html", around).is_sound
    folded = (("**Notes**", f"<{tag}>\n\n**Notes**"), ("**Key**", f"</{tag}>\n**Key**"))
    assert not look("md", lambda t: _replaced(t, *folded)).is_sound


@pytest.mark.parametrize("form", ["html", "md"])
def test_another_key_is_told_and_one_that_is_gone(look, form):
    found = look(form, lambda text: text.replace("provisional", "final"))
    assert not found.is_sound
    cut = look(form, lambda text: re.sub(r"\n[^\n]*= provisional[^\n]*", "", text))
    assert Change.CAVEAT_MISSING in _kinds(cut)


def test_words_among_what_was_printed_are_told(look):
    claim = "Convictions rose by half."
    for form, old, new in (
        ("html", "</caption>", f"<p>{claim}</p></caption>"),
        ("html", "</caption>", f"<div>{claim}</div></caption>"),
        ("html", "</ul>\n</section>", f"<li>{claim}</li></ul>\n</section>"),
        ("md", "| Country |", f"{claim}\n\n| Country |"),
        ("md", "**Key**", f"{claim}\n\n**Key**"),
        ("md", "| Country |", "| Convicted in |"),
    ):
        found = look(form, lambda text, old=old, new=new: text.replace(old, new, 1))
        assert not found.is_sound, new


def test_words_around_what_was_printed_are_the_readers_own(look):
    before, after = (
        "# Mine\n\n1. one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n",
        "\nMine.\n",
    )
    assert look("md", lambda text: before + text + after).is_sound


def test_a_second_table_that_says_otherwise_is_told(look):
    def copied(text):
        grid = "\n".join(line for line in text.splitlines() if line.startswith("|"))
        return f"{text}\n{grid.replace('15,054', '1,505')}\n"

    assert Change.FIGURE_UNKNOWN in _kinds(look("md", copied))
    same = look("md", lambda text: copied(text).replace("1,505", "15,054"))
    assert same.is_sound


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("were <span", "were 1<span"),
        ("were <span", "were -<span"),
        ("</span> cases", "</span>,000 cases"),
        ("</span> cases", "</span>0 cases"),
        ('<span data-figure="UGA-2017·4444">4[^1][^2]</span>', "9[^1][^2]"),
        ("[^1]: Sentence", "[^1]: Trust it.\n\n[^1]: Sentence"),
        ("of gap.\n", "of gap.\n\n    Not here, though.\n"),
        ("[^2]: ", "<div hidden>\n\n[^2]: "),
        ("[^2]: ", "<!-- [^2]: "),
    ],
)
def test_what_changes_a_filled_text_is_told(look, old, new):
    assert old in FOOTNOTED
    assert not look("filled", lambda text: text.replace(old, new, 1)).is_sound


def test_own_words_and_moved_notes_do_not_change_a_filled_text(look):
    assert look("filled", lambda t: t.replace("# Report", "# 3 of 4\n\nMine.")).is_sound
    start = FOOTNOTED.index("[^1]: ")
    moved = f"{FOOTNOTED[start:]}\n{FOOTNOTED[:start]}"
    assert look("filled", lambda text: moved).is_sound


def test_the_notes_beside_a_csv_are_held_row_by_row(look):
    def row(text):
        return next(r for r in text.splitlines() if r.startswith("note,1,"))

    for beside in (
        lambda text: text + "note,9,fine,All is well.,low,,3\n",
        lambda text: text.replace(row(text), f"{row(text)}\nnote,1,tips,No.,high,,3"),
        lambda text: re.sub(r"\ncounted,.*", "\ncounted,,,Persons,,,", text),
        lambda text: re.sub(r"\nkey,(.*?),.*", r"\nkey,\1,,final,,,", text),
    ):
        assert not look("csv", beside=beside).is_sound


def test_what_is_added_to_a_csv_is_told(look):
    def column(text):
        lines = text.splitlines()
        return "\n".join(
            [f"{lines[0]},note", *(f"{line},rising" for line in lines[1:])]
        )

    assert Change.FIGURE_UNKNOWN in _kinds(look("csv", column))
    assert not look("csv", lambda t: t.replace("·1111", "·1111,rising")).is_sound
    assert look("csv", lambda t: t.replace(",", ";")).is_sound


def _kinds(found):
    return {difference.change for difference in found.differences}


def _replaced(text, *pairs):
    for old, new in pairs:
        text = text.replace(old, new)
    return text
