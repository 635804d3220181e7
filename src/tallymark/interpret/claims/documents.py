"""Claims as they are written down: a YAML file, or comments in a Markdown text.

In Markdown, `<!-- claim` begins a comment that holds one claim about the paragraph
before it, and `<!-- claims` one that holds what all share. Neither shows in a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tallymark import documents
from tallymark.errors import DocumentError, Problem
from tallymark.interpret.claims.periods import stretch
from tallymark.model.claim import ClaimDocument, Printed
from tallymark.model.codes import Calendar

_COMMENT = re.compile(r"<!--\s*(claims?)\b[ \t]*\n?(.*?)-->", re.DOTALL)
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")


def read_claims(path: Path) -> ClaimDocument:
    """Return the claims of a YAML or JSON file, or those in a Markdown text.

    Raises:
        DocumentError: with every problem and its path.
    """
    if path.suffix.lower() in _MARKDOWN:
        document = documents.validated(
            _from_markdown(path), ClaimDocument, file=path.name
        )
    else:
        document = documents.load(path, ClaimDocument)
    problems = list(_problems(document))
    if problems:
        raise DocumentError(path.name, problems)
    return document


def _from_markdown(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(path.name, [Problem(f"cannot be read: {error}")]) from error
    content: dict[str, Any] = {"version": 1, "claims": []}
    for comment in _COMMENT.finditer(text):
        line = text.count("\n", 0, comment.start()) + 1
        found = documents.parse_yaml(comment[2], path.name, after_line=line)
        if not isinstance(found, dict):
            problem = Problem("a claim is a mapping (`key: value`)", f"line {line}")
            raise DocumentError(path.name, [problem])
        if comment[1] == "claims":
            content |= found | {
                "claims": [*content["claims"], *found.get("claims", ())]
            }
            continue
        told = {
            "id": f"line-{line}",
            "text": _paragraph_before(text[: comment.start()]),
            "where": f"line {line}",
        }
        content["claims"].append(told | found)
    return content


def _paragraph_before(text: str) -> str:
    """The paragraph that a comment follows, without the comments inside it."""
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).rstrip()
    return " ".join(re.split(r"\n\s*\n", shown)[-1].split())


def _problems(document: ClaimDocument) -> Iterator[Problem]:
    taken = Counter(claim.id for claim in document.claims)
    for i, claim in enumerate(document.claims):
        periods = claim.period if isinstance(claim.period, tuple) else (claim.period,)
        yield from _unread(periods, claim.calendar, f"$.claims[{i}].period")
        if taken[claim.id] > 1:
            yield Problem(f"the id {claim.id!r} stands twice", f"$.claims[{i}].id")
        for n, premise in enumerate(claim.premises):
            place = f"$.claims[{i}].premises[{n}].period"
            yield from _unread((premise.period,), premise.calendar, place)
            if premise.source not in document.sources:
                yield Problem(
                    f"no source {premise.source!r} among `sources`",
                    f"$.claims[{i}].premises[{n}].source",
                )


def _unread(
    periods: Iterable[Printed | None], calendar: Calendar | None, path: str
) -> Iterator[Problem]:
    for period in periods:
        if period is not None and stretch(period, calendar) is None:
            yield Problem(
                f"the period {period!r} cannot be read; write 2018, 2018/19, 2017-2019, "
                "2017-04/2018-03, Jan-Oct 2018 or an SDMX period, or leave it out",
                path,
            )
