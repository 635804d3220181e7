"""Which conduct an ICCS code names, for types about what the law named as an offence."""

from __future__ import annotations

from collections.abc import Mapping

from tallymark.engine.sql import literal
from tallymark.model.country import Conduct

CONDUCT_OF_OFFENCE: Mapping[str, tuple[Conduct, ...]] = {
    "030221": ("material", "possession", "access"),
    "030222": (),
    "030223": ("grooming",),
}
"""By code, as far as it names conduct; without the first there is no such offence.

Source: ICCS 1.0, 03022.
"""


def own_conduct_in(column: str) -> str:
    """Return the condition that a column's list holds what the row's offence is about."""
    return " or ".join(
        f"(offence = {literal(code)} "
        f"and ' ' || {column} || ' ' like {literal(f'% {conduct[0]} %')})"
        for code, conduct in CONDUCT_OF_OFFENCE.items()
        if conduct
    )
