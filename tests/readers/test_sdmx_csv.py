from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import delimited, sdmx_csv

REAL = Path(__file__).parents[2] / "../shared/real/files"

PLAIN = """STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS
dataflow,XAA:CRIME(1.0),I,XAA,2018,12.4,A
dataflow,XAA:CRIME(1.0),D,XAA,2019,-,
"""
LABELLED = """STRUCTURE[|];STRUCTURE_ID;REF_AREA: Area;OBS_VALUE: Value;NOTE: Note;T[]: Tags
dataflow;X:C(1): Crime: all;XAA: Exampleland;12,4;see: page 2;A: One|B: Two

dataflow;X:C(1): Crime: all;XAB: Otherland;"1;5";no mark;
"""


def read(text: str, **options: Any) -> Contents:
    return sdmx_csv.read(text.encode(), "t.csv", ReaderOptions(**options))


def sheet_of(text: str, **options: Any) -> Sheet:
    return read(text, **options).sheets[0]


def column(sheet: Sheet, heading: str) -> list[Any]:
    at = list(sheet.rows[0]).index(heading)
    return [row[at] for row in sheet.rows][1:]


def test_a_plain_file_is_a_table_of_texts_with_the_places_of_its_fields() -> None:
    sheet = sheet_of(PLAIN)
    assert sheet.name is None
    assert column(sheet, "OBS_VALUE") == ["12.4", "(deleted)"]
    assert [sheet.address(2, c) for c in (0, 5)] == ["R3C1", "R3C6"]


def test_figures_of_records_that_delete_are_gone_and_told() -> None:
    kept = PLAIN.replace(",D,", ",R,")
    assert column(sheet_of(kept), "OBS_VALUE") == ["12.4", "-"]
    assert read(PLAIN).detected["deletions"].startswith("1 records with ACTION D")
    assert "deletions" not in read(PLAIN.replace(",D,", ",R,")).detected


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "~"])
@pytest.mark.parametrize(
    "first", ["DATAFLOW", '"DATAFLOW"', "STRUCTURE", "STRUCTURE[ ]"]
)
def test_the_delimiter_follows_the_first_heading(mark: str, first: str) -> None:
    found = read(f"{first}{mark}A{mark}OBS_VALUE\nx{mark}a b{mark}1\n")
    assert found.detected["delimiter"] == mark
    assert list(found.sheets[0].rows)[1] in (["x", "a b", "1"], ("x", "a b", "1"))
    declared = read("DATAFLOW,A\nx;a,1\n", delimiter=";")
    assert list(declared.sheets[0].rows) == [["DATAFLOW,A"], ["x", "a,1"]]


def test_codes_and_labels_of_one_cell_become_two_columns() -> None:
    sheet = sheet_of(LABELLED)
    assert sheet.rows[0] == (
        *("STRUCTURE", "STRUCTURE_ID", "STRUCTURE_ID (label)"),
        *("REF_AREA", "REF_AREA (label)", "OBS_VALUE", "NOTE", "NOTE (label)"),
        *("T", "T (label)"),
    )
    assert column(sheet, "STRUCTURE_ID") == ["X:C(1)", None, "X:C(1)"]
    assert column(sheet, "STRUCTURE_ID (label)") == ["Crime: all", None, "Crime: all"]
    assert column(sheet, "REF_AREA") == ["XAA", None, "XAB"]
    assert column(sheet, "REF_AREA (label)") == ["Exampleland", None, "Otherland"]
    assert column(sheet, "OBS_VALUE") == ["12,4", None, "1;5"]
    assert column(sheet, "T") == ["A|B", None, ""]
    assert column(sheet, "T (label)") == ["One|Two", None, ""]


def test_a_text_that_only_looks_like_a_label_is_not_parted() -> None:
    sheet = sheet_of(LABELLED)
    assert column(sheet, "NOTE") == ["see: page 2", None, "no mark"]
    assert column(sheet, "NOTE (label)") == ["", "", ""]


def test_a_figure_keeps_the_place_of_its_field() -> None:
    sheet = sheet_of(LABELLED)
    assert sheet.rows[1][sheet.figure] == "12,4"
    assert sheet.address(1, sheet.figure) == "R2C4"
    assert sheet.address(3, sheet.figure) == "R4C4"
    assert sheet.address(1, 4) == "R2C4#REF_AREA (label)"


def test_several_measures_are_told_by_their_headings() -> None:
    text = "DATAFLOW,A: Area,M1: First,M2: Second\nX:C(1): C,x: X,1,2\n"
    sheet = sheet_of(text)
    assert sheet.address(1, 4) == "R2#M1"
    assert len({sheet.address(1, c) for c in range(len(sheet.rows[0]))}) == 8


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (None, ["One; two", "Un", "none"]),
        ("en", ["One; two", "Un", "none"]),
        ("fr", ["Un", "Un", "none"]),
        ("de", ["One; two", "Zwei", "none"]),
    ],
)
def test_one_language_of_a_cell_is_taken(
    language: str | None, expected: list[str]
) -> None:
    text = "STRUCTURE[;],OBS_VALUE,TITLE[en;fr;de]\n" + "".join(
        f"dataflow,1,{cell}\n"
        for cell in ("en:One; two;fr:Un", "fr:Un;de:Zwei", "none")
    )
    sheet = sheet_of(text, language=language)
    assert column(sheet, "TITLE") == expected
    assert sheet.address(1, 1) == "R2C2"


def test_several_values_in_several_languages() -> None:
    cell = '"""en:V ""1"";fr:W1"";""en:V2;fr:W2"""'
    text = f"STRUCTURE[;],OBS_VALUE,TITLE[en;fr]\ndataflow,1,{cell}\n"
    assert column(sheet_of(text, language="fr"), "TITLE") == ["W1;W2"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(SourceError, match="no language 'sv'; it has en, fr"):
        read("STRUCTURE[;],A[en;fr]\ndataflow,en:a\n", language="sv")


def test_a_record_with_more_fields_than_headings_is_refused() -> None:
    with pytest.raises(SourceError, match="more fields than there are headings"):
        read("STRUCTURE[;],A[]\ndataflow,1,2\n")


@pytest.mark.parametrize("text", [PLAIN, LABELLED])
def test_a_large_file_reads_as_a_small_one(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    small = read(text)
    monkeypatch.setattr(delimited, "LARGE", 0)
    large = read(text)
    assert large.detected == small.detected
    blank = [[cell or None for cell in row] for row in small.sheets[0].rows]
    assert [[c or None for c in row] for row in large.sheets[0].rows] == blank
    assert large.sheets[0].address(1, 3) == small.sheets[0].address(1, 3)


# --- laws ----------------------------------------------------------------------------

codes = st.text(st.sampled_from("ABC_1-"), min_size=1, max_size=4)
labels = st.text(st.sampled_from('abÅ:;, "\n'), max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[tuple[str, str]]], list[str]]:
    ids = draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    ids = [f"D_{id_}" for id_ in ids]
    key = st.lists(st.tuples(codes, labels), min_size=len(ids), max_size=len(ids))
    keys = draw(st.lists(key, max_size=5))
    figures = st.decimals(-1000, 1000, places=1).map(str)
    return ids, keys, draw(st.lists(figures, min_size=len(keys), max_size=len(keys)))


def written(rows: list[list[str]], mark: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["id", "both"]))
def test_a_written_table_is_read_back(table: Any, mark: str, how: str) -> None:
    ids, keys, figures = table
    rows = [["DATAFLOW", *ids, "OBS_VALUE"]]
    rows += [
        ["X:C(1)", *(code for code, _ in key), figure]
        for key, figure in zip(keys, figures, strict=True)
    ]
    if how == "both":
        rows = [["DATAFLOW", *(f"{id_}: Label of {id_}" for id_ in ids), "OBS_VALUE"]]
        rows += [
            ["X:C(1): Crime", *(f"{code}: {label}" for code, label in key), figure]
            for key, figure in zip(keys, figures, strict=True)
        ]
    sheet = sdmx_csv.read(written(rows, mark), "t.csv", ReaderOptions()).sheets[0]
    for at, id_ in enumerate(ids):
        assert column(sheet, id_) == [key[at][0] for key in keys]
        if how == "both":
            assert column(sheet, f"{id_} (label)") == [key[at][1] for key in keys]
    assert column(sheet, "OBS_VALUE") == figures
    value = list(sheet.rows[0]).index("OBS_VALUE")
    for i in range(len(figures)):
        assert sheet.address(i + 1, value) == f"R{i + 2}C{len(ids) + 2}"


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([PLAIN, LABELLED])).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(
            st.sampled_from([b"", b'"', b"[", b": ", b"\0", b"\xff", b";"])
        )
        content[at : at + data.draw(st.integers(0, 9))] = piece
    try:
        contents = sdmx_csv.read(bytes(content), "t.csv", ReaderOptions(language="en"))
    except TallymarkError:
        return
    assert list(contents.sheets[0].rows)


# --- published files -----------------------------------------------------------------


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "row", "field", "raw"),
    [
        ("example09A", 2, 7, "12.4"),
        ("example09A", 4, 7, "11.2"),
        ("example04_semicolon", 2, 9, "12,4"),
        ("example04_semicolon", 3, 9, "10,8"),
    ],
)
def test_true_cells(file: str, row: int, field: int, raw: str) -> None:
    content = (REAL / f"sdmxcsv_v2_{file}.csv").read_bytes()
    sheet = sdmx_csv.read(content, file, ReaderOptions()).sheets[0]
    at = list(sheet.rows[0]).index("OBS_VALUE")
    assert sheet.rows[row - 1][at] == raw
    assert sheet.address(row - 1, at) == f"R{row}C{field}"
