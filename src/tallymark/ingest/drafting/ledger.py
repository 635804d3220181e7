"""Every guess of a draft, and the decision of a person in place of what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tallymark.model.draft import Decision, Guess, Rectangle


@dataclass(kw_only=True)
class Ledger:
    """The guesses so far, in their order, and what a person said to them."""

    decisions: dict[str, Decision]
    guesses: dict[str, Guess] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def settle(
        self,
        guess: Guess,
        *,
        words: Callable[[str], str] | None = None,
        accepts: Callable[[str], bool] | None = None,
    ) -> str:
        """Record a guess; return the reading that holds, a person's before what was found.

        `words` gives the words of another reading, `accepts` tells whether it is one.
        A reading that is ignored is "".
        """
        decision = self.decisions.get(guess.id)
        if decision is not None:
            guess = self._decided(guess, decision, words, accepts)
        self.guesses[guess.id] = guess
        return guess.reading

    def decided(self, id_: str) -> bool:
        """Tell whether a person has said something to a guess."""
        return id_ in self.decisions

    def unused(self) -> list[Decision]:
        """Return the decisions on guesses that were not made."""
        return [d for d in self.decisions.values() if d.id not in self.guesses]

    def _decided(
        self,
        guess: Guess,
        decision: Decision,
        words: Callable[[str], str] | None,
        accepts: Callable[[str], bool] | None,
    ) -> Guess:
        said = f"a person said so in {decision.cell or 'a decision'}"
        if decision.said == "confirm":
            return _with(guess, guess.reading, guess.words, said)
        value = "" if decision.said == "ignore" else decision.value.strip()
        if value and accepts is not None and not accepts(value):
            self.problems.append(
                f"{decision.cell or guess.id}: {value!r} is no reading of"
                f" {guess.region} ({guess.aspect}); {guess.reading!r} was kept."
            )
            return guess
        told = guess.words if value == guess.reading else _told(value, words)
        return _with(guess, value, told, said)


def ledger_of(decisions: Sequence[Decision]) -> Ledger:
    """Return an empty ledger; of two decisions on one guess the last holds."""
    return Ledger(decisions={decision.id: decision for decision in decisions})


def _told(value: str, words: Callable[[str], str] | None) -> str:
    if not value:
        return "not used"
    return value if words is None else words(value)


def _with(guess: Guess, reading: str, words: str, why: str) -> Guess:
    return Guess(
        id=guess.id,
        aspect=guess.aspect,
        region=guess.region,
        reading=reading,
        words=words,
        why=why,
        needs_you=False,
        choices=guess.choices,
        about=guess.about,
    )


def rectangles(
    parts: Sequence[tuple[int, int, int, int, int]],
) -> tuple[Rectangle, ...]:
    """Return rectangles from their bounds."""
    return tuple(Rectangle(*part) for part in parts)
