"""A draft reads the first figures of a large file, and says how many rows."""

from __future__ import annotations

import pytest

from tallymark import ingest
from tallymark.ingest.drafting import extent


def rows(first: str, n: int) -> str:
    return "".join(f"{first}{i},{i + 1000},{i + 5}\n" for i in range(n))


@pytest.fixture
def csv(tmp_path):
    def write(text: str):
        path = tmp_path / "cases.csv"
        path.write_text(text)
        return path

    return write


def refs(draft) -> set[str]:
    return set(draft.submission.observations["source_ref"].to_pylist())


def told(draft) -> list[str]:
    return [text for text in draft.problems if "rows were read" in text]


def test_all_figures_of_a_small_file_are_read(csv):
    draft = ingest.draft(csv("District,Cases,Victims\n" + rows("D", 30)))
    assert len(refs(draft)) == 60
    assert not told(draft)


def test_only_the_first_figures_of_a_large_file_are_read(csv, monkeypatch):
    monkeypatch.setattr(extent, "MOST_FIGURES", 20)
    draft = ingest.draft(csv("District,Cases,Victims\n" + rows("D", 30)))
    assert len(refs(draft)) == 20
    assert told(draft) == [
        "cases.csv: the first 11 of 31 rows were read for this draft; the adapter made"
        " of it reads them all."
    ]


def test_the_guesses_are_of_all_rows(csv, monkeypatch):
    path = csv("District,Cases,Victims\n" + rows("D", 30))
    whole = ingest.draft(path)
    monkeypatch.setattr(extent, "MOST_FIGURES", 20)
    part = ingest.draft(path)
    assert part.guesses == whole.guesses
    assert part.document == whole.document


def test_a_table_below_others_is_read_however_large_they_are(csv, monkeypatch):
    monkeypatch.setattr(extent, "MOST_FIGURES", 20)
    above = "District,Cases,Victims\n" + rows("D", 30)
    below = "\n\nAge group,Charged,Convicted\n" + rows("A", 12)
    draft = ingest.draft(csv(above + below))
    assert len(draft.document["tables"]) == 2
    n_above = sum(int(ref[1:].partition("C")[0]) <= 31 for ref in refs(draft))
    assert n_above == 60
    assert len(refs(draft)) == 62


def test_the_cells_of_a_large_sheet_are_not_all_looked_at(csv, monkeypatch):
    monkeypatch.setattr(extent, "MOST_ON_SHEET", 30)
    draft = ingest.draft(csv("District,Cases,Victims\n" + rows("D", 30)))
    assert draft.tables[0].bottom == 9
    assert "the first 10 of 31 rows" in told(draft)[0]
