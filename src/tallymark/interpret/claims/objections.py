"""What speaks against a claim: a verdict, the reason, and what would lift it."""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.interpret.claims.operands import Operand
from tallymark.model.claim import Claim, ClaimKind, Role
from tallymark.model.codes import Verdict
from tallymark.model.statement import Reason

GRAVITY = (Verdict.CONTRADICTED, Verdict.REFUSED, Verdict.CANNOT_TELL)
"""The graver verdict wins: what arithmetic rules out needs no further judgement."""


@dataclass(frozen=True, kw_only=True)
class Objection:
    """One reason why a claim does not stand as it is worded."""

    verdict: Verdict
    slug: str
    """Of a caveat, or of a rule of docs/reference/claim.md."""
    text: str
    lifted_by: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """The objection as a statement tells it."""
        return Reason(self.slug, self.text, self.lifted_by)


def subjects(claim: Claim, operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Return the operands that the claim's own words describe, not what they are set to."""
    if claim.kind in (ClaimKind.SHARE, ClaimKind.RATIO, ClaimKind.RATE):
        first = (Role.PART, Role.FIRST, Role.COUNT)
        return tuple(o for o in operands if o.role in first) or operands[:1]
    beside = (Role.SIBLING, Role.BASE, Role.WHOLE, Role.POPULATION)
    return tuple(o for o in operands if o.role not in beside)
