"""When signs of persons make a table a list of persons, and when counts speak against it.

Hides the rules. A table of counts has a column of counts, and what stands beside it is
different in every row; a list of persons has neither.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tallymark.ingest.person_gate.columns import (
    NEARLY_ALL,
    TEXTS,
    Column,
    Figures,
    figures_of,
    is_directory,
    is_ordered,
    is_serial,
)
from tallymark.ingest.person_gate.signs import Sign, listed, signs_of
from tallymark.ingest.person_gate.tables import Table

DECISIVE = frozenset(
    {Sign.BIRTH_DATE, Sign.PERSON_NAME, Sign.IDENTITY, Sign.CASE_NUMBER, Sign.NARRATIVE,
     Sign.PERSON_IN_CELL}
)  # fmt: skip
"""Signs of which one suffices."""

REACH = frozenset({Sign.TELEPHONE, Sign.EMAIL, Sign.ACCOUNT})
"""Signs of which one suffices, unless each row is a place or an office: helplines."""

OF_ROWS = (Sign.NAME, Sign.INITIALS, Sign.DAY, Sign.EVENT, Sign.CODE)
"""Signs that only one record a row can give."""

TOGETHER = (
    *({sign, other} for sign in (Sign.SEX, Sign.AGE) for other in OF_ROWS),
    {Sign.SEX, Sign.AGE},
    {Sign.SEX, Sign.ATTRIBUTE},
    {Sign.AGE, Sign.ATTRIBUTE},
    {Sign.NAME, Sign.EVENT},
    {Sign.NAME, Sign.CODE, Sign.DAY},
    {Sign.CODE, Sign.EVENT},
    {Sign.EVENT, Sign.ATTRIBUTE},
    *({Sign.INITIALS, other} for other in (Sign.DAY, Sign.EVENT, Sign.CODE)),
    {Sign.INITIALS, Sign.ATTRIBUTE},
)
"""Signs that suffice together in a table without counts."""

BESIDE_COUNTS = (
    *({Sign.SEX, Sign.AGE, other} for other in OF_ROWS),
    *(
        {sign, other, day}
        for sign in (Sign.SEX, Sign.AGE)
        for other in (Sign.NAME, Sign.CODE)
        for day in (Sign.DAY, Sign.EVENT)
    ),
    {Sign.NAME, Sign.CODE, Sign.EVENT},
    *({Sign.INITIALS, other} for other in (Sign.SEX, Sign.AGE, Sign.EVENT)),
)
"""Signs that suffice though there are numbers: a register may hold fines, or files seized."""

KEYED = {Sign.SEX, Sign.AGE, Sign.CODE}
"""Of these, what a table of counts may hold whose rows have keys: no two rows are alike."""

LEAST_RECORDS = 2
"""A list of two persons is a list of persons."""
LEAST_OF_ONE = 3
"""Signs that make a list of one: a form that was filled in for one person."""
REPEATED = 0.1
"""Share of rows equal to another, but for what is each row's own, from which rows are
single cases: in a table of counts no two rows are about the same."""
LEAST_REPEATED = 8
ALONE = frozenset({Sign.SEX, Sign.AGE, Sign.EVENT, Sign.ONES})
"""Signs of which one suffices in a table without counts whose rows repeat."""
LEAST_SORTED = 5
BESIDE = 0.5
"""Share of the records in which a column must be filled to speak of them. Less is chance:
a pivot cache lists the distinct values of its fields, two sexes beside twenty ages."""
SOME_LISTED = 0.2
"""Share of known names from which what may be names, beside days, are names of persons and
not of courses or operations."""
_OWN = DECISIVE.union(OF_ROWS)


_Key = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Why a table is taken for a list of persons: signs, and the column of each."""

    columns: Mapping[Sign, Column]
    is_lying: bool

    @property
    def n_records(self) -> int:
        """Rows that were looked at and hold one of the signs."""
        return max(column.n for column in self.columns.values())

    @property
    def weight(self) -> tuple[int, int, int]:
        """By which the most telling of several hits is chosen."""
        return len(DECISIVE & self.columns.keys()), self.n_records, len(self.columns)


@dataclass(frozen=True, kw_only=True)
class _Weighed:
    """A column, its signs, and whether it holds figures."""

    column: Column
    signs: Sequence[Sign]
    figures: Figures | None


def hit_of(table: Table) -> Hit | None:
    """Return why a table is a list of persons, or None."""
    weighed = _weigh(table)
    signs: dict[Sign, Column] = {}
    for w in weighed:
        for sign in w.signs:
            if sign not in signs or w.column.n > signs[sign].n:
                signs[sign] = w.column
    if not signs:
        return None
    enough = _enough(weighed, signs)
    if table.is_lying and len(enough) == 1 and enough <= ALONE:
        enough = set()  # rows of counts that are read as columns repeat by nature
    if not enough and _are_measured(weighed, signs):
        enough = {Sign.SEX, Sign.AGE}
    columns = {sign: signs[sign] for sign in Sign if sign in enough}
    return Hit(columns=columns, is_lying=table.is_lying) if columns else None


def _weigh(table: Table) -> list[_Weighed]:
    columns, weighed = table.columns, []
    for column in columns:
        signs = signs_of(column)
        if table.is_lying:  # where small counts of equal headings are put together
            signs = [sign for sign in signs if sign is not Sign.ONES]
        figures = None if signs else figures_of(column)
        weighed.append(_Weighed(column=column, signs=signs, figures=figures))
    if not _has_counts(weighed) or not is_directory(columns):
        return weighed
    # A minister a country, a saint a district: such a table is no list of persons.
    return [
        w
        if w.column.is_headed("person_name", "name", "role")
        else replace(w, signs=[s for s in w.signs if s is not Sign.PERSON_NAME])
        for w in weighed
    ]


def _has_counts(weighed: Sequence[_Weighed]) -> bool:
    return any(w.figures in (Figures.HEADED, Figures.SURE) for w in weighed)


def _enough(weighed: Sequence[_Weighed], signs: Mapping[Sign, Column]) -> set[Sign]:
    """Return the signs that suffice; none where they do not."""
    if max(column.n for column in signs.values()) < LEAST_RECORDS:
        return _of_one(signs)
    found = {s for s, c in signs.items() if s in DECISIVE and c.n >= LEAST_RECORDS}
    if REACH & signs.keys() and _is_of_persons(weighed, signs):
        found |= REACH & signs.keys()
    return found or _by_rules(weighed, signs)


def _is_of_persons(weighed: Sequence[_Weighed], signs: Mapping[Sign, Column]) -> bool:
    """Tell whether telephones or addresses are persons' and not offices'."""
    others = signs.keys() - REACH - {Sign.CODE, Sign.NAME, Sign.ATTRIBUTE, Sign.DAY}
    return bool(others) or not is_directory([w.column for w in weighed])


def _are_measured(weighed: Sequence[_Weighed], signs: Mapping[Sign, Column]) -> bool:
    """Tell whether persons are measured: sex, age and numbers of each, none of them a count.

    Rows of a table of counts come in the order of its keys, and no two have the same.
    """
    if not {Sign.SEX, Sign.AGE} <= _side_by_side(signs):
        return False
    sex, age = signs[Sign.SEX], signs[Sign.AGE]
    if "sex" not in sex.kinds or "age" not in age.kinds:
        return False
    if any(w.figures is Figures.HEADED for w in weighed):
        return False
    return _repeat(_keys(weighed)) or not is_ordered(age)


def _of_one(signs: Mapping[Sign, Column]) -> set[Sign]:
    told = signs.keys() - {Sign.CODE}
    return set(told) if len(told) >= LEAST_OF_ONE and told & DECISIVE else set()


def _by_rules(weighed: Sequence[_Weighed], signs: Mapping[Sign, Column]) -> set[Sign]:
    """Return the signs that suffice together, and for which no count stands in."""
    keys, together = _keys(weighed), _side_by_side(signs)
    has_counts, repeat = _has_counts(weighed), _repeat(keys)
    for rule in BESIDE_COUNTS:
        is_keyed = rule <= KEYED and has_counts and _are_distinct(keys)
        if rule <= together and not is_keyed:
            return set(rule)
    if has_counts or (not repeat and _may_count(weighed, keys, together)):
        return set()
    for rule in TOGETHER:
        if rule <= together and (repeat or not _are_crossed(rule, signs)):
            return set(rule)
    if {Sign.NAME, Sign.DAY} <= together and listed(signs[Sign.NAME]) >= SOME_LISTED:
        return {Sign.NAME, Sign.DAY}
    if {Sign.CODE, Sign.DAY} <= together and _are_sorted_into_kinds(weighed):
        return {Sign.CODE, Sign.DAY}
    return together & ALONE if repeat else set()


def _may_count(
    weighed: Sequence[_Weighed], keys: Sequence[_Key], together: set[Sign]
) -> bool:
    """Tell whether small numbers may be counts: no row is a record, or all keys are crossed."""
    if not any(w.figures for w in weighed):
        return False
    of_rows = together.intersection(OF_ROWS)
    if of_rows <= {Sign.CODE}:
        n_crossed = math.prod(len(set(values)) for values in zip(*keys, strict=True))
        return not of_rows or len(keys) == n_crossed
    return False


def _are_sorted_into_kinds(weighed: Sequence[_Weighed]) -> bool:
    """Tell whether every text is a kind that comes again, as of cases; laws have titles."""
    texts = [
        w.column
        for w in weighed
        if not set(OF_ROWS).intersection(w.signs)
        and w.column.share(*TEXTS) >= NEARLY_ALL
    ]
    return bool(texts) and all(
        column.n >= LEAST_SORTED and column.distinct < NEARLY_ALL for column in texts
    )


def _side_by_side(signs: Mapping[Sign, Column]) -> set[Sign]:
    """Return the signs of columns that are filled in the same rows."""
    rows = set(max(signs.values(), key=lambda column: column.n).rows)
    least = max(LEAST_RECORDS, BESIDE * len(rows))
    return {s for s, c in signs.items() if len(rows.intersection(c.rows)) >= least}


def _are_crossed(rule: set[Sign], signs: Mapping[Sign, Column]) -> bool:
    """Tell whether each value of one column stands beside each of the other.

    Such are the rows of a table of counts that nobody has filled in yet.
    """
    if rule.intersection(OF_ROWS) or len(rule) != 2:
        return False
    first, second = (
        dict(zip(signs[s].rows, signs[s].cells, strict=True)) for s in rule
    )
    pairs = {(first[row], second[row]) for row in first.keys() & second.keys()}
    return len(pairs) == len(set(first.values())) * len(set(second.values()))


def _keys(weighed: Sequence[_Weighed]) -> list[_Key]:
    """Return each row without figures and without what is each record's own.

    Of small numbers under unknown headings the last are figures, others may be ages.
    """
    most = max(w.column.n for w in weighed)
    last = next((w for w in reversed(weighed) if w.figures), None)
    described = [
        dict(zip(w.column.rows, w.column.cells, strict=True))
        for w in weighed
        if w is not last
        and w.figures not in (Figures.HEADED, Figures.SURE)
        and not _OWN.intersection(w.signs)
        and w.column.n >= most // 2
        and not is_serial(w.column)
        and not ("serial" in w.column.kinds and w.column.distinct > NEARLY_ALL)
    ]
    rows = sorted(set().union(*described))
    return [tuple(column.get(row) for column in described) for row in rows]


def _are_distinct(keys: Sequence[_Key]) -> bool:
    return bool(keys) and len(set(keys)) == len(keys)


def _repeat(keys: Sequence[_Key]) -> bool:
    if len(keys) < LEAST_REPEATED:
        return False
    often = Counter(keys).values()
    return sum(n for n in often if n > 1) >= REPEATED * len(keys)
