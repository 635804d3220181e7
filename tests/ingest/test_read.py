from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tallymark.errors import DocumentError, SourceError, UsageError
from tallymark.ingest import adapters, read
from tallymark.ingest.files import files_of

Folder = Callable[..., Path]

HEADER = "Area,Year,Sex,Offence,Cases\n"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


Written = Callable[[str, str], Path]


def test_one_bad_file_never_stops_the_rest(
    tmp_path: Path, written: Written, folder: Folder, long_document: str
) -> None:
    good = written("in/b.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    written("in/a.xlsx", "PK\3\4 broken")
    written("in/c.csv", "")
    written("in/d.csv", "x;y\n1;2\n")
    written("in/~$b.csv", "lock file")
    written("in/e.md", "no table")
    missing = tmp_path / "gone.csv"
    result = read([missing, tmp_path / "in", good], folder=folder(long_document))
    assert [item.file for item in result] == ["b.csv"]
    shown = [str(error) for error in result.errors]
    assert [text.split(":")[0] for text in shown] == [
        str(missing),
        str(tmp_path / "in/a.xlsx"),
        str(tmp_path / "in/c.csv"),
        str(tmp_path / "in/d.csv"),
    ]
    assert "There is no such file." in shown[0]
    assert "The workbook is broken" in shown[1]
    assert "The file is empty." in shown[2]
    assert "No adapter fits this file." in shown[3]
    assert all(isinstance(error, SourceError) for error in result.errors)


def test_what_tallymark_wrote_into_a_folder_is_not_read(
    written: Written, folder: Folder, long_document: str
) -> None:
    text = HEADER + "KEN,2018,Total,Rape,3\n"
    path = written("in/a.csv", text)
    for name in ("expected.csv", "t.csv", "t.csv.notes.csv", "t.csv.provenance.json"):
        written(f"in/{name}", text)
    written("in/out/findings.html", "<html>")
    result = read([path.parent], folder=folder(long_document))
    assert not result.errors
    assert [item.file for item in result] == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("README.txt", False),
        ("read me first.txt", False),
        ("LICENCE.txt", False),
        ("readme.csv", True),
        ("readmeter-2018.txt", True),
        ("cases.txt", True),
    ],
)
def test_texts_about_a_folder_are_no_data(tmp_path: Path, name, is_read) -> None:
    path = tmp_path / name
    path.write_text("These files came by post.", encoding="utf-8")
    assert files_of([tmp_path], []) == ([path] if is_read else [])
    assert files_of([path], []) == [path]


def test_a_folder_without_tables_is_told(tmp_path: Path, folder: Folder) -> None:
    (tmp_path / "empty").mkdir()
    result = read([tmp_path / "empty"], folder=folder())
    assert "holds no file of a known kind: .xlsx" in str(result.errors[0])


def test_a_folder_without_permission_is_told_and_the_rest_is_read(
    tmp_path: Path,
    written: Written,
    folder: Folder,
    long_document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = HEADER + "KEN,2018,Total,Rape,3\n"
    written("in/open/a.csv", text)
    closed = [written(f"{name}/a.csv", text).parent for name in ("in/b", "in/c", "d")]
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    result = read([tmp_path / "in", closed[2]], folder=folder(long_document))
    assert [item.path for item in result] == [str(tmp_path / "in/open/a.csv")]
    assert [error.where for error in result.errors] == [str(path) for path in closed]
    assert all("cannot be opened (Permission denied)" in e.what for e in result.errors)


def test_a_path_that_cannot_be_looked_at_is_told(
    tmp_path: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "closed/a.csv"
    looked_at, opened = os.stat, Path.open

    def stat(asked: object, **how: bool) -> object:
        if str(asked) == str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return looked_at(asked, **how)

    def refuse(asked: Path, mode: str = "r", **how: object) -> object:
        if asked == path:
            raise PermissionError(13, "Permission denied")
        return opened(asked, mode, **how)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(Path, "open", refuse)
    [error] = read([path], folder=folder()).errors
    assert str(error) == f"{path}: The file cannot be opened (Permission denied)."


def test_a_path_that_no_system_takes_is_told(folder: Folder) -> None:
    [error] = read([Path("a\0.csv")], folder=folder()).errors
    assert "cannot be opened" in error.what


def test_a_folder_with_the_name_of_a_file_is_no_file(
    tmp_path: Path, written: Written, folder: Folder, long_document: str
) -> None:
    (tmp_path / "in/old.xlsx").mkdir(parents=True)
    written("in/a.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    result = read([tmp_path / "in"], folder=folder(long_document))
    assert (len(result), result.errors) == (1, ())


def test_files_of_one_name_are_told_apart(
    tmp_path: Path, written: Written, folder: Folder, long_document: str
) -> None:
    texts = ["", "%PDF", "x;y\n", HEADER.replace("Cases", "Number"), "a\0b"]
    paths = [written(f"in/{n}/data.csv", text) for n, text in enumerate(texts)]
    place = folder(long_document)
    for adapter in (None, "long"):
        result = read([tmp_path / "in"], adapter, folder=place)
        assert [error.where for error in result.errors] == [str(p) for p in paths]


def test_the_nearest_adapter_is_named_where_none_fits(
    written: Written, folder: Folder, long_document: str, cross_document: str
) -> None:
    path = written(
        "t.csv", HEADER.replace("Cases", "Number") + "KEN,2018,Total,Rape,3\n"
    )
    result = read([path], folder=folder(long_document, cross_document))
    [error] = result.errors
    assert "No adapter fits this file. Nearest is 'long': 'Cases' was sought" in str(
        error
    )
    assert "--adapter" in error.hint


def test_two_fitting_adapters_are_both_named(
    written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    place = folder(long_document, long_document.replace("id: long", "id: other"))
    [error] = read([path], folder=place).errors
    assert "Two adapters fit: 'long' and 'other'." in str(error)
    assert len(read([path], "other", folder=place)) == 1


def test_an_unknown_adapter_is_a_usage_error(
    written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER)
    with pytest.raises(UsageError, match="Did you mean 'long'"):
        read([path], "lond", folder=folder(long_document))
    with pytest.raises(UsageError, match="no adapter document"):
        read([path], "gone.yaml", folder=folder(long_document))


def test_a_sheet_is_declared_with_a_reason(
    written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    place = folder(long_document)
    with pytest.raises(UsageError, match=r"'t\.csv' gives no reason"):
        read([path], folder=place, not_personal={"t.csv": " "})
    declared = {"t.csv": "one row per country", "Annex": "as above"}
    [found] = read([path], folder=place, not_personal=declared)
    assert found.not_personal == {"t.csv": "one row per country"}


def test_an_adapter_may_be_a_path(
    tmp_path: Path, written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    own = written("own.yaml", long_document)
    assert [s.adapter for s in read([path], str(own))] == ["long"]
    with pytest.raises(DocumentError):
        read([path], str(written("own.yaml", "id: 3")))


def test_a_broken_adapter_in_the_folder_tells_its_problems(
    written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER + "KEN,2018,Total,Rape,3\n")
    place = folder(long_document, long_document.replace("id: long", "id: broken"))
    (place / "broken.yaml").write_text("id: broken\ntables: [{header: 1}]\n")
    with pytest.raises(DocumentError, match=r"broken.yaml \$.tables\[0\].header"):
        read([path], folder=place)
    assert len(read([path], "long", folder=place)) == 1


def test_a_declared_encoding_is_used_by_the_recognised_adapter(
    tmp_path: Path, folder: Folder, long_document: str
) -> None:
    path = tmp_path / "t.csv"
    text = HEADER + "Côte d'Ivoire,2018,Total,Rape,3\n"
    path.write_bytes(text.encode("cp850"))
    place = folder(long_document)
    plain = read([path], folder=place).items[0]
    assert plain.detected["encoding"].startswith("cp1252 (guessed; ")
    assert plain.losses.num_rows == 1
    place = folder(
        long_document.replace("tables:", "reader: {encoding: cp850}\ntables:")
    )
    declared = read([path], folder=place).items[0]
    assert declared.detected == {"delimiter": ","}
    assert declared.observations["ref_area"].to_pylist() == ["CIV"]


def test_two_files_with_one_figure_stop_the_run_and_are_both_named(
    written: Written, folder: Folder, long_document: str
) -> None:
    place = folder(long_document)
    a = written("a.csv", HEADER + "KEN,2018,Total,Rape,3\nKEN,2019,Total,Rape,3\n")
    b = written("b.csv", HEADER + "KEN,2019,Total,Rape,4\nKEN,2020,Total,Rape,4\n")
    with pytest.raises(SourceError) as caught:
        read([a, b], folder=place)
    message = str(caught.value)
    assert str(a) in message
    assert str(b) in message
    assert "such as s for KEN in 2019 (a.csv R3C5 and b.csv R2C5)" in message
    assert "Pass only one of the two files, or say which is newer" in message
    empty = written("c.csv", "")
    with pytest.raises(SourceError, match="both give 1 figures") as caught:
        read([empty, a, b], folder=place)
    assert str(caught.value).endswith(
        f"\n{empty}: The file is empty. Ask for it once more."
    )
    other = written("b.csv", HEADER + "UGA,2019,Total,Rape,4\nKEN,2020,Total,Rape,4\n")
    assert len(read([a, other], folder=place)) == 2


def test_of_several_files_with_one_figure_the_first_pair_is_named(
    written: Written, folder: Folder, long_document: str
) -> None:
    rows = {"a": ["KEN,2018"], "b": ["KEN,2019"], "c": ["KEN,2017", "KEN,2018"],
            "d": ["KEN,2019", "KEN,2018"]}  # fmt: skip
    paths = [
        written(f"{name}.csv", HEADER + "".join(f"{r},Total,Rape,1\n" for r in held))
        for name, held in rows.items()
    ]
    with pytest.raises(SourceError) as caught:
        read(paths, folder=folder(long_document))
    told = f"{paths[0]} and {paths[2]} both give 1 figures, such as s for KEN in 2018"
    assert str(caught.value).startswith(told)


def test_figures_without_a_known_area_or_of_other_kinds_are_no_conflict(
    written: Written, folder: Folder, long_document: str
) -> None:
    a = written("a.csv", HEADER + "Atlantis,2018,Total,Rape,3\nKEN,2018,Male,Rape,1\n")
    b = written(
        "b.csv", HEADER + "Atlantis,2018,Total,Rape,4\nKEN,2018,Female,Rape,2\n"
    )
    assert len(read([a, b], folder=folder(long_document))) == 2


def test_the_same_bytes_are_read_once(
    written: Written, folder: Folder, long_document: str
) -> None:
    place = folder(long_document)
    text = HEADER + "KEN,2018,Total,Rape,3\n"
    result = read([written("a.csv", text), written("b.csv", text)], folder=place)
    assert [item.file for item in result] == ["a.csv"]
    assert "the same file as" in str(result.errors[0])


def test_adapters_say_what_they_are_for(folder: Folder, long_document: str) -> None:
    [found] = adapters(folder(long_document))
    assert (found.id, found.title, found.series) == ("long", "A long table", ("s",))
    ids = [summary.id for summary in adapters()]
    assert ids == sorted(ids)
    assert "unodc-glotip" in ids


def test_a_file_is_read_the_same_twice_whatever_its_name(
    written: Written, folder: Folder, long_document: str
) -> None:
    place = folder(long_document)
    text = HEADER + "KEN,2018,Total,Rape,3\n"
    first = read([written("a.csv", text)], folder=place).observations
    second = read([written("other.csv", text)], folder=place).observations
    assert first["obs_id"] == second["obs_id"]


def test_reading_does_not_import_pandas(
    written: Written, folder: Folder, long_document: str
) -> None:
    path = written("t.csv", HEADER + "KEN,2018,Total,Rape,3\nX,y,z,a,b\n")
    code = (
        "import sys; from pathlib import Path; from tallymark.ingest import read\n"
        f"found = read([Path({str(path)!r})], folder=Path({str(folder(long_document))!r}))\n"
        "assert len(found.observations) == 2, found.errors\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
