"""What the headings over figures say, and the look-ups that read them.

Hides that headings may be merged, stand once for several columns, or in several rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.drafting.asking import asked, best, unknown
from tallymark.ingest.drafting.blocks import Block
from tallymark.ingest.drafting.cells import YEAR, kind_of
from tallymark.ingest.drafting.columns import Roles
from tallymark.ingest.drafting.layouts import Column, Layout, letter_of
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import heading_readings
from tallymark.ingest.drafting.reading import TextReading
from tallymark.ingest.drafting.totals import is_total
from tallymark.ingest.layout.surroundings import label_of
from tallymark.model.draft import Rectangle

FIELDS = (
    "period",
    "area",
    "stage",
    "counting_unit",
    "scope",
    "sex",
    "age_group",
    "statistic",
    "offence",
)


LOOSE = ("area", "scope", "sex", "age_group", "offence")
"""Fields that are not taken from a heading that may mean something else."""

CHANGES = ("PERCENT_CHANGE", "DIFFERENCE")
_TWO_YEARS = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d\d)")
_HELD_AGAINST = re.compile(
    r"(?i)\b(?:from|since|compared|against|vs|so với|desde|depuis|dibanding\w*)\b"
)

MOST_OPEN = 3
"""Headings of a table that are asked for one field; there may be hundreds."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A text in a row of headings: where it stands first, and what stands below it."""

    text: str
    letter: str
    region: str
    names: tuple[str, ...]
    """The header items under it."""
    about: tuple[Rectangle, ...]


@dataclass(frozen=True, kw_only=True)
class Level:
    """A row of headings over figures; `height` counts from the lowest row up."""

    height: int
    headings: tuple[Heading, ...]
    names: tuple[str, ...]
    """The header items that have a heading in this row."""
    is_whole: bool
    """Every column of figures has one."""
    is_centred: bool = False
    """The first heading stands over the middle of its columns."""


def levels_of(roles: Roles) -> list[Level]:
    """Return the rows of headings, the lowest first, as far as they say something."""
    layout = roles.layout
    n = min(block.levels for block in layout.blocks) + 1
    levels = [_level(layout, roles.figures, height) for height in range(n)]
    return [level for level in levels if level.headings]


def _level(layout: Layout, figures: Sequence[Column], height: int) -> Level:
    spots: dict[str, list[tuple[int, int, str]]] = {}
    n_columns = n_held = 0
    is_centred = False
    for n, block in enumerate(layout.blocks):
        columns = [
            (at, column.name)
            for column in figures
            for at in range(column.spans[n][0], column.spans[n][1] + 1)
        ]
        texts, is_middle = _texts(layout, block, height, [at for at, _ in columns])
        is_centred |= is_middle
        n_columns += len(columns)
        n_held += len(texts)
        for at, name in columns:
            if at in texts:
                spots.setdefault(texts[at], []).append((n, at, name))
    names = dict.fromkeys(name for held in spots.values() for _, _, name in held)
    return Level(
        height=height,
        headings=tuple(_heading(layout, text, held) for text, held in spots.items()),
        names=tuple(names),
        is_whole=n_held == n_columns,
        is_centred=is_centred,
    )


def _heading(
    layout: Layout, text: str, spots: Sequence[tuple[int, int, str]]
) -> Heading:
    regions: list[str] = []
    about: list[Rectangle] = []
    for n, left, right in _runs(spots):
        block = layout.blocks[n]
        about.append(Rectangle(block.sheet, block.first, left, block.last, right))
        if len(regions) < 3:
            sheet = layout.sheet(block)
            regions.append(sheet.region(block.first, left, block.last, right))
    n, at, _ = spots[0]
    return Heading(
        text=text,
        letter=letter_of(layout.sheet(layout.blocks[n]), at),
        region=", ".join(regions),
        names=tuple(dict.fromkeys(name for _, _, name in spots)),
        about=tuple(about),
    )


def _runs(spots: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, int]]:
    """Return the runs of neighbouring columns: number of the table, first, last."""
    runs: list[tuple[int, int, int]] = []
    for n, at, _ in spots:
        if runs and runs[-1][0] == n and runs[-1][2] == at - 1:
            runs[-1] = (n, runs[-1][1], at)
        else:
            runs.append((n, at, at))
    return runs


def _texts(
    layout: Layout, block: Block, height: int, columns: Sequence[int]
) -> tuple[dict[int, str], bool]:
    """Return the heading of each column in one row, and whether headings are centred.

    As in the reading of the table, an empty cell has the text to its left where the first
    column has one; in the lowest row it has none.
    """
    sketch = layout.sketch(block)
    row = block.header - height
    own = {at: text for at in columns if (text := sketch.label(row, at))}
    if height == 0 or not own:
        return own, False
    if columns[0] in own:
        texts, last = {}, ""
        for at in columns:
            last = texts[at] = own.get(at, last)
        return texts, False
    printed = {
        at: text for at in columns if (text := label_of(sketch.sheet.value(row, at)))
    }
    held = printed or own
    return {at: held[min(held, key=lambda o: (abs(o - at), o))] for at in columns}, True


def heading_lookups(roles: Roles, ledger: Ledger) -> list[dict[str, Any]]:
    """Return the look-ups that read the headings of figures, the lowest row first."""
    lookups: list[dict[str, Any]] = []
    for level in levels_of(roles):
        lookups += _level_lookups(roles, level, ledger)
    return lookups


def _level_lookups(
    roles: Roles, level: Level, ledger: Ledger
) -> Iterator[dict[str, Any]]:
    said = [best(heading_readings(heading.text)) for heading in level.headings]
    has_stages = any("stage" in readings for readings in said)
    given = {
        h.text: _given(roles, level, h, ledger, has_stages=has_stages)
        for h in level.headings
    }
    if all(set(fields) == {"period"} for fields in given.values()):
        changed = {t: f["period"] for t, f in given.items() if f["period"] != t}
        look = {"parse": "period", **({"map": changed} if changed else {})}
        yield from _placed(
            level, look, {t: {"period": f["period"]} for t, f in given.items()}
        )
        return
    key = "heading" if level.height == 0 else f"heading_{level.height + 1}"
    rows = _distinguished(given, key, is_alone=len(given) == 1)
    if any(rows.values()):
        yield from _placed(level, {"map": rows, "others": {}}, rows)


def _given(
    roles: Roles, level: Level, heading: Heading, ledger: Ledger, *, has_stages: bool
) -> dict[str, Any]:
    """Return the fields that one heading gives, each asked.

    With `has_stages`, headings of its row say stages: one that tells of a unit and of no
    stage is asked for it, since what a title says may be about the others alone.
    """
    layout = roles.layout
    row = layout.first.header - level.height + 1
    mark = heading.letter if level.height == 0 else f"{heading.letter}_{row}"
    prefix = f"{layout.id}.heading.{mark}"
    readings = best([*heading_readings(heading.text), *_printed(roles, level, heading)])
    if readings.get("statistic") and readings["statistic"].value in CHANGES:
        readings = dict(_of_change(heading.text, readings))
    fields: dict[str, Any] = {}
    also = ["stage"] if has_stages and "counting_unit" in readings else []
    for field in dict.fromkeys([*readings, *also, *ledger.fields_decided(prefix)]):
        if field not in FIELDS:
            continue
        reading = readings.get(field) or unknown(
            field, why=f"{heading.text!r} does not say it, as headings beside it do"
        )
        spot = (f"{prefix}.{field}", heading.region, heading.about)
        is_decided = ledger.decided(spot[0]) is not None
        if not reading.is_sure and field in LOOSE and not is_decided:
            continue
        if value := asked(
            ledger, spot, reading, needs_you=_is_open(roles, reading, ledger)
        ):
            fields["ref_area" if field == "area" else field] = value
    if "offence" in fields:
        fields["offence_relation"] = "overlaps"
    if is_total(heading.text):
        fields["is_total"] = True
    return fields


def _of_change(
    text: str, readings: Mapping[str, TextReading]
) -> Iterator[tuple[str, TextReading]]:
    """Give the readings of a change: it is of the later year, whatever it is held against."""
    for field, reading in readings.items():
        years = _TWO_YEARS.search(reading.value) if field == "period" else None
        if years:
            first, last = years.groups()
            later = str(max(int(first), int(first[: 4 - len(last)] + last)))
            words = f"the period {later}"
            found = replace(reading, value=later, words=words, is_sure=True, choices=())
            yield field, found
        elif field != "period" or not _HELD_AGAINST.search(text):
            yield field, reading


def _is_open(roles: Roles, reading: TextReading, ledger: Ledger) -> bool:
    """Tell whether a heading is asked: it is not sure, and few of its table are."""
    if reading.is_sure or (reading.field == "period" and _is_year(reading.value)):
        return False
    prefix = f"{roles.layout.id}.heading."
    n = sum(
        guess.needs_you and id_.startswith(prefix) and id_.endswith(reading.field)
        for id_, guess in ledger.guesses.items()
    )
    return n < MOST_OPEN


def _is_year(text: str) -> bool:
    """Tell whether a text is a year alone: which one, the calendar says."""
    return kind_of(text) == YEAR


def _printed(roles: Roles, level: Level, heading: Heading) -> Iterator[TextReading]:
    """Give the statistic that the figures below a lowest heading show by their form."""
    if level.height:
        return
    texts = [
        text
        for name in heading.names
        for text in roles.layout.labels[name]
        if text and any(map(str.isdigit, text))
    ]
    if texts and sum(text.endswith("%") for text in texts) > 0.5 * len(texts):
        yield TextReading(
            field="statistic",
            value="PERCENT",
            words="a percentage",
            why=f"its figures are printed as {texts[0]!r}",
            is_sure=True,
        )


def _distinguished(
    given: Mapping[str, dict[str, Any]], key: str, *, is_alone: bool
) -> dict[str, dict[str, Any]]:
    """Return the fields of each heading; those that say the same keep their text, too."""
    told = [repr(sorted(fields.items())) for fields in given.values()]
    rows = {}
    for (text, fields), said in zip(given.items(), told, strict=True):
        is_apart = told.count(said) == 1 and bool(fields)
        rows[text] = dict(fields)
        if not is_apart and not is_alone:
            rows[text]["breakdown"] = {key: text}
    return rows


def _placed(
    level: Level, look: dict[str, Any], rows: Mapping[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Give the look-up where the texts stand; one a heading if they are centred."""
    if level.is_centred:
        for heading in level.headings:
            if fields := rows[heading.text]:
                yield {"constant": fields, "of": list(heading.names)}
        return
    of = {} if level.is_whole else {"of": list(level.names)}
    yield {"header": level.height, **look, **of}
