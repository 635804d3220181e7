"""Outputs put on disk with their provenance: what went into them, by hash.

Hides which documents an output depends on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallymark.errors import UsageError
from tallymark.model.finding import Findings
from tallymark.model.step import Step
from tallymark.model.submission import Submissions

if TYPE_CHECKING:  # the stages load on use
    from tallymark.interpret.catalogue import Catalogue
    from tallymark.model.caveat import Caveat
    from tallymark.present.provenance import Provenance


def save(
    target: Path, files: dict[str, bytes], provenance: Provenance
) -> tuple[Path, ...]:
    """Write an output's files, by their names, and its provenance beside `target`.

    Raises:
        UsageError: a file cannot be written; then none is.
    """
    from tallymark.present.provenance import SUFFIX, provenance_json
    from tallymark.present.writing import write_files

    _spare_inputs([target.parent / name for name in files], provenance)
    beside = {target.name + SUFFIX: provenance_json(provenance, files)}
    return write_files(target.parent, {**files, **beside}, make_folder=True)


def provenance_of(
    submissions: Submissions,
    findings: Findings | None,
    steps: Sequence[Step],
    *,
    catalogue: Catalogue | None = None,
    printed: Mapping[str, Any] | None = None,
) -> Provenance:
    """Return what an output is made from: inputs, documents and steps.

    Of the reference data, the documents of the series and areas that the inputs hold.
    """
    from tallymark import __version__
    from tallymark.interpret import load_catalogue
    from tallymark.present.provenance import Provenance

    known = catalogue or load_catalogue()
    documents = {
        "adapter": _adapters(submissions),
        "caveat": {c.slug: _caveat_hash(c) for c in known.caveats.values()},
        "rule": _rules(),
        "series": _series(submissions),
        "country": _countries(submissions),
    }
    return Provenance(
        version=__version__,
        submissions=submissions.items,
        suites=() if findings is None else findings.suites,
        catalogue=known.sha256,
        documents=documents,
        own=_own(submissions, documents),
        steps=tuple(steps),
        printed=printed or {},
    )


def _adapters(submissions: Submissions) -> dict[str, str]:
    found = {s.adapter: s.adapter_hash for s in submissions if s.adapter_hash}
    return dict(sorted(found.items()))


def _own(
    submissions: Submissions, documents: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """Return which of the documents are the user's own, by kind."""
    held = {
        "adapter": {s.adapter for s in submissions if s.is_own},
        "series": set(submissions.series),
        "country": set(submissions.countries),
    }
    used = {kind: sorted(ids & documents[kind].keys()) for kind, ids in held.items()}
    return {kind: ids for kind, ids in used.items() if ids}


def _caveat_hash(caveat: Caveat) -> str:
    from tallymark.documents import content_hash
    from tallymark.interpret.catalogue import SHIPPED

    path = SHIPPED / f"{caveat.slug}.yaml"
    return content_hash(path) if path.exists() else _hash(repr(caveat))


def _rules() -> dict[str, str]:
    """Return a hash for each caveat that rules of the algebra raise."""
    from tallymark.interpret.pairs import rules as pair_rules
    from tallymark.interpret.sums import rules as sum_rules

    told: dict[str, str] = {}
    for kind, rules in (("sum", sum_rules.RULES), ("pair", pair_rules.RULES)):
        for rule in rules:
            name = f"{kind}: {rule.caveat}"
            operations = sorted(getattr(rule, "operations", ()))
            said = f"{rule.judgement.name} {operations} {rule.holds}\n"
            told[name] = told.get(name, "") + said
    return {name: _hash(text) for name, text in told.items()}


def _series(submissions: Submissions) -> dict[str, str]:
    from tallymark.documents import content_hash

    names, paths = _documents("series", submissions, "series_id")
    found = {name: content_hash(path) for name, path in paths.items()}
    own = {n: h for n, h in submissions.series_hashes.items() if n in names}
    return dict(sorted({**found, **own}.items()))


def _countries(submissions: Submissions) -> dict[str, str]:
    """Return a hash of each country's sourced facts: no output rests on another one."""
    from tallymark.documents import load
    from tallymark.model.country import Country

    names, paths = _documents("countries", submissions, "ref_area")
    found = {name: load(path, Country) for name, path in paths.items()}
    found |= {name: c for name, c in submissions.countries.items() if name in names}
    return {name: _hash(repr(c.sourced())) for name, c in sorted(found.items())}


def _documents(
    folder: str, submissions: Submissions, column: str
) -> tuple[set[str], dict[str, Path]]:
    """Return the names in a column, and the shipped documents of these names."""
    from tallymark.documents import REFERENCE

    names = set(filter(None, submissions.observations[column].unique().to_pylist()))
    paths = {name: REFERENCE / folder / f"{name}.yaml" for name in sorted(names)}
    return names, {name: path for name, path in paths.items() if path.exists()}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _spare_inputs(outputs: Sequence[Path], provenance: Provenance) -> None:
    inputs = {Path(submission.path).resolve() for submission in provenance.submissions}
    for path in outputs:
        if path.resolve() in inputs:
            raise UsageError(
                "is one of the files that were read.",
                where=str(path),
                hint="Name another output: a sender's file is never overwritten.",
            )
