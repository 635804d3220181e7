"""The words of statements: what was counted, and sentences to fill, by language.

All stand in `reference/statement_words.csv`; a language is a set of further rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tallymark.documents import REFERENCE, read_code_list
from tallymark.model.figure import Figure
from tallymark.model.period import period_label
from tallymark.model.words import code_words, number_text


@dataclass(frozen=True)
class Words:
    """The words of one language; English where it has none of its own."""

    rows: Mapping[str, str]

    def say(self, key: str, **filling: str) -> str:
        """Return a sentence, its first letter large."""
        text = self.rows[key].format(**filling)
        return text[:1].upper() + text[1:]

    def word(self, key: str, **filling: str) -> str:
        """Return words as they stand within a sentence."""
        return self.rows[key].format(**filling)

    def subject(self, figure: Figure, counted: str = "") -> dict[str, str]:
        """Return what a figure is about, as a beginning (`things`) or a list (`listed`).

        `Kenya, trafficking in persons: recorded cases`, or with a comma; the area and
        the conduct where they are one.
        """
        area, scope = figure.type["ref_area"], figure.type["scope"]
        parts = [area_names().get(str(area), str(area))] if area else []
        if scope and scope != "OTHER" and not self._own_name(figure):
            parts.append(code_words(str(scope)))
        place, what = ", ".join(parts), counted or self.counted(figure)
        if cut := _cut(figure):
            what += f" ({cut})"
        return {
            "things": f"{place}: {what}" if place else what,
            "listed": f"{place}, {what}" if place else what,
        }

    def period(self, figure: Figure) -> str:
        """Return the figure's period as it is printed."""
        period = figure.type["time_period"]
        if period:
            return period_label(str(period))
        is_of_several = figure.n_declared > 1 or len(figure.obs_ids) > 1
        return self.rows["periods_together" if is_of_several else "period_unknown"]

    def counted(self, figure: Figure) -> str:
        """Return the units at their stage: `recorded cases`."""
        if own := self._own_name(figure):
            return own
        unit = str(figure.type["counting_unit"] or "MIXED")
        stage = figure.type["stage"]
        if stage is None:
            return self.rows[f"unit.{unit}"]
        fitting = self.rows.get(f"stage.{stage}.{unit}")
        return fitting or self.word(f"stage.{stage}", units=self.rows[f"unit.{unit}"])

    def _own_name(self, figure: Figure) -> str | None:
        """The name of what is counted, where that says its conduct as well."""
        scope, unit = figure.type["scope"], figure.type["counting_unit"]
        return self.rows.get(f"scope.{scope}.{unit}")


def _cut(figure: Figure) -> str:
    """Return what a figure is narrowed to: offence, sex, age and other breakdowns."""
    said = [f"ICCS {offence}"] if (offence := figure.type["offence"]) else []
    for name in ("sex", "age_group", "breakdown"):
        code = figure.type[name]
        if code not in (None, "_T"):
            text = code_words(str(code)).replace("=", ": ").replace("_", " ")
            said.append(text.replace(";", ", "))
    return ", ".join(said)


@cache
def words(language: str = "en") -> Words:
    """Return the words of a language."""
    rows = read_code_list(REFERENCE / "statement_words.csv")
    english = {r["key"]: r["words"] for r in rows if r["language"] == "en"}
    own = {r["key"]: r["words"] for r in rows if r["language"] == language}
    return Words({**english, **own})


@cache
def area_names() -> Mapping[str, str]:
    """Return the English names of areas by their codes."""
    return {r["code"]: r["name"] for r in read_code_list(REFERENCE / "areas.csv")}


def times_text(ratio: float) -> str:
    """Return a ratio with two or three digits, or as many as tell it from one.

    >>> times_text(6.96), times_text(1.13), times_text(0.2345), times_text(1.003)
    ('7.0', '1.13', '0.23', '1.003')
    """
    least = 2 if 1 <= ratio < 1.5 else 1
    for digits in range(least, 12):
        text = _rounded(ratio, digits)
        if float(text.replace(",", "")) != 1 or ratio == 1:
            break
    return text


def span_text(low: float, high: float) -> tuple[str, str]:
    """Return both ends of an interval of ratios, with digits that tell them apart.

    >>> span_text(1.71, 6.96), span_text(0.8069, 0.8089)
    (('1.7', '7.0'), ('0.807', '0.809'))
    """
    ends = times_text(low), times_text(high)
    for digits in range(2, 12):
        if ends[0] != ends[1]:
            break
        ends = _rounded(low, digits), _rounded(high, digits)
    return ends


def _rounded(ratio: float, digits: int) -> str:
    if ratio >= 100:
        return f"{ratio:,.0f}"
    return f"{ratio:.{digits}f}" if ratio >= 1 else _small(ratio, digits + 1)


def _small(value: float, digits: int) -> str:
    """A number below one with its first digits, never in powers of ten."""
    return f"{Decimal(f'{value:.{digits}g}'):f}"


def limit_text(value: float) -> str:
    """Return an end of an interval of a count or a rate.

    >>> limit_text(32.82), limit_text(12128.18), limit_text(0.05715), limit_text(0.0)
    ('32.8', '12,128', '0.057', '0')
    """
    if value < 1:
        return _small(value, 2) if value else "0"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def percent_text(value: float) -> str:
    """Return a percentage, with a decimal.

    >>> percent_text(30.0), percent_text(112.04)
    ('30%', '112%')
    """
    return f"{number_text(round(value, 1))}%"


def signed_percent_text(value: float) -> str:
    """Return a change in percent, its sign always shown.

    >>> signed_percent_text(61.76), signed_percent_text(-20.0)
    ('+61.8%', '−20%')
    """
    return f"{'−' if value < 0 else '+'}{percent_text(abs(value))}"
