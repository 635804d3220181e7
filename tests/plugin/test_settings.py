"""What the repository says of its checks, and the fixture for its own tests."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tallymark.pipeline.baselining import new_baseline
from tallymark.pipeline.gating import judge_run
from tallymark.pipeline.selecting import read_configuration

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]

WAIVER = """
version: 1
waivers:
  - fingerprint: {fingerprint}
    owner: A. Officer
    reason: the office has been asked
    expires: {expires}
"""


@pytest.fixture
def repository(pytester, sampleland):
    """A repository with a negative count, and a function that writes its settings."""
    sampleland(pytester.path / "data" / "one.xlsx", C8=-640)

    def settings(*lines):
        text = "\n".join(["[tool.tallymark]", 'include = ["data"]', *lines])
        (pytester.path / "pyproject.toml").write_text(text)
        return pytester

    return settings


def n(result, how):
    return result.parseoutcomes().get(how, 0)


def fingerprint(pytester, today):
    configuration = read_configuration(pytester.path)
    (finding,) = judge_run(configuration, today=today).verdict.findings
    return finding.fingerprint


def test_the_settings_say_what_is_tested(repository) -> None:
    pytester = repository('suites = ["publication"]')
    result = pytester.runpytest("--tallymark")
    assert (result.ret, n(result, "failed")) == (0, 0)
    everything = pytester.runpytest("--tallymark", "--tallymark-suite=observations")
    assert n(everything, "failed") == 1
    never = repository('fail-on = "never"').runpytest("--tallymark")
    assert (never.ret, n(never, "failed")) == (0, 0)


def test_a_faulty_setting_stops_with_its_name(repository) -> None:
    result = repository('fail_on = "error"').runpytest("--tallymark")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*fail-on*"])


def test_faulty_waivers_fail_one_test_that_names_them(repository) -> None:
    pytester = repository('waivers = "waivers.yaml"')
    (pytester.path / "waivers.yaml").write_text("version: 7\nwaivers: []\n")
    result = pytester.runpytest("--tallymark")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*only version 1 is known, found 7*"])


@pytest.mark.parametrize(
    ("expires", "how"), [("2999-01-01", "xfailed"), ("2020-01-01", "failed")]
)
def test_a_waiver_silences_until_its_day(repository, today, expires, how) -> None:
    pytester = repository('waivers = "waivers.yaml"')
    (pytester.path / "waivers.yaml").write_text("version: 1\nwaivers: []\n")
    about = fingerprint(pytester, today)
    text = WAIVER.format(fingerprint=about, expires=expires)
    (pytester.path / "waivers.yaml").write_text(text)
    result = pytester.runpytest("--tallymark", "-rx")
    assert n(result, how) == 1
    result.stdout.fnmatch_lines([f"*aived until {expires} by A. Officer*"])


def test_a_known_finding_is_no_failure_and_a_new_one_is(
    repository, sampleland, today
) -> None:
    pytester = repository()
    judged = judge_run(read_configuration(pytester.path), today=today)
    (pytester.path / "baseline.json").write_bytes(new_baseline(judged)[1])
    assert json.loads((pytester.path / "baseline.json").read_text())
    repository('baseline = "baseline.json"')
    known = pytester.runpytest("--tallymark")
    assert (known.ret, n(known, "xfailed")) == (0, 1)
    sampleland(pytester.path / "data" / "one.xlsx", C8=-640, C11="about 30")
    new = pytester.runpytest("--tallymark")
    assert (n(new, "xfailed"), n(new, "failed")) == (1, 1)
    new.stdout.fnmatch_lines(["FAILED data/one.xlsx::cells-accounted-for - *"])


def test_the_fixture_checks_with_the_settings(repository) -> None:
    pytester = repository('suites = ["observations"]')
    pytester.makepyfile(
        test_own="""
        def test_blocking(tallymark):
            verdict = tallymark.check("data")
            (finding,) = verdict.blocking
            assert finding.expectation == "value-not-negative"
            assert {o.suite for o in verdict.findings.outcomes} == {"observations"}

        def test_of_the_settings(tallymark):
            assert tallymark.check().blocking

        def test_figures(tallymark):
            submissions = tallymark.read("data/one.xlsx")
            assert submissions.observations.num_rows
            assert tallymark.TallymarkError
        """
    )
    pytester.runpytest().assert_outcomes(passed=3)


def test_the_fixture_does_not_pass_over_what_is_not_read(repository) -> None:
    pytester = repository()
    (pytester.path / "data" / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    pytester.makepyfile(test_own="def test_it(tallymark): tallymark.check('data')")
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*SourceError: *broken.xlsx: *"])


def test_what_is_required_and_waived_in_vain_fails(repository) -> None:
    pytester = repository('require = ["flows-balance"]', 'waivers = "waivers.yaml"')
    text = WAIVER.format(fingerprint="0123456789abcdef", expires="2999-01-01")
    (pytester.path / "waivers.yaml").write_text(text)
    assert n(pytester.runpytest("--tallymark"), "failed") == 1
    repository('stale-waivers = "fail"', 'waivers = "waivers.yaml"')
    result = pytester.runpytest("--tallymark", "-k", "checked")
    assert n(result, "failed") == 1
    result.stdout.fnmatch_lines(["*0123456789abcdef*"])


def test_cells_of_a_layout_of_ones_own_are_tested_too(pytester, own_units) -> None:
    own_units(pytester.path / "tallymark")
    (pytester.path / "data").mkdir()
    table = "Province,2018,2019\nNorth,12,15\nSouth,7,n\n"
    (pytester.path / "data" / "units.csv").write_text(table)
    result = pytester.runpytest("--tallymark=data")
    assert (n(result, "errors"), n(result, "failed")) == (0, 2)
    result.stdout.fnmatch_lines(["FAILED data/units.csv::cells-accounted-for - *"])
    collected = pytester.runpytest("--tallymark=data", "--co", "-q")
    collected.stdout.fnmatch_lines(["data/units.csv::word-among-figures"])


def test_the_tests_that_the_page_shows_pass(pytester) -> None:
    page = ROOT / "docs" / "howto" / "test-data-with-pytest.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    series = "sample_data/xma_hotline"
    shutil.copytree(ROOT / series, pytester.path / series)
    pytester.makepyfile(test_page=code)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)
