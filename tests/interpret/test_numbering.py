"""Rows of a table numbered by what several columns hold."""

from __future__ import annotations

import numpy as np

from tallymark.interpret.numbering import Numbering


def test_numbers_too_large_to_multiply_are_drawn_together_first():
    wide = Numbering(np.array([0, 2**61, 2**61], np.int64), 2**62)
    codes = Numbering(np.array([1, 0, 2], np.int32), 3)
    found = wide.beside(codes)
    assert len(set(found.numbers.tolist())) == 3
    assert found.bound <= 9
