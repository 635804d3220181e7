"""A contract's own SQL: one query on the table alone, whatever it asks for."""

from __future__ import annotations

import duckdb
import pytest

from tallymark import pipeline
from tallymark.contract import measuring
from tallymark.errors import PersonalDataError
from tallymark.model.finding import Status


@pytest.mark.parametrize(
    ("query", "bound", "status"),
    [
        ("select count(*) from {object}", 4, Status.PASSED),
        ("SELECT COUNT(*) FROM ${table} WHERE ${column} IS NULL", 1, Status.PASSED),
        ("select max(length({property})) from {table}", 3, Status.FAILED),
        (
            "with d as (select dish from {object}) select count(*) from d",
            4,
            Status.PASSED,
        ),
        ("select count(*) = 4 from {object}", True, Status.PASSED),
        ("select null", 4, Status.NOT_APPLICABLE),
        ("select dish from {object}", 4, Status.CRASHED),
        ("select cook from {object}", 4, Status.CRASHED),
        ("select interval 1 day", 4, Status.CRASHED),
        ("select 'x'::blob", 4, Status.CRASHED),
        ("select date '2018-01-01'", 4, Status.CRASHED),
        ("select [4]", 4, Status.CRASHED),
        ("select 'nan'::double", 4, Status.CRASHED),
        ("select row_number() over () from {object}", 4, Status.CRASHED),
        ("select sum(4)::decimal(18, 2)", 4, Status.PASSED),
        ("select 4::hugeint /* ; */ -- ;", 4, Status.PASSED),
        ('select count(*) from "CONTRACT_TABLE"', 4, Status.PASSED),
        ("from {object} select count(*)", 4, Status.PASSED),
    ],
)
def test_a_query_gives_one_number(ends, query, bound, status):
    rule = {"id": "it", "type": "sql", "query": query, "mustBe": bound}
    outcomes, _ = ends([{"name": "dish", "quality": [rule]}])
    assert outcomes["it"].status is status


@pytest.mark.parametrize(
    "query",
    [
        "copy {object} to 'out.csv'",
        "attach 'other.db' as other",
        "pragma database_list",
        "select 1; select 2",
        "select 4; copy {object} to 'out.csv'",
        "install httpfs",
        "set memory_limit = '1TB'",
        "drop table {object}",
        "create table x as select 1",
        "delete from {object}",
        "select count(*) from read_csv('/etc/hostname')",
        "select count(*) from '/etc/hostname'",
        "select count(*) from read_text('/etc/hostname')",
        "select count(*) from glob('/*')",
        "select count(*) from duckdb_settings()",
        "select count(*) from information_schema.tables",
        "select count(*) from pragma_table_info('contract_table')",
        "select count(*) from query('select 1')",
        "select getenv('HOME')",
        "select current_setting('memory_limit')",
        "select count(*) from {object} where dish in (select content from read_text('x'))",
        "with x as (select * from glob('*')) select count(*) from x",
        "select count(*) from {object}, range(1000000000000)",
        "select count(*) from query_table('contract_table')",
        "select count(*) from sqlite_master",
        "select count(*) from other.contract_table",
        "with glob as (select 1) select count(*) from glob('*')",
        "select main.getenv('HOME')",
        "select list_transform([1], x -> getenv('HOME'))",
        "select count(*) from {object} where exists (from 'other.parquet')",
        "summarize {object}",
        "call pragma_version()",
        "explain select 4",
        "select len(range(900000000)) from {object}",
        "select length(repeat('x', 900000000)) from {object}",
        "select length(printf('%900000000d', 1)) from {object}",
        "with recursive r(n) as (select 1 union all select n + 1 from r) "
        "select count(*) from r",
        "no sql at all",
        "",
    ],
)  # fmt: skip
def test_anything_but_a_query_on_the_table_is_refused(ends, tmp_path, query):
    rule = {"id": "it", "type": "sql", "query": query, "mustBe": 4}
    outcomes, _ = ends([{"name": "dish", "quality": [rule]}])
    assert outcomes["it"].status is Status.NOT_RUN
    assert "query" in outcomes["it"].reason
    assert not [*tmp_path.glob("*.csv")]


def test_a_name_given_to_a_part_of_a_query_opens_no_file(ends):
    query = 'select count(*) from (with "x.csv" as (select 1) select 1), "x.csv"'
    rule = {"id": "it", "type": "sql", "query": query, "mustBe": 4}
    outcomes, _ = ends(quality=[rule])
    assert outcomes["it"].status is Status.CRASHED


def test_a_query_without_end_is_stopped(ends, monkeypatch):
    tables = ", ".join(f"{{object}} t{i}" for i in range(24))
    query = f"select sum(hash(t1.dish, t9.dish)) from {tables}"
    monkeypatch.setattr(measuring, "_SECONDS", 0.5)
    rule = {"id": "it", "type": "sql", "query": query, "mustBe": 4}
    after = {"id": "after", "type": "sql", "query": "select 4", "mustBe": 4}
    outcomes, _ = ends(quality=[rule, after])
    assert outcomes["it"].status is Status.CRASHED
    assert outcomes["after"].status is Status.PASSED


def test_a_query_that_needs_much_memory_is_stopped_and_spills_nothing(
    ends, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    locks = [lock.replace("2GB", "20MB") for lock in measuring._LOCKS]
    monkeypatch.setattr(measuring, "_LOCKS", locks)
    tables = ", ".join(f"{{object}} t{i}" for i in range(11))
    query = f"select len(list(t1.dish || t9.dish)) from {tables}"
    rule = {"id": "it", "type": "sql", "query": query, "mustBe": 4}
    outcomes, _ = ends(quality=[rule])
    assert outcomes["it"].status is Status.CRASHED
    assert not [*tmp_path.glob(".tmp*"), *tmp_path.glob("*.tmp")]


def test_a_list_of_persons_is_refused_before_any_rule_runs(contract, tmp_path):
    path = tmp_path / "persons.parquet"
    duckdb.sql(
        "select 'Person ' || i as full_name, date '2008-01-01' + i::int as date_of_birth, "
        "'victim' as role from range(40) t(i)"
    ).write_parquet(str(path))
    rule = {"id": "it", "type": "sql", "query": "select 4", "mustBe": 4}
    with pytest.raises(PersonalDataError):
        pipeline.check_contract(contract(quality=[rule]), str(path))
