"""Labels of published and invented tables against what adapters say that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tallymark.ingest.adapter.document import Adapter
from tallymark.ingest.adapter.loading import BUILT_IN, load_adapter
from tallymark.ingest.adapter.lookup import Lookup
from tallymark.ingest.drafting.meaning import heading_readings, label_readings
from tallymark.ingest.drafting.reading import TextReading

FURTHER = Path(__file__).parents[3] / "real" / "adapters"

RECALL = {
    "stage": 0.75,
    "counting_unit": 0.75,
    "sex": 0.65,
    "age_group": 0.5,
    "statistic": 0.55,
    "area": 0.5,
    "scope": 0.35,
    "offence": 0.25,
}
"""Share of the labels whose code is found, be it as a question; many are the codes of one
country's law, abbreviations, or names of provinces, which no list of words holds."""

WRONG_BUT_SURE = {
    "scope": 0.03,
    "stage": 0.03,
    "counting_unit": 0.03,
    "age_group": 0.06,
}
"""Share of the labels that are taken for another code without asking, at the most."""


class Label(NamedTuple):
    adapter: str
    text: str
    field: str
    code: str
    found: TextReading | None


@cache
def labels() -> tuple[Label, ...]:
    """Every label of every map, with its code and what it is taken for."""
    paths = [*sorted(BUILT_IN.glob("*.yaml")), *sorted(FURTHER.glob("*.yaml"))]
    adapters = [load_adapter(path) for path in paths]
    return tuple({label[:4]: label for a in adapters for label in _of(a)}.values())


def _of(adapter: Adapter) -> Iterator[Label]:
    for table in adapter.tables:
        for lookup in table.lookups:
            for field in RECALL:
                yield from _of_field(adapter, lookup, field)


def _of_field(adapter: Adapter, lookup: Lookup, field: str) -> Iterator[Label]:
    column = "ref_area" if field == "area" else field
    codes = {
        text: str(code)
        for text, fields in (lookup.map or {}).items()
        if text and (code := getattr(fields, column)) is not None
    }
    in_column = any(p.column or p.section or p.parent for p in lookup.places)
    known = label_readings(field, list(lookup.map or ())) if in_column else {}
    for text, code in codes.items():
        if field == "area" and "_" in code:
            continue  # parts of countries are kept as they are printed
        said = {r.field: r for r in heading_readings(text)}
        found = known[text] if in_column else said.get(field)
        if found is None and code in ("OTHER", "UNSTATED"):
            continue  # nothing is said, and nothing was found
        yield Label(adapter.id, text, field, code, found)


def _outcome(label: Label) -> str:
    if label.found is None:
        return "missing"
    if label.found.value == label.code:
        return "right" if label.found.is_sure else "right, asked"
    if label.code in label.found.choices:
        return "right, asked"
    return "wrong" if label.found.is_sure else "wrong, asked"


@pytest.mark.parametrize("field", RECALL)
def test_labels_are_taken_for_what_they_are(field: str) -> None:
    mine = [label for label in labels() if label.field == field]
    counts = Counter(map(_outcome, mine))
    n = len(mine)
    found = counts["right"] + counts["right, asked"]
    sure = counts["right"] + counts["wrong"]
    print(f"{field}: {n} labels, {dict(counts)}; recall {found / n:.2f}, "  # noqa: T201
          f"precision of the sure {counts['right'] / max(sure, 1):.2f}")  # fmt: skip
    wrong = [label[:4] for label in mine if _outcome(label) == "wrong"]
    assert found >= RECALL[field] * n, counts
    assert len(wrong) <= WRONG_BUT_SURE.get(field, 0.015) * n, wrong
