"""What may stand beside a country's figures, in words: the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tallymark.model.comparison import (
    VERDICTS,
    Beside,
    CapacityReading,
    Kind,
    Neighbours,
)
from tallymark.model.country import CapacityAnswer
from tallymark.model.figure import Judgement
from tallymark.model.period import period_label
from tallymark.model.statement import Reason
from tallymark.model.words import code_words
from tallymark.present.wording import counted, listed, one_line

INTRODUCTION = (
    "The five answers come first: they say how the counts of this country can be read. "
    "They are never added to a score. Unknown is not no."
)
NO_SOURCE = "No sourced answer."
LIFT = "What would lift it:"

HEADINGS = {
    Judgement.OK: "May stand beside",
    Judgement.FLAG: "May stand beside, with these caveats",
    Judgement.REFUSED: "Not comparable",
}


class Answered(NamedTuple):
    """A question on capacity with its answer and what that means."""

    question: str
    answer: str
    sources: tuple[tuple[str, str, str], ...]
    """Each a line, the link in it, and what follows the link."""
    consequence: str


class Group(NamedTuple):
    """What stands beside a kind of figures in one way, and why."""

    judgement: Judgement
    heading: str
    others: tuple[str, ...]
    reasons: tuple[Reason, ...]


class Section(NamedTuple):
    """One kind of the country's figures."""

    heading: str
    groups: tuple[Group, ...]


class Page(NamedTuple):
    """The whole of it; `lonely` are kinds without any counterpart."""

    title: str
    period: str
    capacity: tuple[Answered, ...]
    sections: tuple[Section, ...]
    lonely: tuple[str, ...]
    counted: str


def page(record: Beside) -> Page:
    """Return a country's page in words."""
    sections, lonely = [], []
    for kind, neighbours in record.kinds:
        heading = _kind(kind, record.names)
        if any(
            group.judgement < Judgement.REFUSED or _is_met(group)
            for group in neighbours
        ):
            groups = tuple(_group(group, record.names) for group in neighbours)
            sections.append(Section(heading, groups))
        else:
            lonely.append(heading)
    return Page(
        title=f"What may stand beside the figures of {_name(record.area, record.names)}",
        period=_period(record),
        capacity=tuple(_answered(reading) for reading in record.capacity),
        sections=tuple(sections),
        lonely=tuple(lonely),
        counted=_counted(record),
    )


def _is_met(group: Neighbours) -> bool:
    return all(reason.slug != "no-counterpart" for reason in group.refusing)


def _counted(record: Beside) -> str:
    """How many kinds of other countries' figures stand in which way beside these."""
    n = dict.fromkeys(Judgement, 0)
    for _, neighbours in record.kinds:
        for group in neighbours:
            n[group.judgement] += len(group.kinds) if _is_met(group) else 0
    told = [f"{n[judgement]:,} {words}" for judgement, words in VERDICTS.items()]
    kinds = counted(len(record.kinds), "kind")
    return f"{kinds} of figures. Set beside those of other countries: {listed(told)}."


def _period(record: Beside) -> str:
    if record.period is None:
        return "No figure of this country is in the files."
    return f"Figures from {record.period[0]} to {record.period[1]}."


def _answered(reading: CapacityReading) -> Answered:
    return Answered(
        reading.words.strip(),
        reading.answer,
        tuple(_sourced(answer) for answer in reading.answers),
        reading.consequence,
    )


def _sourced(answer: CapacityAnswer) -> tuple[str, str, str]:
    days = {
        (False, False): "no date",
        (True, False): f"from {answer.start}",
        (False, True): f"to {answer.end}",
        (True, True): f"{answer.start} to {answer.end}",
    }[answer.start is not None, answer.end is not None]
    said = f"{answer.answer} ({days})."
    if answer.detail:
        said += f" {one_line(answer.detail)}"
    source = answer.source
    if source is None:
        return said, "", ""
    named = listed([text for text in (source.title, source.publisher) if text], "—")
    read = f" Read {source.read}." if source.read else ""
    said += f" Source: {one_line(named.replace(' — ', ', '))}."
    url = source.url or ""
    is_web = url.startswith(("https://", "http://"))
    return said, url if is_web else "", read


def _group(group: Neighbours, names: Mapping[str, str]) -> Group:
    return Group(
        group.judgement,
        HEADINGS[group.judgement],
        tuple(_others(group.kinds, names)),
        group.refusing + group.flagging,
    )


def _others(kinds: Iterable[Kind], names: Mapping[str, str]) -> Iterable[str]:
    """Yield a line per series and periods, with the areas it has them for."""
    together: dict[str, list[str]] = {}
    for kind in kinds:
        together.setdefault(_kind(kind, names), []).append(_name(kind.area, names))
    for what, areas in sorted(together.items()):
        yield f"{listed(sorted(set(areas)))}: {what}"


def _kind(kind: Kind, names: Mapping[str, str]) -> str:
    """A kind in words: stage, unit, scope, series and periods."""
    unit = code_words(kind.counting_unit or "UNSTATED")
    what = f"{code_words(kind.stage or '_U')}, {unit}"
    if kind.statistic not in (None, "COUNT"):
        what += f", {code_words(str(kind.statistic))}"
    scope = code_words(kind.scope or "_U")
    series = names.get(kind.series_id or "", kind.series_id or "series not known")
    when = _periods(kind.periods)
    return one_line(f"{what[:1].upper()}{what[1:]}, {scope} ({series}; {when})")


def _periods(periods: Iterable[str]) -> str:
    """Periods in words; calendar years that follow each other as one stretch."""
    labels = [period_label(period) for period in periods]
    stretches: list[list[str]] = []
    for label in labels:
        last = stretches[-1][-1] if stretches else ""
        if label.isdigit() and last.isdigit() and int(label) == int(last) + 1:
            stretches[-1].append(label)
        else:
            stretches.append([label])
    told = [s[0] if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in stretches]
    return ", ".join(told)


def _name(area: str, names: Mapping[str, str]) -> str:
    return names.get(area, area)
