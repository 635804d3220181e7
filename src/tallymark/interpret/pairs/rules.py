"""The rules of operations on two figures, as data: what is refused, what is flagged.

Each raises the caveat that explains it. Source: docs/explanation/caveat-algebra.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallymark.engine.sql import literals
from tallymark.interpret.pairs.facts import (
    ACROSS_AREAS,
    ACROSS_STAGES,
    OPEN_AREAS,
    OVER_TIME,
    SAME_PERIOD,
)
from tallymark.model.codes import Use
from tallymark.model.figure import Judgement

ALL = frozenset({"change", "difference", "ratio", "share", "rate", "compare"})
_TOLD_APART = ALL - {"rate"}
_DIVIDED = frozenset({"change", "ratio", "share", "rate"})

FEW_EVENTS = 20
"""Below this many events a rate is flagged; Office for National Statistics practice."""
FEWEST_EVENTS = 3
"""Below this many events neither a rate nor a percentage is calculated."""
_DAYS_LIKE = 3
"""Days by which a year or a month may differ from another in length."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When an operation on two figures is refused or flagged, and the caveat for it.

    `holds` is an SQL truth over a row of the relation `pairs`.
    """

    caveat: str
    judgement: Judgement
    operations: frozenset[str]
    holds: str


def _differs(*columns: str) -> str:
    return " or ".join(f'"a.{c}" is distinct from "b.{c}"' for c in columns)


def _differs_if_known(*columns: str) -> str:
    return " or ".join(
        f"""(coalesce("a.{c}", 'unknown') <> 'unknown' and """
        f"""coalesce("b.{c}", 'unknown') <> 'unknown' and "a.{c}" <> "b.{c}")"""
        for c in columns
    )


def _count(side: str) -> str:
    """The events behind a figure: its value, or the numerator of its rate."""
    return (
        f"""case when "{side}.statistic" = 'COUNT' """
        f"""then coalesce("{side}.value", "{side}.value_low") """
        f'else "{side}.numerator" end'
    )


def _within(outer: str, inner: str, separator: str) -> str:
    return f"starts_with({inner}, {outer} || '{separator}')"


_SAME_CELL = (
    f"not ({ACROSS_STAGES}) and {SAME_PERIOD} and "
    '"a.series_id" is not distinct from "b.series_id"'
)
_NARROWER_SCOPE = " or ".join(
    f"""("a.scope" in {literals(inner)} and "b.scope" = '{outer}')"""
    for outer, inner in {
        "CSEA": ["OCSEA"],
        "ALL_CRIME": [
            "OCSEA", "CSEA", "SEXUAL_OFFENCES_ALL_AGES", "TRAFFICKING", "CYBERCRIME",
        ],
    }.items()
)  # fmt: skip
_A_PARTS, _B_PARTS = (f"string_split(\"{side}.areas\", ' ')" for side in "ab")
_AREA_INSIDE = (
    "(\"b.ref_area\" = 'WORLD' and \"a.ref_area\" <> 'WORLD') or "
    + _within('"b.ref_area"', '"a.ref_area"', "_")
    + ' or ("b.ref_area" is null and "a.areas" <> "b.areas" '
    f"and list_has_all({_B_PARTS}, {_A_PARTS}))"
)
_AREAS_OVERLAP = (
    f"{_AREA_INSIDE} or (\"a.ref_area\" = 'WORLD' and \"b.ref_area\" <> 'WORLD') or "
    + _within('"a.ref_area"', '"b.ref_area"', "_")
    + ' or (("a.ref_area" is null or "b.ref_area" is null) '
    f'and "a.areas" <> "b.areas" and list_has_any({_A_PARTS}, {_B_PARTS}))'
)
_NARROWER_OFFENCE = (
    '("a.offence" <> "b.offence" and starts_with("a.offence", "b.offence")) or '
    '("a.offence" is not null and "b.offence" is null)'
)
_IS_UNLINKED = f"({ACROSS_STAGES}) and not ({SAME_PERIOD} and " + (
    '"a.series_id" is not distinct from "b.series_id" and '
    """coalesce("a.series.cohort_linked" = 'yes', false))"""
)
"""Unless the series follows the same cases from stage to stage, and says so."""
_IS_TOTAL = "coalesce(\"b.{0}\", '_T') = '_T'"
_NARROWER = {
    "scope": _NARROWER_SCOPE,
    "ref_area": _AREA_INSIDE,
    "offence": _NARROWER_OFFENCE,
    **{name: _IS_TOTAL.format(name) for name in ("sex", "age_group", "breakdown")},
}
_IS_INSIDE = (
    " and ".join(
        f"""("a.{name}" is not distinct from "b.{name}" or {narrower})"""
        for name, narrower in _NARROWER.items()
    )
    + f" and (not {OPEN_AREAS} or not {ACROSS_AREAS} or {_AREA_INSIDE})"
)
# A part is narrower in one dimension at least, and wider in none.
_IS_PART = (
    f"coalesce({_SAME_CELL} and ({_differs(*_NARROWER)} or {ACROSS_AREAS}) "
    f"and {_IS_INSIDE}, false)"
)
_PERIOD_LENGTHS = (
    'abs(("a.period_end" - "a.period_start") - ("b.period_end" - "b.period_start")) '
    f"> {_DAYS_LIKE}"
)
_OPEN_PERIOD = '("a.period_start" is null or "b.period_start" is null)'
_PERIODS_OVERLAP = (
    '"a.period_start" <= "b.period_end" and "b.period_start" <= "a.period_end"'
)
_YEARS_APART = (
    'greatest(year("b.period_start") - year("a.period_end"), '
    'year("a.period_start") - year("b.period_end"), 0)'
)
_UNSTATED = " or ".join(
    f"""coalesce("{side}.counting_unit", 'UNSTATED') = 'UNSTATED'""" for side in "ab"
)
_STATISTICS = literals(["COUNT", "RATE_100K"])


def _refused(caveat: str, operations: frozenset[str], holds: str) -> Rule:
    judgement = Judgement.REFUSED
    return Rule(caveat=caveat, judgement=judgement, operations=operations, holds=holds)


def _flagged(caveat: str, operations: frozenset[str], holds: str) -> Rule:
    judgement = Judgement.FLAG
    return Rule(caveat=caveat, judgement=judgement, operations=operations, holds=holds)


RULES = (
    _refused("unit-mismatch", _TOLD_APART, _differs("counting_unit", "statistic")),
    _refused(
        "unit-not-stated",
        _TOLD_APART,
        f"({_UNSTATED}) and ({_differs('series_id')})",
    ),
    _flagged(
        "unit-not-stated", ALL, f"({_UNSTATED}) and not ({_differs('series_id')})"
    ),
    _refused(
        "quotient-of-quotients",
        _DIVIDED - {"rate"},
        " or ".join(f'"{side}.statistic" not in {_STATISTICS}' for side in "ab"),
    ),
    _refused(
        "quotient-of-quotients",
        frozenset({"rate"}),
        "\"a.statistic\" <> 'COUNT' or \"b.statistic\" <> 'COUNT'",
    ),
    _refused(
        "stages-mixed", frozenset({"change", "difference", "compare"}), ACROSS_STAGES
    ),
    _refused(
        "scopes-mixed", frozenset({"change", "compare"}), _differs("scope", "offence")
    ),
    _refused(
        "scopes-mixed",
        frozenset({"difference"}),
        f"({_differs('scope', 'offence')}) and not ({_SAME_CELL} and not ({ACROSS_AREAS}))",
    ),
    _refused(
        "scopes-mixed",
        frozenset({"ratio", "share"}),
        f"({_differs('scope', 'offence')}) and not ({_IS_PART})",
    ),
    _refused("definition-break", _TOLD_APART, '"pair.definition_breaks"'),
    _flagged(
        "definitions-differ",
        _TOLD_APART,
        _differs("series_id", "definition")
        + " or "
        + _differs_if_known(
            "series.principal_offence",
            "series.stage_of_counting",
            "series.attempts",
            "series.multiple",
            "series.child_age_below",
        ),
    ),
    _refused("counted-twice", frozenset({"change"}), _PERIODS_OVERLAP),
    _refused(
        "periods-differ",
        frozenset({"change"}),
        f'{_PERIOD_LENGTHS} or ({OPEN_AREAS} and "a.areas" <> "b.areas")',
    ),
    _flagged(
        "periods-differ",
        frozenset({"change"}),
        f'{OPEN_AREAS} and ("a.areas" is null or "b.areas" is null)',
    ),
    # A sum of years, or a part of one, is no count of the population's year.
    _refused(
        "periods-differ",
        frozenset({"rate"}),
        f"""{_PERIOD_LENGTHS} or ("a.period_start" is null and """
        """coalesce("a.periods" <> '', true))""",
    ),
    _refused(
        "periods-differ",
        frozenset({"difference"}),
        f"({OVER_TIME}) and {_PERIOD_LENGTHS}",
    ),
    _flagged(
        "periods-differ",
        frozenset({"difference", "ratio", "compare"}),
        f"not ({SAME_PERIOD}) and (not ({OVER_TIME}) or {_OPEN_PERIOD})",
    ),
    _flagged(
        "periods-apart",
        frozenset({"change"}),
        '"b.period_start" > "a.period_end" + 1',
    ),
    _flagged(
        "cohort-mismatch",
        frozenset({"ratio", "share"}),
        f"({ACROSS_STAGES}) and not ({SAME_PERIOD})",
    ),
    _refused("attrition-unlinked", frozenset({"share"}), _IS_UNLINKED),
    # A raw ratio of stages may be shown with its mark; no use of it is supported.
    _flagged("attrition-unlinked", frozenset({"ratio"}), _IS_UNLINKED),
    _refused(
        "not-a-part",
        frozenset({"share"}),
        f"not case when {ACROSS_STAGES} then coalesce({_IS_INSIDE}, false) "
        f"else {_IS_PART} end",
    ),
    _refused(
        "share-above-one",
        frozenset({"share"}),
        'coalesce("a.value", "a.value_low") > coalesce("b.value", "b.value_high")',
    ),
    _refused("overlapping-areas", frozenset({"difference", "compare"}), _AREAS_OVERLAP),
    _refused(
        "population-of-another-area",
        frozenset({"rate"}),
        ACROSS_AREAS,
    ),
    _refused("population-of-another-year", frozenset({"rate"}), f"{_YEARS_APART} > 1"),
    _flagged("population-of-another-year", frozenset({"rate"}), f"{_YEARS_APART} = 1"),
    _refused(
        "rate-of-few-events", frozenset({"rate"}), f"{_count('a')} < {FEWEST_EVENTS}"
    ),
    _flagged(
        "rate-of-few-events", frozenset({"rate"}), f"{_count('a')} < {FEW_EVENTS}"
    ),
    _refused("base-is-zero", frozenset({"change"}), '"a.value" = 0'),
    _refused("base-is-zero", frozenset({"ratio", "share", "rate"}), '"b.value" = 0'),
    _refused(
        "base-is-small",
        frozenset({"change"}),
        f'{_count("a")} < {FEWEST_EVENTS} and "a.value" <> 0',
    ),
    _refused(
        "base-is-small",
        frozenset({"share"}),
        f'{_count("b")} < {FEWEST_EVENTS} and "b.value" <> 0',
    ),
    _flagged(
        "part-missing",
        ALL,
        '"a.n_present" < "a.n_declared" or "b.n_present" < "b.n_declared" or '
        '"a.value" is null or "b.value" is null',
    ),
)

RESOLVABLE = frozenset({"attrition-unlinked"})
"""Caveats of refusing rules that evidence on both figures lifts; as do those of all
flagging rules and of the catalogue."""

USES: tuple[tuple[Use, frozenset[str], str], ...] = (
    (Use.TREND, frozenset({"change"}), "true"),
    (Use.TREND, frozenset({"difference", "ratio"}), OVER_TIME),
    (Use.CROSS_COUNTRY, frozenset({"compare"}), "true"),
    (Use.CROSS_COUNTRY, frozenset({"difference", "ratio"}), ACROSS_AREAS),
    (Use.RATIO_ATTRITION, frozenset({"difference", "ratio", "share"}), ACROSS_STAGES),
)
"""Which use an operation on two figures is, and where."""
