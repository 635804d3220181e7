"""What differs between two contracts as text: what breaks somebody's work first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallymark.model.contract import ContractChange, ContractChanges
from tallymark.present.wording import counted, one_line

_SAME = "Both contracts promise the same."


def render(changes: ContractChanges) -> dict[str, bytes]:
    """Return a summary, then the changes that break, then the others."""
    breaking = changes.breaking
    other = [change for change in changes.items if change not in breaking]
    n_definitions = sum(change.is_definition for change in changes.items)
    summary = (
        f"{changes.old} -> {changes.new}: {counted(len(changes.items), 'change')}, "
        f"{len(breaking):,} breaking, {n_definitions:,} of them in what is counted."
    )
    defined = [change for change in breaking if change.is_definition]
    rest = [change for change in breaking if not change.is_definition]
    lines = [
        summary if changes.items else _SAME,
        *_section("MEANS SOMETHING ELSE NOW", defined, changes),
        *_section("BREAKING", rest, changes),
        *_section("OTHER CHANGES", other, changes),
    ]
    return {"": ("\n".join(lines) + "\n").encode()}


def _section(
    heading: str, items: Sequence[ContractChange], changes: ContractChanges
) -> Iterator[str]:
    if items:
        yield ""
        yield heading
    for change in items:
        views = [view for view in changes.views if view in change.breaks]
        whose = f" (breaks: {', '.join(views)})" if views else ""
        what = one_line(change.what)
        yield f"  {one_line(change.path)}: {change.kind}: {what}{whose}"
