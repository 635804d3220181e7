"""Figures put into a Markdown text, in place of `{{figure KEN 2018 CONVICTED}}`.

Each stands with its marks, and its notes as footnotes, once. Code and comments of the
text stay as they are. Hides where a placeholder may stand, and how notes are grouped.
"""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tallymark.errors import Problem
from tallymark.model.caveat import Caveat
from tallymark.model.codes import Weight
from tallymark.model.figure import Figure, Judgement
from tallymark.model.words import number_text
from tallymark.present.cells import letters, missing_letter, reason_text
from tallymark.present.provenance import figure_numbers
from tallymark.present.table.markdown import escaped
from tallymark.present.wording import NOT_CALCULATED, one_line, status_text

Kind = Literal["figure", "note", "notes"]

_PLACE = re.compile(
    r"(?P<escape>\\)?\{\{\s*(?P<kind>figure|notes|note)\b(?P<said>[^{}]*)\}\}"
)
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)|<!--.*?-->", re.DOTALL)
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_FOOTNOTE = re.compile(r"\[\^(\d+)\]")
_SIGNS = {"≥ ": "at least ", "≤ ": "at most "}


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A place in a text where a figure, its notes, or all notes are wanted."""

    kind: Kind
    words: tuple[str, ...]
    values: Mapping[str, Sequence[str]]
    start: int
    end: int
    line: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A figure that a placeholder means."""

    id: str
    figure: Figure
    caveats: tuple[Caveat, ...]
    """Of the figure, heaviest first."""


def placeholders(text: str, problems: list[Problem]) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text, in order; what is wrong joins `problems`.

    One with a backslash before it, in code or in a comment is none.
    """
    kept = list(_code(text))
    found = []
    for match in _PLACE.finditer(text):
        at = match.start()
        if match["escape"] or any(start <= at < end for start, end in kept):
            continue
        line = text.count("\n", 0, at) + 1
        try:
            words = shlex.split(match["said"])
        except ValueError as error:
            problems.append(Problem(f"{match[0]}: {error}", f"line {line}"))
            continue
        pairs = [word.partition("=") for word in words if "=" in word]
        found.append(
            Placeholder(
                kind=match["kind"],  # type: ignore[arg-type]  # the pattern's words
                words=tuple(word for word in words if "=" not in word),
                values={name: value.split(",") for name, _, value in pairs},
                start=at,
                end=match.end(),
                line=line,
            )
        )
    return tuple(found)


def filled(
    text: str, places: Sequence[Placeholder], wanted: Sequence[Wanted | None]
) -> tuple[str, dict[str, Any]]:
    """Return the text with its figures and notes, and what it prints, for its provenance.

    `wanted` holds a figure for each place that names one.
    """
    first = max(map(int, _FOOTNOTE.findall(text)), default=0) + 1
    figures = {w.id: w for w in wanted if w is not None}
    notes = _notes(list(figures.values()), first)
    pieces, end = [], 0
    told = False
    for place, one in zip(places, wanted, strict=True):
        pieces.append(_plain(text, end, place.start))
        if one is None:
            pieces.append("" if told else _definitions(notes))
            told = True
        elif place.kind == "figure":
            pieces.append(_figure(one, notes))
        else:
            pieces.append(" ".join(escaped(c.sentence()) for c in one.caveats))
        end = place.end
    pieces.append(_plain(text, end, len(text)))
    out = "".join(pieces)
    if notes and not told:
        out = f"{out.rstrip()}\n\n{_definitions(notes)}\n"
    return out, {
        "notes": [_printed_note(note) for note in notes],
        "figures": [_printed(one, notes) for one in figures.values()],
    }


def running_text(figure: Figure, caveats: Sequence[Caveat]) -> str:
    """Return a figure as it stands in a sentence: its number, or in words why none."""
    if figure.judgement is Judgement.REFUSED:
        reasons = [c.sentence() for c in caveats if c.phase == "operation"]
        reason = reasons[0] if reasons else "its caveats do not allow it"
        return f"{NOT_CALCULATED} ({one_line(reason).rstrip('.')})"
    if figure.value is None and not figure.bounds:
        return f"no number ({reason_text(figure)})"
    text = figure.bounds
    for sign, words in _SIGNS.items():
        text = text.replace(sign, words)
    if figure.value is not None:
        text = number_text(figure.value)
        if {figure.low, figure.high} - {None, figure.value}:
            text += f" ({figure.bounds})"
    said = [status_text(letter) for letter in letters(figure)]
    if missing_letter(figure):
        said = [reason_text(figure), *said[1:]]
    if figure.n_declared > 1 and figure.n_present < figure.n_declared:
        said.append(f"{figure.n_present:,} of {figure.n_declared:,} parts")
    return f"{text} ({'; '.join(said)})" if said else text


@dataclass(frozen=True)
class _Group:
    """Caveats that the same figures carry: one footnote."""

    number: int
    caveats: tuple[Caveat, ...]
    figures: frozenset[str]

    @property
    def sentence(self) -> str:
        return " ".join(one_line(caveat.sentence()) for caveat in self.caveats)


def _notes(wanted: Sequence[Wanted], first: int) -> list[_Group]:
    """Put caveats that the same figures carry into one note, so that none is said twice."""
    carriers: dict[str, set[str]] = {}
    caveats: dict[str, Caveat] = {}
    for one in wanted:
        for caveat in one.caveats:
            carriers.setdefault(caveat.slug, set()).add(one.id)
            caveats[caveat.slug] = caveat
    groups: dict[frozenset[str], list[Caveat]] = {}
    for slug, ids in carriers.items():
        groups.setdefault(frozenset(ids), []).append(caveats[slug])
    return [
        _Group(first + n, tuple(group), ids)
        for n, (ids, group) in enumerate(groups.items())
    ]


def _figure(one: Wanted, notes: Sequence[_Group]) -> str:
    marks = "".join(f"[^{note.number}]" for note in notes if one.id in note.figures)
    text = escaped(running_text(one.figure, one.caveats))
    return f'<span data-figure="{html.escape(one.id)}">{text}{marks}</span>'


def _definitions(notes: Sequence[_Group]) -> str:
    return "\n\n".join(f"[^{note.number}]: {escaped(note.sentence)}" for note in notes)


def _printed(one: Wanted, notes: Sequence[_Group]) -> dict[str, Any]:
    return {
        "id": one.id,
        "printed": running_text(one.figure, one.caveats),
        **figure_numbers(one.figure),
        "notes": [note.number for note in notes if one.id in note.figures],
    }


def _printed_note(note: _Group) -> dict[str, Any]:
    return {
        "number": note.number,
        "slug": " ".join(caveat.slug for caveat in note.caveats),
        "weight": min((c.weight for c in note.caveats), key=_heaviest).value,
        "sentence": note.sentence,
    }


def _heaviest(weight: Weight) -> int:
    return list(Weight).index(weight)


def _plain(text: str, start: int, end: int) -> str:
    """Return a stretch of text; a placeholder that was escaped loses its backslash."""
    return re.sub(r"\\(?=\{\{\s*(?:figure|notes?)\b)", "", text[start:end])


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Give where code and comments begin and end."""
    fence, at, start = "", 0, 0
    is_code, in_list, after_blank = False, False, True
    open_text: list[tuple[int, int]] = []
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if fence:
            is_end = (
                match and match["fence"].startswith(fence) and not match["rest"].strip()
            )
            if is_end:
                yield start, at + len(line)
                fence = ""
        elif match and not (match["fence"][0] == "`" and "`" in match["rest"]):
            fence, start = match["fence"], at
        else:
            is_indented = line.startswith(("    ", "\t")) and not in_list
            is_code = is_indented and (after_blank or is_code) and bool(line.strip())
            if is_code:
                yield at, at + len(line)
            else:
                open_text.append((at, at + len(line)))
            if line.strip() and not line.startswith((" ", "\t")):
                in_list = bool(_LIST.match(line))
        after_blank = not line.strip()
        at += len(line)
    if fence:
        yield start, at
    yield from _inline_code(text, open_text)


def _inline_code(
    text: str, open_text: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Give the code within paragraphs: it does not run over a blank line."""
    start, end = 0, 0
    for first, last in [*open_text, (len(text) + 1, len(text) + 1)]:
        if first != end or not text[first:last].strip():
            for match in _CODE.finditer(text, start, end):
                yield match.span()
            start = first
        end = last
