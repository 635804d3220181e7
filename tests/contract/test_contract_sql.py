"""A contract's own SQL: one query on the table alone, whatever it asks for."""

from __future__ import annotations

import duckdb
import pytest

from tallymark import pipeline
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


def test_a_list_of_persons_is_refused_before_any_rule_runs(contract, tmp_path):
    path = tmp_path / "persons.parquet"
    duckdb.sql(
        "select 'Person ' || i as full_name, date '2008-01-01' + i::int as date_of_birth, "
        "'victim' as role from range(40) t(i)"
    ).write_parquet(str(path))
    rule = {"id": "it", "type": "sql", "query": "select 4", "mustBe": 4}
    with pytest.raises(PersonalDataError):
        pipeline.check_contract(contract(quality=[rule]), str(path))
