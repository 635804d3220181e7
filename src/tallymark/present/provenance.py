"""Where an output comes from, as JSON: inputs, adapters, suites, catalogue, operations.

Names files without their folders and knows no clock, so that the same inputs give the
same bytes on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallymark.model.finding import SuiteUsed
from tallymark.model.submission import Submission

SCHEMA = "tallymark-provenance-1"


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What went into an output.

    `catalogue` is the hash of the caveats' documents, `reference` the hashes of the
    reference data by name; `operations` say in order what was done to the figures.
    """

    version: str
    submissions: tuple[Submission, ...]
    suites: tuple[SuiteUsed, ...]
    catalogue: str
    reference: Mapping[str, str]
    operations: tuple[str, ...]


def provenance_json(provenance: Provenance, outputs: Mapping[str, bytes]) -> bytes:
    """Return the provenance of `outputs` (bytes by file name) as a JSON document."""
    document = {
        "schema": SCHEMA,
        "tallymark": provenance.version,
        "outputs": [
            {"file": name, "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(outputs.items())
        ],
        "inputs": [_input(submission) for submission in provenance.submissions],
        "suites": [
            {"name": suite.name, "version": suite.version, "sha256": suite.sha256}
            for suite in provenance.suites
        ],
        "catalogue": provenance.catalogue,
        "reference": dict(sorted(provenance.reference.items())),
        "operations": list(provenance.operations),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _input(submission: Submission) -> dict[str, Any]:
    source = submission.source
    return {
        "file": submission.file,
        "sha256": submission.sha256,
        "publisher": source.publisher,
        "title": source.title,
        "where": source.where,
        "url": source.url,
        "licence": source.licence,
        "read": None if source.read is None else source.read.isoformat(),
        "adapter": submission.adapter,
        "adapter_version": submission.adapter_version,
        "layout": submission.layout,
        "replaces": submission.replaces,
        "not_personal": dict(sorted(submission.not_personal.items())),
    }
