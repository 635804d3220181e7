"""No benign change raises anything above information, and nothing fails to run."""

from __future__ import annotations

import pytest
from corpus.benign import BENIGN
from corpus.clean.reading import check
from corpus.judge import above_info, told

_NAMES = [benign.name for benign in BENIGN]


@pytest.mark.slow
@pytest.mark.parametrize("benign", BENIGN, ids=_NAMES)
def test_benign_change_raises_nothing(benign, corpus):
    findings = check(benign.change(corpus))
    assert told(above_info(findings)) == []
    assert findings.not_checked() == ()


def test_there_are_enough_benign_changes():
    assert len(BENIGN) >= 30
    assert len(set(_NAMES)) == len(_NAMES)
