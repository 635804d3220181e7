"""Suites: promises about observations, and where the shipped ones live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallymark.check.rule import ExpectationType
from tallymark.errors import UsageError
from tallymark.model.codes import Severity
from tallymark.model.condition import Condition
from tallymark.model.series import Source


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an expectation is for, in words; a suite file keeps it under `meta`."""

    slug: str
    version: int
    promise: str
    why: str
    action: str
    ask: str
    """A neutral question to the sender, to be answered yes, no or not known."""
    example: str
    dimension: str
    """An ESMS concept, such as COMPAR_TIME."""
    source: Source


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One promise about the observations, and what to do where it is not kept."""

    type: ExpectationType
    kwargs: Mapping[str, Any]
    severity: Severity
    meaning: Meaning
    mostly: float = 1.0
    """Least share of what is looked at that must be right."""
    row_condition: Condition | str | None = None
    """Text if it is meant for another engine and cannot be translated."""

    @property
    def slug(self) -> str:
        """The expectation's name, stable once released."""
        return self.meaning.slug


@dataclass(frozen=True, kw_only=True)
class Suite:
    """A named list of expectations, and the hash of the file it was read from."""

    name: str
    version: int
    title: str
    source: Source
    sha256: str
    expectations: tuple[Expectation, ...]


def suites_folder() -> Path:
    """Return the folder of the shipped suites: in the wheel, else in the repository."""
    package = Path(__file__).parents[1]
    shipped = package / "suites"
    return shipped if shipped.is_dir() else package.parents[1] / "expectations"


def load_suites(names: Sequence[str] | None = None) -> tuple[Suite, ...]:
    """Return suites by their names or paths; all shipped ones if none are named.

    Raises:
        UsageError: there is no such suite, or two share an expectation's slug.
        DocumentError: a suite is faulty, with all its problems.
    """
    # Reading needs every expectation type; whoever only runs a suite does not.
    from tallymark.check.suite_reading import read_suite  # noqa: PLC0415  # see above

    shipped = {path.stem: path for path in sorted(suites_folder().glob("*.json"))}
    suites = []
    for name in shipped if names is None else names:
        path = shipped.get(name) or Path(name)
        if path.suffix != ".json" or not path.is_file():
            raise UsageError(
                f"there is no suite {name!r}.",
                hint=f"Shipped are {', '.join(shipped)}; or give the path of a .json.",
            )
        suites.append(read_suite(path))
    refuse_shared_slugs(suites)
    return tuple(suites)


def suite_entry(slug: str) -> Expectation | None:
    """Return the shipped expectation of that slug, if there is one."""
    for suite in load_suites():
        for expectation in suite.expectations:
            if expectation.slug == slug:
                return expectation
    return None


def refuse_shared_slugs(suites: Sequence[Suite]) -> None:
    """Stop if a slug stands in two suites: their findings could not be told apart.

    Raises:
        UsageError: naming both suites.
    """
    first: dict[str, str] = {}
    for suite in suites:
        for expectation in suite.expectations:
            other = first.setdefault(expectation.slug, suite.name)
            if other != suite.name:
                raise UsageError(
                    f"suites {other!r} and {suite.name!r} both have an expectation "
                    f"{expectation.slug!r}.",
                    hint="Rename one of them, or run one suite at a time.",
                )
