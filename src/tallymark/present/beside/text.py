"""What may stand beside a country's figures, as plain text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tallymark.model.comparison import Beside
from tallymark.present.beside.view import (
    INTRODUCTION,
    LIFT,
    LONELY,
    NO_SOURCE,
    Answered,
    Group,
    Page,
    page,
    short,
)
from tallymark.present.wording import one_line

WIDTH = 100


def render(record: Beside) -> dict[str, bytes]:
    """Return the page as text: the five answers, then each kind of figures."""
    told = page(record)
    return {"": ("\n".join(_lines(told)) + "\n").encode()}


def _lines(told: Page) -> Iterator[str]:
    yield from (told.title, "=" * len(told.title), told.period, "")
    yield from _wrapped(INTRODUCTION)
    for n, asked in enumerate(told.capacity, start=1):
        yield ""
        yield from _answered(n, asked)
    yield ""
    yield from _wrapped(told.counted)
    for section in told.sections:
        heading = _wrapped(section.heading)
        yield from ("", *heading, "-" * max(map(len, heading)))
        for group in section.groups:
            yield from _group(group)
        yield from _wrapped(section.left_out, 2, 4)
    if told.lonely:
        yield from ("", f"{LONELY}:")
        for kind in told.lonely:
            yield from _wrapped(f"- {kind}", 2, 4)


def _answered(n: int, asked: Answered) -> Iterator[str]:
    yield from _wrapped(f"{n}. {asked.question} {asked.answer.upper()}", 0, 3)
    for line, url, read in asked.sources:
        yield from _wrapped(f"- {line} {url}{read}", 3, 5)
    if not asked.sources:
        yield f"   {NO_SOURCE}"
    yield from _wrapped(asked.consequence, 3, 3)


def _group(group: Group) -> Iterator[str]:
    yield f"  {group.heading}:"
    for what, areas in group.others:
        yield from _wrapped(f"- {short(areas)}: {what}", 4, 6)
    for reasons, lifted_by in group.reasons:
        for reason in reasons:
            yield from _wrapped(f"! {reason}", 4, 6)
        yield from _wrapped(f"{LIFT} {lifted_by}", 6, 6)


def _wrapped(text: str, first: int = 0, further: int = 0) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * further,
        break_on_hyphens=False,
        break_long_words=False,
    )
