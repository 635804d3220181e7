"""The GitHub Action, the GitLab template and the hooks do what their texts say."""

from __future__ import annotations

import importlib.util
import json
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "ci" / "gitlab" / "tallymark.gitlab-ci.yml"


@pytest.fixture(scope="module")
def steps():
    """The script that runs steps, as a module."""
    path = Path(__file__).with_name("run_steps.py")
    spec = importlib.util.spec_from_file_location("run_steps", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_steps"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def repository(tmp_path, sampleland):
    """A function: make a repository whose one file has these cells."""

    def make(**cells):
        folder = tmp_path / "repository"
        sampleland(folder / "data" / "one file.xlsx", **cells)
        return folder

    return make


@pytest.fixture
def action(steps, tmp_path):
    """A function: run the action in a repository."""
    return lambda folder, **inputs: steps.run_action(
        ACTION, folder, tmp_path / "runner", **inputs
    )


@pytest.fixture
def gitlab(steps, tmp_path):
    """A function: run the job of the template in a repository."""
    package = {"TALLYMARK_PACKAGE": "tallymark.whl"}
    return lambda folder, **variables: steps.run_gitlab(
        GITLAB, folder, tmp_path / "runner", **(package | variables)
    )


def test_good_data_pass_and_leave_their_reports(action, repository) -> None:
    folder = repository()
    ran = action(folder, paths="data")
    assert (ran.code, ran.outputs["exit-code"]) == (0, "0"), ran.printed
    assert ran.outputs["junit"] == "tallymark-junit.xml"
    sarif = json.loads((folder / ran.outputs["sarif"]).read_text())
    assert sarif["runs"][0]["results"] == []
    assert ran.summary


def test_a_breach_is_annotated_told_and_fails(action, repository) -> None:
    folder = repository(C8=-640)
    ran = action(folder, paths="data/one file.xlsx")
    assert (ran.code, ran.outputs["exit-code"]) == (1, "1"), ran.printed
    (error,) = [line for line in ran.printed.splitlines() if line.startswith("::error")]
    assert "file=data/one file.xlsx,line=8,col=3" in error
    assert "-640" not in ran.printed + ran.summary
    assert "value-not-negative" in ran.summary
    (result,) = json.loads((folder / "tallymark.sarif").read_text())["runs"][0][
        "results"
    ]
    assert result["ruleId"] == "value-not-negative"


@pytest.mark.slow
def test_inputs_choose_suites_severity_and_reports(action, repository) -> None:
    folder = repository(C8=-640)
    other = action(folder, paths="data", suites="publication\ngaps", sarif="", junit="")
    assert (other.code, other.outputs) == (0, {"exit-code": "0"})
    assert action(folder, paths="data", fail_on="never").code == 0


def test_nothing_to_check_is_never_green(action, repository) -> None:
    folder = repository()
    (folder / "empty").mkdir()
    ran = action(folder, paths="empty")
    assert ran.code == 2
    assert ran.outputs["exit-code"] == "2"


@pytest.mark.slow
def test_no_input_is_run(action, gitlab, repository) -> None:
    folder = repository()
    inserted = "$(touch hit)`touch hit`\"; touch hit; '\ntouch hit"
    names = ("paths", "suites", "fail_on", "package", "sarif", "junit")
    action(folder, **dict.fromkeys(names, inserted))
    action(folder, paths=inserted)
    gitlab(folder, TALLYMARK_PATHS=inserted, TALLYMARK_SUITES=inserted)
    assert not list(folder.rglob("hit"))


@pytest.mark.slow
def test_the_action_installs_itself_unless_a_package_is_named(
    action, repository
) -> None:
    folder = repository()
    assert action(folder, paths="data").installed[-1] == str(ROOT)
    assert action(folder, paths="data", package="a b.whl").installed[-1] == "a b.whl"


def test_the_gitlab_job_takes_no_package_of_that_name_from_an_index(
    gitlab, repository
) -> None:
    ran = gitlab(repository(), TALLYMARK_PATHS="data", TALLYMARK_PACKAGE="")
    assert ran.code == 2
    assert "Set TALLYMARK_PACKAGE" in ran.printed


def test_the_gitlab_job_ends_as_the_check_does(gitlab, repository) -> None:
    good = gitlab(repository(), TALLYMARK_PATHS="data")
    assert good.code == 0, good.printed
    folder = repository(C8=-640)
    bad = gitlab(folder, TALLYMARK_PATHS="data/one file.xlsx\n")
    assert bad.code == 1, bad.printed
    junit = yaml.safe_load(GITLAB.read_text())["tallymark"]["artifacts"]["reports"]
    report = ElementTree.parse(folder / junit["junit"]).getroot()
    assert len(list(report.iter("failure"))) == 1
    assert "-640" not in bad.printed
    chosen = gitlab(folder, TALLYMARK_PATHS="data", TALLYMARK_SUITES="publication")
    assert chosen.code == 0, chosen.printed


def test_each_hook_runs_a_command_that_is_there(repository) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hooks
    folder = repository()
    (folder / "pyproject.toml").write_text('[tool.tallymark]\ninclude = ["data"]\n')
    run("contract", "init", "--suite", "gaps", "-o", "contract.odcs.yaml", cwd=folder)
    for hook in hooks:
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        tool, *words = [*shlex.split(hook["entry"]), *hook.get("args", ())]
        assert tool == "tallymark"
        run(*words, cwd=folder)


def run(*words: str, cwd: Path) -> None:
    tool = Path(sys.executable).with_name("tallymark")
    done = subprocess.run(
        [tool, *words], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
