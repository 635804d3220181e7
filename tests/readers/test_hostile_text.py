"""Texts made to exhaust the reader: each is refused with its limit, soon and in little room."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import ReaderOptions
from tallymark.readers import delimited, read_grid
from tallymark.readers.delimited import columns, encoding, records

PLAIN = "Área;Ano;Casos\r\nMaputo;2018;45\r\n\"Cabo; Delgado\";2019;'6'\r\n"
THAI = "จังหวัด,ปี,คดี\nเชียงใหม่,2561,45\n"


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_grid(path)
    assert caught.value.where == str(path)
    assert caught.value.hint
    return caught.value.what


@pytest.mark.parametrize(
    ("where", "limit", "value", "content", "what"),
    [
        (encoding, "MAX_BYTES", 20, b"a,b\n" * 6, "more than 20 bytes of text"),
        (
            encoding,
            "MAX_BYTES",
            40,
            "é\n".encode("latin-1") * 15,
            "more than 40 bytes of",
        ),
        (
            encoding,
            "MAX_LINE",
            20,
            b"a,b\n" + b"x" * 21,
            "more than 20 characters in one",
        ),
        (records, "MAX_COLUMNS", 3, b"a,b\n1,2,3,4\n", "more than 3 cells in record 2"),
        (columns, "MAX_CELLS", 9, b"a,b\n" * 5, "more than 9 cells"),
        (
            columns,
            "MAX_CELLS",
            18,
            b"a,b\n" * 5 + b"1,2,3,4\n" * 2,
            "as long as the long",
        ),
        (
            columns,
            "MAX_COLUMNS",
            3,
            b"a,b\n" * 5 + b"1,2,3,4\n",
            "more than 3 cells in rec",
        ),
    ],
)
def test_a_text_beyond_a_limit_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    limit: str,
    value: int,
    content: bytes,
    what: str,
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    monkeypatch.setattr(where, limit, value)
    if where is columns:
        monkeypatch.setattr(delimited, "LARGE", 0)
        monkeypatch.setattr(records, "MAX_COLUMNS", min(value, 16_384))
        monkeypatch.setattr(columns, "_ROOM_APART", 0)
    assert what in refusal(path)


def test_bytes_that_are_no_text_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + bytes(2_000_000))
    assert refusal(path) == "The file holds NUL bytes, so it is no text table."
    path.write_bytes(bytes(range(1, 256)) * 2)
    assert refusal(path) == "The file holds control characters, so it is no text table."
    path.write_bytes(b"a,b\n" * 300_000 + b"\0")
    assert refusal(path) == "The file holds NUL bytes, so it is no text table."


def test_blanks_without_end_do_not_hold_up_the_search_for_a_delimiter() -> None:
    content = (b" " * 20_000 + b";x,1\n") * 3
    found = delimited.read(content, "t.csv", ReaderOptions())
    assert found.detected["delimiter"] == ";"
    assert found.sheets[0].value(2, 1) == "x,1"


def of(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = "".join(f"{i * i % 9973},{i % 89}\n" for i in range(90_000))
        for number in range(60):
            archive.writestr(f"{number}.csv", rows)


def bomb_in_archive(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", bytes(100_000_000))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in.zip", inner.getvalue())


HOSTILE = {
    "a cell of 10 MB": (
        of(b'a,b\n1,"' + b"x" * 10_000_000 + b'"\n'),
        "131,072 characters",
    ),
    "a line of 100 MB": (of(b"x" * 100_000_000), "16,777,216 characters in one line"),
    "a million columns": (of(b"1," * 1_000_000), "16,384 cells in record 1"),
    "60 million rows": (of(b"\n" * 60_000_000 + b"a"), "50,000,000 cells"),
    "a quote left open": (of(b'a,b\n"' + b"12\n" * 20_000_000), "131,072 characters"),
    "a gzip bomb": (of(gzip.compress(bytes(1 << 20)) * 900), "200 times its size"),
    "a zip bomb within": (bomb_in_archive, "more than 200 times"),
    "2 million streams": (of(gzip.compress(b"") * 2_000_000), "20,000 streams"),
    "60 tables": (many_members, "take more than 268,435,456 bytes"),
    "no end": (
        lambda path: path.symlink_to("/dev/zero"),
        "more than 536,870,912 bytes",
    ),
}
PROGRAM = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))
from tallymark.errors import TallymarkError
from tallymark.readers import read_grid
try:
    read_grid(Path(sys.argv[1]))
except TallymarkError as error:
    print(error)
(peak,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1])  # not ru_maxrss, which begins with that of the parent
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory differ elsewhere")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_in_little_room_and_time(
    tmp_path: Path, name: str
) -> None:
    write, limit = HOSTILE[name]
    path = tmp_path / "t.csv"
    write(path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    message, peak = done.stdout.splitlines()
    assert message.startswith(f"{path}: ")
    assert limit in message
    assert int(peak) < 1 << 20
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


@given(
    st.sampled_from(
        [
            PLAIN.encode(),
            PLAIN.encode("latin-1"),
            PLAIN.encode("utf-16"),
            THAI.encode("tis-620"),
            THAI.encode("utf-16-le"),
            THAI.encode("utf-32"),
        ]
    ),
    st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=3)), max_size=4),
    st.sampled_from([None, "utf-8", "cp949", "utf-16", "cp1258", "utf-7"]),
    st.booleans(),
)
def test_damaged_texts_are_read_or_refused(
    content: bytes,
    changes: list[tuple[int, bytes]],
    declared: str | None,
    is_large: bool,
) -> None:
    for at, new in changes:
        content = content[:at] + new + content[at + len(new) :]
    with pytest.MonkeyPatch.context() as patch:
        if is_large:
            patch.setattr(delimited, "LARGE", 0)
        try:
            found = delimited.read(content, "t.csv", ReaderOptions(encoding=declared))
        except TallymarkError:
            return
    (sheet,) = found.sheets
    assert list(sheet.rows)
