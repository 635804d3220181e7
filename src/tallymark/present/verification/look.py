"""Is a printed output still what was printed? Every figure with all its notes, or told.

Hides which form an output has: a page, Markdown, a CSV with its notes, a Word document,
or a text with figures put into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tallymark.errors import SourceError, UsageError
from tallymark.model.verification import Change, Difference, Verification
from tallymark.present.printed.content import Page, marks_in, plain, without_marks
from tallymark.present.printed.pages import read_page
from tallymark.present.provenance import SCHEMA
from tallymark.present.verification.csv import csv_differences
from tallymark.present.verification.notes import defined_twice, note_differences
from tallymark.present.verification.table import table_differences

FORMS = ("html", "htm", "md", "csv", "docx")
_OF_WORD = (
    "a Word document keeps no ids of figures: they are known by their row and column"
)


def verify(
    provenance: Mapping[str, Any],
    name: str,
    content: bytes,
    beside: bytes | None = None,
) -> Verification:
    """Return how an output differs from what its provenance says was printed.

    `beside` is the file of notes that comes with a CSV.

    Raises:
        UsageError: the provenance tells of no figures, or the form is not known.
        SourceError: the output cannot be read.
    """
    suffix = name.lower().rpartition(".")[2]
    _check(provenance, suffix, name)
    try:
        if suffix == "csv":
            found, n_found = csv_differences(provenance, content, beside)
        else:
            page = read_page(content, "html" if suffix == "htm" else suffix)
            find = table_differences if "cells" in provenance else marked_differences
            found, n_found = find(provenance, page)
    except UnicodeDecodeError as error:
        raise SourceError("This is no text in UTF-8.", where=name) from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise UsageError(
            f"its provenance is damaged ({error!r}).",
            where=name,
            hint="Make the output again.",
        ) from error
    return Verification(
        file=name,
        n_printed=len(_ids(provenance)),
        n_found=n_found,
        differences=found,
        unsure=(_OF_WORD,) if suffix == "docx" else (),
    )


def marked_differences(
    expected: Mapping[str, Any], page: Page
) -> tuple[tuple[Difference, ...], int]:
    """Return how the figures in a text differ from those that were put there."""
    known = {figure["id"]: figure for figure in expected["figures"]}
    found: list[Difference] = []
    standing: set[str] = set()
    for id_, text, stuck in page.marked:
        figure = known.get(id_)
        if figure is None:
            found.append(_difference(Change.FIGURE_UNKNOWN, id_, "", text))
            continue
        standing.add(id_)
        found += _marked(figure, text)
        if stuck:
            told = f"{text} with {stuck} beside it"
            found.append(
                _difference(Change.NUMBER_CHANGED, id_, figure["printed"], told)
            )
    found += [
        _difference(Change.FIGURE_REMOVED, figure["id"], figure["printed"], "")
        for figure in expected["figures"]
        if figure["id"] not in standing
    ]
    needed = {n for id_ in standing for n in known[id_]["notes"]}
    found += note_differences(expected["notes"], needed, page.blocks)
    found += defined_twice(expected["notes"], page.blocks)
    numbers = {note["number"] for note in expected["notes"]}
    found += [
        _difference(Change.FIGURE_UNKNOWN, f"a place with the mark [{n}]", "", f"[{n}]")
        for n in sorted(numbers & page.stray)
    ]
    return tuple(found), len(standing)


def _marked(figure: Mapping[str, Any], text: str) -> Iterator[Difference]:
    shown, marks = without_marks(text), marks_in(text)
    if shown != plain(figure["printed"]):
        yield _difference(Change.NUMBER_CHANGED, figure["id"], figure["printed"], shown)
    wanted = set(figure["notes"])
    for number in sorted(wanted - marks):
        yield _difference(Change.CAVEAT_MISSING, figure["id"], f"[{number}]", "")
    for number in sorted(marks - wanted):
        yield _difference(Change.NOTE_CHANGED, figure["id"], "", f"[{number}]")


def _ids(provenance: Mapping[str, Any]) -> set[str]:
    held = provenance.get("cells", provenance.get("figures", ()))
    return {figure["id"] for figure in held if figure["id"]}


def _check(provenance: Mapping[str, Any], suffix: str, name: str) -> None:
    if provenance.get("schema") != SCHEMA:
        raise UsageError(
            f"this is no provenance of this version ({SCHEMA}).",
            where=f"{name}: {provenance.get('schema') or 'no schema'}",
            hint="Make the output again.",
        )
    if not _ids(provenance):
        raise UsageError("its provenance tells of no figures.", where=name)
    if suffix not in FORMS:
        raise UsageError(
            "this kind of file cannot be verified.",
            where=name,
            hint=f"Known are: {', '.join(FORMS)}.",
        )


def _difference(change: Change, where: str, printed: str, found: str) -> Difference:
    return Difference(change=change, where=where, printed=printed, found=found)
