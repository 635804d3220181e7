"""What came of making an output again, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from tallymark.model.reproduction import Moved, Reproduction
from tallymark.present.wording import counted, listed, one_line

_SHOWN = 40


def render(reproduction: Reproduction) -> dict[str, bytes]:
    """Return "identical", or what changed and which figures moved."""
    lines = [one_line(line) if line else "" for line in _lines(reproduction)]
    return {"": ("\n".join(lines) + "\n").encode()}


def _lines(made: Reproduction) -> Iterator[str]:
    if made.missing or made.missing_documents:
        yield from _missing(made)
        return
    if made.is_identical:
        yield f"{made.file}: identical ({listed(list(made.outputs))})."
    elif not made.changed_outputs:
        yield f"{made.file}: the same bytes, but its provenance was changed."
        yield "It does not tell of the figures that were printed."
    else:
        changed = listed(list(made.changed_outputs))
        yield f"{made.file}: not identical. Other bytes: {changed}."
    if made.causes:
        yield "Changed since then:"
        yield from (f"- {cause}" for cause in made.causes)
    elif made.changed_outputs:
        yield "No input, document or rule changed: the program prints otherwise."
    if made.moved:
        yield f"{counted(len(made.moved), 'figure')} moved:"
        yield from (f"- {_moved(figure)}" for figure in made.moved[:_SHOWN])
        if more := len(made.moved) - _SHOWN:
            yield from [f"- and {more:,} more"] * (more > 0)
    elif not made.is_identical:
        yield "No figure moved."


def _missing(made: Reproduction) -> Iterator[str]:
    what = "inputs" if made.missing else "documents of your own"
    yield f"{made.file}: not made again, since {what} are missing."
    yield from (f"- missing: {item}" for item in made.missing)
    if made.missing:
        yield "Name the folder that holds them with --data."
    yield from (f"- missing: {item}" for item in made.missing_documents)
    if made.missing_documents:
        yield "Name the folder of own documents that holds them with --own."


def _moved(figure: Moved) -> str:
    said = [f"{figure.id}: {figure.then or 'not there'} -> {figure.now or 'gone'}"]
    if figure.then == figure.now:
        said = [f"{figure.id}: {figure.now}, with other caveats"]
    said += [f"new caveats {', '.join(figure.gained)}"] * bool(figure.gained)
    said += [f"without {', '.join(figure.lost)}"] * bool(figure.lost)
    return "; ".join(said)
