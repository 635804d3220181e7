"""How the offences of a country lie to the codes of ICCS, for the country to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from tallymark.model.codes import OffenceRelation
from tallymark.model.country import Basis
from tallymark.model.series import FORBID_UNKNOWN_KEYS, Source


@dataclass(frozen=True, kw_only=True)
class LocalOffence:
    """An offence as a country's law or tables have it, and the ICCS code nearest to it.

    `relation` says how the local offence lies to the code; both are a proposal. With
    `basis: sourced` the law or label and the code were read in their sources.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    id: str
    law: str | None = None
    section: str | None = None
    labels: tuple[str, ...] = ()
    """As printed in the law or in tables; adapters map them by the same code."""
    language: str | None = None
    english: str | None = None
    """What it says in English, where no label does."""
    code: str
    relation: OffenceRelation
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """ICCS disaggregation: `Cy` cybercrime-related, `At` attempted."""
    basis: Basis
    confirm: str | None = None
    """What the country is asked besides whether the code is right."""
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse what is called sourced without a source, and an offence without a name."""
        if self.basis == "sourced" and self.source is None:
            raise ValueError("basis: sourced needs a source")
        if not (self.law or self.labels):
            raise ValueError("an offence needs a law or a label")


@dataclass(frozen=True, kw_only=True)
class Correspondence:
    """The offences of one country."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN_KEYS

    version: int
    iso3: str
    source: Source
    offences: tuple[LocalOffence, ...]


@dataclass(frozen=True, kw_only=True)
class IccsCode:
    """A category of ICCS 1.0; `basis` says whether its code was read in a source."""

    code: str
    title: str
    basis: Literal["sourced", "background"]
    source: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CorrespondenceTable:
    """A country's offences with what is needed to print them."""

    country: str
    correspondence: Correspondence
    codes: Mapping[str, IccsCode] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    """ICCS tag → what it means."""

    def title(self, code: str) -> str:
        """Return the title of a code; empty if the list has none."""
        return self.codes[code].title if code in self.codes else ""
