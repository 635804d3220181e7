"""`pytest --tallymark=PATH`: which tests there are, and how they are chosen and told."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tallymark.check import run
from tallymark.check.run.results import Result
from tallymark.pipeline import testing

pytest_plugins = ["pytester"]

NEGATIVE = "data/negative.xlsx::value-not-negative"


@pytest.fixture
def repository(pytester, sampleland):
    """A repository with a negative count, and a file that no adapter fits."""
    data = pytester.path / "data"
    sampleland(data / "negative.xlsx", C8=-640)
    (data / "odd.csv").write_text("a,b\n1,2\n")
    return pytester


def lone(pytester, sampleland, **cells):
    """A repository with one file, which has these cells."""
    sampleland(pytester.path / "data" / "one.xlsx", **cells)
    return pytester


def n_failed(result):
    return result.parseoutcomes().get("failed", 0)


def ids(result):
    return [line for line in result.outlines if "::" in line]


def test_every_file_has_a_test_of_each_expectation(pytester, sampleland) -> None:
    lone(pytester, sampleland)
    collected = ids(pytester.runpytest("--tallymark=data", "--co", "-q"))
    assert collected[0] == "data/one.xlsx::read"
    assert NEGATIVE.replace("negative.xlsx", "one.xlsx") in collected
    assert "data::duplicate-key" in collected
    assert collected[-1] == "data::checked"
    assert len(collected) == len(set(collected))


def test_a_breach_is_told_by_cell_without_a_traceback(pytester, sampleland) -> None:
    lone(pytester, sampleland, C8=-640)
    result = pytester.runpytest("--tallymark=data", "--tallymark-show-values")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert n_failed(result) == 1
    result.stdout.fnmatch_lines(
        [
            "*one.xlsx::value-not-negative*",
            "critical, 'Table 2'!C8: *",
            "  Where:      data/one.xlsx, 'Table 2'!C8",
            "  Found:      The figure is -640.",
            "  Expected:   *",
            "  Why:        A negative count is *",
            "  What to do: Look for a legend *",
            "FAILED data/one.xlsx::value-not-negative - critical, 'Table 2'!C8*",
        ]
    )
    result.stdout.no_fnmatch_line("*.py:*")


def test_values_are_withheld_where_a_figure_is_hidden(pytester, sampleland) -> None:
    lone(pytester, sampleland, C8=-640)
    result = pytester.runpytest("--tallymark=data", "--junitxml=out.xml")
    result.stdout.fnmatch_lines(["  Found:      [[]withheld], 'Table 2'!C8."])
    result.stdout.no_fnmatch_line("*-640*")
    assert "-640" not in (pytester.path / "out.xml").read_text()


def test_what_does_not_stop_is_skipped_with_its_place(pytester, sampleland) -> None:
    lone(pytester, sampleland, C13=999)
    result = pytester.runpytest("--tallymark=data", "-rs")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        ["SKIPPED*warning, which stops nothing: 'Table 2'!C9, C12, C13: *"]
    )
    stricter = pytester.runpytest("--tallymark=data", "--tallymark-fail-on=warning")
    assert n_failed(stricter) == 1


def test_files_that_are_not_read_say_why(pytester, sampleland) -> None:
    data = pytester.path / "data"
    lone(pytester, sampleland)
    (data / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    (data / "odd.csv").write_text("a,b\n1,2\n")
    result = pytester.runpytest("--tallymark=data", "-rs")
    assert n_failed(result) == 1
    result.stdout.fnmatch_lines(
        ["*broken.xlsx::read*", "This file could not be read. *", "SKIPPED*No adapter*"]
    )


@pytest.mark.parametrize("content", [None, "a,b\n1,2\n"])
def test_nothing_to_check_is_never_green(pytester, content) -> None:
    (pytester.path / "data").mkdir()
    if content:
        (pytester.path / "data" / "odd.csv").write_text(content)
    result = pytester.runpytest("--tallymark=data")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["FAILED data::checked - *"])


def test_an_expectation_that_crashes_is_an_error(
    pytester, sampleland, monkeypatch
) -> None:
    lone(pytester, sampleland)
    crashed = Result(crash="BinderException: no such column")
    run_plan = run.run_plan

    def crashing(*args):
        return {**run_plan(*args), "value-not-negative": crashed}

    monkeypatch.setattr(run, "run_plan", crashing)
    result = pytester.runpytest("--tallymark=data")
    assert (result.parseoutcomes()["errors"], n_failed(result)) == (1, 0)
    result.stdout.fnmatch_lines(
        ["ERROR data/one.xlsx::value-not-negative - *This expectation crashed.*"]
    )


def test_a_fault_quotes_no_value(pytester, sampleland, monkeypatch) -> None:
    def broken(*_, **__):
        raise KeyError("the value 3")

    lone(pytester, sampleland)
    monkeypatch.setattr(testing, "check_all", broken)
    result = pytester.runpytest("--tallymark=data", "--junitxml=out.xml")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    told = result.stdout.str() + (pytester.path / "out.xml").read_text()
    assert "A fault of Tallymark was met: KeyError." in told
    assert "the value 3" not in told


def test_a_faulty_suite_fails_one_test_that_names_it(pytester, sampleland) -> None:
    lone(pytester, sampleland)
    (pytester.path / "mine.json").write_text('{"name": "mine"}')
    result = pytester.runpytest("--tallymark=data", "--tallymark-suite=mine.json")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*problem* in this document:", "*@ mine.json $*"])


@pytest.mark.slow
def test_tests_are_chosen_by_word_id_and_last_failure(pytester, sampleland) -> None:
    lone(pytester, sampleland, C8=-640, C11="about 30")
    one = "data/one.xlsx::value-not-negative"
    by_word = pytester.runpytest("--tallymark=data", "-k", "not-negative")
    assert by_word.parseoutcomes().keys() == {"failed", "deselected"}
    by_id = pytester.runpytest("--tallymark=data", one)
    by_id.assert_outcomes(failed=1)
    assert n_failed(pytester.runpytest("--tallymark=data")) == 2
    pytester.runpytest("--tallymark=data", "--lf").assert_outcomes(failed=2)
    pytester.runpytest("--tallymark=data", "-x", "--lf").assert_outcomes(failed=1)


def test_other_tests_run_beside(pytester, sampleland) -> None:
    lone(pytester, sampleland)
    pytester.makepyfile(test_other="def test_it(): pass")
    result = pytester.runpytest("--tallymark=data", "test_other.py")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["test_other.py .*", "data/one.xlsx *"])


def test_a_file_outside_and_several_paths(pytester, sampleland) -> None:
    sampleland(pytester.path / "a" / "one.xlsx", C8=-640)
    (pytester.path / "b").mkdir()
    (pytester.path / "b" / "odd.csv").write_text("a,b\n1,2\n")
    (pytester.path / "here").mkdir()
    result = pytester.runpytest(
        "--rootdir=here", "--tallymark=a/one.xlsx", "--tallymark=b"
    )
    assert n_failed(result) == 1
    result.stdout.fnmatch_lines(["FAILED *one.xlsx::value-not-negative - *"])


def test_junit_counts_what_it_lists(repository) -> None:
    repository.runpytest("--tallymark=data", "--junitxml=out.xml")
    (suite,) = ElementTree.parse(repository.path / "out.xml").getroot()
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.get("tests"))
    failed = [case for case in cases if case.find("failure") is not None]
    assert len(failed) == int(suite.get("failures"))
    assert ("data.negative.xlsx", "value-not-negative") in {
        (case.get("classname"), case.get("name")) for case in failed
    }


@pytest.mark.slow
def test_several_processes_give_the_same(repository) -> None:
    alone = repository.runpytest("--tallymark=data").parseoutcomes()
    apart = repository.runpytest_subprocess("--tallymark=data", "-n", "2")
    assert apart.parseoutcomes() == alone


def test_without_the_option_nothing_of_it_loads(pytester) -> None:
    program = (
        "import sys, pytest; pytest.main(['--co', '-q', '.']);"
        "print([m for m in sys.modules if m.startswith('tallymark')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=pytester.path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "['tallymark', 'tallymark.pytest_plugin']" in done.stdout
