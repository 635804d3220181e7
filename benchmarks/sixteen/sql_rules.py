"""The row rules as SQL conditions that are true of a row at fault."""

from __future__ import annotations

from collections.abc import Sequence

from checks import FILLED, FORMS, LISTS, RANGES, STATUS, WITHOUT_VALUE


def conditions(matches: str) -> dict[str, str]:
    """Return each row rule's condition; `matches` has places for column and form."""
    rules = {f"filled {column}": f"{column} is null" for column in FILLED}
    for column, allowed in LISTS.items():
        rules[f"list {column}"] = f"{column} not in ({listed(allowed)})"
    for column, (low, high) in RANGES.items():
        rules[f"range {column}"] = f"{column} not between {low} and {high}"
    for column, form in FORMS.items():
        rules[f"form {column}"] = "not " + matches.format(column=column, form=form)
    rules[STATUS] = (
        "value is null and (obs_status is null "
        f"or obs_status not in ({listed(WITHOUT_VALUE)}))"
    )
    return rules


def listed(values: Sequence[str]) -> str:
    """Return texts as an SQL list."""
    return ", ".join(f"'{value}'" for value in values)
