"""Great Expectations' `ignore_row_if`, for types over several columns of a row."""

from __future__ import annotations

from tallymark.check.rule import Kwarg, Kwargs
from tallymark.engine.sql import identifier

_IGNORED_ROWS = {
    "all_values_are_missing": " or ",
    "any_value_is_missing": " and ",
    "never": "",
}
"""What joins the tests that a column is filled; nothing if no row is left out."""

IGNORE_ROW = Kwarg(kind="choice", is_required=False, choices=tuple(_IGNORED_ROWS))


def rows_looked_at(kwargs: Kwargs) -> str:
    """Return the condition on rows that `ignore_row_if` leaves, for `column_list`."""
    joint = _IGNORED_ROWS[kwargs.get("ignore_row_if", "all_values_are_missing")]
    filled = joint.join(f"{identifier(n)} is not null" for n in kwargs["column_list"])
    return f"({filled})" if joint else "true"
