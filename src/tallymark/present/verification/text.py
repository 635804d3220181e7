"""What a look at an output found, for the terminal: one line a place."""

from __future__ import annotations

from collections import Counter

from tallymark.model.verification import Change, Difference, Verification
from tallymark.present.wording import counted, listed, one_line

_LONGEST = 120


def render(verification: Verification) -> dict[str, bytes]:
    """Return how it ended in one line, then each place."""
    lines = [_summary(verification)]
    lines += [f"  {_line(difference)}" for difference in verification.differences]
    lines += [f"  Note: {text}." for text in verification.unsure]
    return {"": ("\n".join(lines) + "\n").encode()}


def _summary(verification: Verification) -> str:
    n_found, n_printed = verification.n_found, verification.n_printed
    held = f"{n_found:,} of {counted(n_printed, 'figure')} stand there"
    if verification.is_sound:
        return f"{verification.file}: as it was printed; {held}."
    found = Counter(d.change for d in verification.differences)
    told = [f"{change.value} {found[change]:,}×" for change in Change if found[change]]
    if not n_found:
        told.append("no figure of its provenance stands there")
    return f"{verification.file}: not as it was printed ({listed(told)}); {held}."


def _line(difference: Difference) -> str:
    said = [f"{difference.change.value}: {difference.where}"]
    if difference.printed:
        said.append(f"printed was {_short(difference.printed)}")
    if difference.found:
        said.append(f"there stands {_short(difference.found)}")
    return "; ".join(said)


def _short(text: str) -> str:
    text = one_line(text)
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
