"""A caveat: a sentence without which certain figures must not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tallymark.model.codes import Use, Weight
from tallymark.model.condition import Condition
from tallymark.model.series import Source

Phase = Literal["observation", "result", "pair", "use", "operation"]


@dataclass(frozen=True, kw_only=True)
class Example:
    """A row on which the caveat holds, or does not; fields not named are null."""

    holds: bool
    row: dict[str, str | int | float | bool | None]


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
