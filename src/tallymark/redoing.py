"""Steps that a provenance tells of, done again to figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tallymark.errors import UsageError
from tallymark.model.codes import Stage
from tallymark.results import Figures

Document = Mapping[str, Any]
Arguments = Mapping[str, str]

_REDONE: Mapping[str, Callable[[Figures, Arguments, Document], Figures]] = {
    "where": lambda figures, said, _: figures.where(**_several(said)),
    "sum": lambda figures, said, _: figures.sum(listed_names(said.get("by", ""))),
    "change": lambda figures, said, _: figures.change(),
    "resolve": lambda figures, said, _: _resolved(figures, **said),
    "spread": lambda figures, said, _: figures.spread(listed_names(said.get("by", ""))),
    "difference": lambda figures, said, _: figures.difference(*_stages(said)),
    "ratio": lambda figures, said, _: figures.ratio(*_stages(said)),
    "share": lambda figures, said, _: figures.share(*_stages(said)),
    "rate": lambda figures, said, step: figures.rate(
        _persons(step), source=said["population"]
    ),
}


def redone(figures: Figures, steps: Iterable[Document]) -> Figures:
    """Return figures after the steps that a provenance tells of.

    Raises:
        UsageError: a step cannot be done again from files alone.
    """
    for step in steps:
        do = _REDONE.get(step["operation"])
        if do is None:
            raise cannot(step["operation"])
        figures = do(figures, step["arguments"], step)
    return figures


def cannot(operation: str) -> UsageError:
    """Return the error for a step that is not redone."""
    return UsageError(
        f"the step {operation!r} cannot be done again from the files alone.",
        hint="It needs figures or a text that the provenance does not hold.",
    )


def listed_names(text: str) -> list[str]:
    """Return the names of an argument, which commas part."""
    return [name for name in text.split(",") if name]


def _resolved(
    figures: Figures, *, caveat: str, evidence: str, source: str, **where: str
) -> Figures:
    return figures.resolve(caveat, evidence, source=source, **_several(where))


def _stages(said: Arguments) -> tuple[str, str, list[str] | None]:
    """Return the operands of a pair and what they were paired on.

    Raises:
        UsageError: one is no stage, but figures that were made apart.
    """
    if not {said["a"], said["b"]} <= set(Stage):
        raise cannot(f"{said['a'] or 'figures'} with {said['b'] or 'figures'}")
    return said["a"], said["b"], listed_names(said.get("on", "")) or None


def _persons(step: Document) -> dict[tuple[str, int], float]:
    named = [(*name.split(), n) for name, n in step.get("numbers", {}).items()]
    return {(area, int(year)): n for area, year, n in named}


def _several(arguments: Arguments) -> dict[str, Sequence[str]]:
    return {name: listed_names(value) for name, value in arguments.items()}
