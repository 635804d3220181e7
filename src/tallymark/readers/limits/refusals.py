"""What is said of files that cannot be read, in the same words everywhere."""

from __future__ import annotations

from tallymark.errors import SourceError

_ASK_AGAIN = "It may have been cut short on its way; ask for it once more."


def broken(name: str, what: str, why: object) -> SourceError:
    """Return the error of a file that is cut short or damaged."""
    return SourceError(f"{what} is broken ({why}).", where=name, hint=_ASK_AGAIN)


def missing(name: str) -> SourceError:
    """Return the error of a part that a file should have."""
    return SourceError("This part of the file is missing.", where=name, hint=_ASK_AGAIN)


def locked(name: str, what: str) -> SourceError:
    """Return the error of a file that has a password."""
    return SourceError(
        f"{what} has a password.",
        where=name,
        hint="Open it, save it without the password, and pass that file.",
    )


def too_much(name: str, what: str, limit: str) -> SourceError:
    """Return the error of a file beyond a limit; `limit` goes after "holds"."""
    return SourceError(
        f"{what} holds {limit}.",
        where=name,
        hint="It is not read; ask for the table alone.",
    )
