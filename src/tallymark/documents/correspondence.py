"""The correspondences of countries' offences with ICCS, and the lists of its codes."""

from __future__ import annotations

from pathlib import Path

from tallymark.documents import REFERENCE, load, read_code_list
from tallymark.errors import DocumentError, Problem, UsageError
from tallymark.model.correspondence import (
    Correspondence,
    CorrespondenceTable,
    IccsCode,
)

ICCS = "iccs"
"""The folder, here and in a user's own folder."""


def load_correspondence(
    iso3: str, country: str, own: Path | None = None
) -> CorrespondenceTable:
    """Return a country's offences with ICCS codes; one of the user's own goes first.

    Raises:
        DocumentError: the document is faulty, or names a code or tag that is not listed.
        UsageError: there is none for this country; those that there are, are named.
    """
    folders = [folder / ICCS for folder in (own, REFERENCE) if folder is not None]
    paths = [folder / f"{iso3}.yaml" for folder in folders]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        known = sorted({p.stem for folder in folders for p in folder.glob("*.yaml")})
        raise UsageError(
            f"There is no correspondence with ICCS for {iso3!r}.",
            hint=f"There are: {', '.join(known)}. docs/howto/confirm-iccs.md tells how "
            "to add one.",
        )
    found = load(path, Correspondence)
    table = CorrespondenceTable(
        country=country,
        correspondence=found,
        codes={
            row["code"]: IccsCode(**row)  # type: ignore[arg-type]  # cells are texts
            for row in read_code_list(REFERENCE / ICCS / "codes.csv")
        },
        tags={
            row["tag"]: row["meaning"]
            for row in read_code_list(REFERENCE / ICCS / "tags.csv")
        },
    )
    _refuse_unlisted(table, path)
    return table


def _refuse_unlisted(table: CorrespondenceTable, path: Path) -> None:
    problems = []
    for n, offence in enumerate(table.correspondence.offences):
        where = f"$.offences[{n}]"
        if offence.code not in table.codes:
            problems.append(Problem(f"no ICCS code {offence.code!r}", f"{where}.code"))
        problems += [
            Problem(f"no ICCS tag {tag!r}", f"{where}.tags")
            for tag in offence.tags
            if tag not in table.tags
        ]
    if table.correspondence.iso3 != path.stem:
        problems.append(Problem(f"the file is named {path.name}", "$.iso3"))
    if problems:
        raise DocumentError(path.name, problems)
