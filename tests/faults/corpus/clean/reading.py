"""The clean set as a check takes it: written, read, and set beside what is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from corpus.clean import borland, others
from corpus.clean.known import reference
from corpus.clean.sheets import Book, Style, write
from tallymark import pipeline
from tallymark.model.context import Reference
from tallymark.model.finding import Findings
from tallymark.model.submission import Submission, Submissions
from tallymark.pipeline import checking

_ADAPTERS = Path(__file__).parent / "adapters"
BOOKS: dict[str, Callable[[], Book]] = {
    "borland-police.xlsx": borland.book,
    "caldonia-children.xlsx": others.caldonia,
    "dorovia-charges.xlsx": others.dorovia,
    "erewon-online.xlsx": others.erewon,
    "fenizia-online.csv": others.fenizia,
    "tips-by-country.csv": others.tips,
}
_ADAPTER = dict(zip(BOOKS, ("xba", "xca", "xda", "xea", "xfa", "tips"), strict=True))


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """What was sent, and what is known of it."""

    submissions: Submissions
    reference: Reference


def clean(folder: Path) -> Corpus:
    """Write the clean set into a folder and read it."""
    items = [read(folder, name, book()) for name, book in BOOKS.items()]
    return Corpus(submissions=Submissions(tuple(items)), reference=reference())


def read(
    folder: Path,
    name: str,
    book: Book,
    style: Style | None = None,
    *,
    called: str = "",
    adapter: str = "",
) -> Submission:
    """Write a book and read it with the adapter of the file of that name.

    `called` is the name under which it is written, `adapter` the text of another
    adapter.

    Raises:
        TallymarkError: the file cannot be read.
    """
    path = folder / (called or name)
    write(book, path, style)
    document = adapter_of(name)
    if adapter:
        document = folder / f"{document.stem}.yaml"
        document.write_text(adapter, encoding="utf-8")
    submissions = pipeline.read(path, str(document))
    for error in submissions.errors:
        raise error
    return submissions.items[0]


def adapter_of(name: str) -> Path:
    """Return the adapter document of a file of the clean set."""
    return _ADAPTERS / f"{_ADAPTER[name]}.yaml"


def check(corpus: Corpus) -> Findings:
    """Return what all shipped suites find."""
    with patch.object(checking, "load_reference", lambda *_: corpus.reference):
        return pipeline.check(corpus.submissions)
