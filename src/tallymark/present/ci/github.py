"""A verdict as annotations of GitHub Actions: the ten worst errors and warnings.

GitHub shows ten of each a step and drops the others, so the order decides. Source:
workflow commands for GitHub Actions; escapes as in @actions/core.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tallymark.model.ci_report import CiReport
from tallymark.model.codes import Severity
from tallymark.present.ci.digest import CiDigest, Entry, digest_of
from tallymark.present.ci.places import legible

MOST = 10
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}


def render(record: CiReport) -> dict[str, bytes]:
    """Return the workflow commands, one a line; the last says how many are not shown."""
    told = digest_of(record)
    shown: dict[str, list[str]] = {"error": [], "warning": []}
    n_more = 0
    for level, line in _lines(told):
        if len(shown.get(level, ())) < MOST and level in shown:
            shown[level].append(line)
        else:
            n_more += 1
    said = (
        f"{told.summary}; and {n_more:,} more in the summary"
        if n_more
        else told.summary
    )
    lines = [*shown["error"], *shown["warning"], _command("notice", said, {})]
    return {"": ("\n".join(lines) + "\n").encode()}


def _lines(told: CiDigest) -> Iterable[tuple[str, str]]:
    """Give each thing to tell with its level, the most urgent first."""
    for fault in told.faults:
        properties = {"file": legible(fault.path), "line": "1", "title": fault.rule}
        yield "error", _command("error", fault.message, properties)
    for entry in told.entries:
        level = _level(entry)
        yield level, _command(level, entry.message, _properties(entry))


def _level(entry: Entry) -> str:
    if entry.is_blocking:
        return "error"
    if entry.is_silent or entry.finding.severity is Severity.INFO:
        return "notice"
    return "warning"


def _properties(entry: Entry) -> dict[str, str]:
    properties = {"file": legible(entry.paths[0])}
    at = entry.at
    properties["line"] = str(at.line)
    if at.last_line != at.line:
        properties["endLine"] = str(at.last_line)
    elif at.column is not None and at.last_column is not None:
        properties |= {"col": str(at.column), "endColumn": str(at.last_column)}
    return properties | {"title": f"{entry.finding.expectation} {entry.place}"}


def _command(level: str, text: str, properties: Mapping[str, str]) -> str:
    r"""Return a workflow command.

    >>> _command("error", "50%\nx", {"title": "a:b, c"})
    '::error title=a%3Ab%2C c::50%25%0Ax'
    """
    told = ",".join(f"{k}={_escaped(v, _PROPERTY)}" for k, v in properties.items())
    return f"::{level}{' ' + told if told else ''}::{_escaped(text, _DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in text)
