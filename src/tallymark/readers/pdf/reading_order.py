"""Signs as they stand from left to right, to text in the order in which it is read.

Source: Unicode Standard Annex 9, rules W4, W5 and N1, turned round.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain

_RIGHT_TO_LEFT = ("R", "AL")
_NUMBERS = ("EN", "AN")
_MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
_CLOSING = frozenset(")]}»")


def is_right_to_left(text: str) -> bool:
    """Tell whether most letters are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) > kinds.count("L")


def in_reading_order(tokens: Sequence[str]) -> list[str]:
    """Return tokens, given as they stand from left to right, as they are read.

    A token is one sign; the letters of a ligature are in order already.

    >>> "".join(in_reading_order("2019 ליגב"))
    'בגיל 2019'
    """
    text = "".join(tokens)
    if text.isascii():
        return list(tokens)
    if is_right_to_left(text):
        return _leftward(tokens)
    kinds = [unicodedata.bidirectional(token[:1]) for token in tokens]
    read: list[str] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if kinds[at] in _RIGHT_TO_LEFT:  # up to the last such letter before a Latin one
            for place in range(at, len(tokens)):
                if kinds[place] == "L":
                    break
                if kinds[place] in _RIGHT_TO_LEFT:
                    end = place + 1
        read += _leftward(tokens[at:end]) if end > at + 1 else tokens[at:end]
        at = end
    return read


def _leftward(tokens: Sequence[str]) -> list[str]:
    """Return tokens of a text from right to left; numbers and Latin words keep theirs."""
    kinds = _kinds(tokens)
    pieces: list[Sequence[str]] = []
    at = 0
    while at < len(tokens):
        end = _end_of_rightward(kinds, at)
        pieces.append(tokens[at:end])
        at = end
    signs = list(chain.from_iterable(p for p in pieces[::-1] if len(p) == 1))
    facing = next((sign for sign in signs if sign in _MIRRORED), "")
    if facing in _CLOSING:  # the file tells how brackets look, not what they mean
        pieces = [
            [_MIRRORED.get(p[0], p[0])] if len(p) == 1 else list(p) for p in pieces
        ]
    return list(chain.from_iterable(pieces[::-1]))


def _end_of_rightward(kinds: Sequence[str], at: int) -> int:
    """Return the end of the number or the Latin words that begin at a place, or the next.

    Words keep what stands between them; a number is parted from what follows by a blank.
    """
    if kinds[at] not in ("L", *_NUMBERS):
        return at + 1
    end, has_word = at + 1, kinds[at] == "L"
    for place in range(at + 1, len(kinds)):
        if kinds[place] in _RIGHT_TO_LEFT:
            break
        if kinds[place] in ("L", *_NUMBERS) and (has_word or place == end):
            end, has_word = place + 1, has_word or kinds[place] == "L"
    return end


def _kinds(tokens: Sequence[str]) -> list[str]:
    """Return the bidirectional class of each token, marks within numbers as numbers."""
    kinds = [unicodedata.bidirectional(token[:1]) for token in tokens]
    joining = ("CS",) if "AL" in kinds else ("CS", "ES")
    for place in range(1, len(kinds) - 1):
        before, after = kinds[place - 1], kinds[place + 1]
        if kinds[place] in joining and before == after and before in _NUMBERS:
            kinds[place] = before
    for places in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        for place in places:
            neighbour = kinds[place - 1 if places.step > 0 else place + 1]
            if kinds[place] == "ET" and neighbour == "EN":
                kinds[place] = "EN"
    return kinds
