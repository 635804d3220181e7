from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Style
from tallymark.readers.html import MAX_TABLES, MAX_TAGS, read

REAL = Path(__file__).parents[2] / "../shared/real/files"

Cell = tuple[int, int, int, int, str]


def page(body: str, **options: object) -> Contents:
    return read(body.encode(), "page.html", ReaderOptions(**options))  # type: ignore[arg-type]


def rows(body: str, table: int = 0) -> list[list[object]]:
    return [list(row) for row in page(body).sheets[table].rows]


def refusal(content: bytes, options: ReaderOptions | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read(content, "page.html", options or ReaderOptions())
    assert "page.html" in caught.value.where
    return str(caught.value)


def test_tables_are_counted_and_their_cells_are_addressed() -> None:
    found = page("<table><tr><td>a</table><table><tr><td>b<td>c</table>").sheets
    assert [sheet.name for sheet in found] == ["t1", "t2"]
    assert found[1].address(0, 1) == "t2.r1.c2"


def test_tags_that_are_left_out_are_understood() -> None:
    assert rows("<table><tr><td>1<td>2<tr><td>3<td>4") == [["1", "2"], ["3", "4"]]
    assert rows("<table><td>1<td>2<tr><td>3</table>") == [["1", "2"], ["3"]]
    assert rows("<table><form><tr><td>1</form></table>") == [["1"]]


def test_spans_are_ranges_and_their_value_stands_first() -> None:
    body = """<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f"""
    sheet = page(body).sheets[0]
    assert sheet.rows == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]
    assert sheet.merged == ((0, 0, 1, 1),)


def test_a_span_ends_with_its_group_and_zero_reaches_to_its_end() -> None:
    head = "<thead><tr><th rowspan=9>h<th>1</thead>"
    body = "<tbody><tr><td rowspan=0>a<td>2<tr><td>3</tbody><tbody><tr><td>b<td>4"
    sheet = page(f"<table>{head}{body}").sheets[0]
    assert sheet.rows == [["h", "1"], ["a", "2"], ["", "3"], ["b", "4"]]
    assert sheet.merged == ((1, 0, 2, 0),)


def test_the_foot_is_last_and_the_head_first_wherever_they_are_written() -> None:
    body = (
        "<table><tfoot><tr><td>sum</tfoot><tr><td>1</td></tr><thead><tr><td>h</table>"
    )
    assert rows(body) == [["h"], ["1"], ["sum"]]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    found = page("<table><tr><td>out<table><tr><td>in</table>er<td>2</table>").sheets
    assert [sheet.rows for sheet in found] == [[["out\ner", "2"]], [["in"]]]


def test_text_is_read_as_it_is_seen() -> None:
    cell = "<table><tr><td>{}"
    assert rows(cell.format(" a\n <b>b</b>c &eacute;&amp;<br>d <a href=/x>e</a>")) == [
        ["a bc é&\nd e"]
    ]
    assert rows(cell.format("con&shy;victed\u200f")) == [["convicted"]]
    assert rows(cell.format("1<script>2</script><style>3</style><!--4-->5")) == [["15"]]
    assert rows(cell.format("<p>a</p><p>b</p>")) == [["a\nb"]]


def test_a_raised_figure_joins_no_number() -> None:
    cells = "<td>1,234<sup>2</sup><td>Victims<sup>1, 2</sup><td>1<sup>st</sup>"
    assert rows(f"<table><tr>{cells}") == [["1,234²", "Victims¹, ²", "1st"]]


def test_what_is_not_shown_takes_no_place_but_is_kept_apart() -> None:
    body = (
        "<table><tr><td hidden>x<td><span style='display: none'>0009</span>9"
        "<tr style='display:none'><td>8</table><p hidden>y</p>"
    )
    found = page(body, styles=True)
    assert found.sheets[0].rows == [["9"], ["8"]]
    assert found.sheets[0].styles == {(1, 0): Style(is_hidden=True)}
    assert [row[0] for row in found.unshown[0].rows] == ["y", "x", "0009"]
    assert found.detected["hidden texts left out"] == "3"


def test_a_table_that_is_not_shown_is_hidden() -> None:
    found = page("<div style='display:none'><table><tr><td>1</table></div>").sheets
    assert [sheet.is_hidden for sheet in found] == [True]


def test_the_lines_around_name_the_table_that_they_stand_before() -> None:
    body = (
        "<title>no</title><h1>Table 1</h1><table><caption>Cases</caption><tr><td>1"
        "</table><p>Table&nbsp;2</p><table><tr><td>2</table>Source: police"
    )
    text = page(body).sheets[-1]
    assert text.name == "text"
    assert text.rows == [
        ["Table 1", "t1"],
        ["Cases", "t1"],
        ["Table\xa02", "t2"],
        ["Source: police", ""],
    ]


def test_styles_are_read_on_request() -> None:
    body = "<table><tr><th>h<td><b>b</b><td><a href='u'>l</a><td>p"
    styles = page(body, styles=True).sheets[0].styles
    assert styles == {
        (0, 0): Style(bold=True),
        (0, 1): Style(bold=True),
        (0, 2): Style(hyperlink="u"),
    }
    assert not page(body).sheets[0].styles


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("\ufeff<p>é".encode(), "utf-8-sig", "é"),
        ("<p>é".encode("utf-16"), "utf-16", "é"),
        (b"<meta charset=iso-8859-1><p>\x93x", "cp1252", "“x"),
        (b"<meta http-equiv=x content='text/html; charset=ks_c_5601-1987'><p>\xb0\xa2",
         "cp949", "각"),
        (b"<?xml version='1.0' encoding='windows-1256'?><p>\xc8", "windows-1256", "ب"),
        (b"<meta charset=tis-620><p>\xa1", "cp874", "ก"),
        ("<meta charset=latin-1><p>really é".encode(), "utf-8", "really é"),
        ("<p>é".encode(), "utf-8", "é"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_told(
    content: bytes, encoding: str, text: str
) -> None:
    found = read(content, "page.html", ReaderOptions())
    assert found.detected == {"encoding": encoding}
    assert found.sheets[-1].rows == [[text, ""]]


def test_a_declared_encoding_goes_before_the_page_s_own() -> None:
    options = ReaderOptions(encoding="cp1251")
    found = read(b"<meta charset=utf-8><p>\xc0", "page.html", options)
    assert found.sheets[0].rows == [["А", ""]]
    assert not found.detected
    assert "'utf-8'" in refusal(b"<p>\xc0", ReaderOptions(encoding="utf-8"))


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (b"<table><tr><td colspan=1001>", "a colspan of more than 1,000"),
        (b"<table><tr><td rowspan=99999999999>", "a rowspan of more than 65,534"),
        (b"<table>" + b"<tr><td colspan=1000>" * 2001, "2,000,000 places"),
        (
            b"<table><tr>" + b"<td rowspan=60000 colspan=1000>1" + b"<tr>" * 3000,
            "2,000,000 places",
        ),
        (b"<table><tr><td>" * 300, "256 elements one in the other"),
        (b"<p>" + b"x" * 10_000_001, "256 elements one in the other, or a longer text"),
        (b"<i>" * (MAX_TAGS + 1), "1,000,000 tags"),
        (b"<table></table>" * (MAX_TABLES + 1), "5,000 tables"),
        (b" " * ((1 << 26) + 1), "67,108,864 bytes"),
        (b"<!--", "is empty"),
    ],
)
def test_what_is_beyond_a_limit_is_refused(content: bytes, limit: str) -> None:
    assert limit in refusal(content)


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'lol'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    assert rows(f"{bomb}<table><tr><td>&a;&b;") == [["&a;&b;"]]


@st.composite
def spanned(draw: st.DrawFn) -> tuple[int, int, list[Cell]]:
    """Draw a table of cells that cover all places: row, column, height, width, text."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = {(r, c) for r in range(height) for c in range(width)}
    cells = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        right = column
        while (row, right + 1) in free and draw(st.booleans()):
            right += 1
        bottom = row
        while bottom + 1 < height and draw(st.integers(0, 3)) == 0:
            bottom += 1
        places = {
            (r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)
        }
        if not places <= free:
            bottom, places = row, {(row, c) for c in range(column, right + 1)}
        free -= places
        text = draw(st.text("aé<&\"' 1", max_size=4))
        text = " ".join(text.split())
        cells.append((row, column, bottom - row + 1, right - column + 1, text))
    return height, width, cells


@given(spanned())
def test_any_table_comes_back_with_its_spans(
    drawn: tuple[int, int, list[Cell]],
) -> None:
    height, width, cells = drawn
    body = "<table>"
    expected = [[""] * width for _ in range(height)]
    for number in range(height):
        body += "<tr>"
        for row, column, rowspan, colspan, text in cells:
            if row == number:
                escaped = text.replace("&", "&amp;").replace("<", "&lt;")
                body += f"<td rowspan={rowspan} colspan={colspan}>{escaped}</td>"
                expected[row][column] = text
    sheet = page(body).sheets[0]
    for row in range(height):
        for column in range(width):
            assert (sheet.value(row, column) or "") == expected[row][column]
    assert sorted(sheet.merged) == sorted(
        (r, c, r + h - 1, c + w - 1) for r, c, h, w, _ in cells if (h, w) != (1, 1)
    )


def test_only_our_errors_come_out_of_damaged_pages() -> None:
    source = random.Random(7)
    whole = (
        "<!DOCTYPE html><meta charset=utf-8><h1>T</h1><table><thead><tr><th rowspan=2>a"
        "<th colspan=2>b<sup>1</sup><tbody><tr hidden><td>1<br>2<td>&lt;5<table><tr><td>é"
        "</table><tfoot><tr><td style='display:none'>x</table><p>n"
    ).encode()
    for _ in range(700):
        damaged = bytearray(whole)
        for _ in range(source.randrange(1, 6)):
            start = source.randrange(len(damaged))
            end = start + source.choice([0, 1, 1, 8, 64])
            taken = source.randrange(len(whole))
            damaged[start:end] = source.choice(
                [
                    source.randbytes(1),
                    whole[taken : taken + 16],
                    b"",
                    b"<tr>",
                    b"span=9",
                ]
            )
            damaged = damaged or bytearray(b"<")
        with suppress(TallymarkError):
            read(bytes(damaged), "page.html", ReaderOptions(styles=True))


@pytest.mark.real
def test_the_published_page_is_read_right() -> None:
    content = (REAL / "undp_hdi_under5_mortality.html").read_bytes()
    found = read(content, "x", ReaderOptions())
    tables = {sheet.name: sheet for sheet in found.sheets}
    assert list(tables) == ["t1", "t2", "t3", "text"]
    first = tables["t1"]
    assert len(first.rows) == 200
    for row, column, label, value in (
        (6, 3, "Norway", "9"),
        (141, 5, "India", "63"),
        (193, 3, "South Sudan", ".."),
        (176, 5, "Sudan", "103"),
    ):
        assert first.address(row - 1, column - 1) == f"t1.r{row}.c{column}"
        assert first.value(row - 1, column - 1) == value
        assert first.value(row - 1, 1) == label
    assert first.merged == ((0, 2, 0, 3), (0, 4, 0, 5))
    assert ["Under-five mortality (per 1,000 live births)", "t1"] in tables["text"].rows


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_struck_text_is_no_part_of_a_number(tag: str) -> None:
    content = f"<table><tr><td><{tag}>50</{tag}><ins>57</ins></table>".encode()
    found = read(content, "t.html", ReaderOptions())
    assert list(found.sheets[0].rows[0]) == ["57"]
    assert found.detected["hidden texts left out"] == "1"
