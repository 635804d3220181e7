"""A draft as an adapter document in YAML, with each guess beside what it settles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from tallymark.model.address import locate
from tallymark.model.draft import Draft, Guess
from tallymark.model.grid import text_of
from tallymark.model.mapping_workbook import plain

Path = tuple[str | int, ...]
"""Keys and places from the top of a document to a value."""

_Comments = Mapping[Path, Sequence[str]]

_WIDTH, _WITH_COMMENT = 88, 110
_UNFIT = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow, in comments either."""
_ALWAYS_BLOCK = ("tables", "lookups", "header")
_CONSTANTS = {
    "stage": "stage",
    "counting_unit": "counting_unit",
    "scope": "scope",
    "statistic": "statistic",
    "sex": "sex",
    "age_group": "age_group",
    "offence": "offence",
    "area": "ref_area",
    "period": "period",
}
"""Aspects of a whole table, and the constant that each gives."""


def render(draft: Draft) -> dict[str, bytes]:
    """Return the adapter document of a draft; a guess is a comment at its line."""
    n_open = len(draft.open_guesses)
    head = [
        f"Drafted from {draft.grid.file}: every line is a guess.",
        f"{n_open} of {len(draft.guesses)} guesses need you: search for PLEASE LOOK."
        if n_open
        else "No guess needs you; look over all of them the same.",
        *(f"Not read: {problem}" for problem in draft.problems),
    ]
    headings = _headings(draft)
    comments: dict[Path, list[str]] = {}
    for guess in draft.guesses:
        path = _place(guess, draft, headings)
        comments.setdefault(path, []).append(_comment(guess))
    return {"": yaml_text(draft.document, head=head, comments=comments).encode()}


def yaml_text(
    document: Mapping[str, Any],
    *,
    head: Sequence[str] = (),
    comments: Mapping[Path, Sequence[str]] | None = None,
) -> str:
    """Return a document as YAML a person can read; short parts stand on one line.

    `comments` stand at the values with these paths, `head` above all.

    >>> print(yaml_text({"id": "x", "rows": {"until": "blank"}}, head=["Why."]), end="")
    # Why.
    id: x
    rows: {until: blank}
    """
    told = comments or {}
    lines = [_as_comment(line) for line in (*head, *told.get((), ()))]
    lines += _lines(document, _Place(path=(), indent=0), told)
    return "\n".join(lines) + "\n"


def _comment(guess: Guess) -> str:
    start = "PLEASE LOOK: " if guess.needs_you else ""
    words = guess.words or "nothing found"
    return f"{start}{guess.region} is {words}; {guess.why}"


def _place(guess: Guess, draft: Draft, headings: Mapping[str, str]) -> Path:
    """Return the deepest value of the document that a guess settles."""
    name, *rest = guess.id.split(".")
    if name == "gap":
        token = guess.id.removeprefix("gap.")
        for path in (("missing", token), ("numbers", "bounds", token), ("missing",)):
            if _holds(draft.document, path):
                return path
    tables = draft.document.get("tables", [])
    numbers = [n for n, table in enumerate(tables) if table.get("name") == name]
    if not numbers:
        return ()
    top: Path = ("tables", numbers[0])
    table = tables[numbers[0]]
    for found in _within(guess, rest, table, headings):
        if _holds(table, found):
            return (*top, *found)
    return top


def _within(
    guess: Guess,
    rest: Sequence[str],
    table: Mapping[str, Any],
    headings: Mapping[str, str],
) -> Iterator[Path]:
    """Give the places in a table at which a guess may stand, the best first."""
    kind = rest[0] if rest else ""
    if kind == "gap":
        yield ("missing", ".".join(rest[1:]))
        yield ("missing",)
    elif kind == "column":
        heading = headings.get(guess.id)
        for n, item in enumerate(table.get("header", ())):
            if heading and heading in _texts(item):
                yield ("header", n)
        yield ("header",)
    elif kind in ("numbers", "rows", "header"):
        yield tuple(rest)
        yield (kind,)
    elif kind == "calendar":
        yield ("period",)
    elif kind in ("heading", "label"):
        yield from _mapped(guess, table)
        yield ("lookups",)
    elif kind in _CONSTANTS:
        yield ("constants", _CONSTANTS[kind])


def _mapped(guess: Guess, table: Mapping[str, Any]) -> Iterator[Path]:
    """Give the entries of look-ups for the label that a guess is about."""
    for n, lookup in enumerate(table.get("lookups", ())):
        entries = lookup.get("map")
        for label, given in entries.items() if isinstance(entries, Mapping) else ():
            values = given.values() if isinstance(given, Mapping) else [given]
            if f"“{label}”" in guess.why and guess.reading in map(str, values):
                yield ("lookups", n, "map", label)


def _texts(item: Any) -> tuple[str, ...]:
    if isinstance(item, Mapping):
        return tuple(str(item[key]) for key in ("text", "name") if key in item)
    return (str(item),)


def _headings(draft: Draft) -> dict[str, str]:
    """Return the text above each column that a guess is about, by the guess's id."""
    guesses = [guess for guess in draft.guesses if guess.aspect == "column"]
    places = locate(draft.grid, [guess.region for guess in guesses])
    found = {}
    for guess in guesses:
        place = places.get(guess.region)
        if place is not None and place.top:
            sheet = draft.grid.sheets[place.sheet]
            text = plain(text_of(sheet.value(place.top - 1, place.left)))
            found[guess.id] = text
    return found


def _holds(content: Any, path: Path) -> bool:
    for part in path:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a value stands in the document, and how far its line is set in."""

    path: Path
    indent: int


def _lines(value: Any, place: _Place, comments: _Comments) -> list[str]:
    """Return a mapping or a list, one line for each short part of it."""
    if isinstance(value, Mapping):
        parts = [(key, f"{_flow(str(key))}:", part) for key, part in value.items()]
    else:
        parts = [(n, "-", part) for n, part in enumerate(value)]
    lines: list[str] = []
    for key, start, part in parts:
        path = (*place.path, key)
        told = [_as_comment(text) for text in comments.get(path, ())]
        line = f"{' ' * place.indent}{start} {_flow(part)}"
        if not _is_block(key, part, path, line, comments):
            lines += _beside(line, told, place.indent)
            continue
        lines += [f"{' ' * place.indent}{text}" for text in told]
        inner = _lines(part, _Place(path=path, indent=place.indent + 2), comments)
        if start == "-":  # the first line of the part stands behind the dash
            first = next(n for n, text in enumerate(inner) if text.lstrip()[:1] != "#")
            lines += inner[:first]
            inner = inner[first:]
            lines.append(f"{' ' * place.indent}- {inner[0].lstrip()}")
            lines += inner[1:]
        else:
            lines += [f"{' ' * place.indent}{start}", *inner]
    return lines


def _is_block(
    key: str | int, part: Any, path: Path, line: str, comments: _Comments
) -> bool:
    """Tell whether a part needs lines of its own."""
    if not isinstance(part, Mapping | list) or not part:
        return False
    if key in _ALWAYS_BLOCK or len(line) > _WIDTH:
        return True
    return any(other[: len(path)] == path != other for other in comments)


def _beside(line: str, told: Sequence[str], indent: int) -> list[str]:
    """Return a line with what is told of it: behind it if it fits, else above."""
    if len(told) == 1 and len(line) + len(told[0]) + 2 <= _WITH_COMMENT:
        return [f"{line}  {told[0]}"]
    return [*(f"{' ' * indent}{text}" for text in told), line]


def _as_comment(text: str) -> str:
    return f"# {_UNFIT.sub(chr(0xFFFD), plain(text))}"


def _flow(value: Any) -> str:
    """Return a value on one line."""
    text: str = yaml.safe_dump(
        value,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return text.removesuffix("\n...\n").rstrip("\n")
