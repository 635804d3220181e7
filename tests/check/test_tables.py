"""Tables of rows as they stand: what names a row, which Parquet, what is refused."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from tallymark.check import RowTable
from tallymark.engine.duckdb import DuckDB, connect
from tallymark.errors import PersonalDataError, SourceError, UsageError
from tallymark.pipeline import check

ROWS = pa.table(
    {
        "id": [1, 2, 3, 4],
        'Case "Nr"': ["a", "b", None, "d"],
        "year": pa.array([2018, 2018, 2019, 2019], pa.int64()),
        "state": ["open", None, "open", "shut"],
    }
)
YEARS = (2018, 2019)


def _folder(path):
    path.mkdir()
    pq.write_table(ROWS.slice(0, 2), path / "a.parquet")
    pq.write_table(ROWS.slice(2), path / "b [2] +é.parquet")
    (path / "_SUCCESS").touch()
    return path


def _hive(path):
    for year in YEARS:
        (path / f"year={year}").mkdir(parents=True)
        own = ROWS.filter(pc.equal(ROWS["year"], year)).drop_columns("year")
        pq.write_table(own, path / f"year={year}" / "part.parquet")
    return path


def _relation(_):
    connection = duckdb.connect()
    connection.register("rows", ROWS)
    connection.execute("create table kept as from rows")
    return connection.table("kept").filter("id < 9")


def _one(path):
    pq.write_table(ROWS, path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


SOURCES = {
    "arrow": lambda path: ROWS,
    "pandas": lambda path: ROWS.to_pandas(),
    "nullable": lambda path: ROWS.to_pandas().convert_dtypes(),
    "pandas of arrow": lambda path: ROWS.to_pandas(types_mapper=pd.ArrowDtype),
    "categories": lambda path: ROWS.to_pandas().astype({"state": "category"}),
    "polars": lambda path: pl.from_arrow(ROWS),
    "lazy": lambda path: pl.from_arrow(ROWS).lazy(),
    "stream": lambda path: ROWS.to_reader(max_chunksize=1),
    "dataset": lambda path: ds.dataset(_folder(path)),
    "relation": _relation,
    "file": _one,
    "text": lambda path: str(_one(path)),
    "folder": _folder,
    "partitions": _hive,
    "pattern": lambda path: str(_folder(path) / "*.parquet"),
    "list": lambda path: sorted(_folder(path).glob("*.parquet")),
}


@pytest.fixture
def rules(expectation):
    """Two expectations: a gap, and a number too low."""
    return (
        expectation(
            "expect_column_values_to_not_be_null", slug="state", column="state"
        ),
        expectation(
            "expect_column_values_to_be_between",
            slug="year",
            column="year",
            min_value=2019,
        ),
    )


@pytest.mark.parametrize("kind", SOURCES)
def test_every_kind_of_source_gives_the_same_findings(kind, rules, found, tmp_path):
    source = SOURCES[kind](tmp_path / "rows")
    findings = found(RowTable(source=source, key=("id", 'Case "Nr"')), *rules)
    assert [(o.n_checked, o.n_failed) for o in findings.outcomes] == [(4, 1), (4, 2)]
    assert [(f.expectation, str(f.location)) for f in findings] == [
        ("year", 'id=1 Case "Nr"=a'),
        ("state", 'id=2 Case "Nr"=b'),
        ("year", 'id=2 Case "Nr"=b'),
    ]
    assert len({f.fingerprint for f in findings}) == 3
    assert findings.flags.num_rows == 0


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("file", "rows.parquet row 2"),
        ("folder", "a.parquet row 2"),
        ("partitions", "year=2018/part.parquet row 2"),
    ],
)
def test_rows_of_parquet_are_told_by_their_place(kind, place, rules, found, tmp_path):
    findings = found(RowTable(source=SOURCES[kind](tmp_path / "rows")), rules[0])
    assert [str(f.location) for f in findings] == [place]


def test_other_rows_are_told_by_what_is_looked_at(expectation, found):
    one = expectation(
        "expect_column_values_to_be_in_set", column="state", value_set=["open"]
    )
    (finding,) = found(ROWS, one)
    assert str(finding.location) == "state=shut"


def test_a_relation_is_asked_without_a_trace_in_its_connection(rules, found):
    connection = duckdb.connect()
    connection.execute("create temp table obs as select 1 as x")
    connection.execute(
        'create table kept as select 7 as id, null as state, 2020 as "year"'
    )
    settings = "select name, value from duckdb_settings()"
    before = connection.execute(settings).fetchall()
    assert found(connection.table("kept"), *rules).outcomes[0].n_failed == 1
    tables = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert sorted(tables) == [("kept",), ("obs",)]
    views = "select view_name from duckdb_views() where not internal"
    assert connection.execute(views).fetchall() == []
    assert connection.execute(settings).fetchall() == before
    assert connection.execute("from obs").fetchall() == [(1,)]


def test_a_relation_whose_connection_is_busy_is_told_of(rules, found):
    connection = duckdb.connect()
    relation = connection.from_arrow(ROWS)
    answer = connection.execute("from range(3)")
    with pytest.raises(SourceError, match="unfinished result"):
        found(relation, *rules)
    assert answer.fetchall() == [(0,), (1,), (2,)]


def test_a_spooled_source_leaves_no_file(rules, found, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found(ROWS.to_reader(), *rules)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "type_"), [(("7", "12"), "BIGINT"), (("07", "12"), "VARCHAR")]
)
def test_partitions_are_numbers_only_if_nothing_is_lost(values, type_, tmp_path):
    for value in values:
        (tmp_path / f"code={value}").mkdir()
        pq.write_table(ROWS, tmp_path / f"code={value}" / "x.parquet")
    engine = DuckDB(connect())
    engine.register("rows", tmp_path)
    assert engine.columns("rows")["code"] == type_
    first = engine.rows("select min(code) from rows")[0][0]
    assert str(first) == min(values, key=int)


def _case_twins(path):
    pq.write_table(pa.table({"State": ["a"], "state": ["b"]}), path / "x.parquet")
    return path


def _nested(path):
    pq.write_table(pa.table({"state": ["a"], "who": [[1, 2]]}), path / "x.parquet")
    return path


def _differing(path):
    pq.write_table(pa.table({"state": ["a"]}), path / "a.parquet")
    pq.write_table(pa.table({"state": ["a"], "n": [1]}), path / "b.parquet")
    return path


def _damaged(path):
    (path / "x.parquet").write_bytes(b"PAR1 and then nothing of the kind")
    return path


def _uneven(path):
    for folder in ("year=2018", "month=1"):
        (path / folder).mkdir()
        pq.write_table(ROWS, path / folder / "x.parquet")
    return path


BAD = {
    "no such file or folder": lambda path: path / "absent.parquet",
    "no file matches this pattern": lambda path: str(path / "*.parquet"),
    "no Parquet file in this folder": lambda path: path,
    "no path is named": lambda path: [],
    "'State' and 'state' have the same name": _case_twins,
    "who holds lists or records": _nested,
    "a.parquet has no 'n', b.parquet has 'n' as BIGINT": _differing,
    "x.parquet": _damaged,
    "name different columns: month or year": _uneven,
    "'A' and 'a' have the same name": lambda path: pa.table({"A": [1], "a": [2]}),
}


@pytest.mark.parametrize("told", BAD)
def test_a_table_that_cannot_be_checked_is_told_of_in_one_sentence(
    told, rules, found, tmp_path
):
    with pytest.raises(SourceError) as refused:
        found(BAD[told](tmp_path), *rules)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_key_that_is_not_there_is_told_with_what_is(rules, found):
    with pytest.raises(SourceError, match=r"no column 'nr' .* It has id, "):
        found(RowTable(source=ROWS, key=("nr",)), *rules)


def test_a_column_that_is_not_there_is_a_reason_not_to_run(expectation, found):
    one = expectation("expect_column_values_to_not_be_null", column="absent")
    (outcome,) = found(ROWS, one).outcomes
    assert (outcome.status, "absent" in outcome.reason) == ("not_run", True)


NAMES = ["Asha Kimani", "Mary Wanjiru", "John Otieno", "Peter Mwangi"]
PERSONS = ROWS.append_column("victim_name", pa.array(NAMES))


@pytest.mark.parametrize("kind", ["arrow", "stream", "lazy", "relation", "file"])
def test_no_row_of_a_list_of_persons_is_checked(kind, tmp_path):
    made = {
        "arrow": lambda: PERSONS,
        "stream": lambda: PERSONS.to_reader(),
        "lazy": lambda: pl.from_arrow(PERSONS).lazy(),
        "relation": lambda: duckdb.connect().from_arrow(PERSONS),
        "file": lambda: (
            pq.write_table(PERSONS, tmp_path / "p.parquet") or tmp_path / "p.parquet"
        ),
    }
    with pytest.raises(PersonalDataError, match="names of persons in column"):
        check(made[kind](), "observations")


def test_persons_in_the_last_of_several_files_are_found(tmp_path):
    other = ROWS.append_column("victim_name", pa.nulls(4, pa.string()))
    pq.write_table(other, tmp_path / "a.parquet")
    pq.write_table(PERSONS, tmp_path / "b.parquet")
    with pytest.raises(PersonalDataError):
        check(tmp_path, "observations")


def test_shipped_suites_are_not_run_by_themselves_over_another_table():
    with pytest.raises(UsageError, match="has not the columns of observations"):
        check(ROWS)


@pytest.mark.parametrize(
    ("options", "told"),
    [({"engine": "polars"}, "no engine 'polars'"), ({"master": "local"}, "spark")],
)
def test_engines_that_cannot_be(options, told):
    with pytest.raises(UsageError, match=told):
        check(ROWS, "observations", **options)


@pytest.mark.parametrize("name", ["region", "first", "form"])
def test_key_columns_may_be_called_like_parts_of_findings(rules, found, name):
    table = ROWS.rename_columns([name, *ROWS.column_names[1:]])
    findings = found(RowTable(source=table, key=(name,)), rules[0])
    assert [str(f.location) for f in findings] == [f"{name}=2"]


@pytest.mark.parametrize("name", ["tallymark_row", "tallymark_file"])
def test_names_of_our_own_are_told(rules, found, name):
    with pytest.raises(SourceError, match=f"{name}' is a name of Tallymark's own"):
        found(
            RowTable(source=ROWS.rename_columns([name, *ROWS.column_names[1:]])),
            rules[0],
        )


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars"])
def test_the_first_rows_in_memory_are_those_that_are_looked_at(rules, found, kind):
    seen = []
    table = pa.table({"id": range(300_000), "state": ["open"] * 300_000})
    made = {"arrow": lambda: table, "pandas": table.to_pandas}
    source = made.get(kind, lambda: pl.from_arrow(table))()

    def screen(columns):
        seen.append(list(columns["id"]))

    found(RowTable(source=source, screen=screen), rules[0])
    assert seen == [list(range(400))]
