"""Where suites live, and how they are found by name or path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tallymark.check.expectation import Expectation, Suite
from tallymark.check.suite_reading import read_suite
from tallymark.check.suite_versions import parted
from tallymark.errors import UsageError


def suites_folder() -> Path:
    """Return the folder of the shipped suites: in the wheel, else in the repository."""
    package = Path(__file__).parents[1]
    shipped = package / "suites"
    return shipped if shipped.is_dir() else package.parents[1] / "expectations"


def load_suites(
    names: Sequence[str] | None = None, *, with_all: bool = False
) -> tuple[Suite, ...]:
    """Return suites by their names or paths, pinned to a version if `@1` follows.

    If none are named, all shipped ones but those that include others and those about
    cells, unless `with_all`: each expectation once. An expectation that two named suites
    share is kept with the first.

    Raises:
        UsageError: there is no such suite or version, or two share an expectation's
            slug.
        DocumentError: a suite is faulty, with all its problems.
    """
    shipped = {path.stem: path for path in sorted(suites_folder().glob("*.json"))}
    suites = []
    for given in shipped if names is None else dict.fromkeys(names):
        name, version = parted(given)
        path = shipped.get(name) or Path(name)
        if path.suffix != ".json" or not path.is_file():
            raise UsageError(
                f"there is no suite {name!r}.",
                hint=f"Shipped are {', '.join(shipped)}; or give the path of a .json. "
                "A version follows as @1.",
            )
        suites.append(read_suite(path, version))
    if names is None and not with_all:
        suites = [s for s in suites if not s.includes and s.rows == "observations"]
    _refuse_two_versions(suites)
    suites = _each_once(suites)
    refuse_shared_slugs(suites)
    return tuple(suites)


def _refuse_two_versions(suites: Sequence[Suite]) -> None:
    first: dict[str, int] = {}
    for suite in suites:
        other = first.setdefault(suite.name, suite.version)
        if other != suite.version:
            raise UsageError(
                f"versions {other} and {suite.version} of the suite {suite.name!r} "
                "cannot be run together.",
                hint="To compare them: tallymark diff-verdicts.",
            )


def _each_once(suites: Sequence[Suite]) -> list[Suite]:
    """Return suites without the expectations that an earlier one has just so."""
    seen: dict[str, Expectation] = {}
    kept = []
    for suite in suites:
        own = [e for e in suite.expectations if seen.get(e.slug) != e]
        seen |= {e.slug: e for e in own}
        kept.append(replace(suite, expectations=tuple(own)))
    return kept


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
