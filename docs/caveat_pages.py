"""The pages of the catalogue of caveats: an index, and one page for each group.

Hides how a condition is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tallymark.interpret.catalogue import LANGUAGES, Catalogue
from tallymark.interpret.pairs.rules import RULES as PAIR_RULES
from tallymark.interpret.sums.rules import RULES as SUM_RULES
from tallymark.model.caveat import Caveat, Example, Phase
from tallymark.model.codes import Use
from tallymark.model.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    HasFinding,
    IsNull,
    Not,
    Pair,
)
from tallymark.model.figure import Judgement
from tallymark.present.about import source_text
from tallymark.present.wording import USES, listed

GROUPS = {
    "recording_limits": "What recording leaves out",
    "legal_scope": "Law and scope",
    "counting_unit": "What is counted",
    "counting_rule": "How it is counted",
    "reference_period": "Periods",
    "coverage": "Coverage",
    "age_definition": "Who is a child",
    "proxy_measure": "Numbers that stand for something else",
    "small_numbers": "Small numbers",
    "revisions": "Revisions",
    "provenance": "Where the figure comes from",
    "industry_reports": "Reports of companies",
    "survey": "Surveys",
    "capacity": "Capacity of the country",
    "cross_stage": "Stages set against each other",
    "tool_advocacy": "Claims of those who have an interest",
    "algebra": "What is done with figures",
}
"""The groups in the order of the index; a new one is told at its end by its name."""

_LANGUAGES = {"en": "English", "pt": "Portuguese", "fr": "French"}
_ASKED: Mapping[Phase, str] = {
    "observation": "of a figure as it was read",
    "result": "of a figure anew, and of each result",
    "pair": "of two figures that are set against each other",
    "use": "of what is said with a figure",
}
_SIDES = {
    "a": "first figure's ",
    "b": "second figure's ",
    "series": "series' ",
    "country": "country's ",
    "period": "period's ",
    "pair": "two figures' ",
    "use": "statement's ",
    "capacity": "answer on capacity: ",
}
_SIGNS = {
    "is": "is",
    "lt": "is below",
    "le": "is at most",
    "gt": "is above",
    "ge": "is at least",
}


def caveat_pages(catalogue: Catalogue, folder: Path) -> dict[Path, str]:
    """Return the index, `caveats.md`, and the page of each group in `caveats/`."""
    groups: dict[str, list[Caveat]] = {group: [] for group in GROUPS}
    for slug in sorted(catalogue.caveats):
        caveat = catalogue.caveats[slug]
        groups.setdefault(caveat.group, []).append(caveat)
    pages = {
        folder / "caveats" / f"{group}.md": _text(_group(group, caveats))
        for group, caveats in groups.items()
    }
    return {folder / "caveats.md": _text(_index(catalogue, groups)), **pages}


def _index(catalogue: Catalogue, groups: Mapping[str, list[Caveat]]) -> Iterator[str]:
    yield "# Caveats"
    yield (
        f"{len(catalogue.caveats)} caveats. A critical one refuses the uses it limits, "
        "the others flag them; showing a figure is never refused. Each says its sentence "
        f"in {listed([_LANGUAGES[code] for code in LANGUAGES])}."
    )
    for group, caveats in groups.items():
        yield f"## {_title(group)}"
        rows = ["| caveat | weight | says |", "|---|---|---|"]
        rows += [
            f"| [{c.slug}](caveats/{group}.md#{c.slug}) | {c.weight} | {c.sentence()} |"
            for c in caveats
        ]
        yield "\n".join(rows)


def _group(group: str, caveats: list[Caveat]) -> Iterator[str]:
    yield f"# Caveats: {_title(group).lower()}"
    yield "[All caveats](../caveats.md)"
    for caveat in caveats:
        yield from _caveat(caveat)


def _title(group: str) -> str:
    return GROUPS.get(group, group.replace("_", " ").capitalize())


def _caveat(caveat: Caveat) -> Iterator[str]:
    yield f"## {caveat.slug}"
    yield f"**{caveat.sentence()}**"
    yield "\n".join(
        f"- {_LANGUAGES[code]}: {' '.join(text.split())}"
        for code, text in caveat.text.items()
        if code != "en"
    )
    yield " ".join(caveat.explanation.split())
    does = "refuses" if caveat.weight == "critical" else "flags"
    uses = listed([USES[Use(use)] for use in caveat.limits])
    lives = "Inherited by every result"
    if caveat.kind == "derived":
        lives = "Found again for each result"
    yield f"{caveat.weight.capitalize()}: {does} {uses}. {lives} ({caveat.tier})."
    yield from _when(caveat)
    yield _examples("Holds for", caveat.examples, holds=True)
    yield _examples("Not for", caveat.examples, holds=False)
    yield f"Source: {source_text(caveat.sources)}."


def _when(caveat: Caveat) -> Iterator[str]:
    for phase, asked in _ASKED.items():
        condition = caveat.condition(phase)
        if condition is not None:
            yield f"Asked {asked}:\n\n" + "\n".join(_lines(condition, ""))
    raised = sorted(set(_raised_by(caveat.slug)))
    if raised:
        yield "Raised by what is done with figures:\n\n" + "\n".join(raised)


def _raised_by(slug: str) -> Iterator[str]:
    for rule in SUM_RULES:
        if rule.caveat == slug:
            yield f"- sum: {_judged(rule.judgement)}"
    for pair in PAIR_RULES:
        if pair.caveat == slug:
            told = ", ".join(sorted(pair.operations))
            yield f"- {told}: {_judged(pair.judgement)}"


def _judged(judgement: Judgement) -> str:
    return "not calculated" if judgement is Judgement.REFUSED else "flagged"


def _lines(condition: Condition, indent: str) -> Iterator[str]:
    """Tell a condition as a list: all of it holds, and one line of each choice."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from _lines(part, indent)
        case AnyOf(parts):
            yield f"{indent}- one of these:"
            yield from (f"{indent}  - {_inline(part)}" for part in parts)
        case _:
            yield f"{indent}- {_words(condition)}"


def _inline(condition: Condition) -> str:
    match condition:
        case AllOf(parts):
            return " and ".join(map(_inline, parts))
        case AnyOf(parts):
            return f"({' or '.join(map(_inline, parts))})"
        case _:
            return _words(condition)


def _words(condition: Condition) -> str:
    match condition:
        case Compare(field, "in", tuple() as values):
            return f"{_field(field)} is {' or '.join(map(str, values))}"
        case Compare(field, operator, value):
            return f"{_field(field)} {_SIGNS[operator]} {_value(value)}"
        case IsNull(field):
            return f"{_field(field)} is not known"
        case HasFinding(slug):
            return f"[{slug}](../expectations.md#{slug}) found something"
        case Pair(field, same):
            how = "is the same" if same else "differs"
            return f"{_field(field)} {how}"
        case Not(IsNull(field)):
            return f"{_field(field)} is known"
        case Not(Compare(field, "in", tuple() as values)):
            return f"{_field(field)} is not {' nor '.join(map(str, values))}"
        case Not(Compare(field, "is", value)):
            return f"{_field(field)} is not {_value(value)}"
        case _:
            return str(condition)


def _field(name: str) -> str:
    *before, last = name.split(".")
    sides = [_SIDES[part] for part in before]
    return "the " * bool(sides) + "".join(sides) + last.replace("_", " ")


def _value(value: object) -> str:
    return (
        {True: "so", False: "not so"}[value] if isinstance(value, bool) else str(value)
    )


def _examples(label: str, examples: tuple[Example, ...], *, holds: bool) -> str:
    told = []
    for example in examples:
        if example.holds == holds:
            rows = " with ".join(f"`{_row(row)}`" for row in example.rows)
            told.append(
                rows if example.operation == "sum" else f"{example.operation} of {rows}"
            )
    return f"{label}: {'; '.join(told)}."


def _row(row: Mapping[str, object]) -> str:
    told = [f"{name} = {'none' if v is None else v}" for name, v in row.items()]
    return ", ".join(told) or "a plain row"


def _text(parts: Iterator[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
