"""Why a figure is what it is, for the terminal: figure, chain, caveats, sources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from tallymark.model.codes import CountingUnit, Scope, Stage
from tallymark.model.figure import Figure, Judgement
from tallymark.model.lineage import Evidence, Link, Why
from tallymark.model.words import code_words, number_text
from tallymark.present.cells import printed, reason_text
from tallymark.present.wording import counted, one_line

WIDTH = 100
_FEW = 12
_LARGEST = 5
_FACTS = 6
_NAMED = 3
_FIELD = re.compile(r"\b(series|country)\.([a-z_.]+[a-z])")
_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_CODE = re.compile(
    rf"(?<![-\w])(?:{'|'.join(sorted({'_T', *Stage, *CountingUnit, *Scope}))})(?![-·~\w])"
)
"""A code by itself; in the id of a figure it is a part of a name."""
_CAPACITY = {
    "capacity.unknown": "open question on capacity",
    "capacity.unit": "unit for these cases",
    "tips_direct": "direct receipt of reports",
    "icse": "link to the ICSE database",
    "proactive_victim_id": "proactive victim identification",
    "foreign_experience": "work with agencies abroad",
}
_ANY = "|".join(map(re.escape, _CAPACITY))
_ASKED = re.compile(rf"\b(?:capacity\.)?({_ANY})\b( (?=(?:{_ANY})\b))?")
_JUDGED = {
    Judgement.OK: "",
    Judgement.FLAG: "to be read with care",
    Judgement.REFUSED: "not calculated",
}


def render(why: Why) -> dict[str, bytes]:
    """Return the figure's account as text; of many parts, those that matter most."""
    return {"": text(why).encode()}


def shown_parts(link: Link, *, is_full: bool) -> tuple[Link, ...]:
    """Return the parts to tell of: all of a few, else the largest and what brought caveats.

    A caveat that some part has and none of those shown is told by the first that has it.
    """
    if is_full or len(link.parts) <= _FEW:
        return link.parts
    by_size = sorted(link.parts, key=lambda part: -(part.figure.value or 0.0))
    chosen = by_size[:_LARGEST]
    told = {slug for part in chosen for slug in part.figure.caveats}
    for part in link.parts:
        if not told.issuperset(part.figure.caveats):
            chosen.append(part)
            told.update(part.figure.caveats)
    kept = {id(part) for part in chosen}
    return tuple(part for part in link.parts if id(part) in kept)


def figure_line(figure: Figure) -> str:
    """Return what is counted: stage, unit, scope and what else is not a total."""
    said = []
    for name in ("stage", "counting_unit", "scope", "statistic"):
        code = figure.type.get(name)
        if code is not None and code != "COUNT":
            said.append(code_words(str(code)))
    for name in ("offence", "sex", "age_group", "breakdown"):
        code = figure.type.get(name)
        if code not in (None, "_T"):
            said.append(f"{name.replace('_', ' ')} {code_words(str(code))}")
    return ", ".join(one_line(text) for text in said) or "figures of different kinds"


def text(why: Why, *, is_full: bool = False) -> str:
    """Return the account; in full with every part and every fact."""
    figure = why.chain.figure
    blocks = [
        [f"{why.chain.id}   {_value(figure)}", *_wrapped(figure_line(figure), 2)],
        ["How it was made", *_chain(why.chain, 1, is_full=is_full)],
        *([_caveats(why, is_full=is_full)] if why.caveats else []),
        *([_resolved(why)] if why.resolved else []),
        ["Sources", *_sources(why)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _value(figure: Figure) -> str:
    shown = printed(figure)
    text = str(shown)
    if shown.state == "missing" or (figure.value is None and not figure.obs_ids):
        text = f"{shown.text or 'no number'} ({reason_text(figure)})"
    said = [text]
    if figure.numerator is not None and figure.denominator is not None:
        parts = (number_text(figure.numerator), number_text(figure.denominator))
        said.append(" over ".join(parts))
    return ", ".join(said)


def _chain(link: Link, depth: int, *, is_full: bool) -> Iterator[str]:
    """Yield an indented line for a figure, what its operation added, and its parts."""
    indent = "  " * depth
    if not link.parts:
        yield from _wrapped(f"{link.id}: {_value(link.figure)}; {_origin(link)}", depth)
        return
    yield from _wrapped(f"{_operation(link)} = {_value(link.figure)}", depth)
    for said in _added(link):
        yield from _wrapped(said, depth + 1)
    shown = shown_parts(link, is_full=is_full)
    for part in shown:
        yield from _chain(part, depth + 1, is_full=is_full)
    if more := len(link.parts) - len(shown):
        yield f"{indent}  and {more:,} more (--all shows them)"


def _operation(link: Link) -> str:
    several = counted(len(link.parts), "figure")
    by = link.arguments.get("by")
    if link.operation in ("sum", "table"):
        same = f", same {by.replace(',', ', ')}" if by else ""
        return f"sum of {several}{same}"
    told = [f"{name} {value}" for name, value in link.arguments.items() if value]
    said = f" ({', '.join(told)})" if told else ""
    lacks = ", the other is not there" if len(link.parts) == 1 else ""
    return f"{link.operation}{said} of {several}{lacks}"


def _added(link: Link) -> Iterator[str]:
    figure = link.figure
    said = []
    if figure.n_declared > 1:
        said.append(
            f"{figure.n_present:,} of {figure.n_declared:,} parts have a number"
        )
    if figure.value is None and figure.bounds:
        said.append(f"known is {figure.bounds}")
    if worst := _JUDGED[figure.judgement]:
        said.append(worst)
    if said:
        yield "; ".join(said)
    if link.raised:
        yield f"raised here: {', '.join(link.raised)}"


def _origin(link: Link) -> str:
    origin = link.origin
    if origin is None:
        if link.figure.obs_ids:
            return "from figures that were given"
        if link.figure.value is not None:
            return f"given, from {one_line(str(link.figure.type.get('series_id')))}"
        return "declared for this series; the files hold no such cell"
    raw = "an empty cell" if origin.printed is None else f"printed {origin.printed!r}"
    type_ = link.figure.type
    cut = [type_.get(name) for name in ("sex", "age_group", "breakdown")]
    said = [origin.label, *(code_words(str(c)) for c in cut if c not in (None, "_T"))]
    label = "".join(f", {one_line(text)}" for text in said if text)
    return f"{one_line(origin.file)} {origin.cell}, {one_line(raw)}{label}"


def _caveats(why: Why, *, is_full: bool) -> list[str]:
    lines = [f"Its {counted(len(why.caveats), 'caveat')}, and what raised each"]
    told: set[str] = set()
    n_ends = sum(1 for _ in why.chain.observations())
    for number, caveat in enumerate(why.caveats, start=1):
        head = f"[{number}] {caveat.slug} ({caveat.weight.value}): {caveat.sentence()}"
        lines += _wrapped(head, 1)
        for evidence in why.of(caveat.slug):
            lines += _wrapped(f"because {_because(evidence, n_ends)}", 3)
            new = [fact for fact in evidence.facts if fact not in told]
            facts = new if is_full else new[:_FACTS]
            told.update(facts)
            for fact in facts:
                lines += _wrapped(f"- {fact}", 4)
            if more := len(new) - len(facts):
                lines.append(f"{'  ' * 4}and {more:,} more (--all shows them)")
    return lines


def _because(evidence: Evidence, n_ends: int) -> str:
    n, reason = len(evidence.figures), reason_words(evidence.reason)
    if evidence.operation:
        return f"{reason} (raised by the {evidence.operation})"
    if n_ends == 1:
        return reason
    if n == n_ends:
        return f"{reason} (all {n:,} observations)"
    named = ", ".join(evidence.figures[:_NAMED])
    more = f" and {n - _NAMED:,} more" if n > _NAMED else ""
    return f"{reason} ({n:,} of {n_ends:,} observations: {named}{more})"


def reason_words(reason: str) -> str:
    """Return a reason with words for its fields and codes.

    >>> reason_words("stage is CONVICTED and series.source_type is police")
    "stage is convicted and the series' source type is police"
    """
    said = _ASKED.sub(
        lambda found: _CAPACITY[found[1]] + (", " if found[2] else ""), reason
    )
    said = _FIELD.sub(_field_words, said)
    said = _NAME.sub(lambda found: found[0].replace("_", " "), said)
    return _CODE.sub(lambda found: code_words(found[0]), said)


def _field_words(found: re.Match[str]) -> str:
    whose = "series'" if found[1] == "series" else "country's"
    return f"the {whose} {found[2].replace('.', ' ')}"


def _resolved(why: Why) -> list[str]:
    lines = ["Caveats that evidence has cleared"]
    for slug, evidence in why.resolved:
        lines += _wrapped(f"- {slug}: {evidence or 'no evidence is on record'}", 1)
    return lines


def _sources(why: Why) -> Iterator[str]:
    seen: set[str] = set()
    for link in why.chain.observations():
        origin = link.origin
        if origin is None or origin.sha256 in seen:
            continue
        seen.add(origin.sha256)
        source = origin.source
        said = [source.publisher, source.title, source.where, source.url]
        told = ", ".join(part for part in said if part)
        yield from _wrapped(
            f"- {origin.file} (SHA-256 {origin.sha256[:12]}…), read with adapter "
            f"{origin.adapter} version {origin.adapter_version}: {told}",
            1,
        )
    if not seen:
        yield "  - no file was read for it"


def _wrapped(text: str, depth: int) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent="  " * depth,
        subsequent_indent="  " * (depth + 2),
        break_on_hyphens=False,
        break_long_words=False,
    )
