"""Messages in plain words: numbers as they are printed, codes as they are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallymark.model.period import period_label
from tallymark.model.words import number_text

_COLUMNS = {
    "obs_id": "row key",
    "series_id": "series",
    "ref_area": "area",
    "freq": "frequency",
    "time_period": "period",
    "offence": "offence code",
    "age_group": "age group",
    "obs_value": "figure",
    "value_low": "least possible value",
    "value_high": "greatest possible value",
    "unit_mult": "unit multiplier",
    "base_n": "base of the percentage",
    "obs_status": "observation status",
    "conf_status": "confidentiality status",
    "source_ref": "source cell",
}
_CODES = {
    "OFFENCE": "offences",
    "CASE": "cases",
    "PERSON": "persons",
    "VICTIM": "victims",
    "REPORT": "reports",
    "FILE": "files",
    "IP_ADDRESS": "IP addresses",
    "NOTICE": "notices",
    "RESPONDENT": "respondents",
    "UNSTATED": "an unstated unit",
    "OCSEA": "online child sexual exploitation and abuse (OCSEA)",
    "CSEA": "child sexual exploitation and abuse (CSEA), online or not",
    "CYBERTIP": "CyberTipline reports",
}


def words(value: object) -> str:
    """Return a code, a column name or a list of them as it is said in a sentence.

    >>> words("BROUGHT_TO_COURT"), words("PERSON"), words("counting_unit")
    ('brought to court', 'persons', 'counting unit')
    """
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    if not isinstance(value, str):
        return text(value)
    plain = value.replace("_", " ")
    return _CODES.get(value) or _COLUMNS.get(value) or plain.lower()


def text(value: object) -> str:
    """Return a value as it is printed; whole numbers with thousands commas.

    >>> text(636281.0), text(None), text(["a", "b"])
    ('636,281', 'nothing', 'a, b')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(text(item) for item in value)
    return str(value)


@dataclass(frozen=True)
class Shown:
    """A value in a message template: `{x}` prints it, `{x:words}` says it.

    `{x:period}` prints an SDMX period as a reader knows it.

    >>> "{unit:words}".format(unit=Shown("CASE"))
    'cases'
    """

    value: object

    def __format__(self, spec: str) -> str:
        if spec == "words":
            return words(self.value)
        if spec == "period" and isinstance(self.value, str):
            return _period(self.value)
        return text(self.value)


def sentence(template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled with values, beginning with a capital letter.

    A dot in a name is written `_` in the template.

    >>> sentence("{late:words}: {n}", {"late": "CONVICTED", "n": 1200})
    'Convicted: 1,200'
    """
    shown = {name.replace(".", "_"): Shown(value) for name, value in values.items()}
    said = template.format(**shown)
    return said[:1].upper() + said[1:]


def _period(time_period: str) -> str:
    try:
        return period_label(time_period)
    except ValueError:
        return time_period
