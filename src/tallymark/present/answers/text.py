"""Answers as a table in the terminal: how many there are, then each with its question."""

from __future__ import annotations

from itertools import groupby

from tallymark.model.answer import Answer, Answers
from tallymark.present.wording import counted, one_line

HEADINGS = ("Answer", "Fingerprint", "Evidence", "Expectation", "Address", "Words")
UNANSWERED = "–"


def render(answers: Answers) -> dict[str, bytes]:
    """Return a table for each file that was asked about."""
    lines: list[str] = []
    items = sorted(answers, key=lambda answer: answer.file)  # their rows stay in order
    for file, members in groupby(items, key=lambda answer: answer.file):
        lines += [*_table(file, list(members)), ""]
    return {"": "\n".join(lines or ["No answers.", ""]).encode()}


def _table(file: str, items: list[Answer]) -> list[str]:
    n = sum(item.answer is not None for item in items)
    rows = [HEADINGS, *map(_row, items)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    said = f"{n:,} of {counted(len(items), 'question')} answered"
    return [
        f"{one_line(file)}: {said}",
        *(
            "  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ),
    ]


def _row(item: Answer) -> tuple[str, ...]:
    texts = (
        item.fingerprint,
        item.evidence,
        item.expectation,
        item.address,
        item.words,
    )
    return (item.answer or UNANSWERED, *map(one_line, texts))
