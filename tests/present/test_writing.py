"""Outputs are written whole or not at all, with one clear message."""

from __future__ import annotations

import pathlib

import pytest

from tallymark.errors import UsageError
from tallymark.present.writing import write_files


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_stand_in_the_folder_and_nothing_else(tmp_path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    written = write_files(tmp_path, {"out.csv": b"new", "out.csv.notes.csv": b"notes"})
    assert written == (target, tmp_path / "out.csv.notes.csv")
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["out.csv", "out.csv.notes.csv"]


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda out: out.chmod(0o444), "read-only"),
        (lambda out: (out.unlink(), out.mkdir()), "is not a file"),
    ],
)
def test_a_target_that_cannot_be_replaced_stops_everything(
    tmp_path, prepare, said
) -> None:
    side = tmp_path / "out.html.provenance.json"
    side.write_bytes(b"old")
    prepare(side)
    with pytest.raises(UsageError, match=said) as caught:
        write_files(tmp_path, {"out.html": b"x", side.name: b"y"})
    assert caught.value.where == str(side)
    assert names(tmp_path) == ["out.html.provenance.json"]


def test_a_missing_folder_is_named_or_made(tmp_path) -> None:
    folder = tmp_path / "no"
    with pytest.raises(UsageError, match="does not exist"):
        write_files(folder, {"out.md": b"x"})
    write_files(folder, {"out.md": b"x"}, make_folder=True)
    assert (folder / "out.md").read_bytes() == b"x"


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be written"):
        write_files(tmp_path / "file", {"out.md": b"x"}, make_folder=True)


def test_a_failure_half_way_leaves_no_half_written_file(tmp_path, monkeypatch) -> None:
    def full(self, content) -> None:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(UsageError, match="No space left on device") as caught:
        write_files(tmp_path, {"out.md": b"content"})
    assert caught.value.where == str(tmp_path / "out.md")
    assert names(tmp_path) == []


def test_a_target_without_a_name_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="not a file"):
        write_files(tmp_path, {"..": b"x"})


@pytest.fixture
def three(tmp_path):
    """Three outputs of an earlier run, and what a new run would write."""
    names = ["findings.html", "return.xlsx", "findings.html.provenance.json"]
    for name in names[:2]:
        (tmp_path / name).write_bytes(b"old")
    return dict.fromkeys(names, b"new")


def untouched(folder) -> None:
    kept = {p.name: p.read_bytes() for p in folder.iterdir() if p.name[0] != "."}
    assert kept == {"findings.html": b"old", "return.xlsx": b"old"}
    assert not list(folder.glob("*.part"))


def test_a_workbook_open_in_libreoffice_is_named_and_nothing_written(
    tmp_path, three
) -> None:
    (tmp_path / ".~lock.return.xlsx#").write_text(",someone,here,;")
    with pytest.raises(UsageError, match=r"Close return\.xlsx and run again\.") as told:
        write_files(tmp_path, three)
    assert told.value.where == str(tmp_path / "return.xlsx")
    assert ".~lock.return.xlsx#" in told.value.what
    untouched(tmp_path)


@pytest.mark.parametrize("refused", ["open", "replace"])
def test_a_workbook_open_in_excel_is_named_and_nothing_written(
    tmp_path, three, monkeypatch, refused
) -> None:
    """Windows refuses to open or to replace a file that another program holds."""
    method = getattr(pathlib.Path, refused)

    def held(self, *given):
        place = given[0] if refused == "replace" else self
        if place.name == "return.xlsx":
            raise PermissionError(13, "Permission denied", str(place))
        return method(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(pathlib.Path, refused, held)
        with pytest.raises(UsageError, match=r"Close return\.xlsx and run again\."):
            write_files(tmp_path, three)
    untouched(tmp_path)


def test_a_folder_that_may_not_be_written_to_is_not_called_open(
    tmp_path, three, monkeypatch
) -> None:
    def refuse(self, content) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(pathlib.Path, "write_bytes", refuse)
        with pytest.raises(UsageError, match="Check the folder"):
            write_files(tmp_path, three)
    untouched(tmp_path)


def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "out.csv").write_bytes(b"old")
    (tmp_path / "out.csv").symlink_to(kept / "out.csv")
    write_files(tmp_path, {"out.csv": b"new"})
    assert (tmp_path / "out.csv").is_symlink()
    assert [p.name for p in kept.iterdir()] == ["out.csv"]
    assert (kept / "out.csv").read_bytes() == b"new"


@pytest.mark.parametrize("has_second_names", [True, False])
def test_what_was_replaced_comes_back_whole_if_the_rest_fails(
    tmp_path, three, monkeypatch, has_second_names
) -> None:
    method = pathlib.Path.replace

    def full(self, place):
        if place.name == "return.xlsx" and "old" not in self.name:
            raise OSError(28, "No space left on device", str(place))
        return method(self, place)

    def refuse(self, target):
        raise OSError(95, "Operation not supported", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(pathlib.Path, "replace", full)
        if not has_second_names:
            patch.setattr(pathlib.Path, "hardlink_to", refuse)
        with pytest.raises(UsageError, match="No space left"):
            write_files(tmp_path, three)
    untouched(tmp_path)
