"""Run the steps of the GitHub Action or the GitLab template here, in a folder.

    python tests/ci/run_steps.py action.yml FOLDER paths=data fail-on=warning
    python tests/ci/run_steps.py ci/gitlab/tallymark.gitlab-ci.yml FOLDER NAME=VALUE

Nothing is installed: a `python -m pip install` is written down and passed over.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

PLACED = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
PIP = """#!/bin/sh
case "$*" in
  *"pip install"*) printf '%s\\n' "$@" >> "$INSTALLED" ;;
  *) exec "{python}" "$@" ;;
esac
"""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How the steps ended, what they printed, and what they left for the runner."""

    code: int
    printed: str
    summary: str
    outputs: Mapping[str, str]
    installed: tuple[str, ...]
    """The words of each `python -m pip`."""


def run_action(document: Path, folder: Path, aside: Path, **inputs: str) -> Ran:
    """Run the steps of a composite action; `aside` is for what a runner keeps."""
    action = yaml.safe_load(document.read_text(encoding="utf-8"))
    given = {name: said.get("default", "") for name, said in action["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    known = {f"inputs.{name}": str(value) for name, value in given.items()}
    known["github.action_path"] = str(document.parent.resolve())
    environment = _environment(aside)
    printed, code = "", 0
    for step in action["runs"]["steps"]:
        if PLACED.search(step["run"]):
            raise ValueError(f"an input is put into the text of {step['name']!r}")
        placed = {
            name: PLACED.sub(lambda m: known[m[1]], str(text))
            for name, text in step.get("env", {}).items()
        }
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        code, said = _run(shell, folder, environment | placed)
        printed += said
        if code:
            break
    return _ran(code, printed, environment)


def run_gitlab(document: Path, folder: Path, aside: Path, **variables: str) -> Ran:
    """Run the script of the template's job, as a plain POSIX shell does."""
    job = yaml.safe_load(document.read_text(encoding="utf-8"))["tallymark"]
    environment = _environment(aside)
    placed = {name: str(value) for name, value in job["variables"].items()} | variables
    script = "\n".join(["set -e", *job["before_script"], *job["script"]])
    code, printed = _run(["sh", "-c", script], folder, environment | placed)
    return _ran(code, printed, environment)


def _environment(aside: Path) -> dict[str, str]:
    """Return the environment of a runner, its files empty."""
    aside.mkdir(parents=True, exist_ok=True)
    python = aside / "bin" / "python"
    python.parent.mkdir(exist_ok=True)
    python.write_text(PIP.replace("{python}", sys.executable), encoding="utf-8")
    python.chmod(0o755)
    named = {
        "GITHUB_STEP_SUMMARY": aside / "summary.md",
        "GITHUB_OUTPUT": aside / "output.txt",
        "INSTALLED": aside / "installed.txt",
    }
    for path in named.values():
        path.write_text("", encoding="utf-8")
    path = [str(python.parent), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {
        **os.environ,
        **{name: str(path) for name, path in named.items()},
        "PATH": os.pathsep.join(path),
    }


def _run(
    words: list[str], folder: Path, environment: Mapping[str, str]
) -> tuple[int, str]:
    done = subprocess.run(
        words, cwd=folder, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout


def _ran(code: int, printed: str, environment: Mapping[str, str]) -> Ran:
    def kept(name: str) -> str:
        return Path(environment[name]).read_text(encoding="utf-8")

    pairs = (line.partition("=") for line in kept("GITHUB_OUTPUT").splitlines())
    return Ran(
        code=code,
        printed=printed,
        summary=kept("GITHUB_STEP_SUMMARY"),
        outputs={name: value for name, _, value in pairs},
        installed=tuple(kept("INSTALLED").splitlines()),
    )


if __name__ == "__main__":
    document, folder, *said = sys.argv[1:]
    run = run_action if Path(document).name == "action.yml" else run_gitlab
    given = dict(text.split("=", 1) for text in said)
    ran = run(Path(document), Path(folder), Path(folder, ".runner"), **given)
    sys.stdout.write(ran.printed + ran.summary)
    sys.exit(ran.code)
