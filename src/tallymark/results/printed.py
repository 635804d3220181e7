"""What the verbs give back to be read: each prints itself in several forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pandas and the catalogue load on use
    from tallymark.model.citation import Citation
    from tallymark.model.comparison import Beside
    from tallymark.model.lineage import Why


@dataclass(frozen=True)
class Lineage:
    """Where a figure comes from; printed, it tells of it in words."""

    record: Why

    @property
    def id(self) -> str:
        """The figure's short id."""
        return self.record.chain.id

    def to_text(self, *, all_parts: bool = False) -> str:
        """Return the account in words; of many parts, those that matter most."""
        return self._rendered("all" if all_parts else "text")

    def to_json(self) -> str:
        """Return the whole account as a JSON document."""
        return self._rendered("json")

    def __str__(self) -> str:
        return self.to_text()

    def _rendered(self, name: str) -> str:
        from tallymark.present import render

        return render("why", name, self.record)[""].decode()


@dataclass(frozen=True)
class Cited:
    """What to cite for a figure; printed, it is text."""

    record: Citation

    def to_bibtex(self) -> str:
        """Return BibTeX entries of the sources and of the tool."""
        return self._rendered("bibtex")

    def to_csl_json(self) -> str:
        """Return CSL-JSON, which Zotero and pandoc read."""
        return self._rendered("csl-json")

    def __str__(self) -> str:
        return self._rendered("text")

    def _rendered(self, name: str) -> str:
        from tallymark.present import render

        return render("citation", name, self.record)[""].decode()


@dataclass(frozen=True)
class CountryPage:
    """A country's capacity and what may stand beside its figures; printed, it is text."""

    record: Beside

    def to_html(self) -> str:
        """Return a page that needs no other file."""
        return self._rendered("html")

    def to_markdown(self) -> str:
        """Return the page as Markdown."""
        return self._rendered("md")

    def __str__(self) -> str:
        return self._rendered("text")

    def _repr_html_(self) -> str:
        return self.to_html()

    def _rendered(self, name: str) -> str:
        from tallymark.present import render

        return render("beside", name, self.record)[""].decode()
