"""A verdict as JUnit XML: a test suite a file, a test case an expectation that failed.

One more suite holds the expectations that no file failed. Each test case has at most
one result, so that the counts equal the elements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from tallymark.model.ci_report import CiReport
from tallymark.model.finding import Outcome, Status
from tallymark.present.ci.digest import CiDigest, Entry, digest_of
from tallymark.present.ci.faults import Fault, reason_of
from tallymark.present.ci.places import legible
from tallymark.present.wording import counted

_MOST_TOLD = 20
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 allows in no document, not even escaped."""
_RUN = "expectations"
_RESULTS = ("failure", "error", "skipped")


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A test case; `result` is one of the elements of a result, empty if it passed."""

    suite: str
    name: str
    result: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def render(record: CiReport) -> dict[str, bytes]:
    """Return the verdict as one XML document."""
    told = digest_of(record)
    suites: dict[str, list[_Case]] = defaultdict(list)
    for case in _cases(told):
        suites[case.suite].append(case)
    files = sorted(name for name in suites if name != _RUN)
    ordered = [(name, suites[name]) for name in [*files, _RUN] if name in suites]
    everything = [case for _, cases in ordered for case in cases]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="tallymark" tests="{len(everything)}"'
        f' failures="{_number("failure", everything)}"'
        f' errors="{_number("error", everything)}">',
        *(line for name, cases in ordered for line in _suite(name, cases)),
        "</testsuites>",
    ]
    return {"": ("\n".join(lines) + "\n").encode()}


def _cases(told: CiDigest) -> Iterable[_Case]:
    unread = {fault.path for fault in told.faults if fault.kind == "unread"}
    for path in told.files:
        if path not in unread:
            yield _Case(suite=path, name="file-is-read")
    for fault in told.faults:
        yield _fault_case(fault)
    groups: dict[tuple[str, str, bool], list[Entry]] = defaultdict(list)
    for entry in told.entries:
        slug, is_preview = entry.finding.expectation, bool(entry.preview)
        groups[entry.paths[0], slug, is_preview].append(entry)
    for (path, slug, is_preview), entries in sorted(groups.items()):
        name = f"{slug} (preview)" if is_preview else slug
        yield _found_case(path, name, entries)
    required = {fault.rule for fault in told.faults if fault.kind == "not-run"}
    for outcome in told.outcomes:
        if outcome.expectation not in required and outcome.status in (
            Status.PASSED,
            Status.NOT_RUN,
            Status.NOT_APPLICABLE,
        ):
            yield _outcome_case(outcome)


def _fault_case(fault: Fault) -> _Case:
    is_file = fault.kind == "unread"
    return _Case(
        suite=fault.path if is_file else _RUN,
        name=f"{fault.rule} (not listed)" if fault.kind == "not-listed" else fault.rule,
        result="failure" if fault.kind == "not-listed" else "error",
        type=fault.kind,
        message=fault.message,
        text=fault.message,
    )


def _found_case(path: str, name: str, entries: Sequence[Entry]) -> _Case:
    """Return the test case of one expectation on one file; the worst comes first."""
    first = entries[0]
    n_blocking = sum(entry.is_blocking for entry in entries)
    said = counted(n_blocking or len(entries), "finding")
    if not n_blocking:
        said = f"Not blocking: {said}"
    more = len(entries) - _MOST_TOLD
    lines = [f"{e.place}: [{e.standing}] {e.message}" for e in entries[:_MOST_TOLD]]
    lines += [f"and {more:,} more"] if more > 0 else []
    severity = first.finding.severity.value
    return _Case(
        suite=path,
        name=name,
        result="failure" if n_blocking else "skipped",
        type=first.standing if first.is_silent else severity,
        message=f"{said}. {first.promise} {first.place}",
        text="\n".join(lines),
    )


def _outcome_case(outcome: Outcome) -> _Case:
    if outcome.status is Status.PASSED:
        return _Case(suite=_RUN, name=outcome.expectation)
    kind = outcome.status.value.replace("_", " ")
    reason = reason_of(outcome)
    return _Case(
        suite=_RUN,
        name=outcome.expectation,
        result="skipped",
        type=kind,
        message=f"{kind}: {reason}",
        text=reason,
    )


def _suite(name: str, cases: Sequence[_Case]) -> Iterable[str]:
    counts = " ".join(
        f'{noun}="{_number(result, cases)}"'
        for noun, result in zip(
            ("failures", "errors", "skipped"), _RESULTS, strict=True
        )
    )
    file = "" if name == _RUN else f" file={_attribute(legible(name))}"
    told = _attribute(legible(name))
    yield f'  <testsuite name={told} tests="{len(cases)}" {counts}{file}>'
    for case in cases:
        head = f"    <testcase classname={told} name={_attribute(case.name)}"
        if not case.result:
            yield f"{head}/>"
            continue
        yield f"{head}>"
        yield (
            f"      <{case.result} type={_attribute(case.type)} "
            f"message={_attribute(case.message)}>{escape(_legal(case.text))}"
            f"</{case.result}>"
        )
        yield "    </testcase>"
    yield "  </testsuite>"


def _number(result: str, cases: Sequence[_Case]) -> int:
    return sum(case.result == result for case in cases)


def _attribute(text: str) -> str:
    return quoteattr(_legal(" ".join(text.split())))


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
