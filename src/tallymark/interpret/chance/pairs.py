"""What two counts come to once chance is allowed for: supported, or it cannot be told.

The interval is that of the exact conditional ratio. Support that counts no steadier than
usual would take away is marked as fragile, and what recording could do is said beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, sqrt
from typing import NamedTuple

from tallymark.interpret.chance.words import Words, span_text, times_text
from tallymark.model.codes import Verdict
from tallymark.model.statement import ChanceInterval, Detectable, Operand, Statement
from tallymark.stats.detectable import fewest_events, smallest_ratio
from tallymark.stats.poisson import z_score
from tallymark.stats.rate_ratio import (
    RateRatio,
    exact_conditional,
    quasi_poisson,
    score_z,
)

METHOD = "exact conditional (Clopper-Pearson), central"
POWER = 0.8
"""The power for which the smallest detectable ratio is told: four times in five."""
_PRINTED_EXACT = 1000
"""From here on the normal approximation has more digits than are printed."""
DISPERSIONS = (2.0, 4.0)
"""How many times as much as chance counts may vary; a grid, since few series tell."""


class Counted(NamedTuple):
    """A count of events, what it is set against, its name, and how it is printed."""

    events: float
    exposure: float
    name: str
    printed: str


class Pair(NamedTuple):
    """Two counts: the later and the earlier one, or the first and the second."""

    first: Counted
    second: Counted
    is_change: bool
    is_rate: bool


def pair_statement(
    pair: Pair,
    subject: Mapping[str, str],
    confidence: float,
    words: Words,
    caveats: tuple[str, ...],
) -> Statement:
    """Return what two independent counts come to; `subject` says what they count.

    Source: Przyborowski & Wilenski 1940 for the interval; McCullagh & Nelder 1989 for
    counts that vary more than chance; Manski 2003 for recording.
    """
    first, second = pair.first, pair.second
    found = exact_conditional(
        first.events, second.events, first.exposure, second.exposure, confidence
    )
    low, high, ratio = float(found.low), float(found.high), float(found.ratio)
    is_supported = low > 1 or high < 1
    holds_up_to = _holds_up_to(pair, confidence) if is_supported else None
    if is_supported:
        text = _supported_text(pair, subject, found, confidence, words)
        text += f" {words.say(_STEADINESS[holds_up_to or 1.0])}"
    else:
        text = _open_text(pair, subject, confidence, words)
    return Statement(
        verdict=Verdict.SUPPORTED if is_supported else Verdict.CANNOT_TELL,
        text=text,
        interval=ChanceInterval(low, high, confidence, METHOD, "ratio"),
        detectable=_detectable(pair, confidence),
        tipping_ratio=ratio if ratio > 0 and isfinite(ratio) else None,
        is_fragile=holds_up_to == 1,
        holds_up_to=holds_up_to,
        caveats=caveats,
        operands=(
            Operand(first.name, first.events),
            Operand(second.name, second.events),
        ),
    )


def filling(pair: Pair) -> dict[str, str]:
    """Return the printed numbers and names of a pair, for its sentences."""
    numbers = (pair.first.printed, pair.second.printed)
    names = (pair.first.name, pair.second.name)
    sides = ("later", "earlier") if pair.is_change else ("first", "second")
    return {
        **dict(zip(sides, numbers, strict=True)),
        **dict(zip([f"{side}_name" for side in sides], names, strict=True)),
    }


_STEADINESS = {1.0: "fragile", 2.0: "holds_at_2", 4.0: "holds_at_4"}


def _holds_up_to(pair: Pair, confidence: float) -> float:
    held = 1.0
    for dispersion in DISPERSIONS:
        if not _holds(pair.first, pair.second, dispersion, confidence):
            break
        held = dispersion
    return held


def _holds(
    first: Counted, second: Counted, dispersion: float, confidence: float
) -> bool:
    if first.events and second.events:
        found = quasi_poisson(first.events, second.events, dispersion, confidence)
        scale = second.exposure / first.exposure
        return bool(found.low * scale > 1 or found.high * scale < 1)
    z = score_z(first.events, second.events, first.exposure, second.exposure)
    return bool(abs(float(z)) / sqrt(dispersion) > z_score(confidence))


def _detectable(pair: Pair, confidence: float) -> Detectable | None:
    base = pair.second
    alpha = round(1 - confidence, 12)
    if not base.events or alpha >= POWER:
        return None
    exposure_ratio = pair.first.exposure / base.exposure
    down, up = smallest_ratio(
        base.events, exposure_ratio, alpha, POWER, exact_below=_PRINTED_EXACT
    )
    return Detectable(down, up, POWER)


def _supported_text(
    pair: Pair,
    subject: Mapping[str, str],
    found: RateRatio,
    confidence: float,
    words: Words,
) -> str:
    ratio, low, high = float(found.ratio), float(found.low), float(found.high)
    prefix = "rate_" if pair.is_rate else ""
    is_more = low > 1
    kind = ("rose" if is_more else "fell") if pair.is_change else "more"
    times = _text_between(ratio, low, high)
    told = {**filling(pair), **subject, "ratio": times}
    label = words.word("label", confidence=confidence_text(confidence))
    said = [words.say(prefix + kind, **told)]
    if isfinite(high):
        least, most = span_text(low, high)
        most = words.word("times", number=most)
        said.append(words.say("between", low=least, high=most, label=label))
    else:
        lowest = words.word("times", number=times_text(low))
        said.append(words.say("at_least", low=lowest, label=label))
    if ratio > 0 and isfinite(ratio):
        key = f"recording_{kind}" if pair.is_change else "recording_apart"
        said.append(words.say(key, tipping=times, **told))
    else:
        said.append(words.say("not_recorded"))
    return " ".join(said)


def _text_between(ratio: float, low: float, high: float) -> str:
    """Return a ratio with digits enough to lie within its interval as that is printed.

    >>> _text_between(2.2355, 2.221, 2.249)
    '2.24'
    """
    ends = [float(end.replace(",", "")) for end in span_text(low, high)]
    text = times_text(ratio)
    for digits in range(2, 12):
        if not isfinite(ratio) or ends[0] <= float(text.replace(",", "")) <= ends[1]:
            break
        text = f"{ratio:,.{digits}f}"
    return text


def _open_text(
    pair: Pair, subject: Mapping[str, str], confidence: float, words: Words
) -> str:
    prefix = "rate_" if pair.is_rate else ""
    key = "changed_open" if pair.is_change else "open"
    said = [words.say(prefix + key, **subject, **filling(pair))]
    alpha = round(1 - confidence, 12)
    fewest = fewest_events(alpha, pair.first.exposure / pair.second.exposure)
    detectable = _detectable(pair, confidence)
    if pair.first.events + pair.second.events < fewest:
        said.append(words.say("unseen_all", fewest=str(fewest)))
    elif detectable is not None and detectable.up is not None:
        up = times_text(detectable.up)
        if detectable.down is None:
            said.append(words.say("unseen_fall", up=up))
        else:
            down = times_text(detectable.down)
            said.append(words.say("unseen", up=up, down=down))
    said.append(words.say("not_recorded_here"))
    return " ".join(said)


def confidence_text(confidence: float) -> str:
    """Return a confidence as it is printed.

    >>> confidence_text(0.95), confidence_text(0.998)
    ('95%', '99.8%')
    """
    return f"{float(f'{100 * confidence:.10g}'):g}%"
