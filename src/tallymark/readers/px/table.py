"""PX keywords into the dimensions of a table, in the wished language.

Hides that a dimension and its values have a name in each language, and codes beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from tallymark.errors import SourceError
from tallymark.readers.cube import Shape, positions, shape_of
from tallymark.readers.px.parsing import Entry, Parsed

_ONCE = ("STUB", "HEADING", "VALUES", "CODES", "KEYS")


@dataclass(frozen=True, kw_only=True)
class Keywords:
    """The keywords of a file as they are looked up: in the wished language first."""

    entries: tuple[Entry, ...]
    values: Mapping[tuple[str, str | None, tuple[str, ...]], tuple[str, ...]]
    languages: tuple[str | None, ...]
    """Those that count, the wished one first; null is the file's own."""
    known: tuple[str, ...]
    """All languages of the file, its own first."""

    def find(self, keyword: str, *of: str) -> tuple[str, ...] | None:
        """Return the values of `keyword`, or of `keyword("of")` for the first known `of`."""
        keys: list[tuple[str, ...]] = [(text.strip(),) for text in of] or [()]
        for language in self.languages:
            for key in keys:
                found = self.values.get((keyword, language, key))
                if found is not None:
                    return found
        return None

    def each(self, *keywords: str, of: Sequence[str] = ()) -> Iterator[tuple[str, ...]]:
        """Give the values of the keywords, put together, in each language that counts."""
        keys: list[tuple[str, ...]] = [(text.strip(),) for text in of] or [()]
        for language in self.languages:
            for key in keys:
                found = [self.values.get((k, language, key), ()) for k in keywords]
                yield tuple(chain(*found))

    def in_order(self, keywords: Sequence[str]) -> Iterator[Entry]:
        """Give the entries of the keywords, those in the wished language first."""
        for language in self.languages:
            for entry in self.entries:
                if entry.language == language and entry.keyword in keywords:
                    yield entry


def keywords_of(parsed: Parsed, language: str | None, name: str) -> Keywords:
    """Return the keywords for look-up in a language; null is the file's own.

    Raises:
        SourceError: the file does not have it, or says twice what its table is.
    """
    values: dict[tuple[str, str | None, tuple[str, ...]], tuple[str, ...]] = {}
    for entry in parsed.entries:
        of = tuple(text.strip() for text in entry.of)
        first = values.setdefault((entry.keyword, entry.language, of), entry.values)
        if first != entry.values and entry.keyword in _ONCE:
            raise SourceError(
                f"The PX file says {entry.keyword} twice, and not the same.",
                where=name,
                hint="No figure was read; ask for the file once more.",
            )
    own = values.get(("LANGUAGE", None, ()), ())[:1]
    declared = values.get(("LANGUAGES", None, ()), ())
    used = [entry.language for entry in parsed.entries if entry.language]
    known = tuple(dict.fromkeys((*own, *declared, *used)))
    languages: tuple[str | None, ...] = (None, *own)
    if language is not None and language not in own:
        if language not in known:
            raise SourceError(
                f"The file has no language {language!r}; it has"
                f" {', '.join(known[:20]) or 'no names for its languages'}.",
                where=name,
                hint="Change reader.language in the adapter.",
            )
        languages = (language, *languages)
    return Keywords(
        entries=parsed.entries, values=values, languages=languages, known=known
    )


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A variable of the table with its values; `numbers` finds them by text or code."""

    heading: str
    names: tuple[str, ...]
    """In each language that counts, without outer blanks."""
    labels: tuple[str, ...]
    codes: tuple[str, ...] | None
    numbers: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The dimensions, those of STUB first."""

    dimensions: tuple[Dimension, ...]
    numbers: Mapping[str, int]
    """Of dimensions, by name in any language."""
    n_stub: int
    shape: Shape

    @property
    def n_columns(self) -> int:
        """How many figures a row of the printed table has."""
        return Shape(sizes=self.shape.sizes[self.n_stub :]).n


def table_of(keywords: Keywords, name: str) -> Table:
    """Return the table that the keywords tell of.

    Raises:
        SourceError: they contradict each other, leave out a dimension, or tell of more
            dimensions or figures than the limits.
    """
    stub, heading = keywords.find("STUB") or (), keywords.find("HEADING") or ()
    names = [text.strip() for text in (*stub, *heading)]
    if not names:
        raise SourceError("The PX file has neither STUB nor HEADING.", where=name)
    numbers = positions(names, "The list of dimensions", name)
    aliases: list[list[str]] = [[text] for text in names]
    for others in keywords.each("STUB", "HEADING"):
        if len(others) == len(names):
            for number, text in enumerate(others):
                aliases[number].append(text.strip())
                numbers.setdefault(text.strip(), number)
    dimensions = [
        _dimension(keywords, text, aliases[number], name)
        for number, text in enumerate((*stub, *heading))
    ]
    return Table(
        dimensions=tuple(dimensions),
        numbers=numbers,
        n_stub=len(stub),
        shape=shape_of([len(d.labels) for d in dimensions], name),
    )


def _dimension(
    keywords: Keywords, heading: str, aliases: Sequence[str], name: str
) -> Dimension:
    codes = keywords.find("CODES", *aliases)
    labels = keywords.find("VALUES", *aliases) or codes
    if labels is None:
        raise SourceError(
            f"The PX file has no VALUES for {heading[:80]!r}.",
            where=name,
            hint="It may have been cut short on its way; ask for it once more.",
        )
    if codes is not None and len(codes) != len(labels):
        raise SourceError(
            f"{heading[:80]!r} has {len(labels):,} VALUES and {len(codes):,} CODES.",
            where=name,
            hint="It is unclear which code is whose; ask for the file once more.",
        )
    numbers: dict[str, int] = {}
    for texts in (labels, codes or (), *keywords.each("VALUES", of=aliases)):
        if len(texts) == len(labels):
            n_times = Counter(texts)
            for number, text in enumerate(texts):
                if n_times[text] == 1:  # else it is unclear which value is meant
                    numbers.setdefault(text, number)
    return Dimension(
        heading=heading,
        names=tuple(aliases),
        labels=labels,
        codes=codes,
        numbers=numbers,
    )
