"""A register stays one however it is laid out; a table of counts never becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.errors import PersonalDataError
from tallymark.ingest.person_gate.screening import screen
from tallymark.model.grid import Grid, Sheet

SEXES = (
    ("F", "M"),
    ("Female", "Male"),
    ("P", "L"),
    ("Feminino", "Masculino"),
    ("หญิง", "ชาย"),
    ("Nữ", "Nam"),
    ("ស្រី", "ប្រុស"),
    ("ሴት", "ወንድ"),
    ("KE", "ME"),
    ("Babae", "Lalaki"),
)
HEADINGS = {
    "name": ("Name of victim", "Nama Korban", "ชื่อ-สกุล", "Họ và tên", "ሙሉ ስም"),
    "sex": ("Sex", "Jenis Kelamin", "เพศ", "Giới tính", "ፆታ", "Jinsia", "Kasarian"),
    "born": ("D.O.B.", "Tgl lahir", "วันเกิด", "Ngày sinh", "Data de nascimento"),
    "code": ("Case No.", "No. LP", "เลขคดี", "OB No", "FIR no"),
    "place": ("District", "Kabupaten", "อำเภอ", "Huyện", "Wilaya"),
}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%d-%b-%Y", "")
TITLES = st.sampled_from(["Annex", "Register 2019", "Confidential: list of 2019"])


def passes(rows: Sequence[Sequence[Any]]) -> bool:
    sheet = Sheet(name="S", rows=rows)
    grid = Grid(file="f", sha256="00", format="xlsx", sheets=(sheet,))
    try:
        screen(grid, Path("f"))
    except PersonalDataError:
        return False
    return True


@st.composite
def registers(draw: st.DrawFn) -> list[list[Any]]:
    """Draw a register that its values alone make one, headed, renamed or unheaded."""
    n = draw(st.integers(5, 30))
    female, male = draw(st.sampled_from(SEXES))
    written = draw(st.sampled_from(DAYS))
    born = [
        date(2000, 1, 1) + timedelta(days)
        for days in draw(st.permutations([37 * i + i * i for i in range(n)]))
    ]
    columns = {
        "name": [
            f"Vorn{chr(97 + i % 26)} Kell{chr(97 + i * 7 % 26)}o" for i in range(n)
        ],
        "sex": [female, male, *draw(st.permutations([female, male] * n))[: n - 2]],
        "born": [day.strftime(written) if written else day for day in born],
        "code": [f"CR/{2017 + i % 3}/{31 * i + 7:04d}" for i in range(n)],
        "place": [f"Ward {chr(65 + i % 4)}" for i in range(n)],
    }
    kept = ["sex", draw(st.sampled_from(["name", "born", "code"]))]
    others = [name for name in columns if name not in kept]
    kept += draw(st.lists(st.sampled_from(others), unique=True))
    kept = draw(st.permutations(kept))
    rows: list[list[Any]] = [
        list(row) for row in zip(*(columns[k] for k in kept), strict=True)
    ]
    head = draw(st.sampled_from(["own", "capitals", "nonsense", "none"]))
    names = [draw(st.sampled_from(HEADINGS[k])) for k in kept]
    headings = {
        "own": [names],
        "capitals": [[name.upper() for name in names]],
        "nonsense": [[f"Zw{chr(97 + i)}k" for i in range(len(kept))]],
        "none": [],
    }
    title = [
        [draw(TITLES)] + [""] * (len(kept) - 1) for _ in range(draw(st.integers(0, 2)))
    ]
    return [*title, *headings[head], *rows]


@settings(max_examples=150)
@given(registers())
def test_a_register_is_refused_in_any_order_under_any_headings(
    rows: list[list[Any]],
) -> None:
    assert not passes(rows)


@settings(max_examples=60)
@given(registers())
def test_a_register_is_refused_as_text_and_with_empty_rows(
    rows: list[list[Any]],
) -> None:
    texts = [[str(cell) for cell in row] for row in rows]
    parted = [row for text in texts for row in (text, [""] * len(text))]
    assert not passes(texts)
    assert not passes(parted)


@st.composite
def counts(draw: st.DrawFn) -> list[list[Any]]:
    """Draw a headed table of counts by some keys, whole or with rows left out."""
    keys = {
        "Region": [f"Ward {chr(65 + i)}" for i in range(draw(st.integers(2, 9)))],
        "Sex": [*draw(st.sampled_from(SEXES))],
        "Age": draw(
            st.sampled_from([["0-12", "13-17"], list(range(9, 18)), [10, 13, 14]])
        ),
        "Year": list(range(2015, 2015 + draw(st.integers(1, 5)))),
        "Offence": ["Rape", "Grooming", "CSAM"],
    }
    by = draw(st.lists(st.sampled_from(list(keys)), min_size=1, unique=True))
    rows = list(product(*(keys[name] for name in by)))[:400]
    if draw(st.booleans()):
        rows = [row for i, row in enumerate(rows) if i % 4] or rows
    most = draw(st.sampled_from([3, 20, 900]))
    measures = draw(
        st.lists(
            st.sampled_from(["Cases", "Jumlah", "จำนวน", "2019"]),
            min_size=1,
            unique=True,
        )
    )
    filled = [
        [*row, *[(i * 7919 + j * 31) % most for j, _ in enumerate(measures)]]
        for i, row in enumerate(rows)
    ]
    title = [["Victims by sex and age"], []] if draw(st.booleans()) else []
    return [*title, [*by, *measures], *filled]


@settings(max_examples=200)
@given(counts())
def test_a_table_of_counts_passes_in_any_layout(rows: list[list[Any]]) -> None:
    assert passes(rows)
    assert passes([[str(cell) for cell in row] for row in rows])


VALUES = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(["Name", "DOB", "F", "M", "²", "12.3.2009", "a:b;c", "9" * 5_000]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
)


@settings(max_examples=200)
@given(st.lists(st.lists(VALUES, max_size=7), max_size=9))
def test_whatever_stands_in_a_sheet_is_refused_or_passes(rows: list[list[Any]]) -> None:
    assert passes(rows) in (True, False)


@pytest.mark.parametrize(
    "cell", ["x " * 5_000_000, "1 " * 1_000_000, ":" * 1_000_000, "a@" * 1_000_000]
)
def test_a_huge_cell_takes_no_time(cell: str) -> None:
    assert passes([["Area", "Cases"], ["North", 5], [cell, 7]])


@pytest.mark.parametrize("n", [20, 400, 3_000])
def test_a_register_is_found_under_any_number_of_counts(n: int) -> None:
    counted = [[f"Ward {i % 40}", 2010 + i % 9, i * 7919 % 300] for i in range(n)]
    register = [["Victim's name", "DOB"], ["V. K.", "12.3.2006"], ["A. B.", "1.9.2008"]]
    assert passes([["Area", "Year", "Cases"], *counted])
    assert not passes([["Area", "Year", "Cases"], *counted, *register])
    half = n // 2
    assert not passes(
        [["Area", "Year", "Cases"], *counted[:half], *register, *counted[half:]]
    )
