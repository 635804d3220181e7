"""Facts of a country as the document that holds them: what nobody said is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import yaml

from tallymark.model.country import Country


def render(country: Country) -> dict[str, bytes]:
    """Return the document, which reads back as the same facts."""
    content = yaml.safe_dump(_plain(country), sort_keys=False, allow_unicode=True)
    return {"": content.encode()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    held = {field.name: getattr(value, field.name) for field in fields(value)}
    kept = {"capacity"}  # all five questions stand in a document, answered or not
    return {
        name: _plain(one)
        for name, one in held.items()
        if name in kept or one not in (None, (), {}, False)
    }
