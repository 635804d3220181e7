"""Which labels and headings say that their figures are sums of others."""

from __future__ import annotations

import re

from tallymark.ingest.drafting.meaning.wordings import meaning_of

_TOTAL = re.compile(r"(?i)(?:sub|grand|state|national)?[ -]?totals?(?:[\s:(].*)?")


def is_total(text: str) -> bool:
    """Tell whether a label says that its figures are sums of others.

    >>> is_total("Jumlah"), is_total("Total sexual crimes"), is_total("Totality")
    (True, True, False)
    """
    named = meaning_of("any", text)
    return (named is not None and named.value == "_T") or bool(_TOTAL.fullmatch(text))
