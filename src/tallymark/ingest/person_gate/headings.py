"""Where headings stand: rows whose texts are words by which columns are headed.

Hides how a heading is told from a record that happens to hold the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tallymark.ingest.person_gate.cells import Shape
from tallymark.ingest.person_gate.columns import BIRTH_YEARS
from tallymark.ingest.person_gate.sheets import TELLING, Looked
from tallymark.ingest.person_gate.words import heading_kinds
from tallymark.model.grid import Value, text_of

Band = tuple[int, int]
"""First and last of the rows of `Looked` that are headings of one table."""

_VALUES_SHARE = 0.2
"""Share of a row's cells that may be values and not headings: a number in a corner."""
_FIRST_IN_BLOCK = 6
"""Rows behind an empty one that may be headings; further down they would be records."""
_RECURS_WITHIN = 40
_LONGEST_ENTRY = 1_000
_SHORT_WORD, _FEW = 6, 3
"""Letters of a word that alone, among more cells than a few, may be a place called so."""
_PERSONAL = frozenset(
    {"age", "sex", "name", "event_date", "telephone", "email", "account", "attribute"}
)
"""Kinds of which two make a row one of headings, however many others it holds."""
_TALLEST, _APART = 4, 2
_YEARS = frozenset(map(str, BIRTH_YEARS))
_VALUES = {
    Shape.NUMBER, Shape.DAY, Shape.EMAIL, Shape.PHONE, Shape.LONG, Shape.PROSE,
    Shape.SEX, Shape.IDENTITY, Shape.AGE,
}  # fmt: skip


def bands_of(looked: Looked) -> list[Band]:
    """Return where headings stand, in order; rows of headings that follow are one."""
    bands: list[Band] = []
    in_block = 0
    for at in range(len(looked.rows)):
        in_block = in_block + 1 if looked.is_filled(at) else 0
        if not in_block or not _is_header(looked, at, in_block):
            continue
        if bands and _follows(looked, bands[-1], at):
            bands[-1] = (bands[-1][0], at)
        else:
            bands.append((at, at))
    return bands


def _follows(looked: Looked, band: Band, at: int) -> bool:
    """Tell whether a row of headings belongs to those above it."""
    are_between = any(map(looked.is_filled, range(band[1] + 1, at)))
    return not are_between and at - band[1] <= _APART and at - band[0] <= _TALLEST


def _is_header(looked: Looked, at: int, in_block: int) -> bool:
    """Tell whether a row is of headings: one that tells of persons, or several known."""
    filled = [v for v in looked.rows[at] if v not in ("", None)]
    values = [v for v in filled if looked.shapes[v] in _VALUES]
    n_years = sum(text_of(v) in _YEARS for v in values)
    n_values = len(values) - n_years
    if n_values > _VALUES_SHARE * len(filled):
        return False
    kinds = {v: heading_kinds(v) for v in filled if isinstance(v, str)}
    known = {text for text, found in kinds.items() if found}
    telling = {text for text in known if kinds[text] & TELLING}
    is_short = max(map(len, telling), default=0) <= _SHORT_WORD
    is_lone = is_short and len(known) == 1 and len(filled) > _FEW
    if telling and not is_lone and not _is_record(looked, at, telling):
        return True
    if in_block > _FIRST_IN_BLOCK:
        return False
    n_known = len(known) + n_years - _n_recurring(looked, at, known)
    n_personal = len(_PERSONAL & frozenset().union(*kinds.values()))
    return n_known > 1 and (n_personal > 1 or 2 * n_known >= len(filled))


def _is_record(looked: Looked, at: int, telling: set[str]) -> bool:
    """Tell whether a row is one of many though a word of it is a heading elsewhere.

    A place may be called like one; then what stands beside it stands again below.
    """
    others = {v for v in looked.rows[at] if v not in telling and v not in ("", None)}
    if list(looked.rows[at]) in map(list, looked.rows[at + 1 :]):
        return False  # headings that are said again
    return len(others) > 1 and 2 * _n_recurring(looked, at, others) >= len(others)


def _n_recurring(looked: Looked, at: int, values: Collection[Value]) -> int:
    """Return how many of a row's values stand again below in their column."""
    below = looked.rows[at + 1 : at + 1 + _RECURS_WITHIN]
    return sum(
        any(column < len(row) and row[column] == value for row in below)
        for column, value in enumerate(looked.rows[at])
        if value in values
    )


def headings_of(looked: Looked, band: Band) -> dict[int, str]:
    """Return the heading of each column, one row of headings a line, upper rows first.

    A heading of an upper row reaches right over empty cells, as merged cells do.
    """
    found: dict[int, str] = {}
    first, last = band
    for at in range(first, last + 1):
        above = ""
        for column, value in enumerate(looked.rows[at]):
            text = " ".join(text_of(value).split())
            above = text or (above if at < last else "")
            if above:
                found[column] = (
                    f"{found[column]}\n{above}" if column in found else above
                )
    return found


def kinds_of(heading: str) -> frozenset[str]:
    r"""Return the kinds of a column by its heading; a year above it makes it a count.

    >>> sorted(kinds_of("Victim\nName"))
    ['name', 'person_name', 'role']
    """
    lines = heading.split("\n")
    kinds = set(heading_kinds(heading.replace("\n", " ")))
    for line in lines:
        kinds |= heading_kinds(line)
        if line in _YEARS:
            kinds.add("count")
    if {"role", "name"} <= kinds and not kinds & {"count", "other"}:
        kinds.add("person_name")
    return frozenset(kinds)


def entries(looked: Looked) -> Iterator[tuple[str, str, int]]:
    """Give heading, value and column of cells that hold both: `Name: ...`."""
    for row in looked.rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and ":" in value[:_LONGEST_ENTRY]:
                for line in value[:_LONGEST_ENTRY].replace(";", "\n").splitlines():
                    heading, _, rest = line.partition(":")
                    if rest.strip() and heading_kinds(heading.strip()):
                        yield heading.strip(), rest.strip(), column
