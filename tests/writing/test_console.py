"""Names on consoles that have not every letter, and in paths of any letters."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tallymark.cli import main
from tallymark.cli.console import escape_on_streams, tell_of_escapes

SAMPLES = Path(__file__).parents[2] / "sample_data"
FOLDER = "Relatórios – ខ្មែរ ของ ตำรวจ"
THAI = "สถิติคดี ๒๕๖๐-๒๕๖๒.xlsx"
CLAIMS = f"""\
version: 1
files: ["{THAI}"]
claims:
  - id: arrests
    text: In 2017 ตำรวจ (Côte d’Ivoire) arrested 505 persons.
    kind: level
    value: 505
    figures: [{{where: {{ref_area: XBB, time_period: 2017, stage: ARRESTED}}}}]
"""
PRINTED = {
    "check": ["check", "{file}", "--fail-on", "never"],
    "why": ["why", "XBB-2017-ARRESTED", "{file}"],
    "show": ["adapt", "show", "{file}"],
    "facts": ["facts", "XBF"],
    "iccs": ["iccs", "KHM"],
}
"""`{file}` and `{folder}` stand for paths with blanks and letters of several scripts."""
PRINTED_SLOWLY = {
    "table": ["table", "{file}", "--rows", "stage", "--where", "ref_area=XBB"],
    "cite": ["cite", "XBB-2017-ARRESTED", "{file}"],
    "claim": ["claim", "{folder}/ข้อ.yaml"],
}
FAILING = {
    "no file": ["check", "{folder}/ไม่มี – none.xlsx"],
    "no adapter": ["check", "{file}", "--adapter", "{folder}/ไม่มี.yaml"],
}
WRITTEN = {
    "ผล – out/findings.html": ["check", "{file}", "--out", "{folder}/ผล – out"],
    "ก – é.html": ["table", "{file}", "-o", "{folder}/ก – é.html"],
    "ก – é.csv": ["table", "{file}", "--rows", "stage", "-o", "{folder}/ก – é.csv"],
}


class Ended(NamedTuple):
    """How a command ended: exit code, and the bytes it printed."""

    code: int
    out: bytes
    err: bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / FOLDER
    made.mkdir()
    (made / THAI).write_bytes((SAMPLES / "xbb_online_cases" / THAI).read_bytes())
    (made / "ข้อ.yaml").write_text(CLAIMS, encoding="utf-8")
    return made


@pytest.fixture
def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Sequence[str], str], Ended]:
    """A function: run a command on a console of an encoding."""

    def command(words: Sequence[str], encoding: str) -> Ended:
        streams = [
            io.TextIOWrapper(io.BytesIO(), encoding, newline="\n", write_through=True)
            for _ in range(2)
        ]
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        escapes = escape_on_streams()
        given = [word.format(file=folder / THAI, folder=folder) for word in words]
        with pytest.raises(SystemExit) as ended:
            main(given)
        tell_of_escapes(escapes)
        monkeypatch.undo()
        out, err = (stream.buffer.getvalue() for stream in streams)
        return Ended(ended.value.code, out, err)

    return command


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


@pytest.mark.parametrize("name", [*PRINTED, *FAILING])
def test_a_console_without_the_letters_shows_every_line(name, run) -> None:
    words = (PRINTED | FAILING)[name]
    wide, narrow = run(words, "utf-8"), run(words, "cp1252")
    assert (wide.code, narrow.code) == ((0, 0) if name in PRINTED else (2, 2))
    assert unescaped(narrow.out.decode("cp1252")) == wide.out.decode()
    *said, last = narrow.err.decode("cp1252").splitlines() or [""]
    is_told = "letters that this console cannot show" in last
    lines = said if is_told else [*said, last]
    assert unescaped("\n".join(lines)).strip() == wide.err.decode().strip()
    assert is_told == ("\\u" in (narrow.out.decode("cp1252") + "".join(lines)))


@pytest.mark.parametrize("name", PRINTED_SLOWLY)
def test_a_console_without_the_letters_loses_none(name, run) -> None:
    ended = run(PRINTED_SLOWLY[name], "cp1252")
    assert ended.code == 0, ended.err
    shown = unescaped(ended.out.decode("cp1252"))
    assert "ตำรวจ" in shown or THAI in " ".join(shown.split())
    assert b"letters that this console cannot show" in ended.err


@pytest.mark.parametrize("format_", ["json", "gx"])
def test_data_on_such_a_console_is_still_json(format_, run) -> None:
    words = [*PRINTED["check"], "--format", format_]
    found = json.dumps(
        json.loads(run(words, "cp1252").out.decode("cp1252")), ensure_ascii=False
    )
    assert "สถิติคดี" in found


@pytest.mark.parametrize("name", WRITTEN)
def test_files_stand_where_they_were_asked_for(name, run, folder) -> None:
    ended = run(WRITTEN[name], "cp1252")
    assert ended.code == 0, ended.err
    assert "สถิติคดี" in "".join(
        path.read_text(encoding="utf-8")
        for path in (folder / name).parent.glob(f"{Path(name).stem}.*")
        if path.suffix in (".html", ".md", ".csv", ".txt")
    )


OWN_ADAPTER = """\
id: own-thai
version: 1
title: คดี – Côte d’Ivoire
source: {title: คดี}
vintage: null
tables:
  - name: cases
    header: [ประเทศ, ปี, จำนวน]
    values: [จำนวน]
    constants: {series_id: xaa_case_data, stage: RECORDED, counting_unit: CASE, scope: CSEA}
    lookups:
      - {column: ประเทศ, parse: area}
      - {column: ปี, parse: period}
"""


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({"PYTHONIOENCODING": "cp1252"}, r"\u0e04\u0e14\u0e35"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "คดี"),
        ({"LC_ALL": "C"}, "คดี"),
    ],
    ids=["cp1252", "C without UTF-8", "C"],
)
def test_the_program_reads_and_writes_in_folders_of_any_letters(
    variables: dict[str, str], shown: str, folder: Path
) -> None:
    own, kept, out = (folder / name for name in ("ของเรา – é", "แคช – é", "ผล – é"))
    (own / "adapters").mkdir(parents=True)
    (own / "adapters" / "own-thai.yaml").write_text(OWN_ADAPTER, encoding="utf-8")
    file = folder / "คดี – Côte.csv"
    file.write_text("ประเทศ,ปี,จำนวน\nNA,2018,12\nViệt Nam,2018,\n", encoding="utf-8")
    given = [sys.executable, "-m", "tallymark", "check", file, "--own", own]
    given += ["--cache", kept]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
    ended = subprocess.run(
        [*given, "--fail-on", "never", "--out", out],
        env=environment | variables,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    assert shown in ended.stdout.decode(encoding)
    assert (b"cannot show" in ended.stderr) == shown.startswith("\\")
    assert "คดี – Côte.csv" in (out / "findings.html").read_text(encoding="utf-8")
    assert list(kept.rglob("*")), "nothing was kept"


@pytest.mark.skipif(os.name == "nt", reason="there a file's name is no bytes")
def test_a_file_whose_name_is_no_utf_8_is_read_and_named(run, folder) -> None:
    name = os.fsdecode(b"Relat\xf3rio.xlsx")
    (folder / THAI).rename(folder / name)
    out = "{folder}/o"
    words = ["check", f"{folder}/{name}", "--fail-on", "never", "--out", out]
    ended = run(words, "utf-8")
    assert ended.code == 0, ended.err
    assert "Relat\\xf3rio.xlsx" in ended.out.decode()
    assert "Relat\\xf3rio.xlsx" in (folder / "o/findings.html").read_text("utf-8")
