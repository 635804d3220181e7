"""Where an output comes from."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from tallymark.model.columns import empty_table
from tallymark.model.finding import SuiteUsed
from tallymark.model.observation import SCHEMA
from tallymark.model.series import Source
from tallymark.model.step import Step
from tallymark.model.submission import LOSS_SCHEMA, REGION_SCHEMA, Submission
from tallymark.present.provenance import Provenance, provenance_json


def test_provenance_names_everything_that_went_in_and_no_folder() -> None:
    submission = Submission(
        file="a.xlsx",
        path="/somewhere/else/a.xlsx",
        sha256="aa",
        adapter="ncmec",
        adapter_version=2,
        layout="ll",
        source=Source(title="T", publisher="P", read=date(2026, 11, 1), licence="CC0"),
        observations=empty_table(SCHEMA),
        losses=empty_table(LOSS_SCHEMA),
        regions=empty_table(REGION_SCHEMA),
        n_numeric=0,
        not_personal={"Annex 2": "one row per district"},
    )
    provenance = Provenance(
        version="0.1.0",
        submissions=(submission,),
        suites=(SuiteUsed(name="observations", version="1", sha256="ss"),),
        catalogue="cc",
        documents={"series": {"s": "r2"}, "caveat": {"b": "c2", "a": "c1"}},
        steps=(
            Step(operation="where", arguments={"stage": "CONVICTED"}, before=()),
            Step(operation="table", arguments={"rows": "ref_area"}, before=()),
        ),
        printed={"title": "T", "cells": [{"at": [0, 0]}, {"at": [0, 1]}]},
    )
    content = provenance_json(provenance, {"out.html": b"page"})
    assert json.loads(content) == {
        "schema": "tallymark-provenance-2",
        "tallymark": "0.1.0",
        "outputs": [
            {"file": "out.html", "sha256": hashlib.sha256(b"page").hexdigest()}
        ],
        "inputs": [
            {
                "file": "a.xlsx",
                "sha256": "aa",
                "publisher": "P",
                "title": "T",
                "where": None,
                "url": None,
                "licence": "CC0",
                "read": "2026-11-01",
                "adapter": "ncmec",
                "adapter_version": 2,
                "layout": "ll",
                "replaces": [],
                "not_personal": {"Annex 2": "one row per district"},
            }
        ],
        "suites": [{"name": "observations", "version": "1", "sha256": "ss"}],
        "catalogue": "cc",
        "documents": {"caveat": {"a": "c1", "b": "c2"}, "series": {"s": "r2"}},
        "steps": [
            {"operation": "where", "arguments": {"stage": "CONVICTED"}},
            {"operation": "table", "arguments": {"rows": "ref_area"}},
        ],
        "title": "T",
        "cells": [{"at": [0, 0]}, {"at": [0, 1]}],
    }
    assert b"somewhere" not in content
