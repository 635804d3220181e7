"""What a claim names, as figures name it: its areas by code, its periods by days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from tallymark.documents import REFERENCE, read_code_list
from tallymark.interpret.claims.periods import Stretch, stretch
from tallymark.model.claim import Claim
from tallymark.model.letters import folded_name


def area_codes(named: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of areas that are named by code or by any of their names."""
    codes = _codes()
    return tuple(codes.get(folded_name(name), name) for name in named)


@cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for row in read_code_list(REFERENCE / "areas.csv"):
        for name in (row["name"], *row["other_names"].split("|")):
            codes.setdefault(folded_name(name), row["code"])
    codes.pop("", None)
    return codes


def claimed_stretches(claim: Claim) -> tuple[Stretch, ...]:
    """Return the periods that a claim names."""
    if claim.period is None:
        return ()
    named = claim.period if isinstance(claim.period, tuple) else (claim.period,)
    found = (stretch(period, claim.calendar) for period in named)
    return tuple(s for s in found if s is not None)
