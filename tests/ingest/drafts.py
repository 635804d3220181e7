"""Drafts made by hand, and mapping workbooks changed as a person or a program may."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

from tallymark.model.draft import Decision, Draft, Guess, Rectangle
from tallymark.model.grid import Grid, Sheet
from tallymark.model.mapping_workbook import Decided
from tallymark.present.draft.xlsx import workbook

SHEET = Sheet(
    name="Cases",
    rows=[
        ["=1+1", None, None],
        ["Area", "2018", "2019"],
        ["North", 5, 7],
        ["South", "<5", "n/a"],
    ],
)
UNKNOWN = {
    "title": "t1 of a.xlsx",
    "counting_rule": {"attempts": "unknown"},
    "coverage": {"territory": "unknown", "agencies": "unknown"},
    "calendar": {"name": "gregorian", "first_month": "unknown"},
}
HEAD = 4
"""Row of the headings on both of our sheets, as spreadsheets count."""


def guess(id_="t1.stage", aspect="stage", **given):
    needs_you = given.pop("needs_you", True)
    told = {
        "region": "Cases!A2:C4",
        "reading": "RECORDED",
        "words": "recorded",
        "why": "the title says so",
        **given,
    }
    return Guess(id=id_, aspect=aspect, needs_you=needs_you, **told)


def draft(*guesses, sheet=SHEET, **given):
    grid = Grid(file="a.xlsx", sha256="ab" * 32, format="xlsx", sheets=(sheet,))
    told = {
        "path": "a.xlsx",
        "tables": (Rectangle(0, 1, 0, 3, 2),),
        "document": {"id": "draft-a", "source": {"title": "a.xlsx"}, "vintage": None},
        "series": {"draft_a_t1": UNKNOWN},
        **given,
    }
    return Draft(grid=grid, guesses=guesses, **told)


def written(tmp_path: Path, made: Draft, *decisions: Decision, **answers) -> Path:
    """Return the path of a mapping workbook in which these decisions are made."""
    path = tmp_path / "mapping.xlsx"
    decided = Decided(decisions=decisions, **answers) if decisions or answers else None
    path.write_bytes(workbook(made, decided))
    return path


def changed(path: Path, change) -> Path:
    """Save a workbook anew, after a change to it, as a spreadsheet program does."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def rows_of(page) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD)]


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
).filter(str.strip)
_ASPECTS = st.sampled_from(["period", "label", "stage", "column", "gap", "area"])


@st.composite
def guesses(draw):
    """Return guesses with ids of their own, some with choices of their own."""
    ids = draw(
        st.lists(_TEXT.map(str.strip), min_size=1, max_size=6, unique_by=plainly)
    )
    return [
        guess(
            id_=id_,
            aspect=draw(_ASPECTS),
            words=draw(st.one_of(st.just(""), _TEXT)),
            reading=draw(st.one_of(st.just(""), _TEXT)),
            why=draw(_TEXT),
            needs_you=draw(st.booleans()),
            choices=tuple(draw(st.lists(_TEXT, max_size=3, unique_by=folded))),
        )
        for id_ in ids
    ]


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


def plainly(text: str) -> str:
    return " ".join(text.split())
