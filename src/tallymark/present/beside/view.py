"""What may stand beside a country's figures, in words: the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tallymark.model.comparison import (
    VERDICTS,
    Beside,
    CapacityReading,
    Kind,
    Neighbours,
    Weighed,
)
from tallymark.model.country import CapacityAnswer
from tallymark.model.figure import Judgement
from tallymark.model.period import period_label
from tallymark.model.words import code_words
from tallymark.present.wording import counted, listed, one_line

INTRODUCTION = (
    "The five answers come first: they say how the counts of this country can be read. "
    "They are never added to a score. Unknown is not no."
)
NO_SOURCE = "No sourced answer."
MOST_NAMED = 12
"""Areas that are named in a line."""
LONELY = "No other country has a figure of the same stage and period for"
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
    others: tuple[tuple[str, tuple[str, ...]], ...]
    """What is counted, and the names of the areas that have it."""
    reasons: tuple[tuple[tuple[str, ...], str], ...]
    """Reasons with what would lift them."""


class Section(NamedTuple):
    """One kind of the country's figures."""

    heading: str
    groups: tuple[Group, ...]
    left_out: str
    """What has no counterpart here; empty if all have."""


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
        if any(group.has_counterpart for group in neighbours):
            groups = tuple(
                _group(group, record.names)
                for group in neighbours
                if group.has_counterpart
            )
            sections.append(Section(heading, groups, _left_out(neighbours)))
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


def _counted(record: Beside) -> str:
    """How many pairs of figures stand in which way beside each other."""
    if not record.kinds:
        return "There are no figures to set beside each other."
    n = dict.fromkeys(Judgement, 0)
    for _, neighbours in record.kinds:
        for group in neighbours:
            n[group.judgement] += group.n_pairs
    told = [f"{n[judgement]:,} {words}" for judgement, words in VERDICTS.items()]
    kinds = counted(len(record.kinds), "kind")
    return (
        f"{kinds} of figures of this country. Pairs with figures of other countries, of "
        f"the same stage and period: {listed(told)}."
    )


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
        _reasons(group),
    )


def _reasons(group: Neighbours) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Put the reasons together that one thing would lift."""
    lifted: dict[str, list[str]] = {}
    for weighed in group.reasons:
        text = _weighed(weighed, group.n_pairs)
        lifted.setdefault(weighed.reason.lifted_by, []).append(text)
    return tuple((tuple(texts), lifted_by) for lifted_by, texts in lifted.items())


def _left_out(neighbours: Iterable[Neighbours]) -> str:
    kinds = [
        kind
        for group in neighbours
        if not group.has_counterpart
        for kind in group.kinds
    ]
    if not kinds:
        return ""
    areas = {kind.area for kind in kinds}
    return (
        f"No counterpart: {counted(len(kinds), 'kind')} of figures of "
        f"{counted(len(areas), 'country', 'countries')} are of another stage or period."
    )


def _weighed(weighed: Weighed, n_pairs: int) -> str:
    if weighed.n_pairs in (0, n_pairs):
        return weighed.reason.text
    return f"{weighed.reason.text} ({weighed.n_pairs:,} of {n_pairs:,} pairs)"


def _others(
    kinds: Iterable[Kind], names: Mapping[str, str]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield what is counted, and the areas of which there are figures of it."""
    together: dict[str, set[str]] = {}
    for kind in kinds:
        what = _kind(replace(kind, periods=()), names)
        together.setdefault(what, set()).add(_name(kind.area, names))
    for what, areas in sorted(together.items()):
        yield what, tuple(sorted(areas))


def short(areas: Sequence[str]) -> str:
    """Return areas in words, and no more than a reader takes in."""
    if len(areas) <= MOST_NAMED + 1:
        return listed(list(areas))
    more = f"{len(areas) - MOST_NAMED} more"
    return listed([*areas[:MOST_NAMED], more])


def _kind(kind: Kind, names: Mapping[str, str]) -> str:
    """A kind in words: stage, unit, scope, series and periods."""
    unit = code_words(kind.counting_unit or "UNSTATED")
    what = f"{code_words(kind.stage or '_U')}, {unit}"
    if kind.statistic not in (None, "COUNT"):
        what += f", {code_words(str(kind.statistic))}"
    scope = code_words(kind.scope or "_U")
    if kind.offence:
        scope += f", ICCS {kind.offence}"
    series = names.get(kind.series_id or "", kind.series_id or "series not known")
    when = f"; {_periods(kind.periods)}" if kind.periods else ""
    return one_line(f"{what[:1].upper()}{what[1:]}, {scope} ({series}{when})")


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
