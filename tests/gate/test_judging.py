"""The laws of the gate: what is known stops nothing, and one more finding does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tallymark.gate import Looked, accepted, judge, known_of, shrunk
from tallymark.model.codes import Severity
from tallymark.model.columns import empty_table
from tallymark.model.finding import (
    FLAG_SCHEMA,
    Finding,
    Findings,
    Location,
    Outcome,
    Standing,
    Status,
    Waiver,
)

TODAY = date(2026, 11, 23)
FILES = ("a.xlsx", "b.xlsx")
SLUGS = {"sums-agree": Severity.CRITICAL, "has-reason": Severity.WARNING}


def finding(slug="sums-agree", file="a.xlsx", area="XAA", found="1") -> Finding:
    return Finding(
        expectation=slug, severity=SLUGS[slug], dimension="accuracy",
        location=Location(file=file, cells=("S!A1",)), found=found, expected="2",
        why="", action="", ask="", key={"ref_area": area},
    )  # fmt: skip


def looked_at(*names) -> Looked:
    return Looked(paths={name: name for name in names})


LOOKED = looked_at(*FILES)


def run_of(items, status=Status.FAILED) -> Findings:
    outcomes = [
        Outcome(expectation=slug, type="t", severity=severity, status=status)
        for slug, severity in SLUGS.items()
    ]
    flags = empty_table(FLAG_SCHEMA)
    return Findings(
        suites=(), outcomes=tuple(outcomes), items=tuple(items), flags=flags
    )


def standings(verdict) -> list[Standing]:
    return [item.standing for item in verdict.findings.items]


def waiver(of, **changes) -> Waiver:
    given = {"owner": "A", "reason": "asked", "expires": TODAY, **changes}
    return Waiver(fingerprint=of.fingerprint, **given)


FINDINGS = st.builds(
    finding,
    slug=st.sampled_from(sorted(SLUGS)),
    file=st.sampled_from(FILES),
    area=st.sampled_from(["XAA", "XAB"]),
    found=st.sampled_from(["1", "3"]),
)
RUNS = st.lists(FINDINGS, max_size=8).map(run_of)


@given(RUNS)
def test_a_run_against_its_own_baseline_blocks_nothing_and_misses_nothing(found):
    baseline = known_of(found.items, LOOKED)
    verdict = judge(
        found, today=TODAY, baseline=baseline, files=LOOKED, fail_on=Severity.INFO
    )
    assert not verdict.blocking
    assert not verdict.gone
    assert set(standings(verdict)) <= {Standing.KNOWN}


@given(RUNS, FINDINGS)
def test_one_more_finding_blocks_at_its_severity(found, more):
    baseline = known_of(found.items, LOOKED)
    grown = run_of([*found.items, more])
    for fail_on in Severity:
        verdict = judge(
            grown, today=TODAY, baseline=baseline, files=LOOKED, fail_on=fail_on
        )
        assert len(verdict.blocking) == verdict.is_grave(more.severity)


@given(RUNS, RUNS)
def test_shrinking_never_grows_and_a_second_time_does_nothing(old, new):
    baseline = known_of(old.items, LOOKED)
    gone = judge(new, today=TODAY, baseline=baseline, files=LOOKED).gone
    once = shrunk(baseline, gone)
    n_of = {replace(known, n=1): known.n for known in baseline}
    assert all(known.n <= n_of[replace(known, n=1)] for known in once)
    assert sum(k.n for k in once) == sum(k.n for k in baseline) - sum(k.n for k in gone)
    again = judge(new, today=TODAY, baseline=once, files=LOOKED)
    assert not again.gone
    assert shrunk(once, again.gone) == once


@given(RUNS, RUNS)
def test_what_is_accepted_blocks_no_more(old, new):
    baseline = known_of(old.items, LOOKED)
    verdict = judge(new, today=TODAY, baseline=baseline, files=LOOKED)
    grown = accepted(baseline, verdict, LOOKED, reason="asked", day=TODAY)
    after = judge(new, today=TODAY, baseline=grown, files=LOOKED, fail_on=Severity.INFO)
    assert not after.blocking
    assert {k.reason for k in grown if k not in baseline} <= {"asked", ""}


def test_other_evidence_is_a_drift_and_blocks():
    baseline = known_of([finding()], LOOKED)
    verdict = judge(
        run_of([finding(found="3")]), today=TODAY, baseline=baseline, files=LOOKED
    )
    assert standings(verdict) == [Standing.DRIFTED]
    assert len(verdict.blocking) == 1
    assert not verdict.gone


def test_a_renamed_file_takes_its_known_findings_along():
    baseline = known_of([finding(file="old.xlsx")], LOOKED)
    verdict = judge(run_of([finding()]), today=TODAY, baseline=baseline, files=LOOKED)
    assert standings(verdict) == [Standing.KNOWN]


def test_a_finding_of_one_file_is_not_held_by_that_of_another_which_is_there():
    baseline = known_of([finding(file="b.xlsx")], LOOKED)
    verdict = judge(run_of([finding()]), today=TODAY, baseline=baseline, files=LOOKED)
    assert standings(verdict) == [Standing.NEW]
    assert [known.file for known in verdict.gone] == ["b.xlsx"]


def test_what_was_not_looked_at_is_not_gone():
    both = replace(
        finding(), location=Location(file="a.xlsx", cells=("S!A1", "b.xlsx S!A1"))
    )
    baseline = known_of([finding(file="a.xlsx", area="XAB"), both], LOOKED)
    assert not judge(
        run_of([]), today=TODAY, baseline=baseline, files=looked_at("b.xlsx")
    ).gone
    only_a = judge(
        run_of([]), today=TODAY, baseline=baseline, files=looked_at("a.xlsx")
    ).gone
    assert [known.others for known in only_a] == [()]
    for status in (Status.CRASHED, Status.NOT_RUN, Status.NOT_APPLICABLE):
        silent = run_of([], status)
        assert not judge(silent, today=TODAY, baseline=baseline, files=LOOKED).gone


def test_a_waiver_holds_to_the_end_of_its_day_and_then_blocks_again():
    found = finding()
    for expires, standing in (
        (TODAY, Standing.WAIVED),
        (date(2026, 11, 22), Standing.EXPIRED),
    ):
        given = waiver(found, expires=expires)
        verdict = judge(run_of([found]), today=TODAY, waivers=[given], files=LOOKED)
        assert standings(verdict) == [standing]
        assert verdict.findings.items[0].waiver is given
        assert bool(verdict.blocking) == (standing is Standing.EXPIRED)
        known = known_of([found], LOOKED)
        both = judge(
            run_of([found]), today=TODAY, waivers=[given], baseline=known, files=LOOKED
        )
        assert standings(both) == [standing]


def test_a_waiver_with_other_evidence_has_drifted():
    given = waiver(finding(), evidence=finding(found="3").evidence)
    verdict = judge(run_of([finding()]), today=TODAY, waivers=[given], files=LOOKED)
    assert standings(verdict) == [Standing.DRIFTED]


def test_a_waiver_covers_one_finding_and_must_say_which_of_several():
    one, two = finding(found="1"), finding(found="3")
    found = run_of([one, two])
    vague = judge(found, today=TODAY, waivers=[waiver(one)], files=LOOKED)
    assert standings(vague) == [Standing.DRIFTED, Standing.DRIFTED]
    exact = [waiver(one, evidence=one.evidence)]
    assert standings(judge(found, today=TODAY, waivers=exact, files=LOOKED)) == [
        Standing.WAIVED,
        Standing.DRIFTED,
    ]


def test_a_waiver_of_no_figure_must_say_which_finding_it_is():
    wide = replace(finding(), key={"ref_area": None})
    vague, exact = waiver(wide), waiver(wide, evidence=wide.evidence)
    for held, standing in ((vague, Standing.DRIFTED), (exact, Standing.WAIVED)):
        other = replace(wide, location=Location(file="b.xlsx"))
        verdict = judge(run_of([other]), today=TODAY, waivers=[held], files=LOOKED)
        assert standings(verdict) == [standing]


def test_a_waiver_of_nothing_is_stale_unless_not_all_was_looked_at():
    given = [waiver(finding())]
    assert judge(run_of([]), today=TODAY, waivers=given, files=LOOKED).stale
    part = judge(run_of([]), today=TODAY, waivers=given, files=LOOKED, is_whole=False)
    assert not part.stale
    for status in (Status.CRASHED, Status.NOT_RUN):
        ended = run_of([], status)
        assert not judge(ended, today=TODAY, waivers=given, files=LOOKED).stale
    stopping = replace(
        judge(run_of([]), today=TODAY, waivers=given, files=LOOKED),
        do_stale_waivers_stop=True,
    )
    assert stopping.is_stopped
