"""What a side said of one breach: caught, missed, not run and said so, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

CAUGHT = "caught"
BY_ANOTHER = "caught by another rule"
NAMED = "stopped, and named the column"
STOPPED = "stopped"
MISSED = "missed"
SAID = "said that it was not run"
SILENT = "skipped in silence"
NO_WAY = "cannot say it"
WORDS = (CAUGHT, NAMED, BY_ANOTHER, STOPPED, MISSED, SAID, SILENT, NO_WAY)
PASSED, FAILED, ERROR, NOT_RUN = "passed", "failed", "error", "not run"
_BAD = (FAILED, ERROR)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How each rule of one side ended on one folder.

    `stopped` says why there is no verdict; `status` is the exit code.
    """

    rules: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    stopped: str = ""


def judge(rule: str, clean: Answer, breached: Answer, column: str = "") -> str:
    """Return what a side made of a breach of `rule`, as one of `WORDS`.

    `column` is that in which the breach stands.

    Only what ended otherwise on the clean folder counts, and only if a build would
    fail by it: an exit code other than 0.
    """
    worse = {
        name
        for name, ended in breached.rules.items()
        if ended in _BAD and clean.rules.get(name) not in _BAD
    }
    if breached.status and rule in worse:
        return CAUGHT
    if breached.stopped:
        return NAMED if column and column in breached.stopped else STOPPED
    if breached.status and worse:
        return BY_ANOTHER
    return unmoved(breached.rules.get(rule))


def unmoved(ended: str | None) -> str:
    """Return what a side says of a rule that did not fail."""
    if ended is None:
        return SILENT
    return SAID if ended == NOT_RUN else MISSED


def of_tallymark(report: Mapping[str, Any], status: int, said: str = "") -> Answer:
    """Return the answer in Tallymark's report, as `--format json` prints it.

    `said` is the error that is printed where there is no report.
    """
    ends = {"passed": PASSED, "failed": FAILED, "crashed": ERROR}
    rules = {
        told["expectation"]: ends.get(told["status"], NOT_RUN)
        for told in report.get("expectations", ())
    }
    return Answer(rules=rules, status=status, stopped="" if rules else said)


def of_datacontract(run: Mapping[str, Any], status: int) -> Answer:
    """Return the answer in datacontract-cli's results, as `--output` writes them.

    A check of a rule is named by the rule's `id`, any other by column and type; of
    several of one name the worst counts.
    """
    ends = {"passed": PASSED, "failed": FAILED, "error": ERROR}
    rules: dict[str, str] = {}
    stopped = ""
    for check in run["checks"]:
        ended = ends.get(check["result"], NOT_RUN)
        if check["type"] == "general" and ended in _BAD:
            stopped = str(check["reason"]).partition("\n")[0]
        names = [f"{check.get('field') or ''}/{check['type']}"]
        if check.get("qualityId"):
            names.append(check["qualityId"])
        for name in names:
            rules[name] = _worst(rules.get(name, PASSED), ended)
    return Answer(rules=rules, status=status, stopped=stopped)


def _worst(*ends: str) -> str:
    return max(ends, key=(PASSED, NOT_RUN, FAILED, ERROR).index)


def of_gx(told: Mapping[str, Any]) -> Answer:
    """Return the answer of the script that runs Great Expectations."""
    return Answer(rules=told["rules"], status=told["status"], stopped=told["stopped"])


def counts(words: Iterable[str]) -> dict[str, int]:
    """Return how often each word stands, in the order of `WORDS`."""
    listed = list(words)
    return {word: listed.count(word) for word in WORDS if word in listed}
