"""What a contract promises that no rule over one table can say: told, and not run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tallymark.model.codes import Severity
from tallymark.model.contract import SilentRule


def links_not_run(
    table: Mapping[str, Any], columns: Iterable[tuple[str, Mapping[str, Any]]]
) -> Iterator[SilentRule]:
    """Yield the relationships of a table, and of its `columns` by their names."""
    for column, entry in [("", table), *columns]:
        for link in entry.get("relationships") or ():
            said = link if isinstance(link, Mapping) else {}
            yield _silent(
                f"{column}-relationship" if column else "relationship",
                f"{column or _listed(said.get('from')) or 'It'} refers to"
                f" {_listed(said.get('to')) or 'another table'}.",
                "it is about two tables, and one is checked",
                column,
            )


def service_levels_not_run(contract: Mapping[str, Any]) -> Iterator[SilentRule]:
    """Yield the service levels, which are about a day of delivery, and not about rows."""
    for level in contract.get("slaProperties") or ():
        said = level if isinstance(level, Mapping) else {}
        name = str(said.get("property") or "service level")
        value = " ".join(str(said[k]) for k in ("value", "unit") if k in said)
        yield _silent(
            str(said.get("id") or re.sub(r"[^A-Za-z0-9_]+", "-", name)),
            f"Service level: {name}{value and ' ' + value}.",
            "it is about when data are delivered, and no day is asked here",
        )


def physical_type_not_run(
    entry: Mapping[str, Any], column: str
) -> Iterator[SilentRule]:
    """Yield the type of a column in another system, if no logical type says it here."""
    if entry.get("physicalType") and not entry.get("logicalType"):
        yield _silent(
            f"{column}-physical-type",
            f"{column} is {entry['physicalType']}.",
            "it is the type of another system, and no `logicalType` stands beside it",
            column,
        )


def _listed(given: Any) -> str:
    return ", ".join(map(str, given)) if isinstance(given, list) else str(given or "")


def _silent(slug: str, promise: str, reason: str, column: str = "") -> SilentRule:
    return SilentRule(
        slug=slug, promise=promise, severity=Severity.CRITICAL, column=column,
        reason=reason,
    )  # fmt: skip
