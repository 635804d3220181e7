from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import long_table, px
from tallymark.readers.px import parsing as px_parsing

REAL = Path(__file__).parents[2] / "../shared/real/files"

SMALL = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="en";
LANGUAGES="en","sv";
TITLE="Offences by sex";
TITLE[sv]="Brott efter kön";
CONTENTS="Offences";
CONTENTS[sv]="Brott";
UNITS="number";
CONTACT="A. Person#+44 000";
STUB="sex ";
STUB[sv]="kön";
HEADING="year","what";
HEADING[sv]="år","vad";
CONTVARIABLE="what";
VALUES("sex ")="men","wo"
"men";
VALUES[sv]("kön")="män","kvinnor";
CODES("sex ")="1","2";
VALUES("year")="2018","2019";
TIMEVAL("year")=TLIST(A1,"2018"-"2019");
VALUES("what")="cases","rate";
UNITS("rate")="per 100,000";
HIERARCHIES("sex ")="all","all":"men";
DATASYMBOL2="not available";
DATASYMBOL2[sv]="saknas";
DATASYMBOLNIL="none";
DATANOTECELL("women","2019","rate")="p";
NOTE="All of it.#Second line";
NOTE[sv]="Allt";
NOTEX("year")="Years end in June";
VALUENOTE("sex ","women")="Girls, too";
VALUENOTE[sv]("kön","kvinnor")="Även flickor";
CELLNOTE("men","*","cases")="Men's cases";
CELLNOTE("men","2019","cases")="One cell";
CELLNOTE("men","1066","cases")="Lost place";
DATA=
10 1.5 ".." "-";
20 2.5E1, 7
 .25;
"""


def read(text: str | bytes, **options: Any) -> Contents:
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return px.read(content, "t.px", ReaderOptions(**options))


def figures(text: str | bytes, **options: Any) -> Sheet:
    return read(text, **options).sheets[0]


def column(sheet: Sheet, heading: str) -> list[Any]:
    (at,) = [i for i, found in enumerate(sheet.rows[0]) if found == heading]
    return [row[at] for row in sheet.rows][1:]


def refusal(text: str | bytes, **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        read(text, **options)
    assert caught.value.where == "t.px"
    return str(caught.value)


# --- what is read --------------------------------------------------------------------


def test_a_table_is_one_figure_a_row() -> None:
    sheet = figures(SMALL)
    assert sheet.rows[0] == (
        *("sex ", "sex (code)", "year", "what"),
        *("CONTENTS", "UNITS", "DATA", "STATUS", "NOTES"),
    )
    assert column(sheet, "sex ") == ["men"] * 4 + ["women"] * 4
    assert column(sheet, "sex (code)") == ["1"] * 4 + ["2"] * 4
    assert column(sheet, "year") == ["2018", "2018", "2019", "2019"] * 2
    assert column(sheet, "UNITS") == ["number", "per 100,000"] * 4
    assert column(sheet, "DATA") == [10, 1.5, "..", "-", 20, 25.0, 7, 0.25]
    assert isinstance(column(sheet, "DATA")[0], int)


def test_a_figure_has_the_address_of_its_row_and_column() -> None:
    sheet = figures(SMALL)
    assert sheet.address(1, sheet.figure) == "DATA.r1.c1"
    assert sheet.address(8, sheet.figure) == "DATA.r2.c4"
    assert sheet.address(8, 0) == "DATA.r2.c4#sex"
    assert sheet.rows[8][sheet.figure] == 0.25


def test_symbols_and_marks_are_told_as_status() -> None:
    told = column(figures(SMALL), "STATUS")
    assert told == ["", "", "not available", "none", "", "", "", "p"]


def test_each_note_stands_with_its_figures_and_no_others() -> None:
    notes = column(figures(SMALL), "NOTES")
    common = "All of it.\nSecond line; Years end in June; Lost place [men, 1066, cases]"
    assert notes[0] == f"Men's cases; {common}"
    assert notes[1] == common
    assert notes[2] == f"One cell; Men's cases; {common}"
    assert notes[4] == f"Girls, too; {common}"


def test_a_language_is_taken_where_the_file_has_it() -> None:
    sheet = figures(SMALL, language="sv")
    assert sheet.rows[0][:4] == ("kön", "kön (code)", "år", "vad")
    assert column(sheet, "kön")[-1] == "kvinnor"
    assert column(sheet, "year" if "year" in sheet.rows[0] else "år")[0] == "2018"
    assert column(sheet, "CONTENTS")[0] == "Brott"
    assert column(sheet, "STATUS")[2] == "saknas"
    assert column(sheet, "NOTES")[4].startswith("Även flickor; Allt;")
    assert "Girls, too" not in column(sheet, "NOTES")[4]


def test_a_language_is_reported_if_none_is_wished_and_refused_if_unknown() -> None:
    assert read(SMALL).detected == {"encoding": "cp1252", "language": "en"}
    assert read(SMALL, language="en", encoding="cp1252").detected == {}
    assert "no language 'fr'; it has en, sv" in refusal(SMALL, language="fr")


def test_what_the_file_says_of_itself_stands_apart_without_persons() -> None:
    rows = read(SMALL).sheets[1].rows
    assert rows[0] == ("keyword", "of", "text")
    assert ("TITLE[sv]", "", "Brott efter kön") in rows
    assert ("TIMEVAL", "year", "TLIST(A1, 2018-2019)") in rows
    assert ("HIERARCHIES", "sex ", "all, all:men") in rows
    assert ("UNITS", "rate", "per 100,000") in rows
    assert not any("Person" in text for row in rows for text in map(str, row))


KEYED = """STUB="a","b";HEADING="c";VALUES("a")="x","y";CODES("a")="1","2";
VALUES("b")="p","q";VALUES("c")="m","n";KEYS("a")=CODES;KEYS("b")=VALUES;
DATA=
"1","q",1 2
"2","p" ".." 4;
"""


def test_rows_that_keys_leave_out_are_zeros_and_told() -> None:
    sheet = figures(KEYED)
    assert column(sheet, "DATA") == [0, 0, 1, 2, "..", 4, 0, 0]
    assert column(sheet, "STATUS")[:3] == ["left out by KEYS, so 0"] * 2 + [""]
    assert sheet.address(3, sheet.figure) == "DATA.r2.c1"


def test_a_note_on_a_value_that_stands_twice_is_told_of_all() -> None:
    text = 'HEADING="a";VALUES("a")="x","x","y";VALUENOTE("a","x")="n";DATA=1 2 3;'
    assert column(figures(text), "NOTES") == ["n [a, x]"] * 3


def test_attributes_of_cells_are_status() -> None:
    text = (
        'HEADING="a";VALUES("a")="x","y";ATTRIBUTE-ID="CONF","OBS";'
        'ATTRIBUTES("y")="C","E";DATA=1 2;'
    )
    assert column(figures(text), "STATUS") == ["", "CONF=C, OBS=E"]


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ('CHARSET="ANSI";', "cp1252", "cp1252"),
        ('CHARSET="ANSI";CODEPAGE="windows-1251";', "cp1251", "windows-1251"),
        ('CODEPAGE="utf-8";', "utf-8", "utf-8"),
        ('CODEPAGE="nonsense";', "utf-8", "utf-8"),
        ('CHARSET="ANSI";', "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8-sig"),
        ("", "utf-16", "utf-16"),
        ("", "cp850", "cp850"),
        ("", "cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found(head: str, encoding: str, found: str) -> None:
    word = "Преступления" if encoding == "cp1251" else "año é ü"
    text = f'{head}HEADING="a";VALUES("a")="{word}";DATA=1;'
    contents = read(text.encode(encoding))
    assert contents.detected == {"encoding": found}
    assert contents.sheets[0].rows[1][0] == word


# --- laws ----------------------------------------------------------------------------


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray((SMALL if data.draw(st.booleans()) else KEYED).encode("cp1252"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"", b'"', b";", b"(", b"\0", b"\xff", b"1"])
        )
        content[at : at + data.draw(st.integers(0, 3))] = piece
    try:
        contents = px.read(bytes(content), "t.px", ReaderOptions())
    except TallymarkError:
        return
    assert list(contents.sheets[0].rows)


# --- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a,b\n1,2\n", "'=' was sought in line 1"),
        ('TITLE="x', "';' was sought in line 1"),
        ('TITLE="x";\n', "ends before its DATA"),
        ('VALUES("a"="x";DATA=1;', "',' or ')' was sought"),
        ('VALUES(a)="x";DATA=1;', "a text in quotes was sought"),
        ("DATA=1;", "neither STUB nor HEADING"),
        ('STUB="a";DATA=1;', "no VALUES for 'a'"),
        (
            'STUB="a";VALUES("a")="x","y";CODES("a")="1";DATA=1 2;',
            "2 VALUES and 1 CODES",
        ),
        ('STUB="a";HEADING="a";VALUES("a")="x";DATA=1;', "'a' twice"),
        ('STUB="a";VALUES("a")="x";VALUES("a")="y";DATA=1;', "says VALUES twice"),
        ('STUB="a";VALUES("a")="x","y";DATA=1;', "2 figures in DATA; there are 1."),
        ('STUB="a";VALUES("a")="x";DATA=1 2;', "1 figures in DATA; there are more."),
        (KEYED.replace('"2","p"', '"1","q"'), "there are two"),
        (KEYED.replace('"2","p"', '"3","p"'), "rows of 2 keys and 2 figures"),
        (KEYED.replace(" 4;", ";"), "rows of 2 keys and 2 figures"),
        (KEYED.replace('KEYS("b")=VALUES;', ""), "KEYS for a part of STUB"),
        ("\0", "NUL bytes"),
    ],
)
def test_a_broken_file_is_told(text: str, what: str) -> None:
    assert what in refusal(text)


def test_an_encoding_that_does_not_fit_is_told() -> None:
    assert "no utf-8 text" in refusal(b"\xff", encoding="utf-8")
    assert "no known encoding" in refusal(b"x", encoding="utf-99")


def test_more_figures_than_the_limit_are_refused_before_they_are_read() -> None:
    values = ",".join(f'"{i}"' for i in range(2000))
    dims = "".join(f'VALUES("{name}")={values};' for name in "abc")
    assert "8,000,000,000 figures" in refusal(f'STUB="a","b","c";{dims}DATA=1;')


def test_limits_of_keywords_and_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(px_parsing, "MAX_KEYWORDS", 5)
    assert "more than 5 keywords" in refusal(SMALL)
    monkeypatch.setattr(px_parsing, "MAX_BYTES", 100)
    assert "more than 100 bytes" in refusal(SMALL)


def test_notes_on_very_many_combinations_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tallymark.readers.cube.MAX_MATCHES", 10)
    assert "notes of" in refusal(SMALL)


def test_a_number_beyond_all_bounds_stays_a_text() -> None:
    assert long_table.number_or_text("1e999") == "1e999"
    assert long_table.number_or_text("9" * 400) == "9" * 400
    assert long_table.number_or_text("1_0") == "1_0"
    assert long_table.number_or_text("٣") == "٣"


# --- published files -----------------------------------------------------------------


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "ref", "labels", "value"),
    [
        ("matrimonios_14001", "DATA.r1.c1", ("Todas las edades", "Esposos"), 162743),
        ("matrimonios_14001", "DATA.r1.c8", ("Todas las edades", "Esposas"), 28138),
        ("matrimonios_14001", "DATA.r4.c5", ("De 16", "Esposas"), 14),
        ("matrimonios_14001", "DATA.r2.c1", ("Menos de 15", "Esposos"), ".."),
        ("ipri_27067", "DATA.r1.c1", ("Índice", "2018M12"), ".."),
    ],
)
def test_true_cells(file: str, ref: str, labels: tuple[str, ...], value: Any) -> None:
    sheet = figures((REAL / f"es_ine_{file}.px").read_bytes())
    assert sheet.refs is not None
    row = sheet.refs.index(ref)
    assert sheet.rows[row][sheet.figure] == value
    assert sheet.address(row, sheet.figure) == ref
    assert set(labels) <= set(sheet.rows[row])
