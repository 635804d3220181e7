"""A caveat: a sentence without which certain figures must not be read."""

from __future__ import annotations

from collections.abc import Mapping
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
Tier = Literal["core", "extended"]


@dataclass(frozen=True, kw_only=True)
class Example:
    """Rows on which the caveat holds, or does not.

    One row, where fields not named are null; for phase `operation` the figures that an
    operation is done on, in its order (`where` leaves the last one out and adds the
    others up), each told by how it differs from a plain count of cases.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    holds: bool
    rows: tuple[dict[str, str | int | float | bool | date | None], ...]
    operation: Operation = "sum"
    phase: Phase | None = None
    """The phase of `also_when` that the example is about; null: the caveat's own."""


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """What is said (`text`, by language), of which figures, and which uses it limits.

    A *sticky* caveat is inherited through every operation; a *derived* one is found
    again for each result. Phase `operation` has no condition: the algebra raises it.
    `also_when` holds further conditions: of two figures, or of what is said with one.
    """

    version: int
    slug: str
    group: str
    text: dict[str, str]
    explanation: str
    phase: Phase
    kind: Literal["sticky", "derived"]
    applies_when: Condition | None
    also_when: Mapping[Phase, Condition]
    limits: tuple[Use, ...]
    weight: Weight
    tier: Tier
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]

    def condition(self, phase: Phase) -> Condition | None:
        """Return what raises the caveat in a phase; null if nothing does."""
        return self.applies_when if phase == self.phase else self.also_when.get(phase)

    def sentence(self, language: str = "en") -> str:
        """Return the caveat's sentence, in English where a language has none."""
        return self.text.get(language, self.text["en"])
