"""Statements: what figures come to in plain words, once chance is allowed for.

SUPPORTED with an interval, CANNOT TELL with what could have been seen or with bounds,
REFUSED with the rule and what would lift it. An interval is chance variation in recorded
counts only; it never stands for what was not recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import pyarrow as pa

from tallymark.interpret.catalogue import Catalogue
from tallymark.interpret.chance.operands import (
    Operands,
    are_independent,
    counted,
    operands_of,
)
from tallymark.interpret.chance.pairs import (
    Pair,
    confidence_text,
    filling,
    pair_statement,
)
from tallymark.interpret.chance.refusals import refusing_reasons
from tallymark.interpret.chance.words import (
    Words,
    limit_text,
    percent_text,
    signed_percent_text,
    words,
)
from tallymark.interpret.masks import figures_of
from tallymark.interpret.pairs.rules import FEW_EVENTS, FEWEST_EVENTS
from tallymark.model.codes import Verdict
from tallymark.model.figure import Figure, Judgement
from tallymark.model.statement import ChanceInterval, Operand, Statement
from tallymark.model.step import Step
from tallymark.model.words import number_text
from tallymark.stats.inputs import inside
from tallymark.stats.poisson import garwood
from tallymark.stats.proportion import wilson

_OF_TWO = ("PERCENT_CHANGE", "RATIO", "DIFFERENCE")
_SHOW_COUNTS = {"base-is-zero", "base-is-small", "zero-is-not-absence"}
_UNKNOWN = Operands(None, None)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How statements are made: at which confidence, with which caveats and words."""

    confidence: float
    catalogue: Catalogue
    words: Words
    language: str

    @property
    def label(self) -> str:
        """What an interval stands for, with its confidence."""
        return self.words.word("label", confidence=confidence_text(self.confidence))


def statements(
    figures: pa.Table,
    steps: Sequence[Step],
    catalogue: Catalogue,
    confidence: float = 0.95,
    language: str = "en",
) -> tuple[Statement, ...]:
    """Return what each figure comes to, in order; `steps` tell what it was made from.

    Raises:
        NumberError: the confidence is not between 0 and 1.
    """
    telling = Telling(
        confidence=inside(confidence, "confidence"),
        catalogue=catalogue,
        words=words(language),
        language=language,
    )
    carried = figures_of(figures, catalogue)
    return tuple(
        statement_of(figure, operands, telling)
        for figure, operands in zip(
            carried, operands_of(carried, steps, catalogue), strict=True
        )
    )


def statement_of(figure: Figure, operands: Operands, telling: Telling) -> Statement:
    """Return what one figure comes to; `operands` are those of a pair, where known."""
    statistic = figure.type["statistic"]
    if figure.judgement is Judgement.REFUSED or _is_rate_of_too_few(figure):
        return _refused(figure, operands, telling)
    if _is_bounded(figure):
        return _bounded(figure, operands, telling)
    if figure.value is None:
        return _open("no_number", figure, telling, operands)
    if statistic in _OF_TWO:
        return _of_two(figure, operands, telling)
    if statistic == "COUNT":
        if figure.value < 0 or not figure.value.is_integer():
            return _open("no_count", figure, telling)
        return _level(figure, figure.value, telling)
    if statistic == "RATE_100K" and figure.numerator is not None:
        return _rate(figure, figure.numerator, telling)
    if statistic == "PERCENT" and figure.numerator is not None:
        return _share(figure, operands, telling)
    return _open("no_events", figure, telling)


def _level(figure: Figure, value: float, telling: Telling) -> Statement:
    low, high = map(float, garwood(value, confidence=telling.confidence))
    interval = ChanceInterval(low, high, telling.confidence, "Garwood")
    said = telling.words.say("level", **_subject(figure, telling))
    return _supported(figure, said, interval, telling)


def _rate(figure: Figure, events: float, telling: Telling) -> Statement:
    population = figure.denominator
    if not events.is_integer() or not population:
        return _open("no_events", figure, telling)
    found = garwood(events, population / 100_000, telling.confidence)
    low, high = map(float, found)
    interval = ChanceInterval(low, high, telling.confidence, "Garwood", "rate")
    said = telling.words.say(
        "rate",
        events=number_text(events),
        population=number_text(population),
        **_subject(figure, telling),
    )
    if events < FEW_EVENTS:
        said += f" {telling.words.say('few_events')}"
    return _supported(figure, said, interval, telling)


def _share(figure: Figure, operands: Operands, telling: Telling) -> Statement:
    part, whole = figure.numerator, figure.denominator
    if part is None or not whole or not (part.is_integer() and whole.is_integer()):
        return _open("no_events", figure, telling)
    low, high = map(float, wilson(part, whole, telling.confidence))
    interval = ChanceInterval(
        100 * low, 100 * high, telling.confidence, "Wilson", "share"
    )
    said = telling.words.say(
        "share",
        **_subject(figure, telling)
        | telling.words.subject(figure, _among(operands, telling))
        | {
            "part": number_text(part),
            "whole": number_text(whole),
            "value": percent_text(100 * part / whole),
        },
    )
    return _supported(figure, said, interval, telling)


def _of_two(figure: Figure, operands: Operands, telling: Telling) -> Statement:
    sides = counted(figure, operands, telling.words)
    if sides is None:
        return _open("no_events", figure, telling, operands)
    subject = telling.words.subject(figure)
    pair = Pair(
        *sides,
        is_change=figure.type["statistic"] == "PERCENT_CHANGE",
        is_rate=sides[1].exposure != 1,
    )
    if not are_independent(figure, operands):
        said = telling.words.say("not_independent", **subject, **filling(pair))
        return Statement(
            verdict=Verdict.CANNOT_TELL,
            text=said,
            caveats=figure.caveats,
            operands=tuple(Operand(side.name, side.events) for side in sides),
        )
    return pair_statement(
        pair, subject, telling.confidence, telling.words, figure.caveats
    )


def _supported(
    figure: Figure, said: str, interval: ChanceInterval, telling: Telling
) -> Statement:
    write = percent_text if interval.of == "share" else limit_text
    between = telling.words.say(
        "between",
        low=write(interval.low),
        high=write(interval.high),
        label=telling.label,
    )
    return Statement(
        verdict=Verdict.SUPPORTED,
        text=f"{said} {between} {telling.words.say('not_recorded')}",
        interval=interval,
        caveats=figure.caveats,
        operands=_operands(figure, telling),
    )


def _open(
    key: str, figure: Figure, telling: Telling, operands: Operands = _UNKNOWN
) -> Statement:
    return Statement(
        verdict=Verdict.CANNOT_TELL,
        text=telling.words.say(key, **_subject(figure, telling)),
        caveats=figure.caveats,
        operands=_operands(figure, telling, operands),
    )


def _bounded(figure: Figure, operands: Operands, telling: Telling) -> Statement:
    is_change = figure.type["statistic"] == "PERCENT_CHANGE"
    write = number_text
    if is_change or figure.type["statistic"] == "PERCENT":
        write = signed_percent_text if is_change else percent_text
    ends = {
        name: write(end)
        for name, end in (("low", figure.low), ("high", figure.high))
        if end is not None
    }
    key = "bounded_change" if is_change else "bounded"
    if len(ends) == 1:
        key += "_below" if "low" in ends else "_above"
    said = telling.words.say(key, **_subject(figure, telling), **ends)
    if figure.n_declared > 1 and figure.type["statistic"] == "COUNT":
        n_present, n_declared = str(figure.n_present), str(figure.n_declared)
        held = {"present": n_present, "declared": n_declared}
        said += f" {telling.words.say('parts_present', **held)}"
    return Statement(
        verdict=Verdict.CANNOT_TELL,
        text=said,
        bounds=(figure.low, figure.high),
        caveats=figure.caveats,
        operands=_operands(figure, telling, operands),
    )


def _refused(figure: Figure, operands: Operands, telling: Telling) -> Statement:
    is_of_two = figure.type["statistic"] in _OF_TWO
    reasons = refusing_reasons(figure, telling.catalogue, telling.language)
    key = "not_comparable" if is_of_two else "not_calculated"
    said = [telling.words.say(key, **_subject(figure, telling))]
    sides = counted(figure, operands, telling.words)
    if sides is not None and _SHOW_COUNTS & {reason.slug for reason in reasons}:
        is_change = figure.type["statistic"] == "PERCENT_CHANGE"
        before, after = reversed(sides) if is_change else sides
        shown = {"before": before.printed, "before_name": before.name}
        shown |= {"after": after.printed, "after_name": after.name}
        said.append(telling.words.say("counts", **shown))
    for reason in reasons[:2]:
        said += [reason.text, telling.words.say("lifted", lift=reason.lifted_by)]
    return Statement(
        verdict=Verdict.REFUSED,
        text=" ".join(said),
        reasons=reasons,
        caveats=figure.caveats,
        operands=_operands(figure, telling, operands),
    )


def _is_rate_of_too_few(figure: Figure) -> bool:
    return (
        figure.type["statistic"] == "RATE_100K"
        and figure.numerator is not None
        and figure.numerator < FEWEST_EVENTS
    )


def _is_bounded(figure: Figure) -> bool:
    """Whether all that is known is between what the number lies, not the number."""
    if figure.value is None:
        return bool(figure.bounds)
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return not all(isclose(end, figure.value, abs_tol=1e-9) for end in ends)


def _subject(figure: Figure, telling: Telling) -> dict[str, str]:
    value = "" if figure.value is None else number_text(figure.value)
    subject = telling.words.subject(figure)
    return {**subject, "period": telling.words.period(figure), "value": value}


def _among(operands: Operands, telling: Telling) -> str:
    """What a share is of, where part and whole are called differently."""
    names = [telling.words.counted(f) for f in operands if f is not None]
    if len(set(names)) < 2:
        return ""
    return telling.words.word("among", part=names[0], whole=names[1])


_NAMES = {"RATE_100K": ("events", "population"), "PERCENT": ("part", "whole")}


def _operands(
    figure: Figure, telling: Telling, operands: Operands = _UNKNOWN
) -> tuple[Operand, ...]:
    """The numbers a figure stands on: those of a quotient, or the figure itself."""
    statistic = str(figure.type["statistic"])
    if statistic in _OF_TWO:
        sides = counted(figure, operands, telling.words) or ()
        return tuple(Operand(side.name, side.events) for side in sides)
    if figure.numerator is not None and figure.denominator is not None:
        above, below = _NAMES.get(statistic, ("numerator", "denominator"))
        return Operand(above, figure.numerator), Operand(below, figure.denominator)
    if figure.value is None:
        return ()
    return (Operand(telling.words.period(figure), figure.value),)
