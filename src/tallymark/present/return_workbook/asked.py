"""What a return workbook asks: one question a finding, and the cells it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from tallymark.documents import REFERENCE, read_code_list
from tallymark.model.address import Place, listed_regions, locate
from tallymark.model.answer import ANSWERS_APART, LANGUAGES_APART
from tallymark.model.codes import Severity
from tallymark.model.finding import Finding
from tallymark.model.grid import Grid
from tallymark.model.question import Question, read_question
from tallymark.model.report import Report
from tallymark.present import digest
from tallymark.present.guessed import definition_asks, definition_finding, open_asks
from tallymark.present.wording import one_line

MOST_QUESTIONS = 1000
"""Questions of one workbook; more would not be answered."""

Words = Mapping[str, str]

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it is put to the sender, with the finding behind it.

    `places` are the cells that can be shown, the region's first one where cells are
    absent; `answers` the closed ones, in the language of the question.
    """

    number: int
    finding: Finding
    question: str
    answers: tuple[str, ...]
    known: str
    """The closed answers in every language, as the workbook carries them."""
    address: str
    """All cells, or as many as fit."""
    where: str
    """The first of them, and how many more there are."""
    places: tuple[Place, ...] = field(default=())


def words_in(language: str) -> Words:
    """Return the workbook's own words in a language, by what they are for."""
    return _words()[language]


@cache
def _words() -> Mapping[str, Words]:
    rows = read_code_list(REFERENCE / "return_words.csv")
    languages = [name for name in rows[0] if name != "key"]
    return {name: {row["key"]: row[name] for row in rows} for name in languages}


def asked_of(report: Report, grid: Grid | None) -> tuple[list[Asked], int]:
    """Return the questions in order, and how many more there are.

    A waived finding is not asked about. Of a file that was read with guesses it is
    asked, too, what its figures count, and of one that an own adapter reads what is
    still unknown of that.
    """
    found = [
        finding for finding in report.findings if finding.ask and not finding.is_waived
    ]
    places = {} if grid is None else _places(found, grid)
    found.sort(key=partial(_order, places))
    asked = [
        _asked(n, finding, report.language, _present(finding, places))
        for n, finding in enumerate(found[:MOST_QUESTIONS], start=1)
    ]
    n_more = len(found) - len(asked)
    return [*asked, *_definitions(report, len(asked))], n_more


def _asked(
    number: int, finding: Finding, language: str, places: tuple[Place, ...]
) -> Asked:
    asks = {"en": finding.ask, **finding.asks}
    question = asks.get(language, finding.ask)
    named = _addresses(finding) or [finding.location.file]
    addresses = tuple(map(one_line, named))
    said = {code: _question(ask).answers for code, ask in asks.items()}
    return Asked(
        number=number,
        finding=finding,
        question=one_line(question),
        answers=_question(question).answers,
        known=LANGUAGES_APART.join(ANSWERS_APART.join(a) for a in said.values()),
        address=digest.brief(addresses),
        where=_first(addresses),
        places=places,
    )


def _definitions(report: Report, n_before: int) -> list[Asked]:
    language, series = report.language, report.submissions.series
    asks = [(d.grid.file, definition_asks(d, language)) for d in report.drafts]
    asks += [(s.file, open_asks(s, series, language)) for s in report.submissions]
    each = [(file, ask) for file, several in asks for ask in several]
    return [
        Asked(
            number=n,
            finding=definition_finding(file, ask),
            question=one_line(ask.text),
            answers=ask.answers,
            known=LANGUAGES_APART.join(ANSWERS_APART.join(a) for a in ask.known),
            address="",
            where=one_line(file),
        )
        for n, (file, ask) in enumerate(each, start=n_before + 1)
    ]


def _first(addresses: Sequence[str]) -> str:
    """Return the first address; a link's text is not broken into lines everywhere."""
    more = f" (+{len(addresses) - 1})" if len(addresses) > 1 else ""
    return addresses[0] + more


def _question(ask: str) -> Question:
    try:
        return read_question(ask)
    except ValueError:  # a suite of the user's own may ask without closed answers
        return Question(ask, ())


def _addresses(finding: Finding) -> list[str]:
    location = finding.location
    return list(location.cells) or listed_regions(location.region)


def _places(found: Sequence[Finding], grid: Grid) -> Mapping[str, Place]:
    return locate(grid, [a for finding in found for a in _addresses(finding)])


def _present(finding: Finding, places: Mapping[str, Place]) -> tuple[Place, ...]:
    return tuple(places[a] for a in _addresses(finding) if a in places)


def _order(places: Mapping[str, Place], finding: Finding) -> tuple[Any, ...]:
    """Put like questions together, and those in the order of the cells."""
    there = _present(finding, places)[:1]
    rank = _RANKS[finding.severity]
    place = (not there, *there)
    return rank, finding.expectation, place, finding.found, finding.fingerprint
