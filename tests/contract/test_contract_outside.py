"""Contracts as others write them: all of it is run, or said not to be."""

from __future__ import annotations

import duckdb
import pytest
import yaml

from tallymark import pipeline
from tallymark.cli import cli
from tallymark.contract import plan_of
from tallymark.errors import DocumentError
from tallymark.model.codes import Severity
from tallymark.model.finding import Status

FAILED, PASSED, NOT_RUN = Status.FAILED, Status.PASSED, Status.NOT_RUN
ORDERS = (
    "select * from (values "
    "('A-1', 'a@example.org', 10, 250, ['soup', 'rice'], {'town': 'X'}), "
    "('A-2', 'nobody', 12, 300, ['soup', 'soup', null], null)) "
    "t(code, mail, pieces, weight, dishes, place)"
)


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.parquet"
    duckdb.sql(ORDERS).write_parquet(str(path))
    return str(path)


@pytest.fixture
def told(contract, orders):
    """A function: properties and quality, to status and reason by rule."""

    def _told(properties=(), quality=(), **more):
        path = contract(properties, quality, **more)
        found = pipeline.check_contract(path, orders, key=["code"])
        return {o.expectation: (o.status, o.reason) for o in found.outcomes}

    return _told


@pytest.mark.parametrize(
    ("name", "kind", "options", "slug", "status"),
    [
        ("pieces", "integer", {"multipleOf": 5}, "pieces-multipleof", FAILED),
        ("pieces", "integer", {"multipleOf": 2}, "pieces-multipleof", PASSED),
        ("pieces", "number", {"multipleOf": 0.1}, "pieces-multipleof", PASSED),
        ("weight", "integer", {"format": "u8"}, "weight-format", FAILED),
        ("weight", "integer", {"format": "i16"}, "weight-format", PASSED),
        ("weight", "number", {"format": "f64"}, "weight-format", NOT_RUN),
        ("weight", "integer", {"format": "int32"}, "weight-format", NOT_RUN),
        ("mail", "string", {"format": "email"}, "mail-format", FAILED),
        ("code", "string", {"format": "hostname"}, "code-format", PASSED),
        ("code", "string", {"format": "password"}, "code-format", NOT_RUN),
        ("dishes", "array", {"minItems": 3}, "dishes-minitems", FAILED),
        ("dishes", "array", {"maxItems": 3}, "dishes-maxitems", PASSED),
        ("dishes", "array", {"uniqueItems": True}, "dishes-uniqueitems", FAILED),
        ("place", "object", {"maxProperties": 1}, "place-maxproperties", NOT_RUN),
        ("weight", None, {"pattern": "^2"}, "weight-pattern", NOT_RUN),
        ("code", None, {"minimum": 3}, "code-minimum", NOT_RUN),
        ("code", "string", {"multipleOf": 3}, "code-multipleof", NOT_RUN),
    ],
)
def test_options_are_run_or_said_not_to_be(told, name, kind, options, slug, status):
    entry = {"name": name, "logicalTypeOptions": options}
    found = told([entry | ({"logicalType": kind} if kind else {})])
    assert found[slug][0] is status


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [
        ("uuid", "7d2c4f6a-9b1e-4d3a-8c5f-1a2b3c4d5e6f", "7d2c4f6a"),
        ("uri", "https://example.org/a?b", "example"),
        ("ipv4", "192.0.2.1", "192.0.2.256"),
        ("date", "2020-12-31", "2020-13-01"),
        ("date-time", "2020-12-31T23:59:59Z", "2020-12-31"),
        ("email", "a.b@example.org", "a@b@c"),
        ("byte", "YWI=", "a"),
        ("hostname", "a.example.org", "-a"),
    ],
)
def test_formats_of_texts(contract, tmp_path, format_, good, bad):
    for value, status in ((good, PASSED), (bad, FAILED)):
        path = tmp_path / "texts.parquet"
        duckdb.sql(f"select '{value}' as t").write_parquet(str(path))
        entry = {"name": "t", "logicalType": "string",
                 "logicalTypeOptions": {"format": format_}}  # fmt: skip
        found = pipeline.check_contract(contract([entry]), str(path))
        assert {o.expectation: o.status for o in found.outcomes}["t-format"] is status


def test_beside_lists_and_records_plain_columns_are_checked(told):
    found = told(
        [
            {"name": "code", "unique": True},
            {"name": "dishes", "logicalType": "array", "required": True, "unique": True,
             "items": {"logicalType": "string", "quality": [{"type": "text"}]}},
            {"name": "place", "logicalType": "object", "required": True,
             "properties": [{"name": "town", "required": True}]},
        ]
    )  # fmt: skip
    assert found["code-unique"][0] is PASSED
    assert found["dishes-present"][0] is PASSED
    assert found["dishes-required"][0] is PASSED
    assert found["place-required"][0] is FAILED
    assert found["dishes-unique"] == (NOT_RUN, "its column holds lists or records")
    assert found["place-town"] == (NOT_RUN, "it lies inside a column")
    assert "nor are its 1 rules" in found["dishes-items"][1]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"rule": "between", "severity": "error"}, "needs one comparison"),
        ({"metric": "rowCount", "mustBeGreaterThen": 1}, "mustBeGreaterThen"),
        ({"metric": "freshness", "mustBe": 1}, "metric needs one of"),
        ({"type": "sql", "query": "select 1", "mustBe": "one"}, "needs a number"),
        ({"description": "Warm."}, "metric is missing"),
    ],
)
def test_a_faulty_rule_is_told_and_the_others_run(told, rule, said):
    found = told(
        quality=[{"id": "it", **rule}, {"id": "n", "metric": "rowCount", "mustBe": 2}]
    )
    assert found["it"][0] is NOT_RUN
    assert said in found["it"][1]
    assert found["n"][0] is PASSED


def test_what_no_rule_is_about_must_be_sound(told):
    with pytest.raises(DocumentError, match="requierd"):
        told([{"name": "code", "requierd": True}])


def test_promises_beyond_one_table_are_told_one_by_one(told):
    link = {"type": "foreignKey", "to": "places.code"}
    columns = [
        {"name": "code", "physicalType": "CHAR(3)", "relationships": [link]},
        {"name": "mail", "physicalType": "VARCHAR(40)", "logicalType": "string"},
    ]
    levels = [{"property": "freshness", "value": 2, "unit": "d"}]
    found = told(columns, slaProperties=levels)
    untold = {slug: reason for slug, (status, reason) in found.items() if reason}
    assert untold == {
        "code-physical-type": "it is the type of another system, and no"
        " `logicalType` stands beside it",
        "code-relationship": "it is about two tables, and one is checked",
        "freshness": "it is about when data are delivered, and no day is asked here",
    }
    assert {found[slug][0] for slug in untold} == {NOT_RUN}


def test_old_names_of_metrics_are_read(told):
    duplicates = {"id": "it", "rule": "duplicateCount", "mustBeLessThan": 1}
    assert told([{"name": "code", "quality": [duplicates]}])["it"][0] is PASSED


@pytest.mark.parametrize(
    "called", ["orders", "Orders_1", "{model}", "${schema}.${table}"]
)
def test_a_query_may_call_the_table_by_its_own_names(contract, orders, called):
    path = contract()
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["schema"] = [
        {"name": "orders", "physicalName": "orders_1", "quality": [
            {"id": "it", "type": "sql", "query": f"select count(*) from {called}",
             "mustBe": 2}]}
    ]  # fmt: skip
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    (outcome,) = pipeline.check_contract(path, orders).outcomes
    assert outcome.status is PASSED


@pytest.mark.parametrize(
    ("word", "severity", "is_noted"),
    [
        ("error", Severity.CRITICAL, False),
        ("warning", Severity.WARNING, False),
        ("Blocker", Severity.CRITICAL, True),
        ("minor", Severity.WARNING, True),
        ("low", Severity.INFO, True),
        ("beautiful", Severity.CRITICAL, True),
    ],
)
def test_a_word_for_severity_is_read_and_said(
    contract, capsys, word, severity, is_noted
):
    path = contract(quality=[{"metric": "rowCount", "mustBe": 2, "severity": word}])
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    (rule,) = plan_of(content, {}, lambda _: None).numbers
    assert rule.severity is severity
    code = cli.main(["contract", "lint", str(path)], standalone_mode=False)
    assert code == 0
    assert (
        f"'{word}' is no word of the standard" in capsys.readouterr().out
    ) == is_noted


def test_old_words_of_great_expectations_are_noted(contract):
    said = {"expectation_type": "expect_column_to_exist", "kwargs": {"columnIndex": 1}}
    rule = {"type": "custom", "engine": "gx", "implementation": said}
    notes = pipeline.contract_remarks(contract([{"name": "code", "quality": [rule]}]))
    assert [n.path.rpartition(".")[2] for n in notes] == [
        "expectation_type",
        "columnIndex",
    ]


def test_listed_values_fit_their_column_or_are_said_not_to(told):
    codes = [{"value": 1}, {"value": None}, {"value": "A-1"}, {"value": "A-2"}]
    assert told([{"name": "code", "enum": codes}])["code-listed"][0] is PASSED
    found = told([{"name": "pieces", "enum": [{"value": "ten"}]}])
    assert found["pieces-listed"][0] is NOT_RUN
