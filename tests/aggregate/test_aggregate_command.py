"""`tallymark aggregate` as whoever holds an extract meets it."""

from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

import tallymark as tm
from tallymark.cli import main
from tallymark.errors import DocumentError, PersonalDataError, SourceError, UsageError

SERIES = Path(tm.__file__).parent / "reference" / "series" / "xaa_online_unit.yaml"
MAPPING = """
version: 1
title: Register of the Online Child Protection Unit (invented)
series: xaa_online_unit
unit: {columns: [case_key]}
stages:
  RECORDED: {input: reported_on, output: closed_on}
area:
  column: district
  total: XAA
  codes: {North: XAA_N, South: XAA_S, West: XAA_W}
offence:
  column: law
  total: "0302"
  codes:
    "104": {iccs: "030221", rank: 2, label: Abuse material}
    "107": {iccs: "030223", rank: 1, label: Grooming}
sex: {column: victim_sex, codes: {f: F, m: M}}
online: {column: online, marked: ["true"], unmarked: ["false"]}
coverage: {start: 2018-01-01, end: 2019-12-31}
answers: {attempts: included}
tables:
  - [sex, offence]
  - [ref_area]
"""


STORY = (
    "the girl, aged 13, told her mother that a man she had met in a game had asked her"
    " for pictures and threatened to send them to her school if she did not pay him."
)


def rows_of(n=400):
    drawn = random.Random(7)
    return [
        {
            "case_key": f"SECRET-{drawn.randrange(n)}",
            "reported_on": date(2017, 11, 1) + timedelta(days=drawn.randrange(900)),
            "closed_on": date(2018, 11, 1),
            "district": drawn.choice(["North", "South", "South", "South"]),
            "law": drawn.choice(["104"] * 30 + ["107"]),
            "victim_sex": drawn.choice(["f", "f", "f", "f", "m", None]),
            "online": drawn.random() < 0.8,
            "suspect_name": "Some Name",
        }
        for _ in range(n)
    ]


@pytest.fixture
def held(tmp_path):
    """A folder with an extract, and its mapping."""
    pl.DataFrame(rows_of()).write_parquet(tmp_path / "register.parquet")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys):
    def command(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        return ended.value.code, capsys.readouterr().err

    return command


def test_an_extract_becomes_observations_that_can_be_checked_and_shown(
    held, run
) -> None:
    out = held / "counts.parquet"
    code, told = run(
        "aggregate", held / "register.parquet", "--mapping", held / "mapping.yaml",
        "-o", out,
    )  # fmt: skip
    assert code == 0, told
    assert "hidden below 5" in told
    code, told = run("check", "--table", out, "--suite", "publication")
    assert code == 0, told
    findings = tm.check(out)
    broken = {o.expectation for o in findings.outcomes if o.status == "crashed"}
    assert not broken
    slugs = {finding.expectation for finding in findings.items}
    assert not slugs & {"hidden-cell-recoverable", "small-counts-shown"}
    figures = tm.interpret(out, findings)
    table = tm.table(figures.where(sex="_T", offence="0302", ref_area="XAA"))
    assert "invented" in str(table)
    assert figures.submissions.series["xaa_online_unit"].definitions


def test_no_id_row_or_unmapped_column_comes_out(held, run) -> None:
    for suffix in (".parquet", ".csv"):
        out = held / f"counts{suffix}"
        run("aggregate", held / "register.parquet", "--mapping", held / "mapping.yaml",
            "-o", out)  # fmt: skip
        written = out.read_bytes() + (held / f"{out.name}.provenance.json").read_bytes()
        assert b"SECRET" not in written
        assert b"Some Name" not in written
    with (held / "counts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == pq.read_table(held / "counts.parquet").num_rows
    numbers = [float(row["obs_value"]) for row in rows if row["obs_value"]]
    assert all(n == 0 or n >= 5 for n in numbers)
    assert {r["conf_status"] for r in rows if not r["obs_value"]} <= {"A", "D"}
    refs = {row["source_ref"] for row in rows}
    assert "aggregate:2018/RECORDED" in refs
    assert "aggregate:2018/RECORDED/offence=030221/sex=F" in refs


def test_numbers_of_rows_are_told_by_order_of_size_alone(held, run) -> None:
    out = held / "counts.parquet"
    run("aggregate", held / "register.parquet", "--mapping", held / "mapping.yaml",
        "-o", out)  # fmt: skip
    told = json.loads((held / "counts.parquet.provenance.json").read_text("utf-8"))
    (step,) = told["steps"]
    assert step["arguments"]["rows"] == "not told"  # beside hidden counts
    assert step["arguments"]["not counted: not online"] == "10 to 99"
    assert step["arguments"]["answered: attempts"] == "included"
    assert told["inputs"][0]["adapter"] == "mapping"


def test_every_kind_of_source_gives_the_same_counts(held) -> None:
    path, mapping = held / "register.parquet", held / "mapping.yaml"
    folder = held / "parts"
    folder.mkdir()
    frame = pl.read_parquet(path)
    frame[:150].write_parquet(folder / "a.parquet")
    frame[150:].write_parquet(folder / "b.parquet")
    sources = {
        "path": path,
        "folder": folder,
        "polars": frame,
        "lazy": frame.lazy(),
        "pandas": frame.to_pandas(),
        "arrow": frame.to_arrow(),
        "relation": duckdb.connect().read_parquet(str(path)),
    }
    found = {}
    for name, source in sources.items():
        observations = tm.aggregate(source, mapping).observations
        found[name] = observations.select(["source_ref", "obs_value", "value_high"])
    assert all(table.equals(found["path"]) for table in found.values())


def test_the_same_extract_gives_the_same_bytes(held, run) -> None:
    written = []
    for name in ("one.parquet", "two.parquet"):
        run("aggregate", held / "register.parquet", "--mapping", held / "mapping.yaml",
            "-o", held / name)  # fmt: skip
        written.append((held / name).read_bytes())
    assert written[0] == written[1]


def test_a_higher_threshold_hides_more(held) -> None:
    hidden = [
        tm.aggregate(
            held / "register.parquet", held / "mapping.yaml", threshold=threshold
        )
        .observations["obs_value"]
        .null_count
        for threshold in (3, 60)
    ]
    assert hidden[0] < hidden[1]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("birth_date", [date(1980, 1, 1) + timedelta(days=i) for i in range(400)]),
        ("narrative", [f"On day {i} {STORY}" for i in range(400)]),
    ],
)
def test_mapped_columns_that_tell_of_persons_are_refused(held, column, values) -> None:
    frame = pl.read_parquet(held / "register.parquet")
    frame = frame.with_columns(pl.Series(column, values))
    mapping = held / "personal.yaml"
    text = MAPPING + f"breakdowns:\n  x: {{column: {column}, codes: {{a: b}}}}\n"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(PersonalDataError) as error:
        tm.aggregate(frame, mapping)
    assert column in str(error.value)
    assert "girl" not in str(error.value)


def test_what_cannot_be_is_said_before_anything_is_counted(held, run) -> None:
    path, mapping = held / "register.parquet", held / "mapping.yaml"
    wrong = held / "wrong.yaml"
    wrong.write_text(MAPPING.replace("victim_sex", "victims_sex"), encoding="utf-8")
    with pytest.raises(DocumentError, match="no column 'victims_sex'; the nearest is"):
        tm.aggregate(path, wrong)
    wrong.write_text(MAPPING.replace("reported_on", "law"), encoding="utf-8")
    with pytest.raises(DocumentError, match="days are needed"):
        tm.aggregate(pl.read_parquet(path).with_columns(law=pl.lit(1)), wrong)
    wrong.write_text(
        MAPPING.replace("xaa_online_unit", "xaa_on_unit"), encoding="utf-8"
    )
    with pytest.raises(DocumentError, match="xaa_online_unit"):
        tm.aggregate(path, wrong)
    with pytest.raises(SourceError, match=r"gone\.parquet"):
        tm.aggregate(held / "gone.parquet", mapping)
    with pytest.raises(UsageError, match="hides nothing"):
        tm.aggregate(path, mapping, threshold=1)
    assert run("aggregate", path, "--mapping", mapping, "-o", held / "x.txt")[0] == 2
    before = path.read_bytes()
    assert run("aggregate", path, "--mapping", mapping, "-o", path)[0] == 2
    assert path.read_bytes() == before
    assert not list(held.glob("*.provenance.json"))
