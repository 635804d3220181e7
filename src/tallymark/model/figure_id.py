"""Short ids of figures, such as `KEN-2018-CONVICTED·7f3a`.

An id says what a figure is about and how it came about, never what its number is: a
corrected figure keeps its id. Hides what goes into the hash, and how long it must be.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tallymark.model.figure import TYPE_COLUMNS, Figure
from tallymark.model.step import Step

SIGN = "·"
NAME_COLUMNS = ("ref_area", "time_period", "stage")
_KEYED = tuple(c for c in TYPE_COLUMNS if c not in ("area_level", "freq"))
_LEAST, _MOST = 4, 16
_ID = re.compile(rf"(?P<name>.*)[·~](?P<key>[0-9a-f]{{{_LEAST},{_MOST}}})", re.DOTALL)
_UNSEEN = frozenset({"resolve", "table", "sum"})
"""Steps that leave a figure what it is, or that its parts tell of."""


def figure_name(type_: Mapping[str, object]) -> str:
    """Return what of an id can be read: area, period, stage, and any unusual statistic.

    >>> figure_name({"ref_area": "KEN", "time_period": "2018", "statistic": "PERCENT"})
    'KEN-2018-PERCENT'
    """
    parts = [str(type_[c]) for c in NAME_COLUMNS if type_.get(c) is not None]
    statistic = type_.get("statistic")
    if statistic not in (None, "COUNT"):
        parts.append(str(statistic))
    return "-".join(parts) or "SEVERAL"


def parse_id(text: str) -> tuple[str, str] | None:
    """Return name and hash of an id; null if the text is none.

    `~` stands for the sign that a keyboard lacks.

    >>> parse_id("KEN-2018·7f3a"), parse_id("KEN-2018~7f3a"), parse_id("KEN-2018")
    (('KEN-2018', '7f3a'), ('KEN-2018', '7f3a'), None)
    """
    found = _ID.fullmatch(text.strip())
    return (found["name"], found["key"]) if found else None


def figure_ids(
    figures: Sequence[Figure], steps: Sequence[Step] = ()
) -> tuple[str, ...]:
    """Return the ids of figures after these steps, in order, each its own.

    A hash is as long as the figures of its name need.
    """
    keys = figure_keys(figures, steps)
    named = [(figure_name(f.type), key) for f, key in zip(figures, keys, strict=True)]
    ids = [name + SIGN + key[:_LEAST] for name, key in named]
    for length in range(_LEAST + 2, _MOST + 1, 2):
        held = Counter(ids)
        ids = [
            id_ if held[id_] == 1 else name + SIGN + key[:length]
            for id_, (name, key) in zip(ids, named, strict=True)
        ]
    return tuple(ids)


def figure_keys(figures: Sequence[Figure], steps: Sequence[Step]) -> list[str]:
    """Return the full hashes of figures, in order.

    Figures that share all dimensions are told apart by their source cells.
    """
    said = ["\x1f".join(_said(figure, steps)) for figure in figures]
    held = Counter(said)
    return [
        hashlib.sha256(
            "\x1f".join([text, *(f.obs_ids if held[text] > 1 else ())]).encode()
        ).hexdigest()[:_MOST]
        for f, text in zip(figures, said, strict=True)
    ]


def _said(figure: Figure, steps: Sequence[Step]) -> list[str]:
    """Return the dimensions, and the operations that they do not tell of.

    A choice (`where`) counts only where parts were put together and their differences
    show no more; so a figure has one id, whichever table it was chosen for.
    """
    said = [f"{name}={_text(figure.type.get(name))}" for name in _KEYED]
    is_sum = figure.n_declared > 1 or len(figure.obs_ids) > 1
    said += ["sum"] * is_sum
    for step in steps:
        arguments = dict(step.arguments)
        if step.operation == "where":
            arguments = {
                name: ",".join(sorted(wanted.split(",")))
                for name, wanted in arguments.items()
                if is_sum and _text(figure.type.get(name)) not in wanted.split(",")
            }
            if not arguments:
                continue
        if step.operation not in _UNSEEN:
            told = [f"{name}={value}" for name, value in sorted(arguments.items())]
            said.append(" ".join([step.operation, *told]))
    return said


def _text(value: object) -> str:
    return "" if value is None else str(value)
