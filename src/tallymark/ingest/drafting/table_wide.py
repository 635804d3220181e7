"""What holds for all figures of a table: said by titles and names, or asked once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tallymark.ingest.drafting.around import Around, Said, is_headed_by_title
from tallymark.ingest.drafting.asking import asked, unknown
from tallymark.ingest.drafting.layouts import Layout, form_of
from tallymark.ingest.drafting.ledger import Ledger
from tallymark.ingest.drafting.meaning import heading_readings
from tallymark.ingest.drafting.reading import TextReading
from tallymark.model.draft import Rectangle

FIELDS = ("area", "period", "stage", "counting_unit", "scope", "statistic")
DEFAULTS: Mapping[str, str] = {
    "stage": "OTHER",
    "counting_unit": "UNSTATED",
    "scope": "OTHER",
    "area": "",
    "period": "",
}
"""What stands where nobody says a field; "" is none."""

MOST_SHEETS = 12
"""Sheets of one layout of which a person may say something each."""

MOST_FORMS = 5
"""Ways in which the titles of one layout may differ in more than their digits."""

_POWERS = {
    "3": re.compile(
        r"(?i)\((?:in |en |em |dalam |katika )?(?:thousands|'000s?|milliers|milhares"
        r"|miles|ribuan|maelfu|nghìn|พัน)\)|\b(?:in thousands|en milliers|em milhares"
        r"|en miles|dalam ribuan)\b"
    ),
    "6": re.compile(r"(?i)\b(?:in millions|en millions|em milhões|en millones)\b"),
}
"""Words of titles for figures that are printed in thousands or millions."""

_NAMES = {"area": "ref_area"}


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What holds for a whole table: constants, and look-ups in titles and names."""

    constants: dict[str, Any]
    lookups: list[dict[str, Any]]


def whole_of(
    around: Around, given: set[str], ledger: Ledger, *, is_only: bool
) -> Whole:
    """Return what holds for all figures; fields in `given` are said by labels already.

    `is_only` says that the file has no other layout: what is not said is then asked of
    this one, otherwise once for the whole file.
    """
    constants: dict[str, Any] = {}
    lookups: list[dict[str, Any]] = []
    for field in FIELDS:
        name = _NAMES.get(field, field)
        constants[name] = None
        said = around.said(field)
        held = [one for one in said if one is not None]
        values = {one.reading.value for one in held}
        if field in given and ledger.decided(f"{around.layout.id}.{field}") is None:
            constants[name] = DEFAULTS.get(field) or None
        elif len(values) > 1 or (values and len(held) < len(said)):
            lookups += _by_text(around, field, held, ledger)
            lookups += _by_sheet(around, field, said, ledger)
            constants[name] = DEFAULTS.get(field) or None
        else:
            if field not in given and (not held or field == "area"):
                lookups += _by_sheet(around, field, (), ledger)
            found = held[0] if held else None
            value, is_found = _settled(
                around.layout, field, found, ledger, (field in given, is_only)
            )
            lookup = _period_around(around, found) if field == "period" else None
            if found and is_found and lookup is not None:
                lookups.append(lookup)
            else:
                constants[name] = value or None
    constants |= _multiplied(around, ledger)
    return Whole(
        constants={k: v for k, v in constants.items() if v or k != "statistic"},
        lookups=lookups,
    )


def _multiplied(around: Around, ledger: Ledger) -> dict[str, int]:
    """Return the power of ten in which a title says that figures are printed."""
    layout = around.layout
    for text in around.titles[0]:
        power = next((n for n, form in _POWERS.items() if form.search(text)), "")
        if power:
            reading = TextReading(
                field="numbers.multiplied",
                value=power,
                words="printed in thousands" if power == "3" else "printed in millions",
                why=f"the text above it is {text[:80]!r}",
                is_sure=False,
                choices=("0", *_POWERS),
            )
            spot = (f"{layout.id}.numbers.multiplied", layout.range, layout.about())
            value = asked(ledger, spot, reading)
            return {"unit_mult": int(value)} if value in _POWERS else {}
    return {}


def _settled(
    layout: Layout,
    field: str,
    found: Said | None,
    ledger: Ledger,
    state: tuple[bool, bool],
) -> tuple[str, bool]:
    """Return the value that holds for a table, and whether it is the one that was found."""
    is_given, is_only = state
    id_ = f"{layout.id}.{field}"
    if found is None and field == "statistic" and ledger.decided(id_) is None:
        return "", True
    spot = (id_, layout.range, layout.about())
    if found is not None:
        reading = _placed(found)
        if found.place == "file" and not is_only:
            of_file = _of_file(layout, field, reading, ledger)
            reading = replace(reading, value=of_file, is_sure=True)
        value = asked(ledger, spot, reading)
        return value or DEFAULTS.get(field, ""), value == found.reading.value
    default = DEFAULTS.get(field, "")
    if is_given:
        if ledger.decided(id_) is None:
            return default, True
        return asked(ledger, spot, unknown(field, default), needs_you=False), True
    if not is_only:
        why = f"nothing in the file says the {field.replace('_', ' ')} of these tables"
        default = _of_file(layout, field, unknown(field, default, why), ledger)
    reading = unknown(field, default)
    value = asked(ledger, spot, reading, needs_you=is_only)
    return value or DEFAULTS.get(field, ""), True


def _of_file(layout: Layout, field: str, reading: TextReading, ledger: Ledger) -> str:
    """Return what holds of a field for all tables that do not say it, asked once."""
    id_ = f"file.{field}"
    if id_ in ledger.guesses:
        return ledger.guesses[id_].reading or DEFAULTS.get(field, "")
    sheet = layout.sheet(layout.first)
    everything = tuple(
        Rectangle(n, 0, 0, max(len(s.kinds) - 1, 0), max(s.width - 1, 0))
        for n, s in enumerate(layout.sketches)
    )
    region = sheet.region(0, 0, max(len(sheet.rows) - 1, 0), max(layout.first.right, 0))
    value = asked(ledger, (id_, region, everything), reading)
    return value or DEFAULTS.get(field, "")


def _placed(said: Said) -> TextReading:
    """Return a reading with the place of its text in the reason."""
    where = {
        "title": "the text above it",
        "sheet": "the sheet's name",
        "file": "the file's name",
    }[said.place]
    reading = said.reading
    return TextReading(
        field=reading.field,
        value=reading.value,
        words=reading.words,
        why=f"{where} is {said.text[:80]!r}",
        is_sure=reading.is_sure and said.place != "file",
        choices=reading.choices,
    )


def _period_around(around: Around, found: Said | None) -> dict[str, Any] | None:
    """Return the look-up of a period in a title or a name, which holds next year, too."""
    if found is None or found.place == "file":
        return None
    layout = around.layout
    if (around.are_pages or around.are_shared) and len(layout.blocks) > 1:
        return None
    if is_headed_by_title(layout, layout.first):
        return None
    if found.place == "sheet":
        if found.text == found.reading.value:
            return {"is_sheet": True, "parse": "period"}
        return None
    return _title_lookup(found.text, found.reading.value)


def _title_lookup(text: str, value: str) -> dict[str, Any] | None:
    start = text.find(value)
    if start < 0:
        return None
    before, after = text[:start], text[start + len(value) :]
    grouped = f"{form_of(before)}({form_of(value)}){form_of(after)}"
    return {
        "title": {"pattern": form_of(text)},
        "pattern": grouped,
        "parse": "period",
    }


def _by_text(
    around: Around, field: str, said: Sequence[Said], ledger: Ledger
) -> Iterator[dict[str, Any]]:
    """Give the look-ups of a field that differs from table to table, by its text."""
    for place in ("title", "sheet"):
        texts = {one.text: one for one in said if one.place == place}
        if not texts:
            continue
        values = {
            text: _asked_of_text(around, field, one, ledger)
            for text, one in texts.items()
        }
        if field == "period" and place == "title":
            lookups = [_title_lookup(text, values[text] or "?") for text in texts]
            distinct = list({repr(look): look for look in lookups if look}.values())
            if None not in lookups and len(distinct) <= MOST_FORMS:
                yield from distinct
                continue
        name = _NAMES.get(field, field)
        spot: dict[str, Any] = {"is_sheet": True}
        if place == "title":
            spot = {"title": {"text": list(texts)}}
        rows = {text: {name: value} for text, value in values.items() if value}
        yield {**spot, "map": rows, "others": {}}


def _by_sheet(
    around: Around, field: str, said: Sequence[Said | None], ledger: Ledger
) -> Iterator[dict[str, Any]]:
    """Give the look-up of a field that a person may say of each sheet of its own.

    Where other tables of the layout say it, those that do not are asked.
    """
    layout, names = around.layout, around.sheet_names
    if not 1 < len(set(names)) == len(names) <= MOST_SHEETS or field == "statistic":
        return
    rows: dict[str, dict[str, str]] = {}
    for n, (name, block) in enumerate(zip(names, layout.blocks, strict=True)):
        id_ = f"{layout.id}.sheet.{n + 1}.{field}"
        if not name or id_ in ledger.guesses or (said and said[n] is not None):
            continue
        box = (block.first, block.left, block.last, block.right)
        spot = (id_, layout.sheet(block).region(*box), (Rectangle(block.sheet, *box),))
        is_asked = bool(said) and field in ("stage", "counting_unit", "period")
        if is_asked or ledger.decided(id_) is not None:
            value = asked(ledger, spot, unknown(field), needs_you=is_asked)
        elif field in ("stage", "period") or (
            field == "area" and not heading_readings(name)
        ):
            value = asked(ledger, spot, unknown(field), needs_you=False)
        else:
            continue
        if value:
            rows[name] = {_NAMES.get(field, field): value}
    if rows:
        yield {"is_sheet": True, "map": rows, "others": {}}


def _asked_of_text(around: Around, field: str, said: Said, ledger: Ledger) -> str:
    layout = around.layout
    numbers = [
        n
        for n, (titles, name) in enumerate(
            zip(around.titles, around.sheet_names, strict=True)
        )
        if said.text == name or said.text in titles
    ]
    block = layout.blocks[numbers[0]]
    region = layout.sheet(block).region(
        block.first, block.left, block.last, block.right
    )
    about = tuple(
        Rectangle(b.sheet, b.first, b.left, b.last, b.right)
        for b in (layout.blocks[n] for n in numbers)
    )
    id_ = f"{layout.id}.{said.place}.{numbers[0] + 1}.{field}"
    return asked(ledger, (id_, region, about), _placed(said))


def telling_apart(around: Around) -> list[dict[str, Any]]:
    """Return look-ups that tell the tables of one layout from each other."""
    layout = around.layout
    if len(layout.blocks) < 2:
        return []
    lookups: list[dict[str, Any]] = []
    nearest = [titles[0] if titles else "" for titles in around.titles]
    if len(set(nearest)) > 1 and any(nearest):
        test = _title_test([text for text in nearest if text])
        lookups.append({"title": test, "breakdown": "table"})
    if len(set(around.sheet_names)) > 1:
        lookups.append({"is_sheet": True, "breakdown": "sheet"})
    return lookups


def _title_test(texts: Sequence[str]) -> dict[str, Any]:
    """Return the test that these titles pass, and others like them if they are many."""
    distinct = list(dict.fromkeys(texts))
    prefix = _shared_prefix(distinct)
    if len(distinct) > MOST_FORMS and len(prefix) > 3:
        return {"pattern": re.escape(prefix).replace(r"\ ", " ") + ".*"}
    return {"text": distinct}


def _shared_prefix(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    n = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return first[:n]
