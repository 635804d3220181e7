"""Findings as plain text for the terminal: summary, findings, what was not checked."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby

from tallymark.model.draft import Draft
from tallymark.model.finding import Findings
from tallymark.model.report import Report
from tallymark.present import digest, guessed
from tallymark.present.digest import Group
from tallymark.present.wording import SEVERITIES, counted, one_line

WIDTH = 88

_MOST_SHOWN = 10
_NAME_WIDTH = max(map(len, digest.FIELDS.values())) + 2


def render(report: Report) -> dict[str, bytes]:
    """Return the findings as text, the summary first, what was not checked last."""
    findings = report.findings
    lines = [*guessed.first_lines(report), f"{digest.summary(findings)}."]
    groups = digest.groups(digest.in_order(findings))
    for severity, members in groupby(groups, key=lambda group: group.severity):
        listed = list(members)
        n = sum(group.n_findings for group in listed)
        heading = counted(n, *SEVERITIES[severity])
        lines += ["", f"{heading.upper()}: {digest.ADVICE[severity]}"]
        for group in listed:
            lines += ["", *_group(group)]
    if more := digest.not_listed(findings):
        lines += ["", *more]
    for version, early in digest.previews(findings).items():
        lines += ["", f"PREVIEW: will count from version {version}; stops nothing now"]
        for group in early:
            lines += ["", *_group(group)]
    lines += ["", *_not_checked(findings)]
    if asked := _asked(report.drafts):
        lines += ["", *asked]
    return {"": ("\n".join(lines) + "\n").encode()}


def _group(group: Group) -> list[str]:
    """Return a group's lines; what all its findings share is said once."""
    lines = [group.expectation, *_fields(group.shared, 2)]
    for entry in group.entries[:_MOST_SHOWN]:
        where = f"- {one_line(entry.file)} {digest.brief(entry.places)} {entry.mark}"
        lines += _wrapped(" ".join(where.split()), 2, 4)
        lines += _fields(entry.texts, 4)
    n_hidden = len(group.entries) - _MOST_SHOWN
    if n_hidden > 0:
        lines.append(f"  and {n_hidden:,} more, listed in the JSON and HTML findings")
    return lines


def _fields(fields: Mapping[str, str], indent: int) -> list[str]:
    return [
        line
        for name, text in fields.items()
        for line in _wrapped(
            f"{name + ':':<{_NAME_WIDTH}}{text}", indent, indent + _NAME_WIDTH
        )
    ]


def _asked(drafts: Sequence[Draft]) -> list[str]:
    """Return the questions on what figures count, once for all files.

    What a file seems to say itself is told where it is the only one.
    """
    asked = [draft for draft in drafts if guessed.definition_asks(draft)]
    if not asked:
        return []
    is_one = len(asked) == 1
    names = guessed.some([one_line(draft.grid.file) for draft in asked])
    whose = "SENDER" if is_one else "SENDERS"
    lines = [f"TO ASK THE {whose} OF {names}: what the figures count"]
    for ask in guessed.definition_asks(asked[0]):
        answers = f" ({' / '.join(ask.answers)})" if ask.answers else ""
        text = ask.text if is_one else ask.plain
        lines += _wrapped(f"- {one_line(text)}{answers}", 2, 4)
    return lines


def _not_checked(findings: Findings) -> list[str]:
    lines = ["NOT CHECKED"]
    for slug, status, reason in digest.not_checked(findings):
        lines += _wrapped(f"- {slug} ({status}): {reason}", 2, 4)
    if len(lines) == 1:
        lines.append(f"  {digest.EVERYTHING_CHECKED}")
    if said := digest.not_applicable(findings):
        lines += _wrapped(said, 2, 2)
    return lines


def _wrapped(text: str, first: int, further: int) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * further,
        break_on_hyphens=False,
    )
