"""What a face takes from where it runs: folders of this user, the day, the time.

Nothing below a face asks for any of it.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

CACHE_VARIABLE = "TALLYMARK_CACHE"
OWN = "tallymark"
"""The folder of own documents that is used where it stands in the working folder."""
_OWN_KINDS = {
    "adapters": ("adapter", "adapters"),
    "series": ("series definition", "series definitions"),
    "countries": ("country", "countries"),
}


def own_folder(named: str | None) -> Path | None:
    """Return the folder of own documents: the one that is named, or the usual one.

    Tells on standard error what is used of it.
    """
    folder = Path(OWN if named is None else named)
    n_held = {kind: len(list((folder / kind).glob("*.yaml"))) for kind in _OWN_KINDS}
    if named is None and not any(n_held.values()):
        return None
    told = [f"{n} {_OWN_KINDS[kind][n != 1]}" for kind, n in n_held.items() if n]
    if told:
        click.echo(f"Using {told[0]} of {folder}{os.sep}", err=True)
    return folder


def default_cache() -> Path:
    """Return this user's cache folder, or the one that the environment names."""
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("tallymark", appauthor=False)


def repository() -> Path:
    """Return the root of the repository that the working folder is in, or that folder."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return folder
    return here


def today() -> date:
    """Return the day, the same in all time zones."""
    return datetime.now(UTC).date()


def build_time() -> datetime | None:
    """Return the time that reproducible builds are given; null without: no clock is asked."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() else None
