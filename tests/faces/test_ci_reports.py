"""Reports for builds as a user asks for them, on real files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import tallymark as tm
from tallymark import pipeline
from tallymark.cli import ci as cli_ci
from tallymark.model.codes import Severity
from tallymark.model.finding import Outcome, Status
from tallymark.model.observation import SCHEMA

SERIES = "xaa_case_data"
BROKEN = b"PK\x03\x04 no workbook"
LATER = {"F6": 0, "F9": 1.5, "F19": -2, "F21": 18, "F22": 17}
"""Small and confidential figures of the sample, and parts of a total beside them."""
OTHER = {"F6": 0, "F9": 2.5, "F19": -4, "F21": 19, "F22": 16}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A working folder that is the root of a repository, with a cache of its own."""
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "data").mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("TALLYMARK_CACHE", str(tmp_path / "cache"))
    return root


def put(path: Path, sample: Path, cells: dict[str, float]) -> None:
    book = openpyxl.load_workbook(sample)
    for cell, value in cells.items():
        book["Case data"][cell] = value
    book.save(path)


def asked(names, folder: str) -> list[str]:
    return [f"--report={name}={folder}/{name}" for name in names]


def test_the_formats_of_the_options_are_those_there_are() -> None:
    assert set(pipeline.ci_formats()) == {*cli_ci.CI_FORMATS, "text"}


def test_no_report_depends_on_small_figures_or_what_gives_them_away(
    run, repository, sample
) -> None:
    told = []
    for name, cells in (("one", LATER), ("other", OTHER)):
        put(repository / "data" / "cases.xlsx", sample(SERIES), cells)
        ended = run("check", "data", *asked(cli_ci.CI_FORMATS, name))
        assert ended.code == 1
        files = {p.name: p.read_bytes() for p in Path(name).iterdir()}
        told.append((ended.out, ended.err.replace(name, ""), files))
    assert told[0] == told[1]
    assert told[0][2].keys() == set(cli_ci.CI_FORMATS)
    assert b"[withheld], 'Case data'!F9" in told[0][2]["sarif"]


def test_no_cache_is_kept_of_what_is_withheld(
    run, repository, sample, tmp_path
) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    run("check", "data", "--report", "junit=j.xml")
    assert not (tmp_path / "cache").exists()
    run("check", "data")
    assert (tmp_path / "cache").exists()


def test_what_would_show_values_beside_a_report_is_refused(run, repository) -> None:
    shown = ("check", "data", "--report", "junit=j.xml")
    for options, said in (
        (("--cache", "c"), "a cache keeps the values"),
        (("--format", "json"), "--format json prints values"),
        (("--report", "sarif", "--report", "github"), "would both be printed"),
        (("--report", "csv=j.xml"), "two reports are to stand in one file"),
        (("--report", "tap"), "there is no report 'tap'"),
    ):
        ended = run(*shown, *options)
        assert (ended.code, said in ended.err) == (2, True), ended.err


def test_values_are_shown_to_who_asks(run, repository, sample) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    ended = run("check", "data", "--report", "csv=c.csv", "--show-values")
    assert "The count is 1.5." in Path("c.csv").read_text(encoding="utf-8")
    assert "The count is 1.5." in ended.out


def test_no_path_of_this_machine_is_told(run, repository, sample, tmp_path) -> None:
    shutil.copy(sample(SERIES), repository / "data" / "a b.xlsx")
    (repository / "data" / "no.xlsx").write_bytes(BROKEN)
    path = repository / "data"
    for shows in ((), ("--show-values",)):
        run("check", path, *asked(cli_ci.CI_FORMATS, "out"), *shows)
        for name in cli_ci.CI_FORMATS:
            told = Path("out", name).read_text(encoding="utf-8")
            assert str(tmp_path) not in told
            assert ("data/a%20b.xlsx" if name == "sarif" else "data/a b.xlsx") in told
            assert "data/no.xlsx" in told


def test_files_of_one_name_are_told_by_their_folders(run, repository, sample) -> None:
    for folder, cells in (("a", {"F9": 40, "F19": 41}), ("b", {})):
        (repository / "data" / folder).mkdir()
        put(repository / "data" / folder / "cases.xlsx", sample(SERIES), cells)
    newer = "data/b/cases.xlsx=data/a/cases.xlsx"
    run("check", "data", "--replaces", newer, "--report", "jsonl=r.jsonl")
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    (row,) = (r for r in rows if r.get("expectation") == "value-not-negative")
    assert (row["file"], row["other_files"]) == ("data/b/cases.xlsx", [])


def test_a_run_in_which_nothing_could_be_read_is_told(run, repository) -> None:
    (repository / "data" / "no.xlsx").write_bytes(BROKEN)
    ended = run("check", "data", "--report", "sarif=s.sarif")
    assert ended.code == 2
    (run_,) = json.loads(Path("s.sarif").read_text(encoding="utf-8"))["runs"]
    rules = [result["ruleId"] for result in run_["results"]]
    assert rules == ["file-is-read", "something-is-checked"]
    assert "Nothing was checked." in ended.out


def test_a_check_that_ends_early_leaves_a_report(run, repository, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("the value 3")

    monkeypatch.setattr(pipeline, "check_all", broken)
    (repository / "data" / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ended = run("check", "data", "--guess", "--report", "github", "--report", "csv=c")
    assert ended.code == 5
    assert "::error " in ended.out
    assert "value 3" not in ended.out + ended.err + Path("c").read_text()


def test_the_same_files_give_the_same_bytes(
    run, repository, sample, monkeypatch
) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    run("check", "data", *asked(cli_ci.CI_FORMATS, "one"))
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    run("check", "data", *asked(cli_ci.CI_FORMATS, "two"))
    for name in cli_ci.CI_FORMATS:
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_the_time_of_an_ess_report_is_the_one_that_is_given(
    run, repository, sample, monkeypatch
) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    (first, *_) = json.loads(run("check", "data", "--format", "ess").out)
    assert first["event"]["time"] == "19700101T000000+0000"


def test_no_report_on_a_table_depends_on_its_values(run, repository, sample) -> None:
    rows = tm.read(sample(SERIES)).to_arrow().to_pylist()
    told = []
    for name, changed in (("one", -2), ("other", -4)):
        for row in rows:
            if row["raw_value"] in ("-2", "-4"):
                row |= {"obs_value": float(changed), "raw_value": str(changed)}
        other = pa.Table.from_pylist(rows, schema=SCHEMA)
        pq.write_table(other, "rows.parquet")
        ended = run("check", "--table", "rows.parquet", *asked(cli_ci.CI_FORMATS, name))
        files = {p.name: p.read_bytes() for p in Path(name).iterdir()}
        told.append((ended.code, ended.out, files))
    assert told[0] == told[1]
    assert b"value-not-negative" in told[0][2]["csv"]
    annotation = told[0][2]["github"].decode().splitlines()[0]
    assert annotation.startswith("::error file=rows.parquet,line=1,title=")


def test_the_settings_say_which_reports_are_written(run, repository, sample) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    (repository / "pyproject.toml").write_text(
        '[tool.tallymark]\ninclude = ["data"]\nreports = ["junit=j.xml"]\n',
        encoding="utf-8",
    )
    run("check", "data")
    assert not Path("j.xml").exists()
    ended = run("check")
    assert ended.code == 1
    assert Path("j.xml").exists()
    assert "The count is" not in ended.out + ended.err


def test_a_stale_waiver_is_told_at_its_file(run, repository, sample) -> None:
    shutil.copy(sample(SERIES), repository / "data")
    (repository / "pyproject.toml").write_text(
        '[tool.tallymark]\nwaivers = "waivers.yaml"\nstale-waivers = "fail"\n',
        encoding="utf-8",
    )
    (repository / "waivers.yaml").write_text(
        "version: 1\nwaivers:\n- fingerprint: '0123456789abcdef'\n  owner: Ana\n"
        "  reason: asked the ministry\n  expires: 2099-01-31\n",
        encoding="utf-8",
    )
    told = run("check", "data", "--report", "github").out
    assert "::error file=waivers.yaml,line=1,title=waiver-0123456789abcdef::" in told


def test_faulty_settings_leave_a_report(run, repository) -> None:
    (repository / "pyproject.toml").write_text(
        "[tool.tallymark]\nincluded = 3\n", encoding="utf-8"
    )
    ended = run("check", "data", "--report", "github")
    assert ended.code == 2
    assert "::error file=pyproject.toml,line=1,title=file-is-read::" in ended.out
    assert "included" in ended.out


def test_a_column_of_another_type_is_named(run, repository, sample) -> None:
    rows = tm.read(sample(SERIES)).to_arrow()
    at = rows.schema.get_field_index("obs_value")
    texts = pa.array(["SENTINEL-3"] * rows.num_rows)
    pq.write_table(rows.set_column(at, "obs_value", texts), "rows.parquet")
    ended = run("check", "--table", "rows.parquet", "--report", "junit=j.xml")
    told = Path("j.xml").read_text(encoding="utf-8")
    assert "the column obs_value holds text" in told
    assert "SENTINEL" not in told + ended.out + ended.err


def test_no_reason_of_a_crash_is_printed_beside_reports() -> None:
    outcome = Outcome(
        expectation="it", type="sql", severity=Severity.CRITICAL,
        status=Status.CRASHED, reason="Could not convert SENTINEL-3",
    )  # fmt: skip
    for shows in (False, True):
        made = cli_ci.asked_reports(("junit=j.xml",), "text", show_values=shows)
        telling = cli_ci.Telling(asked=made, format_="text", guess=False)
        assert ("SENTINEL-3" in telling.reason(outcome)) is shows
