"""A newer version of a file: its figures stand, the older ones are set beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tallymark import pipeline
from tallymark.errors import SourceError, UsageError
from tallymark.ingest import read
from tallymark.model.submission import Submissions
from tallymark.reproduction import reproduce

SAMPLES = Path(__file__).parents[2] / "sample_data"
HEADER = "Area,Year,Sex,Offence,Cases\n"
DATED = "vintage: {cell: {pattern: 'Published .*'}, pattern: 'Published (.*)'}"

Folder = Callable[..., Path]
Written = Callable[..., Path]
Value = tuple[str | None, float | None, str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(name: str, day: str, **values: object) -> Path:
        path = tmp_path / name
        rows = [f"KEN,{year[1:]},Total,Rape,{n}\n" for year, n in values.items()]
        top = f"Published {day},,,,\n\n"
        path.write_text(top + HEADER + "".join(rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def restating(folder: Folder, long_document: str) -> Path:
    document = long_document.replace("vintage: 2024-03-01", DATED)
    document = document.replace("missing: {", "missing: {not printed: NOT_PROVIDED, ")
    return folder(document.replace("numbers:", "replaces: long\nnumbers:"))


def _values(submissions: Submissions) -> list[Value]:
    table = submissions.observations.to_pylist()
    return sorted((r["time_period"], r["obs_value"], r["source_file"]) for r in table)


def test_a_later_report_goes_before_an_earlier_one_figure_by_figure(
    written: Written, restating: Path
) -> None:
    old = written("old.csv", "2020-03-01", y2018=3, y2019=4)
    new = written("new.csv", "2021-03-01", y2019=5, y2020=6)
    last = written("last.csv", "2022-03-01", y2019=7, y2021=8)
    for order in ([old, new], [new, old]):
        found = read(order, folder=restating)
        assert _values(found) == [
            ("2018", 3, "old.csv"),
            ("2019", 5, "new.csv"),
            ("2020", 6, "new.csv"),
        ]
        assert found.replaced["obs_value"].to_pylist() == [4]
        (note,) = found.notes
        assert note.startswith("new.csv replaces 1 figure of old.csv, an older version")
    found = read([old, last, new], folder=restating)
    assert [value for value in _values(found) if value[0] == "2019"] == [
        ("2019", 7, "last.csv")
    ]
    assert sorted(found.replaced["obs_value"].to_pylist()) == [4, 5]


def test_what_a_later_report_does_not_print_stands_and_what_it_hides_does_not(
    written: Written, restating: Path
) -> None:
    old = written("old.csv", "2020-03-01", y2018=3, y2019=4, y2020=":")
    new = written("new.csv", "2021-03-01", y2018="not printed", y2019=":", y2020=2)
    found = read([old, new], folder=restating)
    assert _values(found) == [
        ("2018", 3, "old.csv"),
        ("2019", None, "new.csv"),
        ("2020", 2, "new.csv"),
    ]
    assert [note.partition(" of ")[0] for note in found.notes] == [
        "new.csv replaces 1 figure"
    ]


def test_reports_of_one_day_or_of_other_publications_stop_the_run(
    written: Written, restating: Path, folder: Folder, long_document: str
) -> None:
    old = written("old.csv", "2020-03-01", y2019=4)
    same = written("same.csv", "2020-03-01", y2019=5)
    with pytest.raises(SourceError, match="both give 1 figures") as caught:
        read([old, same], folder=restating)
    assert "--replaces NEWER=OLDER" in str(caught.value)
    new = written("new.csv", "2021-03-01", y2019=5)
    plain = folder(long_document.replace("vintage: 2024-03-01", DATED))
    with pytest.raises(SourceError, match="both give 1 figures"):
        read([old, new], folder=plain)


def test_a_file_that_is_declared_to_be_newer_replaces_all_of_the_older(
    written: Written, folder: Folder, long_document: str
) -> None:
    place = folder(long_document)
    old = written("old.csv", "x", y2018=3, y2019=4)
    new = written("new.csv", "x", y2019=5)
    found = read([old, new], folder=place, replaces=[("new.csv", str(old))])
    assert _values(found) == [("2019", 5, "new.csv")]
    assert found.replaced["obs_value"].to_pylist() == [3, 4]
    assert [item.replaces for item in found] == [("old.csv",), ()] or [
        item.replaces for item in found
    ] == [(), ("old.csv",)]


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([("new.csv", "gone.csv")], "names 'gone.csv', which is none of the files"),
        ([("old.csv", "old.csv")], "does not say which file is newer than old.csv"),
        ([("new.csv", "old.csv"), ("old.csv", "new.csv")], "does not say which file"),
        ([("a.csv", "old.csv"), ("new.csv", "old.csv")], "does not say which file"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_told(
    written: Written,
    folder: Folder,
    long_document: str,
    pairs: list[tuple[str, str]],
    told: str,
) -> None:
    files = [
        written(name, "x", y2019=n)
        for n, name in enumerate(("a.csv", "old.csv", "new.csv"))
    ]
    with pytest.raises(UsageError, match=told):
        read(files, folder=folder(long_document), replaces=pairs)


@pytest.mark.parametrize(
    ("folders", "values"),
    [
        (("uga_acr_defilement_2019", "uga_acr_defilement"), (13682, 13613)),
        (("phl_doj_ooc_tips_2021", "phl_doj_ooc_tips"), (418422, 426961)),
    ],
)
def test_a_restated_figure_is_told_and_shown_once(
    folders: tuple[str, str], values: tuple[int, int]
) -> None:
    submissions = pipeline.read([SAMPLES / folder for folder in folders])
    findings = pipeline.check(submissions)
    (restated,) = (f for f in findings.items if f.expectation == "vintages-agree")
    assert all(f"{value:,}" in str(restated.found) for value in values)
    figures = pipeline.interpret(submissions, findings)
    table = figures.to_pandas(plain=True)
    shown = table[table["value"].isin(values)]
    assert list(shown["value"]) == [values[1]]
    (slugs,) = shown["caveats"]
    assert "figure-restated" in slugs
    twice = {"duplicate-key", "printed-twice"}
    assert not twice & {f.expectation for f in findings.items}


def test_what_was_declared_is_written_down_and_done_again(tmp_path: Path) -> None:
    text = (SAMPLES / "phl_doj_ooc_tips/doj-ooc-december-2022.csv").read_text()
    newer, older = tmp_path / "b.csv", tmp_path / "a.csv"
    older.write_text(text)
    newer.write_text(text.replace("426,961", "426,962"))
    submissions = pipeline.read([older, newer], replaces=[(newer.name, older.name)])
    figures = pipeline.interpret(submissions, pipeline.check(submissions, keep=0))
    saved = tmp_path / "out" / "t.csv"
    saved.parent.mkdir()
    pipeline.table(figures, ["stage"], ["time_period"]).save(saved)
    made = reproduce(saved.parent / "t.csv.provenance.json", tmp_path)
    assert made.is_identical, made
