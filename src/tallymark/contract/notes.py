"""What a contract says in words that are read another way: no fault, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tallymark.contract.shape import DESCRIPTION, OLD_METRICS, SEVERITIES
from tallymark.errors import Problem
from tallymark.model.codes import Severity

_READ_AS: Mapping[str, Severity] = {
    "error": Severity.CRITICAL, "critical": Severity.CRITICAL,
    "fatal": Severity.CRITICAL, "blocker": Severity.CRITICAL,
    "high": Severity.CRITICAL, "major": Severity.CRITICAL,
    "warning": Severity.WARNING, "warn": Severity.WARNING,
    "medium": Severity.WARNING, "moderate": Severity.WARNING,
    "minor": Severity.WARNING,
    "info": Severity.INFO, "information": Severity.INFO, "low": Severity.INFO,
    "notice": Severity.INFO,
}  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STANDARD = {Severity.CRITICAL: "error", Severity.WARNING: "warning"}


def severity_of(rule: Mapping[str, Any]) -> Severity:
    """Return how grave a rule is; one that says nothing, or no known word, is critical."""
    word = str(rule.get("severity") or "error").strip().lower()
    return _READ_AS.get(word, Severity.CRITICAL)


def contract_notes(contract: Mapping[str, Any]) -> list[Problem]:
    """Return what is read otherwise than it is written, each with its path."""
    return list(_notes(contract))


def _notes(contract: Mapping[str, Any]) -> Iterator[Problem]:
    described = contract.get("description")
    for key in described if isinstance(described, Mapping) else ():
        if key not in DESCRIPTION:
            said = "is no key of the standard, and not read"
            yield Problem(said, f"$.description.{key}")
    for i, table in enumerate(_listed(contract, "schema")):
        yield from _of_element(table, f"$.schema[{i}]")


def _of_element(element: Any, path: str) -> Iterator[Problem]:
    if not isinstance(element, Mapping):
        return
    for i, rule in enumerate(_listed(element, "quality")):
        if isinstance(rule, Mapping):
            yield from _of_rule(rule, f"{path}.quality[{i}]")
    for i, inner in enumerate(_listed(element, "properties")):
        yield from _of_element(inner, f"{path}.properties[{i}]")


def _of_rule(rule: Mapping[str, Any], path: str) -> Iterator[Problem]:
    word = rule.get("severity")
    if word is not None and word not in SEVERITIES:
        read = _STANDARD.get(severity_of(rule), "info")
        said = f"{word!r:.40} is no word of the standard; it is read as {read}"
        yield Problem(said, f"{path}.severity")
    if "rule" in rule and "metric" not in rule:
        metric = OLD_METRICS.get(str(rule["rule"]), str(rule["rule"]))
        said = f"is the old name of `metric`, and read as that: {metric}"
        yield Problem(said, f"{path}.rule")
    said_by = rule.get("implementation")
    if not isinstance(said_by, Mapping) or str(rule.get("type")) != "custom":
        return
    if "type" not in said_by and "expectation_type" in said_by:
        said = "is the old name of `type`, and read as that"
        yield Problem(said, f"{path}.implementation.expectation_type")
    given = said_by.get("kwargs")
    for name in given if isinstance(given, Mapping) else ():
        written = _HUMP.sub("_", str(name)).lower()
        if _HUMP.search(str(name)):
            said = f"is read as {written}"
            yield Problem(said, f"{path}.implementation.kwargs.{name}")


def _listed(node: Mapping[str, Any], name: str) -> list[Any]:
    found = node.get(name)
    return found if isinstance(found, list) else []
