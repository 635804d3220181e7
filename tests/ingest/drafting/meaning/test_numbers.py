"""How numbers and gaps of a table are taken to be printed, and what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tallymark.documents import validated
from tallymark.ingest.adapter.rules import NumberRule
from tallymark.ingest.drafting.meaning import number_rule
from tallymark.ingest.numbers.reading import number_reader
from tallymark.model.codes import MissingReason

SETTLED: list[tuple[list[str], str | None, list[str] | None]] = [
    (["12", "1250"], None, None),
    (["1.843", "4,8%"], ",", ["."]),
    (["1,843", "4.8%"], ".", [","]),
    (["1.234.567"], ",", ["."]),
    (["1,234,567"], ".", [","]),
    (["1 234", "12,5"], ",", [".", " "]),
    (["1\u202f234", "12"], None, [" "]),
    (["0,843", "1,2"], ",", ["."]),
    (["0.843", "12"], ".", [","]),
    (["1,234", "17", "250"], ".", [","]),
    (["12,34,567"], ".", [","]),
    (["๑,๒๓๔", "๙๙"], ".", [","]),
    (["1'234", "99.5"], ".", [",", "'"]),
]

ASKED: list[tuple[list[str], str]] = [
    (["1.843"], ","),
    (["1.843", "2.117", "3.404"], ","),
    (["1,843", "2,117"], "."),
    (["1,843", "2.117"], "."),
    (["1.5", "2,5"], ","),
]


def decimal_of(texts: list[str]) -> tuple[Any, bool]:
    numbers, _, readings = number_rule(texts)
    said = [r.is_sure for r in readings if r.field == "numbers.decimal"]
    return numbers.get("decimal"), all(said)


@pytest.mark.parametrize(("texts", "decimal", "group"), SETTLED)
def test_marks_are_settled(
    texts: list[str], decimal: str | None, group: list[str] | None
) -> None:
    numbers, missing, readings = number_rule(texts)
    assert numbers.get("decimal") == decimal
    assert sorted(numbers.get("group") or []) == sorted(group or [])
    assert missing == {}
    assert all(reading.is_sure for reading in readings)
    assert (numbers.get("grouping") == "indian") == ("12,34,567" in texts)


@pytest.mark.parametrize(("texts", "decimal"), ASKED)
def test_marks_are_asked(texts: list[str], decimal: str) -> None:
    found, is_sure = decimal_of(texts)
    assert not is_sure
    (reading,) = (r for r in number_rule(texts)[2] if r.field == "numbers.decimal")
    assert set(reading.choices) == {".", ","}
    assert found == reading.value


MAY_BE_NONE = ["-", "–", "—", "nil", "NIL", "none", "nenhum", "néant", "tidak ada"]
MAY_BE_NONE += ["tiada", "hakuna", "wala", "không", "không có", "ไม่มี", "គ្មាន", "የለም"]

NO_NUMBER = {
    "..": "NOT_AVAILABLE",
    "…": "NOT_AVAILABLE",
    ":": "NOT_AVAILABLE",
    "not available": "NOT_AVAILABLE",
    "sem dados": "NOT_AVAILABLE",
    "Não disponível": "NOT_AVAILABLE",
    "s/d": "NOT_AVAILABLE",
    "n.d.": "NOT_AVAILABLE",
    "data tidak tersedia": "NOT_AVAILABLE",
    "không có số liệu": "NOT_AVAILABLE",
    "ไม่มีข้อมูล": "NOT_AVAILABLE",
    "គ្មានទិន្នន័យ": "NOT_AVAILABLE",
    "መረጃ የለም": "NOT_AVAILABLE",
    "መረጃ የለም / not available": "NOT_AVAILABLE",
    "hakuna takwimu": "NOT_AVAILABLE",
    "walang datos": "NOT_AVAILABLE",
    "not provided": "NOT_PROVIDED",
    "não fornecido": "NOT_PROVIDED",
    "አልቀረበም": "NOT_PROVIDED",
    "not applicable": "NOT_APPLICABLE",
    "not recorded": "NOT_RECORDED",
    "confidential": "SUPPRESSED",
}


@pytest.mark.parametrize("token", MAY_BE_NONE)
def test_what_may_be_none_is_asked_and_is_no_zero(token: str) -> None:
    numbers, missing, readings = number_rule(["12", token])
    assert missing == {token: "UNKNOWN"}
    assert "zero" not in numbers
    (reading,) = readings
    assert reading.field == f"gap.{token}"
    assert not reading.is_sure
    assert "zero" in reading.choices


@pytest.mark.parametrize(("token", "reason"), NO_NUMBER.items())
def test_what_is_no_number_has_its_reason(token: str, reason: str) -> None:
    _, missing, readings = number_rule(["12", token])
    assert missing == {token: reason}
    assert [reading.is_sure for reading in readings] == [True]


@pytest.mark.parametrize("token", ["n/a", "N/A", "na", "*", "x"])
def test_other_tokens_are_asked(token: str) -> None:
    _, missing, readings = number_rule(["12", token])
    assert missing[token] in ("NOT_AVAILABLE", "SUPPRESSED")
    assert not readings[0].is_sure


@pytest.mark.parametrize("token", ["zero", "Zéro", "sifuri", "ศูนย์"])
def test_zero_in_words_is_zero(token: str) -> None:
    numbers, missing, _ = number_rule(["12", token])
    assert numbers["zero"] == [token]
    assert not missing


@pytest.mark.parametrize(
    ("text", "key"),
    [("<5", "ranges"), ("10 - 20", "ranges"), ("100+", "ranges"), ("4.5 %", "percent")],
)
def test_other_printings_are_declared(text: str, key: str) -> None:
    assert key in number_rule([text, "7"])[0]


def test_flags_of_official_statistics_are_declared() -> None:
    numbers, _, _ = number_rule(["88p", "12", "9 e"])
    assert numbers["flags"] == {"p": {"obs_status": "P"}, "e": {"obs_status": "E"}}


def test_brackets_are_asked() -> None:
    (reading,) = number_rule(["(12)", "7"])[2]
    assert (reading.field, reading.is_sure) == ("numbers.negative", False)


@pytest.mark.parametrize("texts", [case[0] for case in SETTLED])
def test_the_rule_reads_what_it_was_made_of(texts: list[str]) -> None:
    numbers, missing, _ = number_rule(texts)
    rule = validated(numbers, NumberRule, file="drafted")
    read = number_reader(rule, {k: MissingReason(v) for k, v in missing.items()})
    for text in texts:
        assert read(text).value is not None, text


def test_decimals_beside_what_may_be_thousands_are_asked() -> None:
    found, is_sure = decimal_of(["4.8%", "1.843"])
    assert (found, is_sure) == (".", False)


def test_a_slip_settles_nothing() -> None:
    numbers, _, _ = number_rule(["2156,224", "12"])
    assert "decimal" not in numbers
