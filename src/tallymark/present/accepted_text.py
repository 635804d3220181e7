"""What came of a mapping workbook, for the terminal: a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.documents.guess_words import about_of, shown_reading
from tallymark.model.accepted import Accepted
from tallymark.model.submission import Submission
from tallymark.present.wording import counted, one_line

_SHOWN = 3


def render(accepted: Accepted) -> dict[str, bytes]:
    """Return how many figures are read, what is lost, and what is still unknown."""
    lines = [one_line(line) for line in _lines(accepted)]
    return {"": ("\n".join(lines) + "\n").encode()}


def _lines(accepted: Accepted) -> Iterator[str]:
    file = accepted.file.name
    if accepted.opened:
        n = counted(len(accepted.opened), "further guess", "further guesses")
        yield f"Not accepted yet: your decisions raise {n} about {file}."
        for guess in accepted.opened[:_SHOWN]:
            yield f"{about_of(guess)} ({guess.region}): {shown_reading(guess)}? Why: {guess.why}."
        return
    submission = accepted.submission
    if submission is None:
        return
    n_figures = counted(submission.observations.num_rows, "figure")
    yield f"Accepted: the adapter {accepted.adapter} reads {n_figures} in {file}."
    if accepted.is_replaced:
        yield "It takes the place of the one that was there before."
    yield _lost(submission)
    if accepted.left:
        left = counted(len(accepted.left), "figure")
        first = ", ".join(accepted.left[:_SHOWN])
        more = " …" if len(accepted.left) > _SHOWN else ""
        yield f"Not read, as you decided: {left} that the guesses had read ({first}{more})."
    yield _unknown(accepted)
    if accepted.problems:
        n_more = len(accepted.problems) - 1
        others = f" (and {n_more:,} more)" if n_more else ""
        yield f"Not read: {accepted.problems[0]}{others}"


def _lost(submission: Submission) -> str:
    n = submission.losses.num_rows
    if not n:
        return "Cells lost: none."
    first = [
        f"{loss['source_ref']}: {loss['detail'] or loss['kind']}"
        for loss in submission.losses.slice(0, _SHOWN).to_pylist()
    ]
    more = "; …" if n > _SHOWN else ""
    return (
        f"Cells lost: {n:,} ({'; '.join(first)}{more});"
        f" `tallymark adapt test {submission.adapter}` lists them."
    )


def _unknown(accepted: Accepted) -> str:
    n = len(accepted.unknown)
    if not n:
        return "Still unknown: nothing that is asked of a definition."
    more = " …" if n > 1 else ""
    return (
        f"Still unknown: {counted(n, 'question')} of the definition"
        f" ({accepted.unknown[0]}{more}). Answers go into the sheet Definition; then"
        " accept again."
    )
