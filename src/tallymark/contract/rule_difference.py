"""How the rules of two contracts differ: removed, added, looser, stricter, or other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tallymark.contract.shape import OPERATORS
from tallymark.model.contract import ContractChange, View

Way = Literal["loosened", "tightened", "changed"]
_BREAKS: Mapping[str, tuple[View, ...]] = {
    "loosened": ("consumer",),
    "removed": ("consumer",),
    "tightened": ("producer",),
    "added": ("producer",),
    "changed": ("consumer", "producer"),
}
_RANKS = {"info": 0, "warning": 1, "error": 2, "critical": 2}
_LOWER = (
    "minimum", "exclusiveMinimum", "minLength", "min_value", "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo", "mostly",
)  # fmt: skip
_UPPER = (
    "maximum", "exclusiveMaximum", "maxLength", "max_value", "mustBeLessThan",
    "mustBeLessOrEqualTo",
)  # fmt: skip
_SETS = ("value_set", "validValues")
_SILENT = ("id", "name", "description", "tags", "schedule", "scheduler", "meta")
"""What of a rule says nothing about which data are right."""


def of_options(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str
) -> Iterator[ContractChange]:
    """Yield how the options of two logical types differ."""
    for name in dict.fromkeys([*old, *new]):
        if (way := _way(name, old.get(name), new.get(name))) is not None:
            what = f"{name}: {_said(old.get(name))} -> {_said(new.get(name))}"
            yield _change(path, f"limit {way}", what, way)


def of_quality(old: Any, new: Any, path: str) -> Iterator[ContractChange]:
    """Yield how two lists of quality rules differ; a rule is known by id or name."""
    olds, news = ({_key(rule): rule for rule in rules or ()} for rules in (old, new))
    for key in dict.fromkeys([*olds, *news]):
        before, after = olds.get(key), news.get(key)
        place = f"{path}.quality.{_name(before or after or {})}"
        if before is None or after is None:
            done = "added" if before is None else "removed"
            what = f"rule {_name(before or after or {})}"
            yield _change(place, f"rule {done}", what, done)
            continue
        ways = _ways(before, after)
        for name, way in ways:
            what = f"{name} of rule {_name(before)}"
            yield _change(place, f"rule {way}", what, way)


def _ways(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Way]]:
    """Return in what two versions of one rule differ, and which way."""
    olds, news = _flat(old), _flat(new)
    found = [
        (name, way)
        for name in dict.fromkeys([*olds, *news])
        if (way := _way(name, olds.get(name), news.get(name))) is not None
    ]
    if any(name in OPERATORS for name, _ in found) and len(found) > 1:
        return [("comparison", "changed")]
    return found


def _flat(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return what decides of a rule, with its arguments beside its own keys."""
    flat = {k: v for k, v in rule.items() if k not in _SILENT}
    flat.setdefault("severity", "error")
    said = flat.pop("implementation", None)
    if isinstance(said, Mapping):
        flat |= {"implementation": said.get("type"), **(said.get("kwargs") or {})}
    elif said is not None:
        flat["implementation"] = said
    return flat | dict(flat.pop("arguments", None) or {})


def _way(name: str, before: Any, after: Any) -> Way | None:
    """Return which way a value of a rule went; none if it stayed."""
    if before == after:
        return None
    if name == "severity":
        before, after = (_RANKS.get(str(v).lower(), 2) for v in (before, after))
        if before == after:
            return None
        return "tightened" if after > before else "loosened"
    if name in OPERATORS:
        is_known = name in (*_LOWER, *_UPPER)
        if before is None or after is None or not is_known:
            return "changed"
    if before is None or after is None:
        return "tightened" if before is None else "loosened"
    return _moved(name, before, after)


def _moved(name: str, before: Any, after: Any) -> Way:
    if name in _SETS and isinstance(before, list) and isinstance(after, list):
        olds, news = (
            {json.dumps(v, default=str) for v in vs} for vs in (before, after)
        )
        if olds < news or news < olds:
            return "loosened" if olds < news else "tightened"
    if type(before) in (int, float, str) and isinstance(after, type(before) | float):
        try:
            is_more = after > before
        except TypeError:
            return "changed"
        if name in _LOWER:
            return "tightened" if is_more else "loosened"
        if name in _UPPER:
            return "loosened" if is_more else "tightened"
    return "changed"


def _key(rule: Mapping[str, Any]) -> str:
    if named := rule.get("id") or rule.get("name"):
        return str(named)
    return json.dumps(rule, sort_keys=True, default=str)


def _name(rule: Mapping[str, Any]) -> str:
    named = rule.get("id") or rule.get("name") or rule.get("metric")
    return str(named or rule.get("description") or rule.get("type") or "without name")


def _change(path: str, kind: str, what: str, way: str) -> ContractChange:
    return ContractChange(path=path, kind=kind, what=what, breaks=_BREAKS[way])


def _said(value: Any) -> str:
    return "not given" if value is None else f"{value!s:.80}"
