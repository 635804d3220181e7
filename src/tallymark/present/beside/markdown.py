"""What may stand beside a country's figures, as Markdown."""

from __future__ import annotations

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
)
from tallymark.present.table.markdown import escaped
from tallymark.present.wording import listed


def render(record: Beside) -> dict[str, bytes]:
    """Return the page as Markdown: the five answers, then each kind of figures."""
    return {"": ("\n".join(_lines(page(record))) + "\n").encode()}


def _lines(told: Page) -> Iterator[str]:
    yield from (f"# {escaped(told.title)}", "", told.period, "", INTRODUCTION, "")
    for n, asked in enumerate(told.capacity, start=1):
        yield from _answered(n, asked)
    yield from ("", told.counted)
    for section in told.sections:
        yield from ("", f"## {escaped(section.heading)}")
        for group in section.groups:
            yield from ("", f"**{group.heading}**", "", *_group(group))
        if section.left_out:
            yield from ("", section.left_out)
    if told.lonely:
        yield from ("", "## Without a counterpart", "", f"{LONELY}:", "")
        yield from (f"- {escaped(kind)}" for kind in told.lonely)


def _answered(n: int, asked: Answered) -> Iterator[str]:
    yield f"{n}. {escaped(asked.question)} **{asked.answer}**"
    for line, url, read in asked.sources:
        link = f" <{url}>" if url else ""
        yield f"   - {escaped(line)}{link}{read}"
    if not asked.sources:
        yield f"   - {NO_SOURCE}"
    yield f"   - {escaped(asked.consequence)}"


def _group(group: Group) -> Iterator[str]:
    for what, areas in group.others:
        yield f"- {escaped(listed(list(areas)))}: {escaped(what)}"
    if group.reasons:
        yield from ("", "Why:", "")
    for reasons, lifted_by in group.reasons:
        yield f"- {escaped(' '.join(reasons))} *{LIFT}* {escaped(lifted_by)}"
