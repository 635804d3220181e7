"""The HTML page: structure, links, escaping, nothing fetched, nothing lost."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from tallymark.model.codes import Use
from tallymark.model.figure import Judgement
from tallymark.model.series import Source
from tallymark.model.table import Label, TableSource
from tallymark.present import render

HOSTILE = "<script>alert('x')</script>"


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def with_class(page: Element, name: str) -> list[Element]:
    return [e for e in page.iter() if name in e.get("class", "").split()]


def marks(element: Element) -> set[str]:
    return {text(a) for a in element.iter("a") if a.get("role") == "doc-noteref"}


@pytest.fixture
def cells(figure):
    return [
        [figure(15054.0, "tips", "gap"), figure(0.0, "tips", "zero"), None],
        [
            figure(3.0, "tips", "small"),
            figure(None, "tips"),
            figure(5.0, "tips", "gap"),
        ],
    ]


@pytest.fixture
def page(tree, table, cells) -> Element:
    return tree(render("table", "html", table(cells))[""])


def test_the_table_has_caption_scopes_and_language(page) -> None:
    assert page.find("html").get("lang") == "en"
    (printed,) = page.iter("table")
    assert text(printed.find("caption")).startswith("Cases by country [1]")
    scopes = [(text(th), th.get("scope")) for th in page.iter("th")]
    assert scopes == [
        ("Country", "col"),
        ("Year", "colgroup"),
        ("2017", "col"),
        ("2018", "col"),
        ("2019", "col"),
        ("Namibia", "row"),
        ("Kenya", "row"),
    ]


def test_the_cells_are_text_that_can_be_copied(page) -> None:
    rows = [[text(td) for td in tr.iter("td")] for tr in page.iter("tr")]
    assert rows[2:] == [
        ["15,054 [3]", "0 [2]", "no entry"],
        ["3 [4]", "x", "5 [3]"],
    ]


def test_the_marks_around_a_cell_are_its_caveats(page, table, cells) -> None:
    number = {note.slug: f"[{note.number}]" for note in table(cells).notes}
    everywhere = marks(page.find(".//caption"))
    columns = [marks(th) for th in page.findall(".//thead/tr[2]/th")]
    for tr, row in zip(page.findall(".//tbody/tr"), cells, strict=True):
        for j, (td, cell) in enumerate(zip(tr.findall("td"), row, strict=True)):
            if cell is not None:
                found = everywhere | columns[j] | marks(tr.find("th")) | marks(td)
                assert found == {number[slug] for slug in cell.caveats}


def test_marks_lead_to_notes_and_notes_to_their_first_mark(page) -> None:
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    targets = {a.get("href") for a in page.iter("a") if a.get("href", "")[0] == "#"}
    assert {target[1:] for target in targets} <= set(ids)
    notes = page.findall(".//section[@role='doc-endnotes']//li")
    assert [text(note)[:3] for note in notes] == ["[1]", "[2]", "[3]", "[4]"]
    for note in notes:
        back = note.find("a[@role='doc-backlink']").get("href")[1:]
        (mark,) = [e for e in page.iter("a") if e.get("id") == back]
        assert mark.get("href") == f"#{note.get('id')}"


def test_every_reference_of_an_attribute_has_its_element(page) -> None:
    ids = {e.get("id") for e in page.iter()}
    for name in ("aria-labelledby", "aria-describedby"):
        assert {e.get(name) for e in page.iter()} - {None} <= ids


def test_critical_caveats_stand_above_and_say_what_must_not_be_done(page) -> None:
    box = with_class(page, "box")[0]
    assert [text(li) for li in box.iter("li")] == [
        "[1] Sentence of tips. (every figure)",
        "[2] Sentence of zero. (1 of 5 figures)",
    ]
    assert [text(p) for p in box.iter("p")][1:] == [
        "Do not use these figures for saying how much abuse there is or ranking.",
        "Do not use figures marked [2] for describing change over time.",
    ]


def test_without_critical_caveats_there_is_no_warning(tree, table, figure) -> None:
    page = tree(render("table", "html", table([[figure(1.0, "small")]]))[""])
    assert not with_class(page, "box")


def test_texts_from_files_stay_text(tree, table, figure) -> None:
    hostile = table(
        [[figure(1.0, "tips")]],
        caption=HOSTILE,
        rows=((Label(HOSTILE, HOSTILE),),),
        columns=((Label("x", '" onmouseover="x'),),),
        sources=(
            TableSource(
                source=Source(title=HOSTILE, url="javascript:alert(1)"),
                file="<b>.xlsx",
                sha256="00",
            ),
        ),
    )
    page = tree(render("table", "html", hostile)[""])
    assert not list(page.iter("script"))
    assert text(page.find(".//tbody/tr/th")) == HOSTILE
    assert text(page.find(".//thead/tr[2]/th")) == '" onmouseover="x'
    assert {a.get("href")[0] for a in page.iter("a")} == {"#"}
    assert not [e for e in page.iter() if "onmouseover" in e.attrib]


def test_nothing_is_fetched_and_no_text_is_made_by_the_style(table, cells) -> None:
    page = render("table", "html", table(cells))[""].decode()
    assert not re.search(r"<script|<link|<img|@import|url\(|src=", page)
    assert not re.search(r"[^-]content:|counter", page)


def test_invented_figures_are_named_in_the_caption(tree, table, figure) -> None:
    invented = figure(1.0, "invented-figure")
    for cells, said in [
        ([[invented]], "Cases by country. Invented figures of an invented country"),
        (
            [[invented, figure(2.0)]],
            "Cases by country. Some figures are invented, those of an invented country",
        ),
    ]:
        caption = tree(render("table", "html", table(cells))[""]).find(".//caption")
        assert text(caption).startswith(said)


def test_totals_say_how_complete_they_are(tree, table, figure) -> None:
    total = figure(
        None, "gap", low=1234.0, missing_reason=None, n_present=7, n_declared=12
    )
    refused = figure(None, "tips", judgement=Judgement.REFUSED)
    page = tree(render("table", "html", table([[total, refused]], use=Use.TOTAL))[""])
    texts = [text(td) for td in page.iter("td")]
    assert texts == ["≥ 1,234 [2] (7 of 12)", "not calculated [1]"]
    keyed = [text(e) for e in page.iter("li") if with_class(e, "symbol")]
    assert [k.partition(" = ")[0] for k in keyed] == [
        "≥",
        "(7 of 12)",
        "not calculated",
    ]


def test_the_key_tells_of_the_symbols_used_and_no_others(tree, table, figure) -> None:
    cells = [
        [
            figure(7.0, obs_status="P"),
            figure(None, missing_reason="NOT_ASKED"),
            figure(None, missing_reason="BLANK"),
            figure(None, missing_reason="BLANK"),
        ]
    ]
    page = tree(render("table", "html", table(cells))[""])
    keyed = [text(e) for e in page.iter("li") if with_class(e, "symbol")]
    assert keyed == [
        "p = provisional",
        "x = not available: left blank (2), not asked for (1)",
    ]


def test_several_dimensions_have_a_header_each(tree, table, figure) -> None:
    cross = table(
        [[figure(1.0), figure(2.0)]],
        row_dimensions=(Label("ref_area", "Country"), Label("sex", "Sex")),
        rows=((Label("NAM", "Namibia"), Label("F", "Female")),),
        column_dimensions=(Label("time_period", "Year"), Label("stage", "Stage")),
        columns=tuple((Label("2017", "2017"), Label(s, s)) for s in ("CHARGED", "X")),
    )
    page = tree(render("table", "html", cross)[""])
    headers = [text(th) for th in page.iter("th")]
    assert headers[:3] == ["Country", "Sex", "Year and Stage"]
    assert headers[3:] == ["2017 · CHARGED", "2017 · X", "Namibia", "Female"]


def test_two_tables_on_one_page_do_not_share_ids(tree, table, figure) -> None:
    ids = [
        {
            e.get("id")
            for e in tree(render("table", "html", t)[""]).iter()
            if e.get("id")
        }
        for t in (table([[figure(1.0)]]), table([[figure(1.0)]], caption="Another"))
    ]
    assert not ids[0] & ids[1]


def test_a_wide_table_is_printed_smaller_and_across(table, figure) -> None:
    style = re.compile(r"size: A4 (\w+);.*?font-size: ([\d.]+)pt", re.DOTALL)
    found = [
        style.search(render("table", "html", t)[""].decode()).groups()
        for t in (table([[figure(1.0)]]), table([[figure(1e9) for _ in range(30)]]))
    ]
    assert found[0] == ("portrait", "9.5")
    assert found[1][0] == "landscape"
    assert 2 < float(found[1][1]) < 9.5


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_has_contrast_aa_by_day_by_night_and_in_print(table, figure) -> None:
    page = render("table", "html", table([[figure(1.0)]]))[""].decode()
    schemes = re.findall(r"--paper: [^}]*", page)
    assert len(schemes) == 3
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+): #(\w+)", scheme))
        papers = [colours[p] for p in colours if p.endswith("paper") or p == "head"]
        for ink in ("ink", "quiet", "link"):
            for paper in papers:
                pair = sorted((_luminance(colours[ink]), _luminance(paper)))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, (ink, paper)
