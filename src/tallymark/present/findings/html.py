"""Findings as one HTML page for the person who writes back to the sender.

Every finding stands in the page as text. Of many, those that are folded stand in
`noscript`, which a browser that runs the page's script does not take apart before they
are opened. The cells around the first findings are drawn in the page; those of the
others are drawn by its script when they come into view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby, islice

from tallymark.documents.guess_words import about_of, shown_reading
from tallymark.model.codes import Severity
from tallymark.model.draft import Draft, Guess
from tallymark.model.finding import Finding
from tallymark.model.report import Report
from tallymark.present import digest, guessed, in_short
from tallymark.present.atlas import Atlas, survey
from tallymark.present.digest import Entry, Group
from tallymark.present.excerpt import (
    Drawing,
    Excerpt,
    as_data,
    as_told,
    draw,
    excerpt_of,
)
from tallymark.present.page import fill, inline, script_data
from tallymark.present.picture import Picture, pictures_of
from tallymark.present.wording import one_line

MOST_OPEN = 10
"""Entries of a group that are shown at once, and files; others are behind a summary."""

MOST_GROUPS = 60
"""Groups that are shown at once; sheets with further ones are folded."""

MOST_DRAWN = 300
"""Entries whose cells are drawn in the page itself, for readers without scripts."""

MOST_QUESTIONS = 100
"""Questions of a file that are listed together; each stands with its finding, too."""

MOST_PLACES = 24
"""Places of an entry that are shown at once; others are behind a summary."""

MOST_GUESSES = 20
"""Guesses that need somebody which are listed on top of the page."""

MOST_OTHERS = 200
"""Other guesses that are listed behind a summary."""

CHIPS = {
    Severity.CRITICAL: ("!", "Settle first"),
    Severity.WARNING: ("?", "Ask"),
    Severity.INFO: ("i", "Good to know"),
}
"""A sign and words for each severity."""


@dataclass(kw_only=True)
class Shown:
    """One entry, and the pictures of the cells around it: drawn, or told to the script."""

    entry: Entry
    places: Sequence[str]
    """As they are called on the sheet under whose title they stand."""
    pictures: Sequence[Picture]
    n_left_out: int
    drawings: Sequence[Drawing] = ()
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """The findings of one expectation on one sheet."""

    group: Group
    promise: str
    shown: Sequence[Shown]


@dataclass(kw_only=True)
class ShownSheet:
    """The findings on one sheet; those on none have no title."""

    title: str
    groups: Sequence[ShownGroup]
    is_folded: bool = False

    @property
    def n_findings(self) -> int:
        """How many findings there are on it."""
        return sum(shown.group.n_findings for shown in self.groups)


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """The findings of one file, and what is asked about it."""

    name: str
    found: Sequence[Finding]
    sheets: Sequence[ShownSheet]
    why_not_drawn: str

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        return in_short.counts(self.found)

    @cached_property
    def questions(self) -> list[tuple[str, str]]:
        """The questions to the sender, each once, with its places."""
        return digest.questions(self.found)


@dataclass(frozen=True, kw_only=True)
class ShownDraft:
    """What was guessed about a file, and what is asked about its figures."""

    name: str
    line: str
    has_tables: bool
    open_guesses: Sequence[Guess]
    other_guesses: Sequence[Guess]
    problems: Sequence[str]
    asks: Sequence[guessed.DefinitionAsk]


def render(report: Report) -> dict[str, bytes]:
    """Return the findings as one self-contained page, by file and sheet."""
    findings = report.findings
    promises = {o.expectation: one_line(o.promise) for o in findings.outcomes}
    atlas = survey(report)
    files = [  # those with the most to settle first
        ShownFile(
            name=one_line(name) or digest.NO_FILE,
            found=found,
            sheets=_sheets(found, atlas, promises),
            why_not_drawn=_why_not_drawn(name, report),
        )
        for name, found in digest.by_file(findings).items()
    ]
    files.sort(key=lambda file: [-n for n in file.counts.values()])
    _fold(files)
    told = _draw(files, atlas)
    page = fill(
        "findings.html",
        style=inline("page.css", "findings.css"),
        script=inline("findings.js"),
        cells=script_data([as_data(excerpt) for excerpt in told]),
        summary=digest.summary(findings),
        in_short=in_short,
        digest=digest,
        report=report,
        guesses=[_shown_draft(draft, report) for draft in report.drafts],
        how_to_confirm=guessed.HOW_TO_CONFIRM,
        first_lines=guessed.first_lines(report),
        most_named=guessed.MOST_NAMED,
        about_of=about_of,
        shown_reading=shown_reading,
        most_guesses=MOST_GUESSES,
        most_others=MOST_OTHERS,
        files=files,
        chips=CHIPS,
        checks=_checks(findings.items, promises),
        most_open=MOST_OPEN,
        most_drawn=MOST_DRAWN,
        most_places=MOST_PLACES,
        most_questions=MOST_QUESTIONS,
    )
    return {"": page}


def _shown_draft(draft: Draft, report: Report) -> ShownDraft:
    return ShownDraft(
        name=one_line(draft.grid.file),
        line=guessed.first_line(draft, is_asked=report.is_guess_asked),
        has_tables=bool(draft.tables),
        open_guesses=draft.open_guesses,
        other_guesses=[guess for guess in draft.guesses if not guess.needs_you],
        problems=draft.problems[:MOST_GUESSES],
        asks=guessed.definition_asks(draft),
    )


def _sheets(
    found: Sequence[Finding], atlas: Atlas, promises: Mapping[str, str]
) -> list[ShownSheet]:
    placed = [(atlas.sheet_of(finding), finding) for finding in found]
    placed.sort(key=lambda pair: pair[0])  # stable: findings stay in their order
    return [
        ShownSheet(
            title=title,
            groups=[
                ShownGroup(
                    group=group,
                    promise=promises.get(group.expectation) or group.expectation,
                    shown=[_shown(entry, atlas) for entry in group.entries],
                )
                for group in digest.groups(finding for _, finding in members)
            ],
        )
        for (_, title), members in groupby(placed, key=lambda pair: pair[0])
    ]


def _shown(entry: Entry, atlas: Atlas) -> Shown:
    places = chain.from_iterable(map(atlas.places_of, entry.findings))
    pictures, n_left_out = pictures_of(places, atlas.layouts)
    return Shown(
        entry=entry,
        places=_short(entry.places),
        pictures=pictures,
        n_left_out=n_left_out,
    )


def _short(places: Sequence[str]) -> list[str]:
    """Return places without the name of the sheet, if all are on the first one's.

    >>> _short(["'Case data'!F5", "'Case data'!F9"]), _short(["A!F5", "B!F9"])
    (['Cells F5', 'F9'], ['A!F5', 'B!F9'])
    """
    sheet, mark, _ = places[0].rpartition("!")
    if not mark or any(place.rpartition("!")[0] != sheet for place in places):
        return list(places)
    cells = [place.rpartition("!")[2] for place in places]
    is_one = len(cells) == 1 and ":" not in cells[0]
    return [f"{'Cell' if is_one else 'Cells'} {cells[0]}", *cells[1:]]


def _why_not_drawn(name: str, report: Report) -> str:
    """Return why no cell of a file is drawn; nothing if there is nothing to say."""
    if name in report.unshown:
        return f"Its cells are not drawn here. {one_line(report.unshown[name])}"
    return ""


def _fold(files: Sequence[ShownFile]) -> None:
    """Fold the sheets that would make the page too long to open quickly."""
    n_groups = 0
    for file in files:
        for sheet in file.sheets:
            n_groups += len(sheet.groups)
            sheet.is_folded = n_groups > max(MOST_GROUPS, len(sheet.groups))


def _draw(files: Sequence[ShownFile], atlas: Atlas) -> list[Excerpt]:
    """Draw the first pictures of the page; return what the script needs for the others."""
    sheets = [sheet for file in files for sheet in file.sheets]
    groups = [group for sheet in sheets for group in sheet.groups]
    first = (
        shown
        for sheet in sheets
        for group in sheet.groups
        for shown in group.shown[:MOST_OPEN]
        if shown.pictures and not sheet.is_folded
    )
    drawn = list(islice(first, MOST_DRAWN))
    excerpts = _excerpts(drawn, atlas)
    for shown in drawn:
        shown.drawings = [draw(p, excerpts[p.sheet]) for p in shown.pictures]
    rest = [
        shown
        for group in groups
        for shown in group.shown
        if shown.pictures and not shown.drawings
    ]
    excerpts = _excerpts(rest, atlas)
    numbers = {sheet: number for number, sheet in enumerate(excerpts)}
    for shown in rest:
        shown.told = "|".join(as_told(p, numbers[p.sheet]) for p in shown.pictures)
    return list(excerpts.values())


def _excerpts(several: Sequence[Shown], atlas: Atlas) -> dict[int, Excerpt]:
    pictures: dict[int, list[Picture]] = {}
    for shown in several:
        for picture in shown.pictures:
            pictures.setdefault(picture.sheet, []).append(picture)
    return {
        number: excerpt_of(
            atlas.layouts[number].sheet,
            pictures[number],
            chain.from_iterable(atlas.layouts[number].heads.values()),
        )
        for number in sorted(pictures)
    }


def _checks(
    found: Sequence[Finding], promises: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return the slugs of what was found, each with its promise, by the promise."""
    slugs = {finding.expectation for finding in found}
    return sorted(((s, promises.get(s) or s) for s in slugs), key=lambda p: p[::-1])
