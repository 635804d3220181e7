"""Letters that are written in several ways, or that cannot be written as they are."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u02bb\u00b4`"), "'")
_SURROGATES = re.compile("[\ud800-\udfff]+")


def escaped(letters: str) -> str:
    r"""Return letters as JSON escapes them; a byte of a file's name as `\xNN`.

    >>> print(escaped("ก"), escaped("\U0001f642"), escaped("\udcf3"))
    \u0e01 \ud83d\ude42 \xf3
    """
    return "".join(map(_escaped, letters))


def legible_name(name: str) -> str:
    r"""Return a file's name as any output can hold it.

    A name on disk is bytes; those that the locale cannot read come to Python as
    surrogates, which no file may hold.

    >>> print(legible_name("Relat\udcc3\udcb3rio.xlsx"), legible_name("Relat\udcf3rio"))
    Relatório.xlsx Relat\xf3rio
    """
    if _SURROGATES.search(name) is None:
        return name
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return _SURROGATES.sub(lambda found: escaped(found[0]), name)


def folded_name(name: str) -> str:
    r"""Return a name without what people write differently: capitals, accents, apostrophes.

    >>> folded_name("CO\u0302TE D’IVOIRE"), folded_name("Việt Nam")
    ("cote d'ivoire", 'viet nam')
    """
    letters = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def _escaped(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
