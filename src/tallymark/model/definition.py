"""The questions about what a series counts, as they are asked of whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

AnswerForm = Literal["choice", "whole_number", "text", "texts"]
"""One of the choices; a whole number; words; several texts, one a line."""


@dataclass(frozen=True, kw_only=True)
class DefinitionQuestion:
    """One question, and the words for each answer; `unknown` may always be said.

    `field` is a path in the series definition (`counting_rule.attempts`), or
    `capacity.<question>` of the country's facts.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    field: str
    text: str
    help: str
    form: AnswerForm
    choices: dict[str, str]
    """Code → words, in the order in which they are offered; empty for other forms."""

    def __post_init__(self) -> None:
        """Refuse a choice without choices, and choices without a choice."""
        if (self.form == "choice") != bool(self.choices):
            raise ValueError("choices go with form: choice")


@dataclass(frozen=True, kw_only=True)
class DefinitionQuestions:
    """All questions, in the order in which they are asked; texts are English."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    source: Source
    questions: tuple[DefinitionQuestion, ...]


def value_at(definition: Mapping[str, Any], field: str) -> Any:
    """Return what a definition says in a field, such as `coverage.territory`."""
    value: Any = definition
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
