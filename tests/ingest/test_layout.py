from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallymark.errors import LayoutError, TallymarkError
from tallymark.ingest import read
from tallymark.model.submission import Submission

Read = Callable[[str, str], Submission]
Folder = Callable[..., Path]

HEADER = "Area,Year,Sex,Offence,Cases\n"
ROWS = "KEN,2018,Female,Rape,7\nUGA,2019,Total,Grooming,<5\n"


def without_place(submission: Submission) -> list[dict[str, object]]:
    placed = ("obs_id", "source_ref", "source_sha256", "source_file")
    rows = submission.observations.to_pylist()
    return [{k: v for k, v in row.items() if k not in placed} for row in rows]


def told(
    tmp_path: Path, folder: Folder, document: str, text: str, name: str | None
) -> TallymarkError:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    result = read([path], name, folder=folder(document))
    assert len(result) == 0
    [error] = result.errors
    return error


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (HEADER + ROWS, "R2C5"),
        ("Police of Exampleland\n\n" + HEADER + ROWS, "R4C5"),
        ("".join(f",{line}\n" for line in (HEADER + ROWS).splitlines()), "R2C6"),
        ("Area ,Year,\tSex,Offence, Cases\n" + ROWS, "R2C5"),
        (HEADER + "\n" + ROWS, "R3C5"),
        (
            "Area,Year,,Sex,Offence,Cases\n"
            "KEN,2018,,Female,Rape,7\nUGA,2019,,Total,Grooming,<5\n",
            "R2C6",
        ),
    ],
    ids=["as is", "rows above", "column left", "white space", "blank row", "column"],
)
def test_what_moves_no_heading_changes_nothing_but_addresses(
    read_text: Read, long_document: str, text: str, first: str
) -> None:
    plain = read_text(long_document, HEADER + ROWS)
    moved = read_text(long_document, text)
    assert without_place(moved) == without_place(plain)
    assert moved.layout == plain.layout
    assert moved.observations["source_ref"][0].as_py() == first
    assert moved.losses.num_rows == 0


def test_another_adapter_or_heading_is_another_layout(
    read_text: Read, long_document: str
) -> None:
    plain = read_text(long_document, HEADER + ROWS).layout
    renamed = long_document.replace("Cases]", "Number]").replace(
        "values: [Cases]", "values: [Number]"
    )
    text = HEADER.replace("Cases", "Number") + ROWS
    assert read_text(renamed, text).layout != plain


def test_one_more_year_is_no_other_layout(read_text: Read, cross_document: str) -> None:
    two = read_text(cross_document, "Area,2018,2019\nKEN,1,2\n")
    three = read_text(cross_document, "Area,2018,2019,2020\nKEN,1,2,3\n")
    assert two.layout == three.layout


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Area,Year,Sex,Offence,Casses\n", "'Cases' was sought"),
        ("Area,Year,Sex,Offence,Casses\n", "nearest is 'Casses'"),
        ("Area,Sex,Year,Offence,Cases\n", "has moved: it stands at R1C"),
        ("Area,Year,Sex,Sex,Offence,Cases\n", "'Sex' stands twice, once at R1C4"),
        ("Area,Year,Sex,Age,Offence,Cases\n", "does not know, 'Age', stands at R1C4"),
        ("Area,Year,Sex,Offence,Cases,Rate\n", "does not know, 'Rate', stands at R1C6"),
        ("Year,Sex,Offence,Cases\n", "'Area' was sought"),
        ("a,b,c,d,e\n", "'Area' was sought and not found"),
    ],
)
def test_a_shifted_layout_says_what_was_sought_and_what_is_there(
    tmp_path: Path, folder: Folder, long_document: str, header: str, what: str
) -> None:
    error = told(tmp_path, folder, long_document, header + ROWS, "long")
    assert isinstance(error, LayoutError)
    assert str(error).startswith(
        f"{tmp_path / 'table.csv'}: Adapter 'long', table 'main': "
    )
    assert what in str(error)
    assert "No figure was read." in error.hint


def test_a_header_that_stands_twice_is_refused(
    tmp_path: Path, folder: Folder, long_document: str
) -> None:
    text = HEADER + ROWS + HEADER + ROWS
    error = told(tmp_path, folder, long_document, text, "long")
    assert "its header stands twice: at R1C1 and R4C1." in str(error)


def test_a_text_above_the_header_is_an_anchor(
    tmp_path: Path, folder: Folder, long_document: str
) -> None:
    document = long_document.replace(
        "    header:", "    above: [Cases by sex]\n    header:"
    )
    text = "Cases by age\n" + HEADER + ROWS
    error = told(tmp_path, folder, document, text, "long")
    assert "'Cases by sex' was sought above the header and not found" in str(error)
    assert "nearest is 'Cases by age'" in str(error)


def test_a_fixed_cell_that_is_gone_is_told(
    tmp_path: Path, folder: Folder, long_document: str
) -> None:
    document = long_document.replace(
        "vintage: 2024-03-01",
        'vintage: {cell: {text: Published, right: 1}, format: "%d/%m/%Y"}',
    )
    error = told(tmp_path, folder, document, HEADER + ROWS, "long")
    assert "'Published' was sought and not found above the header" in str(error)
    error = told(tmp_path, folder, document, "Published,soon\n" + HEADER + ROWS, "long")
    assert "'soon' is no date of the form %d/%m/%Y" in str(error)


def test_the_date_of_publication_is_read_where_it_stands(
    read_text: Read, long_document: str
) -> None:
    document = long_document.replace(
        "vintage: 2024-03-01",
        'vintage: {cell: {text: Published, right: 1}, format: "%d/%m/%Y"}',
    )
    submission = read_text(document, "Published,16/05/2024\n" + HEADER + ROWS)
    assert str(submission.observations["vintage"][0].as_py()) == "2024-05-16"


def test_a_blank_heading_stands_directly_left_of_the_next(
    read_text: Read, cross_document: str
) -> None:
    document = cross_document.replace(
        "      - Area\n", "      - {name: Area, is_blank: true}\n"
    )
    submission = read_text(document, "Title,,\n,2018,2019\nKEN,1,2\n")
    assert submission.observations["ref_area"].to_pylist() == ["KEN", "KEN"]


def test_a_sheet_of_another_name_is_told(
    tmp_path: Path, folder: Folder, long_document: str
) -> None:
    document = long_document.replace("    header:", "    sheet: Annex.*\n    header:")
    error = told(tmp_path, folder, document, HEADER + ROWS, "long")
    assert "no sheet is named as it expects" in str(error)


def test_a_blank_heading_needs_a_column_of_its_own(
    tmp_path: Path, folder: Folder, cross_document: str
) -> None:
    document = cross_document.replace(
        "      - Area\n", "      - Area\n      - {name: note, is_blank: true}\n"
    )
    error = told(tmp_path, folder, document, "Area,2018\nKEN,1\n", "cross")
    assert "an empty heading has moved in row 1." in str(error)
