"""What is printed about figures, as relations: labels and headings, and what they say.

label_claims    one row per text of `offence_label` or `notes`, aspect and code
heading_claims  the rows of `headings`, once for each aspect and code
"""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from tallymark.engine import Engine
from tallymark.model.columns import arrow_table

ORIGINS = ("offence_label", "notes")

_SCHEMA = pa.schema(
    [
        pa.field("text", pa.string()),
        pa.field("aspect", pa.string()),
        pa.field("code", pa.string()),
        pa.field("n_codes", pa.int64()),
    ]
)
"""`n_codes`: how many codes of the aspect the text names."""


def make_label_claims(engine: Engine) -> None:
    """Make relation `label_claims`, with the column `origin` that holds the text."""
    each = " union all ".join(
        f"select distinct {name} as text, '{name}' as origin from obs "
        f"where {name} is not null"
        for name in ORIGINS
    )
    engine.create_table("labels", each)
    _make(engine, "labels", "label_claims")


def make_heading_claims(engine: Engine) -> None:
    """Make relation `heading_claims`."""
    _make(engine, "headings", "heading_claims")


def _make(engine: Engine, texts: str, name: str) -> None:
    found = [text for (text,) in engine.rows(f"select distinct text from {texts}")]
    known = f"known_{texts}"
    engine.register(known, _claims([text for text in found if text]))
    engine.create_table(
        name,
        "select t.*, k.aspect, k.code, k.n_codes "
        f"from {texts} t join {known} k on t.text = k.text",
    )


def _claims(texts: list[str]) -> pa.Table:
    said: list[tuple[str | int, ...]] = []
    if texts:
        # The lexicon is read only where there is something to look up.
        from tallymark.documents.lexicon import claims_in  # noqa: PLC0415  # see above

        for text in sorted(texts):
            claims = claims_in(text)
            n_codes = Counter(aspect for aspect, _ in claims)
            said += [(text, aspect, code, n_codes[aspect]) for aspect, code in claims]
    columns = {name: [row[i] for row in said] for i, name in enumerate(_SCHEMA.names)}
    return arrow_table(columns, _SCHEMA)
