"""Facts of a country as JSON for programs; its fields are those of the CSV."""

from __future__ import annotations

import json

from tallymark.model.fact_sheet import FactSheet
from tallymark.present.facts.csv import row_of

SCHEMA = "tallymark-facts-1"


def render(sheet: FactSheet) -> dict[str, bytes]:
    """Return the facts as one JSON document; what is not known is null."""
    document = {
        "schema": SCHEMA,
        "iso3": sheet.iso3,
        "country": sheet.country,
        "is_unverified": sheet.is_unverified,
        "facts": [
            {
                **{name: text or None for name, text in row_of(fact).items()},
                "caveats": list(fact.caveats),
            }
            for fact in sheet.facts
        ],
    }
    return {"": (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()}
