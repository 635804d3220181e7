"""Facts of a country as plain text: the sourced ones, or the list of what to verify."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from tallymark.model.fact_sheet import FactSheet, ListedFact
from tallymark.model.series import Source
from tallymark.present.wording import counted, listed, one_line

WIDTH = 88
HEADINGS = {
    "capacity": "CAPACITY",
    "law": "LAW",
    "conduct": "CONDUCT THAT WAS NO NAMED OFFENCE",
    "fact": "OTHER FACTS",
}
ELSEWHERE = "What has no source counts as unknown; tallymark facts {iso3} --unverified lists it."
NOT_ANSWERED = "Nobody has answered this yet."


def render(sheet: FactSheet) -> dict[str, bytes]:
    """Return the facts in the order of capacity, law, conduct and others."""
    lines = [*wrapped(_first_line(sheet), 0)]
    for kind, members in groupby(sheet.facts, key=lambda fact: fact.kind):
        lines += ["", HEADINGS[kind]]
        for fact in members:
            lines += ["", *_fact(fact, is_unverified=sheet.is_unverified)]
    if not sheet.is_unverified:
        lines += ["", *wrapped(ELSEWHERE.format(iso3=sheet.iso3), 0)]
    return {"": ("\n".join(lines) + "\n").encode()}


def _first_line(sheet: FactSheet) -> str:
    name = f"{one_line(sheet.country)} ({sheet.iso3})"
    if sheet.is_unverified:
        n = counted(len(sheet.facts), "fact or question", "facts and questions")
        return (
            f"{name}: {n} to verify. Nothing of this acts or is printed anywhere else "
            "until it has a source."
        )
    return f"{name}: {counted(len(sheet.facts), 'sourced fact')}. Only these act."


def _fact(fact: ListedFact, *, is_unverified: bool) -> Iterator[str]:
    yield from wrapped(_said(fact), 2)
    if fact.detail:
        yield from wrapped(one_line(fact.detail), 4)
    if fact.source is not None:
        yield from wrapped(f"Source: {source_text(fact.source)}", 4)
    if not is_unverified:
        return
    yield from wrapped(f"Basis: {fact.basis or NOT_ANSWERED}", 4)
    if fact.caveats:
        yield from wrapped(f"Caveats that ask for it: {listed([*fact.caveats])}.", 4)
    yield from wrapped(f"Why it matters: {fact.matters}", 4)
    yield from wrapped(f"Where to look: {fact.look}", 4)


def _said(fact: ListedFact) -> str:
    days = days_text(fact.start, fact.end)
    if fact.kind == "law":
        return f"{one_line(fact.value)}{days}"
    name = fact.name.replace("_", " ")
    about = fact.words if fact.kind == "capacity" else name[:1].upper() + name[1:]
    return f"{about}: {one_line(fact.value)}{days}"


def days_text(start: date | None, end: date | None) -> str:
    """Return the days between which a fact holds, in brackets; nothing if open.

    >>> days_text(None, date(2019, 5, 19)), days_text(None, None)
    (' (to 2019-05-19)', '')
    """
    said = [f"from {start}"] * (start is not None) + [f"to {end}"] * (end is not None)
    return f" ({' '.join(said)})" if said else ""


def source_text(source: Source) -> str:
    """Return a source in one line: title, publisher, place, address, day of reading."""
    read = f"read {source.read}" if source.read else None
    parts = [source.title, source.publisher, source.where, source.url, read]
    return ", ".join(one_line(part) for part in parts if part)


def wrapped(text: str, indent: int) -> list[str]:
    """Return a text in lines of the terminal, those after the first set in further."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
