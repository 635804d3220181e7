"""Every fault is found at its place, and nothing is found that it does not explain."""

from __future__ import annotations

import pytest
from corpus.clean.reading import check
from corpus.faults import FAULTS
from corpus.judge import missed, told, unforeseen

_NAMES = [fault.name for fault in FAULTS]


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=_NAMES)
def test_fault_is_found(fault, corpus):
    changed = fault.change(corpus)
    findings = list(check(changed))
    assert missed(fault, changed, findings) == [], told(findings)
    assert told(unforeseen(fault, findings)) == []


def test_there_are_enough_faults():
    assert len(FAULTS) >= 100
    assert len(set(_NAMES)) == len(_NAMES)
    assert all(fault.raises for fault in FAULTS)
