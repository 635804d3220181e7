"""Messages in plain words: numbers as they are printed, codes as they are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallymark.model.observation import COLUMNS
from tallymark.model.period import period_label
from tallymark.model.words import code_words, number_text

_COLUMNS = {
    "obs_id": "row key",
    "series_id": "series",
    "ref_area": "area",
    "freq": "frequency",
    "time_period": "period",
    "period_start": "first day of the period",
    "period_end": "last day of the period",
    "offence": "offence code",
    "obs_value": "figure",
    "value_low": "least possible value",
    "value_high": "greatest possible value",
    "unit_mult": "unit multiplier",
    "base_n": "base of the percentage",
    "obs_status": "observation status",
    "conf_status": "confidentiality status",
    "source_ref": "source cell",
}
_CONDUCT = {
    "material": "child sexual abuse material",
    "possession": "possession of child sexual abuse material",
    "access": "access to child sexual abuse material",
    "grooming": "grooming",
    "livestream": "live-streamed abuse",
}


def words(value: object) -> str:
    """Return a code, a column's name or conduct as it is said in a sentence.

    >>> words("BROUGHT_TO_COURT"), words("counting_unit"), words("grooming livestream")
    ('brought to court', 'counting unit', 'grooming, live-streamed abuse')
    """
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    if not isinstance(value, str):
        return text(value)
    if value in COLUMNS:
        return _COLUMNS.get(value, value.replace("_", " "))
    conduct = value.split(" ")
    if set(conduct) <= _CONDUCT.keys():
        return ", ".join(_CONDUCT[name] for name in conduct)
    return code_words(value)


def text(value: object) -> str:
    """Return a value as it is printed; whole numbers with thousands commas.

    >>> text(636281.0), text(None), text([34.0, None])
    ('636,281', 'empty', '34, empty')
    """
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(text(item) for item in value)
    return str(value)


def periods(value: object) -> str:
    """Return an SDMX period, or several in their order, as a reader knows them.

    >>> periods("2017-04-01/P1Y"), periods(["2017", "2018", "2019", "2020"])
    ('Apr 2017–Mar 2018', '2017 to 2020')
    """
    if isinstance(value, list | tuple):
        labels = [periods(item) for item in value]
        return " to ".join((labels[0], labels[-1])) if labels[3:] else ", ".join(labels)
    try:
        return period_label(str(value))
    except ValueError:
        return text(value)


def by_period(changes: object) -> str:
    """Return codes with the periods in which they hold: `code` and `periods` of each.

    >>> by_period([{"code": "CASE", "periods": ["2017"]}])
    'cases in 2017'
    """
    if not isinstance(changes, list):
        return text(changes)
    return "; ".join(f"{words(c['code'])} in {periods(c['periods'])}" for c in changes)


def by_area(sides: object) -> str:
    """Return codes with the areas that have them: `code`, `areas` and `series` of each.

    Where the areas are the same, the series are named.

    >>> by_area([{"code": "CASE", "areas": ["XAA"]}, {"code": "PERSON", "areas": ["XAB"]}])
    'cases for XAA; persons for XAB'
    """
    if not isinstance(sides, list):
        return text(sides)
    areas = [side["areas"] for side in sides]
    name = "series" if areas.count(areas[0]) == len(areas) > 1 else "areas"
    return "; ".join(f"{words(s['code'])} for {_some(s[name])}" for s in sides)


def by_number(sides: object) -> str:
    """Return numbers with who gives them: `code`, `low` and `high` of each.

    >>> by_number([{"code": "Police", "low": 3.0, "high": 3.0}])
    '3 (Police)'
    """
    if not isinstance(sides, list):
        return text(sides)
    return "; ".join(
        f"{' to '.join(dict.fromkeys([text(s['low']), text(s['high'])]))} ({s['code']})"
        for s in sides
    )


def quoted(value: object) -> str:
    """Return printed labels in quotation marks, at most five of them.

    >>> quoted(["Rape", None])
    '“Rape”, a figure without a label'
    """
    labels = value if isinstance(value, list | tuple) else [value]
    return _some(
        ["a figure without a label" if v is None else f"“{v}”" for v in labels]
    )


def _some(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


_SPECS = {
    "": text,
    "words": words,
    "period": periods,
    "by_period": by_period,
    "by_area": by_area,
    "by_number": by_number,
    "quoted": quoted,
}


@dataclass(frozen=True)
class Shown:
    """A value in a message template: `{x}` prints it, `{x:words}` says it.

    >>> "{unit:words}".format(unit=Shown("CASE"))
    'cases'
    """

    value: object

    def __format__(self, spec: str) -> str:
        return _SPECS[spec](self.value)


def sentence(template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values, beginning with a capital letter.

    A dot in a name is written `_` in the template.

    >>> sentence("{late:words}: {n}", {"late": "CONVICTED", "n": 1200})
    'Convicted: 1,200'
    """
    named = {name.replace(".", "_"): value for name, value in values.items()}
    said = template.format_map(_Shown(named))
    return said[:1].upper() + said[1:]


class _Shown(dict[str, Any]):
    """Values, each made fit to be shown when a template asks for it."""

    def __getitem__(self, name: str) -> Shown:
        return Shown(super().__getitem__(name))
