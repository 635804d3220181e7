"""Verify: every digit, mark and note that is changed or cut out is told; nothing else."""

from __future__ import annotations

import io
import json
import re

import pytest
from docx import Document

from tallymark.errors import SourceError, UsageError
from tallymark.model.figure import Judgement
from tallymark.model.verification import Change
from tallymark.present import render
from tallymark.present.provenance import Provenance, printed_table, provenance_json
from tallymark.present.verification.look import verify

NUMBER, MISSING, NOTE, UNKNOWN, REMOVED = Change


@pytest.fixture
def printed(figure, table):
    """A table with all kinds of cells and marks, its files, and its provenance."""
    cells = [
        [figure(15054.0, "tips", "small", obs_status="P"), None],
        [figure(12.0, "tips", "gap"), figure(4.0, "tips", "gap")],
        [
            figure(None, "tips", low=1.0, high=4.0, missing_reason="SUPPRESSED"),
            figure(None, "tips", judgement=Judgement.REFUSED, obs_ids=("a", "b")),
        ],
    ]
    record = table(
        cells,
        ids=(("NAM-2017·1111", ""), ("KEN-2017·2222", "KEN-2018·3333"),
             ("UGA-2017·4444", "UGA-2018·5555")),
    )  # fmt: skip
    made = Provenance(
        version="0.1.0", submissions=(), suites=(), catalogue="c", documents={},
        steps=(), printed=printed_table(record),
    )  # fmt: skip
    files = {name: render("table", name, record) for name in ("html", "md", "csv")}
    return files, json.loads(provenance_json(made, {}))


def look(printed, form, content=None):
    files, provenance = printed
    content = files[form][""] if content is None else content
    return verify(provenance, f"t.{form}", content, files["csv"][".notes.csv"])


def kinds(found):
    return {difference.change for difference in found.differences}


def visible(form, text):
    """Where the text around and in the cells stands; addresses and ids are not shown."""
    start = text.index('class="title"') if form == "html" else 0
    end = text.index("Key") if form != "csv" else len(text)
    for match in re.finditer(r"\d", text[start:end]):
        at = match.start() + start
        if form != "html" or text.rfind(">", 0, at) > text.rfind("<", 0, at):
            yield at


@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_an_untouched_output_passes(printed, form):
    found = look(printed, form)
    assert found.is_sound
    assert (found.n_found, found.n_printed, found.differences) == (5, 5, ())


@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_every_digit_that_is_changed_is_caught(printed, form):
    text = printed[0][form][""].decode()
    spots = list(visible(form, text))
    assert len(spots) > 20
    for at in spots:
        other = str((int(text[at]) + 1) % 10)
        found = look(printed, form, (text[:at] + other + text[at + 1 :]).encode())
        assert not found.is_sound, text[at - 30 : at + 20]


@pytest.mark.parametrize("form", ["html", "md"])
def test_every_mark_that_is_cut_out_is_caught(printed, form):
    text = printed[0][form][""].decode()
    spots = [m.span() for m in re.finditer(r"\[\d+\]", text)]
    assert len(spots) >= 4
    for start, end in spots:
        found = look(printed, form, (text[:start] + text[end:]).encode())
        assert MISSING in kinds(found) or NOTE in kinds(found), text[start - 30 : end]


@pytest.mark.parametrize("form", ["html", "md"])
def test_every_note_warning_and_sentence_that_is_cut_out_is_caught(printed, form):
    lines = printed[0][form][""].decode().splitlines(keepends=True)
    said = re.compile(
        r"Sentence of|must not be read|Do not use|Counting unit|by country"
    )
    places = [
        n for n, line in enumerate(lines) if said.search(line) and "<title" not in line
    ]
    assert len(places) >= 6
    for n in places:
        found = look(printed, form, "".join(lines[:n] + lines[n + 1 :]).encode())
        assert not found.is_sound, lines[n]


def test_what_happened_is_told_apart(printed):
    page = printed[0]["html"][""].decode()
    changed = page.replace("15,054", "15,055")
    assert kinds(look(printed, "html", changed.encode())) == {NUMBER}
    changed = page.replace("Sentence of gap.", "A sentence of a gap.")
    assert kinds(look(printed, "html", changed.encode())) == {NOTE}
    changed = re.sub(r'<li id="[^"]*"[^>]*><span class="number">\[2\].*\n', "", page)
    assert kinds(look(printed, "html", changed.encode())) == {MISSING}
    changed = page.replace("Uganda", "Burundi")
    assert kinds(look(printed, "html", changed.encode())) == {UNKNOWN, REMOVED}


def test_the_place_is_named(printed):
    page = printed[0]["html"][""].decode().replace("15,054", "15,055")
    (difference,) = look(printed, "html", page.encode()).differences
    assert difference.where == "NAM-2017·1111 (Namibia, 2017)"
    assert (difference.printed, difference.found) == ("15,054 p", "15,055 p")
    text = render("verification", "text", look(printed, "html", page.encode()))[""]
    assert "number changed: NAM-2017·1111 (Namibia, 2017)" in text.decode()


@pytest.mark.parametrize("way", ["display:none", "visibility: hidden", "font-size:0"])
def test_a_note_that_is_only_hidden_is_missing(printed, way):
    page = printed[0]["html"][""].decode()
    hidden = page.replace(
        '<section class="notes"', f'<section style="{way}" class="notes"'
    )
    assert MISSING in kinds(look(printed, "html", hidden.encode()))


def test_rows_in_another_order_and_broken_lines_pass(printed):
    lines = printed[0]["md"][""].decode().splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("| Namibia"))
    lines[first : first + 3] = reversed(lines[first : first + 3])
    text = "\n".join(line.replace("Sentence of", "Sentence\n  of") for line in lines)
    assert look(printed, "md", text.encode()).is_sound
    page = printed[0]["html"][""].decode()
    spaced = page.replace("</td>", "\n  </td>").replace("Sentence of", "Sentence \n of")
    assert look(printed, "html", spaced.encode()).is_sound
    rows = printed[0]["csv"][""].decode().splitlines()
    assert look(
        printed, "csv", "\n".join([rows[0], *reversed(rows[1:])]).encode()
    ).is_sound


def test_a_row_that_was_taken_out_as_a_whole_is_no_fault(printed):
    text = printed[0]["md"][""].decode()
    without = "".join(
        line
        for line in text.splitlines(keepends=True)
        if not line.startswith("| Uganda")
    )
    found = look(printed, "md", without.encode())
    assert found.is_sound
    assert kinds(found) == {REMOVED}
    assert (found.n_found, found.n_printed) == (3, 5)


def test_a_row_that_was_added_is_unknown(printed):
    text = printed[0]["md"][""].decode()
    more = text.replace("| Uganda", "| Burundi | 7 | 8 |\n| Uganda")
    assert UNKNOWN in kinds(look(printed, "md", more.encode()))


def test_an_output_without_any_of_its_figures_is_no_success(printed):
    found = look(printed, "md", b"Nothing here.\n")
    assert not found.is_sound
    assert (
        "no figure of its provenance"
        in render("verification", "text", found)[""].decode()
    )


def test_a_note_cut_out_of_the_file_beside_a_csv_is_missing(printed):
    files, provenance = printed
    notes = files["csv"][".notes.csv"].decode().splitlines(keepends=True)
    places = [
        n for n, line in enumerate(notes) if line.startswith(("note,", "not for,"))
    ]
    for n in places:
        beside = "".join(notes[:n] + notes[n + 1 :]).encode()
        assert MISSING in kinds(verify(provenance, "t.csv", files["csv"][""], beside))
    assert not verify(provenance, "t.csv", files["csv"][""], None).is_sound


def test_a_word_document_is_known_by_its_rows_and_columns(printed):
    def saved(number):
        document = Document()
        grid = [["Country", "2017", "2018"], ["Namibia", f"{number} p [3]", "no entry"]]
        word = document.add_table(len(grid), 3)
        for i, row in enumerate(grid):
            for j, text in enumerate(row):
                word.cell(i, j).text = text
        sink = io.BytesIO()
        document.save(sink)
        return look(printed, "docx", sink.getvalue())

    assert NUMBER not in kinds(saved("15,054"))
    assert NUMBER in kinds(saved("15,055"))
    assert MISSING in kinds(saved("15,054"))
    assert "keeps no ids" in saved("15,054").unsure[0]


def test_what_cannot_be_verified_is_told(printed):
    _, provenance = printed
    with pytest.raises(UsageError, match=r"cannot be verified.*html"):
        verify(provenance, "t.pdf", b"")
    with pytest.raises(UsageError, match="no provenance of this version"):
        verify({"schema": "tallymark-provenance-1"}, "t.md", b"")
    with pytest.raises(UsageError, match="tells of no figures"):
        verify({"schema": provenance["schema"]}, "t.md", b"")
    with pytest.raises(SourceError, match="UTF-8"):
        verify(provenance, "t.md", b"\xff")
