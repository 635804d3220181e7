"""Every guess of a draft, and the decision of a person in place of what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tallymark.model.draft import Decision, Guess

Words = Callable[[str], str]
Accepts = Callable[[str], bool]


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
        words: Words | None = None,
        accepts: Accepts | None = None,
    ) -> str:
        """Record a guess; return the reading that holds, a person's before what was found.

        `words` gives the words of another reading, `accepts` tells whether it is one. A
        reading that is ignored is "".
        """
        decision = self.decisions.get(guess.id)
        if decision is not None:
            guess = self._decided(guess, decision, words, accepts)
        self.guesses[guess.id] = guess
        return guess.reading

    def decided(self, id_: str) -> Decision | None:
        """Return what a person said to a guess, if anything."""
        return self.decisions.get(id_)

    def fields_decided(self, prefix: str) -> Iterator[str]:
        """Give what is decided below an id: `stage` of `t1.heading.C.stage`."""
        for id_ in self.decisions:
            if id_.startswith(f"{prefix}."):
                yield id_.removeprefix(f"{prefix}.")

    def tell_unused(self) -> None:
        """Tell of the decisions on guesses that were not made."""
        for decision in self.decisions.values():
            if decision.id not in self.guesses:
                where = decision.cell or decision.id
                self.problems.append(
                    f"{where}: the draft makes no guess {decision.id!r}; it was not used."
                )

    def _decided(
        self,
        guess: Guess,
        decision: Decision,
        words: Words | None,
        accepts: Accepts | None,
    ) -> Guess:
        said = f"a person said so in {decision.cell or 'a decision'}"
        if decision.said == "confirm":
            return replace(guess, why=said, needs_you=False)
        value = "" if decision.said == "ignore" else decision.value.strip()
        if value == guess.reading:
            return replace(guess, why=said, needs_you=False)
        if value and accepts is not None and not accepts(value):
            told = guess.reading or "nothing"
            self.problems.append(
                f"{decision.cell or guess.id}: {value!r} is no {guess.aspect} that"
                f" {guess.region} can have; it stays {told}."
            )
            return guess
        told = "not used" if not value else value if words is None else words(value)
        return replace(guess, reading=value, words=told, why=said, needs_you=False)


def ledger_of(decisions: Sequence[Decision]) -> Ledger:
    """Return an empty ledger; of two decisions on one guess the last holds."""
    return Ledger(decisions={decision.id: decision for decision in decisions})
