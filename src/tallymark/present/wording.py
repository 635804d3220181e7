"""The fixed words of the printed faces: letters, reasons, uses, codes.

Source of the letters: the flags of Eurostat and the shorthand of the UK Government
Statistical Service; of the capitals: SDMX CL_OBS_STATUS 2.2.
"""

from __future__ import annotations

from unicodedata import category

from tallymark.model.codes import MissingReason, Severity, Use

NO_ENTRY = "no entry"
NOT_CALCULATED = "not calculated"
NOT_COMPARABLE = "not comparable"

LETTERS = {
    "b": "break in the series",
    "c": "confidential",
    "e": "estimated",
    "p": "provisional",
    "r": "revised",
    "u": "low reliability",
    "x": "not available",
    "z": "not applicable",
}

STATUS_LETTERS = {"B": "b", "E": "e", "I": "e", "P": "p", "R": "r", "U": "u"}
"""SDMX status to letter. SDMX has no "revised"; R is what ingest keeps for it."""

STATUS_CAPITALS = {
    "D": "definition differs",
    "F": "forecast",
    "G": "experimental",
    "H": "missing, holiday or weekend",
    "J": "derogation",
    "K": "included in another category",
    "L": "not collected",
    "M": "cannot exist",
    "N": "not significant",
    "O": "missing",
    "Q": "suppressed",
    "S": "special event",
    "V": "not validated",
    "W": "includes another category",
}
"""SDMX statuses that have no letter of their own; they print as they are."""

REASON_LETTERS = {
    MissingReason.SUPPRESSED: "c",
    MissingReason.NOT_APPLICABLE: "z",
    MissingReason.NOT_CRIMINALISED: "z",
}
"""Every other missing reason prints x."""

REASONS = {
    MissingReason.NOT_ASKED: "not asked for",
    MissingReason.NOT_PROVIDED: "not provided",
    MissingReason.DECLINED: "the sender declined to give it",
    MissingReason.NOT_RECORDED: "not recorded by the authority",
    MissingReason.NOT_AVAILABLE: "marked as not available",
    MissingReason.NOT_APPLICABLE: "marked as not applicable",
    MissingReason.NOT_CRIMINALISED: "the conduct was no offence then",
    MissingReason.INCLUDED_ELSEWHERE: "included in another figure",
    MissingReason.SUPPRESSED: "hidden by the source",
    MissingReason.RANGE: "given as a range",
    MissingReason.UNREADABLE: "could not be read",
    MissingReason.BLANK: "left blank",
    MissingReason.UNKNOWN: "no reason given",
}

USES = {
    Use.SHOW: "showing",
    Use.TOTAL: "adding up",
    Use.LEVEL: "saying how much abuse there is",
    Use.TREND: "describing change over time",
    Use.CROSS_COUNTRY: "comparing countries",
    Use.RANKING: "ranking",
    Use.RATIO_ATTRITION: "ratios of stages (such as a conviction rate)",
    Use.CAUSAL: "saying what caused what",
    Use.PUBLICATION: "publishing small numbers",
}
"""What a use is called after "do not use these figures for"."""

COMPARISONS = frozenset(
    {Use.TREND, Use.CROSS_COUNTRY, Use.RANKING, Use.RATIO_ATTRITION, Use.CAUSAL}
)

SEVERITIES = {
    Severity.CRITICAL: ("critical", "critical"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}
"""One of them, and several."""


def refused(use: Use) -> str:
    """Return what is printed for a refused figure; never a word for a refusing country.

    >>> refused(Use.TOTAL), refused(Use.RANKING)
    ('not calculated', 'not comparable')
    """
    return NOT_COMPARABLE if use in COMPARISONS else NOT_CALCULATED


def status_text(status: str) -> str:
    """Return what a printed letter or SDMX capital means.

    >>> status_text("p"), status_text("W")
    ('provisional', 'includes another category')
    """
    known = LETTERS | STATUS_CAPITALS
    return known.get(status, f"SDMX observation status {status}")


def listed(parts: list[str], word: str = "and") -> str:
    """Return the parts as a list that can be read aloud.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def counted(n: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "file"), counted(1200, "file")
    ('1 file', '1,200 files')
    """
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def one_line(text: str) -> str:
    r"""Return text fit for one line: white space collapsed, control characters shown.

    A control character from a sender's file must not reach a terminal.

    >>> one_line("a\n b\x1b[31m")
    'a b�[31m'
    """
    collapsed = " ".join(text.split())
    if collapsed.isprintable():
        return collapsed
    return "".join("�" if category(c) in ("Cc", "Cs") else c for c in collapsed)
