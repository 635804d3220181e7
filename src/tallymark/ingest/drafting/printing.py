"""How the numbers of a file are printed, and what stands in place of a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tallymark.ingest.drafting.asking import asked
from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import number_rule
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.drafting.shared_cells import split_text
from tallymark.model.codes import MissingReason
from tallymark.model.draft import Rectangle
from tallymark.model.grid import Sheet

ZERO = "zero"
SMALL = 20
"""Up to which `<5` is taken for a count that is hidden because it is small."""

LONGEST_TOKEN = 40
MOST_RUNS = 300
"""Runs of cells with one text that are told one by one; else the table is."""

MOST_SHOWN = 3
MOST_TOKENS = 12
"""Texts without a meaning among figures that are asked, the most frequent first."""

_BELOW = re.compile(r"<\s*(\d{1,2})")
_MARKS = (".", ",")


def printing_of(
    tables: Sequence[Roles], ledger: Ledger
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what an adapter says of numbers and gaps, asked once for the whole file."""
    texts = _texts(tables)
    numbers, missing, readings = number_rule(list(texts))
    if len(_marks_of(tables)) > 1:
        numbers = {k: v for k, v in numbers.items() if k not in ("decimal", "group")}
        readings = tuple(r for r in readings if r.field != "numbers.decimal")
    whole = (
        ", ".join(roles.layout.range for roles in tables[:3]),
        tuple(part for r in tables for part in r.layout.about(r.figures)),
    )
    for reading in [*readings, *_hidden(texts)]:
        field = reading.field.partition(".")[2]
        is_gap = reading.field.startswith("gap.")
        spot = _where(field, tables) if is_gap else whole
        value = asked(ledger, (reading.field, *spot), reading)
        if reading.field.startswith("gap."):
            _put_gap(numbers, missing, field, value)
        elif reading.field == "numbers.decimal" and value in _MARKS:
            _put_decimal(numbers, value)
        elif reading.field == "numbers.negative" and value:
            numbers["negative"] = [value]
    known = {id_.partition(".")[2] for id_ in ledger.guesses if id_.startswith("gap.")}
    for token in _unknown_tokens(texts, known):
        spot = _where(token, tables)
        value = asked(ledger, (f"gap.{token}", *spot), _unread(token))
        _put_gap(numbers, missing, token, value)
    return numbers, missing


def _where(token: str, tables: Sequence[Roles]) -> tuple[str, tuple[Rectangle, ...]]:
    """Return the cells among figures that hold a text: as printed, and each run of them."""
    regions: list[str] = []
    about: list[Rectangle] = []
    for roles in tables:
        layout = roles.layout
        for column in roles.figures:
            if not any(_is_text(v, token) for v in layout.values[column.name]):
                continue
            for block, (left, right) in zip(layout.blocks, column.spans, strict=True):
                sheet = layout.sheet(block)
                for part in _runs_of(token, sheet, block, range(left, right + 1)):
                    about.append(part)
                    regions.append(_printed(part, sheet))
                if len(about) > MOST_RUNS:
                    return layout.range, layout.about(roles.figures)
    return ", ".join(regions[:MOST_SHOWN]), tuple(about)


def _runs_of(
    token: str, sheet: Sheet, block: Block, columns: Iterable[int]
) -> Iterator[Rectangle]:
    """Give the runs of cells below each other that hold a text."""
    for column in columns:
        first = None
        for row in range(block.first, block.last + 2):
            value = sheet.value(row, column) if row <= block.last else None
            if _is_text(value, token):
                first = row if first is None else first
            elif first is not None:
                yield Rectangle(block.sheet, first, column, row - 1, column)
                first = None


def _printed(part: Rectangle, sheet: Sheet) -> str:
    if part.top == part.bottom:
        return sheet.address(part.top, part.left)
    return sheet.region(*part[1:])


def _is_text(value: object, token: str) -> bool:
    return isinstance(value, str) and value.strip() == token


def own_printing(
    roles: Roles, tables: Sequence[Roles], numbers: Mapping[str, Any], ledger: Ledger
) -> dict[str, Any]:
    """Return how one table prints numbers, where tables of the file do it differently."""
    if len(_marks_of(tables)) < 2:
        return {}
    own, _, readings = number_rule(list(_texts([roles])))
    marks: dict[str, Any] = {
        key: own[key] for key in ("decimal", "group", "grouping") if key in own
    }
    for reading in readings:
        if reading.field == "numbers.decimal":
            layout = roles.layout
            id_ = f"{layout.id}.{reading.field}"
            spot = (id_, layout.range, layout.about(roles.figures))
            value = asked(ledger, spot, reading)
            if value in _MARKS:
                _put_decimal(marks, value)
    return {**numbers, **marks}


def _marks_of(tables: Sequence[Roles]) -> set[str]:
    """Return the decimal marks that tables show, each by its own texts."""
    found = set()
    for roles in tables:
        own, _, _ = number_rule(list(_texts([roles])))
        if "decimal" in own:
            found.add(own["decimal"])
    return found


def _texts(tables: Sequence[Roles]) -> dict[str, int]:
    """Return the distinct texts that stand in columns of figures."""
    found: dict[str, int] = {}
    for roles in tables:
        for column in roles.figures:
            for value, n in roles.layout.values[column.name].items():
                if isinstance(value, str) and (text := value.strip()):
                    for part in split_text(text):
                        found[part] = found.get(part, 0) + n
    return found


def _hidden(texts: Mapping[str, int]) -> list[TextReading]:
    """Return the texts such as `<5` that stand for small counts."""
    found = {text: m for text in texts if (m := _BELOW.fullmatch(text))}
    limits = {int(match[1]) for match in found.values()}
    if len(limits) != 1 or max(limits) > SMALL:
        return []
    return [
        TextReading(
            field=f"gap.{text}",
            value=MissingReason.SUPPRESSED,
            words="a small count that is not printed",
            why=f"{text!r} stands in place of {n:,} numbers",
            is_sure=True,
            choices=(MissingReason.SUPPRESSED, MissingReason.RANGE),
        )
        for text, n in texts.items()
        if text in found
    ]


def _unknown_tokens(texts: Mapping[str, int], known: set[str]) -> list[str]:
    """Return the texts without a digit that stand among figures and are no known gap."""
    found = [
        text
        for text in texts
        if text not in known
        and len(text) <= LONGEST_TOKEN
        and not any(map(str.isdigit, text))
    ]
    return sorted(found, key=lambda text: -texts[text])[:MOST_TOKENS]


def _unread(text: str) -> TextReading:
    return TextReading(
        field=f"gap.{text}",
        value="",
        words="no number that can be read",
        why=f"{text!r} is no number and no known gap",
        is_sure=False,
    )


def _put_gap(
    numbers: dict[str, Any], missing: dict[str, str], token: str, value: str
) -> None:
    match = _BELOW.fullmatch(token)
    missing.pop(token, None)
    zeros = [text for text in numbers.get("zero", ()) if text != token]
    if value == ZERO:
        zeros.append(token)
    elif match and value in (MissingReason.SUPPRESSED, MissingReason.RANGE):
        bound = {"low": 0, "high": int(match[1]) - 1, "reason": str(value)}
        numbers.setdefault("bounds", {})[token] = bound
    elif value:
        missing[token] = str(value)
    numbers.pop("zero", None)
    if zeros:
        numbers["zero"] = zeros


def _put_decimal(numbers: dict[str, Any], mark: str) -> None:
    """Put a decimal mark in place; the other one then parts thousands."""
    if numbers.get("decimal") == mark:
        return
    other = "," if mark == "." else "."
    group = [other if sign == mark else sign for sign in numbers.get("group", [other])]
    numbers |= {"decimal": mark, "group": list(dict.fromkeys(group))}
