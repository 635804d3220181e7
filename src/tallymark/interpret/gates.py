"""Masks of a million rows: what depends on series, area and period is asked once each.

A condition is taken apart into cases. Of each case, the tests of the key make a gate, a
word with the bits it lets through, found once a key; the tests of the row open it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tallymark.engine.condition import condition_sql
from tallymark.model.condition import (
    Atom,
    Condition,
    HasFinding,
    Not,
    cases,
    fields_of,
)
from tallymark.model.context import CONTEXT_COLUMNS, CONTEXT_KEY
from tallymark.model.figure import WORD_BITS, BitOrder

_OF_KEY = frozenset({*CONTEXT_COLUMNS, *CONTEXT_KEY})

Tests = frozenset[Atom]


@dataclass(frozen=True)
class Gates:
    """SQL for the gates, by their names, over what is known of a key; and for the words.

    `words` are over a row that holds the gates.
    """

    columns: Mapping[str, str]
    words: tuple[str, ...]


def gates_of(
    conditions: Mapping[str, Condition],
    order: BitOrder,
    has_finding: Callable[[str], str],
) -> Gates:
    """Return gates and words for conditions by slug."""
    opened: dict[Tests, dict[int, dict[int, list[Tests]]]] = {}
    for bit, slug in enumerate(order.slugs):
        word, shift = divmod(bit, WORD_BITS)
        for case in cases(conditions[slug]) if slug in conditions else ():
            of_key = frozenset(atom for atom in case if _is_of_key(atom))
            bits = opened.setdefault(frozenset(case) - of_key, {}).setdefault(word, {})
            bits.setdefault(shift, []).append(of_key)
    columns: dict[str, str] = {}
    words: list[list[str]] = [[] for _ in range(order.n_words)]
    for n, (tests, by_word) in enumerate(opened.items()):
        for word, bits in by_word.items():
            always = sum(1 << shift for shift, told in bits.items() if not all(told))
            gate = f"{always}::bigint"
            asked = {shift: told for shift, told in bits.items() if all(told)}
            if asked:
                gate = f"gate_{n}_{word}"
                columns[gate] = _gate(always, asked, has_finding)
            opens = _sql(tests, has_finding)
            words[word].append(f"case when {opens} then {gate} else 0 end")
    return Gates(columns, tuple(" | ".join(w) or "0::bigint" for w in words))


def _gate(
    always: int, bits: Mapping[int, list[Tests]], has_finding: Callable[[str], str]
) -> str:
    asked = [
        f"case when {' or '.join(_sql(tests, has_finding) for tests in told)} "
        f"then {1 << shift}::bigint else 0 end"
        for shift, told in bits.items()
    ]
    return " | ".join([f"{always}::bigint", *asked])


def _is_of_key(atom: Atom) -> bool:
    test, _ = atom
    return not isinstance(test, HasFinding) and fields_of(test) <= _OF_KEY


def _sql(tests: Tests, has_finding: Callable[[str], str]) -> str:
    parts = [test if is_true else Not(test) for test, is_true in tests]
    told = sorted(condition_sql(part, has_finding) for part in parts)
    return f"({' and '.join(told)})" if told else "true"
