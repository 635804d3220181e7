"""The limitations that a data contract states, as caveats of the series it covers.

Reads the Open Data Contract Standard (bitol.io, v3): `description.limitations`, and the
custom properties `tallymarkSeries`, `tallymarkLimits` and `tallymarkWeight`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from tallymark import documents
from tallymark.errors import DocumentError, Problem
from tallymark.model.caveat import Caveat, Example
from tallymark.model.codes import Use, Weight
from tallymark.model.condition import Compare, Condition, IsNull, Not
from tallymark.model.series import Source

_LIMITED = tuple(use for use in Use if use not in (Use.SHOW, Use.TOTAL))


def contract_caveats(path: Path, shipped: Collection[str] = ()) -> tuple[Caveat, ...]:
    """Return one caveat a line of the contract's limitations.

    They concern the series that `tallymarkSeries` names, or all; they limit every use,
    at weight medium, unless `tallymarkLimits` and `tallymarkWeight` say otherwise.
    `shipped` are sentences of shipped caveats: a contract made of series definitions
    repeats those of its series, which carry them already.

    Raises:
        DocumentError: the file is no data contract, or states no limitation.
    """
    contract = documents.read_document(path)
    problems: list[Problem] = []
    sentences = list(_limitations(contract, problems))
    given = _custom(contract)
    repeated = _repeated(given, shipped)
    series = _listed(given.get("tallymarkSeries"))
    limits = _codes(given, "tallymarkLimits", Use, problems) or _LIMITED
    weights = _codes(given, "tallymarkWeight", Weight, problems) or (Weight.MEDIUM,)
    if problems:
        raise DocumentError(path.name, problems)
    name = str(contract.get("name") or contract.get("id") or path.stem)
    source = Source(
        title=f"Data contract: {name}, version {contract.get('version', 'not given')}",
        where="description.limitations",
    )
    return tuple(
        Caveat(
            version=1,
            slug=f"{_slug(name)}-limitation-{n}",
            group="contract",
            text={"en": sentence},
            explanation="A limitation that the data contract of these figures states.",
            phase="observation",
            kind="sticky",
            applies_when=_of_series(series),
            also_when={},
            limits=limits,
            weight=weights[0],
            tier="core",
            sources=(source,),
            examples=(
                Example(holds=True, rows=({"series_id": (series or ("any",))[0]},)),
                Example(holds=False, rows=({},)),
            ),
        )
        for n, sentence in enumerate(sentences, start=1)
        if sentence not in repeated
    )


def _limitations(contract: Any, problems: list[Problem]) -> Iterator[str]:
    if not isinstance(contract, Mapping) or contract.get("kind") != "DataContract":
        problems.append(Problem("a data contract is needed (kind: DataContract)", "$"))
        return
    description = contract.get("description")
    said = description.get("limitations") if isinstance(description, Mapping) else None
    lines = [line.strip(" -*\t") for line in str(said or "").splitlines()]
    if not any(lines):
        problems.append(Problem("no limitation is stated", "$.description.limitations"))
    for line in filter(None, lines):
        yield line if line.endswith((".", "!", "?")) else line + "."


def _repeated(given: Mapping[str, Any], shipped: Collection[str]) -> frozenset[str]:
    """Return the shipped sentences that a contract has of its series' definitions."""
    made_of = given.get("tallymarkSources")
    series = made_of.get("series") if isinstance(made_of, Mapping) else None
    if not series or _listed(series) != _listed(given.get("tallymarkSeries")):
        return frozenset()
    return frozenset(" ".join(sentence.split()) for sentence in shipped)


def _custom(contract: Any) -> dict[str, Any]:
    properties = (
        contract.get("customProperties") if isinstance(contract, dict) else None
    )
    return {
        entry["property"]: entry.get("value")
        for entry in properties or ()
        if isinstance(entry, Mapping) and "property" in entry
    }


def _codes(
    given: Mapping[str, Any], name: str, codes: Any, problems: list[Problem]
) -> tuple[Any, ...]:
    known = {code.value: code for code in codes if code is not Use.SHOW}
    values = _listed(given.get(name))
    problems += [
        Problem(f"{name} is one of {', '.join(known)}, not {v!r}", "$.customProperties")
        for v in values
        if v not in known
    ]
    return tuple(known[v] for v in values if v in known)


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _of_series(series: tuple[str, ...]) -> Condition:
    return Compare("series_id", "in", series) if series else Not(IsNull("series_id"))


def _slug(name: str) -> str:
    """Return a name as a slug: `Canonical observations` to `canonical-observations`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "contract"
