"""What titles, sheet name and file name are taken to say of a whole table."""

from __future__ import annotations

from tallymark.ingest.drafting.meaning import table_readings


def said(
    texts: list[str], sheet: str = "Sheet1", file: str = "data.xlsx"
) -> dict[str, str]:
    """The readings by their fields; those that are asked with a question mark."""
    found = table_readings(texts, sheet, file)
    return {r.field: r.value if r.is_sure else f"{r.value}?" for r in found}


def test_a_title_speaks_for_its_table() -> None:
    assert said(["Persons convicted of human trafficking, Uganda, 2018"]) == {
        "area": "UGA",
        "period": "2018",
        "stage": "CONVICTED",
        "counting_unit": "PERSON",
        "scope": "TRAFFICKING",
    }


def test_sheet_and_file_speak_where_titles_do_not() -> None:
    assert said(["Table 1"], "Arrests", "Kenya_2018.xlsx") == {
        "area": "KEN",
        "period": "2018",
        "stage": "ARRESTED",
        "counting_unit": "PERSON?",
    }


def test_the_sheet_goes_before_the_file() -> None:
    (reading,) = table_readings([], "2018", "cases 2019.xlsx")[:1]
    assert (reading.value, reading.is_sure) == ("2018", False)
    assert reading.choices == ("2018", "2019")
    assert reading.why == "the sheet's name says “2018”"


def test_what_two_texts_say_alike_is_sure() -> None:
    assert said(["Moçambique 2018"], "2018", "Mozambique.xlsx")["area"] == "MOZ"


def test_the_years_of_laws_are_none_of_the_table() -> None:
    assert said(["Cases under the Sexual Offences Act, 2006"]).get("period") is None
    assert said(["Kesi, Sheria ya Makosa ya Mtandao 2015"])["period"] == "2015?"
    assert said(["Kasus menurut UU No. 35 Tahun 2014"]).get("period") is None


def test_names_that_programs_give_say_nothing() -> None:
    assert said([], "Sheet1", "export (2).csv") == {}
    assert said([], "Tab01-2013_LÜ", "x.xlsx") in ({}, {"period": "2013?"})


def test_names_of_files_are_read_without_blanks() -> None:
    assert said([], "", "ZA_arrests_2017-2019.csv") == {
        "period": "2017-2019",
        "stage": "ARRESTED",
        "counting_unit": "PERSON?",
    }
    assert said([], "Thống kê năm 2018", "Việt Nam.ods")["area"] == "VNM"
