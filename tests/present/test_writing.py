"""Outputs are written whole or not at all, with one clear message."""

from __future__ import annotations

import pytest

from tallymark.errors import UsageError
from tallymark.present.writing import write_files


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_stand_beside_the_target_and_nothing_else(tmp_path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    written = write_files(target, {"": b"new", ".notes.csv": b"notes"})
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
        write_files(tmp_path / "out.html", {"": b"x", ".provenance.json": b"y"})
    assert caught.value.where == str(side)
    assert names(tmp_path) == ["out.html.provenance.json"]


def test_a_missing_folder_is_named_or_made(tmp_path) -> None:
    target = tmp_path / "no" / "out.md"
    with pytest.raises(UsageError, match="does not exist"):
        write_files(target, {"": b"x"})
    write_files(target, {"": b"x"}, make_folder=True)
    assert target.read_bytes() == b"x"


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be written"):
        write_files(tmp_path / "file" / "out.md", {"": b"x"}, make_folder=True)


def test_a_failure_half_way_leaves_no_half_written_file(tmp_path, monkeypatch) -> None:
    def full(self, content) -> None:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(UsageError, match="No space left on device") as caught:
        write_files(tmp_path / "out.md", {"": b"content"})
    assert caught.value.where == str(tmp_path / "out.md")
    assert names(tmp_path) == []


def test_a_target_without_a_name_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match="not a file"):
        write_files(tmp_path / "..", {"": b"x"})
