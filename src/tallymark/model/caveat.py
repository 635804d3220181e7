"""A caveat: a sentence without which certain figures must not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from tallymark.model.codes import Use, Weight
from tallymark.model.condition import Condition
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source

Phase = Literal["observation", "result", "pair", "use", "operation"]
Operation = Literal[
    "sum", "where", "change", "difference", "ratio", "share", "rate", "compare"
]


@dataclass(frozen=True, kw_only=True)
class Example:
    """Rows on which the caveat holds, or does not.

    One row, where fields not named are null; for phase `operation` the figures that an
    operation is done on, in its order (`where` keeps those of the first one's area),
    each told by how it differs from a plain count of cases.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    holds: bool
    rows: tuple[dict[str, str | int | float | bool | date | None], ...]
    operation: Operation = "sum"


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """What is said (`text`, by language), of which figures, and which uses it limits.

    A *sticky* caveat is inherited through every operation; a *derived* one is found
    again for each result. Phase `operation` has no condition: the algebra raises it.
    """

    version: int
    slug: str
    group: str
    text: dict[str, str]
    explanation: str
    phase: Phase
    kind: Literal["sticky", "derived"]
    applies_when: Condition | None
    limits: tuple[Use, ...]
    weight: Weight
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]

    def sentence(self, language: str = "en") -> str:
        """Return the caveat's sentence, in English where a language has none."""
        return self.text.get(language, self.text["en"])
