"""The record of a printed table, and the numbering of its notes."""

from __future__ import annotations

import pytest

from tallymark.model.codes import Use
from tallymark.model.table import Label, number_notes


def test_notes_are_numbered_by_weight_then_by_how_many_carry_them(
    figure, caveats
) -> None:
    cells = [
        [figure(1.0, "small", "gap"), figure(2.0, "small", "tips")],
        [figure(3.0, "zero", "tips"), None],
    ]
    notes = number_notes(cells, caveats)
    assert [(n.number, n.slug, n.n_figures) for n in notes] == [
        (1, "tips", 2),
        (2, "zero", 1),
        (3, "gap", 1),
        (4, "small", 2),
    ]
    assert notes[0].share == pytest.approx(2 / 3)
    assert not notes[0].is_on_every_figure


def test_a_caveat_without_a_document_is_an_error_not_a_loss(figure, caveats) -> None:
    with pytest.raises(KeyError, match="unheard-of"):
        number_notes([[figure(1.0, "unheard-of")]], caveats)


def test_a_sentence_falls_back_to_english_and_says_so(figure, caveats) -> None:
    note, *_ = number_notes([[figure(1.0, "tips")]], caveats, language="pt")
    assert (note.sentence, note.language) == ("Sentence of tips.", "en")


def test_a_table_without_a_note_for_a_caveat_cannot_be_made(figure, table) -> None:
    with pytest.raises(ValueError, match="no note for gap"):
        table([[figure(1.0, "gap")]], notes=())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"columns": ()}, "cells do not fit"),
        ({"rows": ((Label("KEN", "Kenya"), Label("F", "Female")),)}, "each row needs"),
        ({"row_dimensions": (), "rows": ((),)}, "at least one row dimension"),
    ],
)
def test_labels_and_cells_must_fit(figure, table, changes, said) -> None:
    with pytest.raises(ValueError, match=said):
        table([[figure(1.0)]], **changes)


def test_uses_are_limited_by_critical_caveats_only(figure, table) -> None:
    limits = table([[figure(0.0, "zero", "gap", "tips")]]).use_limits
    assert limits == (Use.LEVEL, Use.TREND, Use.RANKING)
    assert table([[figure(0.0, "gap")]]).use_limits == ()


def test_invented_figures_are_known_by_caveat_or_by_area(figure, table) -> None:
    area = {"ref_area": "XAA"}
    mixed = table(
        [[figure(1.0, type=area), figure(2.0, "invented-figure"), figure(3.0)]]
    )
    assert mixed.n_invented == 2
    assert mixed.invented
    assert not table([[figure(1.0)]]).invented
