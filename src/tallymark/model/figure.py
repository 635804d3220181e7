"""Figures: numbers that carry their caveats.

Held as an Arrow table, one row per figure. Masks are words of 63 bits; a bit's
number comes from the catalogue of the run and never leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import pyarrow as pa

from tallymark.model.codes import Use
from tallymark.model.observation import SCHEMA
from tallymark.model.words import number_text

WORD_BITS = 63

TYPE_COLUMNS = (
    "series_id", "ref_area", "area_level", "freq", "time_period", "period_start", "period_end",
    "calendar", "stage", "counting_unit", "scope", "offence", "sex", "age_group",
    "breakdown", "statistic",
)  # fmt: skip
"""What kind of quantity a figure is; null where the figures it came from differ."""


class Judgement(IntEnum):
    """Whether an operation may be used; the worse wins, and refusal absorbs."""

    OK = 0
    FLAG = 1
    REFUSED = 2


@dataclass(frozen=True, kw_only=True)
class UseVerdict:
    """What a use of figures came to, and the caveats or rules that decided it."""

    use: Use
    judgement: Judgement
    reasons: tuple[str, ...]
    """Slugs of caveats, or of the algebra's rules, heaviest first."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: a value or its bounds, and the caveats it carries, as slugs.

    `value` is None where there is no number; `low` and `high` bound what is possible
    (`high` None: open). `n_present` of `n_declared` parts had a number.
    """

    value: float | None
    low: float | None
    high: float | None
    numerator: float | None = None
    """The two numbers of a quotient: of a rate, a share, a ratio, or a change (the later
    one first), from which its chance interval is found. Null for any other figure."""
    denominator: float | None = None
    missing_reason: str | None
    obs_status: str | None
    """SDMX codes joined by a space, the primary one first."""
    conf_status: str | None
    type: dict[str, object]
    """Columns of the figure's type; null where the figures it came from differ."""
    caveats: tuple[str, ...]
    """Slugs of sticky and derived caveats, heaviest first."""
    derived: tuple[str, ...] = ()
    """Those of them that only this number raises; a result of it does not inherit them."""
    resolved: tuple[str, ...]
    judgement: Judgement
    n_present: int
    n_declared: int
    obs_ids: tuple[str, ...]

    @property
    def bounds(self) -> str:
        """What is known of the number: `1–4`, `≥ 10`, `≤ 5`; empty if nothing is.

        That a count without any part is at least zero says nothing.
        """
        if self.high is None:
            says_nothing = self.low is None or (self.low == 0 and not self.n_present)
            return "" if says_nothing else f"≥ {number_text(self.low or 0.0)}"
        if self.low is None:
            return f"≤ {number_text(self.high)}"
        if self.low == self.high:
            return number_text(self.low)
        return f"{number_text(self.low)}–{number_text(self.high)}"

    @property
    def number(self) -> str:
        """The number as text, or what stands for it."""
        if self.judgement is Judgement.REFUSED:
            return "not calculated"
        if self.value is not None:
            return number_text(self.value)
        return self.bounds or "no number"

    def __repr__(self) -> str:
        return f"<Figure {self}>"

    def __str__(self) -> str:
        """Return the number and its slugs; never the number alone."""
        return f"{self.number} [{' '.join(self.caveats)}]"


def mask_columns(mask: str, n_words: int) -> tuple[str, ...]:
    """Return the names of the word columns of a mask: `sticky_0`, `sticky_1`, ...

    >>> mask_columns("sticky", 2)
    ('sticky_0', 'sticky_1')
    """
    return tuple(f"{mask}_{word}" for word in range(n_words))


MASKS = ("sticky", "resolved", "derived")


def figure_schema(n_words: int) -> pa.Schema:
    """Return the schema of a figure table whose masks have `n_words` words each."""
    fields = [SCHEMA.field(name).remove_metadata() for name in TYPE_COLUMNS]
    fields += [
        pa.field("definition", pa.string()),
        pa.field("value", pa.float64()),
        pa.field("value_low", pa.float64()),
        pa.field("value_high", pa.float64()),
        pa.field("numerator", pa.float64()),
        pa.field("denominator", pa.float64()),
        pa.field("missing_reason", pa.string()),
        pa.field("obs_status", pa.string()),
        pa.field("conf_status", pa.string()),
        pa.field("is_total", pa.bool_()),
        pa.field("n_present", pa.int64()),
        pa.field("n_declared", pa.int64()),
        pa.field("judgement", pa.int32()),
        pa.field("obs_ids", pa.list_(pa.string())),
    ]
    fields += [
        pa.field(name, pa.int64())
        for mask in MASKS
        for name in mask_columns(mask, n_words)
    ]
    return pa.schema(fields)


@dataclass(frozen=True)
class BitOrder:
    """Which slug has which bit in this run, and the hash of the catalogue behind it."""

    slugs: tuple[str, ...]
    catalogue: str

    @property
    def n_words(self) -> int:
        """How many words a mask needs."""
        return max(1, -(-len(self.slugs) // WORD_BITS))

    def words(self, slugs: Sequence[str]) -> tuple[int, ...]:
        """Return the words in which exactly these slugs are set.

        Raises:
            KeyError: a slug is not in the catalogue; a caveat is never dropped.
        """
        words = [0] * self.n_words
        index = {slug: bit for bit, slug in enumerate(self.slugs)}
        for slug in slugs:
            word, bit = divmod(index[slug], WORD_BITS)
            words[word] |= 1 << bit
        return tuple(words)

    def slugs_in(self, words: Sequence[int]) -> tuple[str, ...]:
        """Return the slugs that are set, in the order of the catalogue.

        >>> order = BitOrder(("a", "b"), "hash")
        >>> order.slugs_in(order.words(["b"]))
        ('b',)
        """
        return tuple(
            slug
            for bit, slug in enumerate(self.slugs)
            if words[bit // WORD_BITS] >> (bit % WORD_BITS) & 1
        )
