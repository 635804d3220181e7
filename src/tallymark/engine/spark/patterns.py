"""Patterns as DuckDB reads them (RE2), in the words of Java: same matches, no more."""

from __future__ import annotations

import re

_SET = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_PIECE = re.compile(rf"{_SET.pattern}|\\.|.", re.DOTALL)
_IN_SET = re.compile(r"\[:(?P<is_not>\^?)(?P<name>\w+):\]|\\.|.", re.DOTALL)
_EDGE = r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))"
_INSIDE = r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))"
_PIECES = {
    "$": r"\z",  # Java also ends a text before its last line break
    r"\b": _EDGE,  # to Java, letters of all scripts are letters here
    r"\B": _INSIDE,
}
_CLASSES = {
    "alnum": "Alnum",
    "alpha": "Alpha",
    "ascii": "ASCII",
    "blank": "Blank",
    "cntrl": "Cntrl",
    "digit": "Digit",
    "graph": "Graph",
    "lower": "Lower",
    "print": "Print",
    "punct": "Punct",
    "space": "Space",
    "upper": "Upper",
    "xdigit": "XDigit",
}
_FLAGS = re.compile(r"\(\?([a-zA-Z]*i[a-zA-Z]*)(-[a-zA-Z]+)?([:)])")


def java_pattern(pattern: str) -> str:
    r"""Return a pattern with the same matches in Java.

    >>> java_pattern("^[0-9]+$")
    '(?d)^[0-9]+\\z'
    """
    written = "".join(_piece(piece) for piece in _PIECE.findall(pattern))
    # (?d): only \n ends a line; (?u): cases of all scripts, where cases are alike.
    return "(?d)" + _FLAGS.sub(r"(?\1u\2\3", written)


def java_first(pattern: str, replacement: str) -> tuple[str, str]:
    """Return pattern and replacement that change the first match only.

    The text before it is matched too, as the first group, and put back.
    """
    return f"(?s)^(.*?)(?-s:{java_pattern(pattern)})", "$1" + _replacement(
        replacement, first=2
    )


def java_all(pattern: str, replacement: str) -> tuple[str, str]:
    """Return pattern and replacement that change every match."""
    return java_pattern(pattern), _replacement(replacement, first=1)


def _piece(piece: str) -> str:
    if piece.startswith("[") and len(piece) > 1:
        head = piece[: 2 if piece[1] == "^" else 1]
        return head + _IN_SET.sub(_member, piece[len(head) : -1]) + "]"
    return _PIECES.get(piece, piece)


def _member(member: re.Match[str]) -> str:
    """Return what stands in a set: a bracket or && is a sign like others in RE2."""
    if member["name"]:
        return rf"\{'P' if member['is_not'] else 'p'}{{{_CLASSES[member['name']]}}}"
    sign = member[0]
    return "\\" + sign if sign in "[]&" else sign


def _replacement(text: str, *, first: int) -> str:
    r"""Return what stands for a match: `\1` of RE2 is `$1` in Java, `$` is `\$`."""
    written = text.replace("$", r"\$")
    return re.sub(r"\\(\d)", lambda group: f"${int(group[1]) + first - 1}", written)
