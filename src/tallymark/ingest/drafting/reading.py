"""What a text of a sheet is taken for, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TextReading:
    """One field that a text says, with the words and the reason for a person.

    `field` is a column of the observation table, `period` or `area`; `value` its code
    or text. `words` completes "… is …", `why` names the text that speaks for it.
    """

    field: str
    value: str
    words: str
    why: str
    is_sure: bool
    """No other reading is usual; without it, somebody should look."""
    choices: tuple[str, ...] = ()
    """Other values of the field that the text may mean; empty: all that the field has."""
