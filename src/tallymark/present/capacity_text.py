"""Answers on capacity set against the facts, as text: what differs comes first."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import date

from tallymark.model.capacity import ComparedAnswer, ComparedSheet, Standing
from tallymark.model.country import CapacityAnswer
from tallymark.present.wording import counted, one_line

WIDTH = 88
HEADINGS: dict[Standing, str] = {
    "other": "OTHER THAN KNOWN: look which source holds, and ask",
    "new": "NEW: not among the facts",
}


def render(sheet: ComparedSheet) -> dict[str, bytes]:
    """Return the counts, then each answer that the facts do not say already."""
    lines = [_first_line(sheet)]
    for standing, heading in HEADINGS.items():
        answers = [a for a in sheet.answers if a.standing == standing]
        lines += ["", heading] if answers else []
        for answer in answers:
            lines += _answer(answer)
    if sheet.problems:
        lines += ["", "NOT TAKEN"]
        lines += [_wrapped(one_line(problem), 2) for problem in sheet.problems]
    return {"": ("\n".join(lines) + "\n").encode()}


def _first_line(sheet: ComparedSheet) -> str:
    n_of = Counter(answer.standing for answer in sheet.answers)
    n_countries = len({answer.told.iso3 for answer in sheet.answers})
    of = counted(n_countries, "country", "countries")
    return _wrapped(
        f"{one_line(sheet.file)}: {counted(len(sheet.answers), 'answer')} of {of}; "
        f"{n_of['known']} as known, {n_of['new']} new, {n_of['other']} other than "
        f"known, {n_of['open']} unknown, {len(sheet.problems)} not taken.",
        0,
    )


def _answer(answer: ComparedAnswer) -> Iterator[str]:
    told = answer.told
    yield _wrapped(
        f"{one_line(answer.country)}, {told.question.replace('_', ' ')}: "
        f"{_said(told.answer)} ({told.cell})",
        2,
    )
    for known in answer.known:
        source = "" if known.source is None else f"; source: {known.source.title}"
        yield _wrapped(f"Known: {_said(known)}{one_line(source)}", 4)


def _said(answer: CapacityAnswer) -> str:
    return f"{answer.answer}{_days(answer.start, answer.end)}"


def _days(start: date | None, end: date | None) -> str:
    since = "" if start is None else f" from {start.isoformat()}"
    return since + ("" if end is None else f" to {end.isoformat()}")


def _wrapped(text: str, indent: int) -> str:
    margin = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
