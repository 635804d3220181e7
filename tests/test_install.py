"""The wheel holds everything, and does the main job from another folder.

It is installed into an empty environment of its own. Third-party packages come from
the environment that runs the tests, by a path file: such a file is not followed
further, so the editable installation of the project stays out of sight.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "tallymark"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("tallymark-*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `bin` folder of an environment with the wheel installed."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", wheel]
    run(sys.executable, "-m", "pip", "--python", python, *install)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    third_party = sysconfig.get_path("purelib")
    (site_packages / "third_party.pth").write_text(third_party, encoding="utf-8")
    return folder / "bin"


def run(*command: object, cwd: Path = ROOT) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_holds_every_file_of_the_package_and_every_suite(wheel: Path) -> None:
    held = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("tallymark/")
    }
    files = run("git", "ls-files", "src/tallymark", "expectations").splitlines()
    renamed = {
        name.removeprefix("src/")
        if name.startswith("src/")
        else name.replace("expectations/", "tallymark/suites/", 1)
        for name in files
    }
    assert renamed <= held


def test_the_installed_tool_does_the_main_job_from_another_folder(
    environment: Path, tmp_path: Path
) -> None:
    where = "import tallymark; print(tallymark.__file__)"
    assert str(environment.parent) in run(environment / "python", "-c", where)

    run(
        environment / "tallymark", "check", ROOT / "sample_data",
        "--out", "out", "--fail-on", "never", cwd=tmp_path,
    )  # fmt: skip
    assert list((tmp_path / "out").iterdir())


def test_the_installed_tool_finds_the_suites(environment: Path, tmp_path: Path) -> None:
    for suite in (ROOT / "expectations").glob("*.json"):
        slugs = [
            entry["meta"]["slug"]
            for entry in json.loads(suite.read_text(encoding="utf-8"))["expectations"]
        ]
        assert slugs[-1] in run(
            environment / "tallymark", "about", slugs[-1], cwd=tmp_path
        )
